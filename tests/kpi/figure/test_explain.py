"""Explain: the rows shown are exactly the rows counted, down to the cell in the file."""

import random

import pytest
from python_calamine import CalamineWorkbook

from data.build import Swv, build
from kpi.figure import results
from kpi.figure.explain import explain
from kpi.opening.demo import FILES

pytestmark = pytest.mark.xdist_group("demo")
PER_KPI = 12


def some_figures(monitor, kpi):
    """A fixed draw of figures of every measure, level, period and segment that has a number."""
    rows = monitor.database.rows(
        """
        select measure, organisation_id, period_id, segment from kpi_value
        where kpi_id = ? and state = 'value'
        order by measure, organisation_id, period_id, segment
        """,
        [kpi],
    )
    return random.Random(kpi).sample(rows, min(PER_KPI, len(rows)))


def test_the_rows_add_up_to_every_figure(demo):
    for kpi in demo.kpis:
        for row in some_figures(demo, kpi):
            asked = [row[name] for name in ("organisation_id", "period_id", "measure", "segment")]
            found = explain(demo, results.figure(demo, kpi, *asked))
            shown = found.result
            place = (kpi, *row.values())
            assert found.rows, place
            if shown.measure.shows == "persons":
                pupils = {item.values["Leerlingnummer"] for item in found.rows}
                assert len(pupils) == shown.numerator, place
                continue
            numerator = sum(item.numerator for item in found.rows)
            assert numerator == pytest.approx(shown.numerator, abs=1e-6), place
            if shown.measure.is_ratio:
                denominator = sum(item.denominator for item in found.rows)
                assert denominator == pytest.approx(shown.denominator, abs=1e-6), place


def test_a_row_points_at_its_line_in_the_file(demo):
    found = explain(demo, results.figure(demo, "opp", "90AB00", "2023-2024", "opps"))
    row = found.rows[0]
    sheet = CalamineWorkbook.from_path(FILES / row.file_name).get_sheet_by_name(row.sheet)
    # calamine skips empty rows at the top
    line = sheet.to_python()[row.row - 1 - sheet.start[0]]
    assert row.values["Vestiging"] in line
    assert row.values["Begindatum OPP"] in line


def test_deliveries_are_named_with_the_rows_they_gave(demo):
    found = explain(demo, results.figure(demo, "opp", "SWV", "2023-2024", "opp_per_100"))
    assert sum(item.rows for item in found.deliveries) == len({row.row_id for row in found.rows})
    assert {item.source for item in found.deliveries} == {"opp", "leerlingen"}


def test_the_definition_is_told_in_words(demo):
    found = explain(demo, results.figure(demo, "reserve", "SWV", "2024"))
    assert found.definition["Noemer"]
    assert "select" in found.sql


def test_a_missing_figure_has_no_rows(demo):
    late = results.by_organisation(demo, "thuiszitters", "2026-2027-k1")
    missing = next(item for item in late if item.state == "missing")
    found = explain(demo, missing)
    assert found.rows == ()


def test_the_same_store_gives_the_same_figures_again(demo):
    again = build(
        demo.store, demo.sources, demo.calendar, Swv(demo.swv.organisation_id, demo.swv.name)
    )
    order = "order by all"
    for table in ("absence_spell", "pupils", "delivered"):
        query = f"select * from {table} {order}"
        assert demo.database.rows(query) == again.rows(query)
