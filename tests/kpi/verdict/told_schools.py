"""Sentences about the same schools at two moments."""

from collections.abc import Mapping

from told import Told
from told_checks import SIDES, says


@says(r"Nog geen school heeft twee metingen om te vergelijken\.")
@says(r"Van (?P<all>\d+ scholen|1 school) met twee metingen (?P<rose>ste\w+ er \w+) en "
      r"(?P<fell>daald\w+ er \w+): te weinig voor een oordeel\.")  # fmt: skip
@says(r"Geen aantoonbare verandering: van (?P<all>\d+ scholen|1 school) met twee metingen "
      r"(?P<rose>ste\w+ er \w+) en (?P<fell>daald\w+ er \w+)\.")  # fmt: skip
@says(r"Aantoonbaar (?P<side>hoger|lager): van (?P<all>\d+ scholen|1 school) met twee metingen "
      r"(?P<rose>ste\w+ er \w+) en (?P<fell>daald\w+ er \w+)\."
      r"(?P<advice> Zoek eerst de oorzaak, dan de actie\.)?")  # fmt: skip
def schools(told: Told, part: Mapping[str, str]) -> int:
    """How many there are is counted by the test itself, which knows the schools."""
    rose, fell, all_schools = school_counts(part)
    assert rose + fell <= all_schools
    if "side" not in part:
        return 0
    assert SIDES[part["side"]] * (rose - fell) > 0
    return SIDES[part["side"]]


def school_counts(part: Mapping[str, str]) -> tuple[int, int, int]:
    """How many schools rose, fell and were measured twice, as told."""
    if "all" not in part:
        return 0, 0, 0
    for told in (part["rose"], part["fell"]):
        verb, count = told.split(" er ")
        assert (verb in ("stegen", "daalden")) == (count not in ("1", "geen")), told
    rose, fell = (
        int(part[name].split(" er ")[1].replace("geen", "0")) for name in ("rose", "fell")
    )
    return rose, fell, int(part["all"].split()[0])
