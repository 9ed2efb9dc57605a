"""The forms of sentences about change, and what their checks share.

A form is a pattern with its check; a check gets the verdict and the parts of the sentence and
returns the direction that is told: +1, −1, or 0 when none is. It fails when the figures do not say
so. The forms are in `told_silent`, `told_years`, `told_quarters` and `told_schools`.
"""

import re
from collections.abc import Callable, Mapping
from math import sqrt

from told import FIGURE, PERIOD, Told, as_number, chance, check_figure, is_final, reads, total

from kpi.meaning.choices import PeriodType, Shows

Check = Callable[[Told, Mapping[str, str]], int]
NUMBERS = {"vijf": 5, "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12}
SIDES = {"hoger": 1, "lager": -1, "stijging": 1, "daling": -1, "gestegen": 1, "gedaald": -1,
         "boven": 1, "onder": -1, "hoog": 1, "laag": -1}  # fmt: skip
LEVEL = 0.05
WIDEST = 3  # times what a quarter has shown
CALM = 0.08  # mid-p; a series that scatters less than chance may be believed a little sooner
KNOWN: list[tuple[re.Pattern[str], Check]] = []


def says(pattern: str) -> Callable[[Check], Check]:
    """One form of a sentence, with <name> for a figure and {name} for a period."""

    def keep(check: Check) -> Check:
        written = re.sub(r"(?<!\?P)<(\w+)>", lambda m: f"(?P<{m[1]}>{FIGURE})", pattern)
        written = re.sub(r"\{([a-z]+)\}", lambda m: f"(?P<{m[1]}>{PERIOD})", written)
        KNOWN.append((re.compile(written), check))
        return check

    return keep


def fail(text: str) -> int:
    raise AssertionError(text)


def number_of(word: str) -> int:
    return NUMBERS.get(word.lower()) or int(word)


def check_step(told: Told, old: str, new: str, back: int, side: int) -> int:
    """Both figures are those of their periods, differ that way, and read so."""
    check_figure(old, told.run[-back])
    check_figure(new, told.now)
    assert side * (told.now.value - told.run[-back].value) > 0
    assert side * (as_number(new) - as_number(old)) > 0, f"{old} en {new}"
    return side


def check_break(told: Told, what: str, label: str) -> None:
    """The series begins here, because the last figure before was counted otherwise."""
    first = told.run[0]
    assert told.at(label) is first
    place = told.course.index(first)
    before = [one for one in told.course[:place] if is_final(one)][-1]
    fits = {
        "andere telling": before.definition_version != told.now.definition_version,
        "andere bron": before.other_source != told.now.other_source,
        "ander aantal locaties": before.expected != told.now.expected,
    }
    assert fits[what], f"{what} is niet zo"


def error_of(told: Told) -> float:
    """Standard error of the difference of the last two means, as their groups show it."""
    return sqrt(sum(one.group_squares / one.denominator**2 for one in told.run[-2:]))


def two_years(told: Told):
    """The four quarters before and the last four, nothing left out."""
    assert len(told.unbroken) >= 8
    return told.run[-8:-4], told.run[-4:]


def check_year(told: Told, text: str, year) -> None:
    """The text is the sum of four quarters, of a share with how much that is in one: 19 (0,7%)."""
    top, size = total(year)
    told_top, _, part = text.partition(" (")
    assert reads(told_top, top), f"{text} ≠ {top}"
    assert bool(part) != told.counted
    assert not part or reads(part, (told.now.measure.shows.factor or 1) * top / size), text


def check_silence(told: Told, before, after) -> None:
    """Of small counts it is not silent about what nobody would call chance.

    Quarters may scatter more than chance, and the years that they make with them: of a whole year
    in one quarter little can be said.
    """
    known = PeriodType.KWARTAAL in told.now.measure.periods
    if total(before)[0] + total(after)[0] < 40 and not known:
        assert chance(told, before, after) > 0.02, "dit is geen toeval"


def from_mean(told: Told) -> list[float]:
    """How far each figure is from its own mean."""
    means = told.verdict.finding.limits.mean
    return [one.value - mean for one, mean in zip(told.run, means, strict=True)]


def like_the_last(told: Told, seasonal: bool):
    """Earlier figures, of the same quarter when there is a season."""
    at = told.now.period.position
    return [one for one in told.run[:-1] if not seasonal or (at - one.period.position) % 4 == 0]


def shown(told: Told, seasonal: bool) -> float:
    """How far apart figures have ever been, or at least two deviations of chance.

    Of one quarter the last figure is one of them, and at least one case or half a deviation.
    """
    earlier, mean = like_the_last(told, seasonal), told.verdict.finding.limits.mean[-1]
    values = [one.value for one in earlier] + ([told.now.value] if seasonal else [])
    size = 1.0 if told.counted else told.now.denominator
    factor = 100 if told.now.measure.shows is Shows.SHARE else 1
    deviation = factor * sqrt(max(1.0, mean / factor * size)) / size
    least = max(factor / size, deviation / 2) if seasonal else 2 * deviation
    return max(max(values) - min(values), least)
