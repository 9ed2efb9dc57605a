"""Figures as objects: what the overview, trends and splits give, and what they say in Dutch."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from kpi.figure import results
from kpi.figure.naming import UnknownName
from kpi.figure.rows import read_wholes, rows_of_series, whole_rows
from kpi.meaning.choices import State
from kpi.meaning.target import Target, TargetKind

K3, K4, K1, K2 = "2022-2023-k3", "2022-2023-k4", "2023-2024-k1", "2023-2024-k2"
ALL = ("L1", "L2", "L3", "L4")
STAY = ("L1", "L2", "L3")


def thing(
    measure, organisation, period, numerator=1, denominator=0, kind=None, result=None, **more
):
    return (
        measure, organisation, period, kind, result, numerator, denominator,
        more.get("person_id"), more.get("provisional", False),
    )  # fmt: skip


def delivery(locations, *periods):
    return [("things", location, period) for location, period in product(locations, periods)]


def target(kind=TargetKind.AT_MOST, amount=5, measure="amount", **more):
    defaults = {"organisation_id": "SWV", "segment": ""}
    amount = None if amount is None else Decimal(str(amount))
    return Target("proef", measure, kind, amount=amount, **{**defaults, **more})


def test_the_overview_shows_the_chosen_quarter_also_when_it_is_missing(monitor_of):
    monitor = monitor_of([thing("amount", "L1", K4, 3)], delivery(ALL, K4))
    (shown,) = results.overview(monitor, "SWV", K4)
    assert (shown.period.period_id, shown.value_text) == (K4, "3 leerlingen")
    (missing,) = results.overview(monitor, "SWV", K1)
    assert (missing.period.period_id, missing.value_text) == (K1, "niet geleverd")


def test_a_year_shown_in_the_overview_is_the_latest_complete_one_with_a_figure(monitor_of):
    years = [("things", name, year) for name in STAY for year in ("2021-2022", "2022-2023")]
    things = [thing("amount", "L1", "2022-2023", 7)]
    monitor = monitor_of(things, years)
    kpi = monitor.kpis["proef"]
    object.__setattr__(kpi, "main_period", "schooljaar")
    (shown,) = results.overview(monitor, "SWV", "2023-2024-k3")
    assert (shown.period.period_id, shown.value) == ("2022-2023", 7)
    assert results.overview(monitor, "SWV", "2023-2024-k4")[0].period.period_id == "2022-2023"


def test_a_trend_holds_every_period_from_the_first_delivery_on(monitor_of):
    monitor = monitor_of([thing("amount", "L1", K4, 3)], delivery(STAY, K4, K2))
    series = results.trend(monitor, "proef", "SWV")
    assert [item.period.period_id for item in series][:3] == [K4, K1, K2]
    assert [item.state for item in series][:3] == [State.VALUE, State.MISSING, State.ZERO]


def test_a_trend_in_a_type_of_period_that_is_not_there_is_refused(monitor_of):
    monitor = monitor_of([], delivery(ALL, K4))
    with pytest.raises(UnknownName, match="wel per kwartaal, schooljaar, kalenderjaar"):
        results.trend(monitor, "proef", "SWV", period_type="week")


def test_a_split_is_shown_in_the_order_of_the_definition(monitor_of):
    things = [thing("amount", "L1", K4, 1, kind="b"), thing("amount", "L1", K1, 2, kind="a")]
    monitor = monitor_of(things, delivery(ALL, K4, K1))
    split = results.by_segment(monitor, "proef", "SWV", K4, "kind")
    assert [(item.segment_label, item.short_text) for item in split] == [
        ("Soort A", "0"),
        ("Soort B", "1"),
    ]


def test_a_split_that_does_not_exist_names_those_that_do(monitor_of):
    monitor = monitor_of([], delivery(ALL, K4))
    with pytest.raises(UnknownName, match="Bedoelde u 'kind'"):
        results.by_segment(monitor, "proef", "SWV", K4, "kin")


def test_locations_come_in_order_of_name_and_without_those_that_closed(monitor_of):
    monitor = monitor_of([thing("amount", "L2", K2, 4)], delivery(ALL, K4, K2))
    shown = results.by_organisation(monitor, "proef", K2)
    assert [(item.organisation.name, item.value) for item in shown] == [
        ("School L1", 0),
        ("School L2", 4),
        ("School L3", 0),
    ]
    boards = results.by_organisation(monitor, "proef", K2, "bestuur")
    assert [item.value for item in boards] == [4, 0]
    of_board = results.by_organisation(monitor, "proef", K2, parent_id="B2")
    assert [item.organisation.organisation_id for item in of_board] == ["L3"]


def test_a_segment_that_never_occurs_is_a_zero_where_delivered(monitor_of):
    monitor = monitor_of([thing("amount", "L1", K4, 3)], delivery(["L1"], K4))
    zero = results.figure(monitor, "proef", "L1", K4, segment="kind=a")
    assert (zero.state, zero.value, zero.value_text) == (State.ZERO, 0, "0 leerlingen")
    missing = results.figure(monitor, "proef", "L3", K4, segment="kind=a")
    assert (missing.state, missing.value) == (State.MISSING, None)
    nothing = results.figure(monitor, "proef", "L1", K4, "part", "kind=a")
    assert nothing.value_text == "n.v.t."


def test_what_is_not_measured_at_a_level_is_not_applicable(monitor_of):
    monitor = monitor_of([], [("money", "SWV", "2023")])
    shown = results.figure(monitor, "proef", "B1", "2023", "whole")
    assert (shown.state, shown.value_text) == (State.NOT_APPLICABLE, "n.v.t.")
    assert results.figure(monitor, "proef", "SWV", "2023", "whole").value_text == "€\u00a00"


def test_coverage_and_change_are_said_in_words(monitor_of):
    things = [thing("part", "L1", K4, 5, 100), thing("part", "L1", K1, 4, 100)]
    monitor = monitor_of(things, delivery(STAY, K4, K1) + delivery(["L4"], K4))
    of_board = results.figure(monitor, "proef", "B1", K1, "part")
    assert of_board.value_text == "4,0%"
    assert of_board.change_text == "−1,0 procentpunt"
    assert of_board.coverage_text == "2 van 2 locaties"
    of_swv = results.figure(monitor, "proef", "SWV", K1, "part")
    assert of_swv.change is None
    assert of_swv.not_comparable_reason == "Het aantal locaties is anders dan in juni 2023."


@pytest.mark.parametrize(
    ("now", "before", "reason"),
    [
        (["L1"], ["L1", "L2"], "Niet alle locaties hebben geleverd over sept 2023."),
        (["L1", "L2"], ["L1"], "Niet alle locaties hebben geleverd over juni 2023."),
        (["L1", "L2"], [], "Er is geen cijfer over juni 2023."),
        (["L1", "L2"], ["L1", "L2"], ""),
    ],
)
def test_why_there_is_no_arrow(monitor_of, now, before, reason):
    monitor = monitor_of([thing("amount", "L1", K1)], delivery(before, K4) + delivery(now, K1))
    shown = results.figure(monitor, "proef", "B1", K1)
    assert shown.not_comparable_reason == reason
    assert bool(shown.change_text) is not bool(reason)


def test_a_break_is_named(monitor_of):
    monitor = monitor_of([], delivery(STAY, K2, "2023-2024-k3"))
    shown = results.figure(monitor, "proef", "SWV", "2023-2024-k3")
    assert shown.is_break
    assert shown.not_comparable_reason == "Reeksbreuk: vanaf mrt 2024 wordt anders geteld."


def test_a_provisional_figure_says_so(monitor_of):
    monitor = monitor_of([thing("amount", "L1", K4, provisional=True)], delivery(ALL, K4))
    assert results.figure(monitor, "proef", "SWV", K4).status_text == "voorlopig"


def test_freshness_and_date_are_known(monitor_of):
    monitor = monitor_of([thing("amount", "L1", K1)], delivery(STAY, K1))
    shown = results.figure(monitor, "proef", "SWV", K1)
    assert shown.when_text == "op 30 september 2023"
    assert (shown.as_of, shown.delivered_on) == (date(2023, 9, 30), date(2024, 10, 3))
    assert shown.deliveries == ("lev-things",)


def test_a_figure_is_not_known_beyond_its_period_nor_beyond_the_day_it_came_in(demo):
    """A list of pupils speaks for its whole school year, while that year has only begun."""
    late = [p for p in demo.periods.values() if p.end_on >= date(2026, 7, 31)]
    told = [result for p in late for result in results.figures(demo, period_id=p.period_id)]
    known = [result for result in told if result.as_of]
    assert len(known) > 100
    for result in known:
        assert result.as_of <= min(result.period.end_on, result.delivered_on), result.key


def test_a_target_is_shown_with_the_distance_in_pupils(monitor_of):
    things = [thing("amount", "L1", K4, 8)]
    monitor = monitor_of(things, delivery(ALL, K4), [target()])
    shown = results.figure(monitor, "proef", "SWV", K4)
    assert (shown.target, shown.gap, shown.gap_units, shown.reached) == (5, 3, 3, False)
    assert shown.target_text == "hoogstens 5 leerlingen"
    assert shown.gap_text == "3 leerlingen boven het doel"
    assert results.figure(monitor, "proef", "B1", K4).target is None


def test_a_distance_of_a_share_is_counted_in_pupils(monitor_of):
    monitor = monitor_of(
        [thing("part", "L1", K4, 30, 1000)], delivery(ALL, K4), [target(amount=2.5, measure="part")]
    )
    shown = results.figure(monitor, "proef", "SWV", K4, "part")
    assert (shown.gap, shown.gap_units) == (0.5, 5)
    assert shown.target_text == "hoogstens 2,5%"


@pytest.mark.parametrize(
    ("amount", "text"),
    [(2.25, "hoogstens 2,25%"), (2.0, "hoogstens 2,0%"), (2.125, "hoogstens 2,13%")],
)
def test_an_agreed_value_is_shown_with_its_own_decimals(monitor_of, amount, text):
    rule = target(amount=amount, measure="part")
    monitor = monitor_of([thing("part", "L1", K4, 30, 1000)], delivery(ALL, K4), [rule])
    assert results.figure(monitor, "proef", "SWV", K4, "part").target_text == text


def test_an_incomplete_figure_is_not_held_against_its_target(monitor_of):
    monitor = monitor_of([thing("amount", "L1", K4, 3)], delivery(["L1"], K4), [target()])
    shown = results.figure(monitor, "proef", "SWV", K4)
    assert (shown.target, shown.reached, shown.gap) == (5, None, None)
    assert shown.gap_text == "nog niet compleet"


def test_a_reduction_starts_from_the_figure_of_its_base_period(monitor_of):
    rule = target(TargetKind.REDUCE_PER_YEAR, 20, base_period=K3)
    things = [thing("amount", "L1", K3, 40), thing("amount", "L1", K1, 30)]
    monitor = monitor_of(things, delivery(ALL, K3, K4, K1), [rule])
    path = [item.target for item in results.trend(monitor, "proef", "SWV")]
    assert path[:3] == [40, 38, 36]
    year = results.figure(monitor, "proef", "SWV", "2023")
    assert year.target is None


def test_not_above_previous_needs_a_comparable_previous_figure(monitor_of):
    rule = target(TargetKind.NOT_ABOVE_PREVIOUS, None)
    things = [thing("amount", "L1", K4, 5), thing("amount", "L1", K1, 4)]
    monitor = monitor_of(things, delivery(STAY, K4, K1) + delivery(["L4"], K4), [
        rule, target(TargetKind.NOT_ABOVE_PREVIOUS, None, organisation_id="B1")
    ])  # fmt: skip
    assert results.figure(monitor, "proef", "SWV", K1).target is None
    board = results.figure(monitor, "proef", "B1", K1)
    assert (board.target, board.reached) == (5, True)


def test_only_series_with_a_target_are_listed_as_targeted(monitor_of):
    things = [thing("amount", "L1", K4, 8, kind="a")]
    rules = [target(segment="kind=a"), target(measure="people", amount=1)]
    monitor = monitor_of(things, delivery(ALL, K4), rules)
    listed = results.targeted(monitor, "proef", "SWV", K4)
    assert [(item.measure.id, item.segment) for item in listed] == [
        ("amount", "kind=a"),
        ("people", ""),
    ]


def test_figures_filter_and_split(monitor_of):
    things = [thing("amount", "L1", K4, 1, kind="a"), thing("amount", "L1", K4, 2, kind="b")]
    monitor = monitor_of(things, delivery(ALL, K4))
    whole = list(results.figures(monitor, "proef", "L1", K4, "amount"))
    assert [item.value for item in whole] == [3]
    split = list(results.figures(monitor, "proef", "L1", K4, "amount", "kind"))
    assert {item.segment: item.value for item in split} == {"kind=a": 1, "kind=b": 2}
    assert len(list(results.figures(monitor, "proef", "L1", K4, "amount", "alle"))) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("proe", "SWV", K4), "KPI 'proe' bestaat niet. Bedoelde u 'proef'?"),
        (("proef", "SWW", K4), "Organisatie 'SWW' bestaat niet. Bedoelde u 'SWV'?"),
        (("proef", "SWV", "2019-2020"), "Over 2019-2020 zijn er geen gegevens. Wel van"),
        (("proef", "SWV", "herfst"), "geen periode"),
        (("proef", "SWV", K4, "amont"), "Bedoelde u 'amount'?"),
        (("proef", "SWV", K4, "amount", "kind=x"), "hoort niet bij uitsplitsing"),
    ],
)
def test_what_does_not_exist_is_named_with_what_does(monitor_of, arguments, message):
    monitor = monitor_of([], delivery(ALL, K4))
    with pytest.raises(UnknownName) as caught:
        results.figure(monitor, *arguments)
    assert message in str(caught.value)


def test_a_period_may_be_written_as_people_do(monitor_of):
    monitor = monitor_of([thing("amount", "L1", K1, 3)], delivery(STAY, K1))
    assert results.figure(monitor, "proef", "swv", "sept 2023").value == 3


def test_squares_of_marks_are_exact_whatever_the_order_in_which_they_were_added(demo):
    found = list(results.figures(demo, "basisondersteuning", measure="score", segment="alle"))
    squares = [item.squares for item in found if item.squares is not None]
    assert len(squares) > 100
    assert all(one == round(one, 6) for one in squares)


def test_wholes_that_are_read_in_one_go_are_those_that_are_read_one_by_one(demo):
    absence = replace(demo.kpis["thuiszitters"], main_segment="kind=av")
    kpis = {**demo.kpis, "thuiszitters": absence}  # its overview shows a part
    alone, at_once = (replace(demo, kpis=kpis, _cache={}, _figures_cache={}) for _ in range(2))
    read_wholes(at_once)
    assert at_once._figures_cache
    for organisation in [*demo.organisations.values()][::5]:
        assert whole_rows(at_once, organisation) == whole_rows(alone, organisation)
    for kpi in kpis.values():
        found = rows_of_series(at_once, kpi, kpi.main, "")
        assert found and found == rows_of_series(alone, kpi, kpi.main, "")
    read = len(at_once._figures_cache)
    rows_of_series(at_once, kpi, kpi.main, "")
    whole_rows(at_once, demo.swv)
    assert len(at_once._figures_cache) == read, "and are not asked for again"
