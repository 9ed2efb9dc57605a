"""What a figure means: KPI, measure, segment and version as frozen objects."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data.strict import derived, key, nearest
from kpi.meaning.choices import (
    Better,
    JudgedBy,
    Level,
    PeriodType,
    Shows,
    SplitDenominator,
    StockOn,
    Theme,
)


@dataclass(frozen=True)
class Segment:
    """A declared split: codes as kpi.sql returns them → Dutch labels, in display order.

    changes: whether a case moves from one code to another in time, as with its duration. open: the
    codes are those that occur (municipalities); a code without a name in table code_name is called
    this, with the code for {}.
    """

    id: str
    label: str
    values: dict[str, str]
    denominator: SplitDenominator = SplitDenominator.SEGMENT
    changes: bool = False
    open: str = ""

    def name_of(self, code: str) -> str:
        """What people call a code."""
        return self.values.get(code) or (self.open.format(code) if self.open else self.values[code])


@dataclass(frozen=True)
class Version:
    """From when a way of counting applies; `periods` limits it to those period types."""

    version: int
    change: str
    from_on: date = key("from")
    periods: tuple[PeriodType, ...] = tuple(PeriodType)


@dataclass(frozen=True)
class Recount:
    """A way of counting that was changed for every period at once, on a day: no series breaks."""

    change: str
    on: date


@dataclass(frozen=True)
class Measure:
    """One of the figures of a KPI.

    needs: every entry must be delivered; an entry "a|b" is met by either topic. segments: the
    splits shown, such as "kind" or "kind+duration"; None means all of the KPI. gap_unit: what a
    distance to the target counts when the value itself is a share. standing: true for a share of
    a standing count (a stock is one by itself). explicit_zero: the source holds a row with 0 when
    there is nothing, so where it has no row the figure was not delivered. judged_by: how a change
    is judged; the router chooses from the shape of the series. tested_by: the measure whose change
    is judged in the place of this one: the inflow of what counts the same pupils again, the share
    that left of an outflow, which falls with those who are there to leave. ended_by: the measure
    that counts who left it (its outflow). lost_by: the measure that counts who is no longer on the
    lists, while nobody knows why. protected: whether the figure is about persons or cases, where
    its unit does not tell. rests_on: the measure that counts the cases a total of hours or money
    is about; it is hidden with it.
    """

    id: str
    label: str
    shows: Shows
    unit: str
    numerator: str
    needs: tuple[str, ...]
    level: Level
    periods: tuple[PeriodType, ...]
    denominator: str = ""
    decimals: int = 0
    better: Better = Better.NEUTRAL
    school_types: tuple[str, ...] = ()
    segments: tuple[str, ...] | None = None
    gap_unit: str = ""
    stock_on: StockOn = StockOn.END
    standing: bool | None = None
    explicit_zero: bool = False
    judged_by: JudgedBy = JudgedBy.ROUTER
    tested_by: str = ""
    ended_by: str = ""
    lost_by: str = ""
    protected: bool | None = None
    rests_on: str = ""

    @property
    def is_standing(self) -> bool:
        """Whether it is a count on one day: unknown until that day, never a projection."""
        return self.shows is Shows.STOCK if self.standing is None else self.standing

    @property
    def counts_again(self) -> bool:
        """Whether who is in it is counted again in the next period, if he stays."""
        return self.is_standing or self.shows is Shows.PERSONS

    @property
    def counted_unit(self) -> str:
        """What a distance to the target is counted in."""
        return self.gap_unit or ("leerlingen" if self.unit == "percent" else self.unit)

    @property
    def is_ratio(self) -> bool:
        """Whether the value is a division."""
        return self.shows.factor is not None


@dataclass(frozen=True, kw_only=True)
class Kpi:
    """One folder of kpi/definitions: meaning (kpi.toml), calculation (sql), worked example.

    provisional_is: what a provisional figure of this KPI is, where that is more than not yet final.
    relations: which numbers are the same or part of another, beyond parts, levels and periods;
    with them a number that is hidden can be calculated from others. See kpi.meaning.relation.
    """

    id: str = derived()
    sql: str = derived(repr=False)
    example: dict[str, Any] = derived(repr=False, hash=False)
    measures: dict[str, Measure] = derived(hash=False)
    segments: dict[str, Segment] = derived(hash=False)
    combinations: tuple[tuple[str, ...], ...] = derived()
    number: int
    label: str
    theme: Theme
    question: str
    why: str
    counts: str
    not_counts: str
    owner: str
    checked_on: date
    periods: tuple[PeriodType, ...]
    main_period: PeriodType
    main_measure: str
    level: Level
    needs: tuple[str, ...]
    better: Better = Better.NEUTRAL
    school_types: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()
    recounts: tuple[Recount, ...] = ()
    main_segment: str = ""
    source_note: str = ""
    provisional_is: str = ""
    stock_on: StockOn = StockOn.END
    explicit_zero: bool = False
    judged_by: JudgedBy = JudgedBy.ROUTER
    footnotes: tuple[str, ...] = field(default=())
    relations: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """How it is called where there are more of them: number and label."""
        return f"{self.number} {self.label}"

    @property
    def main(self) -> Measure:
        """The measure the overview shows."""
        return self.measures[self.main_measure]

    def usual_period(self, measure: Measure) -> PeriodType:
        """The kind of period a measure is about where nobody says another, as on the overview."""
        has_main = self.main_period in measure.periods
        return self.main_period if has_main else measure.periods[0]

    def splits(self, measure: Measure) -> tuple[tuple[str, ...], ...]:
        """The splits of a measure as tuples of segment ids, single ones first."""
        every = tuple((segment,) for segment in self.segments) + self.combinations
        if measure.segments is None:
            return every
        return tuple(split for split in every if "+".join(split) in measure.segments)

    @property
    def splits_used(self) -> tuple[tuple[str, ...], ...]:
        """The splits that at least one measure shows."""
        used = {split for measure in self.measures.values() for split in self.splits(measure)}
        every = tuple((segment,) for segment in self.segments) + self.combinations
        return tuple(split for split in every if split in used)

    def segment_parts(self, segment: str) -> dict[str, str]:
        """'kind=av,duration=x' as {segment id: code}; ValueError (Dutch) when it is unknown."""
        parts: dict[str, str] = {}
        for part in filter(None, segment.split(",")):
            name, _, code = part.partition("=")
            if name not in self.segments:
                known = self.segments or ["geen uitsplitsing"]
                raise ValueError(f"Uitsplitsing '{name}' is onbekend.{nearest(name, known)}")
            if code not in self.segments[name].values and not self.segments[name].open:
                hint = nearest(code, self.segments[name].values)
                raise ValueError(f"'{code}' hoort niet bij uitsplitsing '{name}'.{hint}")
            parts[name] = code
        return {name: parts[name] for name in self.segments if name in parts}

    def segment_key(self, segment: str) -> str:
        """A segment as users may write it, as kpi_value writes it; ValueError as above."""
        parts = self.segment_parts(segment.replace(" ", "")).items()
        return ",".join(f"{name}={code}" for name, code in parts)

    def segment_label(self, segment: str) -> str:
        """The Dutch name of a segment, "" for the whole."""
        parts = self.segment_parts(segment).items()
        return " · ".join(self.segments[name].name_of(code) for name, code in parts)

    def version_on(self, day: date, period_type: str) -> int:
        """The version of the definition that counts for a period that ends on `day`."""
        applicable = [
            item.version
            for item in self.versions
            if item.from_on <= day and period_type in item.periods
        ]
        return applicable[-1] if applicable else self.versions[0].version
