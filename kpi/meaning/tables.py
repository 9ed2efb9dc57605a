"""The definitions as small tables, for the SQL that adds the figures up."""

from collections.abc import Mapping

from data.database import Database
from kpi.meaning.load import Kpi, Measure

EVERY_SCHOOL_TYPE = ("vo", "pro", "vso")


def create_definitions(database: Database, kpis: Mapping[str, Kpi]) -> None:
    """The parts of the definitions that coverage.sql and rollup.sql need, as small tables."""
    measures = [(kpi, measure) for kpi in kpis.values() for measure in kpi.measures.values()]
    requirements = {_requirement(kpi, measure): measure for kpi, measure in measures}
    text, whole = "varchar", "integer"
    database.create(
        "kpi_measure",
        {"kpi_id": text, "measure": text, "factor": whole, "unit": text, "requirement": text},
        [(k.id, m.id, m.shows.factor, m.unit, _requirement(k, m)) for k, m in measures],
    )
    periods = database.rows("select * from period")
    database.create(
        "kpi_measure_period",
        {"kpi_id": text, "measure": text, "period_id": text},
        [
            (kpi.id, measure.id, period["period_id"])
            for kpi, measure in measures
            for period in periods
            if period["period_type"] in measure.periods
        ],
    )
    database.create(
        "kpi_requirement",
        {"requirement": text, "level": text, "needs": whole, "standing_on": text},
        [
            (name, m.level.value, len(m.needs), m.stock_on.value if m.is_standing else None)
            for name, m in requirements.items()
        ],
    )
    database.create(
        "kpi_explicit",
        {"requirement": text, "kpi_id": text, "measure": text},
        [(_requirement(kpi, m), kpi.id, m.id) for kpi, m in measures if m.explicit_zero],
    )
    database.create(
        "kpi_need",
        {"requirement": text, "need": text, "topic": text, "place": whole},
        [
            (name, need, topic, place)
            for name, measure in requirements.items()
            for need in measure.needs
            for place, topic in enumerate(need.split("|"))
        ],
    )
    database.create(
        "kpi_expected",
        {"requirement": text, "school_type": text},
        [
            (name, school_type)
            for name, measure in requirements.items()
            for school_type in measure.school_types or EVERY_SCHOOL_TYPE
        ],
    )
    _create_versions(database, kpis)


def _create_versions(database: Database, kpis: Mapping[str, Kpi]) -> None:
    """The definition version of every period, and whether it is the first one of its version."""
    pairs = database.rows(
        """
        select
            period.period_id,
            period.period_type,
            period.end_on,
            previous.end_on as previous_end_on
        from period
        left join period as previous
            on period.previous_period_id = previous.period_id
        """
    )
    rows = []
    for kpi in kpis.values():
        for pair in pairs:
            period_type, previous_end = pair["period_type"], pair["previous_end_on"]
            version = kpi.version_on(pair["end_on"], period_type)
            before = kpi.version_on(previous_end, period_type) if previous_end else version
            rows.append((kpi.id, pair["period_id"], version, version != before))
    columns = {"kpi_id": "varchar", "period_id": "varchar", "version": "integer"}
    database.create("kpi_version", {**columns, "is_break": "boolean"}, rows)


def _requirement(kpi: Kpi, measure: Measure) -> str:
    """Measures with the same text are known for the same organisations and periods."""
    parts = [measure.level.value, "+".join(measure.school_types), " & ".join(measure.needs)]
    if measure.is_standing:
        parts.append(f"standing on {measure.stock_on}")
    if measure.explicit_zero:
        parts.append(f"rows of {kpi.id}.{measure.id}")
    return "; ".join(parts)
