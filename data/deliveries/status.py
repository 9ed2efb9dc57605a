"""Whether a store is sound, and what a user should know about it. Reads every file, moves none."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.deliveries.delivery import Delivery
from data.deliveries.disk import (
    BEING_WRITTEN,
    BESIDE,
    NotAFile,
    file_facts,
    is_there,
    read_file,
    sha256_of,
)
from data.deliveries.folders import OWN_HASH, RESTORE, ROWS, SIDECAR, whole_delivery
from data.deliveries.ledger import LedgerDamaged
from data.deliveries.restore import ASIDE
from data.deliveries.seals import LOOSE as LOOSE_SEALS
from data.deliveries.seals import seal_folder, seal_lines
from data.deliveries.store import KEY, NO_LEDGER, Store

LOOSE = "losse-leveringen"  # where a version of before moved folders without a line
TORN = "ledger-afgebroken-*"
OF_THE_COMPUTER = frozenset({".DS_Store", "desktop.ini", "Thumbs.db"})
LEDGER, HEAD, LOCK = "ledger.jsonl", "ledger.head", "lock"
# "compleet" stands in the store of the made-up SWV.
OF_THE_STORE = frozenset(
    {LEDGER, HEAD, KEY, LOCK, LEDGER + BESIDE, HEAD + BESIDE, KEY + BESIDE, "compleet"}
)


@dataclass(frozen=True)
class StoreStatus:
    """What is in the store and whether it is sound, in Dutch sentences.

    damaged: what is wrong and must be restored or repaired; notes: what is good to know.
    """

    path: Path
    deliveries: tuple[Delivery, ...]
    undone: int
    chain_ok: bool
    damaged: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a user should know; empty when all is well."""
        return (*self.damaged, *self.notes)


def status_of(path: Path, key: Path | None = None) -> StoreStatus:
    """The state of a store, so that no remark means all is well; also when it does not open."""
    try:
        store = Store(path, key=key)
    except LedgerDamaged as error:
        return StoreStatus(path, (), 0, False, (str(error), *in_the_way(path, key)), ())
    except NotAFile:
        return StoreStatus(path, (), 0, False, in_the_way(path, key), ())
    history = store.history()
    active = tuple(found for found in history if not found.undone_at)
    return StoreStatus(
        path=path,
        deliveries=active,
        undone=len(history) - len(active),
        chain_ok=True,
        damaged=tuple(_damage(store, active)),
        notes=tuple(_notes(store, [found for found in history if found.undone_at])),
    )


def in_the_way(path: Path, key: Path | None) -> tuple[str, ...]:
    """What stands where a file of the store belongs and is none, in Dutch."""
    found = []
    for place in (path / LEDGER, path / HEAD, key or path / KEY, path / LOCK):
        try:
            file_facts(place)
        except NotAFile as error:
            found.append(str(error))
    return tuple(found)


def _damage(store: Store, active: tuple[Delivery, ...]) -> Iterator[str]:
    has_rows = bool(store.folders.whole())
    yield from in_the_way(store.path, store.ledger.key.path)
    yield from filter(None, (store.ledger.head_problem(), store.ledger.key_problem(has_rows)))
    if has_rows and not store.lines():
        yield NO_LEDGER.format(path=store.ledger.path)
    for delivery in active:
        yield from filter(None, (store.damage(delivery), sidecar_damage(store, delivery)))
    yield from seal_damage(store)


def sidecar_damage(store: Store, delivery: Delivery) -> str:
    """Why the description of a delivery is not the one that was stored, in Dutch; "" when it is.

    Of a delivery of before the ledger has no hash of it; then what both tell must be the same.
    """
    path = store.rows_path(delivery.delivery_id).with_name(SIDECAR)
    name = f"Levering {delivery.delivery_id} ({delivery.file_name})"
    if not is_there(path):
        return f"{name} is niet meer compleet: {path} ontbreekt. {RESTORE}"
    if delivery.sidecar_sha256:
        same = _hash_of(path) == delivery.sidecar_sha256
    else:
        same = _tells(path, delivery)
    return "" if same else f"{name} is na het opslaan veranderd: {_differs(path)}. {RESTORE}"


def _differs(path: Path) -> str:
    """How a file is not what was stored: it holds something else, or is no file at all."""
    return f"{path} klopt niet" if path.is_file() else f"{path} is geen gewoon bestand"


def _tells(path: Path, delivery: Delivery) -> bool:
    try:
        told = json.loads(read_file(path))
    except (ValueError, OSError):
        return False
    body = {name: value for name, value in delivery.body().items() if name != OWN_HASH}
    return isinstance(told, dict) and all(told.get(name, body[name]) == body[name] for name in body)


def _hash_of(path: Path) -> str:
    """The SHA-256 of a file; "" when it cannot be read, which is no hash of any."""
    try:
        return sha256_of(path)
    except OSError:
        return ""


