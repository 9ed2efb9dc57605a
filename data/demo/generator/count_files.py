"""Files that hold no pupils: locations, numbers, scores and money."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from data.demo.generator import finance, layout, quality, vso
from data.demo.generator.file import DemoFile, windows
from data.demo.generator.layout import table
from data.demo.generator.world import (
    BOARDS,
    FIRST_YEAR,
    FORMER,
    KNOWN_UNTIL,
    LAST_YEAR,
    MUNICIPALITIES,
    RMC_REGIONS,
    SCHOOLS,
    SWV_NAME,
    label,
    open_schools,
    pupils,
)
from data.demo.generator.write import Row

DUO_YEARS = (2021, 2024)  # the years for which the numbers of pupils come from DUO
DUO_LEAVERS = 2021  # the year of which there is the open file of DUO on early leavers
STRUCTURES = {
    "vo": ("VMBO BL LJ 3-4", "VMBO GL-TL LJ 3-4", "HAVO LJ 4-5"),
    "pro": ("PRAKTIJKONDERWIJS",),
}
FIRST_PLACES = date(2022, 9, 30)


def locations() -> DemoFile:
    """Every location, with a row for each stretch under one board and one name."""
    header: Row = ["Vestiging", "Naam vestiging", "Soort onderwijs", "Bestuursnummer",
                   "Naam bestuur", "Gemeentenummer", "Gemeente", "RMC-regio", "Vanaf",
                   "Tot en met", "Opgegaan in"]  # fmt: skip
    rows = [header]
    for school in (*SCHOOLS, *FORMER):
        changes = sorted(day for day in (school.moved_on, school.renamed_on) if day)
        starts = [school.from_on, *changes]
        ends = [*(day - timedelta(days=1) for day in changes), school.to_on]
        for start, end in zip(starts, ends, strict=True):
            day = start or date(FIRST_YEAR, 8, 1)
            board = school.board_on(day)
            rows.append([school.code, school.name_on(day), school.kind, board, BOARDS[board],
                         MUNICIPALITIES[school.place], school.place,
                         RMC_REGIONS[MUNICIPALITIES[school.place]], start, end,
                         school.merged_into])  # fmt: skip
    return DemoFile("00-vestigingen.xlsx", "locaties", "", rows, sheet="Vestigingen")


def pupil_counts() -> Iterator[DemoFile]:
    """Pupils per location: the own list, and in two years DUO for all but VSO."""
    for year in range(FIRST_YEAR, LAST_YEAR + 2):
        running = year > LAST_YEAR
        day = KNOWN_UNTIL if running else date(year, 10, 1)
        kinds = ("vso",) if year in DUO_YEARS else ("vo", "pro", "vso")
        schools = open_schools(day, kinds, former=True)
        header: Row = ["Vestiging", "Peildatum", "Soort onderwijs", "Aantal leerlingen",
                       "Voorlopig"]  # fmt: skip
        counts: list[Row] = [
            [one.code, day, one.kind, pupils(one.code, year), "ja" if running else None]
            for one in schools
        ]
        total: Row = ["Totaal", None, None, sum(pupils(one.code, year) for one in schools)]
        name = f"leerlingen-{label(year)}.xlsx"
        rows = [[f"Leerlingen per vestiging {label(year)}"], [], header, *counts, total]
        yield DemoFile(name, "leerlingen", label(year), rows, sheet="Leerlingen")
        if year in DUO_YEARS:
            yield _duo(year)


def _duo(year: int) -> DemoFile:
    """The open file of DUO: schools of the whole country, so also of other regions."""
    header: Row = ["BEVOEGD GEZAG NUMMER", "INSTELLINGSCODE", "VESTIGINGSCODE",
                   "INSTELLINGSNAAM VESTIGING", "PLAATSNAAM", "GEMEENTENUMMER", "GEMEENTENAAM",
                   "PROVINCIE", "AANTAL LEERLINGEN",
                   "AANTAL VO LEERLINGEN UITBESTEED AAN VAVO"]  # fmt: skip
    day = date(year, 10, 1)
    rows = [header]
    for school in open_schools(day, former=True):
        number = pupils(school.code, year)
        shown = "<5" if number < 5 else number
        rows.append([school.board_on(day), school.code[:4], school.code, school.name_on(day),
                     school.place.upper(), MUNICIPALITIES[school.place], school.place, "Verzonnen",
                     shown, "<5" if number < 800 else 5 + number % 7])  # fmt: skip
    for place in range(1, 7):  # fictional schools far away
        code = f"99{chr(64 + place)}Z00"
        rows.append([f"9900{place}", code[:4], code, f"Verweg College {place}", "VERWEG", "9950",
                     "Verweg", "Verzonnen", 300 + 71 * place, "<5"])  # fmt: skip
    return DemoFile(f"duo-leerlingen-vo-per-vestiging-{label(year)}.csv", "duo_leerlingen",
                label(year), rows, encoding="utf-8")  # fmt: skip


def early_leavers() -> Iterator[DemoFile]:
    """Definite figures per school year; of the last two years first provisional ones."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        states = {LAST_YEAR: ("voorlopig",), LAST_YEAR - 1: ("voorlopig", "definitief")}
        for state in states.get(year, ("definitief",)):
            columns = [*layout.LEAVERS, ("Status", _constant(state))]
            rows = table(columns, quality.leavers(year, state == "voorlopig"))
            yield DemoFile(f"vsv-{label(year)}-{state}.xlsx", "vsv", label(year), rows, sheet="VSV")


