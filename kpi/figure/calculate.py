"""From tables to kpi_value: run every kpi.sql, check what it returns, and roll it up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from data.database import Database, DatabaseError, literal, quoted
from data.progress import tell
from kpi.meaning.choices import Shows, SplitDenominator
from kpi.meaning.load import DefinitionError, Kpi, Segment
from kpi.meaning.tables import create_definitions

STEPS = Path(__file__).parent
ROLL_UP = ("coverage.sql", "rollup.sql")  # in this order
EARLIER = "membership.sql"  # a step in seals of before; now it is a table of data/counting
REQUIRED = ("measure", "organisation_id", "period_id", "numerator", "denominator")
# day: the day on which it happened, which says of which board the location was; up_to: the highest
# level at which it counts (locatie, bestuur, swv), or alleen_bestuur: at that level alone
MORE = ("denominator_more", "numerator_more")  # how much more a sum can be: a part is only <5
# shared_by: what an observation of a mean has in common with others (a school)
OPTIONAL = ("person_id", "provisional", "row_id", "day", "up_to", "shared_by", *MORE)
OBSERVATION = {
    "kpi_id": "varchar",
    "measure": "varchar",
    "organisation_id": "varchar",
    "period_id": "varchar",
    "segment": "varchar",
    "numerator": "decimal(18, 4)",
    "denominator": "decimal(18, 4)",
    "squares": "decimal(38, 8)",
    "person_id": "varchar",
    "provisional": "boolean",
    "day": "date",
    "up_to": "varchar",
    "denominator_more": "decimal(18, 4)",
    "numerator_more": "decimal(18, 4)",
    "shared_by": "varchar",
}
# every segment that occurs, with the one that holds what it is divided by: without the parts of
# which the denominator is that of the whole
SEGMENTS = """
    create table kpi_segment as
    select
        kpi_id,
        segment,
        array_to_string(list_filter(
            string_split(segment, ','),
            lambda part: not list_contains(?, kpi_id || '/' || split_part(part, '=', 1))
        ), ',') as denominator_segment
    from (
        select kpi_id, segment from kpi_observation
        union
        select kpi_id, '' from kpi_measure
    )
"""
# locations that had more than one board: only for those the day matters
MOVED = """
    select organisation_id from organisation_tree
    where ancestor_type = 'bestuur' and organisation_id <> ancestor_id
    group by organisation_id having count(distinct ancestor_id) > 1
