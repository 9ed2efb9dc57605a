"""Rows that go on at a location that had closed by then, and did not go up in another one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import Any

from data.build import LOCATION
from data.gate.claim.row_names import as_key, told
from data.source import Source

START = "start_on"  # where it is told: what was asked for may begin later
LAST_DAYS = """
select location_id, place_id, to_on as last_on
from goes_on
qualify row_number() over (partition by location_id order by hops desc) = 1 and to_on is not null
"""


@dataclass(frozen=True)
class AtClosed:
    """A row at a location that closed: `about` names it in Dutch, with a pseudonym for a pupil.

    place: where it was last, the location itself or the one that went up in; last_on: the last day
    of that place. began_after: it began after that day, so it is counted nowhere.
    """

    about: str
    location: str
    place: str
    last_on: date
    began_after: bool


def at_closed(
    source: Source,
    columns: Mapping[str, Sequence[Any]],
    covers_to: date | None,
    last_days: Sequence[Mapping[str, Any]],
) -> Iterator[AtClosed]:
    """The rows of a list (values by column) that goes on beyond the last day of their place.

    last_days: by location that closed, as LAST_DAYS tells them.
    """
    closed = {row["location_id"]: row for row in last_days}
    names = [name for name in source.stored_keys if name != LOCATION]
    keys = zip(*(columns[name] for name in names), strict=True)
    starts = columns[START if START in source.columns else source.delivery.dated_by]
    ends = columns.get(source.rows.ends_by) or repeat(None)
    for code, key, start, end in zip(columns[LOCATION], keys, starts, ends, strict=False):
        place = closed.get(code)
        if not place or not start or place["last_on"] >= (covers_to or date.max):
            continue
        last = place["last_on"]
        if start > last or end is None or end > last:
            words = (
                told(source.columns[name], as_key(v)) for name, v in zip(names, key, strict=True)
            )
            about = ", ".join(filter(None, words))
            yield AtClosed(about, code, place["place_id"], last, start > last)
