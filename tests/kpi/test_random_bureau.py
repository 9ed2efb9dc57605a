"""Random years of a bureau, held against what it said and against four laws.

1. What a list said about its own count date is not changed by a later list, unless that says so.
2. Start + new - ended - niet te volgen = end, per kind and level; who could end are those who did
   and those who are still there at the end.
3. A person counts once per level and kind.
4. Every accepted row is counted somewhere or named.

And of every figure: no zero and no full completeness that nobody claimed. As many years as one
likes: `PYTHONPATH=. python tests/kpi/test_random_bureau.py 200` (and the first seed).
"""

from datetime import timedelta
from random import Random

import pytest
from random_bureau import SOURCES as FEW
from random_bureau import RandomBureau
from random_years import CALENDAR, NOWHERE, QUARTERS, YEARS
from what_a_register_said import Register
from what_was_decided import Decided
from what_was_said import PERIODS
from who_was_home import at_home, told, waited

from data.build import Swv, build
from data.calendar import Calendar
from data.source_file import load_sources
from kpi.figure.calculate import calculate
from kpi.figure.figures import Figures
from kpi.figure.result import Organisation
from kpi.figure.uncounted import uncounted
from kpi.meaning.load import load_kpis
from kpi.meaning.profile import load_profile

EXAMPLES = (4, 15, 49)  # of three years each; a broken law is seen in one of them
SOURCES = load_sources()
REFERRALS = "verwijzingen_vso"
KPIS = {name: load_kpis()[name] for name in ("thuiszitters", "maatwerk", "ect", REFERRALS)}
PROFILE = load_profile("groningen_stad", load_kpis())
WANTED = (
    "absence_stay", "maatwerk", "ect_case", "stands_at", "left_behind", "absence_count",
    "exemption", "delivered", "membership", "period_day", "organisation_tree", "code_name",
    "last_row", "row_thing", "tlv", "vso_enrolment", "pupils_in_period",
    *(f"stg_{name}" for name in FEW),
)  # fmt: skip
YEARS_TOLD = [one for one in PERIODS if one not in QUARTERS]
KINDS = {"AV": "kind=av", "LRV": "kind=lrv"}
# of what a register is of: what lasts, what comes, what ends
MEASURES = {"maatwerk": ("running", "referrals", "ended"), "ect": ("open", "new", "closed")}
# of decisions on TLVs: which kinds are in a figure
DECIDED = {
    ("referrals", ""): ("eerste",), ("renewals", ""): ("verlenging",),
    ("decisions", ""): ("eerste", "verlenging", "afgewezen"),
    ("decisions", "result=afgewezen"): ("afgewezen",),
}  # fmt: skip


class Counted:
    """Every figure of a store, each a row of kpi_value, with what a monitor tells besides."""

    def __init__(self, store):
        self.database = build(
            store, SOURCES, Calendar(), Swv("SWV", "SWV Voorbeeld"), wanted=WANTED
        )
        calculate(self.database, KPIS)
        keys = ("kpi_id", "measure", "organisation_id", "period_id", "segment")
        rows = self.database.rows("select * from kpi_value")
        self.rows = {tuple(row[key] for key in keys): row for row in rows}
        self.store = store

    def row(self, measure, organisation, period, segment="", kpi="thuiszitters"):
        return self.rows.get((kpi, measure, organisation, period, segment))

    def number(self, *which):
        """The value; 0 for a split that never occurs where the whole is known."""
        row = self.row(*which)
        if row is None:
            whole = self.row(*which[:3], "", *which[4:])
            return 0 if whole and whole["value"] is not None else None
        return row["value"]

    def nowhere(self):
        """The rows that *Gegevens* names as being in no figure."""
        organisations = self.database.rows("select * from organisation")
        known = {row["organisation_id"]: Organisation(**row) for row in organisations}
        figures = Figures(
            profile=PROFILE, kpis=KPIS, sources=FEW, calendar=Calendar(), database=self.database,
            swv=known["SWV"], organisations=known, periods={}, figures_version="",
            deliveries={found.delivery_id: found for found in self.store.deliveries()},
        )  # fmt: skip
        return {row.row_id for row in uncounted(figures)}


