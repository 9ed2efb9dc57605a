"""The improvement plan of Dordrecht against the document, order by order."""

import re
from datetime import date

import pytest

from kpi.meaning.load import DefinitionError
from kpi.meaning.profile import PROFILES
from kpi.plans.contradictions import contradictions
from kpi.plans.improvement_plan import load_improvement_plan
from kpi.plans.order import Colour

FILE = PROFILES / "dordrecht" / "verbeterplan.toml"
NOVEMBER = date(2023, 11, 30)
Y, N = True, False
# Per order, read in the document: standard, article, due dates, does the support plan change,
# number of actions, parties, references, months of the notes in order ("" where the document
# gives none), annexes, intended by when and how many.
ORDERS = [
    ("RPO1", "2.47, tweede lid, WVO 2020", ["2023-02", "2023-09", "2023-12"], Y, 5, 4, 2,
     ["2023-05", "2023-09", "2023-11", "voorjaar 2024", "2023-07", "2023-07", "2023-08", "",
      "2023-10", "2023-10", ""],
     ["1a", "1b", "2a", "2b", "3", "4a", "4b"], "voorjaar 2024", 2),
    ("BKA1", "2.47, achtste en negende lid, WVO 2020", ["2023-02"], Y, 5, 3, 5,
     ["2023-03", "2023-05", "2023-06", "2023-06", "2023-09", "2023-11"],
     ["5", "6a", "6b", "6c", "12"], "", 0),
    ("BKA1", "3.1, eerste, derde en vijfde lid, WVO 2020, jo. artikel 2.87 WVO 2020",
     ["2023-09", "2023-02"], N, 4, 2, 0, ["2023-05", "2023-09", "2023-06", ""],
     ["7", "8", "3"], "voorjaar 2024", 2),
    ("BKA2", "3.1, eerste en vijfde lid, WVO 2020", [], N, 1, 1, 0, ["", "2023-06", "2023-08"],
     [], "voorjaar 2024", 3),
    ("BKA2", "3.1, derde lid, en artikel 3.3, tweede lid, WVO 2020", ["2022-12", "2024"], N, 3, 1,
     0, ["2023-03", "2023-09"], [], "voorjaar 2024", 1),
    ("BKA3", "4a WMS", ["2023-02"], N, 1, 2, 1, ["2023-05", "2023-09", "2023-10"], ["9", "10"],
     "voorjaar 2024", 1),
    ("BKA3", "3.3, zesde lid, WVO 2020", ["2022-12"], N, 3, 2, 0, ["2023-05", ""], [], "", 0),
    ("BKA3", "3.3, tweede lid, WVO 2020", ["2023-04"], N, 1, 2, 0, ["2023-05", "2023-09"],
     ["11a", "11b"], "", 0),
    ("BKA3", "4, vierde lid, Rjo", ["2023-04"], N, 1, 2, 0, ["2023-05", "2023-09"], [], "", 0),
    ("Overig", "", ["2023-02", "2023-09"], N, 2, 2, 1, ["2023-05", "2023-08", "2023-09"], [],
     "najaar 2024", 1),
    ("Overig", "", [], None, 1, 1, 0, [""], [], "voorjaar 2024", 1),
]  # fmt: skip
ANNEXES = [
    "1a", "1b", "2a", "2b", "3", "4a", "4b", "5", "6a", "6b", "6c", "7", "8", "9", "10", "11a",
    "11b", "12",
]  # fmt: skip
# Dates, amounts and numbers that the document says in the texts of an order.
FACTS = [
    ["1 februari 2023", "6 december 2022", "juni 2022", "19 september", "7 en 9 november",
     "500.000", "januari 2024", "begroting van 2024", "begrotingsjaar 2025", "Johan Junior",
     "Yulius", "Sardes", "Infinite BV", "Drechtsteden", "pg. 15", "pg. 19"],
    ["24 mei 2022", "21 juni 2022", "7 juli 2022", "13 april", "9 maart", "12 juni", "13 juni",
     "2022-2026", "2020-2030", "pg. 17", "december"],
    ["1 september 2023", "20 juni 2023", "12 december 2023", "januari 2024"],
    ["Drie bezwaren", "LBT", "cluster 4", "Kijkglazen"],
    ["onafhankelijk toezicht"],
    ["6 december 2022", "24 oktober"],
    ["twee keer per jaar", "drie maanden", "30 december 2022", "2 bijeenkomsten"],
    ["31 mei 2023", "13 juni 2023", "jaarverslag 2022"],
    ["10 maart 2023", "13 juni 2023", "jaarverslag 2022"],
    ["twee weken van 2023-2024"],
    ["kwaliteitskaart"],
]  # fmt: skip


