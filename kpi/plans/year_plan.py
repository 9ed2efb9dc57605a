"""The year plan that comes with a profile: kpi/profiles/<id>/jaarplan.toml, read and checked."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from data.strict import Findings, derived, nearest, read_table, read_toml
from kpi.meaning.kpi import Kpi
from kpi.plans.activity import Activity, activity_id
from kpi.plans.links import linked_kpis
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
    path, where, findings = folder / FILE, f"{folder.name}/{FILE}", Findings()
    table = findings.checked(read_toml(path, where, findings)) if path.is_file() else None
    if not table:
        return None
    rows = table.pop("activities", [])
    head = findings.checked(read_table(YearPlan, table, where, findings))
    read = (
        _activity(row, head, kpis, f"{where} rij {number}", findings)
        for number, row in enumerate(rows, start=1)
    )
    found = tuple(activity for activity in read if activity)
    for name, times in Counter(activity.id for activity in found).items():
        if times > 1:
            findings.add(where, f"{name} staat er {times} keer in.")
    return findings.checked(replace(head, activities=found))


def _activity(
    row: dict[str, Any], head: YearPlan, kpis: Mapping[str, Kpi], where: str, findings: Findings
) -> Activity | None:
    links, unknown = linked_kpis(str(row.pop("kpis", "")), kpis)
    if unknown:
        findings.add(where, f"geen KPI van dit profiel heeft nummer {_listed(unknown)}.")
    activity = read_table(Activity, row, where, findings, kpis=links)
    if activity is None:
        return None
    if activity.effect and activity.effect.kpi not in kpis:
        hint = nearest(activity.effect.kpi, kpis)
        findings.add(f"{where} effect", f"KPI '{activity.effect.kpi}' bestaat niet.{hint}")
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


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))
