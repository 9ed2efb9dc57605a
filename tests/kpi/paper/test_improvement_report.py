"""The improvement plan on paper: read back, it is the plan; row by row the one of the seed."""

import io
import re
from dataclasses import replace
from datetime import date

import docx
import pytest
from pypdf import PdfReader

from kpi.cli.papers import write_papers
from kpi.cli.parser import parser
from kpi.figure.naming import UnknownName
from kpi.paper.improvement import NO_CONTRADICTIONS, report, sections
from kpi.paper.make import Paper, papers_of, plan_documents, written
from kpi.plans.contradictions import contradictions
from kpi.plans.order import Colour, Due, Evidence, ImprovementPlan, Note, OrderStatus, RecoveryOrder
from kpi.plans.order_state import STATUS_HEADERS, facts, status_table
from kpi.plans.orders import add_note, improvement_plan, report_status
from kpi.plans.progress_since import progress_since

NOVEMBER = date(2023, 11, 30)
UNREAD = "? kleur niet te lezen in de bron"
# Read in the plan of November 2023 of SWV Dordrecht, row by row: order, article, due dates and
# annexes. The plan paints the status as a colour of the cell, which its text does not hold.
SEED = [
    ("RPO1", "artikel 2.47, tweede lid, WVO 2020",
     ["februari 2023", "september 2023", "december 2023"], "1a 1b 2a 2b 3 4a 4b"),
    ("BKA1", "artikel 2.47, achtste en negende lid, WVO 2020", ["februari 2023"], "5 6a 6b 6c 12"),
    ("BKA1", "artikel 3.1, eerste, derde en vijfde lid, WVO 2020, jo. artikel 2.87 WVO 2020",
     ["september 2023", "februari 2023"], "7 8 3"),
    ("BKA2", "artikel 3.1, eerste en vijfde lid, WVO 2020", [], ""),
    ("BKA2", "artikel 3.1, derde lid, en artikel 3.3, tweede lid, WVO 2020",
     ["december 2022", "2024"], ""),
    ("BKA3", "artikel 4a WMS", ["februari 2023"], "9 10"),
    ("BKA3", "artikel 3.3, zesde lid, WVO 2020", ["december 2022"], ""),
    ("BKA3", "artikel 3.3, tweede lid, WVO 2020", ["april 2023"], "11a 11b"),
    ("BKA3", "artikel 4, vierde lid, Rjo", ["april 2023"], ""),
    ("", "–", ["februari 2023", "september 2023"], ""),
    ("", "–", [], ""),
]  # fmt: skip


@pytest.fixture
def dordrecht(with_profile):
    return with_profile("dordrecht")


def word_tables(content):
    """Every table of a Word file as rows of texts."""
    return [
        [tuple(cell.text for cell in row.cells) for row in table.rows]
        for table in docx.Document(io.BytesIO(content)).tables
    ]


def printed(content):
    """The text of a PDF without white space: where lines are broken says nothing."""
    return "".join("".join(p.extract_text().split()) for p in PdfReader(io.BytesIO(content)).pages)


def squeezed(text):
    return "".join(text.split())


def read_row(cells):
    """A row of the status table as in SEED: due dates without what became of them."""
    name, article, status, dues, evidence, _ = cells
    standard = re.match(r"(?:RPO|BKA)\d", name)
    assert status == UNREAD
    days = [re.sub(r" \(voorbij\)$", "", day) for day in dues.split("\n") if day != "–"]
    annexes = " ".join(re.findall(r"\b\d+[a-z]?\b", evidence.partition(":")[2]))
    return (standard.group() if standard else "", article, days, annexes)


def test_the_status_table_of_november_is_that_of_the_seed_row_by_row(dordrecht):
    plan = improvement_plan(dordrecht).at(NOVEMBER)
    assert [read_row(line.cells) for line in status_table(plan, NOVEMBER)] == SEED
    first, *_ = word_tables(written(report(dordrecht, NOVEMBER, ("concept", "")), "docx"))
    assert first[0] == STATUS_HEADERS
    assert [read_row(row) for row in first[1:]] == SEED


def test_read_back_word_and_pdf_say_everything_of_every_order(dordrecht):
    add_note(dordrecht, "bka3-overleg", "Tweede overleg gehouden.", month="2024-03", author="B",
             result="Verslag.", evidence=["13"])  # fmt: skip
    report_status(dordrecht, "bka3-overleg", Colour.ORANGE, reported="2024-03", author="B",
                  met=["2022-12"], note="Het derde schuift door.")  # fmt: skip
    on = date(2024, 3, 31)
    paper = report(dordrecht, on, ("concept", ""))
    plan = improvement_plan(dordrecht).at(on)
    tables = word_tables(written(paper, "docx"))
    pdf = printed(written(paper, "pdf"))
    assert tables == [
        [table.headers, *(tuple(cell.text for cell in row) for row in table.rows)]
        for table in paper.tables
    ]
    cells = {cell for table in tables for row in table for cell in row}
    for line in status_table(plan, on):
        said = [text for _, text in facts(line)]
        for note in line.order.notes:
            said += [note.month_text, note.about, note.text, note.result, ", ".join(note.evidence)]
        said += [line.order.name, *line.cells, *line.order.intended]
        said += [text for s in line.order.statuses for text in (s.reported_text, s.note)]
        # Every text stands in a cell of its own in Word, apart from headings.
        assert not [text for text in said if text and text not in cells], line.order.id
        assert not [text for text in said if squeezed(text) not in pdf], line.order.id
    assert tables[-1][1:] == [
        (item.number, item.title, "\n".join(o.name for o in plan.orders
                                            if item.number in o.all_evidence) or "–")
        for item in plan.evidence
    ]  # fmt: skip
    assert "december 2022 (gehaald)" in cells
    assert squeezed("○ achter op schema (oranje)") in pdf


