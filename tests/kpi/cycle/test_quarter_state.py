"""What blocks closing and what does not, who may read, and notes on what changed afterwards."""

from datetime import date

import pytest
from copies import copy_with_figures
from small_quarter import (
    FIRST,
    LATER,
    MAKER,
    NEXT,
    QUARTER,
    READER,
    close_it,
    deliver,
    make_ready,
    opened,
    write_words,
)

from data.deliveries.disk import BEING_WRITTEN
from data.deliveries.store import Store
from kpi.cli.main import main
from kpi.cycle.changes import changed_since
from kpi.cycle.closing import close
from kpi.cycle.corrections import correct, corrections, needs_correction
from kpi.cycle.quarter import close_without_late, state_of
from kpi.cycle.seal import seal_of
from kpi.cycle.status import (
    QuarterStatus,
    document_status,
    offer,
    same_person,
    second_reading,
    steps,
)
from kpi.meaning.target import Target, TargetKind
from kpi.opening.opening import open_monitor
from kpi.record import commentary
from kpi.record.deviations import agree_deviation
from kpi.record.targets import set_target
from kpi.register import Refused


def state(folder, quarter=QUARTER):
    monitor = opened(folder)
    return state_of(monitor, monitor.periods[quarter])


def status(folder, quarter=QUARTER):
    monitor = opened(folder)
    return document_status(monitor, monitor.periods[quarter])


def asked(folder, word, quarter=QUARTER):
    return any(word in text for text in state(folder, quarter).errors)


# Reading


def test_the_reader_is_somebody_else(ready):
    monitor = opened(ready)
    quarter = monitor.periods[QUARTER]
    offer(monitor, quarter, MAKER)
    for name in (MAKER, " anna   DE boer "):
        with pytest.raises(Refused, match="iemand anders"):
            second_reading(monitor, quarter, name)
    assert status(ready)[0] == "concept"
    second_reading(monitor, quarter, READER)
    assert status(ready) == ("tegengelezen", "")


def test_nobody_reads_what_was_not_offered_and_everyone_has_a_name(closed):
    deliver(closed, *LATER)
    monitor = opened(closed)
    with pytest.raises(Refused, match="klaar"):
        second_reading(monitor, monitor.periods[NEXT], READER)
    with pytest.raises(Refused, match="naam"):
        offer(monitor, monitor.periods[NEXT], "  ")
    with pytest.raises(Refused, match="al vastgesteld"):
        offer(monitor, monitor.periods[QUARTER], MAKER)


def test_what_comes_after_the_reading_must_be_read_too(ready):
    assert state(ready).steps.status is QuarterStatus.READ
    Store(ready).record("proef", {}, MAKER)
    assert state(ready).steps.status is QuarterStatus.READ, "a line that is in no report"
    monitor = opened(ready)
    commentary.write(
        monitor, "opp", QUARTER, monitor.swv.organisation_id, {"why": "Nog niet bekend"}, MAKER
    )
    assert asked(ready, "Na het tegenlezen kwam er nog bij: duiding")
    with pytest.raises(Refused, match="Laat opnieuw tegenlezen"):
        close_it(ready)
    second_reading(opened(ready), monitor.periods[QUARTER], READER)
    deliver(ready, LATER[0])
    assert asked(ready, "kwam er nog bij: levering")


def test_a_correction_after_the_reading_is_read_too_because_the_paper_prints_it(closed):
    deliver(closed, *LATER)
    make_ready(closed, NEXT)
    assert state(closed, NEXT).steps.status is QuarterStatus.READ
    correct(opened(closed), QUARTER, "Een school telde een leerling dubbel", MAKER)
    assert asked(closed, "kwam er nog bij: correctie", NEXT)


