"""The pages as scripts, on the made-up SWV."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reading import PAGES
from streamlit.testing.v1 import AppTest

from kpi.monitor import Monitor, open_monitor


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without deliveries, so that it shows the made-up SWV."""
    return tmp_path_factory.mktemp("pages") / "store"


@pytest.fixture(autouse=True)
def in_demo(demo_store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every page test looks at that store."""
    monkeypatch.setenv("KPI_STORE", str(demo_store))
    monkeypatch.delenv("KPI_PROFILE", raising=False)
    monkeypatch.delenv("KPI_DEMO", raising=False)
    yield


@pytest.fixture
def monitor() -> Monitor:
    """The figures the pages show."""
    return open_monitor()


@pytest.fixture
def visit() -> Callable[..., AppTest]:
    """Open a page with these choices in its address and run it."""

    def open_page(page: str, **choices: str) -> AppTest:
        module, function = PAGES[page]
        script = f"from {module} import {function}\n{function}()"
        app = AppTest.from_string(script, default_timeout=60)
        for name, value in choices.items():
            app.query_params[name] = value
        return app.run()

    return open_page
