"""A dry run of a year: four quarters delivered, worded, read, closed; a correction; the papers."""

import io
import shutil

import pytest
from inspectie_world import AV, LRV, NORTH, PRO, QUARTERS, World, known, rows_of, spell
from openpyxl import load_workbook

from kpi.cycle.changes import changed_since
from kpi.cycle.closing import close
from kpi.cycle.corrections import correct, corrections, needs_correction
from kpi.cycle.edition import edition
from kpi.cycle.quarter import close_without_late, state_of
from kpi.cycle.seal import seal_of
from kpi.cycle.status import document_status, offer, second_reading
from kpi.cycle.verify import verify
from kpi.figure import results
from kpi.paper.make import Paper, annual_figures, board_paper, documents
from kpi.record import commentary
from kpi.record.commitments import open_commitments, promise, settle

MAKER, READER = "Beleidsmedewerker", "Adjunct-directeur"
# Per quarter the list as it is then: ended spells stay in for the rest of the school year.
LISTS = {
    QUARTERS[0]: [
        *(spell(f"A{n}", NORTH, AV, "2023-08-2" + str(n)) for n in range(6)),
        spell("L1", PRO, LRV, "2023-08-01"),
    ],
    QUARTERS[1]: [
        *(spell(f"A{n}", NORTH, AV, "2023-08-2" + str(n)) for n in range(5)),
        spell("A5", NORTH, AV, "2023-08-25", "2023-11-10"),
        spell("L1", PRO, LRV, "2023-08-01", "2023-12-01"),
        *(spell(f"B{n}", NORTH, LRV, "2023-10-1" + str(n)) for n in range(7)),
    ],
}
LISTS[QUARTERS[2]] = [
    *LISTS[QUARTERS[1]],
    *(spell(f"C{n}", PRO, AV, "2024-01-15") for n in range(6)),
]
LISTS[QUARTERS[3]] = [*LISTS[QUARTERS[2]], spell("D1", PRO, AV, "2024-05-20")]
LATE = spell("E1", NORTH, AV, "2024-06-01")


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The store after the year, and the registration as it was made every quarter."""
    world = World(tmp_path_factory.mktemp("jaar"))
    made = {}
    for number, quarter in enumerate(QUARTERS):
        world.deliver("verzuim", quarter, LISTS[quarter])
        if number == 0:
            promise(
                world.monitor(), "Elke maand overleg met leerplicht", "Bureau", "2023-12-01",
                made_on="2023-09-20", body="ALV", kpi="thuiszitters", author=MAKER,
            )  # fmt: skip
        if number == 2:
            (found,) = open_commitments(world.store, period(world, quarter).start_on)
            settle(
                world.monitor(), found.id, "gedaan", "Vast overleg", on="2024-02-01", author=MAKER
            )
        made[quarter] = paper(world, quarter, Paper.INSPECTIE)
        closed(world, quarter)
    return world, made


def period(world, quarter):
    return world.monitor().periods[quarter]


def paper(world, quarter, which):
    (file, *_) = documents(world.monitor(), which, period(world, quarter))
    return file.content


def closed(world, quarter):
    """Words where they are needed, read by somebody else, closed."""
    when = period(world, quarter)
    close_without_late(world.monitor(), when, "De andere bronnen doen niet mee", MAKER)
    monitor = world.monitor()
    for words in state_of(monitor, when).words:
        kpi = words.line.result.kpi.id
        if words.is_missing or kpi == "thuiszitters":
            said = {"why": f"Toelichting bij {when.label}"}
            commentary.write(monitor, kpi, quarter, monitor.swv.organisation_id, said, MAKER)
    offer(world.monitor(), when, MAKER)
    second_reading(world.monitor(), when, READER)
    close(world.monitor(), when, MAKER)
    assert document_status(world.monitor(), when)[0] == "vastgesteld"


def stock(monitor, quarter):
    return results.figure(monitor, "thuiszitters", monitor.swv.organisation_id, quarter).value


def test_the_registration_only_grows(year):
    _, made = year
    before = None
    for quarter in QUARTERS:
        rows = known(rows_of(made[quarter]))
        assert before is None or not before - rows, quarter
        before = rows
    assert before.total() == 6 + 1 + 7 + 6 + 1


def test_a_promise_comes_back_until_it_is_done(year):
    world, _ = year
    days = [period(world, quarter).end_on for quarter in QUARTERS]
    seen = [[item.is_late(day) for item in open_commitments(world.store, day)] for day in days]
    assert seen == [[False], [True], [], []]


def test_the_paper_of_every_quarter_has_its_own_words_and_its_own_seal(year):
    world, _ = year
    for quarter in QUARTERS:
        monitor, when = world.monitor(), period(world, quarter)
        made = board_paper(edition(monitor, when))
        seal = seal_of(world.store, quarter)
        assert (made.frame.status, made.frame.seal) == ("vastgesteld", seal.short)
        texts = [text.body for section in made.sections for text in section.texts]
        assert not texts or f"Toelichting bij {when.label}" in texts


def test_a_late_correction_does_not_change_what_was_sealed(year, tmp_path):
    world = copied(year[0], tmp_path)
    last = QUARTERS[-1]
    monitor, when = world.monitor(), period(world, last)
    seal, sealed = seal_of(world.store, last), stock(world.monitor(), last)
    before = board_paper(edition(monitor, when))
    world.deliver("verzuim", last, [*LISTS[last], LATE])

    monitor = world.monitor()
    assert stock(monitor, last) == sealed + 1
    assert needs_correction(monitor, seal)
    changed = {item.key[:4]: item for item in changed_since(monitor, seal)}
    swv = monitor.swv.organisation_id
    assert changed["thuiszitters", "stock", swv, last].difference_text == "+1 leerling"
    correct(monitor, last, "Een school leverde te laat", MAKER)
    assert not needs_correction(world.monitor(), seal)

    after = board_paper(edition(world.monitor(), when))
    told = [section for section in after.sections if section.id != "gewijzigd"]
    assert told == [section for section in before.sections if section.id != "gewijzigd"]
    assert [note.text for note in corrections(world.store, last)] == ["Een school leverde te laat"]
    assert verify(last, world.store.path).is_whole


def test_the_next_paper_prints_the_correction(year, tmp_path):
    world = copied(year[0], tmp_path)
    last = QUARTERS[-1]
    world.deliver("verzuim", last, [*LISTS[last], LATE])
    correct(world.monitor(), last, "Een school leverde te laat", MAKER)
    world.deliver("verzuim", "2024-2025-k1", [LATE])
    monitor = world.monitor()
    made = board_paper(edition(monitor, monitor.periods["2024-2025-k1"]))
    (section,) = [section for section in made.sections if section.id == "gewijzigd"]
    assert [text.body for text in section.texts] == ["Een school leverde te laat"]
    rows = [[cell.text for cell in row] for table in section.tables for row in table.rows]
    assert ["Thuiszitters: Thuiszitters op de peildatum", "juni 2024"] in [row[:2] for row in rows]


def test_the_annual_figures_are_those_of_the_closed_year(year):
    world, _ = year
    monitor = world.monitor()
    when = monitor.periods[QUARTERS[-1]]
    made = annual_figures(edition(monitor, when))
    assert made.frame.status == "vastgesteld"
    book = load_workbook(io.BytesIO(documents(monitor, Paper.JAARVERSLAG, when)[1].content))
    numbers = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    swv = monitor.swv.organisation_id
    new = results.figure(monitor, "thuiszitters", swv, "2023-2024", "new").value
    assert new is not None and new in numbers


def test_every_seal_of_the_year_is_whole_on_another_computer(year, tmp_path):
    world = copied(year[0], tmp_path)
    for quarter in QUARTERS:
        found = verify(quarter, world.store.path)
        assert found.is_whole and found.figures > 0, found.problems


def copied(world, folder):
    """The same store in another folder."""
    shutil.copytree(world.folder / "store", folder / "store")
    return World(folder, schools=())
