"""Reading a file: the checks that need no parsing, then the parsing, in a child or here."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.gate.read.cells import ReadFile, ReadLimits, Unreadable, short_name
from data.gate.read.csv_text import read_csv
from data.gate.read.kind import container_of
from data.gate.read.limited import run_limited
from data.gate.read.refusal import damaged, too_heavy
from data.gate.read.wire import packed, unpacked
from data.gate.read.word import read_word
from data.gate.read.workbook import read_ole, read_zip

_READERS = {"zip": read_zip, "ole": read_ole, "text": read_csv}
USUAL = ReadLimits()
_LARGEST_FILE = 100_000_000  # bytes, when all its cells come back from the child
_log = logging.getLogger(__name__)


def read_file(
    path: Path, *, isolated: bool = True, limits: ReadLimits = USUAL, word: bool = False
) -> ReadFile:
    """The sheets of an xlsx, xlsm, xls, ods or csv file, whatever its name says.

    Raises Unreadable, with a Dutch sentence for the user, for everything that gives no cells:
    encrypted, damaged, hostile, too big, too slow, not a table. Nothing else is raised for
    the content of a file. `isolated=False` reads in this process, without the limits on time
    and memory: for files made by ourselves, and for a child that has these limits already.
    `word=True` takes the tables of a Word file as well, which a delivery of figures never is.
    """
    path = Path(path).absolute()
    check_file(path, limits)
    with _without_garbage_collection():
        if not isolated:
            return _read_here(path, limits, word)
        request = (path, limits, word)
        return unpacked(run_limited(f"{__name__}:read_packed", request, limits, _LARGEST_FILE))


def read_packed(request: tuple[Path, ReadLimits, bool]) -> bytes:
    """What the child runs."""
    return packed(_read_here(*request))


def _read_here(path: Path, limits: ReadLimits, word: bool) -> ReadFile:
    try:
        container = container_of(path)
        found = read_word(path, limits) if word and container == "zip" else None
        return found or _READERS[container](path, limits)
    except Unreadable:
        raise
    except MemoryError as error:
        raise too_heavy() from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in calamine is not an Exception
        _log.exception("reading failed in an unforeseen way")
        raise damaged() from error


def check_file(path: Path, limits: ReadLimits = USUAL) -> None:
    """Raises Unreadable for what is no file of a size that can be read; opens nothing else."""
    if not path.exists():
        raise Unreadable(
            f"Het bestand ‘{short_name(path.name)}’ is er niet (meer): kies het opnieuw."
        )
    if not path.is_file():  # opening a pipe or a device may never end
        kind = "een map" if path.is_dir() else "geen gewoon bestand"
        raise Unreadable(
            f"‘{short_name(path.name)}’ is {kind}: kies een Excel-, ODS- of csv-bestand."
        )
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
    except OSError as error:
        raise Unreadable(
            f"Het bestand ‘{short_name(path.name)}’ kan niet worden geopend: "
            "sluit het in andere programma's en probeer het opnieuw."
        ) from error
    if not size:
        raise Unreadable("Dit bestand is leeg: maak de export opnieuw.")
    if size > limits.file_mb * 1_000_000:
        raise Unreadable(
            f"Dit bestand is {size // 1_000_000} MB en mag hoogstens {limits.file_mb} MB zijn: "
            "splits het, of laat afbeeldingen en overbodige bladen weg."
        )


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    # A million new cells trigger the collector time and again, for nothing: 4 times slower.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
