"""What an audience may see of the figures of one document, decided over all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.guard.rules import Place, exposes, place_of
from kpi.guard.silence import silent, silent_beside
from kpi.guard.together import ALONE, Together, source_of_target, together
from kpi.meaning.choices import State
from kpi.verdict.assess import Verdict
from kpi.verdict.judged import verdict

NOTE = (
    "• betekent: niet getoond. Het gaat om minder dan {count} leerlingen of gevallen, "
    "of zo’n klein aantal is er anders uit af te leiden."
)


class Audience(StrEnum):
    """Who gets a document.

    The bureau and the Inspectie are entitled to every number; what else leaves the bureau
    (ALV, schools, annual report) is protected.
    """

    BUREAU = "bureau"
    BUITEN = "buiten"
    INSPECTIE = "inspectie"

    @property
    def is_protected(self) -> bool:
        """Whether small numbers are hidden from it."""
        return self is Audience.BUITEN


class NotGuarded(LookupError):
    """A figure was asked for that was not among those the guard decided about."""


@dataclass(frozen=True)
class Guarded:
    """The figures of one document as its audience may see them."""

    audience: Audience
    monitor: Monitor = field(repr=False)
    handed: frozenset[Place] = field(repr=False)
    hidden: frozenset[Place] = field(repr=False)

    def of(self, result: KpiResult) -> KpiResult:
        """The figure, or a copy without anything of a number that must stay hidden.

        Raises NotGuarded for a figure that was not handed to `guard`.
        """
        if self.is_hidden(result):
            return _without_number(result, self._target_tells(result))
        if self.audience.is_protected and result.previous is not None and self._before(result):
            result = replace(
                result,
                previous=None,
                not_comparable=result.not_comparable or "hidden",
            )
        return _without_target(result) if self._target_tells(result) else result

    def is_hidden(self, result: KpiResult) -> bool:
        """Whether this audience may not see the number. Raises NotGuarded."""
        place = place_of(result)
        if place not in self.handed:
            raise NotGuarded(f"{'/'.join(place)} was not handed to the guard")
        return place in self.hidden

    def verdict(self, result: KpiResult) -> Verdict:
        """What may be said: nothing when it rests on a number that is hidden or too small.

        A verdict looks at the whole series up to the figure, so every point of it must be one
        that is shown here or could be. Raises NotGuarded.
        """
        judged = verdict(self.monitor, result)
        if self.is_hidden(result):
            return silent(result)
        if not self.audience.is_protected:
            return judged
        told = _rests_on(self.monitor, result)
        if any(map(self._is_secret, told)) or self._target_tells(result):
            return silent_beside(judged, result)
        return judged

    @property
    def hidden_count(self) -> int:
        """How many of the figures handed in are hidden."""
        return len(self.hidden & self.handed)

    @property
    def note(self) -> str:
        """What • means, "" when nothing is hidden."""
        count = self.monitor.profile.smallest_shown
        return NOTE.format(count=count) if self.hidden_count else ""

    def _is_secret(self, result: KpiResult) -> bool:
        """Whether a figure, in the document or not, is hidden or would be by itself."""
        threshold = self.monitor.profile.smallest_shown
        most = result.numerator + result.numerator_more
        numbers = (float(most), float(result.denominator))
        return place_of(result) in self.hidden or exposes(result.measure, *numbers, threshold)

    def _before(self, result: KpiResult) -> bool:
        """Whether the figure of the period before is hidden."""
        before = place_of(result)._replace(period=result.period.previous_period_id)
        return before in self.hidden

    def _target_tells(self, result: KpiResult) -> bool:
        """Whether what is asked was calculated from a hidden figure."""
        source = source_of_target(self.monitor, result)
        return source is not None and source in self.hidden


def guard(
    monitor: Monitor,
    results: Iterable[KpiResult],
    audience: Audience,
    beside: Together = ALONE,
) -> Guarded:
    """Decide over all figures of one document what its audience may see.

    All of them, because a number that is hidden here can often be calculated from figures that
    are harmless by themselves. `beside` is what was decided over the papers that the same people
    may lay beside this one: two papers guarded with the same figures together hide the same.
    """
    found = {place_of(result): result for result in results}
    if not audience.is_protected:
        return Guarded(audience, monitor, frozenset(found), frozenset())
    decided = together(monitor, found.values(), beside)
    return Guarded(audience, monitor, frozenset(found), decided.hidden)


def _rests_on(monitor: Monitor, result: KpiResult) -> list[KpiResult]:
    """The series a verdict was reached with, up to the figure itself."""
    if result.period.period_type not in result.measure.periods:
        return [result]
    series = results.trend_of(monitor, result)
    return [point for point in series if point.period.position <= result.period.position]


def _without_number(result: KpiResult, target_tells: bool) -> KpiResult:
    """The figure without its number and without what was calculated with it."""
    bare = replace(
        result,
        state=State.SUPPRESSED,
        value=None,
        numerator=0,
        denominator=0,
        denominator_more=0,
        numerator_more=0,
        squares=None,
        group_squares=None,
        group_sizes=None,
        previous=None,
        not_comparable="no_value",
        gap_units=None,
        reached=None,
    )
    return _without_target(bare) if target_tells else bare


def _without_target(result: KpiResult) -> KpiResult:
    """The figure without what is asked of it."""
    return replace(result, target=None, target_rule=None, gap_units=None, reached=None, ended=None)