def published_leavers() -> DemoFile:
    """Early leavers of one year as DUO publishes them: per school (BRIN) and structure."""
    header: Row = ["JAAR", "BRIN NUMMER", "PROFIEL", "ONDERWIJSSTRUCTUUR EN LEERJAAR",
                   "AANTAL DEELNEMERS", "AANTAL VSV ERS", "AANTAL VSV ERS MET VMBO DIPLOMA",
                   "AANTAL VSV ERS MET MBO1 DIPLOMA",
                   "AANTAL VSV ERS ZONDER DIPLOMA"]  # fmt: skip
    sums: dict[tuple[str, str], list[int]] = {}
    kinds = {school.code: school.kind for school in (*SCHOOLS, *FORMER)}
    for one in quality.leavers(DUO_LEAVERS, provisional=False):
        if kinds[one.school] != "vso":
            of_school = sums.setdefault((one.school[:4], kinds[one.school]), [0, 0])
            of_school[0] += one.pupils
            of_school[1] += one.leavers
    for place in range(1, 7):  # fictional schools far away
        sums[f"99{chr(64 + place)}Z", "vo"] = [300 + 71 * place, place]
    rows = [header]
    for (brin, kind), (all_pupils, all_leavers) in sorted(sums.items()):
        parts = STRUCTURES[kind]
        for number, structure in enumerate(parts):
            pupils_here, left = (
                total // len(parts) + (number < total % len(parts))
                for total in (all_pupils, all_leavers)
            )
            graduated = left // 3
            told = (pupils_here, left, graduated, 0, left - graduated)
            rows.append([label(DUO_LEAVERS), brin, "NVT", structure, *map(layout.fewer, told)])
    return DemoFile(f"duo-vsv-per-instelling-{label(DUO_LEAVERS)}.csv", "duo_vsv",
                label(DUO_LEAVERS), rows, encoding="utf-8")  # fmt: skip


def _constant(word: str) -> Callable[[Any], str]:
    return lambda _: word


def basic_support() -> Iterator[DemoFile]:
    """Two rounds of scores."""
    for year in quality.ROUNDS:
        rows = table(layout.SCORES, [one for one in quality.scores() if one.year == year])
        yield DemoFile(f"basisondersteuning-{label(year)}.xlsx", "basisondersteuning", label(year),
                   rows, sheet="Scores")  # fmt: skip


def money() -> Iterator[DemoFile]:
    """Per calendar year: how the money is spent, and the balance."""
    for year in finance.INCOME:
        for source, name, columns, records in (
            ("financien", "verdeling-middelen", layout.POSTS, finance.posts()),
            ("balans", "vermogen", layout.BALANCES, finance.balances()),
        ):
            rows = table(columns, [row for row in records if row[0] == year],
                         (SWV_NAME, f"Bedragen in euro, {year}"))  # fmt: skip
            yield DemoFile(f"{name}-{year}.xlsx", source, str(year), rows, sheet=str(year))


def place_counts(enrolled: list[vso.Enrolment]) -> Iterator[DemoFile]:
    """Counted since 2022-2023: a list per school year that grows every quarter."""
    found = vso.places(enrolled)
    for window in windows():
        if window.last >= FIRST_PLACES:
            counted = [one for one in found if window.first <= one.day <= window.last]
            rows = table(layout.PLACES, counted)
            yield DemoFile(f"plaatsen-{label(window.year)}.csv", "plaatsen", window.period, rows)
