"""How long do fifty people wait who look at the monitor together? Prints seconds, tests nothing.

    python tests/benchmark/bench_people.py [STORE] [PEOPLE]

The made-up SWV (of a STORE that was filled before, or of its own), kept and judged, on a server
that was asked for each page once. Everyone comes within ten seconds, fetches what a browser
fetches, and then goes to a page every eight seconds on average, half of the time with another
quarter. Nothing is drawn: these are the seconds until the server has sent all of a page. People and
server share the cores of this computer.
"""

import random
import shutil
import statistics
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench_starts import JUDGE, ROOT, command
from playwright.sync_api import sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]

from visiting import BROWSERS, FLAGS, Site, running_site, settle  # noqa: E402

from pages.app.script import PAGES  # noqa: E402

PEOPLE, ACTS = 50, 6
ARRIVE, THINK = 10.0, 8.0  # seconds
QUARTERS = ("k1", "k2", "k3", "k4")
PATHS = ["" if path == PAGES[0][0] else path for path, _, _ in PAGES]


def fetched(site: Site) -> list[str]:
    """The scripts that a browser asks for on its way to the first page."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page(locale="nl-NL")
        found: list[str] = []
        page.on("request", lambda asked: found.append(asked.url))
        page.goto(site.address)
        settle(page)
        browser.close()
    return [url for url in found if "/static/" in url]


def shown(visitor: ClientConnection, path: str, query: str = "") -> None:
    """Ask for a page and take in all of it."""
    message = BackMsg()
    message.rerun_script.page_name = path
    message.rerun_script.query_string = query
    visitor.send(message.SerializeToString())
    answer = ForwardMsg()
    while answer.WhichOneof("type") != "script_finished":
        answer.ParseFromString(visitor.recv(timeout=300))


def person(site: Site, scripts: list[str], seed: int) -> tuple[float, list[float]]:
    """Seconds of the first page, scripts included, and of every later one."""
    chance = random.Random(seed)
    time.sleep(chance.uniform(0, ARRIVE))
    started = time.perf_counter()
    for url in scripts:
        request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request, timeout=300) as answer:
            answer.read()
    address = site.address.replace("http", "ws") + "/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], origin=site.address, max_size=None) as here:
        shown(here, "")
        first, later = time.perf_counter() - started, []
        for _ in range(ACTS):
            time.sleep(chance.uniform(THINK / 2, THINK * 3 / 2))
            other = chance.random() < 0.5
            chosen = f"schooljaar=2025-2026&kwartaal={chance.choice(QUARTERS)}" if other else ""
            started = time.perf_counter()
            shown(here, chance.choice(PATHS), chosen)
            later.append(time.perf_counter() - started)
    return first, later


def told(name: str, times: list[float]) -> None:
    """One line: the middle, the slowest but one in twenty, and the slowest."""
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    print(f"{name:12} {len(times):5} × median {statistics.median(times):6.2f} s"
          f"  p95 {p95:6.2f} s  most {max(times):6.2f} s")  # fmt: skip


def main(store: str = "", people: str = str(PEOPLE)) -> None:
    """One run."""
    with tempfile.TemporaryDirectory() as name:
        demo = Path(store or Path(name) / "demo").resolve()
        command(demo, *JUDGE)
        with running_site(demo, demo=True) as site:
            scripts = fetched(site)
            address = site.address.replace("http", "ws") + "/_stcore/stream"
            with connect(
                address, subprotocols=["streamlit"], origin=site.address, max_size=None
            ) as one:
                for path in PATHS:
                    started = time.perf_counter()
                    shown(one, path)
                    print(f"alone, for the first time: {path or PAGES[0][0]:14}"
                          f" {time.perf_counter() - started:6.2f} s")  # fmt: skip
            with ThreadPoolExecutor(int(people)) as pool:
                found = list(pool.map(lambda seed: person(site, scripts, seed), range(int(people))))
        told("first page", [first for first, _ in found])
        told("later page", [seconds for _, later in found for seconds in later])


if __name__ == "__main__":
    main(*sys.argv[1:])