def test_words_about_another_quarter_leave_the_reading_as_it_is(ready):
    deliver(ready, *LATER)
    monitor = opened(ready)
    second_reading(monitor, monitor.periods[QUARTER], READER)
    swv = monitor.swv.organisation_id
    commentary.write(opened(ready), "opp", NEXT, swv, {"why": "Nog niet bekend"}, MAKER)
    assert steps(Store(ready), QUARTER).is_read


def test_an_offer_after_the_reading_asks_for_another_reading(ready):
    monitor = opened(ready)
    offer(monitor, monitor.periods[QUARTER], MAKER)
    assert asked(ready, "Nog niemand anders")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("A. de Vries", "a. DE  vries", True), ("A. de Vries", "B. de Vries", False)],
)
def test_a_name_is_the_same_whatever_its_capitals_and_spaces(one, other, same):
    assert same_person(one, other) is same


# What blocks


def test_everything_that_blocks_is_said_together_and_closing_is_refused(ready):
    fresh = Store(ready.parent / "vers")
    deliver(fresh.path, ("00-vestigingen.xlsx", None), ("verzuim-2023-2024.xlsx", QUARTER))
    errors = state(fresh.path).errors
    for start in ("Nog niet binnen", "Het concept is nog niet klaargezet"):
        assert any(text.startswith(start) for text in errors)
    monitor = opened(fresh.path)
    with pytest.raises(Refused) as refused:
        close(monitor, monitor.periods[QUARTER], "")
    assert set(errors) < set(refused.value.errors)
    assert "Vul uw naam in." in refused.value.errors


def test_late_deliveries_warn_once_somebody_said_why_not_to_wait(ready):
    assert not asked(ready, "Nog niet binnen")
    assert any("De rest hoort niet bij de proef" in text for text in state(ready).warnings)
    Store(ready).undo(opened(ready).store.deliveries()[-1].delivery_id, MAKER, "proef")
    assert asked(ready, "Nog niet binnen"), "now something else is missing too"
    monitor = opened(ready)
    with pytest.raises(Refused, match="waarom"):
        close_without_late(monitor, monitor.periods[QUARTER], " ", MAKER)


@pytest.fixture
def all_in(demo, tmp_path):
    """A copy of the made-up SWV, which has everything about the quarter; and its monitor."""
    folder = copy_with_figures(demo, tmp_path / "compleet")
    return folder, lambda: open_monitor(store=folder, profile="groningen_stad", demo=True)


def accepted(all_in, missing):
    """What the quarter looks like before and after such an acceptance is on record."""
    monitor = all_in[1]()
    before = state_of(monitor, monitor.periods[QUARTER])
    step = {"quarter": QUARTER, "step": "zonder wat nog niet binnen is"}
    body = {**step, "missing": missing, "reason": "Zomaar"}
    monitor.store.record("kwartaalstap", body, MAKER)
    return before, state_of(all_in[1](), monitor.periods[QUARTER])


def test_when_nothing_is_late_there_is_nothing_to_accept(all_in, capsys, monkeypatch):
    folder, now = all_in
    version = now().store.version
    late = ("--step", "klaarzetten", "--late", "reden", "--author", MAKER)
    code, _, error = run(capsys, monkeypatch, folder, "close", QUARTER, *late)
    assert (code, "er is niets te laat" in error) == (1, True), error
    assert now().store.version == version, "refused at once, so it was not offered either"


def test_an_acceptance_of_nothing_has_no_effect(all_in):
    """It could be put on record once, and must not take down every look at the quarter."""
    before, after = accepted(all_in, [])
    assert (after.late, after.late_text, after.late_reason) == ((), "", "")
    assert (after.errors, after.warnings) == (before.errors, before.warnings)


def test_what_was_late_and_came_in_is_told_no_more(all_in):
    before, after = accepted(all_in, ["verzuim/10AB00"])
    assert (after.late_text, after.late_reason) == ("", "Zomaar")
    assert (after.errors, after.warnings) == (before.errors, before.warnings)


