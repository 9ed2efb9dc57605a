"""Every damage to a store is named by status, and undone by a backup or repaired.

KPI_DAMAGE_RUNS=3000 flips more bits; `pytest -s` shows the counts.
"""

import json
import os
import random
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from small_store import World

from data.deliveries.backup import read_backup, write_backup
from data.deliveries.chain import line_of, next_entry, read_chain
from data.deliveries.head import Head, write_head
from data.deliveries.repair import repair
from data.deliveries.restore import restore
from data.deliveries.seals import write_seal
from data.deliveries.status import status_of
from data.deliveries.store import Store

RUNS = int(os.environ.get("KPI_DAMAGE_RUNS", "300"))
QUARTERS = ("2023-2024-k1", "2023-2024-k2", "2023-2024-k3", "2023-2024-k4")
SEAL = "2022-2023-k4"


def filled(folder):
    """Four deliveries of which the last was undone, a mapping, a setting, notes and a seal."""
    world = World(folder)
    for number, quarter in enumerate(QUARTERS):
        row = {"location_id": "00AA00", "start_on": date(2023, 9, 1), "pupils": number}
        found = world.deliver("verzuim", quarter, [row])
    store = world.store
    store.undo(found.delivery_id, "x", "verkeerd")
    store.remember_mapping("kop", "verzuim", {"location_id": "School"}, "x")
    store.set("demo", False, "x")
    store.record("duiding", {"tekst": "een zin"}, "x")
    files = {"seal.json": b'{"seal": "x"}', "figures.parquet": b"PAR1 cijfers"}
    write_seal(store, SEAL, len(store.lines()), files, {"seal": "x", "made_from": 9}, "x")
    store.record("duiding", {"tekst": "nog een zin"}, "x")
    store.record("besluit", {"id": "1", "tekst": "een besluit"}, "x")
    return store


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("heel")
    store = filled(folder)
    assert status_of(store.path).remarks == ()
    write_backup(store, folder / "reserve.zip")
    return store.path


@pytest.fixture
def home(whole, tmp_path):
    return Path(shutil.copytree(whole, tmp_path / "store"))


def ledger(home):
    return home / "ledger.jsonl"


def lines_of(home):
    return ledger(home).read_bytes().splitlines(keepends=True)


def with_lines(change):
    def damage(home):
        found = lines_of(home)
        ledger(home).write_bytes(b"".join(change(found)))

    return damage


def flip(path, place, bit=1):
    content = bytearray(path.read_bytes())
    content[place] ^= bit
    path.write_bytes(content)


def rows(home, number=0):
    return sorted(home.glob("deliveries/*/rows.parquet"))[number]


def sidecar(home, number=0):
    return rows(home, number).with_name("delivery.json")


def gone(home):
    """Where the folder of a delivery was."""
    known = [found.delivery_id for found in Store(home).deliveries()]
    return next(p for name in known if not (p := home / "deliveries" / name).exists())


def rows_of_nothing(home):
    """Where the rows of a delivery were."""
    places = [Store(home).rows_path(found.delivery_id) for found in Store(home).deliveries()]
    return next(path for path in places if not path.exists())


def undone(home):
    return next(f for f in Store(home).history() if f.undone_at).delivery_id


def forged(home):
    """Another text in a note of long ago, and every hash behind it made anew."""
    entries = ()
    for line in read_chain(ledger(home).read_bytes()).entries:
        body = {**line.body, "tekst": "heel iets anders"} if line.kind == "duiding" else line.body
        entries = (*entries, next_entry(entries, line.at, line.author, line.kind, body))
    ledger(home).write_bytes(b"".join(line_of(entry) + b"\n" for entry in entries))
    return entries


def forged_with_head(home, secret=b"geraden"):
    last = forged(home)[-1]
    write_head(home / "ledger.head", Head.of(last.seq, last.hash, secret))


def head_of(home, seq, secret=None):
    entries = read_chain(ledger(home).read_bytes()).entries
    secret = secret or (home / "secret.key").read_bytes()
    last = entries[min(seq, len(entries)) - 1].hash
    write_head(home / "ledger.head", Head.of(seq, last, secret))


def other_store(home):
    (home.parent / "ander").mkdir()
    shutil.copy(ledger(filled(home.parent / "ander").path), ledger(home))


def swapped_rows(home):
    one, other = rows(home), rows(home, 1)
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)


def edited(path, change):
    told = json.loads(path.read_bytes())
    path.write_text(json.dumps(told | change), encoding="utf-8")


