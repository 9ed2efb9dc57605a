"""Targets about money: the signalling value of the year itself, and an agreed key with a margin."""

from decimal import Decimal

import pytest
from handing_in import hand_in, hand_in_example

from data.deliveries.store import Store
from kpi.figure import results
from kpi.figure.naming import organisations_of
from kpi.meaning.target import TargetKind
from kpi.opening.opening import open_monitor
from kpi.view.goals import target_card

BALANCE = """\
Jaar;Soort bedrag;Totale bruto baten;Publiek eigen vermogen
2023;realisatie;6.000.000;240.000
2024;realisatie;6.000.000;250.000
2024;begroting;6.100.000;200.000
2025;realisatie;6.000.000;250.001
2026;realisatie;20.000.000;700.001
"""
KEY = """\
Jaar;Soort bedrag;Post;Bedrag
2022;realisatie;vso;475
2023;realisatie;vso;475
2023;realisatie;overhead;525
2024;realisatie;vso;476
2024;realisatie;overhead;524
2025;begroting;vso;435
2025;begroting;overhead;565
2026;begroting;vso;434
2026;begroting;overhead;566
"""


@pytest.fixture(scope="module")
def monitor(tmp_path_factory):
    folder = tmp_path_factory.mktemp("geld")
    store = Store(folder / "store")
    hand_in_example(store, "locaties")
    hand_in_example(store, "streefwaarden")
    for source, text in (("balans", BALANCE), ("financien", KEY)):
        path = folder / f"{source}.csv"
        path.write_text(text, encoding="utf-8")
        for year in sorted({line[:4] for line in text.splitlines()[1:]}):
            lines = [line for line in text.splitlines() if line[:4] in ("Jaar", year)]
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            hand_in(store, path, year, source)
    return open_monitor(store=store.path, profile="groningen_stad")


@pytest.mark.parametrize(
    ("year", "reached", "asked", "gap"),
    [
        ("2023", True, "hoogstens 4,2% (€ 250.000)", "€ 10.000 onder het doel"),
        ("2024", True, "hoogstens 4,2% (€ 250.000)", "op het doel"),
        ("2025", False, "hoogstens 4,2% (€ 250.000)", "€ 1 boven het doel"),
        ("2026", False, "hoogstens 3,5% (€ 700.000)", "€ 1 boven het doel"),
    ],
)
def test_the_reserve_is_held_against_the_signalling_value_of_its_year(
    monitor, year, reached, asked, gap
):
    found = results.figure(monitor, "reserve", "SWV", year)
    assert found.target_rule.kind is TargetKind.NOT_ABOVE_MEASURE
    texts = [text.replace("\xa0", " ") for text in (found.target_text, found.gap_text)]
    assert (found.reached, texts) == (reached, [asked, gap])


def test_the_agreement_names_the_figure_it_follows(monitor):
    card = target_card(monitor, results.figure(monitor, "reserve", "SWV", "2023"))
    assert card.agreement == "niet hoger dan: Signaleringswaarde van de baten"
    assert [year for year, _ in card.path] == ["2023", "2024"]


def test_the_made_up_swv_holds_its_budgets_against_the_key_and_its_schools_against_the_level(demo):
    def reached(kpi, organisation, period, measure, segment):
        return results.figure(demo, kpi, organisation, period, measure, segment).reached

    posts = ("vso", "regulier", "expertise_maatwerk_tussenvoorzieningen", "overhead")
    key = [reached("verdeling_middelen", "SWV", "2025", "share", f"post={one}") for one in posts]
    assert key == [True, True, False, True]
    schools = [
        reached("basisondersteuning", one.organisation_id, "2025-2026", "score", "part=p3")
        for one in organisations_of(demo, "locatie")
    ]
    assert {True, False} <= set(schools)
    assert reached("basisondersteuning", "SWV", "2021-2022", "score", "part=p3") is not None


def test_without_the_other_figure_nothing_is_asked(monitor):
    found = results.figure(monitor, "reserve", "SWV", "2022")
    assert found.target is None
    assert found.target_text == "geen doel"


@pytest.mark.parametrize(
    ("year", "reached"), [("2023", True), ("2024", False), ("2025", True), ("2026", False)]
)
def test_a_share_may_be_off_the_agreed_key_by_the_margin_on_both_sides(monitor, year, reached):
    """45,5% with 2 on either side: 47,5 and 43,5 are within, 47,6 and 43,4 are not."""
    found = results.figure(monitor, "verdeling_middelen", "SWV", year, "share", "post=vso")
    assert found.target_rule.margin == Decimal(2)
    assert found.target_text == "45,5%, hoogstens 2 procentpunt meer of minder"
    assert found.target_short == "45,5% ± 2 procentpunt"
    assert found.reached is reached
