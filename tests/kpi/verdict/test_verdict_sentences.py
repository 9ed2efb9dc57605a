"""Every sentence the verdicts can say, made in one place and read as a board member would."""

import inspect
import re
from dataclasses import replace
from itertools import product

from made_series import counts, means, points_of, shares

from kpi.meaning.choices import Better, JudgedBy, PeriodType, Shows
from kpi.verdict import (
    goal_sentences,
    paired_sentences,
    promises,
    quarter_sentences,
    reasons,
    sentences,
)
from kpi.verdict.limits import Limits
from kpi.verdict.rules import Flag, Rule
from kpi.verdict.series import Pair, Series
from kpi.verdict.verdict import Goal, Method

YEAR = PeriodType.SCHOOLJAAR
ENGLISH = (
    "the|and|with|years?|lower|higher|than|mean|counts?|between|share|rate|value|none|nan|inf|"
    "true|false|not|before|after|from|quarter|target|forecast"
)
NEVER = ("significant", "outlier", "uitschieter", "prestatie", "percentage verandering")
MOST_WORDS = 25
TOPS = ([0, 1], [1, 0], [1, 1], [3, 5], [9, 12], [40, 21], [1234, 1500], [1201, 1201], [12, 12])
LONG = "schooljaar 2023-2024"


def long_labels(series: Series) -> Series:
    points = tuple(replace(point, label=LONG) for point in series.points)
    return replace(series, points=points)


def shapes() -> list[Series]:
    """Counts, shares, rates, means and money; one and many; short and long labels."""
    found = []
    for tops, unit in product(TOPS, ["leerlingen", "verwijzingen", "OPP's", "klachten", "euro"]):
        found.append(counts([*tops * 4][:7] + tops, unit=unit, better=Better.HIGHER))
    for tops, decimals in product(TOPS, (0, 1, 2)):
        sizes = [max(tops) + 300, max(tops) + 7]
        found.append(shares([*tops * 4][:7] + tops, (sizes * 5)[:9], decimals=decimals))
        per = shares(
            [*tops * 4][:7] + tops, (sizes * 5)[:9], shows=Shows.PER_1000, unit="leerlingen"
        )
        found.append(per)
    marks = [[7] * 12, [8, 8, 9, 7] * 6, [7, 8] * 40, [8] * 9, [10]]
    found += [means(marks[:size]) for size in (2, 3, 4, 5)]
    days = points_of([1000, 900], [30, 20], Shows.MEAN, YEAR)
    found.append(Series(Shows.MEAN, "dagen", Better.LOWER, YEAR, days))
    found.append(shares([2500000, 3100000], [60000000, 61000000], judged_by=JudgedBy.THRESHOLD))
    found += [replace(series, better=Better.LOWER) for series in found]
    return found + [long_labels(series) for series in found]


def broken(series: Series) -> Series:
    """The same, with another way of counting from the last period on."""
    return replace(series, points=(*series.points[:-1], replace(series.last, version=2)))


def merged(series: Series, before: int, other: int = 0) -> Series:
    """The same with 34 locations now; before that another number, or of some another source."""
    earlier = tuple(
        replace(point, locations=before, other_source=other) for point in series.points[:-1]
    )
    return replace(series, points=(*earlier, replace(series.last, locations=34)))


def with_pair(series: Series) -> Series:
    return replace(series, pairs=(Pair(series.points[0], series.last),))


def drawn(series: Series) -> Limits:
    value = series.last.value or 0.0
    count = len(series.points)
    line = (value,) * count
    return Limits(line, line, (0.6 * value,) * count, (1.4 * value + 1,) * count)


