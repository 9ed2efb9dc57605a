"""The registration as a paper: a cover with what is typed over in ISD, and the rows."""

from collections.abc import Sequence
from datetime import date

from kpi import formatting
from kpi.cycle.edition import Edition
from kpi.guard.guard import Audience, guard
from kpi.paper.document import Cell, Document, Section, Table, Text, figure_cell
from kpi.paper.frame import document
from kpi.paper.inspectie.layout import RegistrationLayout
from kpi.paper.inspectie.row import RegistrationRow
from kpi.paper.inspectie.rows import DERIVED
from kpi.paper.inspectie.totals import Total
from kpi.paper.inspectie.values import DAY_ZERO, Value, Writer
from kpi.view.absence import cautions

TITLE = "Registratie thuiszitters"
COVER = "Voorblad"
NO_ANSWER = "Nog niet beantwoord."
CUMULATIVE = (
    "De registratie is cumulatief: wie niet meer thuiszit, blijft erin staan. Er staan geen namen "
    "en geen leerlingnummers in. De codes van leerlingen zijn in elke ronde anders."
)
NOT_COUNTED = (
    "Rijen met de stand “Niet meer op de lijst” of “Onbekend” tellen niet mee in de getallen. Kijk "
    "bij de school na hoe het is afgelopen. Was een hele levering fout, maak die dan ongedaan."
)
END_DERIVED = (
    "“Einddatum afgeleid”: de leerling staat niet op de volgende lijst van de school. Het "
    "verzuim eindigt op de dag voordat die lijst begint."
)
TYPE_OVER = "Typ deze getallen over in het Internet Schooldossier (ISD)."
CHECKED = "Nagerekend: elk getal is gelijk aan wat de rijen en de aantallen samen zijn."
BY_NUMBER = "Scholen die alleen aantallen leveren, hebben geen rijen."


def paper(
    made: Edition,
    rows: Sequence[RegistrationRow],
    found: Sequence[Total],
    writer: Writer,
    layout: RegistrationLayout,
) -> Document:
    """The whole paper; the Inspectie is entitled to every number."""
    monitor, quarter, state = made.monitor, made.quarter, (made.status, made.seal)
    sections = (
        _cover(made, rows, found, layout),
        Section("rijen", layout.sheet, tables=(_rows(rows, writer, layout),)),
    )
    shown = guard(monitor, [total.figure for total in found], Audience.INSPECTIE)
    return document(monitor, "inspectie", TITLE, quarter, sections, shown, state)


def _cover(
    made: Edition,
    rows: Sequence[RegistrationRow],
    found: Sequence[Total],
    layout: RegistrationLayout,
) -> Section:
    monitor, quarter = made.monitor, made.quarter
    day = formatting.date_text(quarter.end_on)
    asked = layout.questions_of(quarter.period_id)
    notes = [CUMULATIVE, *cautions(monitor, monitor.swv.organisation_id, quarter)]
    if any(not row.counted and row.end_on is None for row in rows):
        notes.insert(1, NOT_COUNTED)
    if any(DERIVED in row.remark for row in rows):
        notes.insert(1, END_DERIVED)
    return Section(
        id="voorblad",
        title=COVER,
        sentence=f"Bestemd voor: {layout.audience}. {TYPE_OVER} Peildatum {day}.",
        tables=(_totals(found), _contents(rows)),
        texts=(
            *(Text(question, answer or NO_ANSWER) for question, answer in asked),
            *(Text("Correctie", note.text, note.by) for note in made.notes),
        ),
        notes=tuple(notes),
    )


def _totals(found: Sequence[Total]) -> Table:
    by_number = any(total.from_counts for total in found)
    headers = ("Wat", "Getal", "Uit de rijen", "Alleen als aantal geleverd")
    rows = [
        (Cell(total.label), figure_cell(total.figure), _whole(total.from_rows),
         _whole(total.from_counts))
        for total in found
    ]  # fmt: skip
    width = 4 if by_number else 3
    note = f"{CHECKED} {BY_NUMBER}" if by_number else CHECKED
    return Table("Getallen voor ISD", headers[:width], tuple(row[:width] for row in rows), note)


def _contents(rows: Sequence[RegistrationRow]) -> Table:
    spells = [row for row in rows if row.is_spell]
    stopped = sum(row.end_on is not None for row in rows)
    unclear = sum(row.end_on is None and not row.counted for row in rows)
    counted = (
        ("Absoluut verzuim (AV)", sum(row.kind == "av" for row in spells)),
        ("Langdurig relatief verzuim (LRV)", sum(row.kind == "lrv" for row in spells)),
        ("Vrijstellingen", len(rows) - len(spells)),
        ("Alle rijen", len(rows)),
        ("Waarvan gestopt", stopped),
        ("Waarvan onbekend hoe het nu is", unclear),
    )
    cells = tuple((Cell(label), _whole(number)) for label, number in counted)
    return Table("Wat er in de registratie staat", ("Rijen", "Aantal"), cells)


def _rows(rows: Sequence[RegistrationRow], writer: Writer, layout: RegistrationLayout) -> Table:
    cells = tuple(
        tuple(_cell(writer.value(row, number, rule), rule.dates) for rule in layout.columns)
        for number, row in enumerate(writer.ordered(rows), start=1)
    )
    return Table(layout.sheet, tuple(rule.header for rule in layout.columns), cells)


def _cell(value: Value, dates: str) -> Cell:
    if isinstance(value, date):
        return Cell(formatting.short_date(value), (value - DAY_ZERO).days, dates)
    return _whole(value) if isinstance(value, int) else Cell(value or "")


def _whole(number: int) -> Cell:
    return Cell(formatting.number(number), number, "0")
