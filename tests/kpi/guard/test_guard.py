"""What a reader outside the bureau gets of a figure, and what must not be in it."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from kpi.figure import results
from kpi.guard.guard import Audience, NotGuarded, guard
from kpi.guard.together import together
from kpi.meaning.choices import State
from kpi.meaning.load import DefinitionError, load_kpis
from kpi.meaning.target import Target, TargetKind
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
            "group_squares",
            "group_sizes",
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


def after_a_small_number(demo):
    """Figures of locations that are large enough themselves, and that of the period before not."""
    found = [
        later
        for series in results.trends_by_organisation(demo, "thuiszitters", "locatie").values()
        for before, later in zip(series, series[1:], strict=False)
        if 0 < before.numerator < 5 <= later.numerator
    ]
    assert found
    return found


def test_the_figure_of_the_period_before_is_protected_too(demo):
    found = after_a_small_number(demo)
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
    found = after_a_small_number(demo)
    shown = guard(demo, found, Audience.BUITEN)
    for result in found:
        judged = shown.verdict(result)
        assert judged.finding.change is Change.HIDDEN
        assert judged.finding.method is Method.NONE
        assert judged.finding.limits is judged.expected_next is judged.was_expected is None
        assert not any(letter.isdigit() for letter in judged.sentence)


def test_what_was_not_delivered_is_never_taken_for_hidden(demo):
    """A dot where a school did not deliver would say that it has a small number."""
    found = [
        result
        for kpi in demo.kpis.values()
        for measure in kpi.measures
        for result in results.by_organisation(demo, kpi.id, YEAR, "locatie", measure)
    ]
    missing = [result for result in found if result.state is State.MISSING]
    assert missing
    shown = guard(demo, found, Audience.BUITEN)
    assert {shown.of(result).state for result in missing} == {State.MISSING}


def test_the_order_in_which_figures_are_asked_for_changes_nothing(demo):
    found = locations(demo) + locations(demo, measure="new") + locations(demo, measure="ended")
    mixed = list(found)
    Random(7).shuffle(mixed)
    assert guard(demo, found, Audience.BUITEN).hidden == guard(demo, mixed, Audience.BUITEN).hidden


def test_two_papers_for_the_same_readers_hide_the_same(demo):
    schools, whole = locations(demo), results.trend(demo, "thuiszitters", demo.swv.organisation_id)
    one = guard(demo, schools, Audience.BUITEN, beside=together(demo, whole))
    other = guard(demo, whole, Audience.BUITEN, beside=together(demo, schools))
    assert one.hidden == other.hidden
    assert one.hidden_count < len(one.hidden)
    with pytest.raises(NotGuarded):
        one.of(whole[0])


def test_one_number_in_two_figures_is_hidden_in_both(demo):
    found = [
        *locations(demo, "verwijzingen_vso", "referrals"),
        *locations(demo, "verwijzingen_vso", "referral_share"),
    ]
    shown = guard(demo, found, Audience.BUITEN)
    hidden = {"referrals": set(), "referral_share": set()}
    for result in found:
        if shown.is_hidden(result):
            hidden[result.measure.id].add(result.organisation.organisation_id)
    assert hidden["referrals"] and hidden["referrals"] <= hidden["referral_share"]


def test_hours_of_a_few_cases_are_hidden_with_them(demo):
    found = [*locations(demo, "ect", "hours"), *locations(demo, "ect", "closed")]
    shown = guard(demo, found, Audience.BUITEN)
    closed = {r.organisation.organisation_id: r for r in found if r.measure.id == "closed"}
    few = [
        result
        for result in found
        if result.measure.id == "hours"
        and 0 < closed[result.organisation.organisation_id].numerator < 5
    ]
    assert few and all(shown.is_hidden(result) for result in few)


def test_the_rest_of_a_total_is_hidden_too(monitor_of):
    """A board of 10 with a school of 8 tells the 2 of the school that is not in the document."""
    monitor = monitor_of(
        [
            ("amount", "L1", "2023-2024-k2", "a", None, 8, 0, None, False),
            ("amount", "L2", "2023-2024-k2", "a", None, 2, 0, None, False),
        ],
        [("things", school, "2023-2024-k2") for school in ("L1", "L2", "L3")],
    )
    found = [
        results.figure(monitor, "proef", place, "2023-2024-k2", "amount") for place in ("B1", "L1")
    ]
    assert guard(monitor, found, Audience.BUITEN).hidden_count == 1
    assert not guard(monitor, found[:1], Audience.BUITEN).hidden_count


def test_a_target_does_not_tell_the_hidden_figure_it_comes_from(monitor_of):
    target = Target(
        "proef", "amount", TargetKind.NOT_ABOVE_PREVIOUS, organisation_id="SWV",
        valid_from=date(2023, 1, 1),
    )  # fmt: skip
    monitor = monitor_of(
        [
            ("amount", "L1", "2023-2024-k1", "a", None, 3, 0, None, False),
            ("amount", "L1", "2023-2024-k2", "a", None, 8, 0, None, False),
        ],
        [("things", s, p) for s in ("L1", "L2", "L3") for p in ("2023-2024-k1", "2023-2024-k2")],
        targets=[target],
    )
    result = results.figure(monitor, "proef", "SWV", "2023-2024-k2", "amount")
    assert (result.target, result.previous) == (3.0, 3.0)
    shown = guard(monitor, [result], Audience.BUITEN).of(result)
    assert shown.value == 8.0
    assert (shown.target, shown.target_rule, shown.gap_units, shown.reached) == (None,) * 4
    assert (shown.previous, shown.not_comparable_short) == (None, "eerder niet getoond")


def test_what_has_a_target_by_now_stays_and_what_is_less_dear_is_hidden(monitor_of):
    """A part of 2 beside one of 8: hidden is that one too, or else their sum."""
    quarter = "2023-2024-k2"
    monitor = monitor_of(
        [("counted", "L1", quarter, "a", None, 2, 0, None, False),
         ("counted", "L1", quarter, "b", None, 8, 0, None, False)],
        [("things", school, quarter) for school in ("L1", "L2", "L3")],
    )  # fmt: skip
    found = [
        results.figure(monitor, "proef", "L1", quarter, "counted", segment)
        for segment in ("kind=a", "kind=b", "")
    ]

    def hidden(targets):
        shown = guard(replace(monitor, targets=targets), found, Audience.BUITEN)
        return [shown.is_hidden(result) for result in found]

    assert hidden({}) == [True, True, False]
    target = Target("proef", "counted", TargetKind.AT_MOST, segment="kind=b", amount=Decimal(9))
    assert hidden({target.about: [target]}) == [True, False, True]


@pytest.mark.parametrize(
    ("relation", "word"),
    [("amount is part", "niet te lezen"), ("amount = amuont", "amuont"),
     ("amount = part@soort=a", "soort")],
)  # fmt: skip
def test_a_wrong_relation_in_a_definition_is_named(proef, tmp_path, relation, word):
    path = tmp_path / "definitions" / "proef" / "kpi.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f'relations = ["{relation}"]\n{text}', encoding="utf-8")
    with pytest.raises(DefinitionError, match=word):
        load_kpis(tmp_path / "definitions")
