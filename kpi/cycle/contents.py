"""What a seal states: seal.json, one form only, so that every changed byte shows."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data.calendar import Period
from data.deliveries.chain import Entry
from data.deliveries.disk import open_file, read_file, sha256_of
from data.deliveries.store import Store
from kpi.cycle.texts import SealedTexts, software
from kpi.figure.monitor import Monitor
from kpi.register import NOTES

CONTENTS = "seal.json"
OWN = "seal"  # the hash of everything else
FORM = 1
# Keys of a target that seals made before do not have.
LATER = ("margin", "bound", "period_type", "after")


def contents(
    monitor: Monitor, quarter: Period, texts: SealedTexts, read_by: Mapping[str, str]
) -> dict[str, Any]:
    """Everything a seal states but the figures; `monitor` is as known at the last line that counts.

    Keys: form, quarter, until (its last day), swv, profile, demo, read_by, ledger (seq, hash and
    moment of its last line; size and sha256 of the file up to there), deliveries (see
    `sealed_deliveries`), texts (see kpi.cycle.texts), versions (of definitions, by KPI), targets,
    notes (lines of the ledger that people wrote), software.
    """
    last = monitor.store.lines()[-1]
    return {
        "form": FORM,
        "quarter": quarter.period_id,
        "until": quarter.end_on.isoformat(),
        "swv": {"code": monitor.swv.organisation_id, "name": monitor.swv.name},
        "profile": monitor.profile.id,
        "demo": monitor.is_demo,
        "read_by": dict(read_by),
        "ledger": {"seq": last.seq, "hash": last.hash, "at": last.at, **_so_far(monitor.store)},
        "deliveries": sealed_deliveries(monitor.store),
        "texts": texts,
        "versions": {
            kpi.id: kpi.version_on(quarter.end_on, kpi.main_period) for kpi in monitor.kpis.values()
        },
        "targets": sealed_targets(monitor),
        "notes": sealed_notes(monitor.store.lines(), quarter.period_id),
        "software": software(),
    }


def sealed_deliveries(store: Store) -> list[dict[str, Any]]:
    """Every delivery that counts, with the hash of the file that was handed in and of our two."""
    return [
        {
            "delivery_id": found.delivery_id,
            "source": found.source,
            "period": found.period,
            "file_name": found.file_name,
            "rows": found.rows,
            "sha256": found.sha256,
            "rows.parquet": sha256_of(store.rows_path(found.delivery_id)),
            "delivery.json": sha256_of(
                store.rows_path(found.delivery_id).with_name("delivery.json")
            ),
        }
        for found in store.deliveries()
    ]


def sealed_targets(monitor: Monitor) -> list[dict[str, Any]]:
    """Every agreed target, in order of weight, in the way of seals that did not know all keys."""
    found = [asdict(target) for rules in monitor.targets.values() for target in rules]
    return [
        {name: _plain(value) for name, value in target.items() if value or name not in LATER}
        for target in found
    ]


def sealed_notes(lines: Iterable[Entry], quarter: str) -> list[dict[str, Any]]:
    """What people put on record; of the commentary only that of this quarter."""
    return [
        asdict(line)
        for line in lines
        if line.kind in NOTES and line.body.get("period_id", quarter) == quarter
    ]


def ledger_sha256(store: Store, size: int) -> str:
    """The SHA-256 of the first `size` bytes of the ledger."""
    with open_file(store.ledger.path) as file:
        return hashlib.sha256(file.read(size)).hexdigest()


def to_json(stated: Mapping[str, Any]) -> bytes:
    """seal.json: the contents with their own hash."""
    return _json({**stated, OWN: own_hash(stated)})


def own_hash(stated: Mapping[str, Any]) -> str:
    """The hash of everything but the hash itself."""
    return hashlib.sha256(_json({k: v for k, v in stated.items() if k != OWN})).hexdigest()


def read_contents(path: Path) -> dict[str, Any]:
    """seal.json as it stands, verified or not. OSError or ValueError when it cannot be read."""
    stated: dict[str, Any] = json.loads(read_file(path))
    return stated


def _json(stated: Mapping[str, Any]) -> bytes:
    return json.dumps(stated, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _so_far(store: Store) -> dict[str, Any]:
    """The ledger as a file: it only grows, so what stands in it now stays as it is."""
    lines = read_file(store.ledger.path).splitlines(keepends=True)
    size = sum(map(len, lines[: len(store.lines())]))
    return {"size": size, "sha256": ledger_sha256(store, size)}


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int) else str(value)
