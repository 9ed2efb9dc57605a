"""A hand-made past for scenarios: round numbers that can be followed on paper."""

from data.calendar import Calendar
from kpi.figure.result import KpiResult, Organisation
from kpi.meaning.choices import State
from kpi.meaning.load import load_kpis
from kpi.scenario.history import History, MoneyYear, PupilYear

KPIS = load_kpis()
SWV = Organisation("SWV", "swv", "Proef-SWV")


def figure(kpi, measure, period, numerator, denominator=0.0, segment=""):
    """One complete figure."""
    shows = KPIS[kpi].measures[measure]
    value = 100 * numerator / denominator if denominator else numerator
    return KpiResult(
        kpi=KPIS[kpi], measure=shows, organisation=SWV, period=period, segment=segment,
        state=State.VALUE, value=value, numerator=numerator, denominator=denominator, squares=None,
        observed=1, expected=1, provisional=False, partial=False, definition_version=1,
        is_break=False, previous_period=None, previous=None, not_comparable=None, target=None,
        target_rule=None, gap_units=None, reached=None, as_of=None, delivered_on=None,
        deliveries=(),
    )  # fmt: skip


def pupil_year(year, pupils=1000, referrals=10, places=40, entered=10, left=10, summer=None):
    """A school year of which half of the places are midden and a quarter hoog."""
    school = Calendar().schooljaar(year - 1)
    count = Calendar().quarter(year - 1, 2)
    summer = entered if summer is None else summer

    def enrolled(measure, number, period=school, segment=""):
        return figure("deelname_vso", measure, period, number, segment=segment)

    return PupilYear(
        share=figure("verwijzingen_vso", "referral_share", school, referrals, pupils),
        referred=figure("verwijzingen_vso", "referrals", school, referrals),
        entered=enrolled("entered", entered),
        entered_in_summer=enrolled("entered", summer, Calendar().quarter(year - 1, 1)),
        left=enrolled("left", left),
        places=enrolled("pupils", places, count),
        midden=enrolled("pupils", places / 2, count, "category=midden"),
        hoog=enrolled("pupils", places / 4, count, "category=hoog"),
    )


def money_year(year, income=1_000_000.0, vso=400_000.0, schools=300_000.0, expertise=200_000.0,
               overhead=100_000.0, equity=50_000.0):  # fmt: skip
    """A calendar year; by default income equals spending."""
    period = Calendar().kalenderjaar(year)
    signal = max(0.035 * income, 250_000)

    def spent(amount, post=""):
        return figure("verdeling_middelen", "amount", period, amount, segment=post)

    def reserve(measure, amount, denominator=0.0):
        return figure("reserve", measure, period, amount, denominator)

    return MoneyYear(
        total=spent(vso + schools + expertise + overhead),
        vso=spent(vso, "post=vso"),
        schools=spent(schools, "post=regulier"),
        expertise=spent(expertise, "post=expertise_maatwerk_tussenvoorzieningen"),
        overhead=spent(overhead, "post=overhead"),
        ratio=reserve("ratio", equity, income),
        equity=reserve("equity", equity),
        signal=reserve("signal_value", signal),
        above=reserve("above_signal", equity - signal),
    )


def steady(first=2020, last=2026):
    """Every year the same; pupils are known a year longer than euros."""
    return History(
        {year: pupil_year(year) for year in range(first, last + 1)},
        {year: money_year(year) for year in range(first, last)},
        {},
    )
