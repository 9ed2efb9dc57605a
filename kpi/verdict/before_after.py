"""Was a stated change seen? The years before something began against the years after.

Whole years on both sides, so that every season counts as often; equally many, and two at most, so
that an answer becomes final. The test is the one by which two years, or two means, are compared
everywhere: two-sided at 5 %, so in the stated direction 2.5 % per look; who looks after one year
and again after two stays below the 5 % that is promised.

That nothing was seen says something only when the stated change would have been. That is so when
the same test still sees it with bad luck: the outcome that is worse in one of five cases, reckoning
with the chance in both windows and with ordinary differences between years (`extra`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil, floor, sqrt

from scipy import special

from kpi.meaning.choices import JudgedBy, Shows
from kpi.verdict import reasons
from kpi.verdict.by_year import compare
from kpi.verdict.extra import EXTRA
from kpi.verdict.limits import MINIMUM
from kpi.verdict.means import FEWEST_FORMS, FEWEST_GROUPS, error, groups, margin_of_difference
from kpi.verdict.process import process_of
from kpi.verdict.router import why_not_tested
from kpi.verdict.scatter import scatter_of
from kpi.verdict.series import Point, Series

TOO_EARLY = "Nog te vroeg: {} van de {} metingen na de afgesproken maand zijn er."
AFTER_UNUSABLE = "Het cijfer over {} telt nog niet mee: {}."
BROKEN_BETWEEN = "De cijfers ervoor en erna zijn niet te vergelijken: {}."
MOST_YEARS = 2
MOST_DEPENDENCE = 0.3  # whole years hang together less than the quarters in them
GOOD_CHANCE = 0.8
_BAD_LUCK = float(special.ndtri(GOOD_CHANCE))  # in standard deviations


class Seen(StrEnum):
    """The answer; the text is the word that is shown."""

    YES = "zichtbaar"
    NO = "niet zichtbaar"
    UNKNOWN = "niet te zeggen"

    @property
    def icon(self) -> str:
        """A sign that differs in shape, so colour is never needed to read it."""
        return {Seen.YES: "●", Seen.NO: "○", Seen.UNKNOWN: "?"}[self]


@dataclass(frozen=True)
class Windows:
    """The points that are compared, and the series up to the last of them."""

    series: Series
    before: tuple[Point, ...]
    after: tuple[Point, ...]

    @property
    def levels(self) -> tuple[float, float]:
        """The figure before and after, per period and in its unit."""
        return _level(self.series, self.before), _level(self.series, self.after)


def windows_of(series: Series, ended: int, since: int) -> Windows | None:
    """The last whole years before and the first after; None when not even one year fits.

    ended: how many points lie before the start; since: the place of the first point that counts
    as after. Nothing that is incomplete, provisional or counted in another way takes part.
    """
    for years in range(MOST_YEARS, 0, -1):
        size = years * series.per_year
        end = since + size
        if end > len(series.points) or size > ended:
            continue
        upto = replace(series, points=series.points[:end])
        if end - len(upto.unbroken) <= ended - size:
            return Windows(upto, series.points[ended - size : ended], series.points[since:end])
    return None


def why_no_windows(series: Series, ended: int, since: int) -> str:
    """What stands in the way of even one year on both sides, as a Dutch sentence."""
    year = series.per_year
    first = series.points[since : since + year]
    if len(first) < year:
        return TOO_EARLY.format(len(first), year)
    if ended < year:
        return reasons.LITTLE_BEFORE
    unusable = next((point for point in first if not point.is_figure), None)
    if unusable:
        return AFTER_UNUSABLE.format(unusable.label, unusable.why_not or "geen cijfer")
    broken = replace(series, points=series.points[: since + year]).broken_by
    return BROKEN_BETWEEN.format(broken or "gat in de reeks")


def why_never(series: Series) -> str:
    """Why no test ever fits a figure of this kind, such as a stock; "" when one may."""
    if series.judged_by == JudgedBy.PAIRED:
        return reasons.PAIRED
    untested = why_not_tested(series)
    return untested[1] if untested else ""


def why_not_now(windows: Windows) -> str:
    """Why no test fits these figures, although one fits their kind; "" when one does."""
    series = windows.series
    if series.shows is Shows.MEAN:
        return _why_no_mean(windows)
    long = series.per_year > 1 and len(series.run) >= MINIMUM
    alike = long and process_of(series).dependence > MOST_DEPENDENCE
    return reasons.DEPENDENT if alike else ""


def side_of(windows: Windows) -> int:
    """+1 when the figure is demonstrably higher after than before, −1 lower, else 0."""
    if windows.series.shows is not Shows.MEAN:
        return compare(windows.series, windows.before, windows.after)
    before, after = windows.levels
    margin = margin_of_difference(_pooled(windows.before), _pooled(windows.after))
    return 0 if abs(after - before) <= margin else 1 if after > before else -1


def seen(windows: Windows, step: float) -> Seen:
    """Whether a change of `step` per period, in the unit of the figure, was seen."""
    wanted = 1 if step > 0 else -1
    side = side_of(windows)
    if side == wanted:
        return Seen.YES
    return Seen.NO if side == -wanted or would_be_seen(windows, step) else Seen.UNKNOWN


def would_be_seen(windows: Windows, step: float) -> bool:
    """Whether a real change of `step` would have been seen in 80 of 100 cases or more."""
    if windows.series.shows is Shows.MEAN:
        before, after = _pooled(windows.before), _pooled(windows.after)
        chance = sqrt(error(before) + error(after))
        return abs(step) - _BAD_LUCK * chance > margin_of_difference(before, after)
    wanted = 1 if step > 0 else -1
    unlucky = replace(
        windows.after[0],
        numerator=float(_unlucky_count(windows, step)),
        denominator=_size(windows.series, windows.after),
    )
    return compare(windows.series, windows.before, (unlucky,)) == wanted


def _unlucky_count(windows: Windows, step: float) -> int:
    """The count after, when the step is real and chance works against it in one of five cases."""
    series = windows.series
    old = sum(point.numerator for point in windows.before)
    sizes = [_size(series, part) for part in (windows.before, windows.after)]
    most = sizes[1] if series.is_share else float("inf")
    rate = old / sizes[0] + step / (series.shows.factor or 1)
    count = min(max(rate * sizes[1], 0.0), most)
    years = len(windows.after) / series.per_year
    scale = sizes[1] / sizes[0]
    scatter = scatter_of(series)
    times = scatter.factor if scatter else 1.0
    spread = _variance(series, old, sizes[0], years, times) * scale**2
    spread += _variance(series, count, sizes[1], years, times)
    against = -_BAD_LUCK if step > 0 else _BAD_LUCK
    unlucky = count + against * sqrt(spread)
    return max(0, floor(unlucky)) if step > 0 else round(min(ceil(unlucky), most))


def _variance(series: Series, count: float, size: float, years: float, times: float) -> float:
    """Variance of a count over some years: chance, and ordinary differences between years.

    times: how many times chance the series itself varies.
    """
    chance = 1 - count / size if series.is_share else 1.0
    return count * (times * chance + EXTRA**2 * count / years)


def _why_no_mean(windows: Windows) -> str:
    points = (*windows.before, *windows.after)
    if any(point.group_squares is None for point in points if point.denominator):
        return reasons.NO_SPREAD
    whole = [_pooled(part) for part in (windows.before, windows.after)]
    if any(point.denominator < FEWEST_FORMS for point in whole):
        return reasons.FEW_FORMS
    return reasons.FEW_GROUPS if min(map(groups, whole)) < FEWEST_GROUPS else ""


def _level(series: Series, points: Sequence[Point]) -> float:
    top = sum(point.numerator for point in points)
    return (series.shows.factor or 1) * top / _size(series, points)


def _size(series: Series, points: Sequence[Point]) -> float:
    """What a count comes from: of a plain count the number of periods."""
    if series.is_count:
        return float(len(points))
    return sum(point.denominator for point in points)


def _pooled(points: Sequence[Point]) -> Point:
    """Some means as one, with the spread of all groups."""
    return replace(
        points[-1],
        numerator=sum(point.numerator for point in points),
        denominator=sum(point.denominator for point in points),
        group_squares=sum(point.group_squares or 0.0 for point in points),
        group_sizes=sum(point.group_sizes or 0.0 for point in points),
    )