def test_every_order_stands_between_the_status_and_the_annexes(dordrecht):
    paper = report(dordrecht, NOVEMBER, ("vastgesteld", "3f9a1c07be42"))
    orders = [order.id for order in improvement_plan(dordrecht).orders]
    ids = [section.id for section in paper.sections]
    assert ids == ["stand", "veranderd", "tegenspraken", *orders, "bijlagen"]
    assert (paper.frame.status, paper.frame.seal) == ("vastgesteld", "3f9a1c07be42")
    assert paper.frame.period == "stand op 30 november 2023"
    assert paper.sections[2].sentence == NO_CONTRADICTIONS
    assert "Groen is op schema." in " ".join(paper.sections[0].notes)
    assert not [cell for table in paper.tables for row in table.rows for cell in row if cell.figure]


def test_what_changed_since_the_report_before_is_on_paper(dordrecht):
    report_status(dordrecht, "bka3-opr", Colour.GREEN, reported="2024-05", met=["2023-02"],
                  author="B")  # fmt: skip
    on = date(2024, 5, 31)
    changed = report(dordrecht, on, ("concept", "")).sections[1]
    rows = [tuple(cell.text for cell in row) for row in changed.tables[0].rows]
    found = progress_since(improvement_plan(dordrecht), on).changes
    assert rows == [item.cells for item in found]
    assert changed.sentence == f"{len(rows)} wijzigingen."
    name = "BKA3 Evaluatie, verantwoording en dialoog: samenstelling OPR"
    assert (name, "stand", f"● op schema (groen) (was: {UNREAD})") in rows
    assert (name, "datum gehaald", "februari 2023") in rows


def clean_order(number, **changes):
    kept = RecoveryOrder(
        f"o{number}", "BKA1", f"Opdracht {number}", "a", "a", "a", evidence=("1a",),
        due=(Due("2023-02"), Due("2024-12")),
        statuses=(OrderStatus("2023-11", Colour.YELLOW, met=("2023-02",)),
                  OrderStatus("2024-05", Colour.GREEN)),
        notes=(Note("Verder.", "2024-03"),),
    )  # fmt: skip
    return replace(kept, **changes)


def test_contradictions_are_on_paper_with_what_repairs_them_and_a_clean_plan_has_none():
    on = date(2024, 5, 31)
    clean = ImprovementPlan(
        "Plan", "Stuk", "2022", "2024",
        orders=tuple(clean_order(number) for number in range(10)),
        evidence=(Evidence("1a", "Handboek"),),
    )  # fmt: skip
    assert sections(clean, on)[2].sentence == NO_CONTRADICTIONS
    planted = [
        {"evidence": ()}, {"evidence": ("1a", "9")}, {"notes": ()}, {"due": (Due("2024-02"),)},
        {"notes": (Note("Klaar.", "2023-10"),)},
        {"notes": (Note("Zie bijlage 7.", "2024-03"),)},
        {"due": (Due("2023-02"), Due("2024-04"))}, {"notes": (Note("Ooit."),)},
        {"notes": (Note("a", "2024-03", evidence=("8",)),)}, {"due": (Due("2023"),)},
    ]  # fmt: skip
    wrong = replace(
        clean, orders=tuple(clean_order(n, **change) for n, change in enumerate(planted))
    )
    found = contradictions(wrong, on)
    rows = sections(wrong, on)[2].tables[0].rows
    assert len(rows) == len(found) == 10
    assert [row[0].text for row in rows] == [item.message for item in found]
    assert all(row[1].text.endswith(".") for row in rows)


def test_a_paper_made_twice_is_the_same(dordrecht):
    (one, _), (again, _) = (plan_documents(dordrecht, NOVEMBER) for _ in range(2))
    assert one.name == "verbeterplan-2023-11-30.docx"
    assert one.content == again.content


def asked(*arguments):
    return parser().parse_args(["report", *arguments])


def test_the_command_line_writes_the_plan_of_a_month(dordrecht, tmp_path, capsys):
    folder = tmp_path / "stukken"
    options = asked("verbeterplan", "--period", "2023-11", "--out", str(folder))
    assert write_papers(options, dordrecht) == 0
    names = ["verbeterplan-2023-11-30.docx", "verbeterplan-2023-11-30.pdf"]
    assert capsys.readouterr().out.split() == [str(folder / name) for name in names]
    assert sorted(path.name for path in folder.iterdir()) == names


def test_without_a_plan_there_is_no_such_paper(with_profile, dordrecht):
    groningen = with_profile("groningen_stad")
    assert Paper.VERBETERPLAN not in papers_of(groningen)
    with pytest.raises(UnknownName, match="heeft geen verbeterplan"):
        write_papers(asked("verbeterplan", "--period", "2023-11", "--out", "x"), groningen)
    assert list(Paper) == papers_of(dordrecht)
    assert plan_documents(groningen, NOVEMBER) == []