SIDES = (-1, 1)
FLAGS = [
    Flag(rule, side, length)
    for rule, side in product(Rule, SIDES)
    if rule is not Rule.COURSE  # has a sentence of its own
    for length in ((7, 8, 9) if rule in (Rule.TREND, Rule.SHIFT) else (3,))
]
BOUNDS = (0.0, 1.0, 8.0, 31.4, 1200.0)
# For every function that makes a sentence about a series: what else it may be given.
ABOUT_CHANGE = {
    "not_usable": [{}],
    "difference": [{}],
    "few_forms": [{}],
    "no_comparison": [{}],
    "same_mean": [{"margin": 0.4}, {"margin": 12.0}],
    "other_mean": [{"side": side} for side in SIDES],
    "no_trend": [{"years": 5}],
    "trend": [{"side": side, "years": 5} for side in SIDES],
    "leap": [{"side": side, "years": 5} for side in SIDES],
    "no_difference": [{}],
    "differs": [{"side": side} for side in SIDES],
    "too_few": [{"needed": 13, "have_now": 4}, {"needed": 8, "have_now": 7}],
}
ABOUT_QUARTERS = {
    "course": [{"side": side, "seasonal": one} for side, one in product(SIDES, (True, False))],
    "signal": [{"flag": flag, "seasonal": one} for flag, one in product(FLAGS, (True, False))],
}
MOVES = ((1, 0, 1), (6, 5, 1), (28, 19, 8), (5, 0, 0), (0, 0, 0), (1200, 1100, 100))
ABOUT_SCHOOLS = {
    "one_school": [{}],
    "schools_moved": [
        {"schools": schools, "rose": rose, "fell": fell, "side": side}
        for (schools, rose, fell), side in product(MOVES, SIDES)
    ],
}
ABOUT_GOALS = {
    "reached": [
        {"asked": asked, "wants_more": more} for asked, more in product(BOUNDS, (True, False))
    ],
    "missed": [
        {"asked": asked, "wants_more": more} for asked, more in product(BOUNDS, (True, False))
    ],
    "on_path": [
        {"asked": asked, "wants_more": more, "met": met}
        for asked, more, met in product(BOUNDS, (True, False), (True, False))
    ],
    "ended": [
        {"until": "september 2024", "asked": asked, "wants_more": more, "met": met}
        for asked, more, met in product(BOUNDS, (True, False), (True, False))
    ],
}
WHY_NOT = (
    "er is geen cijfer over 2019-2020, dus er is geen basis",
    "over 2019-2020 leverden maar 31 van 34 locaties, dus er is geen basis",
)
PLAIN = {
    "expected": [
        goal_sentences.expected(goal, label, odds)
        for goal in (Goal.LIKELY, Goal.UNCERTAIN, Goal.UNLIKELY)
        for label in (LONG, "dec 2024")
        for odds in (0.0, 0.04, 0.06, 0.14, 0.3, 0.5, 0.949, 0.951, 1.0)
    ],
    "too_far": [goal_sentences.too_far(LONG)],
    "later": [goal_sentences.later(LONG, odds) for odds in (0.0, 0.5, 1.0)],
    "no_figure": [goal_sentences.no_figure(why) for why in ("", "31 van 34 locaties leverden")],
    "not_asked": [*map(goal_sentences.not_asked, WHY_NOT)],
    "ended_unknown": [goal_sentences.ended_unknown("september 2024", why) for why in WHY_NOT],
    "few_schools": [paired_sentences.few_schools(*move) for move in MOVES],
    "same_schools": [paired_sentences.same_schools(*move) for move in MOVES],
}
OWN = {"ordinary", "difference_with", "small_counts", "year_differs"}  # need limits or points
TEXTS = {"odds_text", "now"}  # part of a sentence, or after one


def public(module) -> set[str]:
    return {
        name
        for name, item in inspect.getmembers(module, inspect.isfunction)
        if item.__module__ == module.__name__ and not name.startswith("_")
    }


def test_no_sentence_is_left_out():
    """A new function that makes a sentence must be named here."""
    modules = (sentences, quarter_sentences, goal_sentences, paired_sentences)
    known = (ABOUT_CHANGE, ABOUT_QUARTERS, ABOUT_GOALS, ABOUT_SCHOOLS, PLAIN, OWN, TEXTS)
    assert set().union(*map(public, modules)) == set().union(*known)


def enough(name: str, series: Series) -> bool:
    """Whether this sentence can be said about a series of this length and kind."""
    needs = {"no_trend": 5, "trend": 5, "signal": 9}
    needs |= dict.fromkeys(("same_mean", "other_mean", "no_difference", "differs"), 2)
    return len(series.run) >= needs.get(name, 1) and (name != "few_forms" or not series.is_count)


