"""The claim of one draft: tried against what is in the store, and put into a sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import repeat
from pathlib import Path
from typing import Any

from data.build import LOCATION
from data.calendar import Calendar
from data.database import read_columns, read_rows
from data.deliveries.delivery import Delivery, Missing, MissingRow
from data.deliveries.store import Store
from data.gate.claim.changed import DeliveryEffect
from data.gate.claim.doubts import doubts
from data.gate.claim.effect import effect
from data.gate.claim.other_lists import with_other_lists
from data.gate.claim.row_names import as_key
from data.gate.claim.said import ADDS, Answers, Claim, ListHistory, answered, spoken_for
from data.gate.claim.same_list import same_rows
from data.gate.claim.sentence import besides, outside, sentence
from data.gate.claim.trial import must_be_sound, wanted_by
from data.gate.claim.tried import Tried
from data.gate.claim.unasked import unasked
from data.gate.claim.which_counts import answered_before, used_of
from data.gate.claim.whom import may_be_said
from data.gate.draft import Draft
from data.gate.earlier import KNOWN_FROM, newest_locations
from data.source import Source

PUPIL = "pupil_id"


def claimed_by(
    store: Store,
    sources: Mapping[str, Source],
    calendar: Calendar,
    draft: Draft,
    answers: Answers,
) -> tuple[Draft, Claim]:
    """The draft with its claim, and that claim with what must still be answered.

    Raises StoreError when an earlier delivery was damaged.
    """
    source = draft.recognised.source
    must_be_sound(store, wanted_by(sources, source))
    history = _history(store, draft)
    given = answers
    if answers.missing not in dict(may_be_said(source)):
        answers = replace(answers, missing="")
    has_first = _has_first(draft, history.earlier)
    adds = answers.second == ADDS and has_first
    scope, speaks_for = spoken_for(source, answers, history, adds)
    days = draft.checked.columns.get(source.delivery.covers_by, ())
    since = answers.since or history.complete_since(min(filter(None, days), default=None))
    said = replace(draft.claimed, scope=scope, speaks_for=speaks_for, adds=adds, since=since)
    changed = effect(store, sources, calendar, replace(draft, claimed=said))
    which = used_of(changed.clashes, answers)
    answers, said = replace(answers, **which), replace(said, **which)
    tried = replace(draft, claimed=said)
    if source.id == KNOWN_FROM:
        changed = _without_present(changed, draft)
        closed = _closed_before(store, changed)
        open_ones = tuple(row for row in changed.taken if row.row_id not in closed)
        changed = replace(changed, taken=(), gone=open_ones)
        said = replace(said, carried=tuple(_carried(store, closed, changed, answers)))
        whole = replace(draft, claimed=said)
        changed = with_other_lists(store, sources, calendar, whole, changed)
    else:
        answers = replace(
            answers, rows={**_followed(source, draft, changed, history.earlier), **answers.rows}
        )
    texts = (draft.file_name, *draft.recognised.texts)
    columns = draft.checked.columns
    of = Tried(source, tried.delivery, changed, columns, history, texts, calendar, answers)
    told = sentence(tried.delivery, changed, history.earlier)
    said = replace(said, missing=answered(changed, answers), said=told)
    notes = (
        *outside(source, history),
        *besides(changed),
        *answered_before(source, changed.clashes, history.earlier),
    )
    notes += tuple(unasked(of, given, has_first))
    return replace(draft, claimed=said), Claim(told, tuple(doubts(of)), changed.taken, notes)


def _boards(store: Store) -> dict[str, str]:
    return {row["location_id"]: row["board_id"] for row in newest_locations(store)}


def _has_first(draft: Draft, earlier: Sequence[Delivery]) -> bool:
    """Whether there is a list to add to: one up to the same day."""
    if draft.recognised.source.delivery.period == "none":
        return False  # a newer list of what there is comes in the place of the older one
    mine = {(part.slot, part.covers_to) for part in draft.cover.parts}
    return any(mine & {(part.slot, part.covers_to) for part in found.parts} for found in earlier)


def _history(store: Store, draft: Draft) -> ListHistory:
    source = draft.recognised.source
    earlier = tuple(found for found in store.deliveries() if found.source == source.id)
    same = same_rows(store, source, draft.period, draft.checked.columns, earlier)
    first = _first_days(store, source, earlier)
    if LOCATION not in source.columns:
        return ListHistory(earlier, {}, frozenset(), {}, same, first)
    if source.id == KNOWN_FROM:
        return ListHistory(earlier, {}, frozenset(), _boards(store))
    held_by = {
        found.delivery_id: _locations(store.rows_path(found.delivery_id))
        for found in earlier
        if found.claim
    }
    held = frozenset(code for code in draft.checked.columns[LOCATION] if code)
    return ListHistory(earlier, held_by, held, _boards(store), same, first)


def _first_days(store: Store, source: Source, earlier: Sequence[Delivery]) -> Mapping[str, date]:
    """Of a register, the first day that each earlier list names."""
    by = source.delivery.covers_by
    if not by:
        return {}
    held = {d.delivery_id: read_columns(store.rows_path(d.delivery_id), (by,))[by] for d in earlier}
    return {name: min(days) for name, days in held.items() if days}


def _locations(path: Path) -> frozenset[str]:
    return frozenset(read_columns(path, (LOCATION,))[LOCATION])


def _followed(
    source: Source, draft: Draft, changed: DeliveryEffect, earlier: Sequence[Delivery]
) -> dict[str, MissingRow]:
    """Rows that are gone while the same pupil is in the list in another way, not told of before.

    With only another first day, that is a correction of the row; with another school or kind the
    old row ended when this one took over. What had ended before the old row began is another time.
    """
    dated, names = source.delivery.dated_by, source.stored_keys
    if PUPIL not in names or dated not in names or not changed.gone:
        return {}
    at, who = names.index(dated), names.index(PUPIL)
    mine = [row for row in _told(source, draft) if row[0] not in changed.before]
    until = {found.delivery_id: found.covers_to for found in earlier}
    found = {}
    for row in changed.gone:
        last = until.get(row.delivery_id)
        taking_over = [
            key
            for key, end in mine
            if key[who] == row.key[who] and not (end and end <= row.key[at])
        ]
        again = [
            key
            for key in taking_over
            if key[:at] + key[at + 1 :] == row.key[:at] + row.key[at + 1 :]
            and last is not None
            and key[at] <= last.isoformat()
        ]
        if again:
            found[row.row_id] = MissingRow(row.row_id, Missing.WRONG)
        elif taking_over:
            found[row.row_id] = MissingRow(row.row_id, Missing.ENDED)
    return found


def _told(source: Source, draft: Draft) -> Iterator[tuple[tuple[str, ...], str]]:
    """What names each row of the list, and the day it ended ("" while it lasts)."""
    columns = draft.checked.columns
    keys = zip(*(columns[name] for name in source.stored_keys), strict=True)
    ends = columns.get(source.rows.ends_by) or repeat(None)
    for key, end in zip(keys, ends, strict=False):
        yield tuple(map(as_key, key)), as_key(end)


def _without_present(changed: DeliveryEffect, draft: Draft) -> DeliveryEffect:
    """Only locations that are gone; one that changed its board or first day is still there."""
    held = set(draft.checked.columns["location_id"])
    return replace(changed, taken=tuple(row for row in changed.taken if row.key[0] not in held))


def _closed_before(store: Store, changed: DeliveryEffect) -> dict[str, dict[str, Any]]:
    """The rows of the list before about locations that had closed already: they keep their past."""
    wanted = {row.row_id for row in changed.taken}
    return {
        row["row_id"]: row
        for delivery_id in {row.delivery_id for row in changed.taken}
        for row in read_rows(store.rows_path(delivery_id))
        if row["row_id"] in wanted and row["to_on"]
    }


def _carried(
    store: Store, closed: Mapping[str, dict[str, Any]], changed: DeliveryEffect, answers: Answers
) -> Iterator[dict[str, Any]]:
    """The rows that stay, though the new list does not hold them."""
    yield from closed.values()
    said = {row.row_id: row for row in answered(changed, answers)}
    for delivery_id in sorted({row.delivery_id for row in changed.gone}):
        for row in read_rows(store.rows_path(delivery_id)):
            answer = said.get(row["row_id"])
            if answer and answer.answer != Missing.WRONG:
                yield {**row, "to_on": answer.day or row["to_on"]}
