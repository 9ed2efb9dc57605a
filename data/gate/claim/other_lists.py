"""What a new list of locations changes for the rows of other lists, which came in before it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from data.build import LOCATION
from data.calendar import Calendar
from data.database import Database, quoted
from data.deliveries.store import Store
from data.gate.claim.changed import DeliveryEffect, EarlierRow, earlier_row
from data.gate.claim.closed_school import LAST_DAYS, START, AtClosed
from data.gate.claim.trial import after_it, as_it_is
from data.gate.draft import Draft
from data.source import Source

TABLES = ("last_row", "row_thing", "goes_on")


def with_other_lists(
    store: Store,
    sources: Mapping[str, Source],
    calendar: Calendar,
    draft: Draft,
    changed: DeliveryEffect,
) -> DeliveryEffect:
    """The effect with the rows of other lists that this list of locations puts an end to.

    at_closed: rows that a list still has open after what is now the last day of their location.
    lost: rows that now should be on a list of the location that theirs went up in, and are not.
    """
    known = draft.recognised.source
    follow = {
        source.id: source
        for source in sources.values()
        if source.rows.ends_by and LOCATION in source.columns
    }
    if not any(found.source in follow for found in store.deliveries()):
        return changed
    wanted = {known.id: known, **follow}
    before = as_it_is(store, wanted, calendar, TABLES)
    after = after_it(store, draft, wanted, calendar, TABLES)
    shut, lost = [], []
    for source in follow.values():
        first, last = _ends(before, source), _ends(after, source)
        new = {row_id: row for row_id, row in last.items() if row != first.get(row_id)}
        shut += [_at_closed(row, source) for row in new.values() if row["shut"]]
        lost += [earlier_row(row, source) for row in new.values() if row["lost"]]
    before.close()
    after.close()
    return replace(changed, at_closed=tuple(shut), lost=tuple(lost))


def _ends(database: Database, source: Source) -> dict[str, dict[str, Any]]:
    """By row how its list and the list of locations end it."""
    start = START if START in source.columns else source.delivery.dated_by
    rows = database.rows(
        f"""
        select
            told.row_id,
            told.delivery_id,
            row_thing.thing,
            told.{LOCATION},
            place.place_id,
            place.last_on,
            told.{quoted(start)} > place.last_on as began_after,
            coalesce(last_row.gone_as = 'niet_te_volgen', false) as lost,
            coalesce(
                place.last_on < list.covers_to
                and coalesce(told.{quoted(source.rows.ends_by)} > place.last_on, true)
                and told.{quoted(start)} is not null,
                false
            ) as shut
        from stg_{source.id} as told
        inner join last_row on told.row_id = last_row.row_id
        inner join row_thing on told.row_id = row_thing.row_id
        inner join delivery as list on told.delivery_id = list.delivery_id
        left join ({LAST_DAYS}) as place on told.{LOCATION} = place.location_id
        order by told.row_id
        """
    )
    return {row["row_id"]: row for row in rows}


def _at_closed(row: Mapping[str, Any], source: Source) -> AtClosed:
    about: EarlierRow = earlier_row(row, source)
    return AtClosed(
        about.about, row[LOCATION], row["place_id"], row["last_on"], bool(row["began_after"])
    )
