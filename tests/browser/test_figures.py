"""The same figure on the page and on the command line, and a link that reproduces a view."""

import json
import os
import re
import subprocess
import sys

import pytest
from acting import choose, press
from playwright.sync_api import expect
from visiting import ROOT, settle


@pytest.fixture(scope="module")
def figures(site):
    """Everything `python -m kpi figures` says about the SWV, by KPI and measure."""
    environment = {**os.environ, "KPI_STORE": str(site.store), "KPI_DEMO": "1"}
    command = [sys.executable, "-m", "kpi", "figures", "--org", "SWV", "--json"]
    answer = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, check=True, encoding="utf-8"
    )
    found: dict[tuple[str, str], list[dict]] = {}
    for figure in json.loads(answer.stdout)["figures"]:
        found.setdefault((figure["kpi_id"], figure["measure"]), []).append(figure)
    return found


def texts(page, column: str) -> dict[str, str]:
    """A table on the page: name of the row → text in this column."""
    table = page.get_by_role("table").filter(visible=True).first
    names = table.get_by_role("columnheader").all_inner_texts()
    place = names.index(column) - 1
    return {
        row.get_by_role("rowheader").inner_text().split("\n")[0]: row.get_by_role("cell")
        .nth(place)
        .inner_text()
        for row in table.get_by_role("row").all()[1:]
    }


def test_the_overview_shows_what_the_command_line_says(visitor, figures):
    shown = texts(visitor.open(), "Nu")
    for (_, measure), found in figures.items():
        label = f"{found[0]['kpi_label']}"
        row = next((text for name, text in shown.items() if name.split(" ", 1)[1] == label), None)
        assert row is not None, label
        if measure not in MAIN[found[0]["kpi_id"]]:
            continue
        latest = [f for f in found if f["period_type"] == MAIN[f["kpi_id"]][measure]]
        latest = [f for f in latest if f["value"] is not None and not f["partial"]]
        if measure in ("amount", "ratio"):  # the budget of a year that is not over is not shown yet
            latest = [f for f in latest if not f["provisional"]]
        assert row.startswith(latest[-1]["value_text"]), label


# The measure and kind of period on the overview, as GLOSSARY and kpi.toml promise them.
MAIN = {
    "thuiszitters": {"stock": "kwartaal"},
    "verwijzingen_vso": {"referral_share": "schooljaar"},
    "deelname_vso": {"pupils": "schooljaar"},
    "opp": {"opps": "schooljaar"},
    "vsv": {"vsv_share": "schooljaar"},
    "maatwerk": {"referrals": "kwartaal"},
    "klachten": {"complaints": "schooljaar"},
    "ect": {"new": "kwartaal"},
    "tevredenheid": {"mark": "schooljaar"},
    "basisondersteuning": {"score": "schooljaar"},
    "verdeling_middelen": {"amount": "kalenderjaar"},
    "reserve": {"ratio": "kalenderjaar"},
}


@pytest.mark.parametrize(
    ("kpi", "measure", "kind"),
    [
        ("thuiszitters", "new", "kwartaal"),
        ("vsv", "vsv_share", "schooljaar"),
        ("verdeling_middelen", "budget", "kalenderjaar"),
    ],
)
def test_a_series_shows_what_the_command_line_says(visitor, figures, kpi, measure, kind):
    page = visitor.open(f"kpi?kpi={kpi}&meting={measure}&per={kind}")
    tabs = page.get_by_role("tablist").first
    press(
        tabs.get_by_role("tab", name="Tabel"), tabs.get_by_role("tab", name="Tabel", selected=True)
    )
    shown = texts(page, "Cijfer")
    said = {f["period_label"]: f for f in figures[kpi, measure] if f["period_type"] == kind}
    assert len(shown) >= 6
    for period, text in shown.items():
        assert text.startswith(said[period]["value_text"]), period


def test_a_copied_link_shows_the_same_view(visitor):
    page = visitor.open("kpi?kpi=thuiszitters")
    choose(page, "Schooljaar", "2024-2025")
    choose(page, "Kwartaal", "dec 2024")
    choose(page, "Maat", "Nieuwe thuiszitters")
    choose(page, "Periode", "per schooljaar")
    before = page.get_by_test_id("stMain").inner_text()
    again = visitor.context.new_page()
    again.goto(page.url)
    settle(again)
    assert "schooljaar=2024-2025" in page.url and "kwartaal=k2" in page.url
    assert again.get_by_test_id("stMain").inner_text() == before


def title(page, name: str):
    """The heading of a page."""
    return page.get_by_role("heading", level=1, name=name, exact=True)


def test_a_choice_goes_along_to_the_next_page(visitor):
    page = visitor.open("?schooljaar=2023-2024&kwartaal=k2")
    press(page.get_by_role("link", name="Locaties"), until=title(page, "Locaties"))
    expect(page.get_by_role("combobox", name="Kwartaal")).to_have_value("dec 2023")
    expect(page).to_have_url(re.compile("kwartaal=k2"))


def test_a_row_leads_to_its_kpi_and_back(visitor):
    page = visitor.open("?schooljaar=2024-2025&kwartaal=k4")
    name = "12 Reserve en signaleringswaarde"
    press(page.get_by_role("link", name=name), until=title(page, name))
    expect(page).to_have_url(re.compile("schooljaar=2024-2025.*kpi=reserve"))
    assert len(visitor.context.pages) == 1
    page.go_back()
    expect(title(page, "Overzicht")).to_be_visible()
