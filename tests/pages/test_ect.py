"""The caseload of the ECT on screen: the figures of kpi_value beside those of a year ago."""

import pytest
from reading import rows_of, said, stored, table_with

from kpi import formatting
from kpi.verdict.judged import verdict
from kpi.verdict.verdict import Change
from kpi.view import caseload
from kpi.view.caseload import ECT
from kpi.view.flow_analysis import FlowQuarter

COMPLETE = {"schooljaar": "2025-2026", "kwartaal": "k4"}
PERIOD = "2025-2026-k4"


def asked(monitor):
    return FlowQuarter(ECT, monitor, "SWV", monitor.periods[PERIOD])


def cell_text(monitor, measure, organisation, period, earlier, segment=""):
    """What a cell must hold: the figure, and in brackets that of a year ago; – for no mean."""
    now, then = (
        stored(monitor, "ect", measure, organisation, moment, segment)
        for moment in (period, earlier)
    )
    texts = ["–" if value is None else formatting.number(value) for value in (now, then)]
    return f"{texts[0]} ({texts[1]})"


@pytest.mark.parametrize("organisation", ["SWV", "90006", "94KL01"])
@pytest.mark.parametrize("quarter", [{}, COMPLETE, {"schooljaar": "2019-2020", "kwartaal": "k1"}])
def test_every_level_opens_in_every_kind_of_quarter(seen, organisation, quarter):
    app = seen("ect", organisatie=organisation, **quarter)
    assert not app.exception
    assert app.title[0].value == "ECT"
    for table in app.table:
        cells = [cell for _, row in rows_of(table) for cell in row.values()]
        assert not [cell for cell in cells if "[" in cell or cell in ("None", "nan")]


def test_the_tiles_hold_the_figures_of_kpi_value_with_the_change_in_a_year(seen, monitor):
    app = seen("ect", **COMPLETE)
    for metric, measure in zip(app.metric, caseload.COLUMNS, strict=True):
        value = stored(monitor, "ect", measure, "SWV", PERIOD)
        text = formatting.number(value)
        assert metric.value == (f"{text} dagen" if measure == "days_to_close" else text)
    assert "gelijk sinds juni 2025" in said(app)  # 61 open cases then and now


def test_the_verdict_is_on_new_cases_and_open_ones_stand_beside_it_untested(seen, monitor):
    app = seen("ect", **COMPLETE)
    new = asked(monitor).facts[0].now
    text = said(app)
    assert verdict(monitor, new).finding.sentence in text
    assert "De stand: 61 dossiers open op 30 juni 2026." in text
    assert "dezelfde casussen tellen steeds opnieuw mee" in text


@pytest.mark.parametrize(("name", "split"), [("Soort inzet", "kind"), ("Thema", "theme")])
def test_kinds_and_themes_stand_beside_the_same_quarter_a_year_ago(seen, monitor, name, split):
    rows = dict(rows_of(table_with(seen("ect", **COMPLETE), name)))
    labels = monitor.kpis["ect"].segments[split].values
    assert set(rows) <= {*labels.values(), "Totaal"}
    assert list(rows)[-1] == "Totaal"
    for code, label in labels.items():
        if label in rows:
            for column, measure in zip(rows[label], caseload.COLUMNS, strict=True):
                segment = f"{split}={code}"
                expected = cell_text(monitor, measure, "SWV", PERIOD, "2024-2025-k4", segment)
                assert rows[label][column] == expected, (label, measure)


def test_schools_stand_by_name_with_the_figures_of_kpi_value(seen, monitor):
    rows = rows_of(table_with(seen("ect", **COMPLETE), "School"))
    names = [name for name, _ in rows]
    assert names == sorted(names, key=formatting.sort_key_nl)
    codes = {item.name: code for code, item in monitor.organisations.items()}
    for name, cells in rows:
        for cell, measure in zip(cells.values(), caseload.COLUMNS, strict=True):
            assert cell == cell_text(monitor, measure, codes[name], PERIOD, "2024-2025-k4")


def test_a_school_has_no_table_of_schools(seen):
    app = seen("ect", organisatie="94KL01")
    assert not [table for table in app.table if table.value.index.name == "School"]


def test_the_bridge_of_open_cases_is_written_out_and_closes(seen, monitor):
    app = seen("ect", **COMPLETE)
    (found,) = asked(monitor).bridges
    assert f"{found.sum_text}" in said(app)
    assert "✓ klopt" in said(app)
    assert [tab.label for tab in app.tabs[:2]] == ["Grafiek", "Tabel"]


def test_marks_stand_with_their_forms_and_response_and_few_forms_get_no_verdict(seen, monitor):
    rows = dict(rows_of(table_with(seen("ect", **COMPLETE), "Ingevuld door")))
    found = caseload.satisfaction(monitor, monitor.periods[PERIOD])
    assert len(rows) == len(found)
    few = 0
    for item in found:
        cells = rows[item.label]
        assert cells["Gemiddeld cijfer"].startswith(item.mark.value_text)
        assert cells["Formulieren"] == item.forms.short_text
        assert cells["Respons"] == item.response.value_text
        if item.forms.value < 10:
            few += 1
            assert str(Change.TOO_FEW) in cells["Oordeel"]
            assert "te weinig voor een oordeel" in cells["Oordeel"]
    assert few


def test_every_drawing_has_a_sentence_as_alt_text_and_a_table(seen):
    app = seen("ect", **COMPLETE)
    alts = [item.proto.alt for item in app.get("plotly_chart")]
    assert len(alts) == len(set(alts)) >= 5
    assert all(alt.endswith(".") for alt in alts)
    labels = [tab.label for tab in app.tabs]
    assert labels == ["Grafiek", "Tabel"] * (len(labels) // 2)


def test_a_profile_without_the_kpi_says_so(visit, monkeypatch):
    monkeypatch.setenv("KPI_PROFILE", "dordrecht")
    app = visit("ect")
    assert not app.exception
    assert "Deze KPI staat niet in het profiel" in said(app)
    assert not app.table
