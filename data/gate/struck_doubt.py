"""The question about what is struck through; how questions about reading name rows."""

from collections.abc import Iterator, Sequence

from data.gate.claim import BLANK, COUNTED, LEFT_OUT, ClaimDoubt
from data.gate.convert.refused import as_text
from data.gate.problem import shown
from data.gate.read import ReadFile, Sheet
from data.gate.recognise import Recognised
from data.gate.rows import STRUCK_ROW, data_block, passed_over
from data.gate.struck import struck_in
from data.privacy import masked

MOST_NAMED = 3


def struck_doubt(read: ReadFile, sheets: Sequence[Recognised]) -> Iterator[ClaimDoubt]:
    """What is struck through: people do that with what is wrong, and with what is over."""
    rows, cells, touched = list[str](), list[str](), 0
    for one in sheets:
        sheet = read.sheets[one.sheet_index]
        if not sheet.struck:
            continue
        reasons = list(passed_over(data_block(sheet, one), sheet, one))
        struck, start = struck_in(sheet, one), one.first_data_row - 1
        held = {row for row in struck.touched if reasons[row - start] == STRUCK_ROW}
        touched += len(held)
        rows += [place(row + 1, one, sheets) for row in sorted(struck.rows & held)]
        cells += [
            f"{place(row + 1, one, sheets)}, {one.header.name_of(at)}: {_told(sheet, one, row, at)}"
            for row, at in sorted(struck.cells)
            if row in held
        ]
    if touched:
        yield ClaimDoubt("struck", _struck_text(rows, cells), _struck_choices(touched, rows, cells))


def _struck_text(rows: Sequence[str], cells: Sequence[str]) -> str:
    parts = []
    if rows:
        are = "rij is" if len(rows) == 1 else "rijen zijn"
        parts.append(f"{len(rows)} {are} doorgehaald: regel {listed(rows)}.")
    if cells:
        are = "cel is" if len(cells) == 1 else "cellen zijn"
        told = "; ".join(f"regel {cell}" for cell in cells[:MOST_NAMED])
        more = f" en nog {len(cells) - MOST_NAMED}" if len(cells) > MOST_NAMED else ""
        parts.append(f"{len(cells)} {are} doorgehaald: {told}{more}.")
    return f"{' '.join(parts)} Wat betekent dat?"


def _struck_choices(
    touched: int, rows: Sequence[str], cells: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """Rows that are struck as a whole belong or do not; of others the cell alone may not count."""
    one = touched == 1
    whole, fully = ("hele ", ", met alle cellen") if cells else ("", "")
    choices = (
        (LEFT_OUT, f"die {whole}{'rij hoort' if one else 'rijen horen'} er niet bij"),
        (COUNTED, f"{'die rij telt' if one else 'die rijen tellen'} gewoon mee{fully}"),
    )
    if not cells:
        return choices
    blank = "alleen die cel telt niet en is leeg" if len(cells) == 1 else (
        "alleen die cellen tellen niet en zijn leeg"
    )  # fmt: skip
    also = "; rijen die helemaal zijn doorgehaald, horen er niet bij" if rows else ""
    return (*choices, (BLANK, f"{blank}{also}"))


def _told(sheet: Sheet, one: Recognised, row: int, at: int) -> str:
    """A cell as a question shows it."""
    text = as_text(sheet.rows[row][at])
    personal = any(
        column == at and one.source.columns[name].type in ("key", "birth_date")
        for name, column in one.mapping.items()
    )
    return masked(text) if personal else shown(text)


def place(row: int, one: Recognised, sheets: Sequence[Recognised]) -> str:
    """A row number, with its sheet when there are several."""
    return f"{row} van “{one.sheet}”" if len(sheets) > 1 else str(row)


def listed(places: Sequence[str]) -> str:
    """The first places of many."""
    return ", ".join(places[:MOST_NAMED]) + (" en meer" if len(places) > MOST_NAMED else "")
