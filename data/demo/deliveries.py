"""Which files the bureau and the boards of the made-up SWV handed in, when, and by whom.

Absence is handed in per school year with everything that ran in it, from 1 July to 30 June, as it
was known on the last day; of 2026-2027 only the first quarter, by each board itself. One board
(BOARD_BY_COUNTS) had no list of pupils in 2020-2021, one (BOARD_TOO_LATE) did not hand in the last
quarter. The registers of the bureau are handed in whole, up to 30 September 2026.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from data.demo import layout, quality, support, vso
from data.demo.absence import Spell, spells
from data.demo.layout import table
from data.demo.world import (
    BOARDS,
    BY_CODE,
    FIRST_YEAR,
    KNOWN_UNTIL,
    LAST_YEAR,
    MUNICIPALITIES,
    SCHOOLS,
    SWV_NAME,
    label,
    open_schools,
    pupils,
    quarter_ends,
    quarter_start,
)
from data.demo.write import Row

BUREAU = "Bureau SWV (demo)"
BOARD_BY_COUNTS, BOARD_TOO_LATE = "90005", "90006"
YEAR_BY_COUNTS = 2020
DUO_YEARS = (2021, 2024)  # the years for which the numbers of pupils come from DUO
CORRECTED = "90003"  # this board handed in the last year again, with an end it had forgotten
FIRST_PLACES = date(2022, 9, 30)


@dataclass(frozen=True)
class File:
    """One file as handed in: what it is, for which period ("" = none) and by whom."""

    name: str
    source: str
    period: str
    rows: list[Row]
    author: str = BUREAU
    sheet: str = "Export"
    encoding: str = "cp1252"


@dataclass(frozen=True)
class Window:
    """What one delivery of a register holds: from 1 July to the last known day."""

    year: int
    first: date
    last: date
    period: str


def windows() -> list[Window]:
    """A window per school year; of the running year only the first quarter."""
    found = [
        Window(year, date(year, 7, 1), date(year + 1, 6, 30), f"{label(year)}-k4")
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
    ]
    last = LAST_YEAR + 1
    return [*found, Window(last, date(last, 7, 1), KNOWN_UNTIL, f"{label(last)}-k1")]


def quarters() -> list[tuple[str, date, date]]:
    """(period id, first day, last day) of every quarter."""
    return [
        (_quarter_id(end), quarter_start(end), end) for end in quarter_ends()
    ]  # fmt: skip


def _quarter_id(end: date) -> str:
    """30 September closes k1 of the school year that has just begun."""
    number = {9: 1, 12: 2, 3: 3, 6: 4}[end.month]
    return f"{label(end.year if end.month >= 9 else end.year - 1)}-k{number}"


def all_files() -> list[File]:
    """Every file, in the order in which it was handed in."""
    enrolled = vso.enrolments()
    cases = support.cases()
    return [
        _locations(),
        *_pupils(),
        *_absence(spells()),
        *_registers(enrolled, cases),
        *_early_leavers(),
        *_basic_support(),
        *_finance(),
        *_places(enrolled),
    ]


def _locations() -> File:
    header: Row = ["Vestiging", "Naam vestiging", "Soort onderwijs", "Bestuursnummer",
                   "Naam bestuur", "Gemeentenummer", "Gemeente", "RMC-regio", "Vanaf",
                   "Tot en met", "Opgegaan in"]  # fmt: skip
    rows = [header]
    for school in SCHOOLS:
        changes = sorted(day for day in (school.moved_on, school.renamed_on) if day)
        starts = [school.from_on, *changes]
        ends = [*(day - timedelta(days=1) for day in changes), school.to_on]
        for start, end in zip(starts, ends, strict=True):
            day = start or date(FIRST_YEAR, 8, 1)
            board = school.board_on(day)
            rows.append([school.code, school.name_on(day), school.kind, board, BOARDS[board],
                         MUNICIPALITIES[school.place], school.place, "99", start, end,
                         school.merged_into])  # fmt: skip
    return File("00-vestigingen.xlsx", "locaties", "", rows, sheet="Vestigingen")


def _pupils() -> Iterator[File]:
    for year in range(FIRST_YEAR, LAST_YEAR + 2):
        running = year > LAST_YEAR
        day = KNOWN_UNTIL if running else date(year, 10, 1)
        kinds = ("vso",) if year in DUO_YEARS else ("vo", "pro", "vso")
        schools = open_schools(day, kinds)
        header: Row = ["Vestiging", "Peildatum", "Soort onderwijs", "Aantal leerlingen",
                       "Voorlopig"]  # fmt: skip
        counts: list[Row] = [
            [one.code, day, one.kind, pupils(one.code, year), "ja" if running else None]
            for one in schools
        ]
        total: Row = ["Totaal", None, None, sum(pupils(one.code, year) for one in schools)]
        name = f"leerlingen-{label(year)}.xlsx"
        rows = [[f"Leerlingen per vestiging {label(year)}"], [], header, *counts, total]
        yield File(name, "leerlingen", label(year), rows, sheet="Leerlingen")
        if year in DUO_YEARS:
            yield _duo(year)


def _duo(year: int) -> File:
    """The open file of DUO: schools of the whole country, so also of other regions."""
    header: Row = ["BEVOEGD GEZAG NUMMER", "INSTELLINGSCODE", "VESTIGINGSCODE",
                   "INSTELLINGSNAAM VESTIGING", "PLAATSNAAM", "GEMEENTENUMMER", "GEMEENTENAAM",
                   "PROVINCIE", "AANTAL LEERLINGEN",
                   "AANTAL VO LEERLINGEN UITBESTEED AAN VAVO"]  # fmt: skip
    day = date(year, 10, 1)
    rows = [header]
    for school in open_schools(day):
        number = pupils(school.code, year)
        rows.append([school.board_on(day), school.code[:4], school.code, school.name_on(day),
                     school.place.upper(), MUNICIPALITIES[school.place], school.place, "Verzonnen",
                     number, "<5" if number < 800 else 5 + number % 7])  # fmt: skip
    for place in range(1, 7):  # fictional schools far away
        code = f"99{chr(64 + place)}Z00"
        rows.append([f"9900{place}", code[:4], code, f"Verweg College {place}", "VERWEG", "9950",
                     "Verweg", "Verzonnen", 300 + 71 * place, "<5"])  # fmt: skip
    return File(f"duo-leerlingen-vo-per-vestiging-{label(year)}.csv", "duo_leerlingen",
                label(year), rows, encoding="utf-8")  # fmt: skip


def _absence(everything: list[Spell]) -> Iterator[File]:
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


def _counts(own: list[Spell], window: Window) -> File:
    inside = [one for one in quarters() if window.first <= one[1] <= window.last]
    rows = layout.absence_counts(own, inside)
    name = f"thuiszitters-aantallen-{label(window.year)}-bestuur-{BOARD_BY_COUNTS}.xlsx"
    return File(name, "verzuim_aantallen", "", rows, BOARDS[BOARD_BY_COUNTS], "Aantallen")


def _module(seen: list[Spell], window: Window) -> File:
    """The export of the verzuimmodule; one year as csv, one as ods, one with too much in it."""
    seen = sorted(seen, key=lambda one: (one.school, one.start, one.pupil))
    kind = {2020: "csv", 2022: "ods"}.get(window.year, "xlsx")
    columns = layout.ABSENCE_TOO_MUCH if window.year == 2021 else layout.ABSENCE_MODULE
    titles = ("Verzuimmodule: verzuim per leerling",
              f"Schooljaar {label(window.year)}, stand {window.last:%d-%m-%Y}")  # fmt: skip
    name = f"verzuim-{label(window.year)}.{kind}"
    return File(name, "verzuim", window.period, table(columns, seen, titles), sheet="Verzuim")


def _of_board(board: str, own: list[Spell], window: Window, remark: str = "") -> File:
    name = f"verzuim-{window.period}-bestuur-{board}{remark}.xlsx"
    rows = table(layout.ABSENCE_TEMPLATE, own)
    return File(name, "verzuim", window.period, rows, BOARDS[board], "Verzuim")


def _one_end_forgotten(own: list[Spell]) -> list[Spell]:
    """The same spells, but the last one that ended seems to go on."""
    last = max((one for one in own if one.end), key=lambda one: (one.end, one.pupil))
    going_on = replace(last, end=None, end_reason=None)
    return [going_on if one is last else one for one in own]


def _registers(enrolled: list[vso.Enrolment], cases: list[support.Case]) -> Iterator[File]:
    """Each register as one file with everything in it, as the bureau exports it."""
    period = windows()[-1].period
    for source, suffix, columns, records in (
        ("vso", "xlsx", layout.PLACED, enrolled),
        ("tlv", "xlsx", layout.DECISIONS, vso.decisions(enrolled)),
        ("opp", "xlsx", layout.OPPS, support.opps(enrolled)),
        ("maatwerk", "ods", layout.PLACEMENTS, support.placements()),
        ("klachten", "csv", layout.COMPLAINTS, quality.complaints()),
        ("ect", "xlsx", layout.CASES, cases),
        ("tevredenheid", "csv", layout.FORMS, support.forms(cases)),
        ("vrijstellingen", "xlsx", layout.EXEMPTIONS, quality.exemptions()),
    ):
        titles = (f"{source.upper()}: register {SWV_NAME}", f"Stand {KNOWN_UNTIL:%d-%m-%Y}")
        rows = table(columns, records, titles if suffix == "xlsx" else ())
        yield File(f"{source}-tot-{KNOWN_UNTIL}.{suffix}", source, period, rows)


def _early_leavers() -> Iterator[File]:
    """Definite figures per school year; of the last two years first provisional ones."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        states = {LAST_YEAR: ("voorlopig",), LAST_YEAR - 1: ("voorlopig", "definitief")}
        for state in states.get(year, ("definitief",)):
            columns = [*layout.LEAVERS, ("Status", _constant(state))]
            rows = table(columns, quality.leavers(year, state == "voorlopig"))
            yield File(f"vsv-{label(year)}-{state}.xlsx", "vsv", label(year), rows, sheet="VSV")


