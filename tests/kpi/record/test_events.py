"""The register of events: those of the profile, those of the bureau, and where they belong."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calendar import Calendar
from kpi.meaning.event import Event, EventKind
from kpi.meaning.load import DefinitionError, load_kpis
from kpi.meaning.profile import PROFILES, load_profile
from kpi.record.events import add_event, events, remove_event
from kpi.register import Record, Refused

HEAD = 'name = "Proef"\nkpis = ["proef"]\n[organisation]\ncode = "SWV"\nname = "Proef"\n'
DAY = date(2023, 3, 1)


@pytest.fixture
def monitor(monitor_of):
    return monitor_of([], [])


def labels(monitor, **more):
    return [event.label for event in events(monitor, **more)]


@pytest.fixture
def profile_with(tmp_path, proef):
    """A function: the text of [[events]] → the profile."""

    def make(text):
        folder = tmp_path / "profiles" / "proef"
        folder.mkdir(parents=True)
        (folder / "profile.toml").write_text(HEAD + text, encoding="utf-8")
        return load_profile("proef", proef, tmp_path / "profiles")

    return make


def test_events_stand_in_order_of_date_and_belong_to_their_kpis(monitor):
    add_event(monitor, date(2024, 1, 1), "Later", "beleid", author="Bureau")
    add_event(monitor, DAY, "Eerder", EventKind.STAFF, kpis=["proef"])
    assert labels(monitor) == ["Eerder", "Later"]
    first = events(monitor)[0]
    assert first == Event(DAY, "Eerder", EventKind.STAFF, kpis=("proef",), origin="bureau")
    assert labels(monitor, kpi_id="proef") == ["Eerder", "Later"]
    assert labels(monitor, kpi_id="ander") == ["Later"]


def test_the_same_day_and_name_again_is_a_correction(monitor):
    add_event(monitor, DAY, "Iets", "beleid")
    add_event(monitor, DAY, " Iets ", "overig", note="toch anders")
    (only,) = events(monitor)
    assert (only.kind, only.note) == (EventKind.OTHER, "toch anders")
    assert len(monitor.store.entries(Record.EVENT)) == 2


def test_a_removed_event_is_gone_and_an_earlier_state_can_be_asked_for(monitor):
    kept = add_event(monitor, DAY, "Blijft", "beleid")
    gone = add_event(monitor, DAY, "Gaat weg", "beleid")
    remove_event(monitor, gone, "Bureau", "dubbel")
    assert events(monitor) == [kept]
    assert events(replace(monitor, store=monitor.store.as_known(3))) == [kept, gone]
    with pytest.raises(Refused, match="al eerder ingetrokken"):
        remove_event(monitor, gone)


def test_an_event_of_the_profile_stays(monitor):
    of_profile = Event(DAY, "Uit het profiel", EventKind.POLICY)
    with pytest.raises(Refused, match="staat in het profiel"):
        remove_event(monitor, of_profile)


def test_everything_that_is_wrong_is_said_at_once(monitor):
    with pytest.raises(Refused) as refused:
        add_event(
            monitor, "31-02-2023", " ", "belied", kpis=["proev"], until="morgen", note="x" * 301
        )
    assert [error[:24] for error in refused.value.errors] == [
        "Soort 'belied' bestaat n",
        "KPI 'proev' bestaat niet",
        "“31-02-2023” is geen dat",
        "“morgen” is geen datum. ",
        "“xxxxxxxxxxxxxxxxxxxxxxx",
        "Geef de gebeurtenis een ",
    ]
    assert "Bedoelde u 'beleid'?" in refused.value.errors[0]
    assert events(monitor) == []


def test_what_cannot_be_an_event(monitor):
    with pytest.raises(Refused, match="ligt voor de eerste"):
        add_event(monitor, DAY, "Iets", "beleid", until=DAY - timedelta(days=1))
    with pytest.raises(Refused, match="hoogstens 40 tekens"):
        add_event(monitor, DAY, "x" * 41, "beleid")
    with pytest.raises(Refused, match="Zeg op welke dag"):
        add_event(monitor, None, "Iets", "beleid")
    with pytest.raises(Refused, match="lijkt op een naam"):
        add_event(monitor, DAY, "Kevin Jansen weg", "beleid")


def test_a_line_of_a_later_version_does_not_take_down_the_rest(monitor):
    kept = add_event(monitor, DAY, "Iets", "beleid")
    monitor.store.record(Record.EVENT, {"on": "2023-01-01", "label": "x", "kind": "nieuw"}, "")
    assert events(monitor) == [kept]


def test_a_profile_names_events(profile_with):
    profile = profile_with('[[events]]\non = 2023-03-01\nlabel = "Iets"\nkind = "personeel"\n')
    assert profile.events == (Event(DAY, "Iets", EventKind.STAFF),)
    assert profile.events[0].origin == "profiel"


def test_what_is_wrong_with_the_events_of_a_profile_is_said_at_once(profile_with):
    with pytest.raises(DefinitionError) as wrong:
        profile_with("""
            [[events]]
            on = 2023-03-01
            until = 2023-02-01
            label = "Iets"
            kind = "corona"
            kpis = ["proev"]

            [[events]]
            on = 2023-03-01
            lable = "Iets"
            kind = "griep"
        """)
    text = "\n".join(wrong.value.errors)
    assert "[[events]] 1: De laatste dag (1 februari 2023) ligt voor de eerste" in text
    assert "[[events]] 1: KPI 'proev' bestaat niet. Bedoelde u 'proef'?" in text
    assert "[[events]] 2: onbekende sleutel 'lable'. Bedoelde u 'label'?" in text
    assert "'griep'; verwacht een van: beleid, corona" in text


@pytest.mark.parametrize("profile", ["groningen_stad", "dordrecht"])
def test_both_profiles_know_the_closures_and_the_new_count_date(profile):
    found = load_profile(profile, load_kpis(), PROFILES).events
    assert [(event.on, event.until) for event in found if event.kind is EventKind.CORONA] == [
        (date(2020, 3, 16), date(2020, 6, 1)),
        (date(2020, 12, 16), date(2021, 2, 28)),
    ]
    (moved,) = [event for event in found if event.kind is EventKind.DEFINITION]
    assert moved.on == date(2023, 2, 1)
    assert moved.touches("opp") and not moved.touches("thuiszitters")


def test_where_an_event_falls():
    closure = Event(date(2020, 3, 16), "Dicht", EventKind.CORONA, until=date(2020, 6, 1))
    quarters = [Calendar().quarter(2019, number) for number in (1, 2, 3, 4)]
    assert [closure.falls_in(period) for period in quarters] == [False, False, True, True]
    assert closure.when_text == "16 maart 2020 tot en met 1 juni 2020"
    one_day = Event(date(2020, 3, 31), "Dag", EventKind.OTHER)
    assert [one_day.falls_in(period) for period in quarters] == [False, False, True, False]


@given(st.dates(date(2020, 1, 1), date(2022, 12, 31)), st.integers(0, 500))
def test_an_event_of_some_days_touches_a_row_of_quarters_without_gaps(first, length):
    event = Event(first, "x", EventKind.OTHER, until=first + timedelta(days=length))
    quarters = [Calendar().quarter(year, n) for year in range(2018, 2026) for n in (1, 2, 3, 4)]
    touched = [number for number, period in enumerate(quarters) if event.falls_in(period)]
    assert touched
    assert touched == list(range(touched[0], touched[-1] + 1))


@pytest.mark.xdist_group("demo")
def test_the_demo_shows_the_events_of_the_profile_and_its_own(demo):
    found = {event.label: event.origin for event in events(demo, "thuiszitters")}
    assert found["Scholen dicht (corona)"] == "profiel"
    assert found["Andere leerplichtambtenaar"] == "bureau"
    assert "Teldatum wordt 1 februari" not in found
    assert "Andere leerplichtambtenaar" not in {event.label for event in events(demo, "vsv")}
