"""Sentences about quarters, and what must be true for them to be said."""

from collections.abc import Mapping
from itertools import pairwise
from statistics import fmean

from told import Told, amount, chance, check_figure, reads, total
from told_checks import (
    CALM,
    SIDES,
    WIDEST,
    check_silence,
    check_step,
    check_year,
    from_mean,
    like_the_last,
    number_of,
    says,
    shown,
    two_years,
)

# Quarters: year against year

FOUR = r"[\d.]+ \([^()]+\)"  # cases of four quarters, and how much that is in one of them


@says(r"Het laatste jaar <now>, evenveel als het jaar ervoor\.")
@says(rf"In vier kwartalen (?P<now>{FOUR}), evenveel als in de vier ervoor\.")
@says(r"Van <old> naar <now> in een jaar is bij deze aantallen geen signaal\.")
@says(rf"Van (?P<old>{FOUR}) naar (?P<now>{FOUR}) in vier kwartalen "
      r"is bij deze aantallen geen signaal\.")  # fmt: skip
def no_other_year(told: Told, part: Mapping[str, str]) -> int:
    before, after = two_years(told)
    check_year(told, part["now"], after)
    check_year(told, part.get("old", part["now"]), before)
    check_silence(told, before, after)
    return 0


@says(r"Aantoonbaar (?P<side>hoger|lager): het laatste jaar <now>, het jaar ervoor <old>\."
      r"(?P<advice> Zoek eerst de oorzaak, dan de actie\.)?")  # fmt: skip
@says(r"Aantoonbaar (?P<side>hoger|lager): "
      rf"in vier kwartalen (?P<now>{FOUR}), in de vier ervoor (?P<old>{FOUR})\."
      r"(?P<advice> Zoek eerst de oorzaak, dan de actie\.)?")  # fmt: skip
def other_year(told: Told, part: Mapping[str, str]) -> int:
    before, after = two_years(told)
    check_year(told, part["now"], after)
    check_year(told, part["old"], before)
    side = SIDES[part["side"]]
    (old, first), (new, second) = total(before), total(after)
    assert side * (new / (second or 1) - old / (first or 1)) > 0
    assert chance(told, before, after) < CALM
    return side


# Quarters: limits


@says(r"Geen aantoonbare verandering: tussen (?P<low>[\d.,]+%?) en <high> is normaal "
      r"voor dit (?P<what>cijfer|kwartaal)\.")  # fmt: skip
def ordinary(told: Told, part: Mapping[str, str]) -> int:
    """Within, whole cases rounded inwards, and no wider than anyone could believe."""
    high, _, size = part["high"].partition(" van de ")
    low_end, high_end = amount(part["low"])[0], amount(high)[0]
    value = told.now.numerator if size or told.counted else told.now.value
    scale = value / told.now.value if told.now.value else told.now.denominator / 100
    scale = 1.0 if told.counted or not size else scale
    whole = bool(size) or told.counted
    room = 0.0 if whole else 0.5 * 10 ** -amount(high)[1]
    assert low_end - room - 1e-6 <= value <= high_end + room + 1e-6, f"{value} ligt erbuiten"
    limits = told.verdict.finding.limits
    assert low_end >= limits.lower[-1] * scale - room - 1e-6
    assert high_end <= limits.upper[-1] * scale + room + 1e-6
    assert not size or reads(size, told.now.denominator)
    believed = WIDEST * shown(told, part["what"] == "kwartaal") * scale
    assert high_end - low_end <= believed + 2 * room + 1e-6, f"breder dan {believed}"
    return 0


@says(r"<now>: (?P<side>hoger|lager) dan de gewone schommeling(?P<season> in dit kwartaal)?\."
      r"(?P<advice> Zoek eerst de oorzaak, dan de actie\.)?")  # fmt: skip
