"""Sentences without a verdict: why there is none, and a bare difference."""

import re
from collections.abc import Mapping

from told import FEW, PERIOD, Told, check_figure, counted_alike, is_final, reads
from told_checks import check_break, fail, says

from kpi.verdict.verdict import Method

# No verdict


@says(r"Nog geen oordeel: (?P<why>.+)\.")
def no_figure(told: Told, part: Mapping[str, str]) -> int:
    now, why = told.now, part["why"]
    assert not is_final(now)
    fits = {
        "er is niet geleverd": now.state.value == "missing",
        "het cijfer is hier n.v.t": now.state.value == "not_applicable",
        "maar een deel van de periode is geleverd": now.partial and now.provisional,
        "het cijfer is voorlopig": now.provisional and not now.partial,
        "er telt een aantal <5 mee": now.numerator_more > 0,
    }
    if why not in fits:
        observed, expected = re.fullmatch(r"([\d.]+) van ([\d.]+) locaties leverden", why).groups()
        assert reads(observed, now.observed) and reads(expected, now.expected)
        assert now.observed < now.expected
    return 0 if fits.get(why, True) else fail(f"{why} is niet zo")


@says(r"(?P<have>\d+) van de (?P<need>8|13) nodige metingen(?P<since> sinds .+)?\. "
      r"Wij tonen alleen de lijn\.")  # fmt: skip
def too_few(told: Told, part: Mapping[str, str]) -> int:
    have = len(told.unbroken if part["need"] == "8" else told.run)
    assert have == int(part["have"]) < int(part["need"])
    since = part["since"]
    if since:
        what, label = re.fullmatch(rf" sinds (?:de|het) (.+) vanaf ({PERIOD})", since).groups()
        check_break(told, what.replace("andere aantal", "ander aantal"), label)
    return 0


@says(r"Gemiddeld <now> uit (?P<forms>[\d.]+) meting(?P<many>en)?: te weinig voor een oordeel\.")
def few_forms(told: Told, part: Mapping[str, str]) -> int:
    check_figure(part["now"], told.now)
    assert reads(part["forms"], told.now.denominator) and told.now.denominator < FEW
    assert bool(part["many"]) == (part["forms"] != "1")
    return 0


@says(r"Nu <now>; er is nog geen vergelijkbare eerdere meting\.")
def nothing_before(told: Told, part: Mapping[str, str]) -> int:
    """Of means there may be one before, of too few forms or forms of which little is known."""
    check_figure(part["now"], told.now)
    before = told.run[-2] if len(told.run) > 1 else None
    few = before is not None and (before.denominator < FEW or before.group_squares is None)
    assert before is None or (told.mean and few)
    return 0


@says(r"Nu <now>; de meting ervoor \({then}\) is te lang geleden\.")
def too_long_ago(told: Told, part: Mapping[str, str]) -> int:
    """More than one whole year lies between."""
    check_figure(part["now"], told.now)
    step = told.now.period.position - told.at(part["then"]).period.position
    assert len(told.run) == 1 and step > (5 if told.quarterly else 2)
    return 0


@says(r"Vanaf {since} (?P<what>andere telling|andere bron|ander aantal locaties); "
      r"niet vergelijkbaar met eerder\.")  # fmt: skip
def only_after_break(told: Told, part: Mapping[str, str]) -> int:
    check_break(told, part["what"], part["since"])
    assert len(told.run) == 1 or told.mean
    return 0


# A bare difference


@says(r"Nu <now>\.")
@says(r"Nu <now>; er is nog geen vergelijkbaar cijfer van een jaar eerder\.")
@says(r"Nu <now>; vanaf {since} (?P<what>andere telling|andere bron|ander aantal locaties)\.")
def only_now(told: Told, part: Mapping[str, str]) -> int:
    check_figure(part["now"], told.now)
    assert told.back(4 if told.quarterly else 1) is None
    if "what" in part:
        check_break(told, part["what"], part["since"])
    return 0


@says(r"Nu <now>; er is nog geen eerdere meting van deze school\.")
def first_of_school(told: Told, part: Mapping[str, str]) -> int:
    check_figure(part["now"], told.now)
    earlier = [one for one in told.run[:-1] if one.denominator == told.now.denominator]
    assert not earlier
    return 0


@says(r"Nu <now>; in {then} (?P<what>telden er meer of minder locaties mee)\.")
@says(r"Nu <now>; in {then} (?P<what>kwam een deel uit een andere bron)\.")
def counted_otherwise(told: Told, part: Mapping[str, str]) -> int:
    check_figure(part["now"], told.now)
    then = told.at(part["then"])
    assert then is told.back(4 if told.quarterly else 1)
    if "locaties" in part["what"]:
        assert then.expected != told.now.expected
    else:
        assert then.other_source != told.now.other_source
    return 0


@says(r"Nu <now>; in {then} was dat <old>\.")
@says(r"Nu <now>, (?P<nearly>vrijwel )?gelijk aan {then}\.")
@says(r"Nu <now>: (?P<step>[+−].+) ten opzichte van {then}\.")
def difference(told: Told, part: Mapping[str, str]) -> int:
    check_figure(part["now"], told.now)
    then = told.at(part["then"])
    method = told.verdict.finding.method
    assert counted_alike(then, told.now) or method is Method.INTERVAL
    before = told.run[-2] if len(told.run) > 1 and not told.quarterly else told.back(4)
    assert then is before or method is Method.PAIRED
    step = told.now.value - then.value
    if "old" in part:
        check_figure(part["old"], then)
    elif "step" in part:
        assert reads(part["step"], step) and (step > 0) == (part["step"][0] == "+")
    else:
        assert abs(step) <= 10**-told.now.decimals + 1e-6  # both read the same
        assert (step == 0) == (not part["nearly"])
    return 0
