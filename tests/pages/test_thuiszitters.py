"""The quarterly analysis on screen: the figures of kpi_value, what does not close, and Dutch."""

import pytest
from reading import listed, rows_of, said, shown, stored, table_with

from kpi import formatting
from kpi.verdict.judged import verdict
from kpi.verdict.verdict import Change
from kpi.view.absence import THUISZITTERS, durations
from kpi.view.flow_analysis import FlowQuarter

COMPLETE = {"schooljaar": "2025-2026", "kwartaal": "k4"}
TO_LISTS = {"schooljaar": "2021-2022", "kwartaal": "k1"}
FIRST = {"schooljaar": "2019-2020", "kwartaal": "k1"}


def asked(monitor, period="2025-2026-k4"):
    return FlowQuarter(THUISZITTERS, monitor, "SWV", monitor.periods[period])


@pytest.mark.parametrize("organisation", ["SWV", "90005", "94KL01"])
@pytest.mark.parametrize("quarter", [{}, COMPLETE, TO_LISTS, FIRST])
def test_every_level_opens_in_every_kind_of_quarter(seen, organisation, quarter):
    app = seen("thuiszitters", organisatie=organisation, **quarter)
    assert not app.exception
    assert app.title[0].value == "Thuiszitters"
    for table in app.table:
        cells = [cell for _, row in rows_of(table) for cell in row.values()]
        assert not [cell for cell in cells if "[" in cell or cell in ("None", "nan")]


def test_the_tiles_hold_the_figures_of_kpi_value(seen, monitor):
    app = seen("thuiszitters", **COMPLETE)
    for metric, measure in zip(
        app.metric, ("stock", "new", "ended", "over_3_months_no_offer"), strict=True
    ):
        expected = stored(monitor, "thuiszitters", measure, "SWV", "2025-2026-k4")
        assert metric.value == formatting.number(expected)


def test_the_verdict_is_on_new_cases_and_the_stock_stands_beside_it_untested(seen, monitor):
    app = seen("thuiszitters", **COMPLETE)
    new = asked(monitor).series[0][-1]
    found = verdict(monitor, new).finding
    assert found.change is not Change.NOT_TESTED
    text = said(app)
    assert found.sentence in text
    assert f"{found.change} (nieuwe thuiszitters)" in text
    assert "De stand: 22 leerlingen op 30 juni 2026. Dit is een stand" in text


def test_an_incomplete_quarter_has_no_verdict_but_tells_the_last_one(seen, monitor):
    text = said(seen("thuiszitters"))
    assert "Nog geen oordeel: 31 van 34 locaties leverden." in text
    assert "Over juni 2026: gewone schommeling." in text
    assert "aantoonbaar" not in text.replace("Geen aantoonbare", "")


def test_september_and_the_late_board_are_told_on_top(seen):
    warned = [shown(item.value) for item in seen("thuiszitters").warning]
    assert len(warned) == 1
    assert "September staat vaak te hoog" in warned[0]
    assert "Het Kompas, Het Kompas Zuid, De Noordster" in warned[0]
    assert not seen("thuiszitters", **COMPLETE).warning


@pytest.mark.parametrize("quarter", [{}, COMPLETE, TO_LISTS])
def test_every_bridge_is_drawn_written_out_and_tabled(seen, monitor, quarter):
    app = seen("thuiszitters", **quarter)
    period = quarter and f"{quarter['schooljaar']}-{quarter['kwartaal']}" or "2026-2027-k1"
    bridges = asked(monitor, period).bridges
    rows = rows_of(table_with(seen("thuiszitters", tables=True, **quarter), "Sluit het?"))
    text = said(app)
    assert len(rows) == len(bridges) == 3
    for bridge, (_, row) in zip(bridges, rows, strict=True):
        assert bridge.sum_text in text
        numbers = [cell for name, cell in row.items() if name != "Sluit het?"]
        before, new, ended, rest, now = bridge.amounts
        assert numbers[3] == formatting.signed(rest)
        assert [*numbers[:3], numbers[4]] == [str(amount) for amount in (before, new, ended, now)]
        assert row["Sluit het?"].startswith("✓ klopt" if bridge.closes else "≠ sluit niet")
    for gap in bridges[0].gaps:
        assert gap.text in text


def test_without_an_earlier_standing_count_there_is_no_bridge(seen):
    text = said(seen("thuiszitters", **FIRST))
    assert "Er is geen stand op de vorige peildatum" in text
    assert "klopt" not in text


def test_durations_stand_with_what_went_over_three_months(seen, monitor):
    rows = rows_of(table_with(seen("thuiszitters", **COMPLETE), "Over 3 maanden heen"))
    found = durations(asked(monitor))
    assert len(rows) == len(found) == 6
    for (name, row), expected in zip(rows, found, strict=True):
        assert name == f"{expected.kind}  \n{expected.label}"
        assert row["Over 3 maanden heen"] == formatting.signed(expected.passed)
        assert row["Nu"] == formatting.number(expected.now)


