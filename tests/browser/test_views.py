"""Every page as people meet it: complete, Dutch, quiet, without barriers; and the way to it."""

import pytest
from acting import insist
from axe_playwright_python.sync_playwright import Axe
from handing_in import single_list
from playwright.sync_api import Page, expect
from visiting import NARROW, WIDE, running_site, visiting

from pages.app.script import PAGES

SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1440", "768"])
# What is asked of a page that shows more, or less at a time, than its address alone says.
ASKED = {"overzicht": "", "locaties": "locaties?kpi=opp", "definities": "definities?zoek=TLV"}
TITLES = {"kpi": "1 Thuiszitters", "scenario": "Scenario: van leerlingen naar euro’s"}
FOLDS = 8  # opened before looking for barriers
SERIOUS = ("serious", "critical")
RESERVE = "12 Reserve en signaleringswaarde"


@SIZES
@pytest.mark.parametrize(("path", "name"), [(path, name) for path, name, _ in PAGES])
def test_a_page_is_complete_dutch_quiet_and_without_serious_barriers(visitor, path, name, size):
    page = visitor.open(ASKED.get(path, path), size)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES.get(path, name))
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.get_by_text("alle cijfers, scholen en leerlingen zijn verzonnen")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert not page.evaluate(
        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    open_everything(page)
    found = barriers(page)
    print("\n".join(found))
    assert not [line for line in found if line.startswith(SERIOUS)]


def open_everything(page: Page) -> None:
    """What is folded away counts too."""
    folds = page.locator("[data-testid=stExpander] details").all()[:FOLDS]

    def unfold() -> None:
        for fold in folds:
            if fold.get_attribute("open") is None:
                fold.locator("summary").first.click()

    def all_open(timeout: float) -> None:
        for fold in folds:
            expect(fold).to_have_attribute("open", "", timeout=timeout)

    insist(page, "alles uitklappen", unfold, all_open)


def barriers(page: Page) -> list[str]:
    """What axe-core finds: how serious, which rule, where."""
    return [
        f"{found['impact']}: {found['id']}: {' '.join(map(str, node['target']))}: {node['html']}"
        for found in Axe().run(page).response["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("width", [768, 1199, 1200, 1440])
def test_no_column_of_the_overview_lies_beyond_the_edge(visitor, width):
    """What is left out in a narrow window is told; the rest is seen without moving the table."""
    page = visitor.open("", {"width": width, "height": 1024})
    seen = {
        cell.inner_text(): cell.bounding_box()
        for cell in page.get_by_role("columnheader").all()
        if cell.is_visible()
    }
    assert {"Nu", "Doelpad en verschil", "Verandering", "Doel gehaald?"} <= seen.keys()
    assert all(box["x"] + box["width"] <= width for box in seen.values()), seen
    left_out = {"Verloop, 3 jaar", "Duiding"} - seen.keys()
    told = page.get_by_text("In een smal venster")
    expect(told).to_be_visible(visible=bool(left_out))
    assert bool(left_out) is (width < 1200)


@SIZES
def test_labels_below_a_chart_are_not_cut_off(visitor, size):
    page = visitor.open("ect", size)
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot .xtick text')]
            .filter(text => text.getBoundingClientRect().bottom
                > text.closest('.js-plotly-plot').getBoundingClientRect().bottom)
            .map(text => text.textContent)"""
    )
    assert page.locator(".js-plotly-plot .xtick text").count() > 20
    assert not cut


def test_a_deep_link_works_as_the_very_first_request(browser, tmp_path):
    """Beside a folder `pages` Streamlit would not know our pages yet; see dashboard.py.

    On a store with a single list, which is built at once.
    """
    store = single_list(tmp_path / "store")
    with running_site(store.path, demo=False) as fresh, visiting(browser, fresh) as first:
        page = first.open("kpi?kpi=reserve")
        expect(page.get_by_role("heading", level=1)).to_have_text(RESERVE)
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert not first.errors


def test_a_page_file_cannot_be_run_past_the_script(visitor):
    page = visitor.context.new_page()
    page.goto(f"{visitor.site.address}/kpi_detail")
    expect(page.get_by_role("heading", level=1, name="Overzicht")).to_be_visible()
    visitor.errors = [error for error in visitor.errors if "does not seem to exist" not in error]


@SIZES
def test_a_name_of_a_page_is_reached_with_the_keyboard(visitor, size):
    page = visitor.open("", size)
    name = "2 Verwijzingen naar VSO cluster 3-4"

    def walk() -> None:
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == name:
                page.keyboard.press("Enter")
                return
        raise AssertionError(f"met Tab komt u niet bij {name}")

    title = page.get_by_role("heading", level=1, name=name, exact=True)

    def arrived(timeout: float) -> None:
        expect(title).to_be_visible(timeout=timeout)

    insist(page, f"loop naar {name}", walk, arrived)