def made(path, content=b"x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


LEDGER, HEAD, KEY = "ledger.jsonl", "ledger.head", "secret.key"
# What happens to a store, and what status must name.
DAMAGE = {
    "ledger gone": (lambda h: ledger(h).unlink(), LEDGER),
    "ledger emptied": (lambda h: ledger(h).write_bytes(b""), LEDGER),
    "ledger and head gone": (lambda h: [(h / n).unlink() for n in (LEDGER, HEAD)], LEDGER),
    "last line gone": (with_lines(lambda found: found[:-1]), "laatste regel ontbreekt"),
    "last three lines gone": (with_lines(lambda found: found[:-3]), "laatste 3 regels ontbreken"),
    "first line gone": (with_lines(lambda found: found[1:]), "regel 1 "),
    "a line in the middle gone": (with_lines(lambda found: found[:4] + found[5:]), "regel 5 "),
    "last line cut": (with_lines(lambda found: [*found[:-1], found[-1][:40]]), "regel 12 "),
    "bit in the last line": (lambda h: flip(ledger(h), -30), "regel 12 "),
    "bit in the first line": (lambda h: flip(ledger(h), 30), "regel 1 "),
    "last line end is another byte": (lambda h: flip(ledger(h), -1, 4), "regel 12 "),
    "a line twice": (with_lines(lambda found: [*found, found[-1]]), "regel 13 "),
    "two lines changed places": (
        with_lines(lambda found: [*found[:5], found[6], found[5], *found[7:]]), "regel 6 "),
    "zeros in the middle": (
        with_lines(lambda found: [*found[:3], b"\0" * 99 + b"\n", *found[4:]]), "regel 4 "),
    "garbage behind the last line": (
        with_lines(lambda found: [*found, b'{"seq": 13']), "niet af"),
    "chain made anew": (forged, "regel 12 is een andere"),
    "chain and head made anew": (forged_with_head, "hele logboek is vervangen"),
    "ledger of another store": (other_store, LEDGER),
    "head gone": (lambda h: (h / HEAD).unlink(), HEAD),
    "head emptied": (lambda h: (h / HEAD).write_bytes(b""), HEAD),
    "head is text": (lambda h: (h / HEAD).write_text("niets"), HEAD),
    "head of an earlier moment": (lambda h: head_of(h, 10), "van een eerder moment"),
    "head signed by another": (lambda h: head_of(h, 12, b"geraden"), HEAD),
    "head of a later moment": (lambda h: head_of(h, 13), "laatste regel ontbreekt"),
    "key gone": (lambda h: (h / KEY).unlink(), "ontbreekt"),
    "key emptied": (lambda h: (h / KEY).write_bytes(b""), "te kort"),
    "key shortened": (lambda h: (h / KEY).write_bytes((h / KEY).read_bytes()[:63]), "te kort"),
    "key replaced": (lambda h: (h / KEY).write_bytes(b"f" * 64), "een andere"),
    "bit in the key": (lambda h: flip(h / KEY, 9), "een andere"),
    "rows gone": (lambda h: rows(h).unlink(), "rows.parquet ontbreekt"),
    "rows emptied": (lambda h: rows(h).write_bytes(b""), "rows.parquet klopt niet"),
    "bit in the rows": (lambda h: flip(rows(h), 80), "rows.parquet klopt niet"),
    "rows of two deliveries swapped": (swapped_rows, "rows.parquet klopt niet"),
    "folder of a delivery gone": (lambda h: shutil.rmtree(rows(h).parent), "rows.parquet ontb"),
    "folder of a delivery renamed": (
        lambda h: rows(h).parent.rename(h / "deliveries" / "anders"), "rows.parquet ontbreekt"),
    "every delivery gone": (lambda h: shutil.rmtree(h / "deliveries"), "rows.parquet ontbreekt"),
    "rows are a folder": (
        lambda h: (rows(h).unlink(), made(rows_of_nothing(h) / "x")), "is niet te lezen"),
    "folder of a delivery is a file": (
        lambda h: (shutil.rmtree(rows(h).parent), made(gone(h))), "rows.parquet ontbreekt"),
    "sidecar gone": (lambda h: sidecar(h).unlink(), "delivery.json ontbreekt"),
    "sidecar changed": (lambda h: edited(sidecar(h), {"author": "y"}), "delivery.json klopt niet"),
    "sidecar is text": (lambda h: sidecar(h).write_text("niets"), "delivery.json klopt niet"),
    "rows of an undone delivery gone": (
        lambda h: (h / "deliveries" / undone(h) / "rows.parquet").unlink(), "rows.parquet ontb"),
    "sidecar of an undone delivery changed": (
        lambda h: flip(h / "deliveries" / undone(h) / "delivery.json", 9), "delivery.json klopt"),
    "folder without a line": (lambda h: made(h / "deliveries/los/rows.parquet"), "deliveries/los"),
    "half-written delivery": (lambda h: made(h / "deliveries/.nieuw-a/rows.parquet"), ".nieuw-a"),
    "file among the deliveries": (lambda h: made(h / "deliveries/notitie.txt"), "notitie.txt"),
    "file in a delivery": (lambda h: made(rows(h).with_name("kopie.xlsx")), "kopie.xlsx"),
    "file in the store": (lambda h: made(h / "ledger (2).jsonl"), "ledger (2).jsonl"),
    "file of a seal gone": (lambda h: (h / "seals" / SEAL / "seal.json").unlink(), "json ontb"),
    "bit in a seal": (lambda h: flip(h / "seals" / SEAL / "seal.json", 3), "seal.json klopt niet"),
    "bit in sealed figures": (
        lambda h: flip(h / "seals" / SEAL / "figures.parquet", 6), "figures.parquet klopt niet"),
    "seal gone": (lambda h: shutil.rmtree(h / "seals" / SEAL), f"zegel van {SEAL} ontbreekt"),
    "every seal gone": (lambda h: shutil.rmtree(h / "seals"), f"zegel van {SEAL} ontbreekt"),
    "file in a seal": (lambda h: made(h / "seals" / SEAL / "notitie.txt"), "notitie.txt"),
    "seal without a line": (lambda h: made(h / "seals/2023-2024-k1/seal.json"), "2023-2024-k1"),
    "half-written seal": (lambda h: made(h / "seals/.nieuw-z/seal.json"), ".nieuw-z"),
    "moved aside by a version of before": (
        lambda h: made(h / "losse-leveringen/een-12ab34cd/rows.parquet"), "een-12ab34cd"),
}  # fmt: skip
# What nobody can repair without the backup: status goes on naming it.
ONLY_BY_BACKUP = {
    "ledger of another store", "key gone", "key emptied", "key shortened", "key replaced",
    "bit in the key", "sidecar gone", "sidecar changed", "sidecar is text", "file of a seal gone",
    "bit in a seal", "bit in sealed figures", "seal gone", "every seal gone",
}  # fmt: skip


def test_there_are_enough_kinds():
    assert len(DAMAGE) >= 37


@pytest.mark.parametrize("name", DAMAGE)
def test_status_names_it_and_a_backup_undoes_it(whole, home, name):
    damage, named = DAMAGE[name]
    damage(home)
    before = sorted(home.rglob("*"))
    found = status_of(home)
    assert named in "\n".join(found.remarks)
    assert sorted(home.rglob("*")) == before, "reading changes nothing"
    restore(home, read_backup(whole.parent / "reserve.zip"), sure=True)
    assert status_of(home).remarks == ()
    assert Store(home).version == Store(whole).version
    Store(home).set("demo", False, "x")


@pytest.mark.parametrize("name", DAMAGE)
def test_it_is_repaired_to_a_state_that_opens(home, name):
    DAMAGE[name][0](home)
    was = {path.read_bytes() for path in home.rglob("*") if path.is_file()}
    found = repair(home, sure=True)
    store = Store(home)
    assert store.damaged == {}
    damaged = status_of(home).damaged
    if name in ONLY_BY_BACKUP:
        assert damaged
    else:
        assert damaged == ()
        store.set("demo", False, "x")
    if not name.startswith(("half-written", "garbage")):  # that is cut off, and a file of its own
        assert not lost_from(was, home), "nothing is deleted"
    assert not name.startswith("last ") or found.costs


def lost_from(was, home):
    """What is nowhere any more; a ledger may have grown, and a head is written anew."""
    kept = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    return [
        content for content in was
        if b'"signed"' not in content and not any(other.startswith(content) for other in kept)
    ]  # fmt: skip


def test_every_flipped_bit_is_found(home):
    chance = random.Random(2026)
    kinds = {
        "ledger": [ledger(home)],
        "head": [home / HEAD],
        "key": [home / KEY],
        "rows": sorted(home.glob("deliveries/*/rows.parquet")),
        "sidecar": sorted(home.glob("deliveries/*/delivery.json")),
        "seal": sorted(home.glob("seals/*/*")),
    }
    found = Counter()
    for run in range(RUNS):
        kind = [*kinds][run % len(kinds)]
        path = chance.choice(kinds[kind])
        good = path.read_bytes()
        place, bit = chance.randrange(len(good)), 1 << chance.randrange(8)
        flip(path, place, bit)
        assert status_of(home).remarks, f"{path}: bit {bit} of byte {place}"
        path.write_bytes(good)
        found[kind] += 1
    assert status_of(home).remarks == ()
    print(f"\n{RUNS} flipped bits, all found:", dict(found))
