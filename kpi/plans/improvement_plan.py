"""The improvement plan of a profile: kpi/profiles/<id>/verbeterplan.toml, read and checked."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from data.strict import Findings, nearest, read_table
from kpi.meaning.load import DefinitionError
from kpi.plans.moment import moment
from kpi.plans.order import OTHER, Due, Evidence, ImprovementPlan, Note, OrderStatus, RecoveryOrder
from kpi.plans.year_plan import read_toml

FILE = "verbeterplan.toml"
STANDARDS = ("RPO1", "RPO2", "RPO3", "BKA1", "BKA2", "BKA3", OTHER)
Part = TypeVar("Part", Due, OrderStatus, Note, Evidence)


def load_improvement_plan(folder: Path) -> ImprovementPlan | None:
    """The improvement plan in the folder of a profile; None when it has none.

    DefinitionError with everything that is wrong in it. That a piece of evidence is mentioned but
    not listed is no error of the file: kpi.plans.contradictions tells it.
    """
    where = f"{folder.name}/{FILE}"
    table = read_toml(folder / FILE, where)
    if not table:
        return None
    findings = Findings()
    evidence = _parts(Evidence, table.pop("evidence", []), f"{where} evidence", findings)
    rows = table.pop("orders", [])
    orders = [
        order
        for number, row in enumerate(rows, start=1)
        if (order := _order(row, f"{where} opdracht {number}", findings))
    ]
    plan = read_table(
        ImprovementPlan, table, where, findings, orders=tuple(orders), evidence=evidence
    )
    for wrong in _wrong_parts(orders, evidence):
        findings.add(where, wrong)
    if findings.errors or plan is None:
        raise DefinitionError(findings.errors)
    return plan


def _order(row: dict[str, Any], where: str, findings: Findings) -> RecoveryOrder | None:
    parts = {
        "due": _parts(Due, row.pop("due", []), f"{where} due", findings),
        "statuses": _parts(OrderStatus, row.pop("statuses", []), f"{where} status", findings),
        "notes": _parts(Note, row.pop("notes", []), f"{where} notitie", findings),
    }
    order = read_table(RecoveryOrder, row, where, findings, **parts)
    if order is None:
        return None
    for wrong in _wrong_in(order):
        findings.add(where, wrong)
    notes = (
        replace(note, id=f"{order.id}-{place}") for place, note in enumerate(order.notes, start=1)
    )
    return replace(order, notes=tuple(notes))


def _parts(
    kind: type[Part], rows: list[dict[str, Any]], where: str, findings: Findings
) -> tuple[Part, ...]:
    found = (
        read_table(kind, row, f"{where} {number}", findings)
        for number, row in enumerate(rows, start=1)
    )
    return tuple(item for item in found if item)


def _wrong_in(order: RecoveryOrder) -> Iterator[str]:
    if order.standard not in STANDARDS:
        yield f"standaard '{order.standard}' bestaat niet.{nearest(order.standard, STANDARDS)}"
    dues = [item.by for item in order.due]
    reports = [item.reported for item in order.statuses]
    months = [note.month for note in order.notes if note.month]
    yield from _no_moments([*dues, *reports, *months, *filter(None, [order.intended_by])])
    for status in order.statuses:
        for name in status.met:
            if name not in dues:
                yield f"'{name}' is gehaald, maar staat niet bij due. Kies uit: {', '.join(dues)}."


def _no_moments(written: Iterable[str]) -> Iterator[str]:
    for text in written:
        try:
            moment(text)
        except ValueError as error:
            yield str(error)


def _wrong_parts(orders: list[RecoveryOrder], evidence: tuple[Evidence, ...]) -> Iterator[str]:
    names = [order.id for order in orders]
    for name, times in Counter([*names, *(item.number for item in evidence)]).items():
        if times > 1:
            yield f"'{name}' staat er {times} keer in."
