"""Sentences about means and years, and what must be true for them to be said."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import fmean

from told import FEW, Told, amount, chance, check_figure, reads, total
from told_checks import LEVEL, NUMBERS, SIDES, check_silence, check_step, error_of, says

from kpi.figure.result import KpiResult

# Means


@says(r"Gemiddeld <now>: niet te onderscheiden van <old> \(marge (?P<margin>[\d.,]+)\)\.")
def same_mean(told: Told, part: Mapping[str, str]) -> int:
    before = told.run[-2]
    check_figure(part["now"], told.now)
    check_figure(part["old"], before)
    step, margin = abs(told.now.value - before.value), amount(part["margin"])[0]
    assert step <= margin + 0.05, f"{step} is meer dan de marge {margin}"
    assert margin > 1.95 * error_of(told) - 0.05, f"marge {margin}, fout {error_of(told)}"
    return 0


@says(r"Gemiddeld <now>: aantoonbaar (?P<side>hoger|lager) dan <old> in {then}\."
      r"(?P<advice> Zoek eerst de oorzaak, dan de actie\.)?")  # fmt: skip
def other_mean(told: Told, part: Mapping[str, str]) -> int:
    assert told.at(part["then"]) is told.run[-2]
    side = check_step(told, part["old"], part["now"], 2, SIDES[part["side"]])
    assert abs(told.now.value - told.run[-2].value) > 1.95 * error_of(told)
    return side


# Years


@says(r"Geen aantoonbare trend in vijf (?P<span>jaar|gemeten jaren): "
      r"van <old> naar <now> kan een gewone schommeling zijn\.")  # fmt: skip
def no_trend(told: Told, part: Mapping[str, str]) -> int:
    check_span(told.run[-5:], part)
    check_figure(part["old"], told.run[-5])
    check_figure(part["now"], told.now)
    last = [one.value for one in told.run[-7:]]
    same_way = {(b > a) - (b < a) for a, b in pairwise(last)}
    assert len(last) < 7 or len(same_way) > 1 or same_way == {0} or is_handful(told)
    return 0


@says(r"Aantoonbare (?P<side>stijging|daling) in "
      r"(?P<years>vijf|zeven) (?P<span>jaar|gemeten jaren): van <old> naar <now>\."
      r"(?P<advice> Zoek eerst de oorzaak, dan de actie\.)?")  # fmt: skip
@says(r"Aantoonbare (?P<side>stijging|daling) over "
      r"(?P<years>vijf|zeven) (?P<span>jaar|gemeten jaren) als geheel; nu <now>\."
      r"(?P<advice> Zoek eerst de oorzaak, dan de actie\.)?")  # fmt: skip
def trend(told: Told, part: Mapping[str, str]) -> int:
    """Both years are on that side, or the course as a whole is."""
    years, side = NUMBERS[part["years"]], SIDES[part["side"]]
    values = [one.value for one in told.run[-years:]]
    assert len(values) == years
    check_span(told.run[-years:], part)
    middle = (years - 1) / 2
    slope = sum((place - middle) * value for place, value in enumerate(values))
    late, early = fmean(values[-2:]), fmean(values[:-2])
    assert side * slope > 0 or side * (late - early) > 0
    if years == 7:
        assert all(side * (b - a) > 0 for a, b in pairwise(values))
    if "old" in part:
        return check_step(told, part["old"], part["now"], years, side)
    check_figure(part["now"], told.now)
    assert side * (values[-1] - values[0]) <= 0
    return side


@says(r"Geen aantoonbare trend in vijf (?P<span>jaar|gemeten jaren): "
      r"nu <now>, (?:vrijwel )?gelijk aan {then}\.")  # fmt: skip
def same_as_before(told: Told, part: Mapping[str, str]) -> int:
    assert told.at(part["then"]) is told.run[-5]
    return no_trend(told, {"span": part["span"], "old": part["now"], "now": part["now"]})


@says(r"Het laatste jaar wijkt af: <now>, de vier ervoor (?P<most>hoogstens|minstens) <old>\."
      r"(?P<advice> Zoek eerst de oorzaak, dan de actie\.)?")  # fmt: skip
def leap(told: Told, part: Mapping[str, str]) -> int:
    """Far beyond every one of the four years before, more than chance explains."""
    before, side = told.run[-5:-1], 1 if part["most"] == "hoogstens" else -1
    nearest = max(before, key=lambda one: side * one.value)
    check_figure(part["now"], told.now)
    check_figure(part["old"], nearest)
    assert side * (told.now.value - nearest.value) > 0
    assert chance(told, before, [told.now], spans=(4, 1)) < LEVEL
    return side


def is_handful(told: Told) -> bool:
    """Fewer than ten cases in five years; of a share on its rarer side."""
    top, size = total(told.run[-5:])
    return (top if told.counted else min(top, size - top)) < FEW


def check_span(years: Sequence[KpiResult], part: Mapping[str, str]) -> None:
    """Years in a row are so many years; with one missing between them so many were measured."""
    whole = years[-1].period.position - years[0].period.position == len(years) - 1
    assert (part["span"] == "jaar") == whole


@says(r"Van <old> naar <now> is bij deze aantallen geen signaal\.")
def no_difference(told: Told, part: Mapping[str, str]) -> int:
    check_figure(part["old"], told.run[-2])
    check_figure(part["now"], told.now)
    check_silence(told, told.run[-2:-1], told.run[-1:])
    return 0


@says(r"Aantoonbaar (?P<side>hoger|lager) dan {then}: van <old> naar <now>"
      r"(?: \((?P<percent>[+−]\d+)%\))?\."
      r"(?P<advice> Zoek eerst de oorzaak, dan de actie\.)?")  # fmt: skip
def differs(told: Told, part: Mapping[str, str]) -> int:
    before = told.at(part["then"])
    assert before is told.run[-2]
    if part["percent"]:
        assert told.counted and min(before.numerator, told.now.numerator) >= FEW
        assert reads(part["percent"], 100 * (told.now.numerator / before.numerator - 1))
    assert chance(told, [before], [told.now]) < LEVEL
    return check_step(told, part["old"], part["now"], 2, SIDES[part["side"]])
