"""An import in a process of its own: the order goes there, a bounded answer comes back."""

from dataclasses import replace

import orjson

from data.deliveries.delivery import Delivery
from data.deliveries.disk import sha256_of
from data.deliveries.ledger import StoreKind
from data.deliveries.line import body_of, from_body
from data.deliveries.store import Store
from data.gate.import_result import REFUSED, STORED, ImportOrder, ImportResult
from data.gate.problem import ERROR, Problem
from data.gate.read import ReadLimits, Unreadable, check_file, run_limited

TASK = "data.gate.importing:import_packed"
LIMITS = ReadLimits()
READABLE = "een Excel-, ODS- of csv-bestand dat te lezen is"
MOST_NOTES, LONGEST_NOTE = 100, 1_000  # as many as anybody reads


def imported_apart(order: ImportOrder, store: Store) -> ImportResult:
    """What the child says of this file; when it did not survive it, that."""
    before = len(store.lines())
    try:
        return from_body(ImportResult, orjson.loads(run_limited(TASK, order, LIMITS)))
    except Unreadable as unreadable:
        return _stored_after_all(order, store, before) or not_imported(order, str(unreadable))


def packed_result(result: ImportResult) -> bytes:
    """The answer of the child."""
    notes = tuple(note[:LONGEST_NOTE] for note in result.notes[:MOST_NOTES])
    return orjson.dumps(body_of(replace(result, notes=notes)))


def not_imported(order: ImportOrder, advice: str) -> ImportResult:
    """The file gave nothing at all, with the sentence that says why."""
    problem = Problem(order.file_name, "", None, "", order.file_name, READABLE, advice, ERROR)
    return ImportResult(REFUSED, order.file_name, problems=(problem,), problem_count=1)


def _stored_after_all(order: ImportOrder, store: Store, before: int) -> ImportResult | None:
    """The child may end after its delivery was stored and before it could say so."""
    try:
        check_file(order.path, LIMITS)
        sha256 = sha256_of(order.path)
    except (Unreadable, OSError):
        return None
    for line in store.lines()[before:]:
        if line.kind == StoreKind.DELIVERY and line.body["sha256"] == sha256:
            found = Delivery.of(line)
            return ImportResult(
                STORED, order.file_name, found, found.source, found.period,
                rows_read=found.rows_read, rows_good=found.rows, ignored=found.ignored,
                rows_quarantined=found.quarantined, rows_ignored=sum(found.ignored.values()),
            )  # fmt: skip
    return None
