"""Opening the monitor: built once per version, shared by threads, and when the demo is shown."""

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from copies import copy_with_figures

from data.deliveries.store import Store, StoreError
from data.gate.importing import import_file
from data.kept import FOLDER
from kpi.figure import figures, results
from kpi.meaning.load import DefinitionError
from kpi.meaning.target import Target, TargetKind
from kpi.opening.demo import FILES, show_demo, wants_demo
from kpi.opening.opening import open_as_known, open_monitor, ready_monitor, reload_if_changed
from kpi.record.deviations import agree_deviation, deviations
from kpi.record.events import add_event, events
from kpi.record.targets import set_target, withdraw_target
from kpi.verdict.judged import every_verdict

pytestmark = pytest.mark.xdist_group("demo")
FAIR = "Open dag"
RESERVE = ("reserve", "ratio", "")


@pytest.fixture
def own(tmp_path):
    """A store with one delivery: the locations of the made-up SWV."""
    store = Store(tmp_path / "store")
    result = import_file(store, FILES / "00-vestigingen.xlsx", isolated=False)
    assert result.accepted
    return store


def test_a_store_is_opened_once_per_version(own):
    first = open_monitor(store=own.path)
    assert open_monitor(store=own.path) is first
    assert reload_if_changed(first) is first
    own.undo(first.store.deliveries()[0].delivery_id, "Proef", "fout")
    own.set("iets", 1, "Proef")
    import_file(own, FILES / "leerlingen-2023-2024.xlsx", period="2023-2024", isolated=False)
    second = reload_if_changed(first)
    assert second is not first
    assert second.version == own.version != first.version
    assert len(first.deliveries) == 1, "the old one stays as it was"


def test_a_monitor_is_ready_once_it_is_open_until_the_next_line(own, monkeypatch):
    monkeypatch.setenv("KPI_STORE", str(own.path))
    assert ready_monitor() is None
    monitor = open_monitor()
    assert ready_monitor() is monitor
    monitor.store.record("duiding", {}, "Proef")
    assert ready_monitor() is None
    assert open_monitor() is ready_monitor() is not monitor


def test_an_empty_store_shows_the_demo_and_an_own_delivery_leaves_it(tmp_path, own):
    assert wants_demo(Store(tmp_path / "leeg"))
    assert not wants_demo(own)
    monitor = open_monitor(store=own.path)
    assert not monitor.is_demo
    assert monitor.swv.name == "SWV VO Groningen Stad"
    assert len(monitor.organisations) > 40


def test_one_click_shows_the_demo_again_until_the_next_delivery(own):
    show_demo(own, True, "Proef")
    assert wants_demo(own)
    show_demo(own, False, "Proef")
    assert not wants_demo(own)
    show_demo(own, True, "Proef")
    import_file(own, FILES / "leerlingen-2023-2024.xlsx", period="2023-2024", isolated=False)
    assert not wants_demo(own)


def test_the_demo_is_said_to_be_made_up(demo):
    assert demo.is_demo
    assert "verzonnen" in demo.swv.name
    assert demo.store is not demo.own_store
    assert demo.own_store.deliveries() == ()
    again = open_monitor(store=demo.opened_with.store, profile="groningen_stad", demo=True)
    assert again is demo


def test_many_threads_read_one_monitor(demo):
    quarters = [period.period_id for period in demo.periods.values()][-20:]
    places = ["SWV", "90003", "90AB00", "97ST00"]
    work = [(place, quarter) for place in places for quarter in quarters] * 2

    def texts(item):
        return [shown.value_text for shown in results.overview(demo, *item)]

    one_by_one = [texts(item) for item in work]
    demo._cache.clear()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(texts, work)) == one_by_one


def test_what_many_ask_for_at_once_is_made_once(demo):
    made = []

    def slowly():
        made.append(1)
        time.sleep(0.2)
        return len(made)

    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(lambda _: demo.remember("een traag cijfer", slowly), range(20)))
    assert found == [1] * 20
    assert figures._turns == {}


def test_when_it_cannot_be_made_the_next_one_tries(demo):
    tries = []

    def second_time():
        tries.append(1)
        time.sleep(0.05)
        if len(tries) == 1:
            raise OSError("schijf")
        return "gelukt"

    def ask(_):
        try:
            return demo.remember("lukt de tweede keer", second_time)
        except OSError:
            return "mislukt"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(ask, range(4))) == ["gelukt", "gelukt", "gelukt", "mislukt"]
    assert figures._turns == {}


def test_the_cache_never_outgrows_its_limit(demo):
    for number in range(5000):
        assert demo.remember(("proef", number), lambda number=number: number) == number
    assert len(demo._cache) <= 4000


def test_another_profile_is_another_choice_of_kpis(demo):
    dordrecht = open_monitor(store=demo.opened_with.store, profile="dordrecht", demo=True)
    assert "wachtlijst" in dordrecht.kpis
    assert "reserve" not in dordrecht.kpis
    assert len(results.overview(dordrecht, "SWV", "2025-2026-k4")) == len(dordrecht.kpis)


def test_an_unknown_profile_is_refused(own):
    with pytest.raises(DefinitionError, match="Profiel 'utrecht' bestaat niet"):
        open_monitor(store=own.path, profile="utrecht")


# A line that people add leaves the figures as they are


@pytest.fixture(scope="module")
def series(tmp_path_factory):
    """A store with a series of some years, opened and judged; only to be copied."""
    store = Store(tmp_path_factory.mktemp("series") / "store")
    files = [("00-vestigingen.xlsx", None)]
    files += [(f"vermogen-{year}.xlsx", str(year)) for year in (2020, 2021, 2022, 2023, 2024)]
    for name, period in files:
        assert import_file(store, FILES / name, period=period, isolated=False).accepted
    return again(store)


