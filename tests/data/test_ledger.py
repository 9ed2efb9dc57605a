"""The ledger: only ever added to, and every later change is noticed."""

import json

import pytest

from data.deliveries.ledger import Ledger, LedgerDamaged


@pytest.fixture
def ledger(tmp_path):
    ledger = Ledger(tmp_path / "ledger.jsonl")
    for number in range(3):
        ledger.append("setting", {"name": "naam é “”\n", "value": number}, "bureau")
    return ledger


def lines(ledger):
    return ledger.path.read_bytes().splitlines(keepends=True)


def test_lines_come_back_in_order_and_chained(ledger):
    entries = Ledger(ledger.path).entries()
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [entry.body["value"] for entry in entries] == [0, 1, 2]
    assert entries[1].prev == entries[0].hash
    assert entries[0].body["name"] == "naam é “”\n"


def test_an_empty_folder_has_an_empty_ledger(tmp_path):
    ledger = Ledger(tmp_path / "ledger.jsonl")
    assert ledger.entries() == ()
    assert ledger.repair() is None
    assert not ledger.is_torn()


@pytest.mark.parametrize("number", range(3))
def test_a_changed_line_is_noticed(ledger, number):
    changed = lines(ledger)
    changed[number] = changed[number].replace(b'"value":', b'"value":1')
    ledger.path.write_bytes(b"".join(changed))
    with pytest.raises(LedgerDamaged, match=f"regel {number + 1} is achteraf veranderd"):
        Ledger(ledger.path).entries()


def test_a_changed_line_with_a_new_hash_is_noticed_by_the_next_one(ledger, tmp_path):
    other = Ledger(tmp_path / "other.jsonl")
    other.append("setting", {"name": "naam", "value": 9}, "iemand")
    changed = lines(ledger)
    changed[0] = lines(other)[0]
    ledger.path.write_bytes(b"".join(changed))
    with pytest.raises(LedgerDamaged, match="regel 2 sluit niet aan"):
        Ledger(ledger.path).entries()


@pytest.mark.parametrize("removed", [0, 1])
def test_a_removed_line_is_noticed(ledger, removed):
    left = lines(ledger)
    del left[removed]
    ledger.path.write_bytes(b"".join(left))
    with pytest.raises(LedgerDamaged, match="sluit niet aan"):
        Ledger(ledger.path).entries()


@pytest.mark.parametrize("garbage", [b"\x00" * 50 + b"\n", b'{"seq": 2}\n', b"niets\n"])
def test_garbage_in_the_middle_is_noticed(ledger, garbage):
    damaged = lines(ledger)
    damaged[1] = garbage
    ledger.path.write_bytes(b"".join(damaged))
    with pytest.raises(LedgerDamaged, match="regel 2 is niet te lezen"):
        Ledger(ledger.path).entries()


def test_every_cut_of_the_last_line_is_set_aside(ledger):
    whole = ledger.path.read_bytes()
    start = len(b"".join(lines(ledger)[:2]))
    for cut in range(start + 1, len(whole)):
        ledger.path.write_bytes(whole[:cut])
        cut_off = Ledger(ledger.path)
        assert len(cut_off.entries()) == 2
        assert cut_off.is_torn()
        assert cut_off.repair().read_bytes() == whole[start:cut]
        assert ledger.path.read_bytes() == whole[:start]
        assert not cut_off.is_torn()


def test_zeros_that_a_power_cut_leaves_are_set_aside(ledger):
    ledger.path.write_bytes(ledger.path.read_bytes() + b"\x00" * 300 + b"\n")
    again = Ledger(ledger.path)
    assert len(again.entries()) == 3
    assert again.repair() is not None
    assert len(Ledger(ledger.path).entries()) == 3


def test_appending_after_a_cut_line_does_not_glue_them_together(ledger):
    with ledger.path.open("ab") as file:
        file.write(b'{"seq": 4, "at"')
    ledger.append("setting", {"name": "naam", "value": 4}, "bureau")
    assert [entry.body["value"] for entry in Ledger(ledger.path).entries()] == [0, 1, 2, 4]


def test_lines_of_another_process_are_seen(ledger):
    other = Ledger(ledger.path)
    assert len(other.entries()) == 3
    ledger.append("setting", {"name": "naam", "value": 3}, "bureau")
    assert len(other.entries()) == 4


def test_a_line_that_does_not_follow_on_what_was_read_is_noticed(ledger):
    ledger.entries()
    line = ledger.path.read_bytes().splitlines(keepends=True)[-1]
    with ledger.path.open("ab") as file:
        file.write(line)
    with pytest.raises(LedgerDamaged, match="regel 4 sluit niet aan"):
        ledger.entries()


def test_after_lines_are_taken_away_all_is_read_again(ledger):
    assert len(ledger.entries()) == 3
    lines = ledger.path.read_bytes().splitlines(keepends=True)
    ledger.path.write_bytes(b"".join(lines[:2]))
    assert [entry.seq for entry in ledger.entries()] == [1, 2]


def test_a_value_json_cannot_hold_is_refused_and_nothing_is_written(ledger):
    before = ledger.path.read_bytes()
    with pytest.raises(ValueError, match="JSON"):
        ledger.append("setting", {"value": float("nan")}, "bureau")
    assert ledger.path.read_bytes() == before
    assert json.loads(lines(ledger)[-1])["seq"] == 3
