"""Verdicts as people see and hear them: first on the page, in the picture's text, and on record."""

import pytest
from playwright.sync_api import expect
from visiting import WIDE, settle

SIGNAL = "◆ signaal: slechter"


def test_the_overview_answers_within_one_screen_what_needs_a_word(visitor):
    page = visitor.open()
    sentence = page.get_by_text("3 signalen: ")
    expect(sentence.first).to_be_in_viewport()
    words = ("△ aantoonbaar hoger", SIGNAL, "▲ aantoonbaar beter")
    for place, word in enumerate(words, start=1):
        row = page.get_by_role("table").get_by_role("row").nth(place)
        expect(row).to_contain_text(word)
        expect(row).to_be_in_viewport()
    expect(page.get_by_role("table").get_by_role("row").last).to_be_in_viewport()


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
    assert page.locator(".legendtext", has_text="gewone schommeling").count() == int(drawn)


def test_the_explanation_jumps_to_its_parts(visitor):
    page = visitor.open("uitleg", WIDE)
    page.get_by_role("link", name="Wat wij nooit doen").click()
    heading = page.get_by_role("heading", name="Wat wij nooit doen")
    expect(heading).to_be_in_viewport()
    assert len(visitor.context.pages) == 1


def test_a_form_says_in_dutch_what_is_wrong(visitor):
    page = visitor.open("kpi?kpi=reserve")
    page.get_by_text("Leg iets vast: afwijking, doel of gebeurtenis").click()
    settle(page)
    page.get_by_label("Vanaf", exact=True).first.fill("1 mei")
    page.get_by_role("button", name="Leg vast").first.click()
    expect(page.get_by_text("“1 mei” is geen datum")).to_be_visible()
