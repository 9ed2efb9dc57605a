"""The improvement plan of a profile: kpi/profiles/<id>/verbeterplan.toml, read and checked."""

from dataclasses import replace
from pathlib import Path

from data.strict import Findings, read_table, read_toml
from kpi.plans.order import ImprovementPlan, RecoveryOrder

FILE = "verbeterplan.toml"


def load_improvement_plan(folder: Path) -> ImprovementPlan | None:
    """The improvement plan in the folder of a profile; None when it has none.

    DefinitionError with everything that is wrong in it. That a piece of evidence is mentioned but
    not listed is no error of the file: kpi.plans.contradictions tells it.
    """
    path, where, findings = folder / FILE, f"{folder.name}/{FILE}", Findings()
    table = findings.checked(read_toml(path, where, findings)) if path.is_file() else None
    if not table:
        return None
    plan = findings.checked(read_table(ImprovementPlan, table, where, findings))
    return replace(plan, orders=tuple(map(_with_names_of_notes, plan.orders)))


def _with_names_of_notes(order: RecoveryOrder) -> RecoveryOrder:
    numbered = enumerate(order.notes, start=1)
    notes = tuple(replace(note, id=f"{order.id}-{place}") for place, note in numbered)
    return replace(order, notes=notes)
