"""The quarterly analysis of thuiszitters: bridges, durations, splits, reasons and cautions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.calendar import KWARTAAL, Period
from kpi import formatting
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.figure.snapshot import snapshot
from kpi.figure.span import known_by
from kpi.meaning.choices import State
from kpi.view.bridge import Bridge, Flow, Why, bridge, only_counts
from kpi.view.quarterly import Beside, beside, latest_complete

KPI = "thuiszitters"
FLOW = Flow(KPI, stock="stock", new="new", ended="ended", gone="niet meer thuis")
LONG, LONG_WITHOUT_OFFER = "over_3_months", "over_3_months_no_offer"
ALL_ABSENCE = "geoorloofd_verzuim"  # another KPI; not every profile has it
COUNTS_ONLY = "Onbekend: alleen aantallen"
SEPTEMBER = 9
SEPTEMBER_TEXT = (
    "September staat vaak te hoog. Een leerling is dan al uitgeschreven bij de oude school en nog "
    "niet ingeschreven bij de nieuwe. Vergelijk met september vorig jaar, niet met juni."
)


@dataclass(frozen=True)
class DurationRow:
    """One class of duration between two count dates; before + new + passed − ended + lost = now.

    passed: who went over the border of three months in the quarter, from the one class (−) to the
    other (+). lost: what cannot be followed, see the gaps of the bridge.
    """

    kind: str
    label: str
    before: int
    new: int
    passed: int
    ended: int
    lost: int
    now: int


def facts(monitor: Monitor, organisation_id: str, quarter: Period) -> list[Beside]:
    """What stands, came and went, and is long without an offer, each beside a year ago."""
    measures = (FLOW.stock, FLOW.new, FLOW.ended, LONG_WITHOUT_OFFER)
    here = (snapshot(monitor, KPI, measure, quarter.period_id) for measure in measures)
    return [beside(monitor, found.of(organisation_id)) for found in here]


def bridges(monitor: Monitor, organisation_id: str, period_id: str) -> list[Bridge]:
    """From the previous count date to this one: in total and per kind. Empty without a start."""
    kinds = [f"kind={code}" for code in monitor.kpis[KPI].segments["kind"].values]
    found = (bridge(monitor, FLOW, organisation_id, period_id, part) for part in ("", *kinds))
    return [item for item in found if item]


def durations(monitor: Monitor, organisation_id: str, period_id: str) -> list[DurationRow]:
    """The classes of duration of the whole and of each kind, in the order of the definition."""
    kpi = monitor.kpis[KPI]
    return [
        row
        for whole in bridges(monitor, organisation_id, period_id)
        for row in _durations_of(
            whole,
            [
                bridge(monitor, FLOW, organisation_id, period_id, kpi.segment_key(segment))
                for code in kpi.segments["duration"].values
                for segment in [f"{whole.now.segment},duration={code}".lstrip(",")]
            ],
        )
    ]


def _durations_of(whole: Bridge, classes: Sequence[Bridge | None]) -> Iterator[DurationRow]:
    short, long = classes
    if short is None or long is None:
        return
    passed = sum(gap.amount for gap in long.gaps if gap.why is Why.DRIFT)
    kind = whole.subject
    for part, step in ((short, -passed), (long, passed)):
        label = part.now.segment_label.rsplit(" · ", 1)[-1]
        yield _row(kind, label, _four(part), step, part.difference - step)
    rest = [w - s - g for w, s, g in zip(_four(whole), _four(short), _four(long), strict=True)]
    if any(rest):
        lost = whole.difference - short.difference - long.difference
        yield _row(kind, COUNTS_ONLY, rest, 0, lost)


def _four(part: Bridge) -> list[int]:
    return [round(item.numerator) for item in (part.before, part.new, part.ended, part.now)]


def _row(kind: str, label: str, four: Sequence[int], passed: int, lost: int) -> DurationRow:
    before, new, ended, now = four
    return DurationRow(kind, label, before, new, passed, ended, lost, now)


def cautions(monitor: Monitor, organisation_id: str, quarter: Period) -> list[str]:
    """What to keep in mind when reading this quarter, as Dutch sentences."""
    found = [SEPTEMBER_TEXT] if quarter.end_on.month == SEPTEMBER else []
    here = _locations(monitor, organisation_id, quarter)
    late = [item for item in here if item.state is State.MISSING]
    if late:
        found.append(
            f"Nog niet geleverd door {formatting.count(len(late), 'locaties')}: {_names(late)}. "
            "Zij tellen in deze cijfers niet mee."
        )
    counted = [item for item in here if item.has_number and only_counts(monitor, item)]
    if counted:
        found.append(
            f"Alleen aantallen geleverd: {_names(counted)}. Van deze leerlingen zijn duur, "
            "leeftijd en reden niet bekend."
        )
    return found


def flows(monitor: Monitor, organisation_id: str, quarter: Period, segment: str = "") -> tuple[
    list[KpiResult], list[KpiResult], list[KpiResult]
]:  # fmt: skip
    """New, ended and standing per quarter, up to the chosen one."""
    new, ended, stock = (
        known_by(results.trend(monitor, KPI, organisation_id, measure, segment, KWARTAAL), quarter)
        for measure in (FLOW.new, FLOW.ended, FLOW.stock)
    )
    return new, ended, stock


def long_series(
    monitor: Monitor, organisation_id: str, quarter: Period
) -> tuple[list[KpiResult], list[KpiResult]]:
    """Longer than three months, and of those without an offer: the same quarters of both."""
    whole, without = (
        known_by(results.trend(monitor, KPI, organisation_id, measure, "", KWARTAAL), quarter)
        for measure in (LONG, LONG_WITHOUT_OFFER)
    )
    by_period = {result.period.period_id: result for result in whole}
    return [by_period[result.period.period_id] for result in without], without


def stood_before(series: Sequence[KpiResult]) -> str:
    """Where the last complete figure stands, when that is an earlier one; else ""."""
    known = latest_complete(series)
    if known is None or known is series[-1]:
        return ""
    return f"Laatste volledige stand, {known.when_short}: {known.value_text}, {known.gap_text}."


def _locations(monitor: Monitor, organisation_id: str, quarter: Period) -> list[KpiResult]:
    here = snapshot(monitor, KPI, FLOW.stock, quarter.period_id)
    own = here.of(organisation_id)
    if own.organisation.organisation_type == "locatie":
        return [own]
    return here.below(organisation_id, "locatie")


def _names(found: Sequence[KpiResult]) -> str:
    return ", ".join(result.organisation.name for result in found)
