"""The registration is cumulative: who was ever in it stays, whatever later lists say."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from handing_in import WHOLE
from inspectie_world import (
    AV,
    LAST_DAYS,
    LOCATION,
    LRV,
    NORTH,
    PRO,
    QUARTERS,
    World,
    exemption,
    known,
    raw,
    rows_of,
    spell,
)

from kpi.paper.inspectie import inspectie_workbook
from kpi.paper.inspectie.issue import round_of
from kpi.paper.inspectie.values import is_long

# Every spell there ever was, with the quarters (1–4) of the lists it stands on.
EVER = [
    (spell("1", NORTH, AV, "2023-08-28", "2023-09-20"), (1,)),  # ended, then left out
    (spell("2", NORTH, LRV, "2023-08-21", "2023-11-10"), (1, 2)),
    (spell("3", NORTH, AV, "2023-10-02"), (2, 3, 4)),
    (spell("4", NORTH, LRV, "2023-08-22"), (1,)),  # left out while it was open
    (spell("5", PRO, AV, "2023-09-01", Aanbod="ja"), (1, 2, 3, 4)),
    (spell("6", PRO, LRV, "2024-01-08", "2024-02-20"), (3,)),
    (spell("6", PRO, AV, "2024-04-02"), (4,)),  # the same pupil once more
    (spell("7", PRO, LRV, "2024-03-25", "2024-04-10"), (3, 4)),  # back within four weeks
    (spell("8", NORTH, "ziekgemeld", "2023-09-01"), (1, 2, 3, 4)),  # no thuiszitter
]
EXEMPT = [
    (exemption("20", "5 onder a", "2023-08-01", "2023-11-30"), (1, 2)),  # left out later
    (exemption("21", "5 onder a", "2023-08-01"), (1, 2, 3, 4)),
    (exemption("22", "5 onder b", "2023-08-01"), (1, 2, 3, 4)),  # not in the form
]


def deliver_quarter(world, number):
    """The lists of a quarter: only what stands on them then."""

    def on(ever):
        return [row for row, lists in ever if number in lists]

    world.deliver("verzuim", QUARTERS[number - 1], on(EVER))
    world.deliver("vrijstellingen", QUARTERS[number - 1], on(EXEMPT))


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """Per quarter the workbook that was made then, and the round behind it."""
    world = World(tmp_path_factory.mktemp("jaar"))
    made = []
    for number, quarter in enumerate(QUARTERS, start=1):
        deliver_quarter(world, number)
        monitor = world.monitor()
        period = monitor.periods[quarter]
        made.append((inspectie_workbook(monitor, period), round_of(monitor, period)))
    return made


def test_four_quarters_keep_every_earlier_row(year):
    books = [known(rows_of(content)) for content, _ in year]
    for earlier, later in zip(books, books[1:], strict=False):
        assert not earlier - later
    assert [sum(book.values()) for book in books] == [6, 7, 8, 9]


def test_who_was_left_out_of_a_later_list_stays_with_what_was_known(year):
    rows = {(row["Vestiging (BRIN)"], row["Begindatum"], row["Soort"]): row
            for row in rows_of(year[-1][0])}  # fmt: skip
    ended = rows[NORTH, date(2023, 8, 28), "AV"]
    assert (ended["Einddatum"], ended["Stand op de peildatum"]) == (date(2023, 9, 20), "Gestopt")
    lost = rows[NORTH, date(2023, 8, 22), "LRV"]
    assert (lost["Einddatum"], lost["Stand op de peildatum"]) == (None, "Niet meer op de lijst")
    assert lost["Bijzonderheid"] == "Laatst op de lijst van 30-09-2023"


def test_what_is_in_no_way_a_thuiszitter_is_left_out(year):
    rows = rows_of(year[-1][0])
    assert (PRO, date(2024, 3, 25)) not in {(r["Vestiging (BRIN)"], r["Begindatum"]) for r in rows}
    assert {row["Soort"] for row in rows} == {"AV", "LRV", "Vrijstelling 5 onder a"}


def test_a_quarter_knows_nothing_of_later(year):
    """An end, an offer and a start after the count date are not there yet."""
    for content, made in year:
        last = made.edition.quarter.end_on
        for row in rows_of(content):
            days = [row[name] for name in ("Begindatum", "Einddatum", "Datum aanbod")]
            assert all(day is None or day <= last for day in days)


def test_the_first_round_made_again_later_has_the_same_rows(year, tmp_path):
    world = World(tmp_path)
    for number in range(1, 5):
        deliver_quarter(world, number)
    monitor = world.monitor()
    again = rows_of(inspectie_workbook(monitor, monitor.periods[QUARTERS[0]]))
    assert known(again) == known(rows_of(year[0][0]))


def test_a_corrected_date_is_the_same_row_and_not_one_more(tmp_path):
    world = World(tmp_path)
    world.deliver("verzuim", QUARTERS[0], [spell("1", NORTH, AV, "2023-08-28")])
    world.deliver("verzuim", QUARTERS[1], [spell("1", NORTH, AV, "2023-08-30", "2023-12-01")])
    monitor = world.monitor()
    (row,) = rows_of(inspectie_workbook(monitor, monitor.periods[QUARTERS[1]]))
    assert (row["Soort"], row["Begindatum"]) == ("AV", date(2023, 8, 30))


def test_a_second_time_at_home_is_a_second_row_also_when_the_first_left_the_list(tmp_path):
    world = World(tmp_path)
    world.deliver("verzuim", QUARTERS[0], [spell("1", NORTH, AV, "2023-08-28")])
    world.deliver("verzuim", QUARTERS[2], [spell("1", NORTH, AV, "2024-01-15")])
    monitor = world.monitor()
    rows = rows_of(inspectie_workbook(monitor, monitor.periods[QUARTERS[2]]))
    assert [row["Begindatum"] for row in rows] == [date(2023, 8, 28), date(2024, 1, 15)]
    assert len({row["Code"] for row in rows}) == 1


@pytest.mark.parametrize(("answer", "school"), [("laatste", PRO), ("eerste", NORTH)])
def test_of_two_rows_at_once_the_one_that_counts_is_there(tmp_path, answer, school):
    world = World(tmp_path)
    both = [spell("1", NORTH, AV, "2023-08-28"), spell("1", PRO, AV, "2023-09-04")]
    for quarter in QUARTERS[:2]:
        world.deliver("verzuim", quarter, both, answers=replace(WHOLE, two_rows=answer))
    monitor = world.monitor()
    made = round_of(monitor, monitor.periods[QUARTERS[1]])
    assert [(row.location_id, row.start_on) for row in made.rows] == [(school, date(2023, 8, 28))]
    assert not any(row.dropped for row in made.rows)


def test_a_delivery_that_is_undone_takes_its_rows_with_it(tmp_path):
    world = World(tmp_path)
    first = world.deliver("verzuim", QUARTERS[0], [spell("1", NORTH, AV, "2023-08-28")])
    world.deliver("verzuim", QUARTERS[1], [spell("2", NORTH, AV, "2023-10-02")])
    world.store.undo(first.delivery.delivery_id, "test", "verkeerd bestand")
    monitor = world.monitor()
    rows = rows_of(inspectie_workbook(monitor, monitor.periods[QUARTERS[1]]))
    assert [row["Begindatum"] for row in rows] == [date(2023, 10, 2)]


def test_codes_differ_per_round_and_are_the_same_within_one(year):
    codes = [{row["Code"] for row in rows_of(content)} for content, _ in year]
    for number, one in enumerate(codes):
        for other in codes[number + 1 :]:
            assert not one & other
    assert len(codes[-1]) == len({row.pupil for row in year[-1][1].rows})
    again = round_of(year[0][1].edition.monitor, year[0][1].edition.quarter)
    assert {again.writer.key_of(row.pupil) for row in again.rows} == codes[0]


def test_no_stored_code_of_a_pupil_is_in_the_workbook(year):
    for content, made in year:
        everything = b"".join(raw(content).values())
        assert made.rows
        assert not [row for row in made.rows if row.pupil.encode() in everything]


# Whatever the lists look like

PLACES = ("90AA00", "90AA01", "90BB00", "90CC00")
BOARDS = ({"90AA00", "90AA01"}, {"90BB00", "90CC00"})
SUCCESSOR = {"90AA01": "90AA00"}
SOME_SCHOOLS = [
    dict(zip((*LOCATION, "Vanaf", "Tot en met", "Opgegaan in"), row, strict=True))
    for row in (
        ("90AA00", "Noord", "vo", "99901", "Een", "0001", "Dorp", "", "", ""),
        ("90AA01", "Zuid", "vo", "99901", "Een", "0001", "Dorp", "", "31-01-2024", "90AA00"),
        ("90BB00", "Pro", "pro", "99902", "Twee", "0001", "Dorp", "01-11-2023", "", ""),
        ("90CC00", "Vso", "vso", "99902", "Twee", "0001", "Dorp", "", "", ""),
    )
]


def random_spell(dice, pupils):
    start = date(2023, 7, 1) + timedelta(days=dice.randrange(360))
    length = dice.choice((0, 1, 27, 28, 29, 30, 60, 91, 92, 93, 200, None))
    end = None if length is None else start + timedelta(days=length)
    return spell(
        str(dice.randrange(pupils)), dice.choice(PLACES), dice.choice((AV, LRV, "ziekgemeld")),
        start.isoformat(), end and end.isoformat(), Aanbod=dice.choice(("ja", "nee", "")),
    )  # fmt: skip


def handed_in(dice, ever, last):
    """What a board hands in: what began by then, with some rows left out and some ends unknown."""
    for row in ever:
        start = datetime.strptime(row["Begindatum"], "%d-%m-%Y").date()
        if start <= last and dice.random() < 0.85:
            end = row["Einddatum"] and datetime.strptime(row["Einddatum"], "%d-%m-%Y").date()
            yield row if not end or end <= last else row | {"Einddatum": "", "Reden einde": ""}


@pytest.mark.parametrize(("seed", "pupils"), [(0, 12), (1, 12), (2, 5000), (3, 5000)])
def test_rows_and_figures_agree_and_no_row_is_lost_whatever_the_lists_look_like(
    tmp_path, seed, pupils
):
    """Boards that are late, schools that merge, pupils at two schools, ends on the very day.

    With few pupils rows come and go that look like corrections of each other.
    """
    dice = random.Random(seed)
    world = World(tmp_path, schools=())
    world.deliver("locaties", None, SOME_SCHOOLS)
    ever = {(row["Leerlingnummer"], row["Vestiging"], row["Soort verzuim"], row["Begindatum"]): row
            for row in (random_spell(dice, pupils) for _ in range(40))}  # fmt: skip
    seen = set()
    for quarter, last in zip(QUARTERS, LAST_DAYS, strict=True):
        for board in BOARDS:
            own = [row for row in ever.values() if row["Vestiging"] in board]
            rows = list(handed_in(dice, own, last))
            if rows and dice.random() < 0.8:
                world.deliver("verzuim", quarter, rows)
        monitor = world.monitor()
        now = set()
        for period in monitor.periods.values():
            if period.period_type == "kwartaal":
                made = round_of(monitor, period)  # TotalsDiffer when they do not agree
                assert len({row.key for row in made.rows}) == len(made.rows)
                # who is still at home when his school merges stands at the one it went into
                now = {
                    (row.pupil, row.kind, SUCCESSOR.get(row.location_id, row.location_id),
                     row.start_on)
                    for row in made.rows
                }  # fmt: skip
        assert not seen - now or pupils == 12
        seen = now
    assert seen


@pytest.mark.parametrize(
    ("start", "day", "long"),
    [
        ("2023-11-30", "2024-02-29", False),
        ("2023-11-30", "2024-03-01", True),
        ("2023-09-30", "2023-12-30", False),
        ("2023-09-30", "2023-12-31", True),
        ("2023-10-31", "2024-01-31", False),
    ],
)
def test_three_months_end_where_the_figures_let_them_end(demo, start, day, long):
    sql = "select cast(cast(? as date) + interval '3 months' as date) < cast(? as date) as long"
    assert demo.database.rows(sql, [start, day])[0]["long"] == long
    assert is_long(date.fromisoformat(start), date.fromisoformat(day)) == long
