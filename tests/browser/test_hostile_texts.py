"""Hostile texts in every field that comes from outside: nothing runs, loads or links."""

from datetime import date
from pathlib import Path

import pytest
from handing_in import hand_in, whole
from hostile_texts import AWAY, TEXTS
from openpyxl import Workbook
from playwright.sync_api import Page
from visiting import WIDE, Site, running_site, settle, visiting

from data.deliveries.store import Store
from data.gate.importing import import_file
from kpi.meaning.event import LONGEST_LABEL
from kpi.register import Record

QUARTER = "2023-2024-k1"
# What the browser itself draws for us; every other link must go to a page of ours.
STRANGE = f"""() => ({{
    hit: window.hit ?? null,
    links: [...document.querySelectorAll('a[href]')].map(a => a.href)
        .filter(href => !href.startsWith(location.origin)),
    svg: [...document.querySelectorAll('svg a')].map(a => a.outerHTML),
    loaded: [...document.querySelectorAll('[src],[data]')]
        .map(e => e.src || e.data).filter(src => String(src).includes('{AWAY}')),
    frames: document.querySelectorAll('iframe, object, embed, form[action]').length,
}})"""
NOTHING = {"hit": None, "links": [], "svg": [], "loaded": [], "frames": 0}


def school(number: int) -> str:
    return f"90AA{number:02}"


def listed(path: Path, rows: list[list[object]], name: str = "Blad1") -> Path:
    book = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def fill(store: Store, folder: Path) -> None:
    """Every text as the name of a school and a board, an event, a remark and a column."""
    texts = [text.replace("\n", " ").replace("=HYP", "x=HYP") for text in TEXTS]
    schools = [["Vestiging", "Naam vestiging", "Soort onderwijs", "Bestuursnummer", "Naam bestuur",
                "Gemeentenummer", "Gemeente"]]  # fmt: skip
    for number, text in enumerate(texts):
        named = text if "@" not in text else "College"
        schools.append([school(number), named, "vo", f"{90000 + number}", named, "0014", "Stad"])
    hand_in(store, listed(folder / "a.xlsx", schools), source="locaties")
    spells = [["Leerlingnummer", "Vestiging", "Soort verzuim", "Begindatum", "Einddatum", texts[1]]]
    for number in range(len(texts)):
        for pupil in range(2):
            spells.append(
                [f"L{number}-{pupil}", school(number), "AV", "04-09-2023", None, texts[number]]
            )
    path = listed(folder / "b.xlsx", spells, "' or 1 --<b>")
    found = import_file(
        store, path, period=QUARTER, answers=whole("verzuim"), isolated=False,
        file_name="<img src=x onerror=window.hit=1>.xlsx",
    )  # fmt: skip
    assert found.accepted
    store.undo(found.delivery.delivery_id, "x", texts[0])
    hand_in(store, path, QUARTER, answers=whole("verzuim"))
    for number, text in enumerate(texts):
        body = {"on": date(2023, 8, 1 + number % 28).isoformat(), "label": text[:LONGEST_LABEL],
                "kind": "anders", "until": "", "kpis": [], "note": text}  # fmt: skip
        store.record(Record.EVENT, body, text)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    store = Store(folder / "store")
    fill(store, folder)
    with running_site(store.path, demo=False) as site:
        yield site


@pytest.fixture(scope="module")
def visitor(browser, hostile: Site):
    with visiting(browser, hostile) as one:
        yield one


def unfolded(page: Page) -> None:
    """Open what is folded, so that everything is in the page."""
    page.evaluate(
        "document.querySelectorAll('details:not([open]) > summary').forEach(s => s.click())"
    )
    settle(page)


@pytest.mark.parametrize(
    "path",
    ["", "kpi?kpi=thuiszitters", "locaties", "thuiszitters", "kwartaal", "vergadering", "scenario",
     "gegevens", "definities"],
)  # fmt: skip
def test_a_page_shows_them_as_text(visitor, path):
    page = visitor.open(path, WIDE)
    unfolded(page)
    assert page.evaluate(STRANGE) == NOTHING
    assert visitor.strangers() == []
    assert not [error for error in visitor.errors if "Content Security" in error]


def test_they_are_there_to_be_read(visitor):
    """Or the tests above look at pages without them."""
    page = visitor.open("kpi?kpi=thuiszitters")
    unfolded(page)
    assert "onerror=window.hit=1" in page.locator("body").inner_text()


def test_a_download_is_only_for_the_browser_that_made_it(visitor, browser, hostile):
    page = visitor.open("gegevens")
    addresses: list[str] = []
    page.on("request", lambda asked: addresses.append(asked.url) if "/media/" in asked.url else 0)
    with page.expect_download() as started:
        page.get_by_test_id("stDownloadButton").first.locator("button").click()
    address = started.value.url
    assert "/media/" in address
    assert visitor.context.request.get(address).status == 200
    with visiting(browser, hostile) as other:
        assert other.context.request.get(address).status == 403


@pytest.mark.parametrize("name", ["evil.example", "evil.example:8501", "localhost.evil.example"])
def test_another_name_of_the_server_is_refused(visitor, name):
    answer = visitor.context.request.get(visitor.site.address, headers={"Host": name})
    assert answer.status == 403
    assert "adres" in answer.text()


@pytest.mark.parametrize("path", ["metrics", "agent/openapi.json", "agent", "bidi-components/x"])
def test_inner_addresses_are_closed(visitor, path):
    assert visitor.context.request.get(f"{visitor.site.address}/_stcore/{path}").status == 404


def test_the_headers_forbid_what_is_not_ours(visitor):
    sent = visitor.context.request.get(visitor.site.address).headers
    policy = dict(part.strip().split(" ", 1) for part in sent["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert "unsafe-inline" not in policy["script-src"]
    assert "unsafe-eval'" not in policy["script-src"].replace("'wasm-unsafe-eval'", "")
    assert policy["frame-ancestors"] == "'none'"
    assert not any("http:" in what or "https:" in what for what in policy.values())
    assert sent["x-content-type-options"] == "nosniff"
    assert "HttpOnly" in sent.get("set-cookie", "HttpOnly")