def members(record, quarter, flow=False):
    """Per organisation the schools in a quarter: of a flow under each board they had in it."""
    found = {"SWV": set()}
    for school, place in record.places.items():
        if not place.to_on or place.to_on >= quarter.start_on:
            last = min(quarter.end_on, place.to_on or quarter.end_on)
            first = quarter.start_on if flow else last
            boards = {place.board_on(first), place.board_on(last)}
            for name in (school, "SWV", *boards):
                found.setdefault(name, set()).add(school)
    return found


def check_claimed(record, counted, kpi, measure, flow=False, numbers=True):
    """No zero and no full completeness that nobody claimed: who is known is who was spoken for."""
    spoken = {
        school: record.spoken(school) | (record.numbered(school).keys() if numbers else set())
        for school in record.places
    }
    for quarter in QUARTERS:
        period = quarter.period_id
        for name, schools in members(record, quarter, flow).items():
            known = {one for one in schools if period in spoken[one]}
            row = counted.row(measure, name, period, "", kpi)
            if row is None:
                assert not known, (measure, name, period, known)
                continue
            gone = {one for one in schools - known
                    if (record.places[one].to_on or quarter.end_on) < quarter.end_on}  # fmt: skip
            where = (kpi, measure, name, period, known)
            assert row["observed"] == len(known), (where, row["observed"])
            assert row["expected"] == len(schools - gone), (where, row["expected"])
            assert (row["value"] is None) == (not known), where
            assert not row["partial"], where
    check_years(record, counted, kpi, measure, flow, spoken)


def check_years(record, counted, kpi, measure, flow, spoken):
    """Of a year a school is known when something of it was said, and wholly when all of it was."""
    for year in YEARS_TOLD:
        inside = [one for one in QUARTERS if year.start_on <= one.end_on <= year.end_on]
        for school, place in record.places.items():
            row = counted.row(measure, school, year.period_id, "", kpi)
            there = [one for one in inside if (place.to_on or year.end_on) >= one.start_on]
            whole = {one.period_id for one in there if (place.to_on or one.end_on) >= one.end_on}
            if row and row["value"] is not None:
                whole = whole if flow else whole & {inside[-1].period_id}
                assert any(one.period_id in spoken[school] for one in there), (school, year)
                assert row["partial"] or whole <= spoken[school], (measure, school, year.period_id)


def check_told(record, counted):
    """Laws 1 and 3: who was at home on a count date, by what the lists said, each person once."""
    for quarter in QUARTERS:
        here, period = at_home(record, quarter.end_on), quarter.period_id
        for name, schools in members(record, quarter).items():
            known = {one for one in schools if period in record.spoken(one)}
            numbers = [record.numbered(one)[period] for one in schools
                       if period in record.numbered(one)]  # fmt: skip
            if not known and not numbers:
                continue
            if known and name == "SWV":
                known.add(NOWHERE)
            for kind, segment in KINDS.items():
                persons = {who for who, own, place in here if own == kind and place in known}
                expected = len(persons) + sum(one[kind][0] for one in numbers)
                found = counted.number("stock", name, period, segment)
                assert found == expected, (name, period, kind, found, persons, numbers)


def check_register(register, counted, kpi):
    """Law 1 for a register: what lasts on a count date, by what the registers said."""
    record, stock = register.record, MEASURES[kpi][0]
    stretches = [one for chain in register.chains.values() for one in chain]
    for quarter in QUARTERS:
        day, period = quarter.end_on, quarter.period_id
        for name, schools in members(record, quarter).items():
            known = [one for one in schools if period in record.spoken(one)]
            lasting = sum(one.place in known and one.since <= day < one.until for one in stretches)
            found = counted.number(stock, name, period, "", kpi)
            assert not known or found == lasting, (kpi, name, period, found, lasting)


def check_maatwerk_flows(register, counted):
    """Law 2 for maatwerk, of which a referral may begin later and goes along with its school."""
    for (kpi, measure, name, period, segment), row in counted.rows.items():
        if (kpi, measure, segment) != ("maatwerk", "running", ""):
            continue
        before = counted.row("running", name, row["previous_period_id"], "", kpi)
        flows = [counted.row(one, name, period, "", kpi) for one in ("ended", "lost")]
        whole = [one for one in (row, before, *flows)
                 if one and one["observed"] == one["expected"] and not one["partial"]]  # fmt: skip
        if len(whole) == 4:
            when = CALENDAR.parse(period)
            begun, moved = register.begun(name, when), register.moved(name, when)
            ended, lost = (one["value"] for one in flows)
            numbers = (before["value"], begun, moved, ended, lost, row["value"])
            left = before["value"] + begun + moved - ended - lost
            assert left == row["value"], (name, period, numbers)


