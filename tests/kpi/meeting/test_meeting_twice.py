"""A meeting held twice: what is carried over, what is kept, and what the summary says."""

import io
import re
from datetime import date

import docx
import pytest
from pypdf import PdfReader

from kpi.meeting.meetings import open_meeting
from kpi.paper.agenda import agenda
from kpi.paper.document import figure_cell
from kpi.paper.make import written
from kpi.paper.meeting import meeting_summary
from kpi.record.commitments import CommitmentStatus, commitments, decide, promise, settle
from kpi.register import Refused

SEPTEMBER = "2026-2027-k1"
FIRST, SECOND, THIRD = date(2026, 10, 8), date(2026, 12, 10), date(2027, 3, 11)
GROUP = "werkgroep kwartaalverzuim"
AUTHOR = "Anna de Boer"
PLAN = "Een voorstel voor een tussenplek"
LETTER = "Scholen horen binnen een week wie hun vraag oppakt"
GOAL = "Het doel voor de tevredenheid blijft 8,0"
ENDS = "De afwijking wordt niet verlengd"
OTHER = "Een spreekuur voor scholen"
FORM = "Ouders krijgen het formulier ook op papier"


def made(monitor, on, make, text, owner="", due=None, kpi="", body="ALV"):
    return make(monitor, text, owner, due, made_on=on, body=body, kpi=kpi, author=AUTHOR)


@pytest.fixture(scope="module")
def evenings(now):
    """Both meetings, with the promises and decisions of each as its agenda had them meanwhile.

    In the first two promises and a decision. In the second one promise is settled, the other
    carried on, and there are a new decision and a new promise. Another body meets in between.
    """
    quarter = now().periods[SEPTEMBER]
    first = open_meeting(now(), "ALV", quarter, FIRST, AUTHOR)
    made(now(), FIRST, promise, LETTER, "Coördinator ECT", "2026-11-01", "ect")
    made(now(), FIRST, promise, PLAN, "Directeur", "2027-01-15")
    made(now(), FIRST, decide, GOAL, "Directeur", kpi="tevredenheid")
    made(now(), FIRST, promise, OTHER, "Bureau", "2027-02-01", body="ECT")
    states = {"first": parts(now, FIRST), "second begins": parts(now, SECOND)}
    second = open_meeting(now(), "ALV", quarter, SECOND, AUTHOR)
    letter, plan, *_ = commitments(now().store)
    settle(
        now(),
        letter.id,
        CommitmentStatus.DONE,
        "Elke school kreeg bericht",
        on=SECOND,
        author=AUTHOR,
    )
    settle(now(), plan.id, CommitmentStatus.OPEN, "Wacht op de gemeente", on=SECOND, author=AUTHOR)
    made(now(), SECOND, decide, ENDS, "", None, "tevredenheid")
    made(now(), SECOND, promise, FORM, "Bureau", "2027-02-01")
    states |= {"second ends": parts(now, SECOND), "third begins": parts(now, THIRD)}
    return first, second, states


def parts(now, on, body="ALV"):
    """The promises and the decisions of a meeting."""
    steps = agenda(now(), body, now().periods[SEPTEMBER], on).steps
    return steps[0], steps[-1]


def texts(items):
    return [item.text for item in items]


def test_the_first_meeting_has_nothing_from_before(evenings):
    before, recorded = evenings[2]["first"]
    assert (before.open, before.settled, before.decided, before.since) == ((), (), (), None)
    assert texts(recorded.promises) == [LETTER, PLAN]
    assert texts(recorded.decisions) == [GOAL]


def test_promises_are_carried_over_and_decisions_kept(evenings):
    before, recorded = evenings[2]["second begins"]
    assert before.since == FIRST
    assert texts(before.open) == [LETTER, PLAN]
    assert [item.is_late(SECOND) for item in before.open] == [True, False]
    assert before.headline == "2 toezeggingen open, 1 te laat."
    assert texts(before.decided) == [GOAL]
    assert recorded.made == ()


def test_what_is_settled_is_told_once_and_what_is_not_comes_back(evenings):
    before, recorded = evenings[2]["second ends"]
    assert texts(before.open) == [PLAN]
    assert texts(before.settled) == [LETTER]
    assert texts(before.decided) == [GOAL]
    assert before.headline == "1 toezegging open. 1 toezegging afgehandeld."
    assert texts(recorded.made) == [ENDS, FORM]
    before, _ = evenings[2]["third begins"]
    assert texts(before.open) == [PLAN, FORM]
    assert all(item.is_late(THIRD) for item in before.open)
    assert before.settled == ()
    assert texts(before.decided) == [ENDS]


def test_every_body_has_its_own_promises(now, evenings):
    before, _ = parts(now, SECOND, "ECT")
    assert texts(before.open) == [OTHER]
    assert all(OTHER not in texts(before.open) for before, _ in evenings[2].values())


