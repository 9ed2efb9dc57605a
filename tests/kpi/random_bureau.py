"""A bureau that hands in lists about random years as bureaus do, and answers what is asked."""

import csv
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random

from list_rows import LISTS, LOCATIONS, NUMBERS, location_rows
from random_years import (
    BOARD,
    NOWHERE,
    OUTSIDE,
    QUARTERS,
    SCHOOLS,
    VSO,
    Thing,
    Years,
    first_day,
)
from what_was_said import Record, Said

from data.calendar import Period
from data.deliveries.delivery import MissingRow
from data.deliveries.store import Store
from data.gate.claim import ADDS, BOARDS, REPLACES, ROWS, SWV, Answers
from data.gate.import_result import PRESENT, REFUSED, ImportResult
from data.gate.importing import import_file
from data.source_file import load_sources

SOURCES = {
    name: load_sources()[name]
    for name in ("locaties", "verzuim", "verzuim_aantallen", "maatwerk", "ect", "tlv")
}
BOARDS_OF = tuple(sorted(set(BOARD.values())))
SURE = Answers(sure=True)
NAMES: tuple[Callable[[Period], str], ...] = (
    lambda quarter: quarter.period_id,
    lambda quarter: quarter.label,
    lambda quarter: f"{quarter.end_on:%d-%m-%Y}",
)
WAYS = ("whole", "whole", "two parts", "per school", "per board", "some schools", "late", "empty")


