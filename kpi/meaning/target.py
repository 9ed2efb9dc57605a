"""What was agreed, as a value per period. Only the bare comparison; no judgement."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from data.calendar import Period
from data.strict import derived, key
from kpi import formatting
from kpi.meaning.choices import Labelled, PeriodType, Shows

# Exact to nine decimals: 30 less three times ten percent is 21, not 20.999999999999996.
EXACT = Decimal("1e-9")
TargetKey = tuple[str, str, str]  # kpi, measure, segment
EVERYWHERE = "alle"  # in the place of an organisation: each of them by itself


class TargetKind(Labelled):
    """The kinds of agreement."""

    AT_MOST = "at_most", "vaste bovengrens"
    AT_LEAST = "at_least", "vaste ondergrens"
    REDUCE_BY = "reduce_by", "daling in totaal"
    REDUCE_PER_YEAR = "reduce_per_year", "daling per jaar"
    NOT_ABOVE_PREVIOUS = "not_above_previous", "niet hoger dan de periode ervoor"
    ZERO_AFTER = "zero_after", "nul vanaf een datum"
    AGREED = "agreed", "afgesproken waarde met een marge"
    NOT_ABOVE_MEASURE = "not_above_measure", "niet hoger dan een ander cijfer van dezelfde periode"


class PathMethod(Labelled):
    """Linear takes the percentage of the base every year, compound of the year before."""

    LINEAR = "linear", "lineair: elk jaar evenveel eraf, een deel van de basis"
    COMPOUND = "compound", "samengesteld: elk jaar een deel van het jaar ervoor eraf"


class Rounding(Labelled):
    """How a path is rounded to whole units; none keeps the decimals."""

    NONE = "none", "niet afgerond"
    DOWN = "down", "naar beneden op een heel getal"
    NEAREST = "nearest", "op het dichtstbijzijnde hele getal"
    UP = "up", "naar boven op een heel getal"


class AfterTerm(Labelled):
    """What applies after the term of a target: a decision of the bureau."""

    UNDECIDED = "", "nog niet besloten"
    STAYS = "stays", "wat het laatst gevraagd was, blijft gelden"
    LAPSES = "lapses", "het doel vervalt"


@dataclass(frozen=True)
class Target:
    """One agreement on one measure.

    amount: the value (at_most, at_least, agreed) or the percentage (reduce_by, reduce_per_year).
    margin: how far an agreed value may be off on either side, in the unit of the measure. bound:
    the measure of the same KPI that is not to be exceeded (not_above_measure).
    base_period: id of the period the reduction starts from; base_value: its value when it is not
    to be taken from the figures. steps: number of years of the path. valid_from: first day it
    applies. valid_to: the last day of its term, on which a reduction must be complete.
    organisation_id "" is the SWV, "alle" each organisation by itself, which only a fixed value can
    be. period_type: of which kind of period it was agreed, see `Kpi.usual_period`. after: what the
    bureau decided about the time after the term.
    """

    kpi: str
    measure: str
    kind: TargetKind
    segment: str = ""
    organisation_id: str = ""
    amount: Decimal | None = None
    base_period: str = ""
    base_value: Decimal | None = None
    method: PathMethod = PathMethod.LINEAR
    steps: int | None = None
    valid_from: date | None = key("from", default=None)
    valid_to: date | None = key("until", default=None)
    rounding: Rounding = Rounding.NONE
    origin: str = ""
    document: str = ""
    note: str = ""
    margin: Decimal | None = None
    bound: str = ""
    period_type: PeriodType | None = None
    after: AfterTerm = derived(default=AfterTerm.UNDECIDED)

    @property
    def about(self) -> TargetKey:
        """What it was agreed on."""
        return self.kpi, self.measure, self.segment

    @property
    def is_reduction(self) -> bool:
        """Whether the path starts from a base."""
        return self.kind in (TargetKind.REDUCE_BY, TargetKind.REDUCE_PER_YEAR)

    @property
    def is_bound(self) -> bool:
        """Whether the value itself was agreed, not calculated."""
        return self.kind in (TargetKind.AT_MOST, TargetKind.AT_LEAST, TargetKind.AGREED)

    @property
    def wants_more(self) -> bool:
        """Whether higher is better."""
        return self.kind is TargetKind.AT_LEAST

    def decimals(self, asked: float, usual: int, *, is_ratio: bool) -> int:
        """With how many decimals what it asks is shown: an agreed 8,25 is not 8,3.

        What is calculated (a path, or the period before) has those of the measure, and one more
        for parts of a pupil.
        """
        if self.is_bound:
            return formatting.decimals_of(asked, usual)
        return usual if is_ratio or asked == int(asked) else max(1, usual)

    def has_begun(self, period: Period) -> bool:
        """Whether it applied already in the period."""
        return self.valid_from is None or self.valid_from <= period.end_on

    def has_ended(self, period: Period) -> bool:
        """Whether its last day lies before the end of the period."""
        return self.valid_to is not None and self.valid_to < period.end_on

    def missing_parts(self) -> list[str]:
        """The keys this kind cannot do without."""
        wanted: dict[str, bool] = {}
        if self.is_bound or self.is_reduction:
            wanted["value of percent"] = self.amount is not None
        if self.is_reduction:
            wanted["base_period"] = bool(self.base_period)
        if self.kind is TargetKind.REDUCE_BY:
            wanted["until of steps"] = self.valid_to is not None or self.steps is not None
        if self.kind is TargetKind.ZERO_AFTER:
            wanted["from"] = self.valid_from is not None
        if self.organisation_id == EVERYWHERE:
            wanted["at_least, at_most of agreed (bij alle)"] = self.is_bound
        if self.kind is TargetKind.AGREED:
            wanted["margin"] = self.margin is not None and self.margin >= 0
        if self.kind is TargetKind.NOT_ABOVE_MEASURE:
            wanted["bound"] = bool(self.bound)
        return [name for name, present in wanted.items() if not present]


class Agreements(NamedTuple):
    """What was agreed on a figure: the agreement in force, or else the last one that ended."""

    in_force: Target | None = None
    ended: Target | None = None


def target_for(
    targets: Iterable[Target],
    about: TargetKey,
    organisation_id: str,
    period: Period,
    has_ended: Callable[[Target], bool],
) -> Agreements:
    """The agreement that counts: the last one in force; one of the organisation itself goes first.

    `targets` is in order of weight: the profile by date, then the SWV's own rows by date. Of an
    agreement that applies for a while (a fixed value), what it replaced counts again afterwards; a
    reduction that ended is replaced by nothing.
    """
    own = [one for one in targets if one.about == about and one.has_begun(period)]
    for place in (organisation_id, EVERYWHERE):
        found = _last([one for one in own if one.organisation_id == place], has_ended)
        if found != Agreements():
            return found
    return Agreements()


def _last(targets: Iterable[Target], has_ended: Callable[[Target], bool]) -> Agreements:
    found = Agreements()
    for target in targets:
        if not has_ended(target):
            found = Agreements(in_force=target)
        elif target.is_reduction or found.in_force is None:
            found = Agreements(ended=target)
    return found


def path_value(
    target: Target,
    period: Period,
    base: Period | None = None,
    base_value: float | Decimal | None = None,
    previous: float | Decimal | None = None,
) -> float | None:
    """What the agreement asks of this period; None when it cannot be said.

    base and base_value belong to target.base_period; previous is the value not to be exceeded:
    that of the period before, or of the other measure in this period.
    """
    if target.kind is TargetKind.ZERO_AFTER:
        return 0.0
    if target.kind in (TargetKind.NOT_ABOVE_PREVIOUS, TargetKind.NOT_ABOVE_MEASURE):
        return None if previous is None else float(previous)
    if target.amount is None:
        return None
    if not target.is_reduction:
        return float(target.amount)
    if base is None or base_value is None or period.end_on < base.end_on:
        return None
    exact = Decimal(str(base_value)) * _part_left(target, target.amount, base, period)
    return float(_rounded(exact, target.rounding))


def path_years(target: Target, base: Period) -> Decimal | None:
    """In how many years after its base a reduction must be complete; None without an end."""
    lengths = [Decimal(target.steps)] if target.steps is not None else []
    if target.valid_to is not None:
        lengths.append(_years(base.end_on, target.valid_to))
    return min(lengths) if lengths else None


def reached(target: Target, value: float, asked: float) -> bool:
    """The bare comparison of a value with its path."""
    if target.kind is TargetKind.AGREED:
        return within(value, asked, float(target.margin or 0))
    return value >= asked if target.wants_more else value <= asked


def within(value: float, asked: float, margin: float) -> bool:
    """Whether a value is no further from what was agreed than the margin, which belongs to it."""
    return abs(value - asked) <= margin + float(EXACT)


def gap_in_units(
    shows: Shows, value: float, numerator: float, denominator: float, asked: float
) -> int | None:
    """How many pupils (or other units) lie between the value and the path; None for a mean."""
    if shows in (Shows.STOCK, Shows.TOTAL, Shows.PERSONS):
        gap = Decimal(str(value)) - Decimal(str(asked))
    elif shows in (Shows.SHARE, Shows.PER_100, Shows.PER_1000) and shows.factor:
        owed = Decimal(str(asked)) * Decimal(str(denominator)) / shows.factor
        gap = Decimal(str(numerator)) - owed
    else:
        return None
    return int(gap.quantize(Decimal(1), ROUND_HALF_UP))


def describe(target: Target, unit: str, decimals: int, base_label: str = "") -> str:
    """The agreement itself in one line: "50% minder op 31 juli 2024 dan in 2019-2020 (lineair)".

    base_label: the name of the base period, or of the measure that is not to be exceeded.
    """
    amount = target.amount or 0
    value = formatting.quantity(amount, unit, decimals)
    share = formatting.quantity(amount, formatting.PERCENT, 0 if amount == int(amount) else 1)
    method, _, _ = target.method.label.partition(":")
    base = base_label or target.base_period
    if target.base_value is not None:
        base += f", basis {formatting.number(target.base_value, decimals)}"
    steps = f", {target.steps} stappen" if target.steps else ""
    until = f" op {formatting.date_text(target.valid_to)}" if target.valid_to else ""
    since = formatting.date_text(target.valid_from) if target.valid_from else ""
    return {
        TargetKind.AT_MOST: f"hoogstens {value}",
        TargetKind.AT_LEAST: f"minstens {value}",
        TargetKind.REDUCE_BY: f"{share} minder{until} dan in {base} ({method}{steps})",
        TargetKind.REDUCE_PER_YEAR: f"{share} per jaar minder, vanaf {base} ({method}{steps})",
        TargetKind.NOT_ABOVE_PREVIOUS: TargetKind.NOT_ABOVE_PREVIOUS.label,
        TargetKind.ZERO_AFTER: f"nul vanaf {since}",
        TargetKind.AGREED: f"{value}, {margin_text(target, unit)}",
        TargetKind.NOT_ABOVE_MEASURE: f"niet hoger dan: {base}",
    }[target.kind]


def margin_text(target: Target, unit: str) -> str:
    """ "hoogstens 2 procentpunt meer of minder": how far an agreed value may be off."""
    if not target.margin:
        return "precies"
    return f"hoogstens {formatting.margin(target.margin, unit)} meer of minder"


def _part_left(target: Target, percent: Decimal, base: Period, period: Period) -> Decimal:
    """The part of the base that is left at the end of the period, 1 … 0."""
    elapsed = _years(base.end_on, period.end_on)
    agreed = path_years(target, base)
    length = elapsed if agreed is None else agreed
    walked = max(Decimal(0), min(elapsed, length))
    if target.kind is TargetKind.REDUCE_BY:
        # The whole reduction must be reached at the end of the path.
        walked = walked / length if length > 0 else Decimal(1)
    if target.method is PathMethod.COMPOUND and walked:
        return (1 - percent / 100) ** walked
    return max(Decimal(0), 1 - percent / 100 * walked)


def _years(start: date, end: date) -> Decimal:
    """Years between two ends of period. Counted in months, so four quarters are exactly one."""
    return Decimal(_month_number(end) - _month_number(start)) / 12


def _month_number(day: date) -> int:
    """Whole months completed on this day: 31 July counts with July, and so does 1 August."""
    return day.year * 12 + day.month - (0 if day.day > 15 else 1)


def _rounded(exact: Decimal, rounding: Rounding) -> Decimal:
    exact = exact.quantize(EXACT, ROUND_HALF_UP)
    modes = {
        Rounding.DOWN: ROUND_FLOOR,
        Rounding.UP: ROUND_CEILING,
        Rounding.NEAREST: ROUND_HALF_UP,
    }
    return exact.quantize(Decimal(1), modes[rounding]) if rounding in modes else exact
