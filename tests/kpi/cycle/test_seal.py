"""Closing and verifying: the same figures anywhere, and every changed byte is found."""

import json
import random
import re
import shutil
from hashlib import sha256

import pytest
from small_quarter import (
    FIRST,
    LATER,
    MAKER,
    NEXT,
    QUARTER,
    READER,
    close_it,
    copy_of,
    deliver,
    make_ready,
    opened,
)

from data.database import Database, literal
from data.deliveries.chain import line_of, next_entry
from data.deliveries.disk import sha256_of
from data.deliveries.head import Head, write_head
from data.deliveries.seals import write_seal
from data.deliveries.status import status_of
from data.deliveries.store import Store, StoreError
from data.kept import FOLDER, keep
from data.progress import heard_by
from kpi.cycle import closing
from kpi.cycle.closing import close
from kpi.cycle.contents import own_hash, to_json
from kpi.cycle.corrections import correct
from kpi.cycle.quarter import state_of
from kpi.cycle.seal import SealDamaged, open_sealed, seal_of
from kpi.cycle.status import document_status
from kpi.cycle.verify import older_seals, verify
from kpi.figure import results
from kpi.figure.figures import KIND
from kpi.figure.naming import UnknownName
from kpi.meaning.load import DEFINITIONS
from kpi.meaning.target import Target, TargetKind
from kpi.opening.opening import forget
from kpi.record.targets import set_target
from kpi.register import Refused

FLIPS = 25


def swv_figure(monitor, period=QUARTER):
    return results.figure(
        monitor, "thuiszitters", monitor.swv.organisation_id, period, "persons", ""
    ).value


def test_a_copy_elsewhere_with_newer_deliveries_and_agreements_gives_the_same_figures(
    closed, tmp_path
):
    copied = copy_of(closed, tmp_path / "elders" / "kopie")
    shutil.rmtree(closed)
    deliver(copied, *LATER)
    monitor = opened(copied)
    kind = TargetKind.AT_MOST
    set_target(
        monitor,
        Target("thuiszitters", "stock", kind, amount=3, valid_from=monitor.periods[NEXT].start_on,
               origin="ALV"),
        MAKER,
    )  # fmt: skip
    found = verify(QUARTER, copied)
    assert found.is_whole, found.problems
    assert found.figures > 20_000
    assert found.remarks == ()
    short = seal_of(Store(copied), QUARTER).short
    for name in (short, "juni 2024", str(copied / "seals" / QUARTER)):
        assert verify(name, copied).is_whole
    assert verify(copied / "seals" / QUARTER, tmp_path).is_whole, "the folder says where it is"


def test_the_seal_states_deliveries_definitions_targets_texts_and_who_read_it(closed):
    stated = seal_of(Store(closed), QUARTER).contents
    assert [item["file_name"] for item in stated["deliveries"]] == [name for name, _ in FIRST]
    text = (DEFINITIONS / "thuiszitters" / "kpi.sql").read_text(encoding="utf-8")
    assert stated["texts"]["definitions/thuiszitters/kpi.sql"]["text"] == text
    assert stated["versions"]["thuiszitters"] >= 1
    assert {target["kpi"] for target in stated["targets"]} >= {"thuiszitters"}
    assert stated["read_by"]["author"] == READER
    assert stated["figures"]["rows"] > 20_000
    assert {"tables/absence_spell.sql", "counting/delivered.sql", "steps/rollup.sql",
            "sources/verzuim/source.toml", "profiles/groningen_stad/profile.toml",
            } <= stated["texts"].keys()  # fmt: skip


def test_figures_follow_from_the_sealed_definitions_also_when_those_of_now_are_others(
    ready, tmp_path
):
    """Closed with definitions that do not count AV; the ones of the program stay."""
    others = copy_of(DEFINITIONS, tmp_path / "definities")
    sql = others / "thuiszitters" / "kpi.sql"
    counted = "where kind in ('av', 'lrv')"
    assert counted in sql.read_text(encoding="utf-8")
    changed = sql.read_text(encoding="utf-8").replace(counted, "where kind in ('xx', 'lrv')")
    sql.write_text(changed, encoding="utf-8")
    other = opened(ready, definitions=others)
    close(other, other.periods[QUARTER], MAKER)
    shutil.rmtree(others)
    assert verify(QUARTER, ready).is_whole
    now = opened(ready)
    then = open_sealed(now, seal_of(now.store, QUARTER))
    assert swv_figure(then) < swv_figure(now)


