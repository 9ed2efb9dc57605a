"""Every KPI folder: what its kpi.sql returns from its example, and is it portable and complete.

The roll-up has tests of its own; here the rows of kpi.sql are added up in the plainest way.
"""

import tomllib
from decimal import Decimal

import pytest
import sqlglot
from hand_made_tables import (
    KPI,
    KPI_IDS,
    MADE,
    PROFILE_IDS,
    SCHEMA,
    default_tables,
    example_rows,
    parts_of,
    sql_of,
    toml_of,
    total,
    under,
)
from sqlglot import expressions

from kpi.figure.calculate import OPTIONAL


def expectations(with_key):
    return [
        pytest.param(kpi_id, expected, id=f"{kpi_id}-{number}")
        for kpi_id in KPI_IDS
        for number, expected in enumerate(toml_of(kpi_id, "example")["expect"])
        if with_key in expected
    ]


@pytest.mark.parametrize(("kpi_id", "expected"), expectations("numerator"))
def test_the_worked_example_has_the_numerator_it_promises(kpi_id, expected):
    within = under(kpi_id, expected["organisation"])
    rows = [row for row in example_rows(kpi_id) if row["organisation_id"] in within]
    parts = parts_of(expected.get("segment", ""))
    found = total(rows, expected["measure"], expected["period"], **parts)
    assert found == Decimal(str(expected["numerator"]))


@pytest.mark.parametrize(("kpi_id", "expected"), expectations("denominator"))
def test_the_worked_example_has_the_denominator_it_promises(kpi_id, expected):
    within = under(kpi_id, expected["organisation"])
    rows = [row for row in example_rows(kpi_id) if row["organisation_id"] in within]
    divided = {
        s["id"] for s in toml_of(kpi_id).get("segments", []) if s.get("denominator") != "total"
    }
    parts = parts_of(expected.get("segment", "")) if "segment" in expected else {}
    parts = {name: code for name, code in parts.items() if name in divided}
    found = total(rows, expected["measure"], expected["period"], "denominator", **parts)
    assert found == Decimal(str(expected["denominator"]))


@pytest.mark.parametrize(("kpi_id", "expected"), expectations("state"))
def test_where_the_example_promises_no_number_nothing_is_counted(kpi_id, expected):
    """A zero and a "not applicable" are the roll-up's to tell apart; kpi.sql counts nothing."""
    if expected["state"] == "missing":
        return
    within = under(kpi_id, expected["organisation"])
    rows = [row for row in example_rows(kpi_id) if row["organisation_id"] in within]
    parts = parts_of(expected.get("segment", ""))
    assert total(rows, expected["measure"], expected["period"], **parts) == 0


@pytest.mark.parametrize("kpi_id", KPI_IDS)
def test_an_example_shows_every_measure_a_missing_delivery_and_no_number(kpi_id):
    expected = toml_of(kpi_id, "example")["expect"]
    numbers = {row["measure"] for row in expected}
    unseen = {measure["id"] for measure in toml_of(kpi_id)["measures"]} - numbers
    assert unseen <= {"exemption_new"}
    states = {row.get("state") for row in expected}
    assert "missing" in states
    assert states & {"zero", "not_applicable"} or kpi_id == "reserve"


@pytest.mark.parametrize("kpi_id", KPI_IDS)
def test_every_row_keeps_to_its_definition(kpi_id):
    definition = toml_of(kpi_id)
    measures = {measure["id"]: measure for measure in definition["measures"]}
    declared = definition.get("segments", [])
    segments = {
        segment["id"]: set(segment["values"]) for segment in declared if not segment.get("open")
    }
    kinds = {row["period_id"]: row["period_type"] for row in default_tables()["period"]}
    rows = example_rows(kpi_id)
    assert {row["measure"] for row in rows} == set(measures)
    for row in rows:
        assert set(segments) <= set(row)
        assert None not in (row["organisation_id"], row["numerator"], row["denominator"])
        assert kinds[row["period_id"]] in definition["periods"]
        for name, codes in segments.items():
            assert row[name] is None or row[name] in codes, name
    extra = set(rows[0]) - {one["id"] for one in declared}
    extra -= {"measure", "organisation_id", "period_id", "numerator", "denominator"}
    assert extra <= set(OPTIONAL)


@pytest.mark.parametrize("kpi_id", KPI_IDS)
def test_a_split_adds_up_to_the_whole(kpi_id):
    """A row without a code would be lost from its split; it is called "onbekend" instead."""
    definition = toml_of(kpi_id)
    every = [segment["id"] for segment in definition.get("segments", [])]
    rows = [row for row in example_rows(kpi_id) if row["numerator"]]
    # a school that gave only counts has no person and no split but the kind
    rows = [row for row in rows if row.get("person_id", "none needed")]
    for measure in definition["measures"]:
        for name in measure.get("segments", every):
            lost = [
                row
                for row in rows
                if row["measure"] == measure["id"]
                and any(row[part] is None for part in name.split("+"))
            ]
            assert not lost, (measure["id"], name)


@pytest.mark.parametrize("kpi_id", KPI_IDS)
@pytest.mark.parametrize("dialect", ["postgres", "spark"])
def test_kpi_sql_reads_as_postgres_and_spark(kpi_id, dialect):
    options = {"read": "duckdb", "write": dialect}
    level = sqlglot.ErrorLevel.RAISE
    (text,) = sqlglot.transpile(sql_of(kpi_id), **options, unsupported_level=level)
    assert sqlglot.parse_one(text, read=dialect)


@pytest.mark.parametrize("kpi_id", KPI_IDS)
def test_kpi_sql_is_one_plain_select(kpi_id):
    text = sql_of(kpi_id)
    assert text.startswith("-- grain: ")
    (tree,) = sqlglot.parse(text, read="duckdb")
    assert isinstance(tree, expressions.Query)
    assert not list(tree.find_all(expressions.Parameter, expressions.Placeholder))
    assert not list(tree.find_all(expressions.Anonymous)), "a function no other engine knows"
    assert not list(tree.find_all(expressions.Quantile, expressions.Median))
    names = {cte.alias for cte in tree.find_all(expressions.CTE)}
    read = {table.name for table in tree.find_all(expressions.Table)} - names
    assert read <= {*SCHEMA, *MADE}


@pytest.mark.parametrize("kpi_id", KPI_IDS)
def test_a_definition_is_complete_enough_to_read(kpi_id):
    definition = toml_of(kpi_id)
    assert len(definition["label"]) <= 40
    for key in ("question", "why", "counts", "not_counts", "source_note", "owner"):
        assert definition[key].strip(), key
        assert "  " not in definition[key], key
    assert definition["footnotes"]


def test_the_catalogue_holds_the_fifteen_kpis():
    numbers = {toml_of(kpi_id)["number"] for kpi_id in KPI_IDS}
    assert numbers == set(range(1, 16))


@pytest.mark.parametrize("profile_id", PROFILE_IDS)
def test_a_profile_names_only_what_exists_and_explains_its_targets(profile_id):
    path = KPI / "profiles" / profile_id / "profile.toml"
    profile = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(profile["kpis"]) <= set(KPI_IDS)
    assert "verzonnen" in profile["demo_name"]
    for target in profile.get("targets", []):
        definition = toml_of(target["kpi"])
        assert target["measure"] in {measure["id"] for measure in definition["measures"]}
        for name, code in parts_of(target.get("segment", "")).items():
            (segment,) = [one for one in definition["segments"] if one["id"] == name]
            assert code in segment["values"]
        assert target["origin"] and target["document"] and target["note"]
