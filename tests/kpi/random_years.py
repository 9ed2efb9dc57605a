"""Three school years of five schools, made from a seed: who was at home and where."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from data.calendar import Calendar, Period

CALENDAR = Calendar()
YEARS = (2021, 2022, 2023)
QUARTERS = tuple(CALENDAR.quarter(year, number) for year in YEARS for number in (1, 2, 3, 4))
BOARD = {
    "90AA00": "99901", "90AA01": "99901", "90BB00": "99902", "90BB01": "99902", "90CC00": "99903",
}  # fmt: skip
SCHOOLS = tuple(BOARD)
BOARDS = tuple(sorted(set(BOARD.values())))
NOWHERE = ""  # the school of who never was at one
VSO, OUTSIDE = "90VV00", "11ZZ00"  # these ask for TLVs too; OUTSIDE is in no list of locations
ONE_DAY = timedelta(days=1)
# of a TLV: first or renewed, refused, or not for VSO
DECISIONS = ("eerste", "verlenging", "afgewezen", "pro")
# A row of a list: (pupil, school, kind, first day), and apart from that the day it ended.
Thing = tuple[int, str, str, date]


@dataclass(frozen=True)
class Place:
    """A school: its boards, each from a day (None: always), its last day, where it went on."""

    boards: tuple[tuple[date | None, str], ...]
    to_on: date | None = None
    into: str = ""

    def board_on(self, day: date) -> str:
        """The board it had on a day."""
        return [board for since, board in self.boards if since is None or since <= day][-1]


ANYWHERE = Place(((None, ""),))


def begun(thing: Thing) -> date | None:
    """The first day it lasts; of maatwerk that may come after the referral, or never."""
    day = thing[3]
    return {"OPDC": None, "TTVO": day + timedelta(days=20)}.get(thing[2], day)


@dataclass
class Years:
    """What really happened, of absence, maatwerk, cases of the ECT and decisions on TLVs.

    By row of a list the day it ended, None while it lasts.
    """

    chance: Random
    seed: int = 0
    spells: dict[Thing, date | None] = field(default_factory=dict)
    maatwerk: dict[Thing, date | None] = field(default_factory=dict)
    ect: dict[Thing, date | None] = field(default_factory=dict)
    tlv: dict[Thing, date | None] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def organise(self, eventful: bool) -> None:
        """Schools that merge, close and change board."""
        boards = {**BOARD, VSO: BOARDS[-1]}
        self.places = {school: Place(((None, board),)) for school, board in boards.items()}
        if not eventful:
            return
        events = zip(("merge", "close", "board"), self.chance.sample(SCHOOLS, 3), strict=True)
        for event, school in events:
            day = date(2021, 9, 1) + timedelta(days=self.chance.randint(0, 900))
            if self.chance.random() < 0.4:  # most schools close on a last day
                day = self.chance.choice(
                    [date(2022, 7, 31), date(2023, 7, 31), CALENDAR.quarter_of(day).end_on]
                )
            boards = ((None, BOARD[school]),)
            if event == "board" and self.chance.random() < 0.7:
                other = self.chance.choice([one for one in BOARDS if one != BOARD[school]])
                self.places[school] = Place((*boards, (day, other)))
            elif event == "close" and self.chance.random() < 0.5:
                self.places[school] = Place(boards, day)
            elif event == "merge" and self.chance.random() < 0.7:
                others = [one for one in SCHOOLS if one != school and not self.places[one].to_on]
                self.places[school] = Place(boards, day, self.chance.choice(others))
        for school, place in self.places.items():  # what closed takes nobody in
            into = self.places.get(place.into)
            if place.to_on and into and into.to_on and into.to_on <= place.to_on:
                self.places[school] = Place(place.boards, place.to_on)

    def open_on(self, day: date) -> list[str]:
        """The schools (without VSO) that are there on a day."""
        return [name for name in SCHOOLS if (self.places[name].to_on or day) >= day]

    def live(self, year: int) -> None:
        """What begins in a school year; a pupil may move or change kind meanwhile."""
        chance = self.chance
        for number in range(chance.randint(1, 4)):
            self._refer(year * 100 + number, date(year, 8, 20) + timedelta(chance.randint(0, 300)))
        if chance.random() < 0.4:  # and one from before, that never began
            thing = (year * 100 + 90, chance.choice(SCHOOLS), "OPDC", date(year - 1, 8, 1))
            self.maatwerk[thing] = None
        for number in range(chance.randint(3, 7)):
            self._stay_home(year * 100 + number, year)
        self._decide(year)

    def _decide(self, year: int) -> None:
        """Decisions on TLVs, also for schools that had closed; by chances of their own."""
        chance = Random(f"{self.seed} tlv {year}")
        for number in range(chance.randint(3, 8)):
            day = date(year, 8, 1) + timedelta(days=chance.randint(0, 333))
            school = chance.choice((*SCHOOLS, VSO, OUTSIDE))
            if number == 0 and year == YEARS[0]:  # years before the register was complete
                day = date(2018, 11, 12)
            self.tlv[year * 100 + number, school, chance.choice(DECISIONS), day] = day

    def _refer(self, number: int, day: date) -> None:
        """A referral to maatwerk and a case of the ECT."""
        chance, school = self.chance, self.chance.choice(self.open_on(day))
        closes, into = self.places[school].to_on, self.places[school].into
        for own, kinds in ((self.maatwerk, ("Rebound", "TTVO", "OPDC")), (self.ect, ("Advies",))):
            thing = (number, school, chance.choice(kinds), day)
            start = begun(thing)
            if start and closes and start > closes and not into:  # nobody can begin there any more
                thing, start = (number, school, kinds[0], day), day
            ends = [start + timedelta(chance.choice((30, 90, 300)))] if start else []
            if closes and start and start <= closes and chance.random() < 0.3:
                ends = [closes, closes + ONE_DAY][: 1 + bool(into)]
            own[thing] = chance.choice(ends) if ends and chance.random() < 0.7 else None

    def _stay_home(self, pupil: int, year: int) -> None:
        """The spells of one pupil."""
        chance = self.chance
        start = date(year, 8, 20) + timedelta(days=chance.randint(0, 300))
        kind, school = chance.choice(("AV", "LRV")), chance.choice(self.open_on(start))
        if kind == "AV" and chance.random() < 0.4:
            school = NOWHERE
        while start.year * 12 + start.month < year * 12 + 18:
            end = start + timedelta(days=chance.choice((12, 40, 90, 200, 400)))
            place = self.places.get(school, ANYWHERE)
            if place.to_on and end > place.to_on and not place.into:
                end = max(place.to_on, start)
            elif place.to_on and start <= place.to_on < end and chance.random() < 0.3:
                end = place.to_on + chance.choice((0, 1)) * ONE_DAY
            if chance.random() < 0.25 and end != place.to_on:
                self.spells[pupil, school, kind, start] = None
                break
            self.spells[pupil, school, kind, start] = end
            if chance.random() < 0.5:
                break
            start = max(start + ONE_DAY, end + timedelta(days=chance.choice((0, 0, 1, 30, -15))))
            school = chance.choice(self.open_on(start)) if chance.random() < 0.6 else school
            school = school if school in self.open_on(start) else self.open_on(start)[0]
            kind = chance.choice(("AV", "LRV")) if chance.random() < 0.3 else kind

    def rows(self, quarter: Period, schools: Collection[str]) -> dict[Thing, date | None]:
        """What a faultless list of these schools up to the end of a quarter holds."""
        begin = first_day(quarter)
        found = {}
        for (pupil, school, kind, start), end in self.spells.items():
            place = self.places.get(school, ANYWHERE)
            if place.into and (place.to_on or start) < min(quarter.end_on, end or quarter.end_on):
                # who was there when it merged stands under the new name, or still under the old
                school = place.into if self.chance.random() < 0.5 else school
            if school in schools and start <= quarter.end_on and (end is None or end >= begin):
                until = end if end and end <= quarter.end_on else None
                found[pupil, school, kind, start] = until
        return found

    def numbers(self, school: str, quarter: Period) -> dict[str, tuple[int, int, int, int, int]]:
        """What a school that gives only numbers says of a quarter: by kind, always the same."""
        chance, found = Random(f"{self.seed} {school} {quarter.period_id}"), {}
        for kind in ("AV", "LRV"):
            before = Random(f"{self.seed} {school} {quarter.previous_period_id} {kind}").randint(
                0, 4
            )
            stock = Random(f"{self.seed} {school} {quarter.period_id} {kind}").randint(0, 4)
            ended = chance.randint(max(0, before - stock), before)
            new = stock + ended - before
            over = chance.randint(0, stock)
            found[kind] = (stock, new, ended, over, chance.randint(0, over))
        return found


def first_day(quarter: Period) -> date:
    """The day from which the list of a quarter speaks: the first of its school year."""
    return CALENDAR.schooljaar(int(quarter.school_year[:4])).start_on
