"""Rows of one person at once of which only one can count, on this list or on two at a time."""

from collections.abc import Iterator

from data.database import Database
from data.gate.claim.changed import Clash, earlier_row
from data.source import Source

STANDS, OTHER = (
    f"row_pair.{other}delivery_id = ?"
    f" or row_pair.{other}row_id in (select row_id from last_row where gone_on is null)"
    for other in ("", "other_")
)


def clashes(database: Database, source: Source, delivery_id: str, alone: bool) -> Iterator[Clash]:
    """The rows of persons of whom only one row can count (row_pair.sql), by person and first day.

    At least one of the two stands in this delivery; the other may be of another list that still
    holds it. alone: there is no other list of that time, and last_row was not made.
    """
    still = "" if alone else f"and ({STANDS}) and ({OTHER})"
    for row in database.rows(
        f"""
        select
            row_pair.asked,
            row_pair.row_id,
            row_pair.delivery_id,
            row_pair.thing,
            row_time.until,
            bool_or(answered_pair.answer is null) as is_open,
            max(answered_pair.answer) as answer,
            max(answered_pair.answered_in) as answered_in
        from row_pair
        inner join row_time using (row_id)
        left join answered_pair
            on row_pair.source = answered_pair.source
            and row_pair.asked = answered_pair.asked
            and row_pair.thing = answered_pair.thing
            and row_pair.other_thing = answered_pair.other_thing
        where ? in (row_pair.delivery_id, row_pair.other_delivery_id)
            {still}
        group by
            row_pair.asked,
            row_pair.row_id,
            row_pair.delivery_id,
            row_pair.thing,
            row_pair.who,
            row_time.from_on,
            row_time.until
        order by row_pair.who, row_time.from_on, row_pair.thing
        """,
        [delivery_id] if alone else [delivery_id] * 3,
    ):
        answer = "" if row["is_open"] else row["answer"]
        about = earlier_row(row, source)
        yield Clash(row["asked"], about, row["until"], answer, row["answered_in"] or "")
