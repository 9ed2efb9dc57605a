"""The analysis of a flow, as a page declares it: what stands, came and went, per part and place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

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
        """What was counted; None where that is not exactly known."""
        every = (item.now for item in self.figures)
        return tuple(round(item.numerator) if item.is_exact else None for item in every)


NO_START = "Er is geen stand op de vorige peildatum om mee te beginnen."
NOT_YET = "Over dit kwartaal is nog niets geleverd om mee op te tellen."
ONLY_FEW = (
    "Van een van de aantallen is alleen bekend dat het er minder dan 5 zijn (<5). Daarom is niet "
    "op te tellen wat erbij kwam en wat eraf ging."
)


@dataclass(frozen=True)
class FlowQuarter:
    """One quarter of a flow at one organisation, with all that its page tells of it."""

    analysis: FlowAnalysis
    monitor: Monitor
    organisation_id: str
    quarter: Period

    def snapshot(self, measure: str) -> Snapshot:
        """A measure in this quarter: every organisation and part."""
        return snapshot(self.monitor, self.analysis.kpi, measure, self.quarter.period_id)

    def course(self, measure: str) -> list[KpiResult]:
        """The quarters of a measure up to this one."""
        return course(self.monitor, self.analysis.kpi, measure, self.organisation_id, self.quarter)

    @cached_property
    def stock(self) -> KpiResult:
        """The standing count."""
        return self.snapshot(self.analysis.flow.stock).of(self.organisation_id)

    @cached_property
    def series(self) -> list[list[KpiResult]]:
        """The quarters of each measure of in_time, up to this one."""
        return [self.course(measure) for measure in self.analysis.in_time]

    @cached_property
    def facts(self) -> list[Beside]:
        """The figures on top, each beside a year ago."""
        found = (self.snapshot(measure).of(self.organisation_id) for measure in self.analysis.tiles)
        return [beside(self.monitor, result) for result in found]

    @cached_property
    def bridges(self) -> list[Bridge]:
        """From the previous count date to this one: in total and per part; none without a start."""
        split = self.analysis.bridge_split
        found = (self.bridge(code) for code in ("", *(self._codes(split) if split else ())))
        return [item for item in found if item]

    @property
    def why_no_bridge(self) -> str:
        """Why there is none, as a Dutch sentence."""
        flow, where = self.analysis.flow, self.organisation_id
        earlier = self.quarter.previous_period_id
        if earlier not in self.monitor.periods:
            return NO_START
        before = snapshot(self.monitor, self.analysis.kpi, flow.stock, earlier).of(where)
        now = (self.snapshot(name).of(where) for name in (flow.stock, flow.new, flow.ended))
        if not before.has_number:
            return NO_START
        ranges = any(item.has_number and not item.is_exact for item in (before, *now))
        return ONLY_FEW if ranges else NOT_YET

    def bridge(self, segment: str) -> Bridge | None:
        """The same of one part."""
        flow, period = self.analysis.flow, self.quarter.period_id
        return bridge(self.monitor, flow, self.organisation_id, period, segment)

    def parts(self, split: str) -> list[FlowRow]:
        """The codes of a split that occur, in the order of the definition; the total last."""
        every = [set(column.codes(self.organisation_id, split)) for column in self._columns]
        codes = [code for code in self._codes(split) if any(code in here for here in every)]
        return [
            self._row(column.of(self.organisation_id, code) for column in self._columns)
            for code in (*codes, "")
        ]

    def places(self, kind: str) -> list[FlowRow]:
        """The boards or locations below the organisation, in order of name."""
        every = (column.below(self.organisation_id, kind) for column in self._columns)
        return [self._row(figures) for figures in zip(*every, strict=True)]

    @property
    def _columns(self) -> list[Snapshot]:
        return [self.snapshot(measure) for measure in self.analysis.columns]

    def _codes(self, split: str) -> list[str]:
        kpi = self.monitor.kpis[self.analysis.kpi]
        return segments_of(kpi, kpi.main, split)

    def _row(self, figures: Iterable[KpiResult]) -> FlowRow:
        if not self.analysis.year_ago:
            return FlowRow(tuple(Beside(figure, None) for figure in figures))
        return FlowRow(tuple(beside(self.monitor, figure) for figure in figures))


def course(
    monitor: Monitor, kpi: str, measure: str, organisation_id: str, quarter: Period,
    segment: str = "", period_type: str = KWARTAAL,
) -> list[KpiResult]:  # fmt: skip
    """The periods of a measure that were known at the end of a quarter."""
    every = results.trend(monitor, kpi, organisation_id, measure, segment, period_type)
    return known_by(every, quarter)


def by_quarter(series: Sequence[Sequence[KpiResult]]) -> list[tuple[Beside, ...]]:
    """The last courses turned over: per quarter, the newest first, all beside a year ago."""
    every = [map(Beside, part, year_before(part)) for part in series]
    return list(zip(*every, strict=True))[: -QUARTERS_SHOWN - 1 : -1]


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
