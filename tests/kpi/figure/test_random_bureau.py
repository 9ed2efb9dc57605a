"""Random years of a bureau, held against what it said and against four laws.

1. What a list said about its own count date is not changed by a later list, unless that says so.
2. Start + new - ended - niet te volgen = end, per kind and level.
3. A person counts once per level and kind.
4. Every accepted row is counted somewhere or named.

And of every figure: no zero and no full completeness that nobody claimed.
"""

from random import Random

import pytest
from random_bureau import RandomBureau
from random_years import QUARTERS, YEARS

from data.build import Swv, build
from data.calendar import Calendar
from data.source_file import load_sources
from kpi.figure.calculate import calculate
from kpi.figure.figures import Figures
from kpi.figure.result import Organisation
from kpi.figure.uncounted import uncounted
from kpi.meaning.load import load_kpis
from kpi.meaning.profile import load_profile

EXAMPLES = 1
SOURCES = load_sources()
KPIS = {name: load_kpis()[name] for name in ("thuiszitters",)}
FEW = {name: SOURCES[name] for name in ("locaties", "verzuim", "verzuim_aantallen")}
PROFILE = load_profile("groningen_stad", load_kpis())
WANTED = (
    "absence_stay", "absence_count", "exemption", "delivered", "membership", "period_day",
    "organisation_tree", "code_name", "last_row", "row_thing", *(f"stg_{name}" for name in FEW),
)  # fmt: skip
KINDS = {"AV": "kind=av", "LRV": "kind=lrv"}


class Counted:
    """Every figure of a store, each a row of kpi_value, with what a monitor tells besides."""

    def __init__(self, store):
        self.database = build(store, SOURCES, Calendar(), Swv("SWV", "SWV Voorbeeld"), wanted=WANTED)
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
            whole = self.row(*which[:3])
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


def members(record, quarter):
    """Per organisation the schools that are there in a quarter, by their last day in it."""
    found = {"SWV": set()}
    for school, place in record.places.items():
        if not place.to_on or place.to_on >= quarter.start_on:
            day = min(quarter.end_on, place.to_on or quarter.end_on)
            for name in (school, place.board_on(day), "SWV"):
                found.setdefault(name, set()).add(school)
    return found


def check_claimed(record, counted):
    """No zero and no full completeness that nobody claimed: who is known is who was spoken for."""
    spoken = {school: record.spoken(school) for school in record.places}
    for quarter in QUARTERS:
        period = quarter.period_id
        for name, schools in members(record, quarter).items():
            known = {one for one in schools if period in spoken[one]}
            row = counted.row("stock", name, period)
            if row is None:
                assert not known or quarter.end_on > max(one.until for one in record.lists)
                continue
            gone = {one for one in schools - known
                    if (record.places[one].to_on or quarter.end_on) < quarter.end_on}  # fmt: skip
            where = (name, period, known)
            assert row["observed"] == len(known), (where, row["observed"])
            assert row["expected"] == len(schools - gone), (where, row["expected"])
            assert (row["value"] is None) == (not known), where


def check_told(record, counted):
    """Laws 1 and 3: who was at home on a count date, by what the lists said, each person once."""
    for quarter in QUARTERS:
        here = record.at_home(quarter.end_on)
        for name, schools in members(record, quarter).items():
            known = {one for one in schools if quarter.period_id in record.spoken(one)}
            row = counted.row("stock", name, quarter.period_id)
            if not known or row is None:
                continue
            for kind, segment in KINDS.items():
                persons = {who for who, own, place in here if own == kind and place in known}
                found = counted.number("stock", name, quarter.period_id, segment)
                assert found == len(persons), (name, quarter.period_id, kind, found, persons)


def check_flows(counted):
    """Law 2, wherever both ends are completely known."""
    for (kpi, measure, name, period, segment), row in counted.rows.items():
        if measure != "stock" or segment not in KINDS.values():
            continue
        before = counted.row("stock", name, row["previous_period_id"], segment)
        whole = [one for one in (row, before)
                 if one and one["observed"] == one["expected"] and not one["partial"]]  # fmt: skip
        if len(whole) == 2:
            new, ended, lost = (counted.number(flow, name, period, segment)
                                for flow in ("new", "ended", "lost"))  # fmt: skip
            numbers = before["value"], new, ended, lost, row["value"]
            assert before["value"] + new - ended - lost == row["value"], (name, period, segment, numbers)


def check_rows(bureau, counted):
    """Law 4: every row that was handed in is of something that counts, or was named."""
    record = bureau.record
    rows = counted.database.rows("select row_id from last_row where source = 'verzuim'")
    last = {bureau.things[row["row_id"]]: row["row_id"] for row in rows}
    for thing in {thing for one in record.lists for thing in one.rows} - last.keys():
        assert thing in bureau.named, thing
    nowhere = counted.nowhere()
    known = {school: record.known(school) for school in record.places}
    ever, never = set(), set()
    for one, counts in record.waited():
        seen = any(first <= one.until and counts <= end for first, end in known[one.place])
        (ever if seen else never).add(one.thing)
    for thing, row_id in last.items():
        assert (row_id in nowhere) == (thing in never - ever), thing


def hold_laws(bureau):
    counted = Counted(bureau.store)
    check_claimed(bureau.record, counted)
    check_told(bureau.record, counted)
    check_flows(counted)
    check_rows(bureau, counted)
    counted.database.close()


def live_through(folder, seed, eventful=True):
    """Three school years, quarter by quarter; after every quarter everything is looked at."""
    bureau = RandomBureau(folder, Random(seed), eventful)
    for quarter in QUARTERS:
        bureau.live(quarter)
        if bureau.record.lists:
            hold_laws(bureau)


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_random_years_keep_the_laws(tmp_path, seed):
    live_through(tmp_path, seed)


if __name__ == "__main__":
    import sys
    import tempfile
    from pathlib import Path

    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    for seed in range(first, first + -(-int(sys.argv[1]) // len(YEARS))):
        with tempfile.TemporaryDirectory() as name:
            try:
                live_through(Path(name), seed)
            except AssertionError as error:
                print(seed, error, flush=True)
        print((seed - first + 1) * len(YEARS), "jaren", flush=True)
