"""What papers hide is kept: a second start hides the same, and an outdated file hides nothing."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy
import pytest
from inspectie_world import AV, LRV, NORTH, PRO, QUARTERS, World, spell

from data import kept
from data.deliveries.store import Store
from data.progress import heard_by
from kpi.cycle.closing import close
from kpi.cycle.quarter import close_without_late, state_of
from kpi.cycle.status import offer, second_reading
from kpi.guard.kept import KIND
from kpi.meaning.profile import PROFILES
from kpi.meaning.target import Target, TargetKind
from kpi.opening.opening import forget, open_monitor
from kpi.paper.make import Paper, documents
from kpi.paper.publication import prepare, publication
from kpi.record import commentary
from kpi.record.commitments import promise
from kpi.record.deviations import agree_deviation
from kpi.record.events import add_event
from kpi.record.targets import set_target

DECIDING = "Kleine aantallen worden afgeschermd."
LIST = [
    *(spell(f"A{n}", NORTH, AV, f"2023-08-2{n}") for n in range(9)),
    *(spell(f"B{n}", NORTH, LRV, f"2023-09-1{n}", f"2023-11-1{n}") for n in range(3)),
    *(spell(f"C{n}", PRO, AV, f"2023-09-1{n}") for n in range(2)),
    *(spell(f"D{n}", PRO, LRV, f"2024-01-1{n}") for n in range(6)),
]
LAST = QUARTERS[2]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A store with three quarters of absence, small numbers among them; nothing was kept of it."""
    world = World(tmp_path_factory.mktemp("stukken"))
    for number, quarter in enumerate(QUARTERS[:3], start=1):
        until = ("2023-09-30", "2023-12-31", "2024-03-31")[number - 1]
        world.deliver(
            "verzuim", quarter, [as_known(row, until) for row in LIST if began(row, until)]
        )
    return world.folder / "store"


def began(row, until):
    return day(row["Begindatum"]) <= date.fromisoformat(until)


def as_known(row, until):
    ended = row["Einddatum"] and day(row["Einddatum"]) <= date.fromisoformat(until)
    return row if ended else row | {"Einddatum": "", "Reden einde": ""}


def day(text):
    return date(*(int(part) for part in reversed(text.split("-"))))


@pytest.fixture
def store(filled, tmp_path):
    """A copy of that store, of which every quarter was decided and kept."""
    path = shutil.copytree(filled, tmp_path / "store")
    for quarter in QUARTERS[:3]:
        decided(opened(path), quarter)
    forget(path)
    return path


def opened(path, **choices):
    return open_monitor(store=path, **{"profile": "groningen_stad", "demo": False, **choices})


def again(path, **choices):
    """Opened as another process would."""
    forget(path)
    return opened(path, **choices)


def decided(monitor, quarter=LAST):
    """What the papers of a quarter hide, and whether that was decided just now."""
    heard = []
    with heard_by(lambda part, text: heard.append(text)):
        found = publication(monitor, monitor.periods[quarter])
    return found, any(DECIDING in text for text in heard)


def without_a_file(path, folder, quarter=LAST, **choices):
    """The same as a start says of which nothing was or can be kept."""
    bare = shutil.copytree(path, folder / "kaal", ignore=shutil.ignore_patterns(kept.FOLDER))
    (bare / kept.FOLDER).touch()
    found, is_new = decided(again(bare, **choices), quarter)
    assert is_new
    forget(bare)
    shutil.rmtree(bare)
    return found


def kept_files(path):
    return sorted((path / kept.FOLDER).glob(f"{KIND}-*"))


def test_a_second_start_hides_the_same_in_every_quarter(store, tmp_path):
    for quarter in QUARTERS[:3]:
        found, is_new = decided(again(store), quarter)
        assert not is_new
        assert found == without_a_file(store, tmp_path, quarter)
        assert found.hidden and found.hidden < found.told and found.own <= found.told
    assert len({decided(opened(store), quarter)[0] for quarter in QUARTERS[:3]}) == 3


def test_papers_of_a_second_start_are_the_same_files(store, filled):
    monitor = again(store)
    for paper in (Paper.ALV, Paper.JAARVERSLAG):
        files = documents(monitor, paper, monitor.periods[LAST])
        bare = again(filled)
        assert files == documents(bare, paper, bare.periods[LAST])


def test_who_waits_for_papers_hears_which_file_and_what_is_done_for_it(store):
    shutil.rmtree(store / kept.FOLDER)
    monitor, heard = again(store), []
    with heard_by(lambda part, text: heard.append((part, text))):
        files = documents(monitor, Paper.ALV, monitor.periods[LAST])
    parts, texts = zip(*heard, strict=True)
    assert list(parts) == sorted(parts) and heard[-1] == (1.0, "Klaar.")
    together = "Het stuk wordt samengesteld."
    assert texts[:3] == (
        together,
        f"{together} Alle stukken van dit kwartaal worden bekeken.",
        f"{together} De bladen per school: 0 van 2.",
    )
    assert f"{together} {DECIDING}" in texts
    named = [f"{file.name} ({number} van 3)." for number, file in enumerate(files, start=1)]
    assert [text for text in texts if "van 3" in text] == named


