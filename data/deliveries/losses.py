"""What a repair costs: told before anything is done, so that it can be asked."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.deliveries.chain import Entry, line_of
from data.deliveries.delivery import Delivery
from data.deliveries.disk import BEING_WRITTEN, sha256_of
from data.deliveries.folders import ROWS, DeliveryFolders, whole_delivery
from data.deliveries.ledger import Looked, StoreKind, wrong
from data.deliveries.restore import told_kinds

UNKNOWN = "onbekend"


@dataclass(frozen=True)
class Fallen:
    """A line behind the last good one. body: what it tells, {} when that cannot be read."""

    kind: str
    body: dict[str, Any]


def ledger_losses(looked: Looked, path: Path) -> list[str]:
    """What no longer counts when the ledger ends behind its last good line, in Dutch."""
    kept = looked.chain.entries
    if kept and not wrong(looked):
        return []
    fallen = _fallen(looked) if wrong(looked) else []
    gone = looked.head.seq - len(kept) - len(fallen) if looked.head and looked.trusted else 0
    named, nameless = _deliveries(kept, fallen)
    kinds = Counter(line.kind for line in fallen)
    # A folder without a line belonged to a line that is unreadable or gone.
    loose = _loose(path, kept, fallen) if gone > 0 or nameless or not kept else []
    seals = _loose_seals(path, kept, fallen) if gone > 0 or not kept else 0
    gone -= max(len(loose) - nameless, 0) + seals
    kinds[StoreKind.DELIVERY] = len(named) + max(nameless, len(loose))
    kinds[StoreKind.SEAL] += seals
    return list(_told(kinds, named + loose, gone))


def _both(kept: Sequence[Entry], fallen: Sequence[Fallen]) -> list[Entry | Fallen]:
    return [*kept, *fallen]


def _told(kinds: Counter[str], named: Sequence[str], gone: int) -> Iterator[str]:
    if told_kinds(kinds):
        yield f"Uit het logboek telt niet meer mee: {told_kinds(kinds)}."
    if named:
        yield f"Leveringen die niet meer meetellen: {', '.join(named)}."
    if gone > 0:
        yield f"Regels van het logboek waarvan niet te zien is wat erin stond: {gone}."


def _deliveries(kept: Sequence[Entry], fallen: Sequence[Fallen]) -> tuple[list[str], int]:
    """The deliveries that counted and of which the line fell; and how many have no name left."""
    undone = {
        line.body.get("delivery_id") for line in _both(kept, fallen) if line.kind == StoreKind.UNDO
    }
    lines = [line for line in fallen if line.kind == StoreKind.DELIVERY]
    found = {line.body["delivery_id"]: line.body for line in lines if "delivery_id" in line.body}
    named = [
        f"{name} ({body.get('file_name', UNKNOWN)})"
        for name, body in found.items()
        if name not in undone
    ]
    return named, sum("delivery_id" not in line.body for line in lines)


def damage_losses(kept: Sequence[Entry], path: Path) -> list[str]:
    """The deliveries that are damaged and lie whole nowhere else: they are undone, in Dutch."""
    folders = DeliveryFolders(path / "deliveries")
    return [
        f"Levering {found.named} is beschadigd. Zij wordt ongedaan gemaakt."
        for found in _active(kept)
        if folders.damage(found) and not lying_whole(path, found)
    ]


def _active(kept: Sequence[Entry]) -> list[Delivery]:
    undone = {line.body["delivery_id"] for line in kept if line.kind == StoreKind.UNDO}
    found = [Delivery.of(line) for line in kept if line.kind == StoreKind.DELIVERY]
    return [item for item in found if item.delivery_id not in undone]


def lying_whole(path: Path, delivery: Delivery) -> Path | None:
    """The folder of this delivery among what was once put aside; None when none is whole."""
    for place in put_aside_as(path, delivery.delivery_id):
        rows = place / ROWS
        if rows.is_file() and sha256_of(rows) == delivery.rows_sha256:
            return place
    return None


def put_aside_as(path: Path, name: str) -> Iterator[Path]:
    """The folders of this name among what was once put aside; a number may stand behind it."""
    for pattern in ("losse-*/{}", "terzijde/*/deliveries/{}", "terzijde/*/seals/{}",
                    "terzijde/*/losse-*/{}", "terzijde/*/{}"):  # fmt: skip
        yield from sorted(path.glob(pattern.format(name)))
        yield from sorted(path.glob(pattern.format(f"{name}-*")))


def _fallen(looked: Looked) -> list[Fallen]:
    """The lines behind the last good one, each once, and not when they stand before it too."""
    kept = {line_of(line) for line in looked.chain.entries}
    rest = dict.fromkeys(filter(None, looked.chain.rest.split(b"\n")))
    return [_read(line) for line in rest if line not in kept]


def _read(line: bytes) -> Fallen:
    try:
        told = json.loads(line)
        return Fallen(str(told["kind"]), dict(told["body"]))
    except (ValueError, KeyError, TypeError):
        kinds = (kind for kind in StoreKind if f'"kind":"{kind}"'.encode() in line)
        return Fallen(next(kinds, UNKNOWN), {})


def _loose(path: Path, kept: Sequence[Entry], fallen: Sequence[Fallen]) -> list[str]:
    """The whole deliveries on the disk of which no line is left that can be read."""
    known = {line.body.get("delivery_id") for line in _both(kept, fallen)}
    found = map(whole_delivery, DeliveryFolders(path / "deliveries").whole())
    return [item.named for item in found if item and item.delivery_id not in known]


def _loose_seals(path: Path, kept: Sequence[Entry], fallen: Sequence[Fallen]) -> int:
    known = {line.body.get("name") for line in _both(kept, fallen) if line.kind == StoreKind.SEAL}
    found = [folder.name for folder in (path / "seals").glob("*") if folder.is_dir()]
    return sum(name not in known and not name.startswith(BEING_WRITTEN) for name in found)
