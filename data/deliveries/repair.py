"""Back to the last good state of a store, when there is no backup; nothing is deleted.

The ledger goes back to the last line that follows on the one before. What is taken away goes to a
folder beside it, and what that costs is asked first. What can only come from a backup, is said.
"""

from dataclasses import dataclass, field
from pathlib import Path

from data.deliveries.chain import line_of
from data.deliveries.disk import (
    is_there,
    make_folder,
    put_aside,
    read_file,
    remove_half_written,
    replace_file,
    sync_folder,
    write_file,
)
from data.deliveries.head import Head, write_head
from data.deliveries.key import Key
from data.deliveries.ledger import Ledger, Looked, StoreKind, known_key, wrong
from data.deliveries.lock import locked
from data.deliveries.losses import damage_losses, ledger_losses, lying_whole, put_aside_as
from data.deliveries.restore import WouldLose, aside_folder, beside
from data.deliveries.seals import seal_folder, seal_lines
from data.deliveries.store import KEY, Store, StoreError

BY_REPAIR = "beschadigd; ongedaan gemaakt door repair"
SIGNED_ANEW = (
    "De stand van het logboek (ledger.head) is opnieuw gemaakt bij regel {last}. Of er vóór die "
    "tijd regels zijn verdwenen of vervangen, kan nu niemand meer zien: kijk na of alles er is."
)
NEW_KEY = (
    "Er is een nieuwe sleutel. Leerlingen in wat u vanaf nu inleest, lijken anderen dan dezelfde "
    "leerlingen in eerdere leveringen. Lees daarom lijsten die doorlopen opnieuw in."
)
NEEDS_KEY = (
    "Is er geen reservekopie van de sleutel meer? Met python -m kpi repair --new-key komt er een "
    "nieuwe; leerlingen in nieuwe leveringen lijken dan anderen dan die in eerdere."
)


@dataclass
class Repaired:
    """What was done, what that costs and what remains to be done, in Dutch sentences."""

    aside: Path
    done: list[str] = field(default_factory=list)
    costs: list[str] = field(default_factory=list)
    remains: list[str] = field(default_factory=list)


def repair(
    path: Path, key: Path | None = None, *, new_key: bool = False, sure: bool = False
) -> Repaired:
    """Bring a store back to its last good state. StoreError when there is no store.

    WouldLose, with nothing changed, when that costs something and nobody said it is meant (`sure`).
    """
    ledger = Ledger(path / "ledger.jsonl", Key(key or path / KEY))
    if not (ledger.path.exists() or (path / "deliveries").exists()):
        raise StoreError(f"In {path} is geen opslag.")
    found = Repaired(aside_folder(path))
    with locked(path / "lock"):
        looked = ledger.look()
        found.costs += _losses(ledger, looked, new_key)
        if found.costs and not sure:
            raise WouldLose(" ".join(found.costs))
        _mend(ledger, looked, new_key, found)
    return found


def _mend(ledger: Ledger, looked: Looked, new_key: bool, found: Repaired) -> None:
    path = ledger.path.parent
    for folder in (path, path / "deliveries", path / "seals"):
        remove_half_written(folder)
    if wrong(looked):
        _to_last_good_line(ledger, looked, found)
    renewed = _renew_key(ledger, new_key, found)
    _right_head(ledger, found)
    store = Store(path, key=ledger.key.path)
    if not store.lines():
        _start_again(store, found)
    _bring_back(store, found)
    if renewed:
        store.ledger.begin()
    problem = store.ledger.key_problem(is_needed=bool(store.history()))
    if problem:
        found.remains += [problem, NEEDS_KEY]
        return
    store.ledger.heal()
    _take_back_damaged(store, found)


def _losses(ledger: Ledger, looked: Looked, new_key: bool) -> list[str]:
    """What would no longer count. Without the right key no delivery can be undone."""
    kept, path = looked.chain.entries, ledger.path.parent
    has_key = new_key or not ledger.key.problem(known_key(kept), is_needed=True)
    return ledger_losses(looked, path) + (damage_losses(kept, path) if has_key else [])


def _to_last_good_line(ledger: Ledger, looked: Looked, found: Repaired) -> None:
    """Cut the ledger off behind the last line that follows, and tell what stood behind it."""
    entries = looked.chain.entries
    if ledger.path.exists():
        write_copy(ledger.path, found.aside)
    replace_file(ledger.path, b"".join(line_of(line) + b"\n" for line in entries))
    found.done.append(f"Het logboek eindigt nu bij regel {len(entries)}: {wrong(looked)}.")


def write_copy(path: Path, aside: Path) -> None:
    """Keep a file as it is in another folder."""
    make_folder(aside)
    write_file(aside / path.name, read_file(path))
    sync_folder(aside)


def _renew_key(ledger: Ledger, wanted: bool, found: Repaired) -> bool:
    """Make a new key in the place of one that does not fit, when that is what was asked for."""
    entries = ledger.look().chain.entries
    if not wanted or not ledger.key.problem(known_key(entries), is_needed=True):
        return False
    if ledger.key.path.exists():
        put_aside(ledger.key.path, beside(ledger.key.path, ledger.path.parent, found.aside))
    ledger.key.make()
    found.done.append("Er is een nieuwe sleutel gemaakt.")
    found.costs.append(NEW_KEY)
    return True


def _right_head(ledger: Ledger, found: Repaired) -> None:
    """A head of the lines there are; signed, unless the key is not the right one."""
    looked = ledger.look()
    if not (looked.head_problem or wrong(looked)):
        return
    if ledger.head_path.exists():
        put_aside(ledger.head_path, found.aside)
    entries = looked.chain.entries
    fits = not ledger.key.problem(known_key(entries), is_needed=True)
    if entries:
        last = entries[-1]
        write_head(
            ledger.head_path, Head.of(last.seq, last.hash, ledger.key.read() if fits else b"")
        )
    found.done.append(SIGNED_ANEW.format(last=len(entries)))


def _start_again(store: Store, found: Repaired) -> None:
    """Without any line no delivery and no seal counts: the folders would be in the way."""
    for folder in (store.folders.path, store.path / "seals"):
        if folder.is_dir() and any(folder.iterdir()):
            place = put_aside(folder, found.aside)
            found.done.append(f"Zonder logboek telt niets mee: {folder.name} staat nu in {place}.")


def _bring_back(store: Store, found: Repaired) -> None:
    """What has a line, is not whole where it belongs, and lies whole where it was put aside."""
    for delivery in store.history():
        home = store.rows_path(delivery.delivery_id).parent
        if not store.damage(delivery):
            continue
        place = lying_whole(store.path, delivery)
        if place:
            _move(place, home, found)
            found.done.append(f"Levering {delivery.delivery_id} is teruggevonden in {place}.")
    for name in seal_lines(store):
        home = seal_folder(store, name)
        for place in put_aside_as(store.path, name) if not home.exists() else ():
            _move(place, home, found)
            found.done.append(f"Het zegel van {name} is teruggevonden in {place}.")
            break


def _move(place: Path, home: Path, found: Repaired) -> None:
    if is_there(home):
        put_aside(home, found.aside)
    make_folder(home.parent)
    place.rename(home)
    sync_folder(home.parent)


def _take_back_damaged(store: Store, found: Repaired) -> None:
    """Deliveries of which the rows are gone or changed no longer count: an older one may."""
    for delivery in store.deliveries():
        if store.damage(delivery):
            body = {"delivery_id": delivery.delivery_id, "reason": BY_REPAIR}
            store.ledger.append(StoreKind.UNDO, body, "")
            found.done.append(f"Levering {delivery.named} is ongedaan gemaakt.")
