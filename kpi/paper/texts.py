"""What people wrote, as parts of a paper: commentary, promises, and what must be decided."""

from collections.abc import Sequence
from datetime import date

from data.calendar import Period, local_moment
from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.formatting import date_text
from kpi.paper.document import Cell, Section, Table, Text, filled, word
from kpi.paper.frame import known_on
from kpi.record.commentary import commentary
from kpi.record.commitments import Commitment, decisions, meeting_day, open_commitments
from kpi.view.line import Line

NO_DECISION = (
    "Er is geen besluit nodig: geen afwijking is verlopen, geen doel vraagt verandering en van elk "
    "afgelopen doel staat vast wat nu geldt."
)
EXTEND = "Verlengen, een ander doel afspreken, of de afwijking beëindigen"
TO_WRITE = "Nog te schrijven."
WHAT_NOW = "Wat gaan wij anders doen, of passen wij het doel aan?"
AFTER_TERM = "Wat geldt nu: blijft het laatste gelden, vervalt het doel, of komt er een nieuw doel?"


def asked_decisions(lines: Sequence[Line]) -> Section:
    """Per target: a deviation that lapsed, a term that is over, or another way of working."""
    rows = []
    for line in lines:
        for item in line.targets:
            about = f"{item.name}. {item.goal.sentence}"
            if item.has_lapsed and item.deviation:
                since = f"Afwijking verlopen op {date_text(item.deviation.until)}"
                rows.append((Cell(line.name), Cell(since), Cell(EXTEND)))
            elif item.is_open:
                rows.append((Cell(line.name), Cell(about), Cell(AFTER_TERM)))
            elif item.asks_change:
                rows.append((Cell(line.name), Cell(about), Cell(WHAT_NOW)))
    decided = tuple(
        (Cell(line.name), Cell(item.name), Cell(item.decision.full_text))
        for line in lines
        for item in line.targets
        if item.decision
    )
    return Section(
        id="besluiten",
        title="Gevraagde besluiten",
        sentence="" if rows else NO_DECISION,
        tables=filled(
            Table("Te beslissen", ("KPI", "Aanleiding", "Vraag"), tuple(rows)),
            Table("Wat na de looptijd van een doel geldt", ("KPI", "Doel", "Besluit"), decided),
        ),
    )


def commentary_texts(monitor: Monitor, result: KpiResult, quarter: Period) -> tuple[Text, ...]:
    """The three fields about a KPI in this quarter, or that they are still to be written."""
    found = commentary(
        monitor.store, result.kpi.id, quarter.period_id, result.organisation.organisation_id
    )
    if found is None:
        return (Text("Duiding", TO_WRITE),)
    *first, last = [Text(heading, body) for heading, body in found.fields]
    return (*first, last._replace(by=found.by))


def open_promises(monitor: Monitor, quarter: Period) -> Section:
    """What was promised and is not done, late ones first, and what was decided since then.

    Looked at on the day of the meeting about the quarter, so its own promises are in it.
    """
    today = local_moment(known_on(monitor)).date()
    on = meeting_day(monitor.calendar, quarter, today)
    still_open = open_commitments(monitor.store, on)
    promised = tuple(
        (
            Cell(item.text), Cell(item.owner), Cell(item.status_text(on)),
            Cell(item.made_text), word(_kpi(monitor, item.kpi)),
        )
        for item in still_open
    )  # fmt: skip
    decided = tuple(
        (Cell(item.text), word(item.owner), Cell(item.made_text), word(_kpi(monitor, item.kpi)))
        for item in decisions(monitor.store, quarter.start_on, on)
    )
    tables = filled(
        Table("Toezeggingen", ("Toezegging", "Wie", "Stand", "Toegezegd in", "KPI"), promised),
        Table("Genomen besluiten", ("Besluit", "Wie", "Genomen in", "KPI"), decided),
    )
    return Section(
        id="toezeggingen",
        title="Wat is er toegezegd?",
        sentence=_promised_sentence(still_open, on),
        tables=tables,
        starts_page=bool(tables),
    )


def _promised_sentence(still_open: Sequence[Commitment], on: date) -> str:
    if not still_open:
        return "Er staan geen toezeggingen open."
    late = sum(item.is_late(on) for item in still_open)
    said = formatting.count(len(still_open), "toezeggingen")
    return f"{said} open, waarvan {formatting.number(late)} te laat."


def _kpi(monitor: Monitor, kpi_id: str) -> str:
    return monitor.kpis[kpi_id].label if kpi_id in monitor.kpis else kpi_id