def test_the_sealed_monitor_shows_what_stood_then(closed):
    before = opened(closed)
    seal = seal_of(before.store, QUARTER)
    stood, version = swv_figure(before), before.version
    last = before.store.deliveries()[-1].delivery_id
    Store(closed).undo(last, MAKER, "proef")
    now = opened(closed)
    assert swv_figure(now) != stood
    then = open_sealed(now, seal)
    assert swv_figure(then) == stood
    assert then.version != version, "its own seal comes after everything in it"
    with pytest.raises(StoreError):
        then.store.record("proef", {}, MAKER)
    for monitor in (now, then):
        assert document_status(monitor, now.periods[QUARTER]) == ("vastgesteld", seal.short)


# Tampering


def flipped(path, chance, size):
    place = chance.randrange(size)
    content = bytearray(path.read_bytes())
    content[place] ^= chance.randrange(1, 256)
    path.write_bytes(content)


def test_every_changed_byte_of_every_sealed_file_is_found(closed):
    chance = random.Random(2026)
    files = [
        *(closed / "seals" / QUARTER).iterdir(),
        *closed.glob("deliveries/*/*"),
        closed / "ledger.jsonl",
    ]
    assert len(files) == 2 + 2 * len(FIRST) + 1
    for path in files:
        good = path.read_bytes()
        for _ in range(FLIPS):
            flipped(path, chance, len(good))
            found = verify(QUARTER, closed)
            assert not found.is_whole, path
            named = " ".join(found.problems)
            assert path.name in named or "logboek" in named, named
            path.write_bytes(good)
    assert verify(QUARTER, closed).is_whole


def test_a_line_end_of_the_ledger_is_a_byte_too(closed):
    """The reader of lines would take a carriage return for one."""
    path = closed / "ledger.jsonl"
    good = path.read_bytes()
    for place in [place for place, byte in enumerate(good[:-1]) if byte == ord("\n")][:-1]:
        path.write_bytes(good[:place] + b"\r" + good[place + 1 :])
        assert not verify(QUARTER, closed).is_whole


@pytest.mark.parametrize(
    "name",
    ["seals/*/seal.json", "seals/*/figures.parquet", "deliveries/*/rows.parquet",
     "deliveries/*/delivery.json"],
)  # fmt: skip
def test_a_file_that_is_gone_is_named(closed, name):
    path = next(closed.glob(name))
    path.unlink()
    found = verify(QUARTER, closed)
    assert path.name in " ".join(found.problems)
    assert "klopt niet" in found.text


@pytest.mark.parametrize("name", ["seal.json", "figures.parquet"])
def test_a_seal_of_before_is_held_against_what_it_states_itself(closed, name):
    """Its line does not tell the hashes of its files."""
    entries = ()
    for line in Store(closed).lines():
        body = {key: value for key, value in line.body.items() if key != "files"}
        entries = (*entries, next_entry(entries, line.at, line.author, line.kind, body))
    (closed / "ledger.jsonl").write_bytes(b"".join(line_of(line) + b"\n" for line in entries))
    secret = (closed / "secret.key").read_bytes()
    write_head(closed / "ledger.head", Head.of(len(entries), entries[-1].hash, secret))
    assert status_of(closed).remarks == ()
    assert list(older_seals(Store(closed))) == []
    path = closed / "seals" / QUARTER / name
    path.write_bytes(path.read_bytes()[:-9] + b"x" * 9)
    assert status_of(closed).damaged == ()
    assert name in next(older_seals(Store(closed)))


def test_a_file_too_many_is_named(closed):
    (closed / "seals" / QUARTER / "notitie.txt").write_text("hallo")
    assert "notitie.txt" in verify(QUARTER, closed).problems[0]


def test_a_changed_text_is_named_also_when_the_seal_was_given_a_new_hash(closed):
    path = closed / "seals" / QUARTER / "seal.json"
    stated = json.loads(path.read_bytes())
    sealed = stated["texts"]["definitions/thuiszitters/kpi.sql"]
    sealed["text"] = sealed["text"].replace("3 months", "2 months")
    path.write_bytes(to_json(stated))
    named = " ".join(verify(QUARTER, closed).problems)
    assert "seal.json is na het vaststellen veranderd" in named
    assert "definitions/thuiszitters/kpi.sql" in named
    with pytest.raises(SealDamaged, match="beschadigd"):
        _ = seal_of(Store(closed), QUARTER).contents


