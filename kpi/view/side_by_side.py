"""One figure for all boards and locations side by side: by name, on one scale per kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.calendar import Period
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.figure.span import Scale, known_by, recent, scale_of
from kpi.formatting import span
from kpi.meaning.load import Kpi, Measure

HEADINGS = {"bestuur": "Besturen", "locatie": "Locaties"}
ONLY_WHOLE = "Dit cijfer is er alleen voor het hele samenwerkingsverband."
NOT_YET = "Tot en met {} is dit cijfer er nog niet. Kies een later kwartaal."


@dataclass(frozen=True)
class Group:
    """The boards or the locations, each with its last three years, in order of name."""

    heading: str
    every: Sequence[Sequence[KpiResult]]
    scale: Scale

    @property
    def span_text(self) -> str:
        """Between which values every drawing runs: "0 tot 12 leerlingen"."""
        example = self.every[0][-1]
        return span(*self.scale, example.unit, example.decimals)


def groups(
    monitor: Monitor, kpi: Kpi, measure: Measure, part: str, kind: str, quarter: Period
) -> list[Group]:
    """Boards and locations with the measure up to a quarter; who was never expected is left out."""
    found = []
    for organisation_type, heading in HEADINGS.items():
        series = results.trends_by_organisation(
            monitor, kpi.id, organisation_type, measure.id, part, kind
        )
        every = [recent(known_by(one, quarter)) for one in series.values()]
        every = [one for one in every if any(result.expected for result in one)]
        if every:
            found.append(Group(heading, every, scale_of(item for one in every for item in one)))
    return found


def why_none(
    monitor: Monitor, kpi: Kpi, measure: Measure, part: str, kind: str, quarter: Period
) -> str:
    """Why `groups` finds nobody: the figure is not made per location, or not yet known."""
    later = results.trends_by_organisation(monitor, kpi.id, "locatie", measure.id, part, kind)
    return NOT_YET.format(quarter.label) if later else ONLY_WHOLE
