"""The store: every accepted delivery, unchangeable, with the ledger that says which ones count.

ledger.jsonl                       one line per delivery, undo, mapping, setting or record
ledger.head                        which line was the last one, signed
deliveries/<id>/rows.parquet       the rows
deliveries/<id>/delivery.json      what, who, when, which rows were left out and why
secret.key                         makes pupil keys of this installation unreadable elsewhere

Reading changes nothing: no folder is made, nothing is tidied, moved or locked. Only who writes
tidies, with the lock, and only what the software itself left unfinished.
"""

import errno
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from data.database import HeldRows
from data.deliveries.chain import Entry
from data.deliveries.delivery import Delivery
from data.deliveries.disk import BESIDE, make_folder, remove, remove_half_written
from data.deliveries.folders import DeliveryFolders
from data.deliveries.key import Key
from data.deliveries.ledger import Ledger, StoreKind, known_key
from data.deliveries.lock import locked
from data.personal import without_persons

KEY = "secret.key"
NO_LEDGER = (
    "Het logboek {path} ontbreekt, terwijl er leveringen staan. Zet het terug (python -m kpi "
    "restore BESTAND); dan tellen ze weer mee. Is er geen reservekopie? Met python -m kpi repair "
    "begint de opslag opnieuw."
)
# What figures can follow from.
FIGURE_KINDS = frozenset({StoreKind.DELIVERY, StoreKind.UNDO, StoreKind.SETTING})


class StoreError(ValueError):
    """The store cannot do what was asked. The text is one Dutch sentence or two."""


