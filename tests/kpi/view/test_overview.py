"""The overview in words: what comes first, what is said in one sentence, and what is judged."""

from dataclasses import replace

import pytest

from kpi.figure import results
from kpi.figure.naming import organisations_of
from kpi.meaning.choices import State
from kpi.meaning.load import DefinitionError, load_kpis
from kpi.verdict.judged import tested as judged_by
from kpi.verdict.judged import verdict
from kpi.verdict.verdict import Change, Goal
from kpi.view.line import WordReason
from kpi.view.overview import MOST_WORDS, headline, overview
from kpi.view.standing import counts_short


@pytest.fixture(scope="module")
def quarters(demo):
    return [p for p in demo.periods.values() if p.period_type == "kwartaal"]


@pytest.fixture(scope="module")
def last(demo, quarters):
    return overview(demo, "SWV", quarters[-1])


def with_change(line, change):
    finding = replace(line.change.finding, change=change)
    return replace(line, change=replace(line.change, finding=finding))


def with_goal(line, goal):
    """All targets of the line in one state."""
    targets = [replace(t, goal=replace(t.goal, goal=goal), over=None) for t in line.targets]
    return replace(line, targets=tuple(targets))


def test_what_needs_a_word_stands_first_by_its_reason_and_then_by_number(demo, quarters):
    every = [*WordReason, None]
    for quarter in quarters:
        lines = overview(demo, "SWV", quarter).lines
        order = [
            (every.index(next(iter(line.why), None)), line.result.kpi.number) for line in lines
        ]
        assert order == sorted(order), quarter.label
        assert len(lines) == len(demo.kpis)


def test_the_demo_has_a_signal_to_put_first(last):
    assert last.lines[0].is_signal


def test_the_sentence_tells_good_from_bad_and_counts_what_is_missed(last):
    assert last.sentence == (
        "1 slechter, 1 beter, 1 hoger; 4 doelen niet gehaald, waarvan 1 bewust; "
        "1 afwijking verlopen. Nog niet compleet: Basisondersteuning en Thuiszitters."
    )
    calm = [with_goal(line, Goal.REACHED) for line in last.lines]
    quiet = [with_change(line, Change.ORDINARY) for line in calm if not line.is_due]
    worse = with_change(quiet[0], Change.WORSE)
    said = headline([worse, *quiet[1:]])
    assert said == f"1 slechter: {worse.name}; 1 afwijking verlopen."


def test_the_sentence_names_who_is_not_complete_with_how_many(last):
    late = next(line for line in last.lines if line.result.kpi.id == "thuiszitters")
    assert late.name in last.sentence
    assert late.result.coverage_text in last.missing
    calm = [with_change(replace(line, targets=()), Change.ORDINARY) for line in last.lines]
    assert f"{late.name} ({late.result.coverage_text})" in headline(calm)


@pytest.mark.parametrize("signals", range(13))
def test_the_sentence_never_has_more_than_25_words(last, signals):
    lines = [
        with_change(line, Change.WORSE if place < signals else Change.ORDINARY)
        for place, line in enumerate(last.lines)
    ]
    sentence = headline(lines)
    assert len(sentence.split()) <= MOST_WORDS
    assert sentence.startswith("Geen signalen; " if not signals else f"{signals} slechter")


def test_nothing_to_tell_is_told_too(last):
    quiet = [line for line in last.lines if not line.is_due and not line.targets]
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
    assert line.counts_text == "4 doelen: 1 gehaald, 1 niet gehaald, 2 niet te toetsen"
    assert line.counts_short == "1 van 2 gehaald"
    told = line.target
    assert told.goal.goal is Goal.ENDED_MISSED
    assert told.name == "Leerlingen in de periode, Langdurig relatief verzuim (LRV)"
    assert (told.figure_text, told.asked_text) == (
        "nu 38 leerlingen, 2025-2026", "liep tot juli 2024",
    )  # fmt: skip
    assert not line.is_own_target


@pytest.mark.parametrize(
    ("goals", "said"),
    [
        ([Goal.NOT_TESTABLE], "1 doel"),
        ([Goal.NOT_TESTABLE] * 8, "8 doelen"),
        ([Goal.REACHED, *[Goal.NOT_TESTABLE] * 2], "1 van 1 gehaald"),
        ([Goal.MISSED, Goal.NOT_TESTABLE], "0 van 1 gehaald"),
        ([Goal.MISSED, Goal.LIKELY, Goal.REACHED], "3 doelen, 1 gehaald"),
        ([Goal.HIDDEN] * 2, "2 doelen"),
        ([Goal.NOT_TESTABLE, Goal.HIDDEN], "2 doelen"),
    ],
)
def test_nought_is_not_said_of_what_cannot_be_tested(last, goals, said):
    some = next(line for line in last.lines if line.result.kpi.id == "tevredenheid").target
    assert not some.result.ended
    assert (
        counts_short([replace(some, goal=replace(some.goal, goal=goal)) for goal in goals]) == said
    )


