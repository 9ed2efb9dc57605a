"""A delivery that came too late costs its figures a letter; history and corrections do not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from handing_in import WHOLE
from handing_in import hand_in as give

from data.calendar import Calendar
from data.deliveries.store import Store
from data.gate.importing import import_file
from data.source_file import load_sources
from kpi.figure import results
from kpi.figure.late import due_on
from kpi.opening.demo import FILES
from kpi.opening.opening import open_monitor
from kpi.verdict.judged import verdict

TOO_LATE = "de gegevens kwamen te laat"
COMPLAINTS = "Klachtnummer;Ontvangen op;Ingediend bij;Soort;Uitkomst;Afgesloten op\n"
COUNTS = (
    "Vestiging;Kwartaal;Soort verzuim;Aantal op peildatum;Nieuw;Beëindigd;Langer dan 3 maanden;"
    "Langer dan 3 maanden zonder aanbod\n"
)
SOURCES = load_sources()


@pytest.mark.parametrize(
    ("source", "period", "day"),
    [
        ("klachten", "2025-2026-k1", date(2025, 11, 11)),
        ("klachten", "2025-2026-k2", date(2026, 2, 11)),
        ("klachten", "2025", date(2026, 2, 11)),
        ("klachten", "2025-2026", date(2026, 8, 11)),
        ("basisondersteuning", "2025-2026", date(2026, 8, 11)),
        ("leerlingen", "2025-2026-k1", date(2025, 12, 12)),
        ("vsv", "2024-2025", date(2026, 5, 12)),
        ("balans", "2025", date(2026, 5, 12)),
        ("duo_leerlingen", "2025-2026", None),
    ],
)
def test_the_last_day_in_time_is_six_weeks_after_the_expected_month(source, period, day):
    assert due_on(SOURCES[source], Calendar().parse(period)) == day


@pytest.fixture
def deliver(tmp_path, monkeypatch):
    """A function: hand in a file on a day; an own store with the locations, from 1 September."""
    store = Store(tmp_path / "store")
    clock = {"now": datetime(2025, 9, 1, 12, tzinfo=UTC)}

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return clock["now"]

    monkeypatch.setattr("data.deliveries.ledger.datetime", Clock)

    def hand_in(day, name, text, period):
        clock["now"] = datetime.combine(day, datetime.min.time(), UTC)
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        give(store, path, period, answers=replace(WHOLE, speaks_for=""))
        return open_monitor(store=store.path)

    assert import_file(store, FILES / "00-vestigingen.xlsx", isolated=False).accepted
    return hand_in


def reasons(monitor, kpi, organisation, period, measure):
    figure = results.figure(monitor, kpi, organisation, period, measure)
    assert figure.has_number, (organisation, period)
    return verdict(monitor, figure).confidence.reasons


def complaints(*days):
    rows = [f"K{day};{day};bestuur;klacht;;" for day in days]
    return COMPLAINTS + "\n".join(rows) + "\n"


def test_only_what_came_after_its_day_is_late(deliver):
    first = complaints("04-10-2023", "12-09-2025")
    deliver(date(2025, 10, 5), "een.csv", first, "2025-2026-k1")
    second = complaints("04-10-2023", "12-09-2025", "10-12-2025")
    monitor = deliver(date(2026, 2, 12), "twee.csv", second, "2025-2026-k2")

    def late(period):
        return TOO_LATE in reasons(monitor, "klachten", "SWV", period, "complaints")

    assert late("2025-2026-k2")
    assert late("2025"), "the calendar year was complete with the same delivery"
    assert not late("2025-2026-k1"), "the second file is only an addition to what came in time"
    assert not late("2024-2025-k3"), "history that came with the first file"


def test_the_day_itself_is_in_time_and_a_correction_is_not_late(deliver):
    deliver(date(2025, 11, 11), "een.csv", complaints("12-09-2025"), "2025-2026-k1")
    corrected = complaints("12-09-2025", "13-09-2025")
    monitor = deliver(date(2026, 5, 1), "twee.csv", corrected, "2025-2026-k1")
    assert TOO_LATE not in reasons(monitor, "klachten", "SWV", "2025-2026-k1", "complaints")


def counts(period, *locations):
    rows = [
        f"{name};{period};{kind};3;1;0;0;0"
        for name in locations
        for kind in ("absoluut verzuim", "langdurig relatief verzuim")
    ]
    return COUNTS + "\n".join(rows) + "\n"


def test_one_late_board_makes_itself_and_the_whole_late_and_nobody_else(deliver):
    deliver(date(2025, 10, 5), "a.csv", counts("2025-2026-k1", "90AB00"), "2025-2026-k1")
    late = counts("2025-2026-k1", "91CD00")
    monitor = deliver(date(2025, 12, 1), "b.csv", late, "2025-2026-k1")
    found = {
        place: results.figure(monitor, "thuiszitters", place, "2025-2026-k1", "stock").late
        for place in ("SWV", "90001", "90002", "90AB00", "91CD00", "91CD01")
    }
    assert found == {
        "SWV": True, "90001": False, "90002": True, "90AB00": False, "91CD00": True,
        "91CD01": False,  # of numbers only the schools in the list were spoken about
    }  # fmt: skip


def test_the_demo_came_in_one_go_so_nothing_in_it_is_late(demo):
    assert not any(result.late for result in results.figures(demo, "thuiszitters"))