def seal_damage(store: Store) -> Iterator[str]:
    """The files of seals that are not what they were.

    The line of a seal of before has no hashes of them; kpi.cycle.verify knows what it states.
    """
    for name, line in seal_lines(store).items():
        home = seal_folder(store, name)
        if not home.is_dir():
            yield f"Het zegel van {name} ontbreekt: {home}. {SEAL}"
        for file, sha256 in line.body.get("files", {}).items() if home.is_dir() else ():
            if not is_there(home / file):
                yield f"Het zegel van {name} is niet meer compleet: {home / file} ontbreekt. {SEAL}"
            elif _hash_of(home / file) != sha256:
                yield f"Het zegel van {name} is veranderd: {_differs(home / file)}. {SEAL}"


SEAL = (
    "Zet de reservekopie van die map terug; zonder dat kunnen de stukken van dit kwartaal niet "
    "meer worden gemaakt."
)


def _notes(store: Store, undone: list[Delivery]) -> Iterator[str]:
    for delivery in undone:
        for found in filter(None, (store.damage(delivery), sidecar_damage(store, delivery))):
            yield f"Ongedaan gemaakt, dus zonder gevolg voor de cijfers: {found}"
    if store.ledger.torn():
        yield (
            f"De laatste regel van {store.ledger.path} is niet af en telt niet mee. Is er nu niets "
            "bezig met opslaan? Dan stopte het programma toen. Doe opnieuw wat u toen deed."
        )
    for path in sorted(store.path.glob(TORN)):
        yield (
            f"Een regel van het logboek was niet af en is apart gezet in {path.name}. "
            "Het programma stopte toen tijdens het opslaan. Wat toen werd opgeslagen, telt niet "
            "mee. Doe dat opnieuw."
        )
    yield from _without_line(store)
    for path in _strange(store):
        yield f"{path} hoort niet bij de opslag. Kijk wat het is en zet het ergens anders."


WITHOUT_LINE = (
    "{path} staat niet in het logboek en telt niet mee. Bewaar deze map. Zet een reservekopie "
    "terug waar dit in zit, of {again}. Pas als het weer meetelt, kan deze map weg."
)
READ_AGAIN, CLOSE_AGAIN = "lees het bestand opnieuw in", "stel het kwartaal opnieuw vast"


def _without_line(store: Store) -> Iterator[str]:
    known = {found.delivery_id for found in store.history()}
    seals = store.path / "seals"
    sealed = [path for path in seals.iterdir() if path.is_dir()] if seals.is_dir() else []
    loose = {path: READ_AGAIN for path in store.folders.whole() if path.name not in known}
    loose |= {path: CLOSE_AGAIN for path in sealed if path.name not in {*seal_lines(store)}}
    half = [
        path
        for folder in (store.path, store.folders.path, seals)
        for path in sorted(folder.glob(f"{BEING_WRITTEN}*"))
    ]
    for path, again in loose.items():
        if path not in half:
            yield WITHOUT_LINE.format(path=path, again=again)
    for path in half:
        yield (
            f"{path} is half opgeslagen en telt niet mee. Bij de volgende keer opslaan wordt dit "
            "opgeruimd."
        )
    for path in sorted((*store.path.glob(f"{LOOSE}/*"), *store.path.glob(f"{LOOSE_SEALS}/*"))):
        yield (
            f"{path} stond niet in het logboek en is toen apart gezet. Het telt niet mee. Staat "
            "het nu wel in het logboek? Met python -m kpi repair komt het terug."
        )
    yield from _set_aside(store, known)


def _set_aside(store: Store, known: set[str]) -> Iterator[str]:
    """The deliveries that restore or repair took away and that no longer count."""
    for aside in sorted(store.path.glob(f"{ASIDE}/*")):
        found = [whole_delivery(path) for path in sorted(aside.glob("deliveries/*"))]
        names = [item.named for item in found if item and item.delivery_id not in known]
        if names:
            yield (
                f"In {aside} staan leveringen die niet meetellen: {', '.join(names)}. Horen ze mee "
                "te tellen? Zet dan een reservekopie terug waar ze in zitten, of lees de bestanden "
                "opnieuw in."
            )


def _strange(store: Store) -> Iterator[Path]:
    """What others put in the store, but for what a computer puts everywhere."""
    for place in (store.path, store.folders.path, store.path / "seals"):
        files = [path for path in _in(place) if not path.is_dir() and not path.match(TORN)]
        yield from (path for path in files if path.name not in OF_THE_STORE)
    for found in store.history():
        home = store.rows_path(found.delivery_id).parent
        yield from (path for path in _in(home) if path.name not in (ROWS, SIDECAR))
    for name, line in seal_lines(store).items():
        known = line.body.get("files")
        yield from (
            path for path in _in(seal_folder(store, name)) if known and path.name not in known
        )


def _in(folder: Path) -> list[Path]:
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in found if path.name not in OF_THE_COMPUTER]
