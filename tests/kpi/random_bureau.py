"""A bureau that lives through random years: hands in lists as bureaus do, and answers what is asked."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random

from random_years import BOARD, QUARTERS, SCHOOLS, Thing, Years, first_day
from what_was_said import Record, Said

from data.calendar import Period
from data.deliveries.delivery import MissingRow
from data.deliveries.store import Store
from data.gate.claim import ADDS, BOARDS, REPLACES, ROWS, SWV, Answers
from data.gate.import_result import PRESENT, ImportResult
from data.gate.importing import import_file
from data.source_file import load_sources

SOURCES = {name: load_sources()[name] for name in ("locaties", "verzuim", "verzuim_aantallen")}
ABSENCE = ("Leerlingnummer", "Vestiging", "Soort verzuim", "Begindatum", "Einddatum")
LOCATIONS = (
    "Vestiging", "Naam vestiging", "Soort onderwijs", "Bestuursnummer", "Naam bestuur", "Vanaf",
    "Tot en met", "Opgegaan in",
)  # fmt: skip
WAYS = ("whole", "whole", "two parts", "per school", "per board", "some schools", "late", "empty")


@dataclass
class RandomBureau:
    """Hands in lists about its years to a store, and keeps what it said."""

    folder: Path
    chance: Random
    eventful: bool = True
    years: Years = field(init=False)
    record: Record = field(init=False)
    store: Store = field(init=False)
    things: dict[str, Thing] = field(default_factory=dict)  # by row_id
    named: set[Thing] = field(default_factory=set)  # that would count no more, shown before storing

    def __post_init__(self) -> None:
        self.store = Store(self.folder / "store")
        self.years = Years(self.chance)
        self.years.organise(self.eventful)
        self.record = Record({})
        self.places(QUARTERS[0].start_on)

    def live(self, quarter: Period) -> None:
        """One quarter: what happens, and the lists about it."""
        if quarter.period_id.endswith("k1"):
            self.years.live(int(quarter.school_year[:4]))
        self.places(quarter.end_on)
        way = self.chance.choice(WAYS)
        if way == "late":
            return
        self.hand_in(quarter, way)
        before = QUARTERS.index(quarter) - 1
        if before >= 0 and self.chance.random() < 0.15:  # late, or once more
            self.hand_in(QUARTERS[before], self.chance.choice(WAYS[:6]))

    def places(self, day: date) -> None:
        """A new list of locations, when there is something to tell."""
        known = {}
        for name, place in self.years.places.items():
            closed = bool(place.to_on and place.to_on <= day)
            boards = tuple(one for one in place.boards if not one[0] or one[0] <= day)
            known[name] = replace(
                place, boards=boards, to_on=place.to_on if closed else None,
                into=place.into if closed else "",
            )  # fmt: skip
        if known != self.record.places:
            rows = [row for name, place in known.items() for row in _location_rows(name, place)]
            result = self._give("locaties", LOCATIONS, rows, None, Answers(sure=True))
            assert result.accepted, _why(result)
            self.record.places = known

    def hand_in(self, quarter: Period, way: str) -> None:
        """The lists of a quarter in one of the ways of a bureau."""
        open_ones = [one for one in SCHOOLS if self.record.board(one, quarter.end_on)]
        some = tuple(self.chance.sample(SCHOOLS, self.chance.randint(1, 4)))
        if way == "empty":
            named = some if self.chance.random() < 0.5 else ()
            self._list(quarter, {}, Answers(speaks_for=ROWS if named else SWV, named=named))
        elif way == "two parts":
            rows = self._forgetful(self.years.rows(quarter, SCHOOLS))
            first = {one: end for one, end in rows.items() if self.chance.random() < 0.6}
            self._list(quarter, first, Answers(speaks_for=SWV))
            rest = {one: end for one, end in rows.items() if one not in first}
            if rest:
                self._list(quarter, rest, Answers(speaks_for=ROWS, second=ADDS))
        elif way == "per school":
            for school in self.chance.sample(SCHOOLS, 3):
                self._list(quarter, self._forgetful(self.years.rows(quarter, (school,))),
                           Answers(speaks_for=ROWS, named=(school,)))  # fmt: skip
        elif way == "per board":
            for board in self.chance.sample(sorted(set(BOARD.values())), 2):
                mine = [one for one in open_ones if self.record.board(one, quarter.end_on) == board]
                rows = self._forgetful(self.years.rows(quarter, tuple(mine)))
                if rows:
                    self._list(quarter, rows, Answers(speaks_for=BOARDS))
        elif way == "some schools":
            rows = self._forgetful(self.years.rows(quarter, some))
            if rows:
                self._list(quarter, rows, Answers(speaks_for=ROWS))
        else:
            self._list(quarter, self._forgetful(self.years.rows(quarter, SCHOOLS)),
                       Answers(speaks_for=SWV))  # fmt: skip

    def _forgetful(self, rows: dict[Thing, date | None]) -> dict[Thing, date | None]:
        forget = self.chance.choice((0.0, 0.2, 0.4))
        return {one: end for one, end in rows.items() if self.chance.random() >= forget}

    def _list(self, quarter: Period, rows: dict[Thing, date | None], answers: Answers) -> None:
        """One list, looked at before it is stored, with answers until nothing is asked any more."""
        table = [_absence_row(thing, end) for thing, end in rows.items()]
        looks = self.chance.random() < 0.3  # at the sentence first, or answers at once
        before = Answers() if looks else replace(answers, sure=True)
        result = self._give("verzuim", ABSENCE, table, quarter.period_id, before, looks)
        if result.status == PRESENT:  # the very same list: nothing new was said
            return
        answers, shown = replace(answers, sure=True), set()
        while not result.accepted:
            assert result.asks == "levering" and result.claim, _why(result)
            asked = {doubt.settled_by: doubt for doubt in result.claim.doubts}
            if "second" in asked:
                second = answers.second or self.chance.choice((REPLACES, REPLACES, ADDS))
                answers = replace(answers, second=second)
                shown |= {self.things[row.row_id] for row in asked["second"].rows}
            if "missing" in asked:
                answers = self._answer(asked["missing"], answers)
            result = self._give("verzuim", ABSENCE, table, quarter.period_id, answers)
        if result.status != PRESENT:
            self._remember(result, quarter, rows, answers)
            self.named |= shown

    def _answer(self, doubt, answers: Answers) -> Answers:
        """What became of the rows that are gone: of all, or of each by itself."""
        choices = [value for value, _ in doubt.choices]
        if self.chance.random() < 0.5:
            return replace(answers, missing=self.chance.choice(choices))
        said = {
            row.row_id: MissingRow(row.row_id, self.chance.choice(choices)) for row in doubt.rows
        }
        return replace(answers, rows={**answers.rows, **said})

    def _remember(
        self, result: ImportResult, quarter: Period, rows: dict[Thing, date | None], said: Answers
    ) -> None:
        delivery = result.delivery
        adds = said.second == ADDS and "vult aan" in delivery.claim
        told = Said(
            quarter.school_year, first_day(quarter), quarter.end_on, said.speaks_for, said.named,
            adds, rows, {},
        )  # fmt: skip
        self.record.lists.append(told)
        self._compare_sentence(delivery.claim, told)
        answers = {self.things[row.row_id]: str(row.answer) for row in delivery.missing}
        self.record.lists[-1] = replace(told, answers=answers)
        self.named |= {thing for thing, answer in answers.items() if answer == "fout"}
        for number, thing in enumerate(rows, start=2):
            self.things[f"{delivery.delivery_id}#csv!{number}"] = thing

    def _compare_sentence(self, sentence: str, told: Said) -> None:
        """The sentence a person saw says for how many schools this list speaks, and no more."""
        there = {one for one in SCHOOLS if self.record.board(one, told.until)}
        mine = self.record.speaks(told) & there
        found = re.search(r"spreekt voor (alle|\d+)(?: van)? (\d+)", sentence)
        assert found, sentence
        number = int(found[2] if found[1] == "alle" else found[1])
        assert (number, int(found[2])) == (len(mine), len(there)), (sentence, mine)

    def _give(
        self, source: str, headers: Sequence[str], rows: Iterable[Sequence[str]],
        period: str | None, answers: Answers, show: bool = False,
    ) -> ImportResult:  # fmt: skip
        path = self.folder / "lijst.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([headers, *rows])
        return import_file(
            self.store, path, source=source, period=period, isolated=False, sources=SOURCES,
            answers=answers, show_first=show,
        )  # fmt: skip


def _absence_row(thing: Thing, end: date | None) -> list[str]:
    pupil, school, kind, start = thing
    return [str(pupil), school, kind, _day(start), _day(end)]


def _location_rows(name, place):
    for number, (since, board) in enumerate(place.boards):
        last = number == len(place.boards) - 1
        until = place.to_on if last else date.fromordinal(place.boards[number + 1][0].toordinal() - 1)
        yield [name, f"School {name}", "vo", board, f"Bestuur {board}", _day(since), _day(until),
               place.into if last else ""]  # fmt: skip


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def _why(result: ImportResult) -> list[str]:
    return [problem.message for problem in result.problems] or [
        doubt.text for doubt in (result.claim.doubts if result.claim else ())
    ]
