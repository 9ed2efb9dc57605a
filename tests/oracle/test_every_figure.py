"""Every figure of kpi_value of the demo, compared with a second calculation in plain Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.build import Swv, build
from data.calendar import Calendar
from data.database import Database
from data.deliveries.store import Store
from data.gate.claim import Answers
from data.gate.importing import import_file
from data.source_file import load_sources
from kpi.figure.calculate import calculate
from kpi.meaning.load import load_kpis
from oracle.catalogue import KPIS
from oracle.facts import Facts
from oracle.figures import figures
from oracle.loading import all_periods, load
from oracle.periods import Period
from oracle.reading import manifest

FILES = Path(__file__).parents[2] / "data" / "demo" / "files"
COMPARED = (
    "period_type", "numerator", "denominator", "denominator_more", "numerator_more", "value",
    "unit", "state", "observed", "expected", "provisional", "definition_version", "is_break",
    "previous_value", "comparable",
)  # fmt: skip
# what observations of a mean share: each group is rounded before it is added
LEANING, EXACT = ("group_squares", "group_sizes"), 1e-5
pytestmark = pytest.mark.xdist_group("oracle")  # the demo is imported once


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """kpi_value of all KPIs, from the demo files through the real import."""
    store = Store(tmp_path_factory.mktemp("store"))
    for file in manifest(FILES):
        result = import_file(
            store, FILES / file["name"], period=file.get("period"), isolated=False,
            answers=Answers(**file.get("says", {})),
        )  # fmt: skip
        assert result.status == "opgeslagen", f"{file['name']}: {result.problems}"
    database = build(store, load_sources(), Calendar(), Swv("SWV", "Voorbeeldstad"))
    calculate(database, load_kpis())
    return database


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load(FILES)


@pytest.fixture(scope="module")
def periods(facts: Facts) -> list[Period]:
    return all_periods(facts)


def test_the_same_periods_exist(database, periods):
    table = {row["period_id"] for row in database.rows("select period_id from period")}
    assert table == {period.id for period in periods}


def test_every_kpi_is_calculated_twice():
    """A new KPI needs an oracle of its own: a counting function and a line in catalogue.py."""
    assert set(load_kpis()) == set(KPIS)


@pytest.mark.parametrize("kpi_id", KPIS)
def test_every_figure_is_the_same(kpi_id, database, facts, periods, record_property):
    """In both directions: no figure in kpi_value without an oracle, and none that is missing."""
    expected = figures(facts, periods, KPIS[kpi_id])
    rows = database.rows("select * from kpi_value where kpi_id = ?", (kpi_id,))
    found = {
        (row["measure"], row["organisation_id"], row["period_id"], row["segment"]): row
        for row in rows
    }
    assert len(found) == len(rows), "a figure stands in kpi_value twice"
    assert not sorted(found.keys() - expected.keys())[:5], "no oracle for these figures"
    assert not sorted(expected.keys() - found.keys())[:5], "these figures are missing"
    names = {period.id for period in periods}
    previous = {p.id: p.previous if p.previous in names else None for p in periods}
    wrong = [
        f"{kpi_id} {' '.join(key)}: {name} is {row[name]}, should be {getattr(own, name)}"
        for key, own in expected.items()
        for row in (found[key],)
        for name in COMPARED
        if row[name] != getattr(own, name)
    ]
    wrong += [
        f"{kpi_id} {' '.join(key)}: previous period is {row['previous_period_id']}"
        for key, row in found.items()
        if row["previous_period_id"] != previous[key[2]]
    ]
    wrong += [
        f"{kpi_id} {' '.join(key)}: {name} is {found[key][name]}, should be {getattr(own, name)}"
        for key, own in expected.items()
        for name in LEANING
        if found[key][name] != pytest.approx(getattr(own, name), abs=EXACT)
    ]
    assert not wrong, f"{len(wrong)} differ\n" + "\n".join(sorted(wrong)[:20])
    record_property("figures compared", len(expected))
    print(f"\n{kpi_id}: {len(expected)} figures compared")
