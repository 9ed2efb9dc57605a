"""The quarterly analysis of thuiszitters, and what only they have: durations, reasons, articles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from data.calendar import SCHOOLJAAR, Period
from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.figure.snapshot import snapshot
from kpi.meaning.choices import State
from kpi.verdict.reasons import STANDING
from kpi.view.bridge import Bridge, Flow, Why, only_counts
from kpi.view.flow_analysis import FlowAnalysis, FlowQuarter, course, remainder
from kpi.view.quarterly import Beside, YearSum, beside, latest_complete, year_sum

KPI = "thuiszitters"
FLOW = Flow(KPI, stock="stock", new="new", ended="ended", gone="niet meer thuis", lost="lost")
UNDER_18 = "under_18=ja"
LONG, LONG_WITHOUT_OFFER = "over_3_months", "over_3_months_no_offer"
PERSONS = "exemption_persons"
ALL_ABSENCE = "geoorloofd_verzuim"  # another KPI; not every profile has it
SEPTEMBER = 9
SEPTEMBER_TEXT = (
    "September staat vaak te hoog. Een leerling is dan al uitgeschreven bij de oude school en nog "
    "niet ingeschreven bij de nieuwe. Vergelijk met september vorig jaar, niet met juni."
)
COUNTS_ONLY = "Onbekend: alleen aantallen"
THUISZITTERS = FlowAnalysis(
    page="thuiszitters",
    title="Thuiszitters",
    flow=FLOW,
    columns={
        FLOW.stock: "Thuis op de peildatum",
        LONG: "Langer dan 3 maanden",
        LONG_WITHOUT_OFFER: "Waarvan zonder aanbod",
        FLOW.new: "Nieuw",
        FLOW.ended: "Niet meer thuis",
    },
    tiles=(FLOW.stock, FLOW.new, FLOW.ended, LONG_WITHOUT_OFFER),
    in_time=(FLOW.new, FLOW.ended, FLOW.stock),
    splits=("age", "school_type", "sub_kind", "permitted"),
    bridge_split="kind",
    places={"bestuur": "Per bestuur", "locatie": "Per locatie"},
    place_name="Naam",
    not_a_ranking="Op volgorde van naam. Bij kleine aantallen is één leerling al een groot "
    "verschil.",
    about="Thuiszitters {}",
    stands=f"De stand: {{0.value_text}} {{0.when_text}}. {STANDING}",
    further="Deze KPI in de tijd, met doelen en herkomst",
    rest=COUNTS_ONLY,
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


@dataclass(frozen=True)
class Article:
    """One article: standing now with a year ago, new in the quarter, pupils in a school year."""

    standing: Beside
    new: KpiResult
    in_year: KpiResult | None


def durations(asked: FlowQuarter) -> list[DurationRow]:
    """The classes of duration of the whole and of each kind, in the order of the definition."""
    kpi = asked.monitor.kpis[KPI]
    found: list[DurationRow] = []
    for whole in asked.bridges:
        short, long = (
            asked.bridge(kpi.segment_key(f"{whole.now.segment},duration={code}".lstrip(",")))
            for code in kpi.segments["duration"].values
        )
        if short and long:
            found += _durations_of(whole, short, long)
    return found


def _durations_of(whole: Bridge, short: Bridge, long: Bridge) -> Iterator[DurationRow]:
    passed = sum(gap.amount for gap in long.gaps if gap.why is Why.DRIFT)
    rest = [w - s - g for w, s, g in zip(whole.amounts, short.amounts, long.amounts, strict=True)]
    for label, (before, new, ended, lost, now), step in (
        (_class_of(short), short.amounts, -passed),
        (_class_of(long), long.amounts, passed),
        *([(COUNTS_ONLY, rest, 0)] if any(rest) else []),
    ):
        yield DurationRow(whole.subject, label, before, new, step, ended, lost - step, now)


def _class_of(part: Bridge) -> str:
    return part.now.segment_label.rsplit(" · ", 1)[-1]


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


def _locations(monitor: Monitor, organisation_id: str, quarter: Period) -> list[KpiResult]:
    here = snapshot(monitor, KPI, FLOW.stock, quarter.period_id)
    own = here.of(organisation_id)
    if own.organisation.organisation_type == "locatie":
        return [own]
    return here.below(organisation_id, "locatie")


def _names(found: Sequence[KpiResult]) -> str:
    return ", ".join(result.organisation.name for result in found)


def long_series(asked: FlowQuarter) -> list[tuple[KpiResult, KpiResult, KpiResult]]:
    """Per quarter: longer than three months, of those without an offer, of those under 18.

    Of the last one it was agreed that there are none.
    """
    whole, without = asked.course(LONG), asked.course(LONG_WITHOUT_OFFER)
    young = course(
        asked.monitor, KPI, LONG_WITHOUT_OFFER, asked.organisation_id, asked.quarter, UNDER_18
    )
    of = [{one.period.period_id: one for one in series} for series in (whole, without)]
    return [
        (of[0][one.period.period_id], of[1][one.period.period_id], one)
        for one in young
        if all(one.period.period_id in known for known in of)
    ]


def stood_before(series: Sequence[KpiResult]) -> str:
    """Where the last complete figure stands, when that is an earlier one; else ""."""
    known = latest_complete(series)
    if known is None or known is series[-1]:
        return ""
    return f"Laatste volledige stand, {known.when_short}: {known.value_text}, {known.gap_text}."


def reasons(asked: FlowQuarter, measure: str, split: str) -> list[YearSum]:
    """Why pupils came (new, sub_kind) or went (ended, end_reason): per code, and the total.

    Codes without a pupil in these two years are left out.
    """
    *every, whole = (
        year_sum(asked.monitor, (KPI, measure, segment), asked.organisation_id, asked.quarter)
        for segment in (*asked.snapshot(measure).codes(asked.organisation_id, split), "")
    )
    numbers = attrgetter("quarter", "year", "before")
    named = [item for item in every if any(numbers(item))]
    rest = remainder([numbers(item) for item in named], numbers(whole))
    return [*named, *(YearSum(COUNTS_ONLY, now, year, before) for now, year, before in rest), whole]


def exemptions(monitor: Monitor, quarter: Period) -> list[Article]:
    """Exemptions from leerplicht by article, the whole first; they are known for the SWV only."""
    swv = monitor.swv.organisation_id
    standing, new, persons = (
        snapshot(monitor, KPI, measure, quarter.period_id)
        for measure in ("exemption_stock", "exemption_new", PERSONS)
    )
    found = []
    for segment in ("", *persons.codes(swv, "article")):
        years = course(monitor, KPI, PERSONS, swv, quarter, segment, SCHOOLJAAR)
        stands = beside(monitor, standing.of(swv, segment))
        found.append(Article(stands, new.of(swv, segment), years[-1] if years else None))
    return found