def check_flows(record, counted, kpi, stock, flows, segments, starts):
    """Law 2, wherever both ends are completely known, and known in the same way.

    starts: (school, day) of all that began. What began unseen at a school that closed, of which no
    list came in, may be seen to end where it went on.
    """
    given = {one: record.numbered(one).keys() for one in record.places}
    for (own, measure, name, period, segment), row in counted.rows.items():
        if (own, measure) != (kpi, stock) or segment not in segments:
            continue
        earlier = row["previous_period_id"]
        before = counted.row(stock, name, earlier, segment, kpi)
        whole = [one for one in (row, before)
                 if one and one["observed"] == one["expected"] and not one["partial"]]  # fmt: skip
        went_on = {one: place.into or one for one, place in record.places.items()}
        pairs = [(given[one], given[to]) for one in given for to in (one, went_on[one])]
        other = any((period in now) != (earlier in then) for then, now in pairs)
        if len(whole) < 2 or (other and row["period_type"] == "kwartaal"):
            continue
        when = CALENDAR.parse(period)
        rows = [counted.row(one, name, period, segment, kpi) for one in flows]
        if any(one and one["observed"] != one["expected"] for one in rows):
            continue  # a school that left the board within the period did not hand in
        # of numbers nobody knows who went with his school to another board
        if any(given[one] and changed_board(record, one, when) for one in record.places):
            continue
        began = {place for place, day in starts if when.start_on <= day <= when.end_on}
        if any(began_unseen(record, counted, kpi, flows[0], one, when) for one in began):
            continue
        new, ended, lost = (counted.number(one, name, period, segment, kpi) or 0 for one in flows)
        numbers = (before["value"], new, ended, lost, row["value"])
        assert before["value"] + new - ended - lost == row["value"], (
            kpi, name, period, segment, numbers,
        )  # fmt: skip


def check_who_could_end(counted):
    """Law 2 for the share that ended: of everybody who ended and everybody who is still there."""
    for (kpi, measure, name, period, segment), row in counted.rows.items():
        stock = KPIS[kpi].measures[measure] if kpi in KPIS else None
        if not stock or not stock.ended_by or row["observed"] != row["expected"] or row["partial"]:
            continue
        ended = KPIS[kpi].measures[stock.ended_by]
        share = counted.row(ended.tested_by, name, period, segment, kpi)
        gone = counted.row(ended.id, name, period, segment, kpi)
        if share is None or share["observed"] != share["expected"] or share["partial"]:
            continue  # a school that left the board within the period did not hand in
        went = gone["numerator"] if gone else 0
        numbers = (share["numerator"], share["denominator"], went, row["numerator"])
        where = (kpi, name, period, segment, numbers)
        assert share["numerator"] == went, where
        assert share["denominator"] == went + row["numerator"], where


def changed_board(record, school, period):
    days = (period.start_on, period.end_on)
    before = record.board(school, period.start_on - timedelta(days=1))
    return len({before, *(record.board(school, day) for day in days)} - {""}) > 1


def began_unseen(record, counted, kpi, new, school, period):
    closed = record.place(school).to_on
    row = counted.row(new, school, period.period_id, "", kpi)
    known = row and row["value"] is not None and not row["partial"]
    return closed and period.start_on <= closed <= period.end_on and not known


def check_rows(bureau, counted):
    """Law 4: every row that was handed in is of something that counts, or was named."""
    record, last = bureau.record, rows_left(bureau, bureau.record, counted, "verzuim")
    nowhere = counted.nowhere()
    known = {school: record.known(school) for school in (*record.places, NOWHERE)}
    ever, never = set(), set()
    for one, counts in waited(record):
        seen = any(first <= one.until and counts <= end for first, end in known[one.place])
        (ever if seen else never).add(one.thing)
    seen_at = {one.thing for one, _ in told(record)}
    within = seen_at - ever - never  # another kind counts instead
    never |= {thing for thing in last if thing[2] == "AV"} - seen_at  # gone before it began
    for thing, row_id in last.items():
        # of LRV the first four weeks may be left, or all there was of it
        if thing[2] == "AV" or thing in seen_at - within:
            assert (row_id in nowhere) == (thing in (never | within) - ever), thing


