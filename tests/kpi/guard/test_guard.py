"""What a reader outside the bureau gets of a figure, and what must not be in it."""

from dataclasses import fields

import pytest

from kpi import results
from kpi.choices import State
from kpi.guard.guard import Audience, NotGuarded, guard
from kpi.verdict.verdict import Change, Method

YEAR, QUARTER = "2024-2025", "2024-2025-k2"


def locations(monitor, kpi="thuiszitters", measure="stock", period=QUARTER, segment=None):
    return results.by_organisation(monitor, kpi, period, "locatie", measure, segment)


def test_a_small_count_is_hidden_and_nothing_of_it_stays(demo):
    found = locations(demo)
    shown = guard(demo, found, Audience.BUITEN)
    small = [result for result in found if 0 < result.numerator < 5]
    assert small
    for result in small:
        hidden = shown.of(result)
        assert hidden.state is State.SUPPRESSED
        assert hidden.short_text == "•, niet getoond"
        telling = {
            "value",
            "numerator",
            "denominator",
            "squares",
            "previous",
            "gap_units",
            "reached",
        }
        for item in fields(hidden):
            if item.name in telling:
                assert not getattr(hidden, item.name), item.name
        assert (hidden.change, hidden.gap, hidden.change_text, hidden.gap_text) == (
            None, None, "", "",
        )  # fmt: skip
    assert shown.hidden_count >= len(small)
    assert "minder dan 5" in shown.note


@pytest.mark.parametrize("audience", [Audience.BUREAU, Audience.INSPECTIE])
def test_who_is_entitled_sees_everything(demo, audience):
    found = locations(demo)
    shown = guard(demo, found, audience)
    assert [shown.of(result) for result in found] == found
    assert (shown.hidden_count, shown.note) == (0, "")


def test_a_figure_that_was_not_decided_about_is_refused(demo):
    first, *others = locations(demo)
    shown = guard(demo, others, Audience.BUITEN)
    for ask in (shown.of, shown.is_hidden, shown.verdict):
        with pytest.raises(NotGuarded):
            ask(first)


def test_the_figure_of_the_period_before_is_protected_too(demo):
    found = [
        result
        for location in results.trends_by_organisation(demo, "thuiszitters", "locatie").values()
        for before, result in zip(location, location[1:], strict=False)
        if 0 < before.numerator < 5 <= result.numerator
    ]
    assert found
    shown = guard(demo, found, Audience.BUITEN)
    for result in found:
        assert shown.of(result).previous is None
        assert shown.of(result).change_text == ""


def test_money_is_never_hidden(demo):
    found = [*results.figures(demo, "verdeling_middelen", segment="alle"),
             *results.figures(demo, "reserve")]  # fmt: skip
    shown = guard(demo, found, Audience.BUITEN)
    assert not shown.hidden_count


def test_a_verdict_on_a_hidden_figure_says_nothing(demo):
    found = locations(demo)
    shown = guard(demo, found, Audience.BUITEN)
    said = {repr(shown.verdict(result)) for result in found if shown.is_hidden(result)}
    assert len(said) == 1


def test_a_verdict_on_a_series_with_small_numbers_says_nothing(demo):
    """The sentence names limits and means that small earlier figures are part of."""
    found = [
        later
        for series in results.trends_by_organisation(demo, "thuiszitters", "locatie").values()
        for before, later in zip(series, series[1:], strict=False)
        if 0 < before.numerator < 5 <= later.numerator
    ]
    assert found
    shown = guard(demo, found, Audience.BUITEN)
    for result in found:
        judged = shown.verdict(result)
        assert judged.finding.change is Change.NOT_TESTED
        assert judged.finding.method is Method.NONE
        assert judged.finding.limits is judged.expected_next is judged.was_expected is None
        assert not any(letter.isdigit() for letter in judged.sentence)