def test_a_seal_is_built_again_and_never_read_from_what_was_kept(closed):
    monitor = again(closed)
    assert monitor.fingerprint

    def wrong(copy):
        """All figures as they are, but one more school everywhere."""
        database = Database(copy)
        for row in monitor.database.rows("select table_name from duckdb_tables()"):
            name = row["table_name"]
            columns = monitor.database.rows(f"describe {name}")
            values = [tuple(found.values()) for found in monitor.database.rows(f"from {name}")]
            types = {column["column_name"]: column["column_type"] for column in columns}
            database.create(name, types, values)
        database.execute("update kpi_place set observed = observed + 1")
        for view in monitor.database.rows("from duckdb_views() where not internal"):
            database.execute(view["sql"])
        return database

    folder = monitor.store.path / FOLDER
    shutil.rmtree(folder)
    keep(folder, KIND, monitor.fingerprint, wrong)
    fooled = again(closed)
    one = "select sum(observed) as observed from kpi_value"
    assert fooled.database.rows(one) != monitor.database.rows(one), "this is what is kept now"
    assert verify(QUARTER, closed).is_whole


def again(folder):
    """Opened as another process would."""
    forget(folder)
    return opened(folder)


def test_a_folder_without_a_line_in_the_ledger_is_no_seal(ready, closed_store):
    shutil.copytree(closed_store / "seals", ready / "seals")
    assert seal_of(Store(ready), QUARTER) is None
    assert "is geen zegel" in verify(QUARTER, ready).problems[0]
    close_it(ready)
    assert verify(QUARTER, ready).is_whole
    assert len(list((ready / "losse-zegels").iterdir())) == 1, "what was there is kept apart"


def edit(path, change):
    """Change one figure in the file of figures."""
    rewrite(
        path,
        f"update f {change} where kpi_id = 'thuiszitters' and measure = 'stock'"
        f" and segment = '' and organisation_id = '90AB00' and period_id = '{QUARTER}'",
    )


def rewrite(path, change):
    """Change the file of figures."""
    database = Database()
    database.execute(f"create table f as select * from read_parquet({literal(str(path))})")
    database.execute(change)
    path.unlink()
    database.execute(f"copy f to {literal(str(path))} (format parquet)")
    database.close()


def forged(ready, closed_store, change):
    """A seal whose hashes are all right, of which the contents were changed before closing."""
    stated = json.loads((closed_store / "seals" / QUARTER / "seal.json").read_bytes())
    del stated["seal"]

    folder = ready.parent / "vervalst"
    folder.mkdir(parents=True)
    shutil.copy(closed_store / "seals" / QUARTER / "figures.parquet", folder)
    change(folder, stated)
    stated["figures"]["sha256"] = sha256_of(folder / "figures.parquet")
    figures = (folder / "figures.parquet").read_bytes()
    files = {"figures.parquet": figures, "seal.json": to_json(stated)}
    made_from = stated["ledger"]["seq"]
    body = {"seal": own_hash(stated), "made_from": made_from}
    write_seal(Store(ready), QUARTER, made_from, files, body, MAKER)
    shutil.rmtree(folder)
    return verify(QUARTER, ready)


def test_figures_that_do_not_follow_from_the_deliveries_are_named(ready, closed_store):
    def one_more(folder, _):
        edit(folder / "figures.parquet", "set value = value + 1, numerator = numerator + 1")

    found = forged(ready, closed_store, one_more)
    assert len(found.problems) == 1
    assert "thuiszitters / stock / 90AB00 / 2023-2024-k4: in het zegel" in found.problems[0]


def test_other_targets_texts_and_deliveries_in_a_seal_are_found(ready, closed_store, tmp_path):
    def change(part):
        def made(_, stated):
            stated[part].pop()

        return made

    for part, word in (("targets", "doelen"), ("deliveries", "leveringen"), ("notes", "teksten")):
        store = copy_of(ready, tmp_path / part)
        found = forged(store, closed_store, change(part))
        assert word in " ".join(found.problems), part


def test_other_software_is_said_and_is_no_error(ready, closed_store):
    found = forged(ready, closed_store, lambda _, stated: stated["software"].update(code="oud"))
    assert found.is_whole
    assert "andere versie" in found.remarks[0]


# Closing


def test_a_closed_quarter_is_not_closed_again(closed):
    monitor = opened(closed)
    with pytest.raises(Refused, match="al vastgesteld"):
        close(monitor, monitor.periods[QUARTER], MAKER)
    with pytest.raises(StoreError, match="al vastgesteld"):
        write_seal(monitor.store, QUARTER, len(monitor.store.lines()), {}, {}, MAKER)
    assert len(monitor.store.entries("zegel")) == 1


