"""Published figures as they were published, and where they contradict themselves or each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from data.calendar import Calendar
from data.strict import DERIVED, NAMED, derived

PERCENT = "percent"
HALF = Decimal("0.5")


@dataclass(frozen=True)
class Publication:
    """Where figures were read; a later publication in a file counts before an earlier one."""

    id: str = field(metadata=NAMED)
    label: str
    publisher: str
    url: str

    def wrong_parts(self) -> Iterator[str]:
        """What cannot be right, as Dutch sentences."""
        if not self.url.startswith(("https://", "http://")):
            yield f"url '{self.url}' is geen adres."


@dataclass(frozen=True)
class Fact:
    """One published number, exactly as published."""

    value: Decimal
    publication: Publication
    provisional: bool = False


@dataclass(frozen=True)
class PublishedSeries:
    """Published figures of one kind about one population.

    numbers and provisional: per publication, as in the file. points: period id → what each
    publication says, in their order. unit: "percent", or what is
    counted. per: what a percentage is taken of, "" for a count. regions: RMC regions (or the name
    of another region) to which it belongs; none is the whole country. rounded_to: the step the
    publication rounds to, 0 for exact counts. definition: how it is counted, in Dutch.
    """

    id: str = field(metadata=NAMED)
    label: str
    unit: str
    population: str
    numbers: Mapping[str, Mapping[str, Decimal]] = field(hash=False, metadata={"key": "points"})
    provisional: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    per: str = ""
    definition: str = ""
    regions: tuple[str, ...] = ()
    rounded_to: Decimal = Decimal(0)
    points: Mapping[str, tuple[Fact, ...]] = derived(default_factory=dict, hash=False)

    def wrong_parts(self) -> Iterator[str]:
        """What cannot be right, as Dutch sentences."""
        if (self.unit == PERCENT) != bool(self.per):
            yield "een percentage zegt waarvan (per), en een aantal niet."

    @property
    def periods(self) -> tuple[str, ...]:
        """Every period with a number, as written."""
        return tuple(dict.fromkeys(period for said in self.numbers.values() for period in said))

    @property
    def period_type(self) -> str:
        """The kind of period its figures belong to; the loader saw that there is just one."""
        return Calendar().parse(next(iter(self.points))).period_type

    @property
    def decimals(self) -> int:
        """The number of decimals published."""
        every = (fact.value for facts in self.points.values() for fact in facts)
        return max(-int(value.as_tuple().exponent) for value in every)

    @property
    def leading(self) -> dict[str, Fact]:
        """Per period the figure of the newest publication."""
        return {period: facts[-1] for period, facts in self.points.items()}

    @property
    def publications(self) -> tuple[Publication, ...]:
        """Every publication that says something, the newest first."""
        every = {fact.publication: None for facts in self.points.values() for fact in facts}
        return tuple(reversed(every))


@dataclass(frozen=True)
class Sum:
    """What the publication itself says adds up: plus − minus = total (a series) or amount."""

    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    total: str = ""
    amount: Decimal | None = None

    @property
    def series(self) -> tuple[str, ...]:
        """Every series in it."""
        return (*self.plus, *self.minus, *filter(None, [self.total]))

    def wrong_parts(self) -> Iterator[str]:
        """What cannot be right, as Dutch sentences."""
        if bool(self.total) == (self.amount is not None):
            yield "geef de reeks van het totaal (total) of het bedrag (amount)."


@dataclass(frozen=True)
class KnownMistake:
    """A known mistake or riddle in the source; drawn is false where the number is another thing."""

    series: tuple[str, ...]
    period: str
    text: str
    drawn: bool = True


@dataclass(frozen=True)
class Fit:
    """To which figure of a KPI series belong, and whether they may be drawn beside it.

    divided_by: a series of amounts; the line is then the percentage of the two. why_not: one Dutch
    sentence when the definition, the population or what it is divided by differ.
    """

    kpi: str
    measure: str
    series: tuple[str, ...]
    matches: bool
    segment: str = ""
    why_not: str = ""
    divided_by: str = ""
    label: str = ""
    note: str = ""

    @property
    def every_series(self) -> tuple[str, ...]:
        """Every series in it."""
        return (*self.series, *filter(None, [self.divided_by]))

    def wrong_parts(self) -> Iterator[str]:
        """What cannot be right, as Dutch sentences."""
        if self.matches == bool(self.why_not):
            yield "why_not hoort bij wat niet past (matches = false), en alleen daarbij."


@dataclass(frozen=True)
class Revision:
    """Two publications with another number for the same thing."""

    period: str
    earlier: Fact
    later: Fact


@dataclass(frozen=True)
class Mismatch:
    """A published total that is not the sum of its published parts.

    by_rounding: the rounding of the numbers can explain the difference.
    """

    period: str
    stated: Decimal
    computed: Decimal
    by_rounding: bool
    series: tuple[str, ...]


@dataclass(frozen=True)
class Dataset:
    """One file of data/reference: series that belong together."""

    id: str = field(metadata=DERIVED)
    publications: Mapping[str, Publication] = field(hash=False)
    series: Mapping[str, PublishedSeries] = field(hash=False, metadata=DERIVED)
    sums: tuple[Sum, ...] = ()
    contradictions: tuple[KnownMistake, ...] = ()
    fits: tuple[Fit, ...] = ()

    def revisions(self, series_id: str) -> list[Revision]:
        """Where the newest publication says something else than an earlier one."""
        return [
            Revision(period, earlier, facts[-1])
            for period, facts in self.series[series_id].points.items()
            for earlier in facts[:-1]
            if earlier.value != facts[-1].value
        ]

    def about(self, series_id: str) -> list[KnownMistake]:
        """What is known to be wrong with a series."""
        return [item for item in self.contradictions if series_id in item.series]

    def mismatches(self) -> list[Mismatch]:
        """Every sum that does not add up exactly, in the newest figures."""
        return [found for item in self.sums for found in self._mismatches(item)]

    def unexplained(self) -> list[Mismatch]:
        """Mismatches too large for rounding of which no contradiction tells the reason."""
        return [
            found
            for found in self.mismatches()
            if not found.by_rounding
            and not any(
                item.period == found.period and set(item.series) & set(found.series)
                for item in self.contradictions
            )
        ]

    def _mismatches(self, item: Sum) -> Iterator[Mismatch]:
        every = [self.series[name] for name in item.series]
        values = [series.leading for series in every]
        margin = sum((HALF * series.rounded_to for series in every), Decimal(0))
        periods = set(values[0]).intersection(*values)
        for period in sorted(periods):
            computed = sum((self._value(name, period) for name in item.plus), Decimal(0))
            computed -= sum((self._value(name, period) for name in item.minus), Decimal(0))
            amount = item.amount
            stated = self._value(item.total, period) if amount is None else amount
            off = abs(stated - computed)
            if off:
                yield Mismatch(period, stated, computed, off <= margin, item.series)

    def _value(self, series_id: str, period: str) -> Decimal:
        return self.series[series_id].leading[period].value