def outside(told: Told, part: Mapping[str, str]) -> int:
    """Beyond every earlier one of its quarter, but for one that was strange itself."""
    check_figure(part["now"], told.now)
    side, earlier = SIDES[part["side"]], like_the_last(told, bool(part["season"]))
    beyond = [one for one in earlier if side * (one.value - told.now.value) >= 0]
    assert len(beyond) <= max(1, len(earlier) / 10), f"{len(beyond)} van {len(earlier)} even ver"
    assert side * (told.now.value - fmean(one.value for one in earlier)) > 0
    return side


@says(r"<now>: twee van de laatste drie metingen opvallend (?P<side>hoog|laag)\."
      r"(?P<advice> Zoek eerst de oorzaak, dan de actie\.)?")  # fmt: skip
def near_the_limit(told: Told, part: Mapping[str, str]) -> int:
    check_figure(part["now"], told.now)
    side, limits = SIDES[part["side"]], told.verdict.finding.limits
    assert all(side * step > 0 for step in from_mean(told)[-3:])
    ends = (limits.upper if side > 0 else limits.lower)[-3:]
    near = [
        abs(step) > 2 / 3 * abs(end - mean)
        for step, end, mean in zip(from_mean(told)[-3:], ends, limits.mean[-3:], strict=True)
    ]
    assert near[-1] and sum(near) >= 2
    return side


@says(r"(?P<many>\w+) metingen op rij (?P<side>gestegen|gedaald)"
      r"(?P<season>, het seizoen niet meegeteld)?, sinds {since}\."
      r"(?P<advice> Zoek eerst de oorzaak, dan de actie\.)?")  # fmt: skip
def in_a_row(told: Told, part: Mapping[str, str]) -> int:
    side, many = SIDES[part["side"]], number_of(part["many"])
    means = told.verdict.finding.limits.mean
    levels = [one.value / mean for one, mean in zip(told.run, means, strict=True)][-many:]
    assert all(side * (b - a) > 0 for a, b in pairwise(levels))
    assert told.run[-many] is told.at(part["since"])
    assert bool(part["season"]) == (max(means) - min(means) > 1e-6)
    return side


@says(r"Aantoonbaar (?P<side>hoger|lager) sinds {since}: (?P<many>\w+) metingen op rij "
      r"(?P<where>boven|onder) (?:het|(?P<season>hun)) gemiddelde\."
      r"(?P<advice> Zoek eerst de oorzaak, dan de actie\.)?")  # fmt: skip
def shift(told: Told, part: Mapping[str, str]) -> int:
    side, many, steps = SIDES[part["side"]], number_of(part["many"]), from_mean(told)
    assert SIDES[part["where"]] == side and many >= 7
    assert all(side * step > 0 for step in steps[-many:])
    assert len(steps) == many or side * steps[-many - 1] <= 0, "er gaan er meer vooraf"
    assert told.run[-many] is told.at(part["since"])
    means = told.verdict.finding.limits.mean
    assert bool(part["season"]) == (max(means) - min(means) > 1e-6)
    return side


@says(r"Gestage (?P<side>stijging|daling) sinds {since}: van <old> naar <now>\."
      r"(?P<advice> Zoek eerst de oorzaak, dan de actie\.)?")  # fmt: skip
@says(r"Gestage (?P<side>stijging|daling) sinds {since}; nu <now>\."
      r"(?P<advice> Zoek eerst de oorzaak, dan de actie\.)?")  # fmt: skip
def course(told: Told, part: Mapping[str, str]) -> int:
    """From the first quarter, or the first one of the same time of the year."""
    since, end = told.at(part["since"]), told.now.period.position
    same = [one for one in told.run if (end - one.period.position) % 4 == 0]
    assert since in (told.run[0], same[0])
    side, half = SIDES[part["side"]], len(told.run) // 2
    halves = [fmean(one.value for one in some) for some in (told.run[:half], told.run[half:])]
    assert side * (halves[1] - halves[0]) > 0
    if "old" in part:
        back = len(told.run) - told.run.index(since)
        return check_step(told, part["old"], part["now"], back, side)
    check_figure(part["now"], told.now)
    return side