def test_the_target_on_no_offer_is_told_with_its_path_and_origin(seen, visit):
    app = seen("thuiszitters", **COMPLETE)
    text = said(app)
    assert "nul vanaf 1 augustus 2024" in text
    assert app.metric[3].value == "4"
    assert "Het doel is niet gehaald" in text
    whole = listed(visit("thuiszitters", **COMPLETE), "afspraak_")
    assert "Thuiszitterspact 2.0" in said(whole)
    name, row = rows_of(table_with(whole, "Peildatum"))[0]
    assert name == "30 juni 2026"
    assert row["Doel"].startswith("hoogstens 0 leerlingen")


@pytest.mark.parametrize(
    ("column", "split"),
    [("Leeftijd volgens de wet", "age"), ("Soort school", "school_type"),
     ("Nadere soort", "sub_kind"), ("Geoorloofd", "permitted")],
)  # fmt: skip
def test_parts_stand_with_their_total(seen, monitor, column, split):
    rows = rows_of(table_with(seen("thuiszitters", **COMPLETE), column))
    expected = asked(monitor).parts(split)
    assert [name for name, _ in rows] == [part.label for part in expected]
    for (_, row), part in zip(rows, expected, strict=True):
        assert list(row.values()) == [formatting.number(number) for number in part.numbers]


def test_reasons_stand_with_the_last_four_quarters(seen, monitor):
    app = seen("thuiszitters", schooljaar="2025-2026", kwartaal="k2")
    every = [t for t in app.table if t.value.index.name == "Reden"]
    for table, measure in zip(every, ("new", "ended"), strict=True):
        _, total = rows_of(table)[-1]
        assert total["Laatste 4 kwartalen"] == formatting.number(
            stored(monitor, "thuiszitters", measure, "SWV", "2025")
        )
    names = {name for name, _ in rows_of(every[1])}
    assert {"Terug naar school", "Naar VSO", "Verhuisd", "Totaal"} <= names


def test_exemptions_stand_apart_with_their_agreement_and_why_it_cannot_be_tested(seen):
    app = seen("thuiszitters", **COMPLETE)
    names = [name for name, _ in rows_of(table_with(app, "Artikel"))]
    assert names[0] == "Totaal"
    assert set(names) >= {"Art. 5 onder a: lichamelijk of psychisch"}
    assert "de afspraak liep tot juli 2024" in said(app)
    board = seen("thuiszitters", organisatie="90005", **COMPLETE)
    assert "Vrijstellingen zijn er alleen voor het hele samenwerkingsverband" in said(board)


def test_boards_and_locations_stand_by_name_and_late_ones_say_so(seen):
    app = seen("thuiszitters")
    tables = [t for t in app.table if t.value.index.name == "Naam"]
    assert len(tables) == 2
    for table in tables:
        names = [name for name, _ in rows_of(table)]
        assert names == sorted(names, key=formatting.sort_key_nl)
    late = {name for name, row in rows_of(tables[1]) if "niet geleverd" in row.values()}
    assert late == {"Het Kompas", "Het Kompas Zuid", "De Noordster"}
    assert "ranglijst" not in said(app)


def test_a_board_that_did_not_deliver_says_so_and_shows_no_zero(seen):
    app = seen("thuiszitters", organisatie="90006")
    assert "Over sept 2026 is hier nog niets geleverd." in said(app)
    assert not app.metric
    assert not app.table


def test_a_school_without_anyone_says_so_in_one_line(seen):
    app = seen("thuiszitters", organisatie="94KL01")
    assert "Totaal: 0 + 0 nieuw − 0 niet meer thuis = 0 op 30 sept 2026. ✓ klopt" in said(app)


def test_every_drawing_has_its_sentence_as_alt_text_and_a_table(seen, monitor):
    app = seen("thuiszitters", **COMPLETE)
    charts = app.get("plotly_chart")
    alts = [item.proto.alt for item in charts]
    assert len(alts) == 5
    assert all(alt.endswith(".") for alt in alts)
    sentences = {bridge.sentence for bridge in asked(monitor).bridges}
    assert sentences <= set(alts)
    assert [tab.label for tab in app.tabs] == ["Grafiek", "Tabel"] * 3


def test_a_profile_with_all_absence_gets_a_link_to_it(visit, monkeypatch):
    assert "Alle verzuim" not in said(visit("thuiszitters"))
    monkeypatch.setenv("KPI_PROFILE", "dordrecht")
    app = visit("thuiszitters")
    assert not app.exception
    assert "Alle verzuim, ook geoorloofd" in said(app)
