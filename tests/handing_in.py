"""A store to which files are handed in as a bureau does."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from data.deliveries.store import Store
from data.gate.claim import Answers
from data.gate.import_result import ImportResult
from data.gate.importing import import_file
from data.source_file import SOURCES, load_sources

# Somebody who says that a list is complete and comes in place of an earlier one.
WHOLE = Answers(
    speaks_for="swv", second="vervangt", missing="niet_te_volgen", at_once="laatste",
    two_rows="laatste", since=date(2010, 8, 1), sure=True,
)  # fmt: skip


def whole(source: str | None = None) -> Answers:
    """The same, of what the source speaks for: the SWV, or its boards."""
    scope = load_sources()[source].delivery.scope if source else "swv"
    return replace(WHOLE, speaks_for="" if scope == "locations" else scope)


def hand_in(
    store: Store,
    path: Path,
    period: str | None = None,
    source: str | None = None,
    answers: Answers | None = None,
    **more: str,
) -> ImportResult:
    """Hand in a file that must be accepted, without a process of its own."""
    said = answers or whole(source)
    result = import_file(
        store, path, source=source, period=period, answers=said, isolated=False, **more
    )
    assert result.accepted, [problem.message for problem in result.problems]
    return result


def hand_in_example(store: Store, source: str, period: str | None = None) -> None:
    """Hand in the example that lies beside the definition of a source."""
    (path,) = (SOURCES / source).glob("example.*")
    hand_in(store, path, period, source)


def single_list(folder: Path) -> Store:
    """A bureau that handed in one list, so that its figures are built at once."""
    store = Store(folder)
    hand_in_example(store, "klachten", "2023-2024-k1")
    return store
