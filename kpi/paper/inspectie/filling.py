"""Rows into a received sheet, from its first empty row on, with the looks of that row."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date, timedelta

from lxml import etree

from kpi.paper.inspectie.cells import Area, areas, cell_name, column_number, lengthened
from kpi.paper.inspectie.parts import Parts
from kpi.paper.inspectie.styles import Styles
from kpi.paper.inspectie.values import DAY_ZERO, Value
from kpi.paper.plain import plain
from kpi.register import Refused

# What a spreadsheet takes for the start of a formula when a person edits the cell.
LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
DAY_ZERO_1904 = date(1904, 1, 1)  # of workbooks that began on an old Macintosh
NOT_COPIED = ("r", "spans", "hidden", "collapsed")
BEFORE_HEADER = (
    "sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter",
    "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr",
    "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup",
)  # fmt: skip
RUN_ON = ("{*}dataValidation", "{*}conditionalFormatting", "{*}autoFilter")
BEFORE_CALCULATION = (
    "sheets", "functionGroups", "externalReferences", "definedNames",
)  # fmt: skip


class FormSheet:
    """One sheet of a received workbook, as XML."""

    def __init__(self, content: bytes, title: str) -> None:
        self.parts = Parts(content)
        self.title = title
        self.name = self.parts.sheet(title)
        self.root = self.parts.tree(self.name)
        self._space = self.root.tag.removesuffix("worksheet")
        self._data = self.root.find("{*}sheetData")
        self._rows = _numbered(self._data)
        styles = self.parts.related(self.parts.workbook, "styles")
        self._styles = Styles(self.parts.tree(styles[0])) if styles else None
        book = self.parts.tree(self.parts.workbook).find("{*}workbookPr")
        is_1904 = book is not None and book.get("date1904") in ("1", "true")
        self._day_zero = DAY_ZERO_1904 if is_1904 else DAY_ZERO

    def calculates(self, row: int, column: int) -> bool:
        """Whether the form itself calculates this cell."""
        cell = self._cells(row).get(column)
        return cell is not None and cell.find("{*}f") is not None

    def prepared_to(self, columns: Sequence[int]) -> int:
        """The last row that was laid out for these columns."""
        laid_out = (row for row in self._rows if self._cells(row).keys() & set(columns))
        return max(laid_out, default=0)

    def fill(self, first_row: int, rows: Sequence[Mapping[int, Value]]) -> bytes:
        """The workbook with these rows (column from 0 → value). Refused when there is no room."""
        last_row = first_row + len(rows) - 1
        self._check_room(first_row, last_row, {column for row in rows for column in row})
        example = self._example(first_row)
        for number, row in enumerate(rows, start=first_row):
            self._write(number, row, example)
        self._data[:] = [self._rows[number] for number in sorted(self._rows)]
        self._lengthen(first_row, last_row)
        if self.parts.has_formulas():
            self._recalculate()
        return self.parts.saved()

    def label(self, text: str) -> None:
        """Print a word above every page of the sheet."""
        found = self.root.find("{*}headerFooter")
        if found is None:
            found = etree.Element(self._space + "headerFooter")
            names = [etree.QName(item).localname for item in self.root]
            place = max(n for n, name in enumerate(names) if name in BEFORE_HEADER)
            self.root.insert(place + 1, found)
        for item in found.iterfind("{*}oddHeader"):
            found.remove(item)
        header = etree.Element(self._space + "oddHeader")
        header.text = f"&C{text}"
        found.insert(0, header)

    # Room

    def _check_room(self, first: int, last: int, columns: set[int]) -> None:
        for row in range(first, last + 1):
            for column in columns & self._cells(row).keys():
                cell = self._cells(row)[column]
                if cell.find("{*}v") is not None or cell.find("{*}is") is not None:
                    raise Refused([
                        f"In het formulier staat al iets in cel {cell_name(row, column)}. Er is "
                        f"plaats voor {row - first} rijen en de registratie heeft er "
                        f"{last - first + 1}. Voeg in het lege formulier rijen toe."
                    ])  # fmt: skip
        for merged in self.root.iterfind("{*}mergeCells/{*}mergeCell"):
            for area in areas(merged.get("ref", "")):
                if area.top <= last and area.bottom >= first and any(
                    area.left <= column <= area.right for column in columns
                ):  # fmt: skip
                    raise Refused([
                        f"In het formulier zijn de cellen {merged.get('ref')} samengevoegd, op de "
                        "plaats van de rijen. Splits die cellen in het lege formulier."
                    ])  # fmt: skip

    # Writing

    def _example(self, row: int) -> dict[int, str]:
        """The format of each column of the first empty row, and of columns as a whole."""
        looks = {}
        for item in self.root.iterfind("{*}cols/{*}col"):
            for column in range(int(item.get("min")), min(int(item.get("max")), 200) + 1):
                looks[column - 1] = item.get("style")
        looks |= {column: cell.get("s") for column, cell in self._cells(row).items()}
        self._look_of_row = deepcopy(self._rows[row]) if row in self._rows else None
        self._laid_out = set(self._cells(row))
        return {column: style for column, style in looks.items() if style}

    def _write(self, number: int, row: Mapping[int, Value], example: Mapping[int, str]) -> None:
        cells = self._cells(number)
        if number not in self._rows:
            self._rows[number] = self._new_row(number)
            cells = {column: self._new_cell(number, column, example) for column in self._laid_out}
        element = self._rows[number]
        element.attrib.pop("spans", None)
        for column, value in row.items():
            cell = cells.setdefault(column, self._new_cell(number, column, example))
            if value is not None:
                self._put(cell, value)
        element[:] = [cells[column] for column in sorted(cells)]

    def _new_row(self, number: int) -> etree._Element:
        row = etree.Element(self._space + "row")
        if self._look_of_row is not None:
            for name, value in self._look_of_row.attrib.items():
                if etree.QName(name).localname not in NOT_COPIED:
                    row.set(name, value)
        row.set("r", str(number))
        return row

    def _new_cell(self, row: int, column: int, example: Mapping[int, str]) -> etree._Element:
        cell = etree.Element(self._space + "c", r=cell_name(row, column))
        if column in example:
            cell.set("s", example[column])
        return cell

    def _put(self, cell: etree._Element, value: str | int | date) -> None:
        cell[:] = []
        cell.attrib.pop("t", None)
        if isinstance(value, str):
            text = plain(value)
            cell.set("t", "inlineStr")
            inside = etree.SubElement(cell, self._space + "is")
            holder = etree.SubElement(inside, self._space + "t")
            holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            holder.text = text
            if text.startswith(LOOKS_LIKE_FORMULA) and self._styles:
                cell.set("s", str(self._styles.as_text(int(cell.get("s", "0")))))
            return
        if isinstance(value, date):
            if self._styles:
                cell.set("s", str(self._styles.as_date(int(cell.get("s", "0")))))
            value = (value - self._day_zero) // timedelta(days=1)
        etree.SubElement(cell, self._space + "v").text = str(value)

    # What lies around the rows

    def _lengthen(self, first: int, last: int) -> None:
        """Lists to choose from, colouring, filter, table and print range run on to the last row."""
        for item in self.root.iter(*RUN_ON):
            name = "ref" if "ref" in item.attrib else "sqref"
            if name in item.attrib:
                item.set(name, lengthened(item.get(name), first, last))
        for item in self.root.iter("{*}sqref"):  # in what newer versions of Excel added
            item.text = lengthened(item.text or "", first, last)
        size = self.root.find("{*}dimension")
        if size is not None:
            used = [*areas(size.get("ref", "")), Area(first, 0, last, 0)]
            corner = (min(a.top for a in used), min(a.left for a in used))
            other = (max(a.bottom for a in used), max(a.right for a in used))
            size.set("ref", f"{cell_name(*corner)}:{cell_name(*other)}")
        for name in self.parts.related(self.name, "table"):
            self._lengthen_table(self.parts.tree(name), first, last)
        for item in self.parts.tree(self.parts.workbook).iterfind("{*}definedNames/{*}definedName"):
            sheet, _, place = (item.text or "").rpartition("!")
            if sheet.strip("'").replace("''", "'") == self.title and "," not in place:
                item.text = f"{sheet}!{lengthened(place, first, last)}"

    def _lengthen_table(self, table: etree._Element, first: int, last: int) -> None:
        for item in (table, *table.iterfind("{*}autoFilter")):
            # a table with only its header and one empty row ends at the first empty row
            longer = lengthened(item.get("ref", ""), first, last)
            if longer != item.get("ref") and int(table.get("totalsRowCount", "0")):
                raise Refused([
                    f"De tabel in het formulier ({item.get('ref')}) is te kort en heeft een "
                    "totaalrij. Voeg in het lege formulier rijen toe boven de totaalrij."
                ])  # fmt: skip
            item.set("ref", longer)

    def _recalculate(self) -> None:
        """Formulas elsewhere in the form count these rows: let the program work them out."""
        book = self.parts.tree(self.parts.workbook)
        found = book.find("{*}calcPr")
        if found is None:
            names = [etree.QName(item).localname for item in book]
            place = max(names.index(name) for name in BEFORE_CALCULATION if name in names)
            found = etree.Element(book.tag.replace("workbook", "calcPr"))
            book.insert(place + 1, found)
        found.set("fullCalcOnLoad", "1")

    def _cells(self, row: int) -> dict[int, etree._Element]:
        """The cells of a row by column; one without a name stands right after the one before."""
        cells: dict[int, etree._Element] = {}
        column = -1
        found = self._rows.get(row)
        for cell in found.iterfind("{*}c") if found is not None else ():
            name = cell.get("r")
            column = column_number(name.rstrip("0123456789")) if name else column + 1
            cell.set("r", cell_name(row, column))
            cells[column] = cell
        return cells


def _numbered(data: etree._Element) -> dict[int, etree._Element]:
    """The rows by number; one without a number comes right after the one before."""
    rows: dict[int, etree._Element] = {}
    number = 0
    for row in data:
        number = int(row.get("r", number + 1))
        row.set("r", str(number))
        rows[number] = row
    return rows
