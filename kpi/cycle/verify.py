"""Is a seal still whole, and do the same deliveries and definitions still give the same figures?"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.calendar import Calendar
from data.deliveries.disk import read_file, sha256_of
from data.deliveries.failures import told
from data.deliveries.ledger import LedgerDamaged
from data.deliveries.seals import seal_lines
from data.deliveries.store import Store
from kpi import formatting
from kpi.cycle.changes import NO_ROW
from kpi.cycle.contents import (
    CONTENTS,
    OWN,
    ledger_sha256,
    read_contents,
    sealed_notes,
    sealed_targets,
    to_json,
)  # fmt: skip
from kpi.cycle.seal import FIGURES, Seal, SealDamaged, reopened, seals
from kpi.cycle.sealed_figures import KEY, differing
from kpi.cycle.texts import changed_texts, software
from kpi.figure.monitor import Monitor
from kpi.figure.naming import UnknownName

MOST_NAMED = 10
SHORTEST = 6  # characters of a seal that say which one is meant


@dataclass(frozen=True)
class Verification:
    """The outcome for one seal. problems: what is not as it was sealed; remarks: good to know.

    figures: how many figures were built again and found equal, 0 when there was a problem before.
    """

    seal: Seal | None
    figures: int
    problems: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether everything is as it was sealed."""
        return not self.problems

    @property
    def text(self) -> str:
        """The outcome in one sentence."""
        if self.seal is None or self.problems:
            return "Het zegel klopt niet."
        equal = formatting.number(self.figures)
        return (
            f"Het zegel {self.seal.short} van {self.seal.quarter} klopt: alle {equal} cijfers "
            "zijn opnieuw berekend en gelijk."
        )


def verify(wanted: str | Path, store: Path) -> Verification:
    """Check a seal on disk: its files, the ledger, every delivery, and all figures built again.

    wanted: a quarter, the first characters of a seal as papers show it, or the folder of a seal.
    store: the folder it is kept in; a copy elsewhere, with newer deliveries, gives the same.
    Nothing is written. UnknownName when there is no such seal.
    """
    folder = Path(wanted)
    path = folder.parent.parent if (folder / CONTENTS).exists() else store
    if not (path / "ledger.jsonl").exists():
        raise UnknownName(f"In {path} is geen opslag.")
    try:
        fresh = Store(path)
    except LedgerDamaged as error:
        return Verification(None, 0, (str(error),))
    seal = _meant(fresh, folder.name)
    if seal is None:
        return Verification(None, 0, (_not_a_seal(path, folder.name),))
    problems = tuple(_broken(fresh, seal))
    if problems:
        return Verification(seal, 0, problems)
    stated = seal.contents
    try:
        past = reopened(fresh, seal)
        with closing(past.database):
            problems = tuple(_different(past, seal))
    except (ValueError, OSError) as error:
        problems = (f"De cijfers zijn niet opnieuw te berekenen: {told(error)}",)
    rows = 0 if problems else stated["figures"]["rows"]
    return Verification(seal, rows, problems, tuple(_remarks(stated)))


def older_seals(store: Store) -> Iterator[str]:
    """What is gone or changed of seals that were made before the ledger held hashes of their files.

    Only the seal itself then tells what its files were.
    """
    lines = seal_lines(store)
    for seal in seals(store):
        if seal.folder.is_dir() and "files" not in lines[seal.quarter].body:
            try:
                _ = seal.figures
            except SealDamaged as error:
                yield str(error)


def _meant(store: Store, wanted: str) -> Seal | None:
    found = seals(store)
    try:
        quarter = Calendar().parse(wanted).period_id
    except ValueError:
        quarter = wanted
    for seal in found:
        if seal.quarter in (wanted, quarter):
            return seal
        if len(wanted) >= SHORTEST and seal.hash.startswith(wanted.lower()):
            return seal
    if (store.path / "seals" / quarter).exists():
        return None
    known = formatting.enumeration([f"{item.quarter} ({item.short})" for item in found] or ["geen"])
    raise UnknownName(f"Er is geen zegel “{wanted}”. Zegels in deze opslag: {known}.")


