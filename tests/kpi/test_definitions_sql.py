"""Every kpi.sql on tables made by hand: what it returns, where its boundaries lie, is it portable.

The roll-up has tests of its own; here the rows of kpi.sql are added up in the plainest way.
"""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import duckdb
import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import expressions

KPI = Path(__file__).resolve().parents[2] / "kpi"
DEFINITIONS = KPI / "definitions"
KPI_IDS = sorted(folder.name for folder in DEFINITIONS.iterdir() if (folder / "kpi.sql").exists())
PROFILE_IDS = sorted(path.parent.name for path in KPI.glob("profiles/*/profile.toml"))

# The columns of data/tables that a kpi.sql may read.
SCHEMA = {
    "swv": "organisation_id varchar, name varchar",
    "period": "period_id varchar, period_type varchar, label varchar, start_on date, end_on date, "
    "count_on date, needed_to date, school_year varchar, previous_period_id varchar, "
    "year_ago_period_id varchar, position integer",
    "organisation": "organisation_id varchar, organisation_type varchar, name varchar, "
    "school_type varchar, from_on date, to_on date, merged_into varchar",
    "organisation_tree": "organisation_id varchar, ancestor_id varchar, ancestor_type varchar, "
    "from_on date, to_on date",
    "delivered": "topic varchar, organisation_id varchar, period_id varchar, delivery_id varchar, "
    "partial boolean",
    "pupils_in_period": "period_id varchar, location_id varchar, school_type varchar, "
    "pupils bigint, row_id varchar, delivery_id varchar",
    "absence_spell": "pupil_id varchar, location_id varchar, kind varchar, sub_kind varchar, "
    "permitted boolean, start_on date, end_on date, offer boolean, offer_on date, "
    "end_reason varchar, compulsory_until date, qualification_until date, school_type varchar, "
    "row_id varchar, delivery_id varchar",
    "absence_count": "location_id varchar, period_id varchar, kind varchar, stock bigint, "
    "new bigint, ended bigint, over_3_months bigint, over_3_months_no_offer bigint, "
    "row_id varchar, delivery_id varchar",
    "exemption": "pupil_id varchar, article varchar, start_on date, end_on date, "
    "municipality_code varchar, row_id varchar, delivery_id varchar",
    "tlv": "tlv_number varchar, pupil_id varchar, location_id varchar, kind varchar, "
    "requested_on date, decided_on date, result varchar, first boolean, category varchar, "
    "cluster varchar, origin varchar, valid_from date, valid_to date, row_id varchar, "
    "delivery_id varchar",
    "vso_enrolment": "pupil_id varchar, location_id varchar, start_on date, end_on date, "
    "cluster varchar, category varchar, came_from varchar, went_to varchar, tab boolean, "
    "row_id varchar, delivery_id varchar",
    "opp": "pupil_id varchar, location_id varchar, start_on date, end_on date, "
    "pupil_consent boolean, parent_consent boolean, row_id varchar, delivery_id varchar",
    "vsv": "organisation_id varchar, school_year varchar, leavers bigint, pupils bigint, "
    "status varchar, mbo_without_diploma bigint, row_id varchar, delivery_id varchar",
    "maatwerk": "pupil_id varchar, location_id varchar, provision varchar, referred_on date, "
    "start_on date, end_on date, outcome varchar, row_id varchar, delivery_id varchar",
    "complaint": "complaint_id varchar, received_on date, route varchar, kind varchar, "
    "outcome varchar, closed_on date, row_id varchar, delivery_id varchar",
    "ect_case": "case_id varchar, location_id varchar, opened_on date, closed_on date, "
    "kind varchar, theme varchar, hours decimal(18, 6), row_id varchar, delivery_id varchar",
    "satisfaction_form": "sent_on date, answered_on date, respondent varchar, "
    "mark decimal(18, 6), location_id varchar, row_id varchar, delivery_id varchar",
    "basic_support_score": "location_id varchar, school_year varchar, part varchar, "
    "score decimal(18, 6), row_id varchar, delivery_id varchar",
    "finance_post": "year bigint, status varchar, post varchar, amount decimal(18, 2), "
    "row_id varchar, delivery_id varchar",
    "finance_balance": "year bigint, status varchar, gross_income decimal(18, 2), "
    "public_equity decimal(18, 2), row_id varchar, delivery_id varchar",
    "places": "location_id varchar, count_on date, provision varchar, cluster varchar, "
    "places bigint, occupied bigint, waiting bigint, row_id varchar, delivery_id varchar",
}
LOCATIONS = {"L1": "B1", "L2": "B1", "L3": "B2"}