@pytest.fixture
def judged(series, tmp_path):
    """A copy of it to write in."""
    return again(Store(copy_with_figures(series, tmp_path / "store")))


def again(store):
    monitor = open_monitor(store=store.path)
    every_verdict(monitor)
    return monitor


def ceiling(amount):
    return Target(
        "reserve", "ratio", TargetKind.AT_MOST, amount=Decimal(amount), origin="ALV",
        valid_from=date(2020, 1, 1),
    )  # fmt: skip


def test_a_note_makes_another_monitor_with_the_same_figures_and_verdicts(judged):
    assert judged.verdicts
    judged.remember("afgeleid", lambda: "oud")
    judged.store.record("duiding", {"tekst": "Dat komt door de verhuizing."}, "Proef")
    after = again(judged.own_store)
    assert after is not judged
    assert after.version != judged.version
    assert after.figures_version == judged.figures_version
    assert after.database is judged.database
    assert after.verdicts is judged.verdicts
    assert after.remember("afgeleid", lambda: "nieuw") == "nieuw"
    assert [entry.body["tekst"] for entry in after.store.entries("duiding")]


def test_a_delivery_and_an_undo_build_the_figures_again(judged):
    judged.own_store.undo(judged.store.deliveries()[-1].delivery_id, "Proef", "fout")
    after = again(judged.own_store)
    assert after.database is not judged.database
    assert len(after.deliveries) == len(judged.deliveries) - 1
    assert after.verdicts != judged.verdicts


def test_an_event_and_a_deviation_are_seen_at_once(judged):
    assert FAIR not in {event.label for event in events(judged)}
    add_event(judged, date(2024, 5, 1), FAIR, "overig")
    set_target(judged, ceiling(1))
    monitor = again(judged.own_store)
    assert FAIR in {event.label for event in events(monitor)}
    agree_deviation(monitor, "reserve", "Afgesproken", "Directeur", "2024-01-01", "2024-12-31",
                    measure="ratio")  # fmt: skip
    assert [item.reason for item in deviations(again(judged.own_store))] == ["Afgesproken"]


def test_only_what_has_another_target_is_judged_again(judged):
    set_target(judged, ceiling(100))
    after = again(judged.own_store)
    assert after.database is judged.database
    changed = {key for key, found in after.verdicts.items() if found != judged.verdicts[key]}
    assert changed
    assert {(key[0], key[1], key[3]) for key in changed} == {RESERVE}
    same = after.verdicts.keys() - changed
    assert all(after.verdicts[key] is judged.verdicts[key] for key in same)


def test_what_is_judged_again_is_as_if_all_was(judged, tmp_path):
    set_target(judged, ceiling(100))
    after = again(judged.own_store)
    unkept = shutil.ignore_patterns(FOLDER)
    shutil.copytree(judged.store.path, tmp_path / "kopie", ignore=unkept)
    assert again(Store(tmp_path / "kopie")).verdicts == after.verdicts


def test_a_withdrawn_target_gives_the_verdicts_of_before(judged):
    set_target(judged, ceiling(100))
    withdraw_target(again(judged.own_store), ceiling(100))
    assert again(judged.own_store).verdicts == judged.verdicts


def test_an_earlier_state_knows_nothing_of_later(judged):
    sealed = len(judged.store.lines())
    set_target(judged, ceiling(100))
    judged.own_store.undo(judged.store.deliveries()[-1].delivery_id, "Proef", "fout")
    now = again(judged.own_store)
    earlier = open_as_known(now, sealed)
    every_verdict(earlier)
    assert earlier.version == judged.version
    assert earlier.targets == judged.targets != now.targets
    assert earlier.deliveries == judged.deliveries != now.deliveries
    assert earlier.verdicts == judged.verdicts != now.verdicts
    assert list(results.figures(earlier)) == list(results.figures(judged))
    with pytest.raises(StoreError, match="alleen te lezen"):
        add_event(earlier, date(2024, 5, 1), FAIR, "overig")
    judged.own_store.record("duiding", {}, "Proef")
    assert open_as_known(again(judged.own_store), sealed) is earlier


def test_an_earlier_state_with_the_same_figures_shares_them(judged):
    sealed = len(judged.store.lines())
    set_target(judged, ceiling(100))
    earlier = open_as_known(again(judged.own_store), sealed)
    assert earlier.database is judged.database
    assert earlier.targets == judged.targets


def test_an_earlier_state_reads_the_definitions_it_is_given(judged, tmp_path):
    then = tmp_path / "definities"
    shutil.copytree(judged.opened_with.definitions, then)
    path = then / "reserve" / "kpi.toml"
    text = path.read_text(encoding="utf-8")
    label = judged.kpis["reserve"].label
    path.write_text(text.replace(f'"{label}"', '"Zoals het toen heette"', 1), encoding="utf-8")
    earlier = open_as_known(judged, len(judged.store.lines()), definitions=then)
    assert earlier.kpis["reserve"].label == "Zoals het toen heette"
    assert judged.kpis["reserve"].label == label


def test_an_earlier_state_of_the_demo_stays_the_demo(demo):
    last = len(demo.store.lines())
    earlier = open_as_known(demo, last - 1)
    assert earlier.is_demo
    assert earlier.database is demo.database
    assert len(earlier.store.lines()) == last - 1


def test_only_what_exists_is_kept_and_zeros_are_made_when_asked(demo):
    def many(what):
        return demo.database.rows(f"select count(*) as n from {what}")[0]["n"]

    asked = many("kpi_value")
    assert many("kpi_value where state in ('zero', 'missing', 'not_applicable')") > asked / 2
    assert many("kpi_figure") < asked / 2