def test_a_damaged_delivery_blocks(ready):
    path = next(ready.glob("deliveries/verzuim*/rows.parquet"))
    monitor = opened(ready)
    path.write_bytes(path.read_bytes()[:-1])
    monitor.store.record("proef", {}, MAKER)
    with pytest.raises((Refused, ValueError), match="veranderd"):
        close(monitor, monitor.periods[QUARTER], MAKER)
    assert seal_of(monitor.store, QUARTER) is None


def test_a_lapsed_deviation_needs_words_and_those_of_the_quarter_only(ready):
    """Thuiszitters are above any target of one; the deviation lapsed before the quarter ended."""
    monitor = opened(ready)
    lapsed = {"from_on": date(2024, 1, 1), "until": date(2024, 5, 1), "author": MAKER}
    goal = Target(
        "thuiszitters", "stock", TargetKind.AT_MOST, amount=1, valid_from=date(2020, 1, 1),
        origin="ALV",
    )  # fmt: skip
    set_target(monitor, goal, MAKER)
    agree_deviation(opened(ready), "thuiszitters", "Te weinig mensen", "Directeur", **lapsed)
    words = next(w for w in state(ready).words if w.line.result.kpi.id == "thuiszitters")
    assert words.why == "afwijking verlopen"
    assert not words.is_missing, "they were written before"
    swv = monitor.swv.organisation_id
    body = {"kpi": "thuiszitters", "period_id": QUARTER, "organisation_id": swv}
    Store(ready).record("duiding", {**body, "withdrawn": True}, MAKER)
    assert asked(ready, "Duiding ontbreekt bij Thuiszitters (afwijking verlopen)")
    write_words(ready)
    assert not asked(ready, "Duiding ontbreekt")


# After closing


@pytest.fixture
def later(closed):
    """Closed, and then lists came in that change sealed figures."""
    deliver(closed, *LATER)
    return closed


def test_nothing_changed_right_after_closing(closed):
    monitor = opened(closed)
    seal = seal_of(monitor.store, QUARTER)
    assert changed_since(monitor, seal) == []
    assert not needs_correction(monitor, seal)
    found = state(closed)
    assert (found.errors, found.warnings, found.steps.status) == ((), (), QuarterStatus.SEALED)


def test_every_changed_whole_is_listed_with_the_swv_first(later):
    monitor = opened(later)
    seal = seal_of(monitor.store, QUARTER)
    changed = changed_since(monitor, seal)
    levels = [item.level for item in changed]
    assert levels == sorted(levels, key=("swv", "bestuur", "locatie").index)
    assert all(monitor.periods[item.key[3]].needed_to <= monitor.periods[QUARTER].end_on
               for item in changed)  # fmt: skip
    assert levels
    for item in changed:
        assert {item.was_text, item.now_text} != {"geen cijfer", "0"}, "a part that never occurred"


def test_a_taken_back_list_is_not_delivered_now(closed):
    Store(closed).undo(opened(closed).store.deliveries()[-1].delivery_id, MAKER, "proef")
    monitor = opened(closed)
    seal = seal_of(monitor.store, QUARTER)
    stock = next(
        item for item in changed_since(monitor, seal)
        if item.key == ("thuiszitters", "stock", monitor.swv.organisation_id, QUARTER, "")
    )  # fmt: skip
    assert (stock.was_number, stock.now_text, stock.difference_text) == (True, "niet geleverd", "")
    assert int(stock.was_text) > 0
    assert stock.period == "juni 2024"
    assert needs_correction(monitor, seal)


