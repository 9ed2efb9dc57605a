"""The made-up SWV VO Voorbeeldstad: its boards, its locations and how many pupils they have.

Every name and code is invented (BRIN codes of real schools never start with 90-97). Nothing here
describes a real school or a real child. All randomness comes from `stream`, so the same program
always makes the same files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

SWV_NAME = "SWV VO Voorbeeldstad (verzonnen)"
FIRST_YEAR, LAST_YEAR = 2019, 2025  # complete school years, by the year they start
KNOWN_UNTIL = date(2026, 9, 30)
MUNICIPALITIES = {"Voorbeeldstad": "9901", "Oefendorp": "9902", "Proefhuizen": "9902"}
RMC_REGIONS = {"9901": "99", "9902": "98"}  # two regions that do not exist

BOARDS = {
    "90001": "Stichting Lindenhof Onderwijs",
    "90002": "Scholengroep De Waterkant",
    "90003": "Stichting Openbaar VO Voorbeeldstad",
    "90004": "Vereniging Horizon Onderwijs",
    "90005": "Stichting Zilverberk",
    "90006": "Scholengemeenschap Het Kompas",
    "90007": "Stichting Eigen Wijze Scholen",
    "90008": "Stichting Speciaal Voorbeeld",
}


@dataclass(frozen=True)
class School:
    """One location. `size` is the number of pupils in 2019; dates are None when open-ended."""

    code: str
    name: str
    board: str
    size: int
    kind: str = "vo"
    place: str = "Voorbeeldstad"
    from_on: date | None = None
    to_on: date | None = None
    merged_into: str | None = None
    former_name: str | None = None
    renamed_on: date | None = None
    former_board: str | None = None
    moved_on: date | None = None

    def open_on(self, day: date) -> bool:
        """Whether the location teaches on that day."""
        return (self.from_on or day) <= day <= (self.to_on or day)

    def board_on(self, day: date) -> str:
        """The board responsible on that day."""
        moved = self.former_board and self.moved_on and day < self.moved_on
        return self.former_board if moved and self.former_board else self.board

    def name_on(self, day: date) -> str:
        """The name on the sign on that day."""
        renamed = self.former_name and self.renamed_on and day < self.renamed_on
        return self.former_name if renamed and self.former_name else self.name


MERGED_ON = date(2023, 8, 1)  # Horizon Oost goes up in Horizon College
SCHOOLS = (
    School("90AB00", "Lindenhof Lyceum", "90001", 1180),
    School("90AB01", "Lindenhof Mavo", "90001", 490),
    School("90AB02", "Lindenhof Vakcollege", "90001", 600),
    School("90AB03", "Lindenhof Praktijkschool", "90001", 190, "pro"),
    School("90AC00", "College De Esdoorn", "90001", 790, place="Oefendorp"),
    School("91CD00", "Waterkant College", "90002", 990),
    School("91CD01", "Waterkant Mavo", "90002", 430),
    School("91CD02", "Waterkant Beroepscollege", "90002", 580),
    School("91CE00", "Gymnasium De Brug", "90002", 640),
    School("92EF00", "Voorbeeld College Centrum", "90003", 930),
    School("92EF01", "Voorbeeld College Noord", "90003", 540),
    School("92EF02", "Voorbeeld College Zuid", "90003", 450),
    School("92EF03", "Praktijkschool De Werkplaats", "90003", 165, "pro"),
    School("92EG00", "Openbaar Lyceum Oefendorp", "90003", 820, place="Oefendorp"),
    School("92EG01", "De Oever", "90003", 310, place="Oefendorp",
           former_name="Mavo Oefendorp", renamed_on=date(2022, 8, 1)),
    School("93HJ00", "Horizon College", "90004", 1050),
    School("93HJ01", "Horizon Mavo", "90004", 510),
    School("93HJ02", "Horizon Vakschool", "90004", 560),
    School("93HJ03", "Horizon Oost", "90004", 290,
           to_on=date(2023, 7, 31), merged_into="93HJ00"),
    School("93HJ04", "Horizon Junior", "90004", 240, place="Proefhuizen"),
    School("93HJ05", "Horizon Technasium", "90004", 60, from_on=date(2022, 8, 1)),
    School("94KL00", "Zilverberk Lyceum", "90005", 710),
    School("94KL01", "Zilverberk Mavo", "90005", 390),
    School("94KL02", "Zilverberk Kader", "90005", 350),
    School("94KL03", "Zilverberk Proefhuizen", "90005", 220, place="Proefhuizen"),
    School("95MN00", "Het Kompas", "90006", 660),
    School("95MN01", "Het Kompas Zuid", "90006", 330),
    School("95MP00", "De Noordster", "90006", 260, place="Oefendorp"),
    School("96PR00", "Vrije School Voorbeeldstad", "90007", 400),
    School("96PR01", "Montessori Voorbeeldstad", "90007", 480),
    School("96PR02", "Daltoncollege Het Veld", "90007", 590),
    School("96PR03", "Jenaplanschool De Kring", "90005", 170,
           former_board="90007", moved_on=date(2021, 8, 1)),
    School("97ST00", "VSO De Klimboom", "90008", 195, "vso"),
    School("97ST01", "VSO Het Baken", "90008", 235, "vso"),
    School("97ST02", "VSO De Haven", "90008", 180, "vso", place="Oefendorp"),
)  # fmt: skip
# Small locations that are no more; nothing is drawn for them, so that they change nothing else.
FORMER = (
    School("96PR04", "Vrije School De Linde", "90007", 41,
           to_on=date(2021, 1, 31), merged_into="96PR00"),
    School("95MN02", "Het Kompas Haven", "90002", 22, to_on=date(2021, 12, 31),
           former_board="90006", moved_on=date(2021, 1, 1)),
)  # fmt: skip
FORMER_PUPILS = {"96PR04": (41, 37), "95MN02": (22, 15, 3)}  # from 2019-2020
BY_CODE = {school.code: school for school in (*SCHOOLS, *FORMER)}


def stream(topic: str) -> Random:
    """A random stream of its own per topic, so that one file can change without the others."""
    return Random(f"voorbeeldstad 2026: {topic}")


def label(year: int) -> str:
    """The school year that starts in that year: 2019 → 2019-2020."""
    return f"{year}-{year + 1}"


def start_year(day: date) -> int:
    """The year in which the school year of that day starts (1 August)."""
    return day.year if day.month >= 8 else day.year - 1


def quarter_ends() -> list[date]:
    """Every count date from 30 September 2019 up to and including 30 September 2026."""
    ends = [
        date(year, month, day)
        for year in range(FIRST_YEAR, KNOWN_UNTIL.year + 1)
        for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
    ]
    return [end for end in ends if date(FIRST_YEAR, 9, 1) < end <= KNOWN_UNTIL]


def quarter_start(end: date) -> date:
    """The first day of the quarter that ends on `end`: a quarter is three months."""
    return date(end.year, end.month - 2, 1)


def day_between(chance: Random, first: date, last: date) -> date:
    """A day from first to last, both included, that is not in the summer holidays or a weekend."""
    for _ in range(50):
        day = first + timedelta(days=chance.randint(0, (last - first).days))
        if day.weekday() < 5 and not (7, 12) <= (day.month, day.day) <= (8, 21):
            return day
    return day


def open_schools(
    day: date, kinds: tuple[str, ...] = ("vo", "pro"), former: bool = False
) -> list[School]:
    """Locations of these kinds that teach on that day; the small ones that are no more if asked."""
    every = (*SCHOOLS, *FORMER) if former else SCHOOLS
    return [school for school in every if school.kind in kinds and school.open_on(day)]


@cache
def pupils(code: str, year: int) -> int:
    """Pupils on 1 October of the school year that starts in `year`; 0 when closed."""
    school = BY_CODE[code]
    if not school.open_on(date(year, 10, 1)):
        return 0
    if code in FORMER_PUPILS:
        return FORMER_PUPILS[code][year - FIRST_YEAR]
    if school.from_on:  # a new location grows class by class
        return (60, 128, 187, 241, 262)[min(year - school.from_on.year, 4)]
    chance = stream(f"pupils {code}")
    number = float(school.size)
    for passed in range(FIRST_YEAR, year + 1):
        if passed > FIRST_YEAR:
            number *= 1 + chance.uniform(-0.022, 0.018)
    merged = sum(
        round(other.size * 0.93)
        for other in SCHOOLS
        if other.merged_into == code and other.to_on and date(year, 10, 1) > other.to_on
    )
    return round(number) + merged


def pick_school(
    chance: Random, day: date, kinds: tuple[str, ...] = ("vo", "pro"), heavy: float = 1.0
) -> School:
    """A location open on that day, by size; `heavy` makes pro and vso count more."""
    schools = open_schools(day, kinds)
    year = min(max(start_year(day), FIRST_YEAR), LAST_YEAR + 1)
    weights = [
        pupils(school.code, year) * (1.0 if school.kind == "vo" else heavy) for school in schools
    ]
    return chance.choices(schools, weights)[0]


class Pupils:
    """Hands out made-up pupil numbers with a birth date; a range of numbers per register."""

    def __init__(self, chance: Random, first_number: int) -> None:
        self.chance = chance
        self.number = first_number
        self.returned: set[str] = set()  # pupils who were handed out a second time

    def new(self, day: date, youngest: int = 12, oldest: int = 17) -> tuple[str, date]:
        """A pupil who is between youngest and oldest years old on that day."""
        self.number += self.chance.randint(1, 9)
        age = self.chance.randint(youngest * 365, oldest * 365 + 360)
        return f"L{self.number:06d}", day - timedelta(days=age)
