"""Was the expected effect of an activity seen? The figures before it began against those after.

Looked at is the main measure of the KPI, for the whole SWV; when that counts the same pupils again
and again, the inflow that is judged in its place everywhere. What may be said, and how often that
is wrong, is in kpi.verdict.before_after. That a change was seen does not say what caused it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from data.calendar import Period
from kpi import formatting
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.figure.span import known_by
from kpi.meaning.load import Kpi, Measure
from kpi.plans.activity import Activity, Direction, Effect
from kpi.plans.moment import moment
from kpi.verdict import reasons
from kpi.verdict.assess import series_of
from kpi.verdict.before_after import (
    Seen,
    Windows,
    seen,
    side_of,
    why_never,
    why_no_windows,
    why_not_now,
    windows_of,
)

OTHER_CAUSES = "Andere oorzaken zijn ook mogelijk."
NO_FIGURES = "Over deze KPI is voor het samenwerkingsverband nog niets geleverd."
MOVES = {Direction.DOWN: "daling", Direction.UP: "stijging"}
HIGHER = {1: "hoger", -1: "lager"}


@dataclass(frozen=True)
class EffectCheck:
    """The answer with the numbers in one sentence; reason: why nothing can be said, or "".

    expected: what the plan says; compared: which periods were held against each other, or "".
    """

    outcome: Seen
    sentence: str
    expected: str
    compared: str = ""
    reason: str = ""

    @property
    def note(self) -> str:
        """Why nothing can be said, what was compared, and that a change may have other causes."""
        against = f"Vergeleken: {self.compared}. {OTHER_CAUSES}" if self.compared else ""
        return " ".join(filter(None, [self.reason, against]))


def effect_of(
    monitor: Monitor, activity: Activity, quarter: Period | None = None
) -> EffectCheck | None:
    """Whether the expected effect was seen, as known at the end of a quarter (None: as known now).

    None when the activity has no expected effect, or its KPI is not one of the profile.
    """
    effect = activity.effect
    if effect is None or effect.kpi not in monitor.kpis:
        return None
    known = quarter.period_id if quarter else ""
    return monitor.remember(
        ("effect", effect, activity.from_on, known),
        lambda: _check(monitor, effect, activity.from_on, quarter),
    )


def measure_of_effect(kpi: Kpi) -> Measure:
    """The measure an expected effect is about: the main one, or the inflow judged in its place."""
    return kpi.measures.get(kpi.main.tested_by, kpi.main)


def expected_text(kpi: Kpi, effect: Effect) -> str:
    """ "Nieuwe thuiszitters: 5 leerlingen minder per kwartaal, vanaf juni 2024"."""
    measure, per = measure_of_effect(kpi), _per(kpi)
    size = _size_text(measure, effect)
    return f"{measure.label}: {size}{per}, vanaf {moment(effect.by).text}"


def period_of_effect(kpi: Kpi) -> str:
    """What one figure of that measure is about: "kwartaal", "schooljaar"."""
    periods = measure_of_effect(kpi).periods
    return str(kpi.main_period if kpi.main_period in periods else periods[0])


def size_name(kpi: Kpi) -> str:
    """What the size of an effect counts: "Nieuwe thuiszitters, in leerlingen per kwartaal"."""
    measure = measure_of_effect(kpi)
    unit = formatting.POINT_UNITS.get(measure.unit, measure.unit)
    return f"{measure.label}, in {unit}{_per(kpi)}"


def _check(monitor: Monitor, effect: Effect, begins: date, quarter: Period | None) -> EffectCheck:
    kpi = monitor.kpis[effect.kpi]
    swv, measure = monitor.swv.organisation_id, measure_of_effect(kpi)
    found = results.trend(monitor, kpi.id, swv, measure.id)
    known = known_by(found, quarter) if quarter else found
    plain = EffectCheck(
        Seen.UNKNOWN, f"Verwacht: {_size_text(measure, effect)}{_per(kpi)}.",
        expected_text(kpi, effect), reason=NO_FIGURES,
    )  # fmt: skip
    if not known:
        return plain
    series, places = series_of(known), _places(known, begins, moment(effect.by).first)
    windows = windows_of(series, *places)
    never = why_never(series)
    if never or windows is None:
        return replace(plain, reason=never or why_no_windows(series, *places))
    not_now = why_not_now(windows)
    outcome = Seen.UNKNOWN if not_now else seen(windows, _step(effect))
    return replace(
        plain,
        outcome=outcome,
        sentence=_sentence(kpi, windows, effect, outcome),
        compared=_compared(known, windows),
        reason=(not_now or reasons.LITTLE_POWER) if outcome is Seen.UNKNOWN else "",
    )


def _places(found: Sequence[KpiResult], begins: date, by: date) -> tuple[int, int]:
    """How many periods were over when the activity began, and the first one with the effect."""
    ended = sum(result.period.end_on < begins for result in found)
    since = sum(result.period.start_on < max(begins, by) for result in found)
    return ended, since


def _step(effect: Effect) -> float:
    return float(effect.size if effect.direction is Direction.UP else -effect.size)


def _sentence(kpi: Kpi, windows: Windows, effect: Effect, outcome: Seen) -> str:
    """The numbers and what they say; at most 25 words."""
    told, move = _levels(kpi, windows), MOVES[effect.direction]
    size = _size_text(measure_of_effect(kpi), effect)
    if outcome is Seen.YES:
        return f"{told}: een {move} die toeval niet verklaart. Verwacht: {size}."
    if outcome is Seen.UNKNOWN:
        return f"{told}. Verwacht: {size}."
    side = side_of(windows)
    if side:
        return f"{told}: aantoonbaar {HIGHER[side]}. Verwacht: {size}."
    return f"{told}: geen duidelijke {move}. {size} hadden wij waarschijnlijk gezien."


def _levels(kpi: Kpi, windows: Windows) -> str:
    """ "Van gemiddeld 41,5 naar 29,3 leerlingen per kwartaal"."""
    measure, several = measure_of_effect(kpi), len(windows.after) > 1
    decimals = measure.decimals + (several and not measure.is_ratio)
    before, after = windows.levels
    old = formatting.bare(before, measure.unit, decimals)
    new = formatting.quantity(after, measure.unit, decimals)
    return f"Van {'gemiddeld ' if several else ''}{old} naar {new}{_per(kpi)}"


def _per(kpi: Kpi) -> str:
    """ " per kwartaal"; a share or a mean is not so many per period."""
    return "" if measure_of_effect(kpi).is_ratio else f" per {period_of_effect(kpi)}"


def _size_text(measure: Measure, effect: Effect) -> str:
    """ "5 leerlingen minder", "0,5 procentpunt hoger"."""
    digits = formatting.decimals_of(effect.size)
    size = formatting.change(effect.size, measure.unit, digits).removeprefix("+")
    more = effect.direction is Direction.UP
    if measure.is_ratio:
        return f"{size} {HIGHER[1 if more else -1]}"
    return f"{size} {'meer' if more else 'minder'}"


def _compared(known: Sequence[KpiResult], windows: Windows) -> str:
    """ "juli 2022 t/m juni 2023 naast okt 2023 t/m sept 2024"."""
    periods = {result.period.period_id: result.period for result in known}
    spans = (
        formatting.months_text(
            periods[part[0].period_id].start_on, periods[part[-1].period_id].end_on
        )
        for part in (windows.before, windows.after)
    )
    return " naast ".join(spans)
