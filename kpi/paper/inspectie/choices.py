"""The words a received form accepts in a column: its lists to choose from."""

from collections.abc import Iterator, Mapping

from data.gate.problem import column_letter
from data.gate.read import ReadFile
from kpi.paper.inspectie.cells import areas
from kpi.paper.inspectie.parts import Parts


def choices(
    parts: Parts, read: ReadFile, sheet: str, row: int, columns: Mapping[int, str]
) -> dict[str, tuple[str, ...]]:
    """Per letter of a column the words that may be chosen in this row; columns without are left."""
    names = {
        item.get("name"): item.text or ""
        for item in parts.tree(parts.workbook).iterfind("{*}definedNames/{*}definedName")
    }
    found = {}
    for where, formula in _lists(parts, sheet):
        words = _words(names.get(formula, formula), read, sheet)
        for column in columns:
            if words and any(area.holds(row, column) for area in areas(where)):
                found[column_letter(column)] = words
    return found


def _lists(parts: Parts, sheet: str) -> Iterator[tuple[str, str]]:
    """(cells, formula) of every list; newer versions of Excel write some of them elsewhere."""
    for rule in parts.tree(parts.sheet(sheet)).iter("{*}dataValidation"):
        formula = rule.find("{*}formula1")
        if rule.get("type") != "list" or formula is None:
            continue
        inside, elsewhere = formula.find("{*}f"), rule.find("{*}sqref")
        text = (inside if inside is not None else formula).text or ""
        where = rule.get("sqref") or (elsewhere.text if elsewhere is not None else "")
        yield where or "", text.strip()


def _words(formula: str, read: ReadFile, sheet: str) -> tuple[str, ...]:
    if formula.startswith('"'):
        return tuple(word.strip() for word in formula.strip('"').split(",") if word.strip())
    named, _, place = formula.rpartition("!")
    title = named.strip("'").replace("''", "'") or sheet
    rows = next((item.rows for item in read.sheets if item.name == title), [])
    return tuple(
        str(rows[row - 1][column])
        for area in areas(place)
        for row in range(area.top, min(area.bottom, len(rows)) + 1)
        for column in range(area.left, min(area.right + 1, len(rows[row - 1])))
        if rows[row - 1][column] is not None
    )
