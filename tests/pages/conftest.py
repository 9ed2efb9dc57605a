"""The pages as scripts, on the made-up SWV."""

from collections.abc import Callable
from pathlib import Path

import pytest
from copies import copy_with_figures
from reading import listed, opened
from streamlit.testing.v1 import AppTest

from data.deliveries.store import Store
from kpi.figure.monitor import Monitor
from kpi.opening.opening import open_monitor
from pages.shared.monitor import judged_monitor


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs all page tests, so that their stores are built and judged once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("pages"))


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory, demo: Monitor) -> Path:
    """A copy of the made-up SWV that the pages show; who writes in it takes it back."""
    return copy_with_figures(demo, tmp_path_factory.mktemp("shown") / "store", demo=False)


@pytest.fixture(autouse=True)
def in_demo(shown: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page test looks at the made-up SWV."""
    monkeypatch.setenv("KPI_STORE", str(shown))
    monkeypatch.delenv("KPI_PROFILE", raising=False)
    monkeypatch.delenv("KPI_DEMO", raising=False)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory, demo: Monitor) -> Path:
    """Another copy, to write in, for all tests together: each writes about a KPI of its own."""
    return copy_with_figures(demo, tmp_path_factory.mktemp("written") / "store", demo=False)


@pytest.fixture
def own(written: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Store]:
    """The page shows that copy; gives what is in the store of the made-up SWV by now."""
    monkeypatch.setenv("KPI_STORE", str(written))
    return lambda: open_monitor().store


@pytest.fixture
def monitor() -> Monitor:
    """The figures the pages show."""
    return open_monitor()


@pytest.fixture
def visit() -> Callable[..., AppTest]:
    """Open a page with these choices in its address and run it.

    The figures are there before it begins: a page is timed, and building them on a slow machine is
    not what is tested.
    """

    def open_page(page: str, **choices: str) -> AppTest:
        judged_monitor()
        return opened(page, **choices)

    return open_page


@pytest.fixture(scope="module")
def looked_at() -> dict[tuple[object, ...], AppTest]:
    """The pages that `seen` has opened."""
    return {}


@pytest.fixture
def seen(
    visit: Callable[..., AppTest], looked_at: dict[tuple[object, ...], AppTest]
) -> Callable[..., AppTest]:
    """As `visit`, for tests that only look: a page is run once per address.

    tables: with the tables in front that lie behind a drawing.
    """

    def open_page(page: str, *, tables: bool = False, **choices: str) -> AppTest:
        key = (page, tables, *sorted(choices.items()))
        if key not in looked_at:
            found = visit(page, **choices)
            looked_at[key] = listed(found) if tables else found
        return looked_at[key]

    return open_page