"""


def calculate(database: Database, kpis: Mapping[str, Kpi], steps: Path = STEPS) -> None:
    """Make kpi_value (every figure) and kpi_coverage (who delivered), both views on what is kept.

    Kept is only what exists: sums where something was counted, and who delivered what. Zeros and
    what is missing follow from those, and are made when somebody asks.

    Needs period and the tables of data/tables and data/counting. DefinitionError when a kpi.sql
    does not keep its contract; it names the folder and what is wrong.
    """
    create_definitions(database, kpis)
    database.create("kpi_observation", OBSERVATION)
    dated: list[tuple[str]] = []  # whose rows say on which day it was
    rolled = [EARLIER] * (steps / EARLIER).exists() + list(ROLL_UP)
    of = len(kpis) + len(rolled)
    errors: list[str] = []
    for done, kpi in enumerate(kpis.values()):
        tell(f"De cijfers worden berekend: {done} van {len(kpis)} KPI’s.", done, of)
        try:
            dated += [(kpi.id,)] * ("day" in _observe(database, kpi))
        except DefinitionError as error:
            errors += error.errors
    if errors:
        raise DefinitionError(errors)
    database.create("kpi_dated", {"kpi_id": "varchar"}, dated)
    database.execute(SEGMENTS, [_divided_by_whole(kpis)])
    for done, step in enumerate(rolled, len(kpis)):
        tell("De cijfers worden opgeteld per bestuur en voor het geheel.", done, of)
        database.execute((steps / step).read_text(encoding="utf-8"))


def _divided_by_whole(kpis: Mapping[str, Kpi]) -> list[str]:
    """The segments (kpi/segment) of which a part is divided by what the whole is divided by."""
    return [
        f"{kpi.id}/{segment.id}"
        for kpi in kpis.values()
        for segment in kpi.segments.values()
        if segment.denominator is not SplitDenominator.SEGMENT
    ]


def with_found_codes(database: Database, kpis: Mapping[str, Kpi]) -> dict[str, Kpi]:
    """The KPIs with the codes that occur in their open segments, after `calculate`."""
    return {name: replace(kpi, segments=_found(database, kpi)) for name, kpi in kpis.items()}


def _found(database: Database, kpi: Kpi) -> dict[str, Segment]:
    found = dict(kpi.segments)
    for segment in [one for one in found.values() if one.open]:
        rows = database.rows(
            """
            select
                substring(kpi_segment.segment, length(?) + 2) as code,
                max(code_name.name) as name
            from kpi_segment
            left join code_name
                on code_name.kind = ?
                and code_name.code = substring(kpi_segment.segment, length(?) + 2)
            where kpi_segment.kpi_id = ?
                and starts_with(kpi_segment.segment, ? || '=')
                and not contains(kpi_segment.segment, ',')
            group by 1
            order by 1
            """,
            [segment.id, segment.id, segment.id, kpi.id, segment.id],
        )
        named = {row["code"]: row["name"] or segment.name_of(row["code"]) for row in rows}
        occurring = {code: name for code, name in named.items() if code not in segment.values}
        found[segment.id] = replace(segment, values={**occurring, **segment.values})
    return found


def inner_sql(kpi: Kpi) -> str:
    """The text of kpi.sql in a form that can stand within brackets."""
    return f"(\n{kpi.sql.strip().rstrip(';')}\n)"


def observation_columns(database: Database, kpi: Kpi) -> list[str]:
    """The columns kpi.sql returns. DefinitionError when that is not what its definition says."""
    try:
        found = [row["column_name"] for row in database.rows(f"describe {inner_sql(kpi)[1:-1]}")]
    except DatabaseError as error:
        raise DefinitionError([f"{kpi.id}/kpi.sql: DuckDB weigert dit. {error}"]) from error
    wanted = [*REQUIRED, *kpi.segments]
    missing = [name for name in wanted if name not in found]
    unknown = [name for name in found if name not in (*wanted, *OPTIONAL)]
    errors = []
    if missing:
        errors.append(f"{kpi.id}/kpi.sql: kolom {', '.join(missing)} ontbreekt.")
    if unknown:
        errors.append(f"{kpi.id}/kpi.sql: kolom {', '.join(unknown)} staat niet in kpi.toml.")
    if errors:
        raise DefinitionError(errors)
    return found


def _observe(database: Database, kpi: Kpi) -> list[str]:
    """Add the observations of one KPI, once per split. Returns the columns of its kpi.sql.

    DefinitionError when its rows say what its definition does not allow.
    """
    table = quoted(f"observed_{kpi.id}")
    columns = observation_columns(database, kpi)
    try:
        database.execute(f"create table {table} as {_summed_sql(kpi, columns)}")
    except DatabaseError as error:
        raise DefinitionError([f"{kpi.id}/kpi.sql: DuckDB weigert dit. {error}"]) from error
    found = _found_in(database, kpi, table)
    errors = [f"{kpi.id}/kpi.sql: {message}" for message in _breaches(kpi, found)]
    if errors:
        raise DefinitionError(errors)
    if found:
        database.execute(_split_sql(kpi, table))
    database.execute(f"drop table {table}")
    return columns


def _summed_sql(kpi: Kpi, columns: list[str]) -> str:
    """Kpi.sql added up as far as every split allows: what is split ten ways is then small.

    Squares are summed as decimals: a sum of doubles hangs on the order in which threads finish.
    """
    persons = [m.id for m in kpi.measures.values() if m.shows is Shows.PERSONS]
    person = "null"
    if persons and "person_id" in columns:
        person = f"case when measure in ({_list(persons)}) then cast(person_id as varchar) end"
    exact = "cast(numerator as decimal(19, 4))"
    provisional = "provisional" if "provisional" in columns else "false"
    more = [f"sum({name if name in columns else 0}) as {name}" for name in MORE]
    keys = ["measure", "organisation_id", "period_id", *map(quoted, kpi.segments)]
    return f"""
        select
            {", ".join(keys)},
            cast({person} as varchar) as person_id,
            {day_sql(columns)} as day,
            {up_to_sql(columns)} as up_to,
            {_shared_by_sql(kpi, columns)} as shared_by,
            sum(numerator) as numerator,
            sum(denominator) as denominator,
            sum({exact} * {exact}) as squares,
            count(*) - count(numerator) + count(*) - count(denominator) as nulls,
            coalesce(bool_or({provisional}), false) as provisional,
            {", ".join(more)}
        from {inner_sql(kpi)} as observation
        group by {", ".join(map(str, range(1, len(keys) + 5)))}
    """


def day_sql(columns: list[str]) -> str:
    """The day by which a row of kpi.sql finds its board; empty where the location had only one."""
    if "day" not in columns:
        return "cast(null as date)"
    return f"case when organisation_id in ({MOVED}) then cast(day as date) end"


def up_to_sql(columns: list[str]) -> str:
    """The highest level at which a row of kpi.sql counts; empty: at every level."""
    return "cast(up_to as varchar)" if "up_to" in columns else "cast(null as varchar)"


def _shared_by_sql(kpi: Kpi, columns: list[str]) -> str:
    """What observations of a mean share, '' when it is not known; null where nothing says so."""
    means = [measure.id for measure in kpi.measures.values() if measure.shows is Shows.MEAN]
    if not means or "shared_by" not in columns:
        return "cast(null as varchar)"
    known = "coalesce(cast(shared_by as varchar), '')"
    return f"case when measure in ({_list(means)}) then {known} end"


def _found_in(database: Database, kpi: Kpi, table: str) -> list[dict[str, Any]]:
    """Every measure that has rows, with how many say no number; every code of a closed segment."""
    closed = [quoted(segment.id) for segment in kpi.segments.values() if not segment.open]
    each = ", ".join(f"({name})" for name in ("measure", *closed))
    return database.rows(
        f"select {', '.join(('measure', *closed))}, sum(nulls) as nulls, "
        f"grouping(measure) = 0 as is_measure from {table} group by grouping sets ({each})"
    )


def _breaches(kpi: Kpi, found: list[dict[str, Any]]) -> Iterator[str]:
    """What the rows say that kpi.toml does not allow."""
    for row in [one for one in found if one["is_measure"]]:
        if row["measure"] not in kpi.measures:
            yield f"maat '{row['measure']}' staat niet in kpi.toml."
        if row["nulls"]:
            yield f"numerator of denominator is leeg bij maat {row['measure']}."
    for segment in [one for one in kpi.segments.values() if not one.open]:
        for code in sorted({row[segment.id] for row in found} - {None, *segment.values}):
            yield f"code '{code}' van {segment.id} staat niet in kpi.toml."


def _split_sql(kpi: Kpi, table: str) -> str:
    """Every row once per split in which it has a code, added up per segment."""
    splits = ", ".join(_in_split_sql(kpi, split) for split in ((), *kpi.splits_used))
    return f"""
        insert into kpi_observation
        select
            {literal(kpi.id)},
            measure,
            organisation_id,
            period_id,
            segment,
            sum(numerator),
            sum(denominator),
            sum(squares),
            person_id,
            bool_or(provisional),
            day,
            up_to,
            sum(denominator_more),
            sum(numerator_more),
            shared_by
        from (select *, unnest([{splits}]) as segment from {table})
        where segment is not null
        group by
            measure, organisation_id, period_id, segment, person_id, day, up_to, shared_by
    """


def _in_split_sql(kpi: Kpi, split: tuple[str, ...]) -> str:
    """The segment in which a row counts; null when its measure or code has none in this split."""
    measures = [m.id for m in kpi.measures.values() if not split or split in kpi.splits(m)]
    return f"case when measure in ({_list(measures)}) then {_segment_sql(split)} end"


def _segment_sql(split: Iterable[str]) -> str:
    parts = [f"{literal(name + '=')} || {quoted(name)}" for name in split]
    return " || ',' || ".join(parts) or "''"


def _list(values: Iterable[str]) -> str:
    return ", ".join(map(literal, values)) or "null"
