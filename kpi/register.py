"""What people put on record: per subject the last line of the ledger counts, until withdrawn."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from data.deliveries.ledger import Entry
from data.deliveries.store import Store
from kpi.formatting import date_text

WITHDRAWN = "withdrawn"


class Record(StrEnum):
    """The kinds of line, as they stand in the ledger."""

    DEVIATION = "afwijking"
    TARGET = "streefwaarde"
    EVENT = "gebeurtenis"
    COMMENTARY = "duiding"
    PROMISE = "toezegging"
    DECISION = "besluit"
    ACTIVITY = "activiteit"
    PROGRESS = "voortgang"
    ORDER_STATUS = "herstelstatus"
    ORDER_NOTE = "herstelnotitie"
    EVIDENCE = "bewijsstuk"

    @property
    def subject(self) -> tuple[str, ...]:
        """What a line is about: a later line with the same values takes its place."""
        series = ("kpi", "measure", "segment", "organisation_id")
        return {
            Record.DEVIATION: (*series, "from"),
            Record.TARGET: (*series, "valid_from"),
            Record.EVENT: ("on", "label"),
            Record.COMMENTARY: ("kpi", "period_id", "organisation_id"),
            Record.PROMISE: ("id",),
            Record.DECISION: ("id",),
            Record.ACTIVITY: ("id",),
            Record.PROGRESS: ("activity", "on"),
            Record.ORDER_STATUS: ("order", "on"),
            Record.ORDER_NOTE: ("id",),
            Record.EVIDENCE: ("number",),
        }[self]


class Refused(ValueError):
    """What was to be recorded is not right; `errors` holds a Dutch sentence for each reason."""

    def __init__(self, errors: Iterable[str]) -> None:
        self.errors = list(errors)
        super().__init__("\n".join(self.errors))


def standing(store: Store, kind: Record, as_of: date | datetime | None = None) -> list[Entry]:
    """The lines of one kind that count as known on `as_of`, in the order they were recorded."""
    latest: dict[tuple[Any, ...], Entry] = {}
    for entry in store.entries(kind, as_of):
        subject = _subject(kind, entry.body)
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


def target_rows(store: Store, as_of: date | datetime | None = None) -> list[dict[str, Any]]:
    """The targets on record, each with the columns of table target_row and with rounding."""
    rows = []
    for entry in standing(store, Record.TARGET, as_of):
        row = dict(entry.body)
        try:
            for name in ("amount", "base_value"):
                row[name] = Decimal(row[name]) if row.get(name) else None
            for name in ("valid_from", "valid_to"):
                row[name] = date.fromisoformat(row[name]) if row.get(name) else None
        except (ArithmeticError, TypeError, ValueError):
            continue  # written by hand or by a later version: it must not take down the figures
        rows.append(row)
    return rows


def _subject(kind: Record, body: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(body.get(name) or "" for name in kind.subject)


class Checks:
    """Collects everything that is wrong with what someone filled in, in Dutch."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    def need(self, holds: bool, otherwise: str) -> None:
        """Note the sentence when the condition does not hold."""
        if not holds:
            self.errors.append(otherwise)

    def text(self, given: str, missing: str, longest: int) -> str:
        """The text on one line; noted when it is too long, or empty while `missing` is said."""
        found = " ".join(given.split())
        self.need(bool(found) or not missing, missing)
        self.need(len(found) <= longest, f"“{found[:30]}…” is te lang: hoogstens {longest} tekens.")
        return found

    def day(self, given: date | str | None, missing: str) -> date | None:
        """The day that is meant; noted when it is none, or empty while `missing` is said."""
        if isinstance(given, datetime):
            return given.date()
        if isinstance(given, date):
            return given
        text = (given or "").strip()
        for form in ("%Y-%m-%d", "%d-%m-%Y"):
            try:
                return datetime.strptime(text, form).date()
            except ValueError:
                continue
        self.need(not text, f"“{text}” is geen datum. Schrijf het zo: 31-07-2026")
        self.need(bool(text) or not missing, missing)
        return None

    def order(self, first: date | None, last: date | None) -> None:
        """Note that the last day lies before the first one."""
        if first and last and last < first:
            self.errors.append(
                f"De laatste dag ({date_text(last)}) ligt voor de eerste ({date_text(first)})."
            )

    def done(self) -> None:
        """Refused, with everything that was noted; nothing when all is well."""
        if self.errors:
            raise Refused(self.errors)