class Store:
    """A folder with deliveries; made at the first write. Verified when opened.

    known_to: None, or the sequence number of the last line that counts, see `as_known`. key: the
    file of the key when it is kept apart from the rows. Raises LedgerDamaged when the ledger does
    not add up.
    """

    def __init__(
        self, path: Path | str, known_to: int | None = None, key: Path | None = None
    ) -> None:
        self.path = Path(path)
        if self.path.exists() and not self.path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "a file", str(path))
        self.known_to = known_to
        self.folders = DeliveryFolders(self.path / "deliveries")
        self._told: dict[tuple[str, str], Delivery] = {}  # by the lines that tell of it
        self.ledger = Ledger(self.path / "ledger.jsonl", Key(key or self.path / KEY))
        self.ledger.entries()

    def as_known(self, seq: int) -> "Store":
        """This store as it was when line `seq` of the ledger was the last one; only to be read.

        0 is before the first line. Raises StoreError when the ledger has no such line.
        """
        last = len(self.ledger.entries())
        if not 0 <= seq <= last:
            raise StoreError(f"Regel {seq} staat niet in het logboek van {self.path}.")
        earlier = Store(self.path, seq, self.ledger.key.path)
        earlier.folders = self.folders
        return earlier

    # Reading

    def lines(self) -> tuple[Entry, ...]:
        """All lines of the ledger, oldest first."""
        return self.ledger.entries()[: self.known_to]

    @property
    def last_line(self) -> str:
        """Changes with every line of the ledger: the key for what people put on record."""
        lines = self.lines()
        return lines[-1].hash if lines else ""

    @property
    def version(self) -> str:
        """Changes with every line of the ledger: the key for everything made from the store.

        And when a delivery is damaged, or is whole again: to know that costs a look at every file.
        """
        return self.last_line + self._harm()

    @property
    def figures_version(self) -> str:
        """Changes only with a line that figures can follow from: a delivery, undo or setting.

        And when a delivery is damaged, or is whole again.
        """
        lines = reversed(self.lines())
        last = next((entry.hash for entry in lines if entry.kind in FIGURE_KINDS), "")
        return last + self._harm()

    def entries(self, kind: str) -> tuple[Entry, ...]:
        """The lines of one kind, oldest first."""
        return tuple(entry for entry in self.lines() if entry.kind == kind)

    def history(self) -> tuple[Delivery, ...]:
        """All deliveries, oldest first, also those that were undone."""
        undone = {entry.body["delivery_id"]: entry for entry in self.entries(StoreKind.UNDO)}
        return tuple(
            self._delivery(entry, undone.get(entry.body["delivery_id"]))
            for entry in self.entries(StoreKind.DELIVERY)
        )

    def _delivery(self, entry: Entry, undo: Entry | None) -> Delivery:
        """The delivery of a line, read from it once."""
        key = (entry.hash, undo.hash if undo else "")
        if key not in self._told:
            self._told[key] = Delivery.of(entry, undo)
        return self._told[key]

    def deliveries(self) -> tuple[Delivery, ...]:
        """The deliveries that were not undone, oldest first."""
        return tuple(found for found in self.history() if not found.undone_at)

    def same_as(self, fingerprint: str) -> Delivery | None:
        """The delivery of the same file in the same way, when it is there and not undone."""
        return next((f for f in self.deliveries() if f.fingerprint == fingerprint), None)

    def rows_path(self, delivery_id: str) -> Path:
        """The Parquet file with the rows of a delivery."""
        return self.folders.rows_path(delivery_id)

    def sidecar(self, delivery_id: str) -> dict[str, Any]:
        """delivery.json: the delivery, and each row that was left out with its reason."""
        return self.folders.sidecar(delivery_id)

    def damage(self, delivery: Delivery) -> str:
        """Why the rows of this delivery cannot be trusted, in Dutch; "" when they can."""
        return self.folders.damage(delivery)

    @property
    def damaged(self) -> dict[str, str]:
        """The deliveries that should count and do not, because their rows cannot be trusted.

        By id, with the reason in Dutch.
        """
        found = {
            item.delivery_id: self.folders.damage(item, as_seen=True) for item in self.deliveries()
        }
        return {name: why for name, why in found.items() if why}

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why what is shown is not all that was delivered, or nobody can tell; none: all is well.

        Until then no quarter is closed and no paper is made.
        """
        return tuple(filter(None, (self.ledger.head_problem(), *self.damaged.values())))

    def counting(self) -> tuple[Delivery, ...]:
        """The deliveries that figures are made from, oldest first."""
        damaged = self.damaged
        return tuple(found for found in self.deliveries() if found.delivery_id not in damaged)

    def _harm(self) -> str:
        damaged = " ".join(self.damaged)
        return "-" + hashlib.sha256(damaged.encode()).hexdigest()[:12] if damaged else ""

    def mappings(self) -> dict[str, dict[str, Any]]:
        """Per layout of a file the source and columns a user chose by hand; the latest counts."""
        return {
            entry.body["layout"]: {"source": entry.body["source"], "columns": entry.body["columns"]}
            for entry in self.entries(StoreKind.MAPPING)
        }

    @property
    def secret(self) -> bytes:
        """The key of this installation, made at the first use.

        Raises StoreError when it is not the key of the ledger, or gone while there are deliveries.
        """
        if not self.ledger.key.path.exists() and self.known_to is None:
            with self.writing():
                self.begin()
        problem = self.ledger.key_problem(is_needed=True)
        if problem:
            raise StoreError(problem)
        return self.ledger.key.read()

    # Writing

    def add(
        self,
        draft: Delivery,
        rows: HeldRows,
        details: Mapping[str, Any],
    ) -> tuple[Delivery, bool]:
        """Store a delivery, whole or not at all: (delivery, is it new).

        `draft` has neither id, moment nor seq yet; `rows` have all columns but those that follow
        from the id; `details` go into the sidecar. The same file in the same way, not undone: the
        delivery that is there already. Raises OSError, with nothing stored, when the disk is full
        or another program holds the lock too long.
        """
        with self.writing():
            present = self.same_as(draft.fingerprint)
            if present:
                return present, False
            self.begin()  # a delivery without any line before it would look like a lost ledger
            make_folder(self.folders.path)
            remove_half_written(self.folders.path)
            named = replace(draft, delivery_id=self._free_id(draft))
            stored = self.folders.write(named, rows, details)
            entry = self.append(StoreKind.DELIVERY, stored.body(), draft.author)
        return Delivery.of(entry), True

    def undo(self, delivery_id: str, author: str, reason: str) -> Delivery:
        """Take a delivery back; the older one it replaced counts again. Nothing is deleted.

        Raises StoreError when there is no such delivery, it was undone before, or the reason holds
        data of a person.
        """
        if reason != without_persons(reason):
            raise StoreError("Schrijf de reden zonder gegevens van personen.")
        with self.writing():
            found = {delivery.delivery_id: delivery for delivery in self.history()}
            if delivery_id not in found:
                raise StoreError(
                    f"Levering “{delivery_id}” bestaat niet. "
                    "Kijk bij Gegevens of met “status” hoe de levering heet."
                )
            if found[delivery_id].undone_at:
                raise StoreError(f"Levering {delivery_id} is al eerder ongedaan gemaakt.")
            body = {"delivery_id": delivery_id, "reason": reason}
            self.append(StoreKind.UNDO, body, author)
        return next(f for f in self.history() if f.delivery_id == delivery_id)

    def remember_mapping(
        self, layout: str, source: str, columns: Mapping[str, str], author: str
    ) -> None:
        """Keep a mapping made by hand for the next file with the same headers."""
        mapping = {"source": source, "columns": dict(columns)}
        with self.writing():
            if self.mappings().get(layout) != mapping:
                self.append(StoreKind.MAPPING, {"layout": layout, **mapping}, author)

    def set(self, name: str, value: object, author: str) -> None:
        """Give a setting a (JSON) value; the earlier value stays in the ledger."""
        with self.writing():
            self.append(StoreKind.SETTING, {"name": name, "value": value}, author)

    def record(self, kind: str, body: Mapping[str, Any], author: str) -> Entry:
        """Put a line of another kind in the ledger: what people agree, note or decide.

        `body` is JSON; `entries(kind)` gives it back. ValueError for a kind of the store itself.
        """
        if kind in list(StoreKind):
            raise ValueError(f"'{kind}' is written by a function of its own")
        with self.writing():
            return self.append(kind, dict(body), author)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock of this store, of which ledger, head and key belong together.

        Raises StoreError when they do not: what would be written then could not be trusted.
        """
        if self.known_to is not None:
            raise StoreError("Een stand van eerder is alleen te lezen. Leg het vast in die van nu.")
        make_folder(self.path)
        with locked(self.path / "lock"):
            lines = self.ledger.entries()
            has_rows = bool(self.folders.whole())
            problem = self.ledger.head_problem() or self.ledger.key_problem(is_needed=has_rows)
            if has_rows and not lines:
                problem = NO_LEDGER.format(path=self.ledger.path)
            if problem:
                raise StoreError(problem)
            self._tidy()
            yield

    def _tidy(self) -> None:
        """Remove what was still being written when a program stopped or the disk was full."""
        remove_half_written(self.path)
        for path in (self.ledger.path, self.ledger.head_path, self.ledger.key.path):
            remove(path.with_name(path.name + BESIDE))

    def begin(self) -> None:
        """Make the key and the first line, which tells of it, unless they are there."""
        if not known_key(self.ledger.entries()):
            self.ledger.key.make()
            self.ledger.begin()

    def append(self, kind: str, body: dict[str, Any], author: str) -> Entry:
        """Add a line to the ledger; only while `writing`."""
        self.begin()
        return self.ledger.append(kind, body, author)

    def _free_id(self, draft: Delivery) -> str:
        """Readable, and new also when the same file was undone before or a folder is in the way."""
        taken = {delivery.delivery_id for delivery in self.history()}
        taken |= {folder.name for folder in self.folders.path.iterdir()}
        name = "-".join(filter(None, (draft.source, draft.period, draft.fingerprint[:8])))
        again = (f"{name}-{number}" for number in range(2, len(taken) + 3))
        return name if name not in taken else next(new for new in again if new not in taken)
