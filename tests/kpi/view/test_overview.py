"""The overview in words: what comes first, what is said in one sentence, and what is judged."""

from dataclasses import replace

import pytest

from kpi.figure import results
from kpi.meaning.load import DefinitionError, load_kpis
from kpi.verdict.judged import tested as judged_by
from kpi.verdict.judged import verdict
from kpi.verdict.verdict import Change, Goal
from kpi.view.overview import MOST_WORDS, headline, overview, overview_verdicts


@pytest.fixture(scope="module")
def quarters(demo):
    return [p for p in demo.periods.values() if p.period_type == "kwartaal"]


@pytest.fixture(scope="module")
def last(demo, quarters):
    return overview(demo, "SWV", quarters[-1])


def with_change(line, change):
    finding = replace(line.change.finding, change=change)
    return replace(line, change=replace(line.change, finding=finding))


def test_signals_stand_first_then_lapsed_deviations_then_numbers(demo, quarters):
    for quarter in quarters:
        lines = overview(demo, "SWV", quarter).lines
        order = [
            (not line.is_signal, not line.has_lapsed and not line.is_signal, line.result.kpi.number)
            for line in lines
        ]
        assert order == sorted(order), quarter.label
        assert len(lines) == len(demo.kpis)


def test_the_demo_has_a_signal_to_put_first(last):
    assert last.lines[0].is_signal
    assert last.lines[0].name in last.sentence
    count = sum(line.is_signal for line in last.lines)
    assert last.sentence.startswith(f"{count} signa")


def test_the_sentence_names_who_is_not_complete_with_how_many(last):
    late = next(line for line in last.lines if line.result.kpi.id == "thuiszitters")
    assert late.name in last.sentence
    assert late.result.coverage_text in last.missing
    calm = [with_change(line, Change.ORDINARY) for line in last.lines]
    assert f"{late.name} ({late.result.coverage_text})" in headline(calm)


@pytest.mark.parametrize("signals", range(13))
def test_the_sentence_never_has_more_than_25_words(last, signals):
    lines = [
        with_change(line, Change.WORSE if place < signals else Change.ORDINARY)
        for place, line in enumerate(last.lines)
    ]
    sentence = headline(lines)
    assert len(sentence.split()) <= MOST_WORDS
    assert sentence.startswith("Geen signalen." if not signals else f"{signals} signa")


def test_nothing_to_tell_is_told_too(last):
    quiet = [line for line in last.lines if not line.is_due and not line.has_lapsed]
    assert headline([with_change(line, Change.ORDINARY) for line in quiet]) == "Geen signalen."


def test_a_stock_is_judged_by_its_inflow(demo):
    stock = results.figure(demo, "thuiszitters", "SWV", "2025-2026-k4", "stock")
    judged, found = judged_by(demo, stock)
    assert judged.measure.id == "new"
    assert judged.period is stock.period
    assert found.finding == verdict(demo, judged).finding
    assert verdict(demo, stock).finding.change is Change.NOT_TESTED


def test_an_inflow_without_anything_to_say_takes_no_ones_place(demo):
    incomplete = results.figure(demo, "thuiszitters", "SWV", "2026-2027-k1", "stock")
    judged, found = judged_by(demo, incomplete)
    assert judged is incomplete
    assert found.finding.change is Change.TOO_FEW


def test_a_part_is_judged_by_the_same_part(demo):
    stock = results.figure(demo, "thuiszitters", "SWV", "2025-2026-k4", "stock", "kind=av")
    judged, _ = judged_by(demo, stock)
    assert judged.segment == "kind=av"


def test_the_word_says_when_it_is_about_the_inflow(demo, quarters):
    for line in overview(demo, "SWV", quarters[-2]).lines:
        inflow = line.judged is not line.result
        assert line.change_text.startswith("Instroom: ") is inflow
        assert line.change_text.endswith(line.change.finding.change)


def test_several_targets_are_told_by_the_one_that_asks_most(last):
    line = next(line for line in last.lines if line.result.kpi.id == "thuiszitters")
    assert len(line.targeted) == 3
    assert line.others_text == "3 doelen, 1 gehaald"
    assert line.goal.goal is Goal.MISSED


def test_the_order_is_that_of_the_verdicts(demo, last, quarters):
    found = overview_verdicts(demo, "SWV", quarters[-1].period_id)
    assert [line.result for line in last.lines] == [result for result, _ in found]


WRONG = (
    ('tested_by = "nieuw"', "tested_by 'nieuw' is geen maat"),
    ('ended_by = "weg"', "ended_by 'weg' is geen maat"),
    ('tested_by = "counted"', "tested_by 'counted' is zelf een stand"),
)


@pytest.mark.parametrize(("line", "message"), WRONG)
def test_a_definition_with_a_wrong_inflow_is_refused(proef, tmp_path, line, message):
    definitions = tmp_path / "definitions"
    path = definitions / "proef" / "kpi.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('id = "amount"', f'id = "amount"\n{line}'), encoding="utf-8")
    with pytest.raises(DefinitionError, match=message):
        load_kpis(definitions)
