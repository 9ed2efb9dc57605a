"""A year plan as a bureau makes it in Word: tables over many pages, in the layout of the document.

The headings stand at the head of every page, a theme is one cell over the whole width, and a row
that does not fit goes on at the next page: with its number and period left behind.
"""

from itertools import groupby

import docx
from groningen_rows import ROWS

HEADINGS = (
    "", "Periode (wanneer)", "Activiteiten (wat)", "Betrokkenen (wie)", "Gewenst resultaat",
    "Middelen (personeel)", "Middelen (financieel)",
)  # fmt: skip
TITLES = {
    "jaarkalender": ("Jaarkalender SWV VO Groningen Stad schooljaar 2023 - 2024",
                     "Voortgang bestaande activiteiten"),
    "jaarplan": ("Jaarplan SWV VO Groningen Stad schooljaar 2023 - 2024",
                 "nieuwe (beleids)initiatieven"),
}  # fmt: skip
PER_PAGE = 6


def cells_of(row, item):
    """What stands in the seven cells of one row; without a number where the document has none."""
    number = row.place.partition(".")[2]
    what = f"{item.what} ({row.kpi_text})" if row.kpi_text else item.what
    return [
        number if number.isdecimal() else "", row.period, what, ", ".join(item.who), item.result,
        item.people, row.money_text,
    ]  # fmt: skip


def write_plan(path, activities):
    """The plan of `activities` (those of the profile, in the order of ROWS) as a Word file."""
    document = docx.Document()
    document.add_heading("Jaarkalender & jaarplan SWV VO Groningen Stad")
    document.add_paragraph("Evaluatie jaarplan 2022-2023 en vooruitblik schooljaar 2023-2024")
    for number, name in enumerate(("Thuiszitters", "Verwijzingen"), start=1):
        document.add_paragraph(f"{number}. {name}")
    pairs = list(zip(ROWS, activities, strict=True))
    for plan, of_plan in groupby(pairs, key=lambda pair: pair[0].plan):
        for title in TITLES[plan]:
            document.add_paragraph(title)
        _tables(document, list(of_plan))
    document.save(path)


def _tables(document, pairs):
    theme, carried = "", None
    for start in range(0, len(pairs), PER_PAGE):
        table = _new_table(document, with_headings=start != PER_PAGE)  # the second page has none
        if carried:
            _add(table, carried)
        for row, item in pairs[start : start + PER_PAGE]:
            if item.theme_text != theme:
                theme = item.theme_text
                merged = table.add_row().cells
                merged[0].merge(merged[-1]).text = theme
            cells = cells_of(row, item)
            carried = _rest(cells) if (row, item) == pairs[start : start + PER_PAGE][-1] else None
            _add(table, _first(cells) if carried else cells)
        document.add_paragraph("")
    if carried:
        _add(_new_table(document, with_headings=True), carried)


def _new_table(document, *, with_headings):
    table = document.add_table(0, len(HEADINGS))
    if with_headings:
        _add(table, HEADINGS)
    return table


def _add(table, texts):
    for cell, text in zip(table.add_row().cells, texts, strict=True):
        cell.text = text


def _first(cells):
    """The part of a row that still fits on the page: half of the words of the long cells."""
    return [*cells[:2], *(" ".join(text.split()[: len(text.split()) // 2]) for text in cells[2:5]),
            *cells[5:]]  # fmt: skip


def _rest(cells):
    return ["", "", *(" ".join(text.split()[len(text.split()) // 2 :]) for text in cells[2:5]),
            "", ""]  # fmt: skip
