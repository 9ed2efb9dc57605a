"""The lists of absence as handed in: per school year, and this quarter by each board itself.

A list holds everything that ran from 1 July to 30 June, as it was known on the last day. One board
had no list of pupils in 2020-2021, one did not hand in the last quarter, one had to correct a list.
In 2020-2021 some boards handed in lists of their own, see histories.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from data.demo.generator import histories, layout
from data.demo.generator.absence import Spell
from data.demo.generator.file import (
    LATEST_KIND,
    LATEST_ROW,
    MORE,
    SURE,
    THESE_SCHOOLS,
    WHOLE_BOARD,
    DemoFile,
    Said,
    Window,
    gone,
    quarters,
    window_to,
    windows,
)
from data.demo.generator.histories import DECEMBER, LATER_PART, MARCH
from data.demo.generator.layout import table
from data.demo.generator.world import BOARDS, BY_CODE, LAST_YEAR, label

BOARD_BY_COUNTS, BOARD_TOO_LATE = "90005", "90006"
YEAR_BY_COUNTS = 2020
CORRECTED = "90003"  # this board handed in the last year again, with an end it had forgotten
NO_SCHOOL = ""
ByBoard = dict[str, list[Spell]]


def absence_files(everything: list[Spell]) -> Iterator[DemoFile]:
    """Every list of absence. ValueError when a board would be left without a row in a year."""
    for window in windows():
        by_board = _by_board(everything, window)
        silent = [board for board in BOARDS if not by_board[board]]
        if silent:  # a file speaks for the boards that occur in it
            raise ValueError(f"geen verzuim voor bestuur {silent} in {window.period}")
        if window.year == YEAR_BY_COUNTS:
            yield _counts(by_board.pop(BOARD_BY_COUNTS), window)
        if window.year == histories.YEAR:
            yield from _in_between(everything)
            yield from _at_the_end({board: by_board.pop(board) for board in histories.OWN_LISTS},
                                   everything, window)  # fmt: skip
        if window.year <= LAST_YEAR:
            corrected = by_board[CORRECTED] if window.year == LAST_YEAR else []
            if corrected:
                by_board[CORRECTED] = _one_end_forgotten(corrected)
            yield _module([one for own in by_board.values() for one in own], window)
        else:
            del by_board[BOARD_TOO_LATE]
            yield from (_of_board(board, own, window) for board, own in by_board.items() if own)
        if window.year == LAST_YEAR:
            yield _of_board(CORRECTED, corrected, window, "-hersteld")


def _by_board(everything: list[Spell], window: Window, moment: date | str = "") -> ByBoard:
    """What the list up to the end of the window holds, or the part of it handed in later."""
    stand = [] if moment else [*everything]
    stand += [one.spell for one in histories.TOLD if one.stands_on(moment or window.last)]
    found: ByBoard = {board: [] for board in (*BOARDS, NO_SCHOOL)}
    for one in stand:
        if one.seen_between(window.first, window.last):
            board = BY_CODE[one.school].board_on(window.last) if one.school else NO_SCHOOL
            found[board].append(one.as_known_on(window.last))
    return found


def _in_between(everything: list[Spell]) -> Iterator[DemoFile]:
    """Lists of single boards, and of one school, in the course of the year."""
    for moment in (DECEMBER, MARCH):
        window = window_to(moment)
        by_board = _by_board(everything, window)
        for board, moments in histories.OWN_LISTS.items():
            if moment in moments:
                lost = gone("niet_te_volgen") if moment > moments[0] else ()
                yield _of_board(board, by_board[board], window, says=lost)
        if moment == DECEMBER:
            code = histories.OWN_SCHOOL
            own = [one for one in by_board[BY_CODE[code].board] if one.school == code]
            yield DemoFile(
                f"verzuim-{window.period}-vestiging-{code}.xlsx", "verzuim", window.period,
                table(layout.ABSENCE_TEMPLATE, own), BOARDS[BY_CODE[code].board], "Verzuim",
                says=THESE_SCHOOLS,
            )  # fmt: skip


def _at_the_end(by_board: ByBoard, everything: list[Spell], window: Window) -> Iterator[DemoFile]:
    """The last list of each of these boards: what it says of who is gone, and a second part."""
    said = {
        histories.STOPPED_AT: gone("gestopt"),
        # who moved is still on the list of his old school
        histories.FORGOTTEN_AT: gone("vergeten") + LATEST_ROW,
        histories.LOST_AT: SURE,  # somebody is back
    }
    for board, own in by_board.items():
        yield _of_board(board, own, window, says=said[board])
    later = _by_board(everything, window, LATER_PART)
    for board, own in later.items():
        if own:
            yield _of_board(board, own, window, "-deel-2", says=MORE + SURE)


def _counts(own: list[Spell], window: Window) -> DemoFile:
    inside = [one for one in quarters() if window.first <= one[1] <= window.last]
    rows = layout.absence_counts(own, inside)
    name = f"thuiszitters-aantallen-{label(window.year)}-bestuur-{BOARD_BY_COUNTS}.xlsx"
    return DemoFile(name, "verzuim_aantallen", "", rows, BOARDS[BOARD_BY_COUNTS], "Aantallen")


def _module(seen: list[Spell], window: Window) -> DemoFile:
    """The export of the verzuimmodule; one year as csv, one as ods, one with too much in it."""
    seen = sorted(seen, key=lambda one: (one.school, one.start, one.pupil))
    kind = {2020: "csv", 2022: "ods"}.get(window.year, "xlsx")
    columns = {2020: layout.ABSENCE_MUNICIPALITY, 2021: layout.ABSENCE_TOO_MUCH}.get(
        window.year, layout.ABSENCE_MODULE
    )
    titles = ("Verzuimmodule: verzuim per leerling",
              f"Schooljaar {label(window.year)}, stand {window.last:%d-%m-%Y}")  # fmt: skip
    name = f"verzuim-{label(window.year)}.{kind}"
    rows = table(columns, seen, titles)
    # the year after still names who was at home when his school closed
    more = {histories.YEAR: LATEST_KIND, histories.YEAR + 1: SURE}.get(window.year, ())
    return DemoFile(name, "verzuim", window.period, rows, sheet="Verzuim", says=WHOLE_BOARD + more)


def _of_board(
    board: str, own: list[Spell], window: Window, remark: str = "", says: Said = ()
) -> DemoFile:
    name = f"verzuim-{window.period}-bestuur-{board}{remark}.xlsx"
    rows = table(layout.ABSENCE_TEMPLATE, own)
    return DemoFile(
        name, "verzuim", window.period, rows, BOARDS[board], "Verzuim", says=WHOLE_BOARD + says
    )


def _one_end_forgotten(own: list[Spell]) -> list[Spell]:
    """The same spells, but the last one that ended seems to go on."""
    last = max((one for one in own if one.end), key=lambda one: (one.end, one.pupil))
    going_on = replace(last, end=None, end_reason=None)
    return [going_on if one is last else one for one in own]
