"""The pages as scripts, on the made-up SWV."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kpi.monitor import Monitor, open_monitor

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "overzicht": ("pages.overview", "overview"),
    "kpi": ("pages.kpi_detail", "kpi_detail"),
    "locaties": ("pages.locations", "locations"),
    "gegevens": ("pages.deliveries", "deliveries"),
    "definities": ("pages.dictionary", "dictionary"),
}


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


def shown(markdown: object) -> str:
    """What a reader sees of a Markdown cell: without escapes, weights, links and pictures."""
    text = re.sub(r"!\[.*?(?<!\\)\]\(data:[^)]*\)", "", str(markdown))
    text = re.sub(r"(?<!\\)\[(.*?)(?<!\\)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?<!\\):(?:gray|orange|small)\[(.*?)(?<!\\)\]", r"\1", text)
    text = re.sub(r"(?<!\\)\*\*", "", text)
    return re.sub(r"\\(.)", r"\1", text)
