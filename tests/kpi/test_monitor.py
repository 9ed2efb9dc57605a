"""Opening the monitor: built once per version, shared by threads, and when the demo is shown."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from data.importing import import_file
from data.store import Store
from kpi import results
from kpi.definition import DefinitionError
from kpi.demo import FILES, wants_demo
from kpi.monitor import open_monitor, show_demo

pytestmark = pytest.mark.xdist_group("demo")


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
    assert first.reload_if_changed() is first
    own.undo(first.store.deliveries()[0].delivery_id, "Proef", "fout")
    own.set("iets", 1, "Proef")
    import_file(own, FILES / "leerlingen-2023-2024.xlsx", period="2023-2024", isolated=False)
    second = first.reload_if_changed()
    assert second is not first
    assert second.version == own.version != first.version
    assert len(first.deliveries) == 1, "the old one stays as it was"


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
