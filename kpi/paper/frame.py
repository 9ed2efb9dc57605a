"""From sections to a paper: what every paper states about itself."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from data.calendar import Period
from kpi import formatting
from kpi.cycle.seal import sound
from kpi.figure.monitor import Monitor
from kpi.figure.result import FigureKey
from kpi.guard.guard import Audience, Guarded
from kpi.paper.document import Document, Frame, Section, UsedDefinition
from kpi.register import Record

# Making a paper is put on record too, and must not change the paper.
LOGGED = (Record.ISSUE, Record.FORM)
FOR_WHOM = {
    Audience.BUREAU: "alleen voor het bureau: kleine aantallen zijn te zien",
    Audience.BUITEN: "mag het bureau uit: kleine aantallen zijn niet te zien",
    Audience.INSPECTIE: "alleen voor de Inspectie: kleine aantallen zijn te zien",
}


def document(
    monitor: Monitor,
    kind: str,
    title: str,
    quarter: Period,
    sections: tuple[Section, ...],
    shown: Guarded,
    state: tuple[str, str],
    subject: str = "",
) -> Document:
    """A paper about a quarter; `state` is its status and seal.

    `subject` is a school or "": a paper about one school is brief. StoreError while not everything
    that was delivered counts.
    """
    sound(monitor.store)
    name = "-".join(filter(None, (kind, subject, quarter.period_id)))
    used = {kpi for kpi, *_ in _figures(sections)}
    frame = Frame(
        title=title,
        swv=monitor.swv.name,
        period_id=quarter.period_id,
        period=f"kwartaal tot en met {formatting.date_text(quarter.end_on)}",
        peildatum=formatting.date_text(quarter.end_on),
        status=state[0],
        seal=state[1],
        known_on=known_on(monitor),
        audience=FOR_WHOM[shown.audience],
        is_demo=monitor.is_demo,
        definitions=_definitions(monitor, used, quarter),
        notes=tuple(filter(None, (shown.note,))),
    )
    return Document(
        kind, name, frame, sections, monitor.profile.house_style, is_brief=bool(subject)
    )


def known_on(monitor: Monitor) -> str:
    """The moment of the last line on record that can be in a paper, ISO 8601."""
    entries = [entry for entry in monitor.store.lines() if entry.kind not in LOGGED]
    moment = entries[-1].at if entries else "2000-01-01T00:00:00+00:00"
    return datetime.fromisoformat(moment).replace(microsecond=0).isoformat()


def _figures(sections: Iterable[Section]) -> Iterator[FigureKey]:
    for section in sections:
        for table in section.every_table:
            yield from (cell.figure for row in table.rows for cell in row if cell.figure)


def _definitions(monitor: Monitor, used: set[str], quarter: Period) -> tuple[UsedDefinition, ...]:
    found = [kpi for kpi in monitor.kpis.values() if kpi.id in used]
    return tuple(
        UsedDefinition(
            kpi.name,
            kpi.main.label,
            kpi.version_on(quarter.end_on, kpi.main_period),
            kpi.counts,
        )
        for kpi in sorted(found, key=lambda kpi: kpi.number)
    )
