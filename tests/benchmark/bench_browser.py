"""How long do people wait on each page, in a real browser? Prints ratios, tests nothing.

    python tests/benchmark/bench_browser.py [STORE] [PAGE ...]

Beside the monitor on the made-up SWV (of a STORE that was filled before, or of its own, kept and
judged) runs an app with two pages of one choice and one chart each. Both in one browser, in turn,
so only the ratios matter; the median of a few turns:

- first: an empty browser goes to the page, until all of it is drawn, its charts included;
- switch: from another page by its name on top, everything seen before;
- filter: another quarter, that was not seen before.

Bytes are those of the first visit: over the line, as the browser has them when unpacked, and what
of it came over the websocket.
"""

import shutil
import statistics
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench_starts import JUDGE, ROOT, command
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]

from visiting import BROWSERS, FLAGS, WIDE, Site, running_site  # noqa: E402

from pages.app.script import PAGES  # noqa: E402

TURNS = 3
CALM = 400  # milliseconds without any change: then the page is drawn
FILTERED = ("overzicht", "kpi")
YEAR = "?schooljaar=2025-2026"  # of which there are four quarters
CHART_PAGE = """
import plotly.graph_objects as go
import streamlit as st


def page(title):
    def show():
        st.title(title)
        quarter = st.selectbox("Kwartaal", ["K1", "K2", "K3", "K4"], key=title)
        high = int(quarter[1])
        figure = go.Figure(go.Scatter(x=[1, 2, 3], y=[high, 2, 3]), layout={"template": "none"})
        st.plotly_chart(figure, key=title + "_chart")
    show.__name__ = title.lower()
    return st.Page(show, title=title, url_path=title.lower(), default=title == "Ander")


st.set_page_config(layout="wide")
st.navigation([page("Ander"), page("Grafiek")], position="top").run()
"""
# Looks along from the first moment: when the server last said something, when the page was last
# changed, and when somebody last clicked (or 0, when the page was asked for).
WATCH = """
    Object.assign(window, {acted: 0, told: -1, changed: -1});
    const changed = () => { window.changed = performance.now(); };
    new MutationObserver(changed).observe(document, {
        subtree: true, childList: true, attributes: true, characterData: true});
    addEventListener('click', () => { window.acted = performance.now(); }, true);
    window.WebSocket = class extends WebSocket {
        constructor(...given) {
            super(...given);
            this.addEventListener('message', () => { window.told = performance.now(); });
        }
    };
"""
# The milliseconds from the last act until all that came of it was drawn; false until then.
DRAWN = """quiet => {
    const app = document.querySelector('[data-testid=stApp]');
    const busy = '[data-stale=true], [data-testid=stSkeleton], [data-testid=stSpinner]';
    if (app?.dataset.testScriptState !== 'notRunning' || told < acted) return false;
    const titled = document.querySelector('[data-testid=stMain] h1');
    if (!titled || document.querySelector(busy)) return false;
    const charts = [...document.querySelectorAll('[data-testid=stPlotlyChart]')];
    if (charts.some(it => it.checkVisibility() && !it.querySelector('.main-svg .trace, .xtick')))
        return false;
    return performance.now() - Math.max(told, changed) > quiet && changed - acted;
}"""


def drawn(page: Page) -> float:
    """Seconds from the last click, or the address, until the page was drawn."""
    found = page.wait_for_function(DRAWN, arg=CALM, timeout=60_000, polling=50)
    return float(found.json_value()) / 1000


@contextmanager
def visitor(browser: Browser) -> Iterator[Page]:
    """A browser without anything in its cache."""
    context = browser.new_context(viewport=WIDE, locale="nl-NL")
    context.add_init_script(WATCH)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def counted(session: CDPSession) -> Counter[str]:
    """Bytes as they come in from now on: packed, unpacked, and over the websocket."""
    found: Counter[str] = Counter()

    def add(name: str, size: float) -> None:
        found[name] += int(size)

    session.on("Network.dataReceived", lambda it: add("unpacked", it["dataLength"]))
    session.on("Network.loadingFinished", lambda it: add("line", it["encodedDataLength"]))
    session.on(
        "Network.webSocketFrameReceived",
        lambda it: add("socket", len(it["response"]["payloadData"]) * 3 / 4),  # base64
    )
    session.send("Network.enable")
    return found


def at(path: str) -> str:
    """The address of a page; that of the first one is empty."""
    return "" if path == PAGES[0][0] else path


