"""Every sentence of the made-up SWV is read back and held against the figures it is about.

What a verdict computes is not asked again: amounts, directions, counts and widths are worked out
here from the figures (`told.py`). A sentence of another form than those in `told_*.py` fails, so
that a new one is read too.
"""

from collections import Counter
from random import Random

import pytest
import told_quarters
import told_schools
import told_silent
import told_years
from told import Told
from told_checks import KNOWN
from told_goal import FORMS, Agreement, check_goal

from kpi.figure import results
from kpi.figure.naming import organisations_of
from kpi.meaning.choices import Better, JudgedBy
from kpi.meaning.target import TargetKind
from kpi.verdict.assess import series_of
from kpi.verdict.goal import Asked, judge_goal
from kpi.verdict.judged import every_verdict, verdict
from kpi.verdict.verdict import Change, Method

pytestmark = pytest.mark.xdist_group("demo")
PARTS = (told_quarters, told_schools, told_silent, told_years)  # each adds its forms to KNOWN
LEVELS = ("swv", "bestuur", "locatie")
ADVICE = "Zoek eerst de oorzaak, dan de actie."


@pytest.fixture(scope="module")
def everything(demo) -> list[Told]:
    """Every verdict: all KPIs, measures, levels, periods, and parts with a target."""
    every_verdict(demo)
    found = []
    for kpi in demo.kpis.values():
        for measure in kpi.measures.values():
            for segment in {"", *(s for k, m, s in demo.targets if (k, m) == (kpi.id, measure.id))}:
                for kind, level in ((k, at) for k in measure.periods for at in LEVELS):
                    trends = results.trends_by_organisation(
                        demo, kpi.id, level, measure.id, segment, kind
                    )
                    for course in trends.values():
                        found += [
                            Told(tuple(course[: place + 1]), verdict(demo, one))
                            for place, one in enumerate(course)
                        ]
    return found


def faults(items, check) -> list[str]:
    """What is not as the sentence says: the series, the sentence and why."""
    found = []
    for told in items:
        try:
            check(told)
        except (AssertionError, LookupError, ValueError) as wrong:
            sums = [(round(one.numerator, 2), round(one.denominator, 2)) for one in told.course]
            place = (*told.now.series, told.now.period.label)
            why = str(wrong).splitlines()[:2]
            found.append(f"{place}: {told.verdict.sentence} {why} {sums[-21:]}")
    return found


def read(told: Told) -> tuple[dict[str, str], int]:
    """The parts of the sentence, and the direction that it tells after its check."""
    known = [(form.fullmatch(told.verdict.sentence), check) for form, check in KNOWN]
    matches = [(match.groupdict(), check) for match, check in known if match]
    assert len(matches) == 1, f"{len(matches)} vormen passen"
    parts, check = matches[0]
    return parts, check(told, parts)


def check_change(told: Told) -> None:
    """The sentence is true, and the word beside it follows from its direction."""
    parts, side = read(told)
    change, better = told.verdict.finding.change, told.now.measure.better
    assert change.is_signal == bool(side), f"{change}, richting {side}"
    if side:
        good = {Better.HIGHER: 1, Better.LOWER: -1}.get(better, 0) * side
        expected = {1: Change.BETTER, -1: Change.WORSE}.get(
            good, Change.UP if side > 0 else Change.DOWN
        )
        assert change is expected, f"{change} bij {better}, richting {side}"
    if "advice" in parts:
        assert bool(parts["advice"]) == (change is Change.WORSE)
    assert change is Change.WORSE or ADVICE not in told.verdict.sentence


def test_every_sentence_about_change_is_true(everything):
    assert len(everything) > 40_000
    wrong = faults(everything, check_change)
    assert not wrong, f"{len(wrong)} zinnen:\n" + "\n".join(wrong[:20])


def test_every_kind_of_verdict_was_read(everything):
    """All methods and words occur, so that nothing is true because it was never said."""
    seen = {(one.verdict.finding.method, one.verdict.finding.change) for one in everything}
    assert {method for method, _ in seen} == set(Method)
    assert {change for _, change in seen} == set(Change) - {Change.HIDDEN}


