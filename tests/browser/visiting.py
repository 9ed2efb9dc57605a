"""A running monitor and a visitor with a real Chromium, watched for errors and stray requests."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 768, "height": 1024}
# A deep link makes Streamlit ask for these two below the page first; it then finds the right ones.
HARMLESS = ("/_stcore/health", "/_stcore/host-config")
PATIENCE = 300_000  # milliseconds; only what hangs takes this long, also on a slow machine
TURNS = 100
# The script has run, all it sent is drawn, and our own script listens to links (pages/shared).
CALM = """() =>
    document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
    && document.documentElement.lang === 'nl'
    && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')"""


@dataclass
class Site:
    """A running monitor with its store."""

    address: str
    store: Path
    log: Path


@dataclass
class Visitor:
    """A browser that remembers what went wrong and who was called."""

    context: BrowserContext
    site: Site
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: str = "", size: dict[str, int] | None = None) -> Page:
        """A new tab on this page of the site, once it has been drawn completely."""
        page = self.context.new_page()
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.set_viewport_size(size or WIDE)
        page.goto(f"{self.site.address}/{path}")
        settle(page)
        return page

    def hear(self, kind: str, text: str, source: str) -> None:
        """Note an error on the console, apart from the two harmless ones."""
        if kind == "error" and not source.endswith(HARMLESS):
            self.errors.append(f"{text} ({source})")

    def strangers(self) -> list[str]:
        """Every address outside this computer that was asked for."""
        own = {"localhost", "127.0.0.1", "", None}
        return [url for url in self.requests if urlsplit(url).hostname not in own]


def settle(page: Page) -> None:
    """Wait until the script has run and nothing is being drawn any more."""
    page.wait_for_selector("[data-testid=stMain] h1", timeout=PATIENCE)
    for _ in range(TURNS):
        page.wait_for_function(CALM, timeout=PATIENCE)
        page.wait_for_timeout(300)
        if page.evaluate(CALM):
            return
    raise AssertionError(f"De pagina komt niet tot rust: {page.url}")


@contextmanager
def running_site(store: Path, demo: bool, script: str = "dashboard.py") -> Iterator[Site]:
    """The monitor as a user starts it, on a free port and a store of its own."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    store.mkdir(parents=True, exist_ok=True)
    log = store.parent / f"{store.name}.log"
    environment = {**os.environ, "KPI_STORE": str(store)}
    environment.pop("KPI_DEMO", None)
    if demo:
        environment["KPI_DEMO"] = "1"
    command = [sys.executable, "-m", "streamlit", "run", script]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, "--server.headless=true", f"--server.port={port}"],
            cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            site = Site(f"http://localhost:{port}", store, log)
            _wait_until_healthy(site, server)
            yield site
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE / 1000)


def _wait_until_healthy(site: Site, server: subprocess.Popen) -> None:
    end = time.monotonic() + PATIENCE / 1000
    while server.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{site.address}/_stcore/health", timeout=30):
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"De server startte niet:\n{site.log.read_text(encoding='utf-8')}")


@contextmanager
def visiting(browser: Browser, site: Site) -> Iterator[Visitor]:
    """A Dutch visitor with a cache of its own."""
    context = browser.new_context(
        locale="nl-NL", timezone_id="Europe/Amsterdam", accept_downloads=True, viewport=WIDE
    )
    context.set_default_timeout(PATIENCE)
    visitor = Visitor(context, site)
    context.on("request", lambda request: visitor.requests.append(request.url))
    context.on(
        "console", lambda said: visitor.hear(said.type, said.text, said.location.get("url", ""))
    )
    context.on("weberror", lambda error: visitor.errors.append(str(error.error)))
    yield visitor
    context.close()
