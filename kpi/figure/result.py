"""One figure with everything that may be said about it; pages, exports and the CLI read this."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from data.calendar import KWARTAAL, Period
from kpi import formatting
from kpi.meaning import choices
from kpi.meaning.choices import Level, PeriodType, Shows, State, StockOn
from kpi.meaning.load import Kpi, Measure
from kpi.meaning.target import AfterTerm, Target, TargetKey, TargetKind, margin_text

FigureKey = tuple[str, str, str, str, str]  # kpi, measure, organisation_id, period_id, segment
NOT_COMPARABLE = {
    "no_value": "",
    "no_previous": "Er is geen cijfer over {previous}.",
    "definition": "Reeksbreuk: vanaf {period} wordt anders geteld.",
    "source": "Reeksbreuk: een deel komt uit een andere bron dan over {previous}.",
    "running": "{period} is maar voor een deel geleverd.",
    "previous_running": "Het cijfer over {previous} was nog niet compleet.",
    "incomplete": "Niet alle locaties hebben geleverd over {period}.",
    "previous_incomplete": "Niet alle locaties hebben geleverd over {previous}.",
    "organisations": "Het aantal locaties is anders dan in {previous}.",
    "provisional": "Een voorlopig en een definitief cijfer zijn niet te vergelijken.",
    "mark": "Er telt een aantal <5 mee, dus het verschil is niet precies bekend.",
    "hidden": "Het cijfer over {previous} wordt niet getoond.",
}

NOT_COMPARABLE_SHORT = {
    "no_value": "",
    "no_previous": "geen eerder cijfer",
    "definition": "reeksbreuk",
    "source": "andere bron",
    "running": "deels geleverd",
    "previous_running": "eerder niet compleet",
    "incomplete": "nog niet compleet",
    "previous_incomplete": "eerder niet compleet",
    "organisations": "ander aantal locaties",
    "provisional": "voorlopig naast definitief",
    "mark": "telt <5 mee",
    "hidden": "eerder niet getoond",
}


@dataclass(frozen=True)
class Organisation:
    """The SWV, a board or a location; type is 'swv', 'bestuur' or 'locatie'. Dates None = open."""

    organisation_id: str
    organisation_type: str
    name: str
    school_type: str | None = None
    from_on: date | None = None
    to_on: date | None = None
    merged_into: str | None = None


class SeriesKey(NamedTuple):
    """The name of a series, which is one line in a chart; segment "" is the whole."""

    kpi: str
    measure: str
    organisation: str
    segment: str
    period_type: str

    @property
    def target_key(self) -> TargetKey:
        """Under which name targets are agreed on it."""
        return self.kpi, self.measure, self.segment


class Subject(NamedTuple):
    """What a series is about, whatever the type of its periods."""

    kpi: Kpi
    measure: Measure
    organisation: Organisation
    segment: str

    @property
    def target_key(self) -> TargetKey:
        """Under which name targets are agreed on it."""
        return self.kpi.id, self.measure.id, self.segment

    def place(self, period: Period) -> tuple[str, str, str, str]:
        """The key of its figure in a period, but for the segment."""
        return self.kpi.id, self.measure.id, self.organisation.organisation_id, period.period_id


class Leeway(NamedTuple):
    """What is divided by, and how much more the sums can be where a part is only known as <5."""

    denominator: float
    denominator_more: float
    numerator_more: float

    def ends(self, measure: Measure, value: float) -> tuple[float, float]:
        """The least and the most a value can be that was made of the least sums."""
        if not measure.is_ratio:
            return value, value + self.numerator_more
        factor = measure.shows.factor or 1
        least = value * self.denominator / (self.denominator + self.denominator_more)
        most = value + factor * self.numerator_more / self.denominator
        # no part is more than its whole, of which the same <5 may be a part
        return least, min(most, max(value, factor)) if measure.shows is Shows.SHARE else most


NO_TARGET, NOT_ASKED = "geen doel", "niet te toetsen"


class Ended(NamedTuple):
    """An agreement of which the term is over, with the last period of that term."""

    rule: Target
    last: Period

    @property
    def is_open(self) -> bool:
        """Whether the bureau still has to say what applies now."""
        return self.rule.after is AfterTerm.UNDECIDED

    @property
    def until(self) -> str:
        """Until when it ran: "juli 2024"."""
        return formatting.month_text(self.rule.valid_to or self.last.end_on)

    @property
    def text(self) -> str:
        """ "liep tot juli 2024", and what was decided."""
        lapsed = ", vervallen" if self.rule.after is AfterTerm.LAPSES else ""
        return f"liep tot {self.until}{lapsed}"


@dataclass(frozen=True)
class KpiResult:
    """One figure: KPI × measure × organisation × period × segment ("" is the whole).

    value is None unless the state is value or zero; percentages are 0–100. squares is the sum of
    squared single observations, for the spread of a mean. group_squares and group_sizes are for its
    margin when observations that share something (forms of one school) lean together: over those
    groups Σ(sum − size × mean)² and Σsize²; None when kpi.sql does not say what they share.
    previous is the value of the period before, whatever it is worth; change is only there when the
    two may be compared.
    gap = value − target; gap_units the same in pupils (or other units), None for a mean. An
    incomplete figure has a target, but no gap and no reached. A target_rule without a target is an
    agreement that asks nothing of this period; ended is one of which the term is over.
    as_of is the last day the deliveries speak about, never after the period nor after delivered_on,
    the day the last one came in;
    late says that one of them came after the day it was expected. other_source counts the locations
    of which only the source was there that may stand in for the usual one (numbers for a list).
    denominator_more and numerator_more: how much more they can be, because a part is only known as
    "fewer than 5"; value is made of the least of both, and lies between `least` and `most`.
    """

    kpi: Kpi
    measure: Measure
    organisation: Organisation
    period: Period
    segment: str
    state: State
    value: float | None
    numerator: float
    denominator: float
    squares: float | None
    observed: int
    expected: int
    provisional: bool
    partial: bool
    definition_version: int
    is_break: bool
    previous_period: Period | None
    previous: float | None
    not_comparable: str | None
    target: float | None
    target_rule: Target | None
    gap_units: int | None
    reached: bool | None
    as_of: date | None
    delivered_on: date | None
    deliveries: tuple[str, ...]
    other_source: int = 0
    late: bool = False
    group_squares: float | None = None
    group_sizes: float | None = None
    denominator_more: float = 0
    numerator_more: float = 0
    ended: Ended | None = None

    # What it is

    @property
    def key(self) -> FigureKey:
        """The row of kpi_value it was made from."""
        return (*self.subject.place(self.period), self.segment)

    @property
    def subject(self) -> Subject:
        """What the figure is about, in whatever period."""
        return Subject(self.kpi, self.measure, self.organisation, self.segment)

    @property
    def series(self) -> SeriesKey:
        """The series it is a point of."""
        return SeriesKey(
            self.kpi.id,
            self.measure.id,
            self.organisation.organisation_id,
            self.segment,
            self.period.period_type,
        )

    @property
    def unit(self) -> str:
        """The unit of the value."""
        return self.measure.unit

    @property
    def decimals(self) -> int:
        """The number of decimals shown."""
        return self.measure.decimals

    @property
    def has_number(self) -> bool:
        """Whether there is a value (zero is one)."""
        return self.state.has_number

    @property
    def is_exact(self) -> bool:
        """Whether there is a value, and what was counted is no range."""
        return self.has_number and not self.numerator_more

    @property
    def is_complete(self) -> bool:
        """Whether everyone who should deliver did."""
        return self.observed == self.expected > 0

    @property
    def is_final(self) -> bool:
        """Whether there is a value that everyone delivered, that is exact and will not change."""
        return self.is_exact and self.is_complete and not self.provisional

    @property
    def comparable(self) -> bool:
        """Whether a change since the period before may be shown."""
        return self.not_comparable is None

    @property
    def ends(self) -> tuple[float, float] | None:
        """The least and the most the value can be; other than it when a number is only <5."""
        if self.value is None:
            return None
        leeway = Leeway(self.denominator, self.denominator_more, self.numerator_more)
        return leeway.ends(self.measure, self.value)

    @property
    def numerator_text(self) -> str:
        """What was counted: "12", or "12 tot 16"."""
        return formatting.from_to(self.numerator, self.numerator_more)

    @property
    def denominator_text(self) -> str:
        """What is divided by, likewise."""
        return formatting.from_to(self.denominator, self.denominator_more)

    @property
    def is_range(self) -> bool:
        """Whether the ends do not read the same."""
        is_known = not (self.numerator_more or self.denominator_more)
        return not is_known and len(set(self._written_ends)) > 1

    @property
    def _written_ends(self) -> tuple[str, ...]:
        ends = self.ends or ()
        return tuple(formatting.bare(end, self.unit, self.decimals) for end in ends)

    @property
    def change(self) -> float | None:
        """The difference with the period before, None when the two cannot be compared."""
        if self.value is None or self.previous is None or not self.comparable:
            return None
        return self.value - self.previous

    @property
    def has_target(self) -> bool:
        """Whether something was agreed about it, also when it cannot be tested or is over."""
        return self.target_rule is not None or self.ended is not None

    @property
    def gap(self) -> float | None:
        """Value − target; None when the figure cannot be held against its target."""
        if self.value is None or self.target is None or self.reached is None:
            return None
        return self.value - self.target

    # What it says

    @property
    def value_text(self) -> str:
        """The value with its unit ("43 leerlingen", "4,2%"), or why there is none."""
        if self.value is None:
            return choices.NO_NUMBER[self.state]
        return self._range(formatting.quantity)

    @property
    def short_text(self) -> str:
        """The same without a noun, for tables and tiles."""
        if self.value is None:
            return choices.NO_NUMBER[self.state]
        return self._range(formatting.bare)

    def _range(self, written: Callable[[float, str, int], str]) -> str:
        """The value, or "0,32% tot 0,33%" when its ends do not read the same."""
        _, most = self.ends or (0.0, 0.0)
        text = written(most, self.unit, self.decimals)
        return f"{self._written_ends[0]} tot {text}" if self.is_range else text

    @property
    def change_text(self) -> str:
        """ "+3 leerlingen", "−1,2 procentpunt", "gelijk"; "" when it cannot be compared."""
        change = self.change
        return "" if change is None else formatting.change(change, self.unit, self.decimals)

    @property
    def not_comparable_reason(self) -> str:
        """Why there is no change, as a Dutch sentence; "" when there is one."""
        if self.not_comparable is None:
            return ""
        previous = self.previous_period.label if self.previous_period else "de periode ervoor"
        text = NOT_COMPARABLE[self.not_comparable]
        return _sentence(text.format(previous=previous, period=self.period.label))

    @property
    def not_comparable_short(self) -> str:
        """The same where room is short: "reeksbreuk"; "" when there is a change."""
        return NOT_COMPARABLE_SHORT[self.not_comparable] if self.not_comparable else ""

    @property
    def coverage_text(self) -> str:
        """ "31 van 34 locaties", for the SWV as a whole whether it was delivered, or "n.v.t."."""
        if not self.expected and self.state is State.NOT_APPLICABLE:
            return choices.NO_NUMBER[self.state]
        if self.measure.level is Level.SWV and self.expected <= 1:
            return "geleverd" if self.observed else choices.NO_NUMBER[State.MISSING]
        return formatting.coverage(self.observed, self.expected)

    @property
    def status_text(self) -> str:
        """ "voorlopig", with why; that a number is only a mark; or ""."""
        firm = ""
        if self.provisional:
            firm = ": ".join(filter(None, (choices.PROVISIONAL, self.kpi.provisional_is)))
        if self.partial:
            firm = f"{choices.PROVISIONAL}: maar een deel van de periode is geleverd"
        more = self.denominator_more or self.numerator_more
        marked = choices.MARKED if more and self.has_number else ""
        return "; ".join(filter(None, (firm, marked)))

    @property
    def target_text(self) -> str:
        """ "hoogstens 31,4 leerlingen", "liep tot juli 2024", "niet te toetsen" or "geen doel"."""
        if self.target is None or self.target_rule is None:
            return self.ended.text if self.ended else NOT_ASKED if self.has_target else NO_TARGET
        rule = self.target_rule
        asked = formatting.quantity(self.target, self.unit, self.target_decimals)
        if rule.kind is TargetKind.AGREED:
            return f"{asked}, {margin_text(rule, self.unit)}"
        if rule.kind is TargetKind.NOT_ABOVE_MEASURE:
            asked += self._asked_in_units(self.target)
        return f"{'minstens' if rule.wants_more else 'hoogstens'} {asked}"

    @property
    def target_short(self) -> str:
        """The same where room is short: "45,5% ± 2 procentpunt"."""
        rule = self.target_rule
        if self.target is None or rule is None or rule.kind is not TargetKind.AGREED:
            return self.target_text
        asked = formatting.quantity(self.target, self.unit, self.target_decimals)
        return f"{asked} ± {formatting.margin(rule.margin, self.unit)}" if rule.margin else asked

    def _asked_in_units(self, asked: float) -> str:
        """ " (€ 250.000)": what a share asks of this period, in what is counted."""
        factor = self.measure.shows.factor
        if not factor or not self.denominator or not self.measure.gap_unit:
            return ""
        owed = round(asked * self.denominator / factor)
        return f" ({formatting.quantity(owed, self.measure.gap_unit)})"

    @property
    def target_decimals(self) -> int:
        """With how many decimals the target is shown, see `Target.decimals`."""
        if self.target is None or self.target_rule is None:
            return self.decimals
        return self.target_rule.decimals(self.target, self.decimals, is_ratio=self.measure.is_ratio)

    @property
    def gap_text(self) -> str:
        """The distance to the target: "12 leerlingen boven het doel", "−0,1 punt", or why not."""
        if self.gap is None:
            return "nog niet compleet" if self.has_number and self.target is not None else ""
        units = self.gap_units
        if units is None:
            return formatting.change(self.gap, self.unit, max(1, self.decimals))
        if units == 0 == self.numerator_more:
            return "op het doel"
        side = "boven" if units > 0 else "onder"
        most = units + round(self.numerator_more)
        least, most = sorted((abs(units), abs(most)))
        range_text = "" if least == most else f"{formatting.number(least)} tot "
        return f"{range_text}{formatting.quantity(most, self.measure.counted_unit)} {side} het doel"

    @property
    def counted_on(self) -> date:
        """The day on which a standing count is taken."""
        on_count_date = self.measure.stock_on is StockOn.COUNT_DATE
        return self.period.count_on if on_count_date else self.period.end_on

    @property
    def when_text(self) -> str:
        """To what the value applies: "op 30 september 2025", "schooljaar 2024-2025", "2024"."""
        if self.measure.shows is Shows.STOCK and not self.partial:
            return f"op {formatting.date_text(self.counted_on)}"
        if self.period.period_type == KWARTAAL:
            first, last = self.period.start_on, self.period.end_on
            return f"{formatting.date_text(first)} tot en met {formatting.date_text(last)}"
        if self.period.period_type == PeriodType.SCHOOLJAAR:
            return f"schooljaar {self.period.label}"
        return self.period.label

    @property
    def when_short(self) -> str:
        """The same where room is short: "30 sept 2025", "juli t/m sept 2025", "2024-2025"."""
        if self.measure.shows is Shows.STOCK and not self.partial:
            return formatting.day_text(self.counted_on)
        if self.period.period_type == KWARTAAL:
            return formatting.months_text(self.period.start_on, self.period.end_on)
        return self.period.label

    @property
    def segment_label(self) -> str:
        """The Dutch name of the segment, "" for the whole."""
        return self.kpi.segment_label(self.segment)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
