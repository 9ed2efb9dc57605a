"""Every page opens, and shows the figures of kpi_value: no other, and no fewer."""

import pytest
from reading import PAGES, PATIENCE, ROOT, listed, rows_of, said
from streamlit.testing.v1 import AppTest

from kpi import formatting
from kpi.figure import results
from kpi.meaning import choices
from kpi.meaning.choices import State
from kpi.view.overview import overview

KPIS = (
    "thuiszitters", "verwijzingen_vso", "deelname_vso", "opp", "vsv", "maatwerk", "klachten", "ect",
    "tevredenheid", "basisondersteuning", "verdeling_middelen", "reserve",
)  # fmt: skip


def stored_value(monitor, kpi, measure, organisation, period, segment=""):
    """The text of a figure, straight from the table and past everything the pages use."""
    rows = monitor.database.rows(
        "select value, state from kpi_value where kpi_id = ? and measure = ? "
        "and organisation_id = ? and period_id = ? and segment = ?",
        (kpi.id, measure.id, organisation, period, segment),
    )
    if not rows or rows[0]["value"] is None:
        return choices.NO_NUMBER[State(rows[0]["state"] if rows else "not_applicable")]
    return formatting.quantity(rows[0]["value"], measure.unit, measure.decimals)


def last_quarter(monitor):
    return [p for p in monitor.periods.values() if p.period_type == "kwartaal"][-1]


def test_the_script_opens_on_the_overview_and_says_that_the_data_are_made_up(monitor):
    script = str(ROOT / "pages" / "app" / "script.py")
    app = AppTest.from_file(script, default_timeout=PATIENCE).run()
    assert not app.exception
    assert app.title[0].value == "Overzicht"
    assert "verzonnen" in app.warning[0].value


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_without_any_choice_in_its_address(visit, page):
    app = visit(page)
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1


def test_the_overview_shows_every_kpi_with_the_figure_of_kpi_value(visit, monitor):
    app = visit("overzicht")
    shown_rows = dict(rows_of(app.table[0]))
    expected = [line.result for line in overview(monitor, "SWV", last_quarter(monitor)).lines]
    by_title = {name.split("  \n")[0]: cells for name, cells in shown_rows.items()}
    assert sorted(by_title) == sorted(f"{item.kpi.number} {item.kpi.label}" for item in expected)
    for result in expected:
        cells = by_title[f"{result.kpi.number} {result.kpi.label}"]
        figure = stored_value(
            monitor, result.kpi, result.measure, "SWV", result.period.period_id, result.segment
        )
        assert cells["Nu"].startswith(figure), result.kpi.id


@pytest.mark.parametrize("kpi_id", KPIS)
def test_every_measure_of_a_kpi_opens_with_the_figure_of_kpi_value(visit, monitor, kpi_id):
    for measure in monitor.kpis[kpi_id].measures.values():
        app = visit("kpi", kpi=kpi_id, meting=measure.id)
        assert not app.exception, measure.id
        kind = app.session_state["keuze_per"]
        series = [
            result
            for result in results.trend(monitor, kpi_id, "SWV", measure.id, "", kind)
            if result.period.needed_to <= last_quarter(monitor).end_on
        ]
        if not series:  # of what nobody handed in there is no figure, and no zero
            assert any("nog niets geleverd" in item.value for item in app.info), measure.id
            assert not app.metric, measure.id
            continue
        tile, last = app.metric[0], series[-1]
        assert tile.label == measure.label
        assert tile.value == stored_value(
            monitor, last.kpi, measure, "SWV", last.period.period_id
        ), measure.id
        table = dict(rows_of(listed(app).table[0]))
        for result in series:
            figure = stored_value(monitor, last.kpi, measure, "SWV", result.period.period_id)
            if result.is_range:  # both ends; kpi_value holds the least and how much more
                figure = f"{figure.split()[0]} tot "
            assert table[result.period.label]["Cijfer"].startswith(figure), measure.id


@pytest.mark.parametrize("kpi_id", KPIS)
def test_locations_stand_in_order_of_name_with_the_figure_of_kpi_value(visit, monitor, kpi_id):
    app = listed(visit("locaties", kpi=kpi_id))
    assert not app.exception
    assert app.table or app.info
    for kind, table in zip(("bestuur", "locatie"), app.table, strict=False):
        rows = dict(rows_of(table))
        assert list(rows) == sorted(rows, key=formatting.sort_key_nl)
        for organisation in monitor.organisations.values():
            if organisation.organisation_type == kind and organisation.name in rows:
                measure = monitor.kpis[kpi_id].main
                periods = [
                    result.period
                    for result in results.trend(
                        monitor, kpi_id, organisation.organisation_id, measure.id, ""
                    )
                    if result.period.needed_to <= last_quarter(monitor).end_on
                ]
                figure = stored_value(
                    monitor, monitor.kpis[kpi_id], measure, organisation.organisation_id,
                    periods[-1].period_id,
                )  # fmt: skip
                assert rows[organisation.name]["Cijfer"].startswith(figure)


def test_locations_without_a_figure_say_why(visit):
    early = visit("locaties", kpi="vsv", schooljaar="2019-2020", kwartaal="k1")
    assert "Tot en met sept 2019 is dit cijfer er nog niet." in said(early)
    assert "alleen voor het hele samenwerkingsverband" in said(visit("locaties", kpi="reserve"))
    assert not early.table


def test_who_is_missing_stands_by_name(visit):
    assert "mist nog: Het Kompas, Het Kompas Zuid, De Noordster." in said(visit("gegevens"))
