"""What holds for every test: random examples are the same every time, and none has a deadline.

No test is run again when it fails. An act in the browser may be (tests/browser/acting.py); the run
says at its end which were.

The gate must say the same thing twice, also on a slow machine. For new examples each time:
`pytest --hypothesis-profile=default`.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from data.source_file import load_sources
from kpi.figure.monitor import Monitor
from kpi.opening.demo import demo_store
from kpi.opening.opening import forget, open_monitor

PATIENCE = 600  # seconds; only what hangs takes this long

settings.register_profile(
    "gate", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("gate")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a file makes for all its tests is made once: one worker runs them all."""
    for item in items:
        fixtures = getattr(item, "_fixtureinfo").name2fixturedefs.values()  # noqa: B009
        shares = any(found[-1].scope == "module" for found in fixtures)
        if shares and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(str(item.path)))


@pytest.fixture(autouse=True)
def forgotten(request: pytest.FixtureRequest) -> Iterator[None]:
    """A monitor on a folder of one test is closed with it; its figures leave the memory."""
    names = request.fixturenames
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in names else None
    yield
    if folder:
        forget(folder)


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A store that shows the made-up SWV; only to be read or copied.

    Filled once for all workers together: the first one does it and the others wait. It does so as
    a bureau that starts: by opening the monitor on an empty store.
    """
    run = tmp_path_factory.getbasetemp()
    run = run.parent if "PYTEST_XDIST_WORKER" in os.environ else run
    folder, ready = run / "made_up", run / "made_up_is_ready"
    try:
        folder.mkdir()
    except FileExistsError:
        end = time.monotonic() + PATIENCE
        while not ready.exists() and time.monotonic() < end:
            time.sleep(0.1)
        filled = demo_store(folder, load_sources())
    else:
        try:
            filled = open_monitor(folder, "groningen_stad", demo=False).store
        finally:
            ready.touch()
    last = filled.lines()[-1].seq
    yield folder
    written = [(entry.kind, entry.body) for entry in filled.lines() if entry.seq > last]
    assert not written, "a test wrote in the store that all tests share"


@pytest.fixture(scope="session")
def demo(made_up: Path) -> Monitor:
    """The monitor on the made-up SWV, built once per test process."""
    return open_monitor(store=made_up, profile="groningen_stad", demo=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name every act in the browser that only worked when it was done again."""
    reports = [report for kind in terminalreporter.stats.values() for report in kind]
    lines = [
        f"{report.nodeid}: {act}"
        for report in reports
        if getattr(report, "when", "") == "teardown"
        for name, act in report.user_properties
        if name == "repeated"
    ]
    if lines:
        terminalreporter.section("in de browser opnieuw gedaan, daarna gelukt of niet")
        terminalreporter.write_line("\n".join(lines))
