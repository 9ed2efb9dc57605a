"""The store: every accepted delivery, unchangeable, with the ledger that says which ones count.

ledger.jsonl                       one line per delivery, undo, mapping, setting or record
deliveries/<id>/rows.parquet       the rows
deliveries/<id>/delivery.json      what, who, when, which rows were left out and why
secret.key                         makes pupil keys of this installation unreadable elsewhere
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

from data.database import write_parquet
from data.deliveries.delivery import Delivery
from data.deliveries.disk import (
    SECRET_SIZE,
    make_secret,
    sha256_of,
    sync_file,
    tidy,
    whole_folder,
    write_file,
)
from data.deliveries.ledger import Entry, Ledger, StoreKind
from data.deliveries.lock import locked
from data.deliveries.status import StoreStatus

LOOSE = "losse-leveringen"
# What figures can follow from.
FIGURE_KINDS = frozenset({StoreKind.DELIVERY, StoreKind.UNDO, StoreKind.SETTING})


class StoreError(ValueError):
    """The store cannot do what was asked. The text is one Dutch sentence or two."""


class Store:
    """A folder with deliveries. Made when it does not exist; verified when opened.

    known_to: None, or the sequence number of the last line that counts, see `as_known`. Raises
    LedgerDamaged when the ledger does not add up.
    """

    def __init__(self, path: Path | str, known_to: int | None = None) -> None:
        self.path = Path(path)
        self.known_to = known_to
        self._folder = self.path / "deliveries"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._told: dict[tuple[str, str], Delivery] = {}  # by the lines that tell of it
        self.ledger = Ledger(self.path / "ledger.jsonl")
        self.ledger.entries()
        # What came in later has no line here, and must not be taken for a stray.
        self._orphans = self._clean() if known_to is None else 0

    @classmethod
    def untouched(cls, path: Path | str) -> "Store":
        """The store as it is on disk now, only to be read, and not tidied: it may be evidence."""
        return cls(path, len(Ledger(Path(path) / "ledger.jsonl").entries()))

    def as_known(self, seq: int) -> "Store":
        """This store as it was when line `seq` of the ledger was the last one; only to be read.

        0 is before the first line. Raises StoreError when the ledger has no such line.
        """
        last = len(self.ledger.entries())
        if not 0 <= seq <= last:
            raise StoreError(f"Regel {seq} staat niet in het logboek van {self.path}.")
        return Store(self.path, seq)

    # Reading

    def lines(self) -> tuple[Entry, ...]:
        """All lines of the ledger, oldest first."""
        return self.ledger.entries()[: self.known_to]

    @property
    def version(self) -> str:
        """Changes with every line of the ledger: the key for everything made from the store."""
        lines = self.lines()
        return lines[-1].hash if lines else ""

    @property
    def figures_version(self) -> str:
        """Changes only with a line that figures can follow from: a delivery, undo or setting."""
        lines = reversed(self.lines())
        return next((entry.hash for entry in lines if entry.kind in FIGURE_KINDS), "")

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
        return self._folder / delivery_id / "rows.parquet"

    def sidecar(self, delivery_id: str) -> dict[str, Any]:
        """delivery.json: the delivery, and each row that was left out with its reason."""
        text = (self._folder / delivery_id / "delivery.json").read_text(encoding="utf-8")
        content: dict[str, Any] = json.loads(text)
        return content

    def damage(self, delivery: Delivery) -> str:
        """Why the rows of this delivery cannot be trusted, in Dutch; "" when they can."""
        path = self.rows_path(delivery.delivery_id)
        name = f"Levering {delivery.delivery_id} ({delivery.file_name})"
        advice = "Zet de reservekopie van die map terug, of maak de levering ongedaan."
        if not path.exists():
            return f"{name} is niet meer compleet: {path} ontbreekt. {advice}"
        if sha256_of(path) != delivery.rows_sha256:
            return f"{name} is na het opslaan veranderd: {path} klopt niet. {advice}"
        return ""

    def mappings(self) -> dict[str, dict[str, Any]]:
        """Per layout of a file the source and columns a user chose by hand; the latest counts."""
        return {
            entry.body["layout"]: {"source": entry.body["source"], "columns": entry.body["columns"]}
            for entry in self.entries(StoreKind.MAPPING)
        }

    def status(self) -> StoreStatus:
        """The state of the store. Reads every file, so that no remark means all is well."""
        history = self.history()
        active = tuple(found for found in history if not found.undone_at)
        return StoreStatus(
            path=self.path,
            deliveries=active,
            undone=len(history) - len(active),
            chain_ok=True,  # or opening the store would have failed
            damaged=tuple(filter(None, map(self.damage, active))),
            torn=tuple(sorted(path.name for path in self.path.glob("ledger-afgebroken-*"))),
            orphans=self._orphans,
            loose=tuple(sorted(path.name for path in self.path.glob(f"{LOOSE}/*"))),
        )

    @property
    def secret(self) -> bytes:
        """The key of this installation, made at the first use.

        Raises StoreError when it is damaged, or gone while there are deliveries: with a new key
        every pupil of the next delivery would be somebody else.
        """
        path = self.path / "secret.key"
        if not path.exists():
            with self._locked():
                if not path.exists() and self.history():
                    raise StoreError(
                        f"De sleutel {path} ontbreekt, terwijl er al leveringen zijn. Zet de "
                        "reservekopie terug; anders zou elke leerling iemand anders lijken."
                    )
                make_secret(path)
        secret = path.read_bytes()
        if len(secret) < SECRET_SIZE:
            raise StoreError(f"De sleutel {path} is beschadigd. Zet de reservekopie terug.")
        return secret

    # Writing

    def add(
        self,
        draft: Delivery,
        columns: Mapping[str, str],
        rows: Callable[[str], Iterable[Sequence[Any]]],
        details: Mapping[str, Any],
    ) -> tuple[Delivery, bool]:
        """Store a delivery, whole or not at all: (delivery, is it new).

        `draft` has neither id, moment nor seq yet; `columns` are name → SQL type; `rows` gets the
        delivery id and gives the rows in that order; `details` go into the sidecar. The same file
        in the same way, not undone: the delivery that is there already. Raises OSError, with
        nothing stored, when the disk is full or another program holds the lock too long.
        """
        with self._locked():
            present = self.same_as(draft.fingerprint)
            if present:
                return present, False
            tidy(
                self._strays(), self.path / LOOSE
            )  # or what a stopped program left would be in the way
            named = replace(draft, delivery_id=self._free_id(draft))
            stored = self._write(named, columns, rows(named.delivery_id), details)
            entry = self.ledger.append(StoreKind.DELIVERY, stored.body(), draft.author)
        return Delivery.of(entry), True

    def undo(self, delivery_id: str, author: str, reason: str) -> Delivery:
        """Take a delivery back; the older one it replaced counts again. Nothing is deleted.

        Raises StoreError when there is no such delivery or it was undone before.
        """
        with self._locked():
            found = {delivery.delivery_id: delivery for delivery in self.history()}
            if delivery_id not in found:
                raise StoreError(
                    f"Levering “{delivery_id}” bestaat niet. "
                    "Kijk bij Gegevens of met “status” hoe de levering heet."
                )
            if found[delivery_id].undone_at:
                raise StoreError(f"Levering {delivery_id} is al eerder ongedaan gemaakt.")
            body = {"delivery_id": delivery_id, "reason": reason}
            self.ledger.append(StoreKind.UNDO, body, author)
        return next(f for f in self.history() if f.delivery_id == delivery_id)

    def remember_mapping(
        self, layout: str, source: str, columns: Mapping[str, str], author: str
    ) -> None:
        """Keep a mapping made by hand for the next file with the same headers."""
        mapping = {"source": source, "columns": dict(columns)}
        with self._locked():
            if self.mappings().get(layout) != mapping:
                self.ledger.append(StoreKind.MAPPING, {"layout": layout, **mapping}, author)

    def set(self, name: str, value: object, author: str) -> None:
        """Give a setting a (JSON) value; the earlier value stays in the ledger."""
        with self._locked():
            self.ledger.append(StoreKind.SETTING, {"name": name, "value": value}, author)

    def record(self, kind: str, body: Mapping[str, Any], author: str) -> Entry:
        """Put a line of another kind in the ledger: what people agree, note or decide.

        `body` is JSON; `entries(kind)` gives it back. ValueError for a kind of the store itself.
        """
        if kind in list(StoreKind):
            raise ValueError(f"'{kind}' is written by a function of its own")
        with self._locked():
            return self.ledger.append(kind, dict(body), author)

    def _locked(self) -> AbstractContextManager[None]:
        if self.known_to is not None:
            raise StoreError("Een stand van eerder is alleen te lezen. Leg het vast in die van nu.")
        return locked(self.path / "lock")

    def _write(
        self,
        delivery: Delivery,
        columns: Mapping[str, str],
        rows: Iterable[Sequence[Any]],
        details: Mapping[str, Any],
    ) -> Delivery:
        """Write the folder of a delivery; the delivery with the hash of its rows."""
        with whole_folder(self._folder / delivery.delivery_id) as folder:
            write_parquet(folder / "rows.parquet", columns, rows)
            sync_file(folder / "rows.parquet")
            stored = replace(delivery, rows_sha256=sha256_of(folder / "rows.parquet"))
            sidecar = {**stored.body(), **details}
            text = json.dumps(sidecar, ensure_ascii=False, indent=1, sort_keys=True)
            write_file(folder / "delivery.json", text.encode())
        return stored

    def _free_id(self, draft: Delivery) -> str:
        """Readable, and new also when the same file was undone before."""
        taken = {delivery.delivery_id for delivery in self.history()}
        name = "-".join(filter(None, (draft.source, draft.period, draft.fingerprint[:8])))
        again = (f"{name}-{number}" for number in range(2, len(taken) + 3))
        return name if name not in taken else next(new for new in again if new not in taken)

    def _clean(self) -> int:
        """Set a torn line aside and tidy up folders without a line; how many were half-written."""
        if not self._strays() and not self.ledger.is_torn():
            return 0
        with self._locked():  # nobody is writing now, so what is unfinished stays unfinished
            self.ledger.repair()
            return tidy(self._strays(), self.path / LOOSE)

    def _strays(self) -> list[Path]:
        # The folders first: a delivery that is acknowledged in between is then in the ledger.
        folders = [path for path in self._folder.iterdir() if path.is_dir()]
        known = {entry.body["delivery_id"] for entry in self.entries(StoreKind.DELIVERY)}
        return [folder for folder in folders if folder.name not in known]