def _not_a_seal(path: Path, name: str) -> str:
    return (
        f"{path / 'seals' / name} is geen zegel: het logboek kent het niet. Het vaststellen is "
        "toen niet afgemaakt, of het logboek is van een eerder moment."
    )


def _broken(store: Store, seal: Seal) -> Iterator[str]:
    """What is gone or changed on disk, by name."""
    names = {path.name for path in seal.folder.iterdir()} if seal.folder.is_dir() else set()
    for name in sorted(names - {CONTENTS, FIGURES}):
        yield f"{seal.folder / name} hoort niet bij het zegel."
    try:
        stated = read_contents(seal.folder / CONTENTS)
        written = to_json(stated)
    except (OSError, ValueError):
        yield f"{seal.folder / CONTENTS} ontbreekt of is niet te lezen."
        return
    if read_file(seal.folder / CONTENTS) != written or stated.get(OWN) != seal.hash:
        yield f"{seal.folder / CONTENTS} is na het vaststellen veranderd."
        yield from _changed_texts(stated)
        return
    yield from _changed_file(seal.folder / FIGURES, stated["figures"]["sha256"])
    yield from _changed_ledger(store, stated)
    yield from _changed_deliveries(store, stated)


def _changed_texts(stated: dict[str, Any]) -> Iterator[str]:
    try:
        for name in changed_texts(stated["texts"]):
            yield f"In {CONTENTS} is de tekst van {name} veranderd."
    except (KeyError, TypeError, ValueError, AttributeError):
        yield f"In {CONTENTS} zijn de teksten niet meer te lezen."


def _changed_ledger(store: Store, stated: dict[str, Any]) -> Iterator[str]:
    """The chain itself was verified when the ledger was read."""
    lines, place = store.lines(), stated["ledger"]
    if len(lines) < place["seq"] or lines[place["seq"] - 1].hash != place["hash"]:
        yield f"Regel {place['seq']} van het logboek is niet die van het zegel."
    elif ledger_sha256(store, place["size"]) != place["sha256"]:
        yield f"Het logboek is tot en met regel {place['seq']} niet meer hetzelfde bestand."
    elif sealed_notes(lines[: place["seq"]], stated["quarter"]) != stated["notes"]:
        yield "De teksten in het logboek zijn andere dan die in het zegel."


def _changed_deliveries(store: Store, stated: dict[str, Any]) -> Iterator[str]:
    for sealed in stated["deliveries"]:
        folder = store.rows_path(sealed["delivery_id"]).parent
        for name in ("rows.parquet", "delivery.json"):
            yield from _changed_file(folder / name, sealed[name], f" ({sealed['file_name']})")


def _changed_file(path: Path, sha256: str, about: str = "") -> Iterator[str]:
    if not path.exists():
        yield f"{path}{about} ontbreekt."
    elif sha256_of(path) != sha256:
        yield f"{path}{about} is na het vaststellen veranderd."


def _different(past: Monitor, seal: Seal) -> Iterator[str]:
    """Figures and targets that come out in another way than they were sealed."""
    stated = seal.contents
    counting = [found.delivery_id for found in past.store.deliveries()]
    if counting != [sealed["delivery_id"] for sealed in stated["deliveries"]]:
        yield "Andere leveringen tellen mee dan in het zegel."
    if sealed_targets(past) != stated["targets"]:
        yield "De doelen zijn andere dan die in het zegel."
    rows = differing(past, date.fromisoformat(stated["until"]), seal.figures)
    for row in rows[:MOST_NAMED]:
        name = " / ".join(filter(None, (row[column] for column in KEY)))
        was, now = (formatting.cell_text(row[f"{side}_value"]) for side in ("was", "is"))
        yield f"{name}: in het zegel {was or NO_ROW}, opnieuw berekend {now or NO_ROW}."
    if len(rows) > MOST_NAMED:
        yield f"En nog {formatting.number(len(rows) - MOST_NAMED)} andere cijfers."


def _remarks(stated: dict[str, Any]) -> Iterator[str]:
    if stated["software"] != software():
        yield "Het zegel is gemaakt met een andere versie van de monitor. Dat is geen fout."