def test_a_correction_is_asked_for_once_per_change_and_printed_in_the_next_report(closed):
    Store(closed).undo(opened(closed).store.deliveries()[-1].delivery_id, MAKER, "proef")
    deliver(closed, *LATER)
    assert asked(closed, "Schrijf een correctie", NEXT)
    correct(opened(closed), QUARTER, "De lijst was van een ander jaar", MAKER)
    assert not asked(closed, "Schrijf een correctie", NEXT)
    store = Store(closed)
    assert [note.text for note in corrections(store, NEXT)] == ["De lijst was van een ander jaar"]
    assert [note.text for note in corrections(store, QUARTER)] == [
        "De lijst was van een ander jaar"
    ]
    assert corrections(store, "2023-2024-k3") == []
    make_ready(closed, NEXT)
    close_it(closed, NEXT)
    assert len(corrections(Store(closed), NEXT)) == 1, "it stays in the report that printed it"
    assert corrections(Store(closed), "2024-2025-k2") == [], "and is not printed again"


def test_a_sealed_quarter_that_no_delivery_reaches_any_more_is_listed_too(later):
    """The list of its year is taken back; that of the next year is the only one by quarter."""
    store = Store(later)
    store.undo(next(d for d in store.deliveries() if d.source == "verzuim").delivery_id, MAKER, "")
    monitor = opened(later)
    assert QUARTER not in monitor.periods
    changed = changed_since(monitor, seal_of(store, QUARTER))
    assert {item.now_text for item in changed if item.key[3] == QUARTER} == {"geen cijfer"}
    assert any("juni 2024" in text for text in state(later, NEXT).errors)


def test_a_further_change_asks_for_another_note(closed):
    store = Store(closed)
    seal, absence = seal_of(store, QUARTER), store.deliveries()[-1].delivery_id
    store.undo(absence, MAKER, "proef")
    assert needs_correction(opened(closed), seal)
    correct(opened(closed), QUARTER, "De lijst was van een ander jaar", MAKER)
    assert not needs_correction(opened(closed), seal)
    deliver(closed, LATER[1])
    assert needs_correction(opened(closed), seal)
    store.undo(store.deliveries()[-1].delivery_id, MAKER, "proef")
    deliver(closed, FIRST[2])
    assert not needs_correction(opened(closed), seal), "as it was sealed again"


def test_a_correction_is_about_a_closed_quarter_and_without_names(ready, closed):
    with pytest.raises(Refused, match="nog niet vastgesteld"):
        correct(opened(ready), QUARTER, "Iets", MAKER)
    for text in ("", "Het ging om Jan de Vries, jan@school.nl"):
        with pytest.raises(Refused):
            correct(opened(closed), QUARTER, text, MAKER)


# Command line


def run(capsys, monkeypatch, folder, *arguments):
    monkeypatch.setenv("KPI_STORE", str(folder))
    monkeypatch.setenv("KPI_PROFILE", "groningen_stad")
    monkeypatch.delenv("KPI_DEMO", raising=False)
    code = main(list(arguments))
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_the_command_line_closes_in_three_steps_and_verifies(ready, capsys, monkeypatch):
    def command(*arguments):
        return run(capsys, monkeypatch, ready, *arguments)

    assert command("close", QUARTER, "--author", MAKER, "--step", "klaarzetten")[0] == 0
    code, _, error = command("close", QUARTER, "--author", MAKER)
    assert (code, "Nog niemand anders" in error) == (1, True)
    assert command("close", QUARTER, "--author", READER, "--step", "tegenlezen")[0] == 0
    code, out, _ = command("close", "juni 2024", "--author", MAKER)
    short = seal_of(Store(ready), QUARTER).short
    assert (code, f"vastgesteld, zegel {short}" in out) == (0, True)
    half_written = ready / "deliveries" / f"{BEING_WRITTEN}x"
    half_written.mkdir()
    for name in (QUARTER, short):
        code, out, _ = command("verify", name)
        assert (code, "gelijk" in out) == (0, True)
    assert half_written.exists(), "who verifies tidies nothing: it may be evidence"
    (ready / "seals" / QUARTER / "figures.parquet").unlink()
    code, out, error = command("verify", QUARTER)
    assert (code, out, "figures.parquet ontbreekt" in error) == (1, "", True)
