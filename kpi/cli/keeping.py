"""The commands that keep a store: status, backup, restore and repair."""

import argparse
import os
import sys
from dataclasses import replace
from getpass import getpass
from pathlib import Path

from data.deliveries.backup import Backup, read_backup, write_backup
from data.deliveries.passphrase import NeedsPassphrase
from data.deliveries.repair import repair
from data.deliveries.restore import WouldLose, restore, told
from data.deliveries.status import StoreStatus, status_of
from data.deliveries.store import StoreError
from kpi import formatting
from kpi.cli import output
from kpi.cycle.verify import older_seals
from kpi.figure.settings import Settings, settings
from kpi.opening.demo import wants_demo

PASSPHRASE = "KPI_PASSPHRASE"  # the setting, for who makes backups from a script
ASK = (
    "Mag dat? Geef dan --yes mee. Wat er stond, blijft bewaard in de map “terzijde” van de opslag."
)


def show_status(options: argparse.Namespace) -> int:
    """What was delivered, and whether everything is as it was stored."""
    chosen = settings()
    status = whole_status(chosen)
    store = chosen.own_store() if status.chain_ok else None
    is_demo = store is not None and (chosen.demo or wants_demo(store))
    if options.json:
        output.show_json(output.status_dict(status, is_demo, store.version if store else ""))
    else:
        output.show_status(status, is_demo)
    return 0 if not status.damaged else 1


def whole_status(chosen: Settings) -> StoreStatus:
    """The state of the own store, with that of seals that only tell themselves what is in them."""
    found = status_of(chosen.store, chosen.key)
    if not found.chain_ok:
        return found
    return replace(found, damaged=(*found.damaged, *older_seals(chosen.own_store())))


def make_backup(options: argparse.Namespace) -> int:
    """Write everything that counts to one file."""
    chosen = settings()
    store, path = chosen.own_store(), Path(options.file)
    if not store.lines():
        raise StoreError(f"In {chosen.store} is nog niets om een reservekopie van te maken.")
    phrase = _new_passphrase() if options.passphrase else None
    rows, key = not options.only_key, not options.without_key
    made = write_backup(store, path, rows=rows, key=key, passphrase=phrase)
    size = formatting.number(path.stat().st_size // 1024 + 1)
    print(f"Reservekopie gemaakt en nagelezen: {path} ({size} kB).")
    print(_held(made))
    if phrase is not None:
        print("Bewaar de wachtwoordzin ergens anders: zonder die zin kan niemand hem openen.")
    for remark in whole_status(chosen).damaged:
        print(f"Let op, dit is zo ook in de reservekopie: {remark}")
    return 0


def put_back(options: argparse.Namespace) -> int:
    """Make the store what a backup holds."""
    chosen = settings()
    backup = _read(Path(options.file))
    try:
        aside = restore(chosen.store, backup, chosen.key, sure=options.yes)
    except WouldLose as error:
        raise StoreError(f"{error} {ASK}") from None
    print(f"Teruggezet in {chosen.store}, van {formatting.moment_text(backup.made_at)}.")
    print(_held(backup))
    _show_aside(aside)
    return _tell_rest(chosen)


def repair_store(options: argparse.Namespace) -> int:
    """Go back to the last good state; what that costs is asked first."""
    chosen = settings()
    try:
        found = repair(chosen.store, chosen.key, new_key=options.new_key, sure=options.yes)
    except WouldLose as error:
        raise StoreError(f"Er is niets gewijzigd. Herstellen kost dit: {error} {ASK}") from None
    for sentence in found.done or ["Er was niets te herstellen."]:
        print(sentence)
    if found.costs:
        print("Wat dit kost:")
    for sentence in found.costs:
        print(f"  {sentence}")
    _show_aside(found.aside)
    for sentence in found.remains:
        print(sentence)
    return _tell_rest(chosen)


def _new_passphrase() -> str:
    """From KPI_PASSPHRASE, or typed twice; what is typed is not shown."""
    given = os.environ.get(PASSPHRASE)
    if given is not None:
        return given
    typed = _typed("Wachtwoordzin voor deze reservekopie")
    if typed != _typed("Nog een keer dezelfde wachtwoordzin"):
        raise StoreError("De twee wachtwoordzinnen zijn niet gelijk. Er is niets gemaakt.")
    return typed


def _read(path: Path) -> Backup:
    """A backup; when it is behind a passphrase, that is asked for."""
    try:
        return read_backup(path, os.environ.get(PASSPHRASE, ""))
    except NeedsPassphrase:
        return read_backup(path, _typed("Wachtwoordzin van deze reservekopie"))


def _typed(asked: str) -> str:
    """What somebody types, not shown. StoreError when nobody is there to type, or stops."""
    if not sys.stdin.isatty():
        raise StoreError(f"Hier kan niemand een wachtwoordzin typen. Zet haar in {PASSPHRASE}.")
    try:
        return getpass(f"{asked}: ")
    except (EOFError, KeyboardInterrupt):
        raise StoreError("Er is geen wachtwoordzin gegeven. Er is niets veranderd.") from None


def _held(backup: Backup) -> str:
    """What is in a backup, in a sentence."""
    if not backup.has_rows:
        return "Hierin staat alleen de sleutel. Bewaar die apart van de rijen."
    key = "met de sleutel" if backup.key else "zonder de sleutel"
    return f"Hierin: {told(backup.chain.entries) or 'nog geen leveringen'}, {key}."


def _show_aside(aside: Path) -> None:
    if aside.exists():
        print(f"Wat er stond, staat nu in {aside}. Gooi dat pas weg als alles klopt.")


def _tell_rest(chosen: Settings) -> int:
    """What is still not as it should be."""
    damaged = whole_status(chosen).damaged
    for sentence in damaged:
        print(sentence, file=sys.stderr)
    return 1 if damaged else 0
