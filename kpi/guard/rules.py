"""Which numbers are about persons or cases, and when such a number is too small to show."""

from typing import NamedTuple

from kpi.figure.result import KpiResult
from kpi.meaning.choices import Shows
from kpi.meaning.load import Measure

# Units of money, time, marks and things. Every other unit counts persons or their cases.
NOT_PEOPLE = frozenset({"euro", "uren", "dagen", "cijfer", "punten", "plaatsen", "locaties"})
# A share without a unit of its own divides by all pupils of a school: a size everybody may know.
PUPILS = "leerlingen"
OF_A_GROUP = (Shows.SHARE, Shows.PER_100)


class Place(NamedTuple):
    """Where a figure stands; the key of kpi_value."""

    kpi: str
    measure: str
    organisation: str
    period: str
    segment: str


def place_of(result: KpiResult) -> Place:
    """The place of a figure."""
    return Place(*result.key)


def is_about_people(measure: Measure) -> bool:
    """Whether the figure rests on persons or cases; a mean of days or marks does, money does not.

    kpi.toml may say so itself (`protected`) where the unit does not tell.
    """
    if measure.protected is not None:
        return measure.protected
    return measure.shows is Shows.MEAN or measure.counted_unit not in NOT_PEOPLE


def counts_people(measure: Measure) -> bool:
    """Whether the numerator is a number of persons or cases."""
    return is_about_people(measure) and measure.shows is not Shows.MEAN


def divides_by_cases(measure: Measure) -> bool:
    """Whether the denominator is a number of cases too, and not a size everybody may know."""
    if not is_about_people(measure) or not measure.is_ratio:
        return False
    return measure.shows is Shows.MEAN or measure.gap_unit not in ("", PUPILS)


def has_complement(measure: Measure) -> bool:
    """Whether what is left of the denominator is a group of persons or cases as well."""
    return counts_people(measure) and measure.shows in OF_A_GROUP


def is_small(number: float, threshold: int) -> bool:
    """Whether a group of this size could be recognised. An empty group cannot."""
    return 0 < number < threshold


def exposes(measure: Measure, numerator: float, denominator: float, threshold: int) -> bool:
    """Whether a figure by itself shows a small group.

    Small are the persons counted, the group they are part of (then 0 % and 100 % tell about
    everyone in it), and the part of the group that was not counted.
    """
    if not is_about_people(measure):
        return False
    small = []
    if counts_people(measure):
        small.append(numerator)
    if measure.is_ratio:
        small.append(denominator)
    if has_complement(measure):
        small.append(denominator - numerator)
    return any(is_small(number, threshold) for number in small)
