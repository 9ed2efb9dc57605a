"""How much slower is the overview than an empty Streamlit page? Prints ratios, tests nothing.

    python tests/benchmark/bench_pages.py

Both servers run at the same time on the same machine and take turns, so only the ratios matter:

- cold start: from the command to the first page drawn in a browser, figures built anew;
- warm rerun: what a click costs, seen by one client on the websocket;
- busy rerun: the same with eight clients at once, when the work of the server counts;
- warm visit: a reload in a browser, until the page is drawn.
"""

import shutil
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from visiting import BROWSERS, FLAGS, Site, running_site  # noqa: E402

EMPTY = 'import streamlit as st\n\nst.title("Leeg")\nst.markdown("Niets te zien.")\n'
ROUNDS, VISITS, COLD_STARTS = 30, 8, 3
Timed = Callable[[], float]  # does something and gives the seconds it took


def client(site: Site) -> ClientConnection:
    """A visitor without a browser, who has seen the page once."""
    address = site.address.replace("http", "ws") + "/_stcore/stream"
    found = connect(address, subprotocols=["streamlit"], origin=site.address, max_size=None)
    rerun(found)
    return found


def rerun(visitor: ClientConnection) -> float:
    """Seconds until the script has run again."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    started = time.perf_counter()
    visitor.send(message.SerializeToString())
    answer = ForwardMsg()
    while answer.WhichOneof("type") != "script_finished":
        if hasattr(socket, "TCP_QUICKACK"):  # or Linux waits 40 ms now and then, at random
            visitor.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        answer.ParseFromString(visitor.recv(timeout=120))
    return time.perf_counter() - started


def visit(browser: Browser, site: Site) -> Timed:
    """A tab; calling it reloads the page and gives the seconds until it is drawn."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="nl-NL")
    drawn = "table, h1" if "leeg" in site.store.name else "table"

    def reload() -> float:
        started = time.perf_counter()
        page.goto(site.address)
        page.locator("[data-testid=stMain]").locator(drawn).first.wait_for(timeout=120_000)
        return time.perf_counter() - started

    return reload


def turns(
    empty: Callable[[], float], ours: Callable[[], float], rounds: int
) -> tuple[float, float]:
    """The median of each, measured in turn."""
    pairs = [(empty(), ours()) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def together(visitors: list[ClientConnection]) -> Timed:
    """One rerun of every visitor at once; the seconds until the last is done."""

    def all_at_once() -> float:
        started = time.perf_counter()
        with ThreadPoolExecutor(len(visitors)) as pool:
            list(pool.map(rerun, visitors))
        return time.perf_counter() - started

    return all_at_once


def cold(browser: Browser, store: Path, script: Path | str) -> float:
    """Seconds from the command to a page that is drawn."""
    started = time.perf_counter()
    with running_site(store, demo=True, script=str(script)) as site:
        visit(browser, site)()
        return time.perf_counter() - started


def show(name: str, empty: float, ours: float) -> None:
    """One line: both times and what they have to do with each other."""
    print(f"{name:42} {empty * 1000:7.0f} ms {ours * 1000:7.0f} ms   x {ours / empty:.2f}")


def main() -> None:
    """Measure everything in one run."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)))
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        script = folder / "leeg.py"
        script.write_text(EMPTY, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        print(f"{'':42} {'empty':>10} {'overview':>10}")
        imported = cold(browser, folder / "demo", "dashboard.py")
        plain, built = turns(
            lambda: cold(browser, folder / "leeg", script),
            lambda: cold(browser, folder / "demo", "dashboard.py"),
            COLD_STARTS,
        )
        show("cold start, made-up files imported too", plain, imported)
        show("cold start", plain, built)
        with (
            running_site(folder / "leeg", demo=True, script=str(script)) as empty,
            running_site(folder / "demo", demo=True) as ours,
        ):
            for label, number in (("warm rerun, 1 client", 1), ("busy rerun, 8 clients", 8)):
                visitors = [[client(site) for _ in range(number)] for site in (empty, ours)]
                show(label, *turns(*map(together, visitors), ROUNDS))
            visits = [visit(browser, site) for site in (empty, ours)]
            turns(*visits, 1)
            show("warm visit in a browser", *turns(*visits, VISITS))
        browser.close()


if __name__ == "__main__":
    main()