def test_what_came_in_meanwhile_stops_the_closing(ready):
    store = Store(ready)
    known = len(store.lines())
    store.record("proef", {}, MAKER)
    with pytest.raises(StoreError, match="Intussen"):
        write_seal(store, QUARTER, known, {}, {}, MAKER)
    assert seal_of(store, QUARTER) is None
    assert not (ready / "seals").exists()


def test_what_comes_in_while_the_quarter_is_looked_at_stops_the_closing(ready, monkeypatch):
    """A delivery that lands after the checks and before the seal was read by nobody."""

    def look_and_deliver(monitor, quarter):
        found = state_of(monitor, quarter)
        deliver(ready, LATER[0])
        return found

    monkeypatch.setattr(closing, "state_of", look_and_deliver)
    with pytest.raises(StoreError, match="Intussen"):
        close_it(ready)
    assert seal_of(Store(ready), QUARTER) is None


def test_what_cannot_be_written_leaves_no_seal_and_closing_works_afterwards(ready):
    store = Store(ready)
    files = {"figures.parquet": b"half", "geen map/seal.json": b""}
    with pytest.raises(OSError):
        write_seal(store, QUARTER, len(store.lines()), files, {}, MAKER)
    assert seal_of(store, QUARTER) is None
    close_it(ready)
    assert verify(QUARTER, ready).is_whole


def test_the_next_quarter_gets_a_seal_of_its_own(closed):
    deliver(closed, *LATER)
    monitor = opened(closed)
    with pytest.raises(Refused):
        close(monitor, monitor.periods[NEXT], MAKER)
    correct(monitor, QUARTER, "De lijst van het nieuwe jaar vult oude perioden aan", MAKER)
    make_ready(closed, NEXT)
    close_it(closed, NEXT)
    assert verify(NEXT, closed).is_whole
    assert verify(QUARTER, closed).is_whole


def test_a_seal_that_does_not_exist_is_refused_with_the_ones_that_do(closed, tmp_path):
    with pytest.raises(UnknownName, match=QUARTER):
        verify("abcdef123456", closed)
    with pytest.raises(UnknownName, match="geen opslag"):
        verify(QUARTER, tmp_path / "leeg")


# Later versions of the monitor


def texts_of(name, change):
    """A seal as an earlier version of the monitor would have made it."""

    def made(_, stated):
        sealed = stated["texts"][name]
        text = change(sealed["text"])
        assert text != sealed["text"]
        stated["texts"][name] = {"sha256": sha256(text.encode()).hexdigest(), "text": text}

    return made


def test_a_seal_of_a_version_that_knew_less_is_whole_and_can_be_read(ready, closed_store):
    """Its roll-up and its file of figures lack a column that pages now read."""

    def older(folder, stated):
        for column in ("other_source", "denominator_more", "group_sizes"):
            line = rf"    (compared|leaning|figure)\.{column},\n"
            texts_of("steps/rollup.sql", lambda sql, line=line: re.sub(line, "", sql))(
                folder, stated
            )
            rewrite(folder / "figures.parquet", f"alter table f drop column {column}")

    assert forged(ready, closed_store, older).is_whole
    now = opened(ready)
    then = open_sealed(now, seal_of(now.store, QUARTER))
    assert swv_figure(then) == swv_figure(now)


def test_no_paper_is_made_of_a_seal_that_this_version_counts_in_another_way(ready, closed_store):
    def other(folder, stated):
        name = "counting/delivered.sql"
        texts_of(name, lambda sql: sql + "\n-- another version")(folder, stated)
        edit(folder / "figures.parquet", "set numerator = 99, value = 99")

    forged(ready, closed_store, other)
    now = opened(ready)
    with pytest.raises(SealDamaged, match="eerdere versie"):
        open_sealed(now, seal_of(now.store, QUARTER))


def test_whoever_closes_hears_every_step_and_how_far_it_is(ready):
    heard = []
    with heard_by(lambda part, text: heard.append((part, text))):
        close_it(ready)
    parts = [part for part, _ in heard]
    assert parts == sorted(parts) and parts[0] == 0 and parts[-1] < 1
    assert [number for number in range(1, 5) if f"Stap {number} van 4. " in str(heard)] == [
        1,
        2,
        3,
        4,
    ]
    assert all(text.startswith("Stap ") for _, text in heard)
    assert len({part for part, text in heard if text.startswith("Stap 2")}) > 10
