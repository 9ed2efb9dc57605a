"""Files that ask too much of an import end in a Dutch sentence, in time, with nothing stored.

KPI_HEAVY=1 takes every family the way a user hands it in, in a process of its own; without it the
light ones are imported here, within the same processor time. `pytest -s` shows what each took.
"""

import json
import os
import time
from pathlib import Path

import pytest
from heavy import FAMILIES, FINE, REFUSED, SLOW
from patterns import at_most

from data.deliveries.store import Store
from data.gate import apart
from data.gate.importing import import_file

ALL = os.environ.get("KPI_HEAVY") == "1"
SECONDS = 20.0  # of the processor, for one file
LARGEST_LINE = 100_000  # bytes of the ledger that one delivery may take
FOREIGN = ("errno", "traceback", "error:", "exception", "memory error", "out of memory", "none")


def handed_in(folder, name, isolated):
    path = folder / name
    path.write_bytes(FAMILIES[name][1]())
    store = Store(folder / "store")
    started = time.process_time(), os.times().children_user
    with at_most(SECONDS):
        result = import_file(store, path, period="2023-2024-k1", isolated=isolated)
    here, children = time.process_time() - started[0], os.times().children_user - started[1]
    print(f"{name}: {result.status}, {here:.1f} s here, {children:.1f} s in the child")
    assert here + children < SECONDS
    return store, result


def sentences(result):
    texts = [problem.message for problem in result.problems]
    texts += [result.question.message] if result.question else []
    return texts + [doubt.text for doubt in result.claim.doubts] if result.claim else texts


@pytest.mark.parametrize("name", [name for name in FAMILIES if ALL or name not in SLOW])
def test_no_file_asks_too_much(tmp_path, name):
    store, result = handed_in(tmp_path, name, isolated=ALL)
    kind = FAMILIES[name][2]
    assert result.accepted or sentences(result), "it says why not"
    assert not [text for text in sentences(result) for word in FOREIGN if word in text.lower()]
    assert all(len(text) < 3_000 for text in (*sentences(result), *result.notes))
    assert len(store.deliveries()) == result.accepted
    assert result.accepted or kind != FINE
    assert not result.accepted or kind != REFUSED
    ledger = store.path / "ledger.jsonl"
    lines = ledger.read_text("utf-8").splitlines() if ledger.exists() else []
    assert all(len(line) < LARGEST_LINE and json.loads(line) for line in lines)


@pytest.mark.skipif(os.name == "nt", reason="Windows kent geen geheugenlimiet per proces")
@pytest.mark.parametrize(
    ("limits", "words"), [({"memory_mb": 90}, "te veel geheugen"), ({"timeout_s": 1}, "langer dan")]
)
def test_a_file_that_does_not_end_in_time_is_stopped_with_nothing_stored(
    tmp_path, monkeypatch, limits, words
):
    monkeypatch.setattr(apart, "LIMITS", apart.ReadLimits(**limits))
    store, result = handed_in(tmp_path, "pupils_twice.csv", isolated=True)
    assert result.status == "geweigerd"
    assert words in result.problems[0].message
    assert store.history() == ()


def test_what_was_stored_before_the_child_ended_is_told(tmp_path, monkeypatch):
    """The answer of the child is lost: the delivery is there all the same."""
    path = tmp_path / "verzuim.csv"
    path.write_bytes(FAMILIES["title.csv"][1]()[900_001:])
    store = Store(tmp_path / "store")

    def lost(*asked):
        real(*asked)
        raise apart.Unreadable("Het lezen duurde te lang.")

    real = apart.run_limited
    monkeypatch.setattr(apart, "run_limited", lost)
    result = import_file(store, path, period="2023-2024-k1")
    assert result.status == "opgeslagen"
    assert result.delivery == store.deliveries()[0]
    assert result.rows_stored == 2
    assert import_file(store, path, period="2023-2024-k1", isolated=False).status == "al aanwezig"


def test_what_is_no_file_is_not_opened(tmp_path):
    store = Store(tmp_path / "store")
    pipe = tmp_path / "pijp.csv"
    strange = [tmp_path, tmp_path / "weg.csv", Path("/dev/zero"), Path("/proc/self/mem")]
    if os.name != "nt":
        os.mkfifo(pipe)
        strange.append(pipe)
    for path in strange:
        result = import_file(store, path)
        assert result.status == "geweigerd"
        assert path.name in result.problems[0].advice
    assert store.history() == ()
