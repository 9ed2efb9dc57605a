"""The explanation names every word the monitor can use, and its examples are worked out."""

import re

import pytest

from kpi.verdict.before_after import Seen
from kpi.verdict.confidence import LABELS
from kpi.verdict.goal import LIKELY, UNLIKELY, odds_text
from kpi.verdict.promises import AWKWARD, FOUND, ON_ODDS, ON_SCHOOLS, PROMISED, effect_promises
from kpi.verdict.rules import Rule
from kpi.verdict.verdict import Change, Goal, Method
from kpi.view.explanation import sections
from kpi.view.explanation_words import RULES

MOST_WORDS = 85  # of a text without a list


@pytest.fixture
def explained(demo):
    return sections(demo)


def words(explained):
    return [word for section in explained for _, word, _ in section.rows]


@pytest.mark.parametrize("kind", [Change, Goal, Method, Seen])
def test_every_word_is_explained(explained, kind):
    assert set(map(str, kind)) <= set(words(explained))


def test_signs_stand_with_their_words(explained):
    shown = {(sign, word) for section in explained for sign, word, _ in section.rows}
    assert {(item.icon, str(item)) for kind in (Change, Goal, Seen) for item in kind} <= shown


def test_signs_that_stand_together_differ_in_shape():
    for kind in (Change, Goal, Seen):
        assert len({item.icon for item in kind}) == len(kind)


def test_every_rule_is_told(explained):
    told = [point for section in explained for point in section.points]
    assert set(RULES) == set(Rule)
    assert set(RULES.values()) <= set(told)


def test_letters_are_those_of_the_rule(explained):
    section = next(section for section in explained if "A tot en met D" in section.heading)
    assert {letter for letter, _, _ in section.rows} <= set(LABELS)
    assert section.rows[0][0] == "A"
    assert section.rows[-1][0] == "D"


def test_what_is_promised_is_shown_as_it_is_simulated(explained):
    """The same numbers the simulations are held against, for every method that can be wrong."""
    section = next(section for section in explained if "ernaast" in section.heading)
    shown = {word: text for _, word, text in section.rows}
    assert set(shown) == {str(method) for method, rate in PROMISED.items() if rate}
    for method, rate in PROMISED.items():
        if rate:
            assert f" {round(100 * rate)} op de 100 " in shown[str(method)]
    assert section.points == (*ON_ODDS, ON_SCHOOLS)


def test_what_is_promised_of_awkward_worlds_and_what_is_found_is_shown(explained):
    awkward, found = (section for section in explained if section.look_up)
    assert [word for _, word, _ in awkward.rows] == [str(world) for world in AWKWARD]
    for (_, _, text), (_, rate) in zip(awkward.rows, AWKWARD.values(), strict=True):
        assert text == f"hoogstens {round(100 * rate)} op de 100"
    for (_, word, text), (told, rate) in zip(found.rows, FOUND.values(), strict=True):
        assert (word, text) == (told, f"minstens {round(100 * rate)} op de 100")


def test_what_is_promised_of_an_effect_is_shown(explained):
    section = next(section for section in explained if "activiteit" in section.heading)
    assert all(text in section.text for text in effect_promises())
    assert section.example.endswith(f"“{Seen.YES}”.")


def test_examples_end_in_the_word_they_explain(explained):
    examples = " ".join(section.example for section in explained)
    for change in (Change.SMALL, Change.NOT_TESTED, Change.ORDINARY, Change.WORSE):
        assert f"“{change}”" in examples


def test_no_example_stands_at_the_border_between_two_words(explained):
    """ "Kleiner dan 20%" beside an example of "ongeveer 2 op 10" contradicts itself."""
    section = next(section for section in explained if section.heading.startswith("Halen wij"))
    borders = {odds_text(odds) for odds in (LIKELY, UNLIKELY)}
    assert "(kans " in section.example
    assert not any(f"(kans {border})" in section.example for border in borders)
    meaning = {word: text for _, word, text in section.rows}
    for goal in (Goal.LIKELY, Goal.UNCERTAIN, Goal.UNLIKELY):
        assert not any(border in meaning[str(goal)] for border in borders)
        assert "%" in meaning[str(goal)]


def test_names_of_methods_are_explained_before_they_are_used(explained):
    for name in ("XmR", "p′"):
        first = next(
            section
            for section in explained
            if any(name in text for text in (section.text, *(" ".join(r) for r in section.rows)))
        )
        assert name in first.text


def test_what_is_read_in_one_go_is_short(explained):
    for section in explained:
        assert len(section.text.split()) <= MOST_WORDS, section.heading
        for sentence in re.split(r"(?<=[.?!]) ", section.text):
            assert len(sentence.split()) <= 25, sentence


def test_it_takes_ten_minutes(explained):
    total = sum(
        len(" ".join([s.heading, s.text, *s.points, s.example, *map(" ".join, rows)]).split())
        for s in explained
        for rows in [() if s.look_up else s.rows]
    )
    assert 900 <= total <= 2000  # two hundred words a minute
