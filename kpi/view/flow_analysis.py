"""The analysis of a flow, as a page declares it: what stands, came and went, per part and place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from data.calendar import KWARTAAL, Period
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.naming import segments_of
from kpi.figure.result import KpiResult, Organisation
from kpi.figure.snapshot import Snapshot, snapshot
from kpi.figure.span import known_by
from kpi.view.bridge import Bridge, Flow, bridge
from kpi.view.quarterly import Beside, beside, year_before

QUARTERS_SHOWN = 12


@dataclass(frozen=True)
class FlowAnalysis:
    """What a page tells of a flow, in the words of that page; measures are those of its KPI.

    columns: the heading per measure of a table; tiles: what stands on top; in_time: what is shown
    per quarter, the one that is judged first. splits: what it is told apart by, bridge_split: by
    what the bridge is ("" for the whole only). places: the heading per type of organisation.
    year_ago: tables have the figure of a year ago beside each figure. rest: what is said of what
    no part holds, "" where parts do not add up. about: {} is what a table is split by.
    stands: the standing count, {0}, in a sentence.
    """

    page: str
    title: str
    flow: Flow
    columns: Mapping[str, str]
    tiles: tuple[str, ...]
    in_time: tuple[str, ...]
    splits: tuple[str, ...]
    places: Mapping[str, str]
    place_name: str
    not_a_ranking: str
    about: str
    stands: str
    further: str
    bridge_split: str = ""
    rest: str = ""
    year_ago: bool = False

    @property
    def kpi(self) -> str:
        """The KPI it is about."""
        return self.flow.kpi


@dataclass(frozen=True)
class FlowRow:
    """One part or place with its figures; without year_ago none has one beside it."""

    figures: tuple[Beside, ...]

    @property
    def label(self) -> str:
        """The part, or "Totaal"."""
        return self.figures[0].now.segment_label or "Totaal"

    @property
    def organisation(self) -> Organisation:
        """Whose figures they are."""
        return self.figures[0].now.organisation

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """What was counted; None where that is not known."""
        every = (item.now for item in self.figures)
        return tuple(round(item.numerator) if item.has_number else None for item in every)


def course(
    monitor: Monitor, asked: tuple[str, str], organisation_id: str, quarter: Period,
    segment: str = "", period_type: str = KWARTAAL,
) -> list[KpiResult]:  # fmt: skip
    """The periods of a (KPI, measure) that were known at the end of a quarter."""
    kpi, measure = asked
    return known_by(
        results.trend(monitor, kpi, organisation_id, measure, segment, period_type), quarter
    )


def courses(
    monitor: Monitor, analysis: FlowAnalysis, organisation_id: str, quarter: Period
) -> list[list[KpiResult]]:
    """The quarters of each measure of in_time, up to the chosen one."""
    return [
        course(monitor, (analysis.kpi, name), organisation_id, quarter) for name in analysis.in_time
    ]


def by_quarter(series: Sequence[Sequence[KpiResult]]) -> list[tuple[Beside, ...]]:
    """The last courses turned over: per quarter, the newest first, all beside a year ago."""
    every = [map(Beside, part, year_before(part)) for part in series]
    return list(zip(*every, strict=True))[: -QUARTERS_SHOWN - 1 : -1]


def facts(
    monitor: Monitor, analysis: FlowAnalysis, organisation_id: str, quarter: Period
) -> list[Beside]:
    """The figures on top, each beside a year ago."""
    here = (snapshot(monitor, analysis.kpi, name, quarter.period_id) for name in analysis.tiles)
    return [beside(monitor, found.of(organisation_id)) for found in here]


def bridges(
    monitor: Monitor, analysis: FlowAnalysis, organisation_id: str, period_id: str
) -> list[Bridge]:
    """From the previous count date to this one: in total and per part. Empty without a start."""
    kpi, split = monitor.kpis[analysis.kpi], analysis.bridge_split
    codes = segments_of(kpi, kpi.main, split) if split else []
    found = (
        bridge(monitor, analysis.flow, organisation_id, period_id, code) for code in ("", *codes)
    )
    return [item for item in found if item]


def parts(
    monitor: Monitor, analysis: FlowAnalysis, organisation_id: str, period_id: str, split: str
) -> list[FlowRow]:
    """The codes of a split that occur, in the order of the definition; the total last."""
    kpi, columns = monitor.kpis[analysis.kpi], _columns(monitor, analysis, period_id)
    occurring = {code for column in columns for code in column.codes(organisation_id, split)}
    codes = [code for code in segments_of(kpi, kpi.main, split) if code in occurring]
    return [
        _row(monitor, analysis, [column.of(organisation_id, code) for column in columns])
        for code in (*codes, "")
    ]


def remainder(
    every: Sequence[Sequence[int | None]], whole: Sequence[int | None]
) -> Iterator[tuple[int | None, ...]]:
    """What the parts do not hold of the whole, once; nothing when they hold it all."""
    rest = tuple(
        None if total is None else total - sum(part[place] or 0 for part in every)
        for place, total in enumerate(whole)
    )
    if any(rest):
        yield rest


def places(
    monitor: Monitor, analysis: FlowAnalysis, organisation_id: str, period_id: str, kind: str
) -> list[FlowRow]:
    """The boards or locations below an organisation, in order of name."""
    columns = _columns(monitor, analysis, period_id)
    every = zip(*(column.below(organisation_id, kind) for column in columns), strict=True)
    return [_row(monitor, analysis, figures) for figures in every]


def _columns(monitor: Monitor, analysis: FlowAnalysis, period_id: str) -> list[Snapshot]:
    return [snapshot(monitor, analysis.kpi, name, period_id) for name in analysis.columns]


def _row(monitor: Monitor, analysis: FlowAnalysis, figures: Sequence[KpiResult]) -> FlowRow:
    if not analysis.year_ago:
        return FlowRow(tuple(Beside(figure, None) for figure in figures))
    return FlowRow(tuple(beside(monitor, figure) for figure in figures))
