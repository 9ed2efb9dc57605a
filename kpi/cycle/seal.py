"""Seals: what stood when a quarter was closed, and the monitor as it was at that moment."""

import tempfile
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from data.deliveries.chain import Entry
from data.deliveries.disk import sha256_of
from data.deliveries.seals import seal_folder, seal_lines
from data.deliveries.store import Store, StoreError
from kpi import formatting
from kpi.cycle.contents import CONTENTS, own_hash, read_contents
from kpi.cycle.sealed_figures import differing, is_other_number
from kpi.cycle.texts import SealedTexts, read_texts, unpack
from kpi.figure.monitor import Monitor, build_monitor
from kpi.figure.settings import Settings
from kpi.opening.opening import open_as_known
from kpi.plans.orders import improvement_plan

FIGURES = "figures.parquet"
SHOWN = 12  # characters of a seal on paper and screen


class SealDamaged(StoreError):
    """A file of a seal is gone or was changed. The text is Dutch."""


@dataclass(frozen=True)
class Seal:
    """The seal of a quarter (by its period_id); `hash` is that of its contents.

    sealed_at: the moment (UTC, ISO 8601) at which `author` closed the quarter. made_from: the line
    of the ledger that was the last one then; what came later is not in the seal.
    """

    quarter: str
    hash: str
    author: str
    sealed_at: str
    made_from: int
    folder: Path

    @property
    def short(self) -> str:
        """The seal as papers show it."""
        return self.hash[:SHOWN]

    @property
    def figures(self) -> Path:
        """The file with every figure. SealDamaged when it is not the one that was sealed."""
        path = self.folder / FIGURES
        if not path.is_file() or sha256_of(path) != self.contents["figures"]["sha256"]:
            raise self.damaged(FIGURES)
        return path

    @property
    def by(self) -> str:
        """ "A. de Vries, 3 oktober 2026"."""
        return formatting.signed_text(self.author, self.sealed_at)

    @cached_property
    def contents(self) -> dict[str, Any]:
        """seal.json, see kpi.cycle.contents. SealDamaged when it is not the one of this seal."""
        try:
            stated = read_contents(self.folder / CONTENTS)
        except (OSError, ValueError):
            raise self.damaged(CONTENTS) from None
        if own_hash(stated) != self.hash:
            raise self.damaged(CONTENTS)
        return stated

    def damaged(self, name: str) -> SealDamaged:
        """What to say when a file of this seal is not what it was."""
        return SealDamaged(
            f"Het zegel van {self.quarter} is beschadigd: {self.folder / name} ontbreekt of is "
            "veranderd. Zet de reservekopie van die map terug."
        )


def seals(store: Store) -> list[Seal]:
    """Every seal, by quarter; also those of after the moment `store` is known to."""
    found = [_seal(store, entry) for entry in seal_lines(store).values()]
    return sorted(found, key=lambda seal: seal.quarter)


def seal_of(store: Store, quarter: str) -> Seal | None:
    """The seal of a quarter, by its period_id; None as long as it is not closed."""
    return next((seal for seal in seals(store) if seal.quarter == quarter), None)


def seal_before(store: Store, quarter: str) -> Seal | None:
    """The seal of the latest closed quarter before this one."""
    return next((seal for seal in reversed(seals(store)) if seal.quarter < quarter), None)


def open_sealed(monitor: Monitor, seal: Seal) -> Monitor:
    """The monitor as it was when the quarter was closed; its store can only be read.

    It shares the figures with `monitor` as far as they are still the same. SealDamaged when this
    version of the monitor makes other figures of it, so that no paper can show those.
    """
    sound(monitor.store.as_known(seal.made_from))
    sealed, now = seal.contents["texts"], read_texts(monitor.opened_with)
    if sealed == now:
        return open_as_known(monitor, seal.made_from)
    return monitor.remember_figures(("sealed", seal.hash), lambda: _readable(monitor, seal, now))


def _readable(monitor: Monitor, seal: Seal, now: SealedTexts) -> Monitor:
    """With the definitions of then, but added up by the program of now, which must read it."""
    stated = seal.contents
    texts = {name: text for name, text in stated["texts"].items() if not _of_program(name)}
    texts |= {name: text for name, text in now.items() if _of_program(name)}
    past = rebuilt(monitor.store, seal.made_from, texts, stated["profile"], stated["demo"])
    found = differing(past, date.fromisoformat(stated["until"]), seal.figures)
    if any(map(is_other_number, found)):
        raise SealDamaged(
            f"Het kwartaal {seal.quarter} is vastgesteld met een eerdere versie van de monitor, "
            "en deze versie rekent anders. Maak de stukken met die eerdere versie. Het zegel zelf "
            "kunt u wel nagaan."
        )
    return past


def _of_program(name: str) -> bool:
    return name.startswith(("steps/", "counting/"))


def reopened(store: Store, seal: Seal) -> Monitor:
    """The same, built from the files and shared with nobody."""
    stated = seal.contents
    return rebuilt(store, seal.made_from, stated["texts"], stated["profile"], stated["demo"])


def rebuilt(store: Store, seq: int, texts: SealedTexts, profile: str, demo: bool) -> Monitor:
    """A monitor on the store as known at line `seq`, with these texts instead of those of now.

    StoreError when a delivery of then is damaged.
    """
    past = sound(store.as_known(seq))
    with tempfile.TemporaryDirectory(prefix="kpi-") as name:
        folder = Path(name)
        wanted = Settings(past.path, profile, folder, folder, demo, known_to=seq)
        chosen, folders = unpack(texts, folder, wanted)
        made = build_monitor(chosen, past, past, demo, folders)
        improvement_plan(made)  # remembered: a paper may want it when the folder is gone
        return made


def sound(store: Store) -> Store:
    """The store, of which everything that was delivered counts. StoreError when it does not."""
    if store.doubts:
        raise StoreError(" ".join(store.doubts))
    return store


def _seal(store: Store, entry: Entry) -> Seal:
    return Seal(
        quarter=entry.body["name"],
        hash=entry.body["seal"],
        author=entry.author,
        sealed_at=entry.at,
        made_from=entry.body["made_from"],
        folder=seal_folder(store, entry.body["name"]),
    )
