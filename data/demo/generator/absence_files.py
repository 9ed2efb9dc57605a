"""The lists of absence as handed in: per school year, and this quarter by each board itself.

A list holds everything that ran from 1 July to 30 June, as it was known on the last day. One board
had no list of pupils in 2020-2021, one did not hand in the last quarter, one had to correct a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from data.demo.generator import layout
from data.demo.generator.absence import Spell
from data.demo.generator.file import WHOLE_BOARD, DemoFile, Window, quarters, windows
from data.demo.generator.layout import table
from data.demo.generator.world import BOARDS, BY_CODE, LAST_YEAR, label

BOARD_BY_COUNTS, BOARD_TOO_LATE = "90005", "90006"
YEAR_BY_COUNTS = 2020
CORRECTED = "90003"  # this board handed in the last year again, with an end it had forgotten


def absence_files(everything: list[Spell]) -> Iterator[DemoFile]:
    """Every list of absence. ValueError when a board would be left without a row in a year."""
    for window in windows():
        seen = [one.as_known_on(window.last) for one in everything
                if one.seen_between(window.first, window.last)]  # fmt: skip
        by_board: dict[str, list[Spell]] = {board: [] for board in BOARDS}
        for one in seen:
            by_board[BY_CODE[one.school].board_on(window.last)].append(one)
        silent = [board for board, own in by_board.items() if not own]
        if silent:  # a file speaks for the boards that occur in it
            raise ValueError(f"geen verzuim voor bestuur {silent} in {window.period}")
        if window.year == YEAR_BY_COUNTS:
            yield _counts(by_board.pop(BOARD_BY_COUNTS), window)
        if window.year <= LAST_YEAR:
            corrected = by_board[CORRECTED]
            if window.year == LAST_YEAR:
                by_board[CORRECTED] = _one_end_forgotten(corrected)
            yield _module([one for own in by_board.values() for one in own], window)
        else:
            del by_board[BOARD_TOO_LATE]
            yield from (_of_board(board, own, window) for board, own in by_board.items())
        if window.year == LAST_YEAR:
            yield _of_board(CORRECTED, corrected, window, "-hersteld")


def _counts(own: list[Spell], window: Window) -> DemoFile:
    inside = [one for one in quarters() if window.first <= one[1] <= window.last]
    rows = layout.absence_counts(own, inside)
    name = f"thuiszitters-aantallen-{label(window.year)}-bestuur-{BOARD_BY_COUNTS}.xlsx"
    return DemoFile(name, "verzuim_aantallen", "", rows, BOARDS[BOARD_BY_COUNTS], "Aantallen")


def _module(seen: list[Spell], window: Window) -> DemoFile:
    """The export of the verzuimmodule; one year as csv, one as ods, one with too much in it."""
    seen = sorted(seen, key=lambda one: (one.school, one.start, one.pupil))
    kind = {2020: "csv", 2022: "ods"}.get(window.year, "xlsx")
    columns = layout.ABSENCE_TOO_MUCH if window.year == 2021 else layout.ABSENCE_MODULE
    titles = ("Verzuimmodule: verzuim per leerling",
              f"Schooljaar {label(window.year)}, stand {window.last:%d-%m-%Y}")  # fmt: skip
    name = f"verzuim-{label(window.year)}.{kind}"
    rows = table(columns, seen, titles)
    return DemoFile(name, "verzuim", window.period, rows, sheet="Verzuim", says=WHOLE_BOARD)


def _of_board(board: str, own: list[Spell], window: Window, remark: str = "") -> DemoFile:
    name = f"verzuim-{window.period}-bestuur-{board}{remark}.xlsx"
    rows = table(layout.ABSENCE_TEMPLATE, own)
    return DemoFile(
        name, "verzuim", window.period, rows, BOARDS[board], "Verzuim", says=WHOLE_BOARD
    )


def _one_end_forgotten(own: list[Spell]) -> list[Spell]:
    """The same spells, but the last one that ended seems to go on."""
    last = max((one for one in own if one.end), key=lambda one: (one.end, one.pupil))
    going_on = replace(last, end=None, end_reason=None)
    return [going_on if one is last else one for one in own]
