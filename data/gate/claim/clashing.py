"""Rows of one person at once of which only one can count, on this list or on two at a time."""

from typing import Any

from data.database import Database, literal, quoted
from data.source import OneAtATime, Source


def clashing(database: Database, source: Source, delivery_id: str) -> list[dict[str, Any]]:
    """The rows of persons who are in both kinds (`OneAtATime.either`) at once, by person.

    At least one of the two stands in this delivery; the other may be of another list over the same
    stretch that still holds it: what left the lists, or ended before the other began, is no clash.
    A row without an end is known to last up to the last day of its list.
    """
    rule = source.rows.either
    if not rule:
        return []
    return database.rows(
        f"with told as ({_told(source, rule)}) "
        "select distinct told.who, told.row_id, told.delivery_id, row_thing.thing from told "
        "inner join told as other on told.who = other.who and told.kind <> other.kind "
        "and told.from_on < other.until and other.from_on < told.until "
        "and ? in (told.delivery_id, other.delivery_id) "
        "inner join row_thing on told.row_id = row_thing.row_id order by told.who, told.row_id",
        [delivery_id, delivery_id, delivery_id],
    )


def doubled(database: Database, delivery_id: str) -> list[dict[str, Any]]:
    """The rows of persons who stand on two of them at once (row_pair.sql), by person.

    At least one of the two stands in this delivery; the other may be of another list that still
    holds it.
    """
    stands = "delivery_id = ? or (row_id in (select row_id from last_row where gone_on is null))"
    other = stands.replace("delivery_id", "other_delivery_id").replace("(row_id", "(other_row_id")
    return database.rows(
        "select distinct who, row_id, delivery_id, thing from row_pair "
        f"where ? in (delivery_id, other_delivery_id) and ({stands}) and ({other}) "
        "order by who, row_id",
        [delivery_id, delivery_id, delivery_id],
    )


def _told(source: Source, rule: OneAtATime) -> str:
    """The query for the rows of both kinds, of this list and of what stands on the others."""
    kind, *codes = rule.either
    who, start, end = (quoted(name) for name in (rule.of, rule.start, rule.end))
    last = f"greatest(list.covers_to, rows_of.{start})"
    return (
        f"select rows_of.{who} as who, rows_of.{quoted(kind)} as kind, rows_of.{start} as from_on, "
        f"coalesce(rows_of.{end}, cast({last} + interval '1 day' as date)) as until, "
        f"rows_of.row_id, rows_of.delivery_id from stg_{source.id} as rows_of "
        "inner join delivery as list on rows_of.delivery_id = list.delivery_id "
        "inner join delivery as mine on mine.delivery_id = ? and mine.slot = list.slot "
        "left join last_row on rows_of.row_id = last_row.row_id "
        f"where rows_of.{who} is not null "
        f"and rows_of.{quoted(kind)} in ({', '.join(map(literal, codes))}) "
        "and (list.delivery_id = ? or (last_row.row_id is not null and last_row.gone_on is null))"
    )
