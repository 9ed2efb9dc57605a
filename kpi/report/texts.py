"""What people wrote, as parts of a paper: commentary, promises, and what must be decided."""

from collections.abc import Sequence

from kpi.formatting import date_text
from kpi.overview import Line
from kpi.report.document import Cell, Section, Table
from kpi.verdict.verdict import Goal

NO_DECISION = (
    "Er is geen besluit nodig: geen afwijking is verlopen en geen doel vraagt verandering."
)
EXTEND = "Verlengen, een ander doel afspreken, of de afwijking beëindigen"
WHAT_NOW = "Wat gaan wij anders doen, of passen wij het doel aan?"


def asked_decisions(lines: Sequence[Line]) -> Section:
    """Lapsed deviations and targets that ask for another way of working."""
    rows = []
    for line in lines:
        if line.has_lapsed and line.deviation:
            since = f"Afwijking verlopen op {date_text(line.deviation.until)}"
            rows.append((Cell(line.name), Cell(since), Cell(EXTEND)))
        elif line.goal.goal in (Goal.MISSED, Goal.UNLIKELY):
            rows.append((Cell(line.name), Cell(line.goal.sentence), Cell(WHAT_NOW)))
    return Section(
        id="besluiten",
        title="Gevraagde besluiten",
        sentence="" if rows else NO_DECISION,
        tables=(Table("Te beslissen", ("KPI", "Aanleiding", "Vraag"), tuple(rows)),)
        if rows
        else (),
    )