@dataclass
class RandomBureau:
    """Hands in lists about its years to a store, and keeps what it said."""

    folder: Path
    chance: Random
    eventful: bool = True
    years: Years = field(init=False)
    record: Record = field(default_factory=Record)  # of thuiszitters
    register: Record = field(default_factory=Record)
    decided: Record = field(default_factory=Record)  # of TLVs; of the schools that refer
    kept: str = ""  # what the register is of: maatwerk or ect
    counts_only: str = ""  # a school that gives only numbers
    store: Store = field(init=False)
    things: dict[str, Thing] = field(default_factory=dict)  # by row_id
    named: set[Thing] = field(default_factory=set)  # that would count no more, shown before storing

    def __post_init__(self) -> None:
        self.store = Store(self.folder / "store")
        self.years = Years(self.chance, self.chance.randint(0, 10**6))
        self.years.organise(self.eventful)
        self.kept = self.chance.choice(("maatwerk", "ect"))
        if self.eventful and self.chance.random() < 0.5:
            self.counts_only = self.chance.choice(SCHOOLS)
        self.places(QUARTERS[0].start_on)

    def live(self, quarter: Period) -> None:
        """One quarter: what happens, and the lists about it."""
        if quarter.period_id.endswith("k1"):
            self.years.live(int(quarter.school_year[:4]))
        if self.chance.random() < 0.8:  # or one of the next quarters
            self.places(quarter.end_on)
        way = self.chance.choice(WAYS)
        if way == "late":
            return
        self.hand_in(quarter, way)
        before = QUARTERS[max(0, QUARTERS.index(quarter) - 1)]
        again = self.chance.choice((*[None] * 8, quarter, before))
        if again:  # late, or once more
            self.hand_in(again, self.chance.choice(WAYS[:6]))
        if self.counts_only:
            self.hand_in_numbers(quarter)
        if self.eventful and self.chance.random() < 0.4:
            self.hand_in_register(quarter, self.kept)
        if self.eventful:
            self.hand_in_tlvs(quarter)

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
            rows = [row for name, place in known.items() for row in location_rows(name, place)]
            result = self._give("locaties", LOCATIONS, rows, None, Answers(sure=True))
            assert result.accepted, _why(result)
            self.record.places = self.register.places = known
            self.decided.places = {school: known[school] for school in SCHOOLS}

    def hand_in(self, quarter: Period, way: str) -> None:
        """The lists of a quarter in one of the ways of a bureau."""
        chance = self.chance
        mine = [one for one in SCHOOLS if one != self.counts_only or chance.random() < 0.1]
        whole = Answers(speaks_for=SWV)
        if len(mine) < len(SCHOOLS):
            whole = Answers(speaks_for=ROWS, named=tuple(mine))
        if way == "empty":
            named = tuple(chance.sample(mine, 2))
            self._list(quarter, {}, chance.choice((whole, Answers(speaks_for=ROWS, named=named))))
        elif way == "two parts":
            rows = self._forgetful(self.years.rows(quarter, (*mine, NOWHERE)))
            first = {one: end for one, end in rows.items() if chance.random() < 0.6}
            self._list(quarter, first, whole)
            rest = {one: end for one, end in rows.items() if one not in first}
            self._list(quarter, rest, Answers(speaks_for=ROWS, second=ADDS), only_rows=True)
        elif way == "per school":
            for school in chance.sample(mine, 3):
                self._list(quarter, self._forgetful(self.years.rows(quarter, (school,))),
                           Answers(speaks_for=ROWS, named=(school,)))  # fmt: skip
        elif way == "per board":
            for board in chance.sample(BOARDS_OF, 2):
                inside = [one for one in mine if self.record.board(one, quarter.end_on) == board]
                rows = self._forgetful(self.years.rows(quarter, inside))
                self._list(quarter, rows, Answers(speaks_for=BOARDS), only_rows=True)
        elif way == "some schools":
            some = chance.sample(mine, chance.randint(1, 3))
            rows = self._forgetful(self.years.rows(quarter, some))
            self._list(quarter, rows, Answers(speaks_for=ROWS), only_rows=True)
        else:
            everybody = (*mine, NOWHERE)
            self._list(quarter, self._forgetful(self.years.rows(quarter, everybody)), whole)

    def hand_in_numbers(self, quarter: Period) -> None:
        """The numbers of the school that gives no list: not always, not always whole."""
        place = self.years.places[self.counts_only]
        if self.chance.random() < 0.2 or (place.to_on or quarter.end_on) < quarter.end_on:
            return
        given = {
            (self.counts_only, quarter.period_id): self.years.numbers(self.counts_only, quarter)
        }
        if self.chance.random() < 0.3:
            before = QUARTERS[max(0, QUARTERS.index(quarter) - 1)]
            numbers = self.years.numbers(self.counts_only, before)
            given = {(self.counts_only, before.period_id): numbers, **given}
        if self.chance.random() < 0.3:  # a row is missing
            del given[self.counts_only, quarter.period_id][self.chance.choice(("AV", "LRV"))]
        rows = [
            [school, period, kind, *map(str, numbers)]
            for (school, period), kinds in given.items()
            for kind, numbers in kinds.items()
        ]
        twice = self.chance.choice((SURE, SURE, replace(SURE, second=ADDS)))
        result = self._give("verzuim_aantallen", NUMBERS, rows, None, twice)
        if result.asks == "levering":
            result = self._give(
                "verzuim_aantallen", NUMBERS, rows, None, replace(SURE, second=REPLACES)
            )
        assert result.accepted, _why(result)
        if result.status != PRESENT:
            self.record.numbers.append(given)

    def hand_in_tlvs(self, quarter: Period) -> None:
        """The register of TLVs, by chances of its own: without it the years are the same."""
        chance, self.chance = self.chance, Random(f"{self.years.seed} {quarter.period_id}")
        if self.chance.random() < 0.3:
            self.hand_in_register(quarter, "tlv")
        self.chance = chance

    def hand_in_register(self, quarter: Period, source: str) -> None:
        """The register of maatwerk, of the ECT or of TLVs, of everybody or of some schools."""
        all_rows: dict[Thing, date | None] = getattr(self.years, source)
        rows = {one: end for one, end in all_rows.items() if one[3] <= quarter.end_on}
        rows = {one: end if end and end <= quarter.end_on else None for one, end in rows.items()}
        answers = Answers(speaks_for=SWV)
        if self.chance.random() < 0.3:
            some = self.chance.sample(SCHOOLS, 3)
            rows = {one: end for one, end in rows.items() if one[1] in (*some, VSO, OUTSIDE)}
            answers = Answers(speaks_for=ROWS, named=tuple(some))
        self._list(quarter, self._forgetful(rows), answers, source=source)

    def _forgetful(self, rows: dict[Thing, date | None]) -> dict[Thing, date | None]:
        forget = self.chance.choice((0.0, 0.2, 0.4))
        return {one: end for one, end in rows.items() if self.chance.random() >= forget}

    def _list(
        self, quarter: Period, rows: dict[Thing, date | None], answers: Answers,
        *, source: str = "verzuim", only_rows: bool = False,
    ) -> None:  # fmt: skip
        """One list, answered until nothing is asked any more; only_rows: not without any."""
        if only_rows and not rows:
            return
        if source == "verzuim" and self.chance.random() < 0.1:
            self._with_a_mistake(quarter, rows, answers)
        while self._store(quarter, rows, answers, source) and self.chance.random() < 0.05:
            pass  # the very same file once more

    def _with_a_mistake(
        self, quarter: Period, rows: dict[Thing, date | None], answers: Answers
    ) -> None:
        """The same list with a wrong year or a wrong quarter, when nobody notices."""
        if rows and self.chance.random() < 0.6:
            thing = pupil, school, kind, start = next(iter(rows))
            year = start.year + self.chance.choice((10, -1, -130))
            wrong = (pupil, school, kind, start.replace(year=year, day=min(start.day, 28)))
            rows = {wrong if one == thing else one: end for one, end in rows.items()}
            self._store(quarter, rows, answers, careless=self.chance.random() < 0.5)
        else:
            place = QUARTERS.index(quarter) + self.chance.choice((-1, 1))
            if 0 <= place < len(QUARTERS):
                self._store(QUARTERS[place], rows, answers, careless=self.chance.random() < 0.3)

    def _store(
        self, quarter: Period, rows: dict[Thing, date | None], answers: Answers,
        source: str = "verzuim", careless: bool = True,
    ) -> bool:  # fmt: skip
        """Hand in one list; whether it was stored. Who is not careless stops at a doubt."""
        headers, row = LISTS[source]
        table = [row(thing, end) for thing, end in rows.items()]
        quarter, name = self._named(source, headers, table, quarter)
        looks = not careless or self.chance.random() < 0.3  # at the sentence, or answers at once
        before = Answers() if looks else replace(answers, sure=True)
        result = self._give(source, headers, table, quarter.period_id, before, looks, name)
        if result.status in (PRESENT, REFUSED):  # the very same list, or a date that cannot be
            return result.status == PRESENT
        in_doubt = {doubt.settled_by for doubt in result.claim.doubts}
        if not careless and in_doubt & {"sure", "missing", "second"}:
            return False
        answers, shown, chosen = replace(answers, sure=True), set(), set()
        settled = not looks  # for whom it speaks and beside what: that decides who is gone
        while not result.accepted:
            assert result.asks == "levering" and result.claim, _why(result)
            asked = {doubt.settled_by: doubt for doubt in result.claim.doubts}
            if "two_rows" in asked:  # of another quarter: a pupil would be at two schools
                return False
            if "second" in asked:
                second = answers.second or self.chance.choice((REPLACES, REPLACES, ADDS))
                answers = replace(answers, second=second)
                shown |= {self.things[row.row_id] for row in asked["second"].rows}
                settled = False
            if "missing" in asked and settled:
                answers = self._answer(asked["missing"], answers)
                chosen |= {self.things[row.row_id] for row in asked["missing"].rows}
            if "at_once" in asked:
                kind = self.chance.choice(asked["at_once"].choices)[0]
                answers = replace(answers, at_once=kind)
            if "since" in asked:
                since = self.chance.choice(asked["since"].choices)[0]
                answers = replace(answers, since=date.fromisoformat(since))
            settled = True
            result = self._give(source, headers, table, quarter.period_id, answers, name=name)
        if result.status != PRESENT:
            self._remember(result, quarter, rows, answers, chosen)
            self.named |= shown
            if self.chance.random() < 0.05:  # taken back at once
                self.store.undo(result.delivery.delivery_id, "iemand", "vergissing")
                self._record(source).lists.pop()
        return True

    def _named(
        self, source: str, headers: Sequence[str], table: list[list[str]], quarter: Period
    ) -> tuple[Period, str]:
        """The period and the name of a file; one that names another quarter must be asked about."""
        if self.chance.random() < 0.8:
            return quarter, "lijst.csv"
        other = self.chance.choice(QUARTERS)
        name = f"{source} {self.chance.choice(NAMES)(other)}.csv"
        result = self._give(source, headers, table, quarter.period_id, Answers(), True, name)
        if result.asks == "levering":
            doubted = any(
                "U koos" in doubt.text and name in doubt.text for doubt in result.claim.doubts
            )
            assert doubted == (other != quarter), (name, quarter.period_id, _why(result))
        return self.chance.choice((quarter, other)), name

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
        self, result: ImportResult, quarter: Period, rows: dict[Thing, date | None], said: Answers,
        asked: Collection[Thing],
    ) -> None:  # fmt: skip
        delivery = result.delivery
        record = self._record(delivery.source)
        answers = {self.things[row.row_id]: str(row.answer) for row in delivery.missing}
        for thing in answers.keys() - asked:
            _only_taken_over(record, rows, thing, answers[thing])
        of_year = delivery.source == "verzuim"
        told = Said(
            quarter.school_year if of_year else "",
            first_day(quarter) if of_year else delivery.covers_from,
            quarter.end_on, said.speaks_for, said.named,
            "vult aan" in delivery.claim, rows, answers, delivery.at_once,
        )  # fmt: skip
        assert said.second == ADDS or not told.adds
        record.lists.append(replace(told, answers={}))
        if delivery.source == "tlv":  # what lasts may be taken over by a new row
            assert answers.keys() == record.left_out(told), (answers, record.left_out(told))
        record.lists[-1] = told
        self._compare_sentence(delivery.claim, told)
        self.named |= {thing for thing, answer in answers.items() if answer == "fout"}
        for number, thing in enumerate(rows, start=2):
            self.things[f"{delivery.delivery_id}#csv!{number}"] = thing

    def _record(self, source: str) -> Record:
        records = {"verzuim": self.record, "tlv": self.decided}
        return records.get(source, self.register)

    def _compare_sentence(self, sentence: str, told: Said) -> None:
        """The sentence a person saw says for how many schools this list speaks, and no more."""
        there = {one for one in self.record.places if self.record.board(one, told.until)}
        mine = self.record.speaks(told) & there
        found = re.search(r"spreekt voor (alle|\d+)(?: van)? (\d+)", sentence)
        assert found, sentence
        number = int(found[2] if found[1] == "alle" else found[1])
        assert (number, int(found[2])) == (len(mine), len(there)), (sentence, mine)

    def _give(
        self, source: str, headers: Sequence[str], rows: Iterable[Sequence[str]],
        period: str | None, answers: Answers, show: bool = False, name: str = "lijst.csv",
    ) -> ImportResult:  # fmt: skip
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([headers, *rows])
        return import_file(
            self.store, path, source=source, period=period, isolated=False, sources=SOURCES,
            answers=answers, show_first=show,
        )  # fmt: skip


def _only_taken_over(
    record: Record, rows: dict[Thing, date | None], gone: Thing, answer: str
) -> None:
    """What became of a row may go unasked only when a new row of the pupil takes over from it."""
    before = {thing for school in (*record.places, NOWHERE) for thing, *_ in record.spells(school)}
    over = [
        one
        for one, end in rows.items()
        if one[0] == gone[0] and one not in before and (end is None or end > gone[3])
    ]
    assert over and answer in ("gestopt", "fout"), gone
    assert answer == "gestopt" or any(one[:3] == gone[:3] for one in over), gone


def _why(result: ImportResult) -> list[str]:
    return [problem.message for problem in result.problems] or [
        doubt.text for doubt in (result.claim.doubts if result.claim else ())
    ]