@pytest.fixture(scope="module")
def plan():
    return load_improvement_plan(PROFILES / "dordrecht")


def test_every_order_is_there_with_what_the_document_says_of_it(plan):
    assert len(plan.orders) == len(ORDERS) == 11
    for order, row in zip(plan.orders, ORDERS, strict=True):
        standard, article, due, changes, actions, who, references, months, annexes, by, many = row
        assert order.standard == standard
        assert order.article == (f"artikel {article}" if article else ""), order.id
        assert [item.by for item in order.due] == due, order.id
        assert order.support_plan_change is changes, order.id
        assert len(order.actions) == actions, order.id
        assert (len(order.who), len(order.references)) == (who, references), order.id
        assert [note.month for note in order.notes] == months, order.id
        assert list(order.all_evidence) == annexes, order.id
        assert (order.intended_by, len(order.intended)) == (by, many), order.id
        assert order.finding and order.expected and order.result


def test_every_date_amount_and_party_of_the_document_is_in_its_order(plan):
    for order, facts in zip(plan.orders, FACTS, strict=True):
        texts = [order.expected, order.result, order.remark, order.finding, *order.actions,
                 *order.references, *order.intended]  # fmt: skip
        texts += [text for note in order.notes for text in (note.text, note.result)]
        said = " ".join(texts)
        assert not [fact for fact in facts if fact not in said], order.id


def test_the_status_of_november_says_that_its_colour_cannot_be_read(plan):
    """The document paints the colour; no word of it can be read, so none is made up."""
    for order in plan.orders:
        (status,) = order.statuses
        assert (status.reported, status.colour) == ("2023-11", Colour.UNREAD)
        assert order.status(NOVEMBER) == status
        assert order.status(date(2023, 11, 1)) is None
    assert plan.report_days(NOVEMBER) == (NOVEMBER,)
    assert [str(kind) for kind in Colour] == ["groen", "geel", "oranje", "rood", "niet in de bron"]


def test_the_annexes_are_those_of_the_document_and_every_one_belongs_to_an_order(plan):
    assert [item.number for item in plan.evidence] == ANNEXES
    used = {number for order in plan.orders for number in order.all_evidence}
    assert used == set(ANNEXES)
    assert len({item.title for item in plan.evidence}) == len(ANNEXES)


def test_what_is_overdue_in_november_follows_from_the_dates(plan):
    overdue = {order.id: [item.by for item in order.overdue(NOVEMBER)] for order in plan.orders}
    assert overdue["rpo1-netwerk"] == ["2023-02", "2023-09"]
    assert overdue["bka2-toezicht"] == ["2022-12"]
    assert overdue["bka2-bestuur"] == []


def test_the_plan_as_it_was_handed_in_does_not_contradict_itself(plan):
    assert contradictions(plan, NOVEMBER) == []


def test_nobody_is_named():
    assert not re.search(r"Reitsma|Couprie|Maartje|Joyce", FILE.read_text(encoding="utf-8"))


def test_what_is_wrong_in_a_file_is_said_all_at_once(tmp_path):
    folder = tmp_path / "proef"
    folder.mkdir()
    (folder / "verbeterplan.toml").write_text(
        """
title = "x"
document = "x"
inspected = "x"
visit = "x"
[[evidence]]
number = "1"
title = "a"
[[evidence]]
number = "1"
title = "b"
[[orders]]
id = "a"
standard = "RPO4"
title = "a"
finding = "a"
expected = "a"
result = "a"
due = [{ by = "feb 2023" }]
statuses = [{ reported = "2023-11", colour = "paars" }]
[[orders]]
id = "b"
standard = "BKA1"
title = "a"
finding = "a"
expected = "a"
result = "a"
due = [{ by = "2023-02" }]
statuses = [{ reported = "2023-11", colour = "groen", met = ["2023-03"] }]
notes = [{ month = "mei", tekst = "a" }]
""",
        encoding="utf-8",
    )
    with pytest.raises(DefinitionError) as error:
        load_improvement_plan(folder)
    said = "\n".join(error.value.errors)
    for expected in (
        "'1' staat er 2 keer in", "opdracht 1: standaard 'RPO4' bestaat niet",
        "'feb 2023' is geen dag, maand", "sleutel 'colour' is 'paars'; verwacht een van: groen",
        "'2023-03' is gehaald, maar staat niet bij due", "onbekende sleutel 'tekst'",
    ):  # fmt: skip
        assert expected in said, said


def test_a_profile_without_an_improvement_plan_has_none(tmp_path):
    assert load_improvement_plan(tmp_path) is None
