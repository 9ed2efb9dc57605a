"""A small bureau of four schools, to hand lists to and to ask what counts."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from data.build import Swv, build
from data.calendar import Calendar
from data.database import Database
from data.deliveries.store import Store
from data.gate.claim import Answers
from data.gate.import_result import ImportResult
from data.gate.importing import import_file
from data.source_file import load_sources
from kpi.figure.calculate import calculate
from kpi.meaning.load import load_kpis

SOURCES, KPIS = load_sources(), load_kpis()
NORTH, SOUTH, PRO, VSO = "90AA00", "90AA01", "90BB00", "90CC00"
BOARD = {NORTH: "99901", SOUTH: "99901", PRO: "99902", VSO: "99902"}
KIND = {NORTH: "vo", SOUTH: "vo", PRO: "pro", VSO: "vso"}
ABSENCE = ("Leerlingnummer", "Vestiging", "Soort verzuim", "Begindatum", "Einddatum")
TLV = (
    "TLV-nummer", "Leerlingnummer", "Vestiging", "Soort TLV", "Datum besluit", "Besluit",
    "Soort aanvraag",
)  # fmt: skip
LOCATIONS = (
    "Vestiging", "Naam vestiging", "Soort onderwijs", "Bestuursnummer", "Naam bestuur", "Vanaf",
    "Tot en met",
)  # fmt: skip
WHOLE = Answers(speaks_for="swv")


def spell(pupil: int, school: str = NORTH, start: str = "04-09-2023", end: str = "") -> list[str]:
    """A row of the list of absence."""
    return [str(1000 + pupil), school, "AV", start, end]


def granted(number: int, day: str = "11-09-2023", school: str = NORTH) -> list[str]:
    """A row of the register of TLVs."""
    kind = ("VSO", day, "toegekend", "eerste aanvraag")
    return [f"T{number:04d}", str(2000 + number), school, *kind]


def place(school: str, until: str = "") -> list[str]:
    """A row of the list of locations."""
    board = BOARD[school]
    return [school, f"School {school}", KIND[school], board, f"Bestuur {board}", "", until]


class Bureau:
    """Hands in lists as somebody would, and asks what counts."""

    def __init__(self, folder: Path, schools: Iterable[str] = BOARD) -> None:
        self.folder = folder
        self.store = Store(folder / "store")
        self._built: dict[tuple[str, ...], Database] = {}  # of the last line of the ledger
        self.give("locaties", LOCATIONS, [place(school) for school in schools])

    def give(
        self,
        source: str,
        headers: Sequence[str],
        rows: Iterable[Sequence[str]],
        period: str | None = None,
        answers: Answers | None = None,
        name: str = "lijst.csv",
    ) -> ImportResult:
        """Hand in one list."""
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([headers, *rows])
        return import_file(
            self.store, path, source=source, period=period, isolated=False, sources=SOURCES,
            answers=answers or Answers(),
        )  # fmt: skip

    def absence(self, rows: Iterable[Sequence[str]], period: str, **said: object) -> ImportResult:
        """Hand in a list of absence; without answers nothing is said."""
        answers = said.pop("answers", None) or Answers(**said)  # type: ignore[arg-type]
        return self.give("verzuim", ABSENCE, rows, period, answers, **{})

    def tlv(self, rows: Iterable[Sequence[str]], period: str, **said: object) -> ImportResult:
        """Hand in the register of TLVs."""
        return self.give("tlv", TLV, rows, period, Answers(**said))  # type: ignore[arg-type]

    def build(self, *kpis: str) -> Database:
        """The tables as they are now, with the figures of these KPIs; only to be read."""
        made = (self.store.version, *kpis)
        if made not in self._built:
            self._built = {of: one for of, one in self._built.items() if of[0] == made[0]}
            self._built[made] = build(self.store, SOURCES, Calendar(), Swv("SWV", "SWV Voorbeeld"))
            if kpis:
                calculate(self._built[made], {kpi: KPIS[kpi] for kpi in kpis})
        return self._built[made]

    def standing(self, day: date) -> list[str]:
        """The schools of the spells that stand on a day."""
        rows = self.build().rows(
            "select location_id from absence_spell where start_on <= ?"
            " and (end_on is null or end_on > ?) order by location_id",
            [day, day],
        )
        return [row["location_id"] for row in rows]

    def spoken(self, topic: str, period: str) -> set[str]:
        """The schools that are known over a period."""
        rows = self.build().rows(
            "select organisation_id from delivered where topic = ? and period_id = ?",
            [topic, period],
        )
        return {row["organisation_id"] for row in rows} & BOARD.keys()


def asked(result: ImportResult) -> list[str]:
    """What the import asks, by what settles it; [] when it was stored."""
    if result.accepted:
        return []
    assert result.asks == "levering" and result.claim, [p.message for p in result.problems]
    return [doubt.settled_by for doubt in result.claim.doubts]