def check_register_rows(bureau, register, counted, kpi):
    """Law 4 for a register."""
    nowhere = counted.nowhere()
    for thing, row_id in rows_left(bureau, register.record, counted, kpi).items():
        assert (row_id in nowhere) != register.counts(thing), (kpi, thing, row_id in nowhere)


def check_decided(decided, counted):
    """Law 1 for TLVs: what was decided in a period, at a school, the board of its day, the SWV."""
    for period in PERIODS:
        over = [(thing[2], decided.over(thing, period)) for thing in decided.things]
        for name, schools in members(decided.record, period, flow=True).items():
            for (measure, segment), kinds in DECIDED.items():
                expected = sum(kind in kinds and name in places for kind, places in over)
                found = counted.number(measure, name, period.period_id, segment, REFERRALS)
                known = schools & decided.known[period.period_id]
                where = (name, period.period_id, measure, segment, found, expected)
                assert found == (expected if known else None), where


def check_decided_rows(bureau, decided, counted):
    """Law 4 for TLVs; one for praktijkonderwijs is no referral, so no figure waits for it."""
    nowhere = counted.nowhere()
    for thing, row_id in rows_left(bureau, decided.record, counted, "tlv").items():
        named = row_id in nowhere
        assert thing[2] == "pro" or named != decided.counts(thing), (thing, named)


def rows_left(bureau, record, counted, source):
    """By thing the row that counts; every other was named before it counted no more."""
    rows = counted.database.rows("select row_id from last_row where source = ?", [source])
    last = {bureau.things[row["row_id"]]: row["row_id"] for row in rows}
    for thing in {thing for one in record.lists for thing in one.rows} - last.keys():
        assert thing in bureau.named, thing
    return last


def hold_laws(bureau):
    counted, record, register = Counted(bureau.store), bureau.record, bureau.register
    check_who_could_end(counted)
    if record.lists:
        check_claimed(record, counted, "thuiszitters", "stock")
        check_claimed(record, counted, "thuiszitters", "new", flow=True)
        check_claimed(record, counted, "thuiszitters", "lost", flow=True, numbers=False)
        check_told(record, counted)
        starts = [(one.place, counts) for one, counts in waited(record)]
        flows = ("new", "ended", "lost")
        check_flows(record, counted, "thuiszitters", "stock", flows, KINDS.values(), starts)
        check_rows(bureau, counted)
    if register.lists:
        said, kpi = Register(register), bureau.kept
        stock, new, ended = MEASURES[kpi]
        check_claimed(register, counted, kpi, stock)
        check_claimed(register, counted, kpi, new, flow=True)
        check_register(said, counted, kpi)
        if kpi == "ect":
            starts = [(one.place, one.since) for chain in said.chains.values() for one in chain]
            check_flows(register, counted, kpi, stock, (new, ended, "lost"), ("",), starts)
        else:
            check_maatwerk_flows(said, counted)
        check_register_rows(bureau, said, counted, kpi)
    if bureau.decided.lists:
        decided = Decided(bureau.decided)
        check_claimed(bureau.decided, counted, REFERRALS, "referrals", flow=True, numbers=False)
        check_decided(decided, counted)
        check_decided_rows(bureau, decided, counted)
    counted.database.close()


def live_through(folder, seed, eventful=True):
    """Three school years; after some of the quarters, and at the end, everything is looked at."""
    bureau = RandomBureau(folder, Random(seed), eventful)
    for quarter in QUARTERS:
        bureau.live(quarter)
        if quarter == QUARTERS[-1] or bureau.chance.random() < 0.3:
            hold_laws(bureau)


@pytest.mark.parametrize("seed", EXAMPLES)
def test_random_years_keep_the_laws(tmp_path, seed):
    live_through(tmp_path, seed)


if __name__ == "__main__":
    import sys
    import tempfile
    from pathlib import Path

    first, broken = int(sys.argv[2]) if len(sys.argv) > 2 else 1000, 0
    for seed in range(first, first + -(-int(sys.argv[1]) // len(YEARS))):
        with tempfile.TemporaryDirectory() as name:
            try:
                live_through(Path(name), seed)
            except AssertionError as error:
                broken += 1
                print("seed", seed, error, flush=True)
        print((seed - first + 1) * len(YEARS), "years,", broken, "broken", flush=True)
    sys.exit(broken > 0)