def _constant(word: str) -> Callable[[Any], str]:
    return lambda _: word


def _basic_support() -> Iterator[File]:
    for year in quality.ROUNDS:
        rows = table(layout.SCORES, [one for one in quality.scores() if one.year == year])
        yield File(f"basisondersteuning-{label(year)}.xlsx", "basisondersteuning", label(year),
                   rows, sheet="Scores")  # fmt: skip


def _finance() -> Iterator[File]:
    for year in quality.INCOME:
        for source, name, columns, records in (
            ("financien", "verdeling-middelen", layout.POSTS, quality.posts()),
            ("balans", "vermogen", layout.BALANCES, quality.balances()),
        ):
            rows = table(columns, [row for row in records if row[0] == year],
                         (SWV_NAME, f"Bedragen in euro, {year}"))  # fmt: skip
            yield File(f"{name}-{year}.xlsx", source, str(year), rows, sheet=str(year))


def _places(enrolled: list[vso.Enrolment]) -> Iterator[File]:
    """Counted since 2022-2023: a list per school year that grows every quarter."""
    found = vso.places(enrolled)
    for window in windows():
        if window.last >= FIRST_PLACES:
            counted = [one for one in found if window.first <= one.day <= window.last]
            rows = table(layout.PLACES, counted)
            yield File(f"plaatsen-{label(window.year)}.csv", "plaatsen", window.period, rows)