def a_period(period_id, kind, start_on, end_on, count_on, school_year):
    return {
        "period_id": period_id,
        "period_type": kind,
        "start_on": start_on,
        "end_on": end_on,
        "count_on": count_on,
        "school_year": school_year,
    }


def periods_of(year):
    """The school year that starts in `year`, its quarters, and the calendar year `year`."""
    name = f"{year}-{year + 1}"
    first_of_february = date(year + 1, 2, 1)
    count_on = first_of_february if year >= 2022 else date(year, 10, 1)
    ends = [date(year, 9, 30), date(year, 12, 31), date(year + 1, 3, 31), date(year + 1, 6, 30)]
    starts = [date(year, 7, 1)] + [end + timedelta(days=1) for end in ends[:3]]
    quarters = [
        a_period(f"{name}-k{number}", "kwartaal", start, end, end, name)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    ]
    schooljaar = a_period(
        name, "schooljaar", date(year, 8, 1), date(year + 1, 7, 31), count_on, name
    )
    last_day = date(year, 12, 31)
    kalenderjaar = a_period(str(year), "kalenderjaar", date(year, 1, 1), last_day, last_day, name)
    return [*quarters, schooljaar, kalenderjaar]


def default_tables():
    boards = sorted(set(LOCATIONS.values()))
    tree = [("SWV", "SWV", "swv")]
    tree += [(board, *above) for board in boards for above in ((board, "bestuur"), ("SWV", "swv"))]
    for location, board in LOCATIONS.items():
        tree += [(location, location, "locatie"), (location, board, "bestuur")]
        tree += [(location, "SWV", "swv")]
    return {
        "swv": [{"organisation_id": "SWV", "name": "SWV"}],
        "period": [row for year in (2022, 2023, 2024) for row in periods_of(year)],
        "organisation": [{"organisation_id": "SWV", "organisation_type": "swv"}]
        + [{"organisation_id": board, "organisation_type": "bestuur"} for board in boards]
        + [
            {"organisation_id": name, "organisation_type": "locatie", "school_type": "vo"}
            for name in LOCATIONS
        ],
        "organisation_tree": [
            dict(zip(("organisation_id", "ancestor_id", "ancestor_type"), row, strict=True))
            for row in tree
        ],
    }


def database_with(tables):
    connection = duckdb.connect(":memory:")
    filled = {**default_tables(), **tables}
    for table, columns in SCHEMA.items():
        connection.execute(f"create table {table} ({columns})")
        for row in filled.pop(table, []):
            names = ", ".join(row)
            marks = ", ".join("?" for _ in row)
            connection.execute(
                f"insert into {table} ({names}) values ({marks})", list(row.values())
            )
    assert not filled, f"not a table: {sorted(filled)}"
    return connection


def as_dicts(cursor):
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def sql_of(kpi_id):
    return (DEFINITIONS / kpi_id / "kpi.sql").read_text(encoding="utf-8")


