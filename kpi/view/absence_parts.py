"""Who the thuiszitters are and where: splits, reasons, boards and locations, and exemptions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.calendar import SCHOOLJAAR, Period
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.naming import segments_of
from kpi.figure.result import KpiResult
from kpi.figure.snapshot import Snapshot, snapshot
from kpi.figure.span import known_by
from kpi.view.absence import COUNTS_ONLY, FLOW, KPI, LONG, LONG_WITHOUT_OFFER
from kpi.view.quarterly import Beside, YearSum, beside, year_sum

COLUMNS = (FLOW.stock, LONG, LONG_WITHOUT_OFFER, FLOW.new, FLOW.ended)


@dataclass(frozen=True)
class SplitPart:
    """One part of a split with its number per column; None where that is not known."""

    label: str
    numbers: tuple[int | None, ...]


@dataclass(frozen=True)
class PlaceRow:
    """One board or location with its figures, in the order of COLUMNS."""

    figures: tuple[KpiResult, ...]

    @property
    def stock(self) -> KpiResult:
        """The standing count; it also tells the name and who delivered."""
        return self.figures[0]

    @property
    def name(self) -> str:
        """How it is called."""
        return self.stock.organisation.name

    @property
    def organisation_id(self) -> str:
        """Its code."""
        return self.stock.organisation.organisation_id


@dataclass(frozen=True)
class Article:
    """One article: standing now with a year ago, new in the quarter, pupils in a school year."""

    standing: Beside
    new: KpiResult
    in_year: KpiResult | None


def parts(monitor: Monitor, organisation_id: str, period_id: str, split: str) -> list[SplitPart]:
    """COLUMNS per code of a split, what only counts were given of, and the total."""
    kpi, columns = monitor.kpis[KPI], _columns(monitor, period_id)
    occurring = {code for column in columns for code in column.codes(organisation_id, split)}

    def part(label: str, segment: str) -> SplitPart:
        found = (column.of(organisation_id, segment) for column in columns)
        return SplitPart(
            label, tuple(round(item.numerator) if item.has_number else None for item in found)
        )

    codes = [code for code in segments_of(kpi, kpi.main, split) if code in occurring]
    every = [part(kpi.segment_label(code), code) for code in codes]
    whole = part("Totaal", "")
    return [*every, *_remainder(every, whole), whole]


def _remainder(every: Sequence[SplitPart], whole: SplitPart) -> Iterator[SplitPart]:
    """What the parts do not hold: schools that gave numbers only."""
    rest = tuple(
        None if total is None else total - sum(part.numbers[place] or 0 for part in every)
        for place, total in enumerate(whole.numbers)
    )
    if any(rest):
        yield SplitPart(COUNTS_ONLY, rest)


def reasons(
    monitor: Monitor, organisation_id: str, quarter: Period, measure: str, split: str
) -> list[YearSum]:
    """Why pupils came (new, sub_kind) or went (ended, end_reason): per code, and the total.

    Codes without a pupil in these two years are left out.
    """
    here = snapshot(monitor, KPI, measure, quarter.period_id)
    every = [
        year_sum(monitor, (KPI, measure, segment), organisation_id, quarter)
        for segment in here.codes(organisation_id, split)
    ]
    named = [item for item in every if any((item.quarter, item.year, item.before))]
    whole = year_sum(monitor, (KPI, measure, ""), organisation_id, quarter)
    return [*named, *_unknown(named, whole), whole]


def _unknown(every: Sequence[YearSum], whole: YearSum) -> Iterator[YearSum]:
    def rest(name: str) -> int | None:
        total = getattr(whole, name)
        return None if total is None else total - sum(getattr(item, name) or 0 for item in every)

    left = YearSum(COUNTS_ONLY, rest("quarter"), rest("year"), rest("before"))
    if any((left.quarter, left.year, left.before)):
        yield left


def places(
    monitor: Monitor, organisation_id: str, period_id: str, organisation_type: str
) -> list[PlaceRow]:
    """The boards or locations below an organisation, in order of name."""
    columns = [
        column.below(organisation_id, organisation_type) for column in _columns(monitor, period_id)
    ]
    return [PlaceRow(figures) for figures in zip(*columns, strict=True)]


def exemptions(monitor: Monitor, quarter: Period) -> list[Article]:
    """Exemptions from leerplicht by article, the whole first; they are known for the SWV only."""
    swv = monitor.swv.organisation_id
    standing, new, persons = (
        snapshot(monitor, KPI, measure, quarter.period_id)
        for measure in ("exemption_stock", "exemption_new", "exemption_persons")
    )

    def one(segment: str) -> Article:
        years = known_by(
            results.trend(monitor, KPI, swv, persons.measure.id, segment, SCHOOLJAAR), quarter
        )
        return Article(
            beside(monitor, standing.of(swv, segment)), new.of(swv, segment),
            years[-1] if years else None,
        )  # fmt: skip

    return [one(segment) for segment in ("", *persons.codes(swv, "article"))]


def _columns(monitor: Monitor, period_id: str) -> list[Snapshot]:
    return [snapshot(monitor, KPI, measure, period_id) for measure in COLUMNS]