def target(segment=""):
    return Target(
        "thuiszitters", "stock", TargetKind.AT_MOST, segment=segment, amount=Decimal(4),
        origin="ALV", valid_from=date(2023, 1, 1),
    )  # fmt: skip


def a_target(path):
    set_target(opened(path), target())


def a_target_for_a_part(path):
    set_target(opened(path), target("kind=lrv"))


def a_deviation(path):
    (about, *_) = opened(path).targets
    agree_deviation(
        opened(path), about[0], "Er is nog geen plek", "Bestuur", "2024-01-01", "2024-12-31",
        measure=about[1], segment=about[2], author="Bureau",
    )  # fmt: skip


def a_delivery_less(path):
    Store(path).undo(Store(path).deliveries()[1].delivery_id, "Bureau", "fout")


def a_delivery_more(path):
    world = World(path.parent, schools=())
    late = spell("E1", PRO, AV, "2024-02-01")
    assert world.deliver("verzuim", LAST, [*LIST, late])


def an_earlier_quarter_closed(path):
    when = opened(path).periods[QUARTERS[0]]
    close_without_late(opened(path), when, "De andere bronnen doen niet mee", "Bureau")
    monitor = opened(path)
    for words in state_of(monitor, when).words:
        if words.is_missing:
            kpi = words.line.result.kpi.id
            place = monitor.swv.organisation_id
            commentary.write(monitor, kpi, when.period_id, place, {"why": "Zo was het"}, "Bureau")
    offer(opened(path), when, "Bureau")
    second_reading(opened(path), when, "Directeur")
    close(opened(path), when, "Bureau")


@pytest.mark.parametrize(
    "change",
    [
        a_target, a_target_for_a_part, a_deviation, a_delivery_less, a_delivery_more,
        an_earlier_quarter_closed,
    ],
)  # fmt: skip
def test_whatever_decides_what_is_shown_is_decided_again(store, tmp_path, change):
    decided(opened(store))  # so that this process has an answer of before, too
    change(store)
    found, is_new = decided(opened(store))
    assert is_new
    assert found == without_a_file(store, tmp_path)
    assert decided(again(store)) == (found, False)


def test_a_higher_threshold_hides_more(store, tmp_path):
    shutil.copytree(PROFILES / "groningen_stad", tmp_path / "profielen" / "groningen_stad")
    text = tmp_path / "profielen" / "groningen_stad" / "profile.toml"
    before, _ = decided(again(store, profiles=tmp_path / "profielen"))
    text.write_text(f"smallest_shown = 10\n{text.read_text('utf-8')}", "utf-8")
    found, is_new = decided(again(store, profiles=tmp_path / "profielen"))
    assert is_new and before.hidden < found.hidden


def test_other_packages_that_calculate_decide_again(store, monkeypatch):
    monkeypatch.setattr(numpy, "__version__", "0.1")
    assert decided(again(store))[1]


def a_note(monitor):
    place = monitor.swv.organisation_id
    commentary.write(monitor, "thuiszitters", LAST, place, {"why": "Een zin"}, "Bureau")


def an_event(monitor):
    add_event(monitor, date(2024, 2, 1), "Nieuwe route", "beleid", author="Bureau")


def a_promise(monitor):
    promise(
        monitor, "Elke maand overleg", "Bureau", "2024-06-01", made_on="2024-04-01", body="ALV",
        kpi="thuiszitters", author="Bureau",
    )  # fmt: skip


@pytest.mark.parametrize("say", [a_note, an_event, a_promise])
def test_words_move_no_figure_and_nobody_waits_for_them(store, tmp_path, say):
    say(opened(store))
    found, is_new = decided(again(store))
    assert not is_new
    assert found == without_a_file(store, tmp_path)


def test_a_damaged_file_is_found_and_made_again(store, tmp_path):
    expected = without_a_file(store, tmp_path)
    for path in kept_files(store):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    assert decided(again(store)) == (expected, True)
    assert decided(again(store)) == (expected, False)


def test_a_file_of_another_state_is_not_read_under_its_name(store, tmp_path):
    """Somebody put back files of an earlier state: their names tell."""
    aside = shutil.copytree(store / kept.FOLDER, tmp_path / "eerder")
    a_delivery_less(store)
    expected = without_a_file(store, tmp_path)
    decided(again(store))
    now = kept_files(store)[-1]
    for path in kept_files(store):
        path.unlink()
    for path in Path(aside).glob(f"{KIND}-*"):
        shutil.copy(path, store / kept.FOLDER / now.name)
    assert decided(again(store)) == (expected, True)


def test_the_last_open_quarters_are_prepared_until_it_is_told_to_stop(store):
    shutil.rmtree(store / kept.FOLDER)
    monitor, asked = again(store), []

    def goes_on():
        asked.append("")
        return len(asked) < 3

    prepare(monitor, goes_on)
    assert len(asked) == 3
    last = [period for period in monitor.periods if "-k" in period][-3:]
    assert [decided(again(store), quarter)[1] for quarter in last] == [True, False, False]
