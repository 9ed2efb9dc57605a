"""Verdicts as people see and hear them: first on the page, in the picture's text, and on record."""

import pytest
from acting import fill, insist, press
from playwright.sync_api import expect
from visiting import WIDE

SIGNAL = "◆ signaal: slechter"


def test_the_overview_answers_within_one_screen_what_needs_a_word(visitor):
    page = visitor.open()
    sentence = page.get_by_text("1 slechter, 1 beter, 1 hoger; ")
    expect(sentence.first).to_be_in_viewport()
    rows = page.get_by_role("table").get_by_role("row")
    words = ("△ aantoonbaar hoger", SIGNAL, "▲ aantoonbaar beter")
    for place, word in enumerate(words, start=1):
        expect(rows.nth(place)).to_contain_text(word)
        expect(rows.nth(place)).to_be_in_viewport()
    assert rows.count() == 13
    table = page.get_by_role("table").bounding_box()
    assert table["y"] + table["height"] <= WIDE["height"]


def test_a_chart_says_its_verdict_to_who_does_not_see_it(visitor):
    page = visitor.open("kpi?kpi=tevredenheid&schooljaar=2025-2026&kwartaal=k4")
    sentence = "Gemiddeld 7,9: aantoonbaar lager dan 8,2 in 2024-2025."
    expect(page.get_by_text(sentence).first).to_be_in_viewport()
    alt = page.locator(f'[aria-label^="{sentence}"], [alt^="{sentence}"]')
    assert alt.count() >= 1


@pytest.mark.parametrize(
    ("address", "drawn"),
    [
        ("kpi?kpi=maatwerk&schooljaar=2025-2026&kwartaal=k4", True),
        ("kpi?kpi=thuiszitters&schooljaar=2025-2026&kwartaal=k4", False),
    ],
    ids=["with limits", "a stock"],
)
def test_limits_are_in_the_chart_only_when_the_method_has_them(visitor, address, drawn):
    page = visitor.open(address)
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    limits = page.locator(".legendtext", has_text="gewone schommeling")
    expect(limits).to_have_count(int(drawn))


def test_the_explanation_jumps_to_its_parts(visitor):
    page = visitor.open("uitleg", WIDE)
    heading = page.get_by_role("heading", name="Wat wij nooit doen")
    expect(heading).not_to_be_in_viewport()
    link = page.get_by_role("link", name="Wat wij nooit doen")

    def jumped(timeout: float) -> None:
        expect(heading).to_be_in_viewport(timeout=timeout)

    insist(page, f"klik op {link}", link.click, jumped)
    assert len(visitor.context.pages) == 1


def test_a_form_says_in_dutch_what_is_wrong(visitor):
    page = visitor.open("kpi?kpi=reserve")
    since = page.get_by_label("Vanaf", exact=True).first
    press(page.get_by_text("Leg iets vast: afwijking, doel"), until=since)
    fill(since, "1 mei")
    told = page.get_by_text("“1 mei” is geen datum")
    press(page.get_by_role("button", name="Leg vast").first, until=told)
