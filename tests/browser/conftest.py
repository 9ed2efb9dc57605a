"""A real server on the made-up SWV and a real Chromium."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from acting import repeated
from playwright.sync_api import Browser, expect, sync_playwright
from visiting import BROWSERS, FLAGS, PATIENCE, Site, Visitor, running_site, visiting

from data.kept import FOLDER

# A changed store is rebuilt and judged anew, which takes a while when two tests share two cores.
expect.set_options(timeout=PATIENCE)
GROUP = "browser"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs all browser tests, in order: one server, one browser.

    First, because the plugin that spreads tests over workers reads the groups in this same hook.
    """
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group(GROUP))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, made_up: Path) -> Iterator[Site]:
    """A copy of the made-up SWV."""
    shown = shutil.copytree(
        made_up, tmp_path_factory.mktemp("shown") / "store", ignore=shutil.ignore_patterns(FOLDER)
    )
    with running_site(shown, demo=True) as running:
        yield running


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """The Chromium of this machine. Without one this fails: a skipped test proves nothing."""
    ids = [
        item.nodeid for item in request.session.items if Path(__file__).parent in item.path.parents
    ]
    if "PYTEST_XDIST_WORKER" in os.environ and not all(id.endswith(f"@{GROUP}") for id in ids):
        pytest.fail("De browsertesten worden over meer workers verdeeld: hun volgorde klopt niet.")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("Chromium ontbreekt. Installeer het (Debian: apt-get install chromium).")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="module")
def visitor(browser: Browser, site: Site) -> Iterator[Visitor]:
    """One visitor per test module: scripts are loaded once."""
    with visiting(browser, site) as one:
        yield one


@pytest.fixture(autouse=True)
def repeats_are_told(request: pytest.FixtureRequest) -> Iterator[None]:
    """What had to be done again is in the report of the test; tests/conftest.py prints it."""
    repeated.clear()
    yield
    request.node.user_properties += [("repeated", act) for act in repeated]


@pytest.fixture(autouse=True)
def nothing_went_wrong(request: pytest.FixtureRequest) -> Iterator[None]:
    """After every browser test: no error on the console, no call outside this computer."""
    yield
    if "visitor" in request.fixturenames:
        visitor = request.getfixturevalue("visitor")
        errors, strangers = list(visitor.errors), visitor.strangers()
        visitor.errors.clear()
        for page in visitor.context.pages:
            page.close()
        assert not errors
        assert not strangers
