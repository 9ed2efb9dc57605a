"""The folders of deliveries: two files each, written once, and held against their hashes.

deliveries/<id>/rows.parquet       the rows
deliveries/<id>/delivery.json      what, who, when, which rows were left out and why
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from data.database import HeldRows, literal
from data.deliveries.delivery import Delivery
from data.deliveries.disk import (
    BEING_WRITTEN,
    file_facts,
    read_file,
    sha256_of,
    sync_file,
    whole_folder,
    write_file,
)
from data.deliveries.failures import told
from data.deliveries.line import from_body

ROWS, SIDECAR = "rows.parquet", "delivery.json"
OWN_HASH = "sidecar_sha256"  # what the sidecar itself cannot hold
RESTORE = "Zet de reservekopie van die map terug, of maak de levering ongedaan."


def write_named(rows: HeldRows, path: Path, delivery_id: str) -> None:
    """Write the rows of a delivery under its name; they hold the other columns."""
    name = literal(delivery_id)
    row_id = f"concat({name}, '#', sheet, '!', row_number)"
    rows.write(path, {"delivery_id": name, "row_id": row_id})


def whole_delivery(folder: Path) -> Delivery | None:
    """The delivery in a folder as its sidecar tells it; None when its rows are not that."""
    try:
        told_there = from_body(Delivery, json.loads(read_file(folder / SIDECAR)))
        return told_there if sha256_of(folder / ROWS) == told_there.rows_sha256 else None
    except (OSError, ValueError, KeyError, TypeError, ArithmeticError):
        return None


class DeliveryFolders:
    """The folder in which every delivery has one of its own; the ledger says which ones count."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._hashed: dict[Path, tuple[tuple[int, ...], str]] = {}  # by how the file looked

    def rows_path(self, delivery_id: str) -> Path:
        """The Parquet file with the rows of a delivery."""
        return self.path / delivery_id / ROWS

    def sidecar(self, delivery_id: str) -> dict[str, Any]:
        """delivery.json: the delivery, and each row that was left out with its reason."""
        content: dict[str, Any] = json.loads(read_file(self.path / delivery_id / SIDECAR))
        return content

    def damage(self, delivery: Delivery, as_seen: bool = False) -> str:
        """Why the rows of this delivery cannot be trusted, in Dutch; "" when they can.

        as_seen: a file that looks as it did when it was last read, is not read again.
        """
        path = self.rows_path(delivery.delivery_id)
        name = f"Levering {delivery.delivery_id} ({delivery.file_name})"
        try:
            found = file_facts(path)
            if not found:
                return f"{name} is niet meer compleet: {path} ontbreekt. {RESTORE}"
            looks = (found.st_ino, found.st_size, found.st_mtime_ns)
            if not as_seen or self._hashed.get(path, ((), ""))[0] != looks:
                self._hashed[path] = (looks, sha256_of(path))
        except OSError as error:
            return f"{name} is niet te lezen. {told(error)} {RESTORE}"
        if self._hashed[path][1] != delivery.rows_sha256:
            return f"{name} is na het opslaan veranderd: {path} klopt niet. {RESTORE}"
        return ""

    def whole(self) -> list[Path]:
        """The folders of deliveries that are not in the making, also those without a line."""
        folders = sorted(self.path.iterdir()) if self.path.is_dir() else []
        return [f for f in folders if f.is_dir() and not f.name.startswith(BEING_WRITTEN)]

    def write(
        self,
        delivery: Delivery,
        rows: HeldRows,
        details: Mapping[str, Any],
    ) -> Delivery:
        """Write the folder of a delivery; the delivery with the hashes of its files."""
        with whole_folder(self.path / delivery.delivery_id) as folder:
            write_named(rows, folder / ROWS, delivery.delivery_id)
            sync_file(folder / ROWS)
            stored = replace(delivery, rows_sha256=sha256_of(folder / ROWS))
            kept = {name: value for name, value in stored.body().items() if name != OWN_HASH}
            sidecar = {**kept, **details}
            text = json.dumps(sidecar, ensure_ascii=False, indent=1, sort_keys=True).encode()
            write_file(folder / SIDECAR, text)
        return replace(stored, sidecar_sha256=hashlib.sha256(text).hexdigest())
