"""The ledger: only ever added to, and every later change is noticed."""

import json

import pytest

from data.deliveries.key import Key
from data.deliveries.ledger import Ledger, LedgerDamaged, StoreKind


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
    assert ledger.heal() is None
    assert not ledger.torn()


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


@pytest.fixture
def stopped(tmp_path):
    """A ledger of three lines whose writer was stopped before it acknowledged the last."""
    (tmp_path / "stopped").mkdir()
    ledger = Ledger(tmp_path / "stopped" / "ledger.jsonl")
    for number in range(3):
        heads = ledger.head_path.read_bytes() if number else b""
        ledger.append("setting", {"name": "naam é “”\n", "value": number}, "bureau")
    ledger.head_path.write_bytes(heads)
    return ledger


def test_every_cut_of_a_last_line_that_was_not_acknowledged_is_set_aside(stopped):
    whole, head = stopped.path.read_bytes(), stopped.head_path.read_bytes()
    start = len(b"".join(lines(stopped)[:2]))
    for cut in range(start + 1, len(whole) - 1):
        stopped.path.write_bytes(whole[:cut])
        stopped.head_path.write_bytes(head)
        cut_off = Ledger(stopped.path)
        assert len(cut_off.entries()) == 2
        assert cut_off.torn() == whole[start:cut]
        assert cut_off.heal().read_bytes() == whole[start:cut]
        assert stopped.path.read_bytes() == whole[:start]
        assert not cut_off.torn()


def test_every_cut_of_a_last_line_that_was_acknowledged_is_damage(ledger):
    whole = ledger.path.read_bytes()
    start = len(b"".join(lines(ledger)[:2]))
    for cut in range(start, len(whole) - 1):
        ledger.path.write_bytes(whole[:cut])
        with pytest.raises(LedgerDamaged, match="regel 3 is niet te lezen|de laatste regel ontb"):
            Ledger(ledger.path).entries()
        assert ledger.path.read_bytes() == whole[:cut]


def test_a_whole_last_line_counts_also_without_its_line_end(ledger, stopped):
    for one in (ledger, stopped):
        one.path.write_bytes(one.path.read_bytes()[:-1])
        again = Ledger(one.path)
        assert [entry.seq for entry in again.entries()] == [1, 2, 3]
        assert again.torn() == again.head_problem().encode() == b""
    ledger.append("setting", {"value": 3}, "bureau")
    assert len(lines(ledger)) == 4 == len(Ledger(ledger.path).entries())


def test_a_head_that_is_one_behind_is_renewed_by_the_next_who_writes(stopped):
    head = stopped.head_path.read_bytes()
    again = Ledger(stopped.path)
    assert len(again.entries()) == 3
    assert again.head_problem() == ""
    again.append("setting", {"value": 3}, "bureau")
    stopped.head_path.write_bytes(head)
    assert "van een eerder moment: bij regel 2" in Ledger(stopped.path).head_problem()


def test_a_flipped_bit_in_the_last_line_is_damage_when_it_was_acknowledged(ledger, stopped):
    for one, damaged in ((ledger, True), (stopped, False)):
        content = bytearray(one.path.read_bytes())
        content[-20] ^= 1
        one.path.write_bytes(content)
        if damaged:
            with pytest.raises(LedgerDamaged, match="regel 3"):
                Ledger(one.path).entries()
        else:
            assert len(Ledger(one.path).entries()) == 2


def test_lines_that_are_gone_are_noticed(ledger):
    ledger.path.write_bytes(b"".join(lines(ledger)[:1]))
    with pytest.raises(LedgerDamaged, match="de laatste 2 regels ontbreken"):
        Ledger(ledger.path).entries()
    ledger.path.unlink()
    with pytest.raises(LedgerDamaged, match="leeg of ontbreekt"):
        ledger.entries()


def test_a_chain_that_was_made_again_is_noticed_by_its_signature(ledger, tmp_path):
    Key(ledger.key.path).make()
    ledger.append("setting", {"name": "naam", "value": 9}, "bureau")
    (tmp_path / "other").mkdir()
    other = Ledger(tmp_path / "other" / "ledger.jsonl")
    for number in range(4):
        other.append("setting", {"name": "naam", "value": number * 10}, "bureau")
    ledger.path.write_bytes(other.path.read_bytes())
    with pytest.raises(LedgerDamaged, match="regel 4 is een andere"):
        Ledger(ledger.path).entries()
    ledger.head_path.write_bytes(other.head_path.read_bytes())
    assert "het hele logboek is vervangen" in Ledger(ledger.path).head_problem()


def test_a_ledger_of_before_has_no_head_and_gets_one(ledger):
    ledger.head_path.unlink()
    before = Ledger(ledger.path)
    assert before.head_problem() == ""
    before.append(StoreKind.KEY, {"fingerprint": "x"}, "")
    before.head_path.unlink()  # stopped between its first line and the head
    assert Ledger(ledger.path).head_problem() == ""
    before.append("setting", {"value": 3}, "bureau")
    before.head_path.unlink()
    assert "ontbreekt" in Ledger(ledger.path).head_problem()


def test_zeros_that_a_power_cut_leaves_are_set_aside(ledger):
    ledger.path.write_bytes(ledger.path.read_bytes() + b"\x00" * 300 + b"\n")
    again = Ledger(ledger.path)
    assert len(again.entries()) == 3
    assert again.heal() is not None
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


def test_a_value_json_cannot_hold_is_refused_and_nothing_is_written(ledger):
    before = ledger.path.read_bytes()
    with pytest.raises(ValueError, match="JSON"):
        ledger.append("setting", {"value": float("nan")}, "bureau")
    assert ledger.path.read_bytes() == before
    assert json.loads(lines(ledger)[-1])["seq"] == 3