EXPECTED = [
    [
        ("Toezegging", "Wie", "Stand"),
        (LETTER, "Coördinator ECT", "gedaan op 10 december 2026: Elke school kreeg bericht"),
        (PLAN, "Directeur", "open, uiterlijk 15 januari 2027 (Wacht op de gemeente)"),
    ],
    [
        ("KPI", "Nu", "Wat zegt het cijfer?"),
        (
            "8 Casussen van het ECT", "51",
            "Aantoonbaar hoger sinds juni 2024: tien metingen op rij boven hun gemiddelde.",
        ),
        (
            "9 Tevredenheid na een traject van het ECT", "7,9",
            "Gemiddeld 7,9: aantoonbaar lager dan 8,2 in 2024-2025. "
            "Zoek eerst de oorzaak, dan de actie. Afwijking verlopen op 30 juni 2026.",
        ),
    ],
    [("Wat", "Wie", "Uiterlijk"), (ENDS, "–", "–")],
    [("Wat", "Wie", "Uiterlijk"), (FORM, "Bureau", "01-02-2027")],
]  # fmt: skip


def test_the_summary_says_exactly_what_happened(now, evenings):
    paper = meeting_summary(now(), evenings[1])
    word = docx.Document(io.BytesIO(written(paper, "docx")))
    assert [[tuple(c.text for c in row.cells) for row in t.rows] for t in word.tables] == EXPECTED
    assert [p.text for p in word.paragraphs if p.style.name == "Heading 1"] == [
        "Toezeggingen van eerder", "Besproken cijfers", "Besluiten", "Nieuwe toezeggingen",
    ]  # fmt: skip
    pages = PdfReader(io.BytesIO(written(paper, "pdf"))).pages
    assert len(pages) == 1
    text = clean(pages[0].extract_text())
    for row in (row for table in EXPECTED for row in table):
        for cell in row:
            assert clean(cell) in text
    assert text.index(clean(LETTER)) < text.index(clean(PLAN)) < text.index(clean(FORM))
    for said in (
        "Verslag ALV, 10 december 2026",
        "kwartaal tot en met 30 september 2026",
        "Vorige vergadering: 8 oktober 2026. Vastgelegd door Anna de Boer.",
        "Zonder signaal, verlopen afwijking of gemist doel dat een woord vraagt: Thuiszitters,",
    ):
        assert clean(said) in text
        assert any(said in paragraph.text for paragraph in word.paragraphs) or "Verslag" in said
    assert clean(GOAL) not in text  # decided last time, and in the summary of then


def test_the_first_summary_still_says_how_it_was_then(now, evenings):
    before, _, decided, new = meeting_summary(now(), evenings[0]).sections
    assert before.tables == () and "eerste vergadering" in before.sentence
    assert [row[0].text for row in decided.tables[0].rows] == [GOAL]
    assert [row[0].text for row in new.tables[0].rows] == [LETTER, PLAN]


@pytest.mark.parametrize("make", [promise, decide])
def test_a_child_is_not_named_in_what_was_agreed(now, make):
    with pytest.raises(Refused, match="Kevin de Vries.*lijkt op een naam"):
        made(now(), FIRST, make, "Kevin de Vries krijgt een plek", "Directeur", "2027-01-01")
    assert not any("Kevin" in text for text in texts(commitments(now().store)))


def test_small_numbers_are_hidden_in_every_summary(now):
    """The ECT itself saw them on screen; its summary may go further."""
    quarter = now().periods[SEPTEMBER]
    for body in ("ECT", GROUP):
        paper = meeting_summary(now(), open_meeting(now(), body, quarter, FIRST, AUTHOR))
        cells = [cell for table in paper.tables for row in table.rows for cell in row]
        assert all(cell.value is None or not 0 < cell.value < 5 for cell in cells if cell.figure)
        names = {table.title for table in paper.tables}
        assert "Vaste cijfers" in names
    assert [cell.text for cell in cells if cell.figure].count("•") >= 3
    assert "• betekent: niet getoond" in paper.frame.notes[0]
    # What the group saw on screen is what its summary says, so neither gives away the other.
    screen = agenda(now(), GROUP, quarter, FIRST).steps[1].whole
    seen = [figure_cell(result).text for pair in screen for result in pair if result]
    assert seen == [cell.text for cell in cells if cell.figure]


def test_a_long_meeting_goes_on_on_a_second_page_and_nothing_is_lost(now):
    held = open_meeting(now(), GROUP, now().periods[SEPTEMBER], THIRD, AUTHOR)
    for number in range(40):
        made(now(), THIRD, decide, f"Besluit {number} van deze avond", "Directeur", body=GROUP)
    pages = PdfReader(io.BytesIO(written(meeting_summary(now(), held), "pdf"))).pages
    assert len(pages) == 2
    text = clean("".join(page.extract_text() for page in pages))
    assert all(clean(f"Besluit {number} van") in text for number in range(40))


def clean(text):
    """Without blanks: in a column every line is broken elsewhere."""
    return re.sub(r"\s", "", text)
