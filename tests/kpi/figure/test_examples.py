"""Every worked example through the real tables and the real roll-up."""

from dataclasses import replace

import pytest

from data.source_file import load_sources
from kpi.figure.examples import run_example
from kpi.meaning.load import DefinitionError, load_kpis

KPIS = load_kpis()
SOURCES = load_sources()


@pytest.mark.parametrize("kpi_id", KPIS)
def test_the_worked_example_comes_out_as_written(kpi_id):
    example = run_example(KPIS[kpi_id], SOURCES)
    wrong = [
        f"{outcome.expected.measure} {outcome.expected.organisation_id} "
        f"{outcome.expected.period_id} {outcome.expected.segment}: {difference}"
        for outcome in example.outcomes
        for difference in outcome.differences
    ]
    assert not wrong
    assert example.holds
    assert example.outcomes


@pytest.mark.parametrize("kpi_id", KPIS)
def test_an_example_shows_a_figure_and_a_missing_delivery(kpi_id):
    states = {item.get("state", "value") for item in KPIS[kpi_id].example["expect"]}
    assert {"value", "missing"} <= states


def test_an_example_that_does_not_come_out_says_what_differs():
    kpi = KPIS["opp"]
    wrong = [{**item, "value": 99, "state": "zero"} for item in kpi.example["expect"]]
    example = run_example(replace(kpi, example={**kpi.example, "expect": wrong}), SOURCES)
    assert not example.holds
    assert example.outcomes[0].differences == [
        "value is 2.0; verwacht 99.0",
        "state is value; verwacht zero",
    ]


def test_an_example_with_an_unknown_table_names_the_nearest():
    kpi = KPIS["opp"]
    given = {"opps": [{"row_id": "1"}]}
    with pytest.raises(DefinitionError, match="tabel 'opps' bestaat niet. Bedoelde u 'opp'"):
        run_example(replace(kpi, example={**kpi.example, "given": given}), SOURCES)
