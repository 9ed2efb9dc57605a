"""What people put on record: per subject the last line of the ledger counts, until withdrawn."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from data.calendar import local_moment
from data.deliveries.chain import Entry
from data.deliveries.line import body_of, from_body
from data.deliveries.store import Store

T = TypeVar("T")
WITHDRAWN = "withdrawn"
SERIES = ("kpi", "measure", "segment", "organisation_id")


class Record(StrEnum):
    """The kinds of line that people and papers add; those of the store itself are its StoreKind.

    subject: what a line is about, by keys of its body; a later line with the same values takes its
    place. Without a subject every line stands by itself.
    """

    subject: tuple[str, ...]

    def __new__(cls, kind: str, *subject: str) -> "Record":
        """The word in the ledger, and the subject."""
        made = str.__new__(cls, kind)
        made._value_, made.subject = kind, subject
        return made

    DEVIATION = "afwijking", *SERIES, "from"  # a target is knowingly not met for a while
    TARGET = "streefwaarde", *SERIES, "valid_from"  # a target was set on screen
    AFTER_TERM = "doelbesluit", *SERIES, "valid_from"  # what applies after the term of a target
    EVENT = "gebeurtenis", "on", "label"  # something happened that marks the charts
    COMMENTARY = "duiding", "kpi", "period_id", "organisation_id"  # what people say of a figure
    PROMISE = "toezegging", "id"  # somebody will do something
    DECISION = "besluit", "id"  # a meeting decided something
    ACTIVITY = "activiteit", "id"  # a row of the year plan is new or was changed
    PROGRESS = "voortgang", "activity", "on"  # how far an activity is
    ORDER_STATUS = "herstelstatus", "order", "on"  # how a recovery order stands at a report
    ORDER_NOTE = "herstelnotitie", "id"  # what happened at a recovery order
    EVIDENCE = "bewijsstuk", "number"  # a piece of evidence was listed

    # What no report of a quarter tells, or only apart from its figures and texts.
    MEETING = "vergadering", "body", "on"  # a body meets
    QUARTER_STEP = "kwartaalstap", "quarter", "step"  # a quarter came a step nearer to its closing
    # Two sources differ, and somebody said why.
    EXPLANATION = "verklaring", "pair", "organisation_id", "period_id", "part", "difference"
    CORRECTION = "correctie"  # sealed figures changed, and somebody said why
    ISSUE = "uitgave"  # a paper with data of pupils was made for the Inspectie
    FORM = "formulier", "layout"  # what goes where in a form of the Inspectie


# What a seal holds and a second person reads: up to the pieces of evidence.
NOTES = frozenset(Record) - {
    Record.MEETING, Record.QUARTER_STEP, Record.EXPLANATION, Record.CORRECTION, Record.ISSUE,
    Record.FORM,
}  # fmt: skip


class Refused(ValueError):
    """What was to be recorded is not right; `errors` holds a Dutch sentence for each reason."""

    def __init__(self, errors: Iterable[str]) -> None:
        self.errors = list(errors)
        super().__init__("\n".join(self.errors))


def standing(store: Store, kind: Record) -> list[Entry]:
    """The lines of one kind that count, in the order they were recorded."""
    latest: dict[tuple[Any, ...], Entry] = {}
    for entry in store.entries(kind):
        subject = _subject(kind, entry.body) or (entry.seq,)
        latest.pop(subject, None)  # so that a line that was changed counts as the newest
        latest[subject] = entry
    return [entry for entry in latest.values() if not entry.body.get(WITHDRAWN)]


def withdraw(
    store: Store, kind: Record, body: Mapping[str, Any], author: str, reason: str
) -> Entry:
    """Take back what stands under the subject of `body`. Refused when nothing stands there."""
    subject = _subject(kind, body)
    if subject not in {_subject(kind, entry.body) for entry in standing(store, kind)}:
        raise Refused([f"Deze {kind} staat er niet, of is al eerder ingetrokken."])
    about = dict(zip(kind.subject, subject, strict=True))
    return store.record(kind, {**about, WITHDRAWN: True, "reason": reason}, author)


@dataclass(frozen=True)
class Lines(Generic[T]):
    """The lines of one kind as a dataclass.

    names: by field the key in the line, where they differ. absent: what a key counts for that a
    line need not have. given: fields that no line holds, with their value. Fields called author,
    written_at, recorded_at (UTC, ISO 8601), recorded_on and seq come from the line itself.
    """

    kind: Record
    shape: type[T]
    names: Mapping[str, str] = field(default_factory=dict)
    absent: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)

    def read(self, entry: Entry) -> T | None:
        """The line; None for a withdrawal, or what a later version wrote in another way."""
        if entry.body.get(WITHDRAWN):
            return None
        given = {**self.given, **self._of_line(entry)}
        try:
            return from_body(self.shape, {**self.absent, **entry.body}, self.names, **given)
        except (ArithmeticError, KeyError, TypeError, ValueError):
            return None

    def standing(self, store: Store) -> list[T]:
        """What counts, in the order in which it was recorded."""
        return [item for entry in standing(store, self.kind) if (item := self.read(entry))]

    def by(self, key: str, store: Store) -> dict[str, list[T]]:
        """The same by what stands in the line under `key`."""
        found: dict[str, list[T]] = {}
        for entry in standing(store, self.kind):
            if item := self.read(entry):
                found.setdefault(str(entry.body.get(key)), []).append(item)
        return found

    def versions(self, store: Store) -> list[T]:
        """Everything that was ever recorded, also what has lost its place; oldest first."""
        return [item for entry in store.entries(self.kind) if (item := self.read(entry))]

    def body(self, item: T) -> dict[str, Any]:
        """What the line says of it."""
        return body_of(item, self.names, {*self.given, *OF_LINE})

    def record(self, store: Store, item: T, author: str, **more: object) -> T:
        """Put it on record, with `more` in the line; as it stands there."""
        entry = store.record(self.kind, {**self.body(item), **more}, author)
        return replace(item, **self._of_line(entry))  # type: ignore[type-var]

    def withdraw(self, store: Store, item: T, author: str, reason: str) -> None:
        """Take it back; Refused when it does not stand there."""
        withdraw(store, self.kind, self.body(item), author, reason)

    def _of_line(self, entry: Entry) -> dict[str, Any]:
        names = {field.name for field in fields(self.shape)}  # type: ignore[arg-type]
        return {name: read(entry) for name, read in OF_LINE.items() if name in names}


OF_LINE: dict[str, Callable[[Entry], object]] = {
    "author": lambda entry: entry.author,
    "written_at": lambda entry: entry.at,
    "recorded_at": lambda entry: entry.at,
    "recorded_on": lambda entry: local_moment(entry.at).date(),
    "seq": lambda entry: entry.seq,
}


def target_rows(store: Store) -> list[dict[str, Any]]:
    """The targets on record, each with the columns of table target_row and with rounding."""
    rows = []
    for entry in standing(store, Record.TARGET):
        row = dict(entry.body)
        try:
            for name in ("amount", "base_value", "margin"):
                row[name] = Decimal(row[name]) if row.get(name) else None
            for name in ("valid_from", "valid_to"):
                row[name] = date.fromisoformat(row[name]) if row.get(name) else None
        except (ArithmeticError, TypeError, ValueError):
            continue  # written by hand or by a later version: it must not take down the figures
        rows.append(row)
    return rows


def after_terms(store: Store) -> dict[tuple[Any, ...], str]:
    """What was decided about the time after the term of a target, by the subject of the line."""
    found = standing(store, Record.AFTER_TERM)
    kind = Record.AFTER_TERM
    return {_subject(kind, entry.body): str(entry.body.get("choice") or "") for entry in found}


def _subject(kind: Record, body: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(body.get(name) or "" for name in kind.subject)
