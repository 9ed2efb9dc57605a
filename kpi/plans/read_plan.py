"""A year plan as a bureau has it, in Word or Excel, read as activities with all that is wrong."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import orjson

from data.deliveries.line import body_of, from_body
from data.gate.read import ReadFile, ReadLimits, Sheet, Unreadable, Value, read_file, run_limited
from kpi import formatting
from kpi.meaning.kpi import Kpi
from kpi.plans.activity import Activity, Plan, activity_id, parties_in
from kpi.plans.amount import amounts_in
from kpi.plans.columns import NAMES, Columns, columns_of, missing
from kpi.plans.links import linked_kpis
from kpi.plans.period import period_days

__all__ = ["PlanFile", "Unreadable", "read_plan"]

LIMITS = ReadLimits(unzipped_mb=100, cells=200_000)
MOST_PROBLEMS = 200
NO_TABLE = (
    "In dit bestand staat geen tabel met de koppen van een jaarplan: "
    + ", ".join(NAMES.values())
    + "."
)
_THEME = re.compile(r"(\d{1,2})\.\s+(\D.*)", re.DOTALL)
_NUMBER = re.compile(r"(\d{1,2})[.)]?")
# "1 gehele schooljaar" is a number and a period, "20 sep 2023" and "2 - 5 mei" are days.
_NUMBERED_PERIOD = re.compile(
    r"(\d{1,2})(?:[.)]\s+|\s+(?!jan|feb|m(?:aa)?rt|apr|mei|ju[nl]|aug|sep|okt|nov|dec|[-–&,]|t/m|en\b))"
    r"(\S.*)",
    re.DOTALL | re.IGNORECASE,
)
_YEARS = re.compile(r"(20\d\d)\s*[-–/]\s*(20\d\d)")
_TITLE_ROWS = 3


@dataclass(frozen=True)
class PlanFile:
    """What a file holds: its activities in order, and in Dutch everything that is wrong.

    An activity with a problem is among them as far as it could be read.
    """

    activities: tuple[Activity, ...]
    problems: tuple[str, ...]


@dataclass
class _Row:
    """One activity as the texts of its cells, over as many rows and pages as it takes."""

    plan: Plan
    theme_number: int
    theme: str
    number: str
    where: str
    cells: dict[str, str] = field(default_factory=dict)
    has_number: bool = True


@dataclass
class _Reader:
    """Where the reading is: the plan and theme of the rows that come now."""

    first_year: int
    plan: Plan
    theme_number: int = 0
    theme: str = ""
    rows: list[_Row] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    found_table: bool = False
    columns: Columns | None = None
    width: int = 0

    def read(self, sheet: Sheet, place: str) -> None:
        """Every row of one table; one as wide as the table before it may lack the headings."""
        width = max((len(row) for row in sheet.rows), default=0)
        if width != self.width:
            self.columns = None
        self.width = width
        self._enter(sheet.name)
        for number, cells in enumerate(sheet.rows, start=1):
            headings = columns_of(cells)
            if headings:
                self.columns = self._begin(headings, place)
            elif self.columns:
                self._row(cells, self.columns, f"{place}, rij {number}")
            else:
                self._enter(" ".join(map(_text, cells)))

    def _enter(self, above: str) -> None:
        plan = _plan_in(above)
        if plan and plan is not self.plan:
            self.plan, self.theme_number, self.theme = plan, 0, ""

    def _begin(self, headings: Columns, place: str) -> Columns | None:
        self.found_table = True
        lacking = missing(headings)
        for name in lacking:
            self.problems.append(f"{place}: de kolom ‘{name}’ ontbreekt.")
        return None if lacking else headings

    def _row(self, cells: Sequence[Value], columns: Columns, where: str) -> None:
        filled = [_text(cell) for cell in cells]
        texts = {name: filled[at] if at < len(filled) else "" for name, at in columns.items()}
        if not any(filled) or self._theme(filled, columns):
            return
        number, period = _numbered(texts.pop("number", ""), texts["period"])
        texts["period"] = period
        if number or period:
            named = number or self._next_number()
            row = _Row(self.plan, self.theme_number, self.theme, named, where, texts, bool(number))
            if not self.theme:
                self.problems.append(f"{where}: er staat geen thema boven, zoals ‘3. Kwaliteit’.")
            self.rows.append(row)
        elif self.rows:
            going_on = self.rows[-1].cells
            for name, text in texts.items():
                going_on[name] = f"{going_on.get(name, '')} {text}".strip()
        else:
            self.problems.append(f"{where}: deze rij heeft geen periode en hoort nergens bij.")

    def _theme(self, filled: list[str], columns: Columns) -> bool:
        """Whether the row is a theme: one text over the whole width, often with a number.

        Word may number the themes itself; then they are counted here.
        """
        if len({text for text in filled if text}) > 1 or not any(filled[:2]):
            return False
        text = filled[0] or filled[1]
        if found := _THEME.fullmatch(text):
            self.theme_number, self.theme = int(found[1]), _line(found[2])
            return True
        is_number = _NUMBER.fullmatch(text)
        if columns.get("number") == 0 and filled[0] and not is_number:
            self.theme_number, self.theme = self.theme_number + 1, _line(text)
            return True
        return False

    def _next_number(self) -> str:
        """The number of a row without one: the next, or 1b where other rows have a number."""
        here = [row for row in self.rows
                if (row.plan, row.theme_number) == (self.plan, self.theme_number)]  # fmt: skip
        if not any(row.has_number for row in here):
            return str(len(here) + 1)
        last = here[-1].number
        if last[-1].isdecimal():
            return f"{last}b"
        return last[:-1] + chr(ord(last[-1]) + 1)


def read_plan(path: Path, kpis: dict[str, Kpi], *, first_year: int, plan: Plan) -> PlanFile:
    """The activities of a Word or Excel file with the headings of a year plan.

    first_year and plan count where the file itself does not say: it says so above a table
    ("Jaarkalender … schooljaar 2023 - 2024") or in the name of a sheet. kpis are those of the
    profile. Raises Unreadable (Dutch) when the file gives no tables at all.
    """
    request = (path.absolute(), kpis, first_year, plan)
    try:
        answer = run_limited(f"{__name__}:packed_plan", request, LIMITS)
    except Unreadable as error:
        if path.suffix.lower() != ".docx":
            raise
        # The sentences are about spreadsheets, the advice is the same.
        words = error.message.replace("Excel", "Word").replace(".xlsx", ".docx")
        raise Unreadable(words) from error
    return from_body(PlanFile, orjson.loads(answer))


def packed_plan(request: tuple[Path, dict[str, Kpi], int, Plan]) -> bytes:
    """What the limited child does with the file; at most what one sitting can discuss."""
    path, kpis, first_year, plan = request
    file = read_file(path, limits=LIMITS, word=True, isolated=False)
    found = _plan_of(file, kpis, first_year, plan)
    problems = found.problems[:MOST_PROBLEMS]
    if len(found.problems) > MOST_PROBLEMS:
        problems += (f"En nog {len(found.problems) - MOST_PROBLEMS} andere meldingen.",)
    return orjson.dumps(body_of(replace(found, problems=problems)))


def _plan_of(file: ReadFile, kpis: dict[str, Kpi], first_year: int, plan: Plan) -> PlanFile:
    sheets = [sheet for sheet in file.sheets if not sheet.hidden]
    reader = _Reader(_first_year(sheets, first_year), plan)
    for number, sheet in enumerate(sheets, start=1):
        named = f"tabel {number}" if file.format == "docx" else f"blad ‘{sheet.name}’"
        reader.read(sheet, named)
    if not reader.found_table:
        return PlanFile((), (NO_TABLE,))
    problems = list(reader.problems)
    found = [_activity(row, reader.first_year, kpis, problems) for row in reader.rows]
    problems += _doubles(found)
    return PlanFile(tuple(found), tuple(problems))


def _activity(row: _Row, first_year: int, kpis: dict[str, Kpi], problems: list[str]) -> Activity:
    cells = {name: row.cells.get(name, "") for name in (*NAMES, "kpis")}
    where = f"{row.plan} {row.theme_number}.{row.number} ({row.where})"
    days = period_days(cells["period"], first_year)
    if not cells["period"]:
        problems.append(f"{where}: de periode ontbreekt.")
    elif days is None:
        problems.append(
            f"{where}: de periode ‘{_line(cells['period'])}’ is niet te lezen. "
            "Schrijf het zo: sept 2023 - jan 2024, of schooljaar 2023-2024."
        )
    if not cells["what"]:
        problems.append(f"{where}: er staat niet wat er gebeurt.")
    named = f"{cells['what']} {cells['result']} {_after_kpi(cells['kpis'])}"
    links, unknown = linked_kpis(named, kpis)
    for number in unknown:
        problems.append(f"{where}: KPI {number} is geen KPI van dit profiel.")
    school_year = f"{first_year}-{first_year + 1}"
    whole_year = date(first_year, 8, 1), date(first_year + 1, 7, 31)
    from_on, until_on = days or whole_year
    activity = Activity(
        row.number, row.plan, row.theme_number, _line(cells["period"]), _line(cells["what"]),
        parties_in(cells["who"]),
        _line(cells["result"]), _line(cells["people"]), _line(cells["money_text"]),
    )  # fmt: skip
    return replace(
        activity,
        id=activity_id(row.plan, school_year, activity.place),
        school_year=school_year,
        theme=row.theme,
        from_on=from_on,
        until_on=until_on,
        money=amounts_in(activity.money_note),
        kpis=links,
    )


def _doubles(found: list[Activity]) -> Iterator[str]:
    seen: set[str] = set()
    for activity in found:
        if activity.id in seen:
            yield f"{activity.plan} {activity.place}: dit nummer staat er twee keer in."
        seen.add(activity.id)


def _numbered(number: str, period: str) -> tuple[str, str]:
    """The number of a row and its period, also when both stand in one cell."""
    if found := _NUMBER.fullmatch(number):
        return found[1], period
    if not number and (both := _NUMBERED_PERIOD.fullmatch(period)):
        return both[1], both[2]
    return number, period


def _first_year(sheets: list[Sheet], otherwise: int) -> int:
    """The school year that stands nearest above a table, or in the first rows of a sheet."""
    for sheet in sheets:
        above = [_text(cell) for row in sheet.rows[:_TITLE_ROWS] for cell in row[:1]]
        for start, end in reversed(_YEARS.findall(" ".join([sheet.name, *above]))):
            if int(end) == int(start) + 1:
                return int(start)
    return otherwise


def _plan_in(above: str) -> Plan | None:
    """The plan that the words above a table name last: "Jaarplan …" comes after "Jaarkalender"."""
    places = {above.lower().rfind(str(plan)): plan for plan in Plan}
    last = max(places)
    return places[last] if last >= 0 else None


def _after_kpi(text: str) -> str:
    """A column with only numbers, read as if the word stood before them."""
    return text if "kpi" in text.lower() or not text else f"KPI {text}"


def _text(cell: Value) -> str:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return formatting.date_text(cell)
    return "" if cell is None else str(cell).strip()


def _line(text: str) -> str:
    return " ".join(text.split())