def first(browser: Browser, site: Site, path: str) -> tuple[float, Counter[str]]:
    """Seconds and bytes of a first visit."""
    with visitor(browser) as page:
        sizes = counted(page.context.new_cdp_session(page))
        page.goto(f"{site.address}/{at(path)}", wait_until="commit")
        return drawn(page), sizes


def switch(page: Page, title: str) -> float:
    """Seconds from a click on a page on top until that page is drawn."""
    named = page.get_by_test_id("stTopNavLink").filter(has_text=title)
    named = next(item for item in named.all() if item.inner_text().strip().endswith(title))
    named.click()
    return drawn(page)


def choose(page: Page, place: int) -> float:
    """Seconds from the choice of a quarter until its page is drawn."""
    page.get_by_role("combobox", name="Kwartaal", exact=True).click()
    page.get_by_role("option").nth(place).click()
    return drawn(page)


def warm(page: Page, site: Site, path: str, title: str, other: str) -> list[float]:
    """Seconds of a few switches to a page that was seen before."""
    page.goto(f"{site.address}/{at(path)}", wait_until="commit")
    drawn(page)
    found = []
    for _ in range(TURNS):
        switch(page, other)
        found.append(switch(page, title))
    return found


def filtered(page: Page, site: Site, path: str) -> list[float]:
    """Seconds of a few choices of a quarter, from the last to the first."""
    page.goto(f"{site.address}/{at(path)}{YEAR}", wait_until="commit")
    drawn(page)
    return [choose(page, place) for place in range(TURNS - 1, -1, -1)]


def measured(browser: Browser, ours: Site, plain: Site, wanted: list[str]) -> None:
    """A line per page, beside the app with one chart measured in the same minutes."""
    titles = {path: title for path, title, _ in PAGES}
    floor: defaultdict[str, list[float]] = defaultdict(list)
    rows: dict[str, dict[str, float]] = {}
    sizes: dict[str, Counter[str]] = {}
    with visitor(browser) as here, visitor(browser) as there:
        for path in wanted:
            visits = []
            for _ in range(TURNS):
                floor["first"].append(first(browser, plain, "grafiek")[0])
                seconds, sizes[path] = first(browser, ours, path)
                visits.append(seconds)
            other = "Definities" if path != "definities" else "Uitleg"
            floor["switch"] += warm(there, plain, "grafiek", "Grafiek", "Ander")
            rows[path] = {
                "first": statistics.median(visits),
                "switch": statistics.median(warm(here, ours, path, titles[path], other)),
            }
            if path in FILTERED:
                floor["filter"] += filtered(there, plain, "grafiek")
                rows[path]["filter"] = statistics.median(filtered(here, ours, path))
            print(".", end="", flush=True)
        _, sizes["(one chart)"] = first(browser, plain, "grafiek")
    show(rows, {name: statistics.median(times) for name, times in floor.items()}, sizes)


def show(
    rows: dict[str, dict[str, float]], floor: dict[str, float], sizes: dict[str, Counter[str]]
) -> None:
    """The table: times against those of one chart, and megabytes."""
    print("\n| page | " + " | ".join(f"{name}, × one chart" for name in floor)
          + " | MB over the line | MB unpacked | kB websocket |")  # fmt: skip
    print("|" + " --- |" * (len(floor) + 4))
    rows = {"(one chart)": floor, **rows}
    for path, times in rows.items():
        cells = [
            f"{times[name]:.2f} s × {times[name] / floor[name]:.2f}" if name in times else ""
            for name in floor
        ]
        size = sizes[path]
        cells += [f"{size['line'] / 1e6:.2f}", f"{size['unpacked'] / 1e6:.2f}"]
        print(f"| {path} | " + " | ".join([*cells, f"{size['socket'] / 1e3:.0f}"]) + " |")


def main(store: str = "", *wanted: str) -> None:
    """Measure everything in one run."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)))
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        demo, script = Path(store or Path(name) / "demo").resolve(), Path(name) / "grafiek.py"
        script.write_text(CHART_PAGE, encoding="utf-8")
        command(demo, *JUDGE)
        plain = stack.enter_context(
            running_site(Path(name) / "plain", demo=True, script=str(script))
        )
        ours = stack.enter_context(running_site(demo, demo=True))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        measured(browser, ours, plain, list(wanted) or [path for path, _, _ in PAGES])
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
