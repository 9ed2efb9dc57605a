"""The year plan that comes with a profile: kpi/profiles/<id>/jaarplan.toml, read and checked."""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from data.strict import Findings, derived, nearest, read_table
from kpi.meaning.kpi import Kpi
from kpi.meaning.load import DefinitionError
from kpi.plans.activity import Activity, Effect, activity_id
from kpi.plans.amount import Amount
from kpi.plans.links import linked_kpis
from kpi.plans.moment import moment
from kpi.plans.period import period_days

FILE = "jaarplan.toml"


@dataclass(frozen=True)
class YearPlan:
    """The plan of one school year, after which document, its themes and its activities in order."""

    school_year: str
    document: str
    themes: tuple[str, ...]
    activities: tuple[Activity, ...] = derived(default=())

    def wrong_parts(self) -> list[str]:
        """What is not right in it, in Dutch."""
        start, _, end = self.school_year.partition("-")
        if start.isdecimal() and end == str(int(start) + 1):
            return []
        return [f"schooljaar '{self.school_year}'; schrijf het zo: 2023-2024."]


def load_year_plan(folder: Path, kpis: Mapping[str, Kpi]) -> YearPlan | None:
    """The year plan in the folder of a profile; None when it has none.

    kpis are those of the profile: "KPI 1 t/m 6" in the file becomes the ids with these numbers.
    DefinitionError with everything that is wrong in it.
    """
    findings = Findings()
    where = f"{folder.name}/{FILE}"
    table = read_toml(folder / FILE, where)
    if not table:
        return None
    rows = table.pop("activities", [])
    head = read_table(YearPlan, table, where, findings)
    for wrong in head.wrong_parts() if head else ():
        findings.add(where, wrong)
    if findings.errors or head is None:
        raise DefinitionError(findings.errors)
    found = [
        activity
        for number, row in enumerate(rows, start=1)
        if (activity := _activity(row, head, kpis, f"{where} rij {number}", findings))
    ]
    for name, times in Counter(activity.id for activity in found).items():
        if times > 1:
            findings.add(where, f"{name} staat er {times} keer in.")
    if findings.errors:
        raise DefinitionError(findings.errors)
    return replace(head, activities=tuple(found))


def read_toml(path: Path, where: str) -> dict[str, Any]:
    """The tables of a file, empty when there is none. DefinitionError when it is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError([f"{where}: geen geldige TOML ({error})."]) from error


def _activity(
    row: dict[str, Any], head: YearPlan, kpis: Mapping[str, Kpi], where: str, findings: Findings
) -> Activity | None:
    links, unknown = linked_kpis(str(row.pop("kpis", "")), kpis)
    if unknown:
        findings.add(where, f"geen KPI van dit profiel heeft nummer {_listed(unknown)}.")
    parts: dict[str, Any] = {
        "kpis": links,
        "money": tuple(_amounts(row.pop("money", []), where, findings)),
        "effect": _effect(row.pop("effect", None), kpis, where, findings),
    }
    activity = read_table(Activity, row, where, findings, **parts)
    if activity is None:
        return None
    if not 1 <= activity.theme_number <= len(head.themes):
        findings.add(where, f"thema {activity.theme_number} staat niet in themes.")
        return None
    days = period_days(activity.period, int(head.school_year[:4]))
    if days is None:
        findings.add(where, f"de periode '{activity.period}' is niet te lezen.")
        return None
    return replace(
        activity,
        id=activity_id(activity.plan, head.school_year, activity.place),
        school_year=head.school_year,
        theme=head.themes[activity.theme_number - 1],
        from_on=days[0],
        until_on=days[1],
    )


def _amounts(rows: list[dict[str, Any]], where: str, findings: Findings) -> list[Amount]:
    found = []
    for number, row in enumerate(rows, start=1):
        amount = read_table(Amount, row, f"{where} bedrag {number}", findings)
        for wrong in amount.wrong_parts() if amount else ():
            findings.add(f"{where} bedrag {number}", wrong)
        found += [amount] if amount else []
    return found


def _effect(
    row: dict[str, Any] | None, kpis: Mapping[str, Kpi], where: str, findings: Findings
) -> Effect | None:
    if row is None:
        return None
    effect = read_table(Effect, row, f"{where} effect", findings)
    if effect and effect.kpi not in kpis:
        hint = nearest(effect.kpi, kpis)
        findings.add(f"{where} effect", f"KPI '{effect.kpi}' bestaat niet.{hint}")
    try:
        moment(effect.by if effect else "2000")
    except ValueError as error:
        findings.add(f"{where} effect", str(error))
    return effect


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))