@cache
def toml_of(kpi_id, name="kpi"):
    return tomllib.loads((DEFINITIONS / kpi_id / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def example_rows(kpi_id):
    return as_dicts(database_with(toml_of(kpi_id, "example")["given"]).execute(sql_of(kpi_id)))


def rows_of(kpi_id, **tables):
    return as_dicts(database_with(tables).execute(sql_of(kpi_id)))


def total(rows, measure, period_id, column="numerator", **parts):
    """The sum over all organisations of one measure, period and segment; persons are distinct."""
    chosen = [
        row
        for row in rows
        if row["measure"] == measure
        and row["period_id"] == period_id
        and all(row[name] == value for name, value in parts.items())
    ]
    if column == "numerator" and measure.endswith("persons"):
        return len({row["person_id"] for row in chosen})
    return sum(row[column] for row in chosen)


def under(kpi_id, organisation_id):
    tree = toml_of(kpi_id, "example")["given"].get("organisation_tree")
    tree = tree or default_tables()["organisation_tree"]
    return {row["organisation_id"] for row in tree if row["ancestor_id"] == organisation_id}


def expectations(with_key):
    return [
        pytest.param(kpi_id, expected, id=f"{kpi_id}-{number}")
        for kpi_id in KPI_IDS
        for number, expected in enumerate(toml_of(kpi_id, "example")["expect"])
        if with_key in expected
    ]


def parts_of(segment):
    return dict(part.split("=") for part in segment.split(",") if part)


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
    segments = {segment["id"]: set(segment["values"]) for segment in definition.get("segments", [])}
    kinds = {row["period_id"]: row["period_type"] for row in default_tables()["period"]}
    rows = example_rows(kpi_id)
    assert {row["measure"] for row in rows} == set(measures)
    for row in rows:
        assert set(segments) <= set(row)
        assert None not in (row["organisation_id"], row["numerator"], row["denominator"])
        assert kinds[row["period_id"]] in definition["periods"]
        for name, codes in segments.items():
            assert row[name] is None or row[name] in codes, name
    extra = set(rows[0]) - set(segments)
    extra -= {"measure", "organisation_id", "period_id", "numerator", "denominator"}
    assert extra <= {"person_id", "provisional", "row_id"}


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
    assert read <= set(SCHEMA)


def spell(kind="lrv", **values):
    defaults = {"pupil_id": "p", "location_id": "L1", "row_id": "1", "start_on": date(2023, 10, 2)}
    return {**defaults, "kind": kind, **values}


def thuiszitters(*spells):
    return rows_of("thuiszitters", absence_spell=list(spells))


@pytest.mark.parametrize(
    ("days_away", "standing"), [(28, 0), (29, 1)], ids=["day 28: not yet", "day 29: counts"]
)
def test_lrv_counts_when_it_lasts_longer_than_28_days(days_away, standing):
    started = date(2023, 12, 31) - timedelta(days=days_away)
    rows = thuiszitters(spell(start_on=started))
    assert total(rows, "stock", "2023-2024-k2") == standing
    assert total(rows, "new", "2023-2024-k2") == standing
    assert total(rows, "stock", "2023-2024-k3") == 1


@pytest.mark.parametrize(("days", "seen"), [(28, 0), (29, 0), (30, 1)])
def test_lrv_that_stops_before_it_ever_stood_is_in_no_figure(days, seen):
    end = date(2023, 10, 2) + timedelta(days=days)
    rows = thuiszitters(spell(end_on=end))
    found = {measure: total(rows, measure, "2023-2024-k2") for measure in ("new", "ended")}
    assert found == {"new": seen, "ended": seen}
    assert total(rows, "persons", "2023-2024") == seen


def test_av_counts_from_the_first_day_and_not_on_the_day_it_ends():
    rows = thuiszitters(
        spell("av", row_id="1", start_on=date(2023, 12, 31)),
        spell("av", row_id="2", end_on=date(2023, 12, 31)),
    )
    assert total(rows, "stock", "2023-2024-k2") == 1
    assert total(rows, "ended", "2023-2024-k2") == 1


def test_other_kinds_of_absence_are_not_thuiszitters_but_do_count_as_absence():
    spells = [spell("ziek", permitted=True), spell("overig", row_id="2")]
    assert thuiszitters(*spells) == []
    rows = rows_of("geoorloofd_verzuim", absence_spell=spells)
    assert total(rows, "stock", "2023-2024-k2") == 2
    assert total(rows, "stock", "2023-2024-k2", permitted="onbekend") == 1


@pytest.mark.parametrize(
    ("start", "over"),
    [(date(2023, 9, 30), 1), (date(2023, 10, 1), 0), (date(2023, 7, 3), 1)],
    ids=["three months and a day", "three months", "long"],
)
def test_longer_than_three_months_runs_from_the_first_day_of_absence(start, over):
    rows = rows_of(
        "thuiszitters",
        absence_spell=[spell(start_on=start)],
        period=[
            a_period("p", "kwartaal", date(2023, 10, 1), date(2024, 1, 1), date(2024, 1, 1), "x")
        ],
    )
    assert total(rows, "over_3_months", "p") == over
    assert total(rows, "over_3_months_no_offer", "p") == over
    assert total(rows, "stock", "p", duration="langer_dan_3_maanden") == over


@pytest.mark.parametrize(
    ("offer", "offer_on", "without"),
    [
        (True, None, 0),
        (True, date(2023, 12, 31), 0),
        (True, date(2024, 1, 1), 1),
        (False, None, 1),
        (None, None, 1),
    ],
)
def test_an_offer_counts_from_its_day_and_an_unknown_offer_is_none(offer, offer_on, without):
    long = spell("av", start_on=date(2023, 8, 28), offer=offer, offer_on=offer_on)
    assert total(thuiszitters(long), "over_3_months_no_offer", "2023-2024-k2") == without


@pytest.mark.parametrize(
    ("until", "age"),
    [
        ((date(2023, 12, 31), date(2025, 5, 31)), "leerplichtig"),
        ((date(2023, 7, 31), date(2023, 12, 31)), "kwalificatieplichtig"),
        ((date(2022, 7, 31), date(2023, 12, 30)), "ouder"),
        ((None, None), "onbekend"),
    ],
)
def test_age_is_read_on_the_count_date(until, age):
    compulsory, qualification = until
    rows = thuiszitters(spell("av", compulsory_until=compulsory, qualification_until=qualification))
    assert total(rows, "stock", "2023-2024-k2", age=age) == 1


def test_a_pupil_with_two_spells_at_two_schools_is_one_person():
    rows = thuiszitters(
        spell("av", row_id="1", end_on=date(2023, 10, 20)),
        spell("av", row_id="2", location_id="L2", start_on=date(2023, 11, 6)),
    )
    assert total(rows, "persons", "2023-2024") == 1
    assert total(rows, "new", "2023-2024") == 2
    in_l2 = [row for row in rows if row["organisation_id"] == "L2"]
    assert total(in_l2, "persons", "2023-2024") == 1


def school_counts(**values):
    numbers = {"stock": 4, "new": 3, "ended": 2, "over_3_months": 1, "over_3_months_no_offer": 0}
    where = {"location_id": "L3", "period_id": "2023-2024-k2", "kind": "av"}
    return [{**where, **numbers, "row_id": "1", "delivery_id": "counts", **values}]


def covered(topic, delivery_id):
    where = {"organisation_id": "L3", "period_id": "2023-2024-k2"}
    return {"topic": topic, "delivery_id": delivery_id, **where}


@pytest.mark.parametrize(
    ("delivered", "stock"),
    [
        ([("absence_count", "counts")], 4),
        ([("absence", "counts")], 4),
        ([("absence_count", "counts"), ("absence", "spells")], 0),
    ],
    ids=["counts only", "counts under the topic of spells", "a list of spells too"],
)
def test_counts_stand_in_only_where_no_list_of_spells_was_delivered(delivered, stock):
    rows = rows_of(
        "thuiszitters",
        absence_count=school_counts(),
        delivered=[covered(*pair) for pair in delivered],
    )
    assert total(rows, "stock", "2023-2024-k2") == stock
    assert total(rows, "stock", "2023-2024-k2", kind="av") == stock
    assert not [row for row in rows if row["measure"] == "persons"]


def test_an_empty_cell_in_the_counts_is_not_a_zero():
    rows = rows_of("thuiszitters", absence_count=school_counts(over_3_months=None))
    assert "over_3_months" not in {row["measure"] for row in rows}


def test_exemptions_count_for_the_swv_and_a_stock_on_31_july_misses_most():
    exempt = {"pupil_id": "p", "article": "art5_a", "row_id": "1"}
    rows = rows_of(
        "thuiszitters",
        exemption=[
            {**exempt, "start_on": date(2022, 8, 1), "end_on": date(2023, 7, 31)},
            {**exempt, "start_on": date(2023, 8, 1), "end_on": date(2024, 7, 31)},
        ],
    )
    assert {row["organisation_id"] for row in rows} == {"SWV"}
    assert total(rows, "exemption_stock", "2023-2024-k4", article="art5_a") == 1
    assert total(rows, "exemption_stock", "2022-2023") == 0
    assert total(rows, "exemption_persons", "2022-2023") == 1
    assert total(rows, "exemption_new", "2023-2024") == 1


DAYS = st.dates(date(2022, 6, 1), date(2025, 6, 30))
SPELLS = st.lists(
    st.builds(
        lambda kind, start, length: spell(
            kind,
            start_on=start,
            end_on=None if length is None else start + timedelta(days=length),
        ),
        st.sampled_from(["av", "lrv", "ziek"]),
        DAYS,
        st.none() | st.integers(0, 500),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(SPELLS)
def test_previous_stock_plus_new_minus_ended_is_stock(spells):
    rows = thuiszitters(*spells)
    quarters = [row for row in default_tables()["period"] if row["period_type"] == "kwartaal"]
    quarters.sort(key=lambda row: row["end_on"])
    stock = [total(rows, "stock", quarter["period_id"]) for quarter in quarters]
    for number, quarter in enumerate(quarters[1:], start=1):
        change = total(rows, "new", quarter["period_id"]) - total(
            rows, "ended", quarter["period_id"]
        )
        assert stock[number - 1] + change == stock[number]


@settings(max_examples=25, deadline=None)
@given(SPELLS)
def test_four_quarters_make_a_calendar_year(spells):
    rows = thuiszitters(*spells)
    quarters = ("2022-2023-k3", "2022-2023-k4", "2023-2024-k1", "2023-2024-k2")
    for measure in ("new", "ended"):
        parts = sum(total(rows, measure, quarter) for quarter in quarters)
        assert parts == total(rows, measure, "2023")
    assert total(rows, "stock", "2023") == total(rows, "stock", "2023-2024-k2")


def test_a_renewal_is_no_referral_and_a_school_from_outside_counts_for_the_swv_only():
    decision = {"kind": "vso", "decided_on": date(2023, 11, 1), "result": "toegekend"}
    rows = rows_of(
        "verwijzingen_vso",
        tlv=[
            {**decision, "location_id": "98XX00", "first": True},
            {**decision, "location_id": None, "first": False},
            {**decision, "location_id": "L1", "first": True, "kind": "pro"},
        ],
    )
    found = [row for row in rows if row["period_id"] == "2023-2024" and row["numerator"]]
    assert {row["organisation_id"] for row in found} == {"SWV"}
    assert total(found, "referrals", "2023-2024") == 1
    assert total(found, "renewals", "2023-2024") == 1
    assert total(found, "granted_share", "2023-2024", "denominator") == 2


@pytest.mark.parametrize(
    ("period_id", "count_on"),
    [("2021-2022", date(2021, 10, 1)), ("2022-2023", date(2023, 2, 1))],
)
def test_vso_pupils_are_counted_on_the_count_date_of_the_school_year(period_id, count_on):
    enrolment = {"location_id": "L1", "cluster": "4", "start_on": count_on}
    rows = rows_of(
        "deelname_vso",
        period=periods_of(count_on.year - (count_on.month < 8)),
        vso_enrolment=[
            {**enrolment, "row_id": "1"},
            {**enrolment, "row_id": "2", "start_on": count_on + timedelta(days=1)},
            {**enrolment, "row_id": "3", "start_on": date(2020, 8, 1), "end_on": count_on},
        ],
    )
    assert total(rows, "pupils", period_id) == 1


def test_back_to_regular_is_leaving_for_vo_and_tab_a_part_of_that():
    leaver = {"location_id": "L1", "start_on": date(2021, 8, 1), "end_on": date(2023, 11, 1)}
    rows = rows_of(
        "deelname_vso",
        vso_enrolment=[
            {**leaver, "went_to": "vo", "tab": True},
            {**leaver, "went_to": "vo", "tab": None},
            {**leaver, "went_to": "mbo", "tab": True},
        ],
    )
    measures = ("left", "back_to_regular", "tab")
    assert [total(rows, measure, "2023-2024") for measure in measures] == [3, 2, 1]


def test_opp_per_100_takes_all_pupils_of_the_location_under_one_school_type():
    rows = rows_of(
        "opp",
        opp=[{"location_id": "L1", "start_on": date(2023, 9, 1), "row_id": "1"}],
        pupils_in_period=[
            {"period_id": "2023-2024", "location_id": "L1", "school_type": kind, "pupils": number}
            for kind, number in (("vo", 90), ("pro", 10))
        ],
    )
    assert total(rows, "opp_per_100", "2023-2024", "denominator", school_type="vo") == 100
    assert total(rows, "pupil_consent_share", "2023-2024") == 0
    assert total(rows, "pupil_consent_share", "2023-2024", "denominator") == 1


def test_objections_are_no_complaints_whatever_their_route():
    received = {"received_on": date(2023, 11, 1)}
    rows = rows_of(
        "klachten",
        complaint=[
            {**received, "route": "lbt", "kind": "beroep"},
            {**received, "route": "bestuur", "kind": "bezwaar_tlv"},
            {**received, "route": "rechter"},
        ],
    )
    assert total(rows, "objections", "2023-2024") == 2
    assert total(rows, "complaints", "2023-2024", kind="onbekend") == 1


@pytest.mark.parametrize(
    ("route", "kind", "objections"),
    [("lbt", None, 1), ("bestuur", "bezwaar_tlv", 1), ("bestuur", "klacht", 0)],
)
def test_an_objection_is_known_by_its_route_or_its_kind(route, kind, objections):
    received = {"received_on": date(2023, 11, 1), "route": route, "kind": kind}
    rows = rows_of("bezwaar_tlv", complaint=[received])
    assert total(rows, "objections", "2023-2024") == objections


@pytest.mark.parametrize(
    ("kpi_id", "table", "period_id", "row", "provisional"),
    [
        ("vsv", "vsv", "2022-2023", {"status": "voorlopig"}, True),
        ("vsv", "vsv", "2022-2023", {"status": "definitief"}, False),
        ("vsv", "vsv", "2022-2023", {"status": None}, True),
        ("reserve", "finance_balance", "2023", {"status": "realisatie"}, False),
        ("reserve", "finance_balance", "2023", {"status": "prognose"}, True),
        ("reserve", "finance_balance", "2023", {"status": "begroting"}, True),
    ],
)
def test_only_what_is_final_is_not_provisional(kpi_id, table, period_id, row, provisional):
    numbers = {
        "vsv": {"organisation_id": "L1", "school_year": period_id, "leavers": 1, "pupils": 9},
        "finance_balance": {"year": 2023, "gross_income": 9, "public_equity": 1},
    }
    rows = rows_of(kpi_id, **{table: [{**numbers[table], **row}]})
    assert rows
    assert {found["provisional"] for found in rows} == {provisional}


def finance(status, amount, year=2023):
    return {"year": year, "status": status, "post": "vso", "amount": amount}


def test_a_year_is_shown_in_one_status_and_compared_only_when_it_has_both():
    rows = rows_of(
        "verdeling_middelen",
        finance_post=[
            finance("begroting", 100),
            finance("prognose", 90),
            finance("realisatie", 80),
            finance("begroting", 70, 2024),
            finance("prognose", 60, 2024),
        ],
    )
    assert total(rows, "amount", "2023") == 80
    assert total(rows, "amount", "2024") == 60
    provisional = {
        row["period_id"]: row["provisional"] for row in rows if row["measure"] == "amount"
    }
    assert provisional == {"2023": False, "2024": True}
    assert total(rows, "realised_share", "2023") == 80
    assert total(rows, "realised_share", "2023", "denominator") == 100
    assert "2024" not in {row["period_id"] for row in rows if row["measure"] == "realised_share"}


@pytest.mark.parametrize(
    ("income", "signal"), [(7_142_857, 250_000), (7_142_858, Decimal("250000.03")), (0, 250_000)]
)
def test_the_signal_value_never_drops_below_250_000(income, signal):
    balance = {"year": 2023, "status": "realisatie", "gross_income": income, "public_equity": 1}
    rows = rows_of("reserve", finance_balance=[balance])
    assert total(rows, "signal_value", "2023") == signal
    assert total(rows, "above_signal", "2023") == 1 - signal


def test_every_cluster_keeps_its_own_last_count():
    count = {"location_id": "L1", "provision": "vso", "places": 10, "occupied": 9}
    rows = rows_of(
        "wachtlijst",
        places=[
            {**count, "cluster": "3", "count_on": date(2023, 10, 1), "waiting": 5},
            {**count, "cluster": "4", "count_on": date(2023, 10, 1), "waiting": 7},
            {**count, "cluster": "4", "count_on": date(2023, 12, 1), "waiting": 1},
        ],
    )
    assert total(rows, "waiting", "2023-2024-k2") == 6


@pytest.mark.parametrize(("scored", "measured"), [(2020, 1), (2019, 0), (2024, None)])
def test_a_score_counts_for_four_school_years(scored, measured):
    rows = rows_of(
        "basisondersteuning",
        basic_support_score=[
            {"location_id": "L1", "school_year": f"{scored}-{scored + 1}", "part": "p1", "score": 3}
        ],
    )
    found = [
        row["numerator"]
        for row in rows
        if row["measure"] == "measured"
        and row["period_id"] == "2023-2024"
        and row["organisation_id"] == "L1"
    ]
    assert found == ([] if measured is None else [measured])


def test_a_closed_location_need_not_be_measured():
    organisation = [
        {"organisation_id": "L1", "organisation_type": "locatie", "school_type": "vo"},
        {
            "organisation_id": "L2",
            "organisation_type": "locatie",
            "school_type": "vo",
            "to_on": date(2024, 7, 30),
        },
        {"organisation_id": "V1", "organisation_type": "locatie", "school_type": "vso"},
    ]
    rows = rows_of(
        "basisondersteuning",
        organisation=organisation,
        basic_support_score=[
            {"location_id": "L1", "school_year": "2022-2023", "part": "p1", "score": 3}
        ],
    )
    measured = [row for row in rows if row["measure"] == "measured"]
    in_year = {row["organisation_id"] for row in measured if row["period_id"] == "2023-2024"}
    assert in_year == {"L1"}


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
