"""What was planned, promised and said about a KPI lies where its days lie on the chart."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from data.calendar import Calendar
from kpi.chart import trend as charts
from kpi.chart.timeline import describe, strip
from kpi.chart.timeline_bars import EDGE, LEFT_OUT, MOST_PER_LANE, bars, left_out, place_of
from kpi.figure import results
from kpi.plans.activities import activities, put_activity, report_progress
from kpi.plans.activity import Activity, Direction, Effect, Plan
from kpi.plans.effect import NO_FIGURES
from kpi.plans.timeline import LATE, Lane, timeline
from kpi.record.commitments import decide, promise, settle
from kpi.verdict.judged import verdict
from kpi.view.drawing import drawing

CALENDAR = Calendar()
QUARTERS = [CALENDAR.quarter(year, number) for year in (2022, 2023, 2024)
            for number in (1, 2, 3, 4)]  # fmt: skip
YEARS = [CALENDAR.schooljaar(year) for year in (2021, 2022, 2023)]
LAST = CALENDAR.quarter(2026, 1)
NOW = date(2025, 6, 30)


@pytest.fixture
def groningen(with_profile):
    return with_profile("groningen_stad")


def of_swv(monitor, kpi="vsv", on=NOW, periods=QUARTERS):
    return timeline(monitor, kpi, monitor.swv, periods, periods[-1], on)


def test_a_period_reaches_from_half_before_its_position_to_half_after():
    for period in QUARTERS[1:]:
        assert place_of(period.start_on, QUARTERS) == period.position - 0.5
    middle = QUARTERS[4]  # July, August, September 2023
    assert abs(place_of(date(2023, 8, 16), QUARTERS) - middle.position) < 0.01
    assert place_of(date(2022, 8, 1), YEARS) == YEARS[1].position - 0.5
    assert abs(place_of(date(2023, 1, 30), YEARS) - YEARS[1].position) < 0.01


def test_days_go_from_left_to_right_and_stay_on_the_axis():
    days = [date(year, month, 1) for year in range(2021, 2027) for month in range(1, 13)]
    places = [place_of(day, QUARTERS) for day in days]
    assert places == sorted(places)
    assert places[0] == QUARTERS[0].position - EDGE
    assert places[-1] == QUARTERS[-1].position + EDGE


@pytest.mark.parametrize("kpi", ["thuiszitters", "vsv", "reserve"])
def test_the_strip_has_the_axis_of_the_trend(demo, kpi):
    """Same range, same labels, same room left and right: one lies exactly below the other."""
    series = results.trend(demo, kpi, demo.swv.organisation_id)
    beside = drawing(demo, series, verdict(demo, series[-1]))
    above = charts.trend(series, beside=beside)
    periods = charts.axis_periods(series, beside)
    found = timeline(demo, kpi, demo.swv, periods, LAST, date(2026, 9, 30))
    below = strip(bars(found, periods), periods)
    assert above.layout.xaxis.range == below.layout.xaxis.range
    assert above.layout.xaxis.tickvals == below.layout.xaxis.tickvals
    for side in ("l", "r"):
        room = [figure.layout.margin[side] or figure.layout.template.layout.margin[side]
                for figure in (above, below)]  # fmt: skip
        assert room[0] == room[1]
    low, high = below.layout.xaxis.range
    assert all(low <= place <= high for trace in below.data for place in trace.x)


def test_an_activity_of_one_quarter_lies_below_the_point_of_that_quarter(groningen):
    item = replace(
        Activity("90", Plan.YEAR_PLAN, 1, "okt-dec 2023", "Een proef doen."),
        id="proef", school_year="2023-2024", theme="Onderwijs", kpis=("vsv",),
        from_on=date(2023, 10, 1), until_on=date(2023, 12, 31),
    )  # fmt: skip
    put_activity(groningen, item, "Bureau")
    (bar,) = (bar for bar in bars(of_swv(groningen), QUARTERS) if "Een proef" in bar.label)
    point = next(period for period in QUARTERS if period.label == "dec 2023")
    assert (bar.start, bar.end) == (point.position - 0.5, point.position + 0.5)


def test_activities_of_the_same_days_are_drawn_as_one_and_listed_one_by_one(groningen):
    found = of_swv(groningen)
    linked = [item for item in activities(groningen) if "vsv" in item.kpis]
    assert sorted(item.text for item in found) == sorted(
        f"{item.plan} {item.place} {item.what}" for item in linked
    )
    drawn = bars(found, QUARTERS)
    assert sum(bar.count for bar in drawn) == len(linked) > len(drawn)
    assert left_out(found, drawn) == ""
    assert describe(drawn) == f"In de tijd onder de grafiek: activiteiten: {len(linked)}."


def test_an_activity_says_how_far_it_is_on_the_day(groningen):
    item = next(one for one in activities(groningen) if one.kpis == ("vsv",))
    report_progress(groningen, item.id, "afgerond", "", on="2024-05-01", author="Bureau")
    name = f"{item.plan} {item.place} {item.what}"
    states = [{one.text: one.state for one in of_swv(groningen, on=on)}[name]
              for on in (date(2024, 4, 30), date(2024, 5, 1))]  # fmt: skip
    assert states == ["niet gestart", "afgerond"]
    late = next(one for one in of_swv(groningen) if one.text != name)
    assert (late.state, late.is_late) == (LATE, True)


def test_an_expected_effect_lies_where_it_is_looked_for_with_its_answer(groningen):
    item = next(one for one in activities(groningen) if one.kpis == ("vsv",))
    effect = Effect("vsv", Direction.DOWN, Decimal("0.1"), "2024-01")
    put_activity(groningen, replace(item, effect=effect), "Bureau", names_checked=True)
    (found,) = (one for one in of_swv(groningen) if one.lane is Lane.EFFECT)
    assert (found.from_on, found.until_on) == (date(2024, 1, 1), date(2025, 12, 31))
    assert (found.state, found.note) == ("? niet te zeggen", NO_FIGURES)
    (bar,) = (bar for bar in bars([found], QUARTERS))
    assert bar.start == next(p for p in QUARTERS if p.label == "mrt 2024").position - 0.5
    assert bar.label == f"{item.plan} {item.place} · ? niet te zeggen"
    assert not [one for one in of_swv(groningen, "opp") if one.lane is Lane.EFFECT]


def test_promises_last_until_they_are_settled_or_due_and_decisions_one_day(groningen):
    def made(text, due, on):
        return promise(groningen, text, "Bureau", due, made_on=on, body="ALV", kpi="ect",
                       author="A")  # fmt: skip

    done = made("Gedaan", "2024-12-31", "2024-01-10")
    settle(groningen, done.id, "gedaan", "", on="2024-06-01", author="A")
    made("Te laat", "2025-01-31", "2024-10-10")
    made("Nog open", "2026-01-31", "2025-01-10")
    made("Van later", "2026-01-31", "2025-07-10")
    decide(groningen, "Wij gaan door", made_on="2024-02-01", body="ALV", kpi="ect", author="A")
    found = [item for item in of_swv(groningen, "ect") if item.lane is not Lane.ACTIVITY]
    assert [(item.text, item.state, item.from_on, item.until_on) for item in found] == [
        ("Gedaan", "gedaan", date(2024, 1, 10), date(2024, 6, 1)),
        ("Wij gaan door", "", date(2024, 2, 1), date(2024, 2, 1)),
        ("Te laat", LATE, date(2024, 10, 10), date(2025, 1, 31)),
        ("Nog open", "open", date(2025, 1, 10), date(2026, 1, 31)),
    ]


def test_a_board_has_only_its_own_commentary(demo):
    board = next(o for o in demo.organisations.values() if o.organisation_type == "bestuur")
    series = results.trend(demo, "thuiszitters", demo.swv.organisation_id)
    periods = charts.axis_periods(series)
    about = ("thuiszitters", demo.swv, periods)
    whole = timeline(demo, *about, LAST, LAST.end_on)
    assert {Lane.ACTIVITY, Lane.WORDS} <= {item.lane for item in whole}
    assert timeline(demo, "thuiszitters", board, periods, LAST, LAST.end_on) == []
    words = [item for item in whole if item.lane is Lane.WORDS]
    ends = {period.label: period.end_on for period in periods}
    assert all(item.until_on == ends[item.when] for item in words)
    before = next(period for period in periods if period.end_on < words[0].from_on)
    earlier = timeline(demo, *about, before, LAST.end_on)
    assert not [item for item in earlier if item.lane is Lane.WORDS]


def test_the_latest_are_drawn_when_there_are_many(groningen):
    for number in range(MOST_PER_LANE + 2):
        decide(groningen, f"Besluit {number}", made_on=f"2024-0{1 + number // 3}-01", body="ALV",
               kpi="ect", author="A")  # fmt: skip
    found = of_swv(groningen, "ect")
    drawn = bars(found, QUARTERS)
    labels = [bar.label for bar in drawn if bar.lane is Lane.DECISION]
    assert labels == [f"Besluit {number}" for number in range(2, MOST_PER_LANE + 2)]
    assert left_out(found, drawn) == LEFT_OUT


def test_what_people_write_is_never_markup_in_the_drawing(groningen):
    decide(groningen, "<a href='x'>hier</a> & daar", made_on="2024-02-01", body="ALV", kpi="ect",
           author="A")  # fmt: skip
    found = of_swv(groningen, "ect")
    figure = strip(bars(found, QUARTERS), QUARTERS)
    texts = [note.text for note in figure.layout.annotations]
    texts += [text for trace in figure.data for text in trace.text]
    assert not [text for text in texts if "<a" in text]
    assert any("&lt;a" in text for text in texts)
