"""What holds for every figure, verdict and sentence of the made-up SWV, at every level."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest

from kpi.figure import results
from kpi.figure.naming import periods_of
from kpi.figure.result import KpiResult
from kpi.meaning.choices import JudgedBy, Shows
from kpi.verdict.assess import Verdict
from kpi.verdict.judged import every_verdict, verdict
from kpi.verdict.series import MOST_OTHER_LOCATIONS
from kpi.verdict.verdict import Change, Goal, Method
from kpi.view.comparison import comparisons
from kpi.view.overview import overview
from kpi.view.reference import references

pytestmark = pytest.mark.xdist_group("demo")
MOST_WORDS = 25
NEVER = ("significant", "outlier", "uitschieter", "prestatie", "nan", "None")


@dataclass(frozen=True)
class Judged:
    """A figure with the series it ends, up to and including itself."""

    course: tuple[KpiResult, ...]
    verdict: Verdict

    @property
    def now(self) -> KpiResult:
        return self.course[-1]

    @property
    def said(self) -> str:
        return self.verdict.sentence


@pytest.fixture(scope="module")
def everything(demo) -> list[Judged]:
    """Every verdict on a whole: all KPIs, measures, levels and periods."""
    every_verdict(demo)
    found = []
    for kpi in demo.kpis.values():
        for measure in kpi.measures.values():
            for kind in measure.periods:
                for level in ("swv", "bestuur", "locatie"):
                    trends = results.trends_by_organisation(
                        demo, kpi.id, level, measure.id, "", kind
                    )
                    for course in trends.values():
                        found += [
                            Judged(tuple(course[: place + 1]), verdict(demo, result))
                            for place, result in enumerate(course)
                        ]
    assert len(found) > 40_000
    return found


def alike(course) -> list[KpiResult]:
    """What may be held against the last figure: complete, counted alike, no wide gap between."""
    now = course[-1]
    widest = 5 if now.period.period_type == "kwartaal" else 2
    found: list[KpiResult] = []
    for result in reversed(course):
        if result.definition_version != now.definition_version:
            break
        usable = result.has_number and result.is_complete and not result.provisional
        room = MOST_OTHER_LOCATIONS * now.expected
        places = abs(result.expected - now.expected) <= room
        sources = abs(result.other_source - now.other_source) <= room
        if usable and places and sources and not result.numerator_more:
            if found and found[-1].period.position - result.period.position > widest:
                break
            found.append(result)
        elif not found:
            break
    return found


def test_no_sentence_names_a_period_beyond_a_break_or_a_change_in_coverage(everything):
    """Schools that are held against themselves may: they are the same schools, counted alike."""
    for item in everything:
        if item.now.measure.judged_by is JudgedBy.PAIRED:
            continue
        inside = {result.period.label for result in alike(item.course)}
        for result in item.course:
            label = re.compile(rf"(?<![\w-]){re.escape(result.period.label)}(?![\w-])")
            if result.period.label not in inside and result is not item.now:
                told = label.search(item.said)
                assert not told or "is te lang geleden" in item.said, item.said


def test_no_signal_rests_on_periods_beyond_a_break_or_a_change_in_coverage(everything):
    for item in everything:
        finding = item.verdict.finding
        if item.now.measure.judged_by is JudgedBy.PAIRED:
            continue
        if finding.change.is_signal:
            assert len(alike(item.course)) >= 2
        if finding.limits:
            inside = [result.period.period_id for result in reversed(alike(item.course))]
            assert list(finding.periods) == inside


def test_no_arrow_spans_a_break_or_a_change_in_coverage(everything):
    for item in everything:
        for before, now in pairwise(item.course[-2:]):
            same = (
                now.definition_version == before.definition_version
                and now.is_complete and before.is_complete
                and now.expected == before.expected
                and now.other_source == before.other_source
                and not now.partial and not before.partial
                and now.provisional == before.provisional
            )  # fmt: skip
            assert same or (now.change is None and now.change_text == "")


def test_a_bare_difference_is_only_told_with_the_same_number_of_locations(everything):
    for item in everything:
        told = re.search(r" ten opzichte van (.+)\.$", item.said)
        if told and item.now.measure.judged_by is not JudgedBy.PAIRED:
            (then,) = [r for r in item.course if r.period.label == told.group(1)]
            assert then.expected == item.now.expected
            assert then.other_source == item.now.other_source
            if item.now.period.period_type == "kwartaal":
                assert then.period.period_id == item.now.period.year_ago_period_id


def test_who_is_counted_again_is_never_tested(everything):
    for item in everything:
        measure = item.now.measure
        if measure.is_standing or measure.shows in (Shows.STOCK, Shows.PERSONS):
            assert item.verdict.finding.change in (Change.NOT_TESTED, Change.TOO_FEW)


def test_no_verdict_on_a_mean_of_fewer_than_ten_forms(everything):
    seen = 0
    for item in everything:
        mean = item.now.measure.shows is Shows.MEAN
        if mean and item.now.measure.judged_by is JudgedBy.ROUTER and item.now.denominator < 10:
            assert item.verdict.finding.change in (Change.NOT_TESTED, Change.TOO_FEW)
            assert item.verdict.goal.odds is None
            assert item.verdict.goal.goal in (Goal.NONE, Goal.UNKNOWN)
            seen += 1
    assert seen > 100


def test_no_change_in_percent_when_the_smaller_count_is_below_ten(everything):
    seen = 0
    for item in everything:
        if re.search(r"\([+−]\d+%\)", item.said):
            before, now = item.course[-2:]
            assert min(before.numerator, now.numerator) >= 10
            seen += 1
    assert seen


def test_every_sentence_of_a_verdict_can_be_read_aloud(everything):
    """At most 25 words, a capital, one full stop at the end, no forbidden word."""
    said = {
        text
        for item in everything
        for text in (item.said, item.verdict.goal.sentence, item.verdict.finding.reason)
    }
    assert len(said) > 5000
    check(said)


def check(said) -> None:
    for text in said:
        assert len(text.split()) <= MOST_WORDS, text
        assert re.match(r"[A-Z0-9€−]", text) and text.endswith(".") and ".." not in text, text
        assert not any(word in text for word in NEVER), text
        assert not re.search(r"\d\.\d{1,2}\b|\d{5,}|  | [.,:;]", text), text


def test_every_other_sentence_too(demo):
    """The overview, the fair comparison and the published figures, at every level."""
    quarters = periods_of(demo, "kwartaal")
    said = {
        overview(demo, place.organisation_id, quarter).sentence
        for place in demo.organisations.values()
        for quarter in quarters[-4:]
    }
    for kpi in demo.kpis.values():
        for measure in kpi.measures.values():
            for kind in measure.periods:
                period = periods_of(demo, kind)[-2]
                figure = results.figure(demo, kpi.id, "SWV", period.period_id, measure.id, "")
                said |= {item.sentence for item in comparisons(demo, figure)}
                said |= {item.sentence for item in references(demo, kpi.id, measure.id, "", kind)}
    assert len(said) > 30
    for text in said:
        assert len(text.split()) <= MOST_WORDS, text


def test_a_comparison_with_many_names_stays_short(demo):
    figure = results.figure(demo, "verwijzingen_vso", "SWV", "2024-2025", "referral_share", "")
    found = comparisons(demo, figure)[0]
    out = tuple(
        replace(place, unit=replace(place.unit, stands_out=1, too_small=False))
        for place in found.places
    )
    for number in range(len(out) + 1):
        told = replace(found, places=out[:number] + found.places[number:])
        assert len(told.sentence.split()) <= MOST_WORDS, told.sentence
    assert told.sentence.startswith(f"{len(out)} scholen vallen op: zoek eerst de oorzaak.")


def test_a_year_and_the_four_quarters_it_is_made_of_get_one_verdict(everything):
    """Of plain counts; the group of a share is another one in a year."""
    by_end = {
        (item.now.subject, item.now.period.end_on): item
        for item in everything
        if item.now.period.period_type == "kwartaal"
    }
    compared = 0
    for item in everything:
        quarters = by_end.get((item.now.subject, item.now.period.end_on))
        if quarters is None or quarters is item or item.now.measure.shows is not Shows.TOTAL:
            continue
        both = (item, quarters)
        if any(one.verdict.finding.method is not Method.INTERVAL for one in both):
            continue
        years = [result.numerator for result in alike(item.course)[:2]]
        last = [result.numerator for result in quarters.course[-8:]]
        if years == [sum(last[4:]), sum(last[:4])]:
            signals = {one.verdict.finding.change.is_signal for one in both}
            assert len(signals) == 1, (item.said, quarters.said)
            compared += 1
    assert compared > 500
