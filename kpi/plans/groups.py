"""The activities of a plan put together by theme, by KPI or by who takes part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kpi import formatting
from kpi.meaning.kpi import Kpi
from kpi.plans.activity import Activity

WITHOUT_KPI = "Zonder KPI"
NOBODY = "Niemand genoemd"
REST = "Wie maar één activiteit heeft"


class GroupBy(StrEnum):
    """By what; the text is the word that is shown and stands in the address."""

    THEME = "thema"
    KPI = "KPI"
    WHO = "wie"


@dataclass(frozen=True)
class ActivityGroup:
    """Activities that belong together, in the order of the plan."""

    title: str
    activities: tuple[Activity, ...]


def groups(found: Iterable[Activity], by: GroupBy, kpis: Mapping[str, Kpi]) -> list[ActivityGroup]:
    """The groups that are not empty; by KPI and by who an activity may stand in several."""
    every = list(found)
    if by is GroupBy.THEME:
        return _by_theme(every)
    return _by_kpi(every, kpis) if by is GroupBy.KPI else _by_party(every)


def _by_theme(found: list[Activity]) -> list[ActivityGroup]:
    themes: dict[str, list[Activity]] = {}
    for item in found:
        themes.setdefault(f"{item.plan.capitalize()} · {item.theme_text}", []).append(item)
    return _filled(themes.items())


def _by_kpi(found: list[Activity], kpis: Mapping[str, Kpi]) -> list[ActivityGroup]:
    named = [
        (f"KPI {kpi.name}", [item for item in found if kpi.id in item.kpis])
        for kpi in kpis.values()
    ]
    return _filled([*named, (WITHOUT_KPI, [item for item in found if not item.kpis])])


def _by_party(found: list[Activity]) -> list[ActivityGroup]:
    """By name, capitals aside; who has one activity only stands in a group at the end."""
    parties: dict[str, tuple[str, list[Activity]]] = {}
    for item in found:
        for folded, name in {name.casefold(): name for name in item.who}.items():
            parties.setdefault(folded, (name, []))[1].append(item)
    several = [(name, items) for name, items in parties.values() if len(items) > 1]
    single = {item.id for _, items in parties.values() if len(items) == 1 for item in items}
    several.sort(key=lambda pair: formatting.sort_key_nl(pair[0]))
    return _filled(
        [
            *several,
            (REST, [item for item in found if item.id in single]),
            (NOBODY, [item for item in found if not item.who]),
        ]
    )


def _filled(pairs: Iterable[tuple[str, list[Activity]]]) -> list[ActivityGroup]:
    return [ActivityGroup(title, tuple(items)) for title, items in pairs if items]
