"""The improvement plan as inspectors know it: status first, then order by order, annexes last."""

from collections.abc import Iterable, Sequence
from datetime import date

from kpi.figure.monitor import Monitor
from kpi.formatting import count, date_text
from kpi.paper.document import Document, Frame, Section, Table, filled, word
from kpi.paper.frame import known_on
from kpi.plans.contradictions import contradictions
from kpi.plans.order import ImprovementPlan, Note
from kpi.plans.order_state import (
    STATUS_HEADERS,
    OrderLine,
    facts,
    legend,
    named_by,
    status_table,
)
from kpi.plans.orders import improvement_plan
from kpi.plans.progress_since import HEADERS, progress_since
from kpi.plans.texts import origin

KIND = "verbeterplan"
AUDIENCE = "voor de Inspectie en de besturen: teksten van het bureau, geen cijfers uit de monitor"
NO_CONTRADICTIONS = "Er zijn geen tegenspraken in dit plan gevonden."
NO_NOTES = "Er zijn nog geen notities."
NOTE_HEADERS = ("Maand", "Over", "Wat is er gebeurd?", "Resultaat", "Bijlagen")
WHAT = 5  # the first facts say what must be done, the others how it stands


def report(monitor: Monitor, on: date, state: tuple[str, str]) -> Document | None:
    """The plan as it stood on a day; None without a plan. state: status and seal of the paper."""
    found = improvement_plan(monitor)
    if found is None:
        return None
    plan = found.at(on)
    frame = Frame(
        title=plan.title,
        swv=monitor.swv.name,
        period_id=on.isoformat(),
        period=f"stand op {date_text(on)}",
        peildatum=date_text(on),
        status=state[0],
        seal=state[1],
        known_on=known_on(monitor),
        audience=AUDIENCE,
        is_demo=monitor.is_demo,
        notes=(origin(monitor, plan.document),),
    )
    style = monitor.profile.house_style
    return Document(KIND, f"{KIND}-{on.isoformat()}", frame, sections(plan, on), style)


def sections(plan: ImprovementPlan, on: date) -> tuple[Section, ...]:
    """The parts of the paper, from a plan as it stood on this day."""
    lines = status_table(plan, on)
    return (
        _status(plan, lines),
        _changes(plan, on),
        _contradictions(plan, on),
        *(_order(line) for line in lines),
        _annexes(plan),
    )


def _status(plan: ImprovementPlan, lines: Sequence[OrderLine]) -> Section:
    return Section(
        id="stand",
        title="Stand per opdracht",
        sentence=f"{plan.inspected}. Herstelbezoek: {plan.visit}.",
        tables=(_table("Alle opdrachten", STATUS_HEADERS, (line.cells for line in lines)),),
        notes=tuple(legend(plan)),
    )


def _changes(plan: ImprovementPlan, on: date) -> Section:
    found = progress_since(plan, on)
    rows = [item.cells for item in found.changes]
    return Section(
        id="veranderd",
        title=found.heading,
        sentence=found.sentence or f"{count(len(rows), 'wijzigingen')}.",
        tables=filled(_table("Wijzigingen", HEADERS, rows)),
        starts_page=False,
    )


def _contradictions(plan: ImprovementPlan, on: date) -> Section:
    rows = [(item.message, item.kind.repair) for item in contradictions(plan, on)]
    return Section(
        id="tegenspraken",
        title="Wat elkaar tegenspreekt",
        sentence=f"{count(len(rows), 'tegenspraken')}." if rows else NO_CONTRADICTIONS,
        tables=filled(
            _table("Tegenspraken", ("Wat klopt er niet?", "Hoe is dat te herstellen?"), rows)
        ),
        starts_page=False,
    )


def _order(line: OrderLine) -> Section:
    """The columns inspectors know, in two rows to stay readable, and below it month by month."""
    order, told = line.order, facts(line)
    tables = [_facts("De opdracht", told[:WHAT]), _facts("Hoe het staat", told[WHAT:])]
    if order.notes:
        tables.append(_narrowed("Toelichting per maand", NOTE_HEADERS, map(_note, order.notes)))
    if order.intended:
        heading = f"Beoogde resultaten {order.intended_by}".strip()
        tables.append(_table(heading, ("Resultaat",), ((text,) for text in order.intended)))
    if len(order.statuses) > 1:
        tables.append(
            _narrowed(
                "Stand door de tijd",
                ("Rapport", "Stand", "Toelichting"),
                ((item.reported_text, item.colour.text, item.note) for item in order.statuses),
            )
        )
    return Section(
        id=order.id,
        title=order.name,
        sentence=f"Stand: {line.status_text}.",
        tables=tuple(tables),
        notes=() if order.notes else (NO_NOTES,),
    )


def _note(note: Note) -> tuple[str, ...]:
    return (note.month_text, note.about, note.text, note.result, ", ".join(note.evidence))


def _annexes(plan: ImprovementPlan) -> Section:
    rows = [(item.number, item.title, named_by(plan, item.number)) for item in plan.evidence]
    return Section(
        id="bijlagen",
        title="Bijlagen",
        sentence="" if rows else "Er staan nog geen bewijsstukken in de lijst.",
        tables=filled(_table("Bewijsstukken", ("Nummer", "Titel", "Bij"), rows)),
    )


def _facts(title: str, told: Sequence[tuple[str, str]]) -> Table:
    return _table(title, [label for label, _ in told], [[text for _, text in told]])


def _narrowed(title: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table without the columns in which nothing stands."""
    found = list(rows)
    kept = [place for place in range(len(headers)) if any(row[place] for row in found)]
    return _table(
        title, [headers[place] for place in kept], ([row[place] for place in kept] for row in found)
    )


def _table(title: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    return Table(title, tuple(headers), tuple(tuple(map(word, row)) for row in rows))