def every_sentence() -> set[str]:
    said = {text for texts in PLAIN.values() for text in texts}
    for series in shapes():
        for name, options in ABOUT_CHANGE.items():
            if enough(name, series):
                said |= {getattr(sentences, name)(series, **option) for option in options}
        for name, options in ABOUT_QUARTERS.items():
            if enough(name, series):
                said |= {getattr(quarter_sentences, name)(series, **option) for option in options}
        for name in ("difference", "no_comparison", "too_few"):
            changed = (
                broken(series), merged(series, 20), merged(series, 35), merged(series, 34, 1),
                merged(series, 34, 9),
            )  # fmt: skip
            for other in changed:
                said.add(getattr(sentences, name)(other, **ABOUT_CHANGE[name][0]))
        for name, options in ABOUT_GOALS.items():
            said |= {getattr(goal_sentences, name)(series, **option) for option in options}
        for name, options in ABOUT_SCHOOLS.items():
            for other in (series, with_pair(series)):
                said |= {getattr(paired_sentences, name)(other, **option) for option in options}
        parts = (series.points[:1], series.points[-1:])
        if all(series.size_of(one) for part in parts for one in part):
            said.add(quarter_sentences.small_counts(series, *parts))
            said.add(quarter_sentences.small_counts(series, parts[1], parts[1]))
            said |= {quarter_sentences.year_differs(series, *parts, side) for side in SIDES}
        for seasonal in (True, False):
            said.add(quarter_sentences.ordinary(series, drawn(series), seasonal=seasonal))
    for why in (
        "",
        "er is niet geleverd",
        "31 van 34 locaties leverden",
        "het cijfer is hier n.v.t.",
    ):
        point = replace(counts([1]).last, usable=False, why_not=why)
        said.add(sentences.not_usable(replace(counts([1]), points=(point,))))
    for module in (reasons, goal_sentences):
        said |= {
            value
            for name, value in vars(module).items()
            if name.isupper() and isinstance(value, str) and value.endswith(".")
        }
    said |= {promises.promise(method) for method in Method}
    said |= {world for world, _ in promises.awkward_promises() if world.count(".") == 1}
    return said | set(promises.ON_ODDS) | {promises.ON_SCHOOLS}


SAID = sorted(every_sentence())


def test_there_are_many():
    assert len(SAID) > 1500


def offenders(wrong) -> list[str]:
    return [sentence for sentence in SAID if wrong(sentence)]


def test_at_most_25_words():
    assert not offenders(lambda sentence: len(sentence.split()) > MOST_WORDS)


def test_written_as_a_sentence():
    assert not offenders(lambda sentence: not sentence.endswith("."))
    assert not offenders(lambda sentence: sentence.endswith(".."))
    assert not offenders(lambda sentence: not re.match("[A-Z0-9€]", sentence))
    assert not offenders(lambda sentence: "  " in sentence or sentence != sentence.strip())
    assert not offenders(lambda sentence: re.search(r" [.,:;]|\(\)|\{|\}", sentence))


def test_dutch_and_without_forbidden_words():
    english = re.compile(rf"\b({ENGLISH})\b", re.I)
    assert not offenders(lambda sentence: english.search(sentence))
    assert not offenders(lambda sentence: any(word in sentence.lower() for word in NEVER))


def test_one_pupil_is_singular():
    one = re.compile(r"(?<![\d.,])1 (leerlingen|klachten|verwijzingen|OPP's|dagen|metingen)\b")
    assert not offenders(one.search)
    many = re.compile(
        r"(?<![\d.,])(0|[2-9]|\d\d+) (leerling|klacht|verwijzing|OPP|dag|meting)\b(?!')"
    )
    assert not offenders(many.search)


def test_dutch_numbers():
    assert not offenders(lambda sentence: re.search(r"\d{5,}|\d\.\d{1,2}\b|\d\.\d{4}", sentence))
    assert not offenders(re.compile(r"(?<!\d{4})-\d").search)


def test_a_change_in_percent_only_from_ten():
    small = re.compile(r"van \d naar|naar \d (leerling|klacht|verwijzing|OPP)")
    assert not offenders(lambda sentence: "%)" in sentence and small.search(sentence))
