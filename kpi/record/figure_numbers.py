"""Numbers in a text that do not stand with the figure it is about.

Only numbers in digits that claim to be a figure are looked at: with the unit of the KPI, or in
"van 23 naar 22". Days and hours are not: they mostly say when something happens.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from data.calendar import KWARTAAL, Period
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.naming import kpi_named, period_named
from kpi.figure.result import KpiResult
from kpi.figure.span import known_by
from kpi.formatting import MARK, PERCENT
from kpi.meaning.load import Kpi, Measure
from kpi.record.told_numbers import ANY, Told, bare_numbers, told_numbers, told_pairs, without_pairs
from kpi.verdict.judged import tested

A_YEAR_BACK = 4  # quarters
TIME_UNITS = ("dagen", "uren")


class KnownNumbers(NamedTuple):
    """What stands with a KPI: numbers by unit (ANY: with every unit), and pairs (before, now)."""

    numbers: frozenset[tuple[str, float]]
    pairs: frozenset[tuple[float, float]]

    def holds(self, told: Told) -> bool:
        """Whether the number is one of these."""
        return any(told.fits(value) for unit, value in self.numbers if unit in (ANY, told.unit))

    def holds_pair(self, before: Told, now: Told) -> bool:
        """Whether a series went from the one to the other."""
        return any(before.fits(first) and now.fits(last) for first, last in self.pairs)


def contradictions(
    monitor: Monitor, kpi_id: str, organisation_id: str, period_id: str, text: str
) -> list[str]:
    """The words with a number that is none of the numbers of this KPI in this quarter."""
    kpi = kpi_named(monitor, kpi_id)
    units = {unit for m in kpi.measures.values() for unit in (m.unit, m.counted_unit)}
    known = known_numbers(monitor, kpi, organisation_id, period_named(monitor, period_id))
    rest = without_pairs(text)  # a pair is judged as a pair
    wrong = [
        *(before.words for before, now in told_pairs(text) if not known.holds_pair(before, now)),
        *(
            told.words
            for told in told_numbers(rest, units - set(TIME_UNITS))
            if not known.holds(told)
        ),
    ]
    return list(dict.fromkeys(wrong))


def known_numbers(
    monitor: Monitor, kpi: Kpi, organisation_id: str, quarter: Period
) -> KnownNumbers:
    """What may be said about a KPI up to a quarter without contradicting it.

    Of every measure the value, that of the period before and of a year before, the target, and the
    differences; of the main measure and of what has a target also the parts.
    """

    def collect() -> KnownNumbers:
        series = [
            found
            for measure in kpi.measures.values()
            if (found := _series(monitor, kpi, measure, organisation_id, quarter))
        ]
        targeted = results.targeted(monitor, kpi.id, organisation_id, quarter.period_id)
        shown = [now for *_, now in series] + targeted
        parts = [part for now in shown if now.measure is kpi.main for part in _parts(monitor, now)]
        numbers = {
            *chain.from_iterable(map(_of_series, series)),
            *chain.from_iterable(map(_of_result, (*targeted, *parts))),
            *chain.from_iterable(_said(monitor, now) for now in shown),
            *(number for part in parts for number in _share(part, series)),
        }
        pairs = {
            *chain.from_iterable(map(_course, series)),
            *((item.previous, item.value) for item in (*targeted, *parts)),
        }
        return KnownNumbers(
            frozenset(numbers),
            frozenset((a, b) for a, b in pairs if a is not None and b is not None),
        )

    return monitor.remember(("numbers of", kpi.id, organisation_id, quarter.period_id), collect)


def _series(
    monitor: Monitor, kpi: Kpi, measure: Measure, organisation: str, quarter: Period
) -> list[KpiResult]:
    segment = kpi.main_segment if measure is kpi.main else ""
    return known_by(results.trend(monitor, kpi.id, organisation, measure.id, segment), quarter)


def _of_series(series: Sequence[KpiResult]) -> Iterator[tuple[str, float]]:
    """Now, the period before and a year before, with the differences."""
    now = series[-1]
    back = (1, A_YEAR_BACK) if now.period.period_type == KWARTAAL else (1,)
    earlier = [series[-1 - steps] for steps in back if len(series) > steps]
    for result in (now, *earlier):
        yield from _of_result(result)
    for result in earlier:
        yield from _differences(now, result)


def _course(series: Sequence[KpiResult]) -> Iterator[tuple[float | None, float | None]]:
    """From every earlier figure to this one, and to what was agreed for it."""
    now = series[-1]
    for earlier in series:
        yield earlier.value, now.value
        yield earlier.value, now.target


def _of_result(result: KpiResult) -> Iterator[tuple[str, float]]:
    counted = result.measure.counted_unit
    for unit, value in (
        (result.unit, result.value),
        (result.unit, result.target),
        (result.unit, result.gap),
        (counted, result.gap_units),
        (counted, result.numerator if result.unit == PERCENT else None),
    ):
        if value is not None:
            yield unit, float(value)


def _differences(now: KpiResult, earlier: KpiResult) -> Iterator[tuple[str, float]]:
    """How much more or less, also in percent of what it was."""
    if now.value is None or earlier.value is None:
        return
    step = now.value - earlier.value
    yield now.unit, step
    if earlier.value and now.unit not in (PERCENT, MARK):
        yield PERCENT, 100 * step / earlier.value


def _parts(monitor: Monitor, now: KpiResult) -> list[KpiResult]:
    """The parts the page lists, one split at a time."""
    organisation, period = now.organisation.organisation_id, now.period.period_id
    return [
        part
        for split in now.kpi.splits(now.measure)
        if len(split) == 1
        for part in results.by_segment(
            monitor, now.kpi.id, organisation, period, *split, measure=now.measure.id
        )
    ]


def _share(part: KpiResult, series: Iterable[Sequence[KpiResult]]) -> Iterator[tuple[str, float]]:
    """A part as a percentage of the whole."""
    whole = next((now.value for *_, now in series if now.measure is part.measure), None)
    if part.value is not None and whole and part.unit not in (PERCENT, MARK):
        yield PERCENT, 100 * part.value / whole


def _said(monitor: Monitor, result: KpiResult) -> Iterator[tuple[str, float]]:
    """The numbers in the sentence of the monitor itself, such as its limits."""
    for value in bare_numbers(tested(monitor, result)[1].finding.sentence):
        yield ANY, value
