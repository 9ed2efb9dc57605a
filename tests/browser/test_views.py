"""Every page as people see it: complete, Dutch, quiet, and the overview on one screen."""

import pytest
from playwright.sync_api import expect
from visiting import NARROW, WIDE, running_site, visiting

PAGES = {
    "": "Overzicht",
    "kpi?kpi=vsv": "5 Voortijdig schoolverlaters (VSV)",
    "locaties": "Locaties",
    "thuiszitters": "Thuiszitters",
    "ect": "ECT",
    "kwartaal": "Kwartaal",
    "jaarplan": "Jaarplan",
    "gegevens": "Gegevens",
    "definities": "Definities",
    "uitleg": "Uitleg",
}


def test_a_deep_link_works_as_the_very_first_request(browser, site):
    """Beside a folder `pages` Streamlit would not know our pages yet; see dashboard.py."""
    with running_site(site.store, demo=True) as fresh, visiting(browser, fresh) as first:
        page = first.open("kpi?kpi=reserve")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text("12 Reserve en signaleringswaarde")
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert not first.errors


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1440", "768"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_without_a_word_on_the_console(visitor, path, size):
    page = visitor.open(path, size)
    expect(page.get_by_role("heading", level=1)).to_have_text(PAGES[path])
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.get_by_text("alle cijfers, scholen en leerlingen zijn verzonnen")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    overflow = page.evaluate(
        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    assert not overflow


def test_the_overview_fits_on_one_screen(visitor):
    page = visitor.open()
    table = page.get_by_role("table").bounding_box()
    assert table["y"] + table["height"] <= WIDE["height"]
    assert page.get_by_role("table").get_by_role("row").count() == 13


def test_the_server_forbids_everything_from_elsewhere(visitor):
    answer = visitor.context.request.get(visitor.site.address)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http:" not in policy and "https:" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_page_file_cannot_be_run_past_the_script(visitor):
    page = visitor.context.new_page()
    page.goto(f"{visitor.site.address}/kpi_detail")
    expect(page.get_by_role("heading", level=1, name="Overzicht")).to_be_visible()
    visitor.errors = [error for error in visitor.errors if "does not seem to exist" not in error]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1440", "768"])
def test_a_name_of_a_page_is_reached_with_the_keyboard(visitor, size):
    page = visitor.open("", size)
    for _ in range(30):
        page.keyboard.press("Tab")
        if (
            page.evaluate("document.activeElement.textContent")
            == "2 Verwijzingen naar VSO cluster 3-4"
        ):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 Verwijzingen naar VSO cluster 3-4")