def test_every_sentence_about_a_target_is_true(everything):
    seen = Counter()

    def check(told: Told) -> None:
        deciding = term_end(told)
        rule = deciding.now.target_rule
        asked = Agreement(
            deciding.now.target,
            bool(rule and rule.wants_more),
            float(rule.margin or 0) if rule and rule.kind is TargetKind.AGREED else None,
        )
        seen[check_goal(deciding, told.verdict.goal, asked)] += 1

    wrong = faults(everything, check)
    assert not wrong, f"{len(wrong)} zinnen:\n" + "\n".join(wrong[:20])
    assert set(FORMS) - {"too few", "too far", "on path"} <= set(seen)


def term_end(told: Told) -> Told:
    """The series up to the figure that decides: that of the end of a term that is over."""
    ended = told.now.ended
    if ended is None:
        return told
    upto = [one for one in told.course if one.period.position <= ended.last.position]
    return Told(tuple(upto), told.verdict)


def test_so_is_every_sentence_about_an_agreement_that_could_be_made(everything):
    """The made-up SWV has few targets, so a thousand of its figures get one: seed 11."""
    draw, seen = Random(11), Counter()
    judged = [told for told in everything if told.now.measure.judged_by is not JudgedBy.PAIRED]
    by_measure = {(told.now.kpi.id, told.now.measure.id): [] for told in judged}
    for told in judged:
        by_measure[told.now.kpi.id, told.now.measure.id].append(told)
    for number in range(1000):
        told = draw.choice(by_measure[draw.choice(list(by_measure))])
        asked, agreed = made_agreement(draw, told, kind=number % 6)
        goal = judge_goal(series_of(told.course), asked)
        form = check_goal(told, goal, agreed)
        seen[form] += 1
    assert set(seen) >= set(FORMS) - {"none"}, seen


def made_agreement(draw: Random, told: Told, *, kind: int) -> tuple[Asked, Agreement]:
    """An agreement near the figure: on its end, on its way, too far, a norm, a band, or over."""
    decimals = told.now.decimals + draw.choice([0, 0, 2])
    value = round((told.now.value or 1.0) * draw.uniform(0.7, 1.3), decimals)
    margin = round(value * 0.1, decimals) if kind == 4 else None
    wants_more = margin is None and draw.random() < 0.5
    asked = Asked(
        now=value,
        at_end=value,
        ahead={1: draw.choice([1, 3]), 2: 21, 3: 1}.get(kind, 0),
        end_label="juli 2027" if kind == 5 else told.now.period.label,
        wants_more=wants_more,
        agreed=draw.random() < 0.5,
        margin=margin,
        is_norm=kind == 3,
        ended=told.now.period.position if kind == 5 else None,
    )
    return asked, Agreement(value, wants_more, margin)


def test_schools_that_are_held_against_themselves_are_counted(demo, everything):
    seen = 0
    for told in everything:
        place = told.now.organisation
        if told.now.measure.judged_by is JudgedBy.PAIRED and place.organisation_type != "locatie":
            parts, _ = read(told) if "scholen met" in told.verdict.sentence else ({}, 0)
            if parts:
                assert told_schools.school_counts(parts) == steps_of_schools(demo, told)
                seen += 1
    assert seen


def steps_of_schools(demo, told: Told) -> tuple[int, int, int]:
    """How many schools rose, fell and have two figures of as many parts, by hand."""
    now, steps = told.now, []
    whole = now.organisation.organisation_type == "swv"
    boards = organisations_of(demo, "bestuur", None, now.period) if whole else [now.organisation]
    trends = results.trends_by_organisation(
        demo, now.kpi.id, "locatie", now.measure.id, now.segment, now.period.period_type
    )
    for board in boards:
        for school in organisations_of(demo, "locatie", board.organisation_id, now.period):
            course = trends.get(school.organisation_id, [])
            upto = tuple(one for one in course if one.period.position <= now.period.position)
            final = [one for one in upto if one.value is not None and one.observed == one.expected]
            if len(final) > 1 and final[-1].period.position == now.period.position:
                then, last = final[-2:]
                if then.denominator == last.denominator:
                    steps.append(round(last.value - then.value, 9))
    return sum(step > 0 for step in steps), sum(step < 0 for step in steps), len(steps)
