"""The made-up SWV: when it is shown, and its store, filled once from data/demo/files."""

import hashlib
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from data.deliveries.ledger import StoreKind
from data.deliveries.store import Store, StoreError
from data.progress import quietly, tell
from data.source import Source
from data.source_file import SOURCES, load_sources

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"
FILES = DEMO / "files"
RECORDS = (DEMO / "agreements.toml", DEMO / "commentary.toml")
SETTING = "demo"


def show_demo(store: Store, show: bool, author: str = "") -> None:
    """Choose between the made-up SWV and the own deliveries; kept in the ledger of `store`."""
    store.set(SETTING, show, author)


def wants_demo(store: Store) -> bool:
    """Without deliveries always; with them only when asked for after the last one came in."""
    deliveries = store.deliveries()
    if not deliveries:
        return True
    choices = [entry for entry in store.entries(StoreKind.SETTING) if entry.body["name"] == SETTING]
    latest = choices[-1] if choices else None
    return latest is not None and latest.seq > deliveries[-1].seq and bool(latest.body["value"])


def demo_store(own: Path, sources: Mapping[str, Source] | None = None) -> Store:
    """The store of the made-up SWV, in a folder within the own one.

    Its name is a fingerprint of the files and the sources, so a new version of the monitor makes
    a new one. sources: those of now when not given. Raises StoreError when one of its files is
    refused.
    """
    digest = hashlib.sha256()
    for path in (*sorted(FILES.iterdir()), *RECORDS, *sorted(SOURCES.glob("*/source.toml"))):
        digest.update(path.name.encode() + path.read_bytes())
    demo = Store(own / "demo" / digest.hexdigest()[:12])
    finished = demo.path / "compleet"
    if not finished.exists():
        _fill(demo, sources or load_sources())
        finished.touch()
    return demo


def _fill(store: Store, sources: Mapping[str, Source]) -> None:
    """Deliver the files and put what people wrote on record, in that order."""
    # Only here: reading figures needs no import gate.
    from data.gate.claim import Answers
    from data.gate.importing import import_file

    manifest = tomllib.loads((FILES / "manifest.toml").read_text(encoding="utf-8"))
    of = len(manifest["file"])
    for done, item in enumerate(manifest["file"]):
        tell(f"De voorbeeldbestanden worden ingelezen: {done} van {of}.", done, of)
        with quietly():
            result = import_file(
                store,
                FILES / item["name"],
                source=item["source"],
                period=item.get("period"),
                author=item.get("author", ""),
                answers=Answers(**item.get("says", {})),
                isolated=False,
                sources=sources,
            )
        if not result.accepted:
            reasons = " ".join(problem.message for problem in result.problems[:3])
            raise StoreError(f"Het voorbeeldbestand {item['name']} wordt geweigerd. {reasons}")
    for path in RECORDS:
        for kind, records in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for body in records:
                author = body.pop("author", "")
                store.record(kind, {name: _plain(value) for name, value in body.items()}, author)


def _plain(value: object) -> object:
    """A value of TOML as the ledger writes it."""
    return value.isoformat() if isinstance(value, date) else value