def test_what_is_asked_is_not_shown_when_it_would_tell_a_number(last):
    line = next(line for line in last.lines if line.result.kpi.id == "tevredenheid")
    bare = replace(line.target.result, target=None, target_rule=None, ended=None)
    hidden = replace(line.target, result=bare, goal=replace(line.target.goal, goal=Goal.HIDDEN))
    assert hidden.asked_text == hidden.asked_short == "niet getoond"


def test_a_target_is_beside_its_own_measure_and_every_target_is_counted(demo, quarters):
    """Whatever the measure of the row: the value beside a target is what it was agreed on."""
    for quarter in quarters[8:]:
        for line in overview(demo, "SWV", quarter).lines:
            agreed = {t for t in demo.targets if t[0] == line.result.kpi.id}
            about = {item.result.subject.target_key for item in line.targets}
            assert about <= agreed
            for item in line.targets:
                known = demo.targets[item.result.subject.target_key]
                assert (item.over and item.over.rule in known) or item.result.target_rule in known
            if quarter is quarters[-1]:
                assert about == agreed
            if len(line.targets) > 1:
                assert line.counts_text.startswith(f"{len(line.targets)} doelen: ")


def test_a_missed_target_needs_a_word_unless_that_was_agreed(last):
    lines = {line.result.kpi.id: line for line in last.lines}
    assert lines["thuiszitters"].why == (WordReason.MISSED,)
    reserve = lines["reserve"]
    assert reserve.target.goal.goal is Goal.MISSED
    assert reserve.deviation_text == "bewust, t/m 31 dec 2026"
    assert not reserve.needs_word
    unexcused = replace(reserve, targets=(replace(reserve.target, deviation=None),))
    assert unexcused.why == (WordReason.MISSED,)
    assert with_goal(unexcused, Goal.UNLIKELY).why == (WordReason.UNLIKELY,)
    for goal in (Goal.UNCERTAIN, Goal.REACHED, Goal.NOT_TESTABLE, Goal.HIDDEN, Goal.UNKNOWN):
        assert not with_goal(unexcused, goal).needs_word


def test_a_term_is_over_on_its_day_and_not_when_the_next_year_is_in(demo):
    def lrv(period):
        lines = overview(demo, "SWV", demo.periods[period]).lines
        line = next(line for line in lines if line.result.kpi.id == "thuiszitters")
        return next(item for item in line.targets if item.result.segment == "kind=lrv")

    before, after = lrv("2023-2024-k4"), lrv("2024-2025-k1")
    assert before.over is None
    assert (after.result.period.period_id, after.goal.goal) == ("2023-2024", Goal.MISSED)
    assert after.asked_text == "hoogstens 15 leerlingen, liep tot juli 2024"
    assert after.is_open and after.asks_change


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


def test_a_target_is_named_in_one_line_by_its_measure_and_as_much_of_its_part_as_fits(last):
    names = {item.name: item.short_name(32) for line in last.lines for item in line.targets}
    for line in last.lines:
        for item in line.targets:
            assert item.short_name(32).startswith(item.result.measure.label)
            assert len(item.short_name(32)) <= max(32, len(item.result.measure.label) + 2)
    assert names["Leerlingen in de periode, Langdurig relatief verzuim (LRV)"] == (
        "Leerlingen in de periode, LRV"
    )
    whole = "Deel van alle uitgaven, Expertise, maatwerk en tussenvoorzieningen"
    assert names[whole] == "Deel van alle uitgaven …"
    assert names["Gemiddelde score, Veilig schoolklimaat"] == "Gemiddelde score, Veilig …"


def test_of_a_figure_that_does_not_exist_here_nothing_is_said(demo, quarters):
    for organisation in ("SWV", "90001", "90005", "90AC00"):
        for line in overview(demo, organisation, quarters[-1]).lines:
            if line.result.state is State.NOT_APPLICABLE:
                told = (line.change_words, line.change_note, line.letter, line.result.coverage_text)
                assert told == ("– n.v.t.", "", "–", "n.v.t.")
            else:
                assert line.letter == line.verdict.confidence.label
                assert line.change_words == f"{line.change.finding.change.icon} {line.change_text}"


def test_what_is_missing_of_a_board_or_location_is_its_own(demo, quarters):
    """Beside the figures of a board that is complete there was told who else is late."""
    quarter = quarters[-1]
    late = set()
    for kind in ("bestuur", "locatie"):
        for place in organisations_of(demo, kind, None, quarter):
            found = results.figure(demo, "thuiszitters", place.organisation_id, quarter.period_id)
            missing = overview(demo, place.organisation_id, quarter).missing
            if found.is_complete or not found.expected:
                assert missing == f"Alles over {quarter.label} is binnen.", place.name
            else:
                alone = found.expected == 1
                assert f"({'niet geleverd' if alone else found.coverage_text})" in missing
                late.add(kind)
    assert late == {"bestuur", "locatie"}
