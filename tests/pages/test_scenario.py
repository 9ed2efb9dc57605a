"""The page Scenario: the answer, what is filled in, the address, and the paper."""

import pytest
from handing_in import hand_in_example
from reading import shown

from data.deliveries.store import Store
from kpi.figure.results import figure
from kpi.scenario.assumption import load_assumptions
from kpi.scenario.scenario import make_scenario
from kpi.scenario.words import sentence


def words_of(app):
    return " ".join(shown(block.value) for block in [*app.markdown, *app.error, *app.info])


def box(app, name):
    label = load_assumptions()[name].label
    return next(item for item in app.text_input if item.label.startswith(f"{label} ("))


def numbers(table):
    return {shown(name): row for name, row in table.value.to_dict("index").items()}


def test_the_figures_of_today_are_those_of_the_kpis(monitor, visit):
    app = visit("scenario")
    assert not app.exception
    tiles = [metric.value for metric in app.metric]
    swv = monitor.swv.organisation_id
    assert tiles == [
        figure(monitor, kpi, swv, period, measure, segment).short_text
        for kpi, measure, period, segment in (
            ("verwijzingen_vso", "referral_share", "2025-2026", ""),
            ("deelname_vso", "pupils", "2025-2026-k2", ""),
            ("verdeling_middelen", "amount", "2025", "post=vso"),
            ("verdeling_middelen", "amount", "2025", "post=regulier"),
            ("reserve", "equity", "2025", ""),
        )
    ]
    text = words_of(app)
    assert sentence(make_scenario(monitor, {})) in text
    assert "schatting, geen begroting" in text and "U hebt niets veranderd" in text
    assert "18 binnen de marge van toen" in text
    assert len(app.text_input) == len(load_assumptions())


def test_another_assumption_changes_the_sentence_and_stands_in_the_address(monitor, visit):
    app = visit("scenario")
    before = words_of(app)
    box(app, "result_share").input("0,5").run()
    assert not app.exception
    assert app.query_params["resultaat"] in ("0,5", ["0,5"])
    after = words_of(app)
    wanted = sentence(make_scenario(monitor, {"result_share": 0.5}))
    assert wanted in after and wanted not in before
    assert "Met uw aannames in 2030, vergeleken met zoals nu" in after
    assert "✎ zoals nu: −1,00%" in after
    chain = numbers(app.table[0])
    assert "Met uw aannames, geschat" in next(iter(chain.values()))


def test_an_address_shows_the_same_scenario_and_the_button_takes_it_back(visit):
    app = visit("scenario", verwijzing="1,0", opvang="0")
    assert box(app, "referral_share").value == "1,0" and box(app, "absorbed").value == "0"
    places = numbers(app.table[0])["Leerlingen in het VSO"]
    assert shown(places["Met uw aannames, geschat"]) > shown(places["Zoals nu, geschat"])
    next(item for item in app.button if item.label == "Terug naar zoals nu").click().run()
    assert not app.exception
    assert "U hebt niets veranderd" in words_of(app)
    assert not {"verwijzing", "opvang"} & set(app.query_params)
    assert box(app, "referral_share").value == "0,811"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("verwijzing", "12", "Verwijzingen: vul een getal in van 0% tot en met 5%"),
        ("bedrag", "veel", "“veel” is geen getal"),
        ("midden", "95", "samen meer dan 100%"),
    ],
)
def test_what_cannot_be_is_said_and_not_used(visit, name, text, said):
    app = visit("scenario", **{name: text})
    assert not app.exception
    assert said in words_of(app)
    assert "U hebt niets veranderd" in words_of(app)


def test_the_paper_can_be_downloaded_with_what_was_filled_in(visit):
    app = visit("scenario", verwijzing="1,0")
    next(item for item in app.button if item.label == "Maak").click().run()
    assert not app.exception
    files = [item.label for item in app.get("download_button")]
    assert len(files) == 2 and files[0].endswith("pdf") and files[1].endswith("xlsx")


def test_without_figures_the_page_says_what_to_deliver(visit, monkeypatch, tmp_path):
    hand_in_example(Store(tmp_path), "locaties")
    monkeypatch.setenv("KPI_STORE", str(tmp_path))
    app = visit("scenario")
    assert not app.exception and not app.metric
    assert "Niet te berekenen, omdat" in words_of(app) and "Lever aan" in words_of(app)
