"""Rules between the cells of a row, and between rows: order of dates, codes, duplicates."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from data.calendar import Calendar
from data.gate.convert import CellFinding
from data.gate.convert.refused import dutch_date, dutch_number
from data.gate.problem import REMARK
from data.gate.read import Value
from data.source import MOST_OF_FEW, Source

Columns = Mapping[str, Sequence[Any]]
MOST_TOLD = 3  # other rows in one sentence
BOTH_NUMBERS = "Een deel kan niet meer zijn dan het geheel. Kijk beide getallen na."


def row_findings(
    source: Source,
    columns: Columns,
    cells: Mapping[str, Sequence[Value]],
    row_numbers: Sequence[object],
    refused: Collection[tuple[int, str]],
) -> Iterator[tuple[int, str, CellFinding]]:
    """What is wrong between cells: (place of the row, column or "", finding).

    `columns` are the converted values by stored name (None where a cell was refused), `cells` the
    cells by column name; all have one item per row number. `refused` names the cells (place of the
    row, column) that have no value because they were refused.
    """
    yield from _empty(source, columns, refused)
    yield from _wrong_order(source, columns)
    yield from _more_than_whole(source, columns)
    yield from _below_zero(source, columns)
    yield from _not_bridged(source, columns, row_numbers)
    yield from _other_brin(source, columns, cells)
    unknown = {place for place, name in refused if name in source.rows.one_row_per}
    yield from _duplicates(source, columns, row_numbers, unknown)
    if not unknown:  # or a row that is there would seem to be missing
        yield from _incomplete(source, columns)


def _empty(
    source: Source, columns: Columns, refused: Collection[tuple[int, str]]
) -> Iterator[tuple[int, str, CellFinding]]:
    """A cell that may be empty in some rows only."""
    for name, other, code in source.rows.empty_when:
        if name not in columns or other not in columns:
            continue
        label = source.columns[other].values[code][0]
        for place, (value, kind) in enumerate(zip(columns[name], columns[other], strict=True)):
            unread = (place, name) in refused or (place, other) in refused
            if value is None and kind != code and not unread:
                advice = (
                    f"Vul deze cel in; leeg mag alleen bij {label}. Betekent leeg “zoals erboven”, "
                    "herhaal dat dan op elke regel."
                )
                yield place, name, CellFinding("", source.columns[name].label.lower(), advice)


def _incomplete(source: Source, columns: Columns) -> Iterator[tuple[int, str, CellFinding]]:
    """Numbers that are only known together, of which one is not there: that is not zero."""
    kind = source.rows.complete
    if not kind:
        return
    rest = [name for name in source.stored_keys if name != kind]
    held: dict[tuple[Any, ...], list[int]] = {}
    for place, key in enumerate(zip(*(columns[name] for name in rest), strict=True)):
        held.setdefault(key, []).append(place)
    codes = source.columns[kind].values
    for places in held.values():
        there = {columns[kind][place] for place in places}
        missing = [texts[0] for code, texts in codes.items() if code not in there]
        if missing and None not in there:
            expected = f"ook een regel voor {' en '.join(missing)}, met 0 als er geen waren"
            advice = (
                "Zonder die regel is het geheel niet bekend: deze regel telt niet mee. Wat over "
                "deze vestiging al was geleverd, blijft staan."
            )
            there_text = " en ".join(codes[code][0] for code in codes if code in there)
            yield places[0], kind, CellFinding(there_text, expected, advice, REMARK)


def _wrong_order(source: Source, columns: Columns) -> Iterator[tuple[int, str, CellFinding]]:
    for later, earlier in source.rows.after:
        label = source.columns[earlier].label
        for place, (end, start) in enumerate(zip(columns[later], columns[earlier], strict=True)):
            if end is not None and start is not None and end < start:
                expected = f"een datum op of na {dutch_date(start)} (“{label}”)"
                yield place, later, CellFinding(dutch_date(end), expected, "Kijk beide datums na.")


def _more_than_whole(source: Source, columns: Columns) -> Iterator[tuple[int, str, CellFinding]]:
    """More pupils in a part than in the whole, with both numbers."""
    for part, whole in source.rows.part_of:
        label = source.columns[whole].label
        for place, few in enumerate(columns[part]):
            all_, mark = columns[whole][place], _mark(columns, whole, place)
            most = MOST_OF_FEW if mark else all_
            if few is not None and most is not None and few > most:
                told = f"want er staat {mark} bij" if mark else "want zoveel staat er bij"
                expected = f"hoogstens {dutch_number(most)}, {told} “{label}”"
                yield place, part, CellFinding(dutch_number(few), expected, BOTH_NUMBERS)


def _mark(columns: Columns, name: str, place: int) -> str:
    """The mark that stands for a number, "" when there is a number or nothing."""
    return columns[f"{name}_mark"][place] or "" if f"{name}_mark" in columns else ""


def _below_zero(source: Source, columns: Columns) -> Iterator[tuple[int, str, CellFinding]]:
    """More came than are there or left: there would have been fewer than nobody before."""
    if not source.rows.flow:
        return
    stock, new, ended = source.rows.flow
    labels = {name: source.columns[name].label for name in source.rows.flow}
    for place, (there, came, left) in enumerate(
        zip(columns[stock], columns[new], columns[ended], strict=True)
    ):
        if None not in (there, came, left) and came > there + left:
            expected = (
                f"hoogstens {dutch_number(there + left)}: wie erbij kwam, is er nog "
                f"(“{labels[stock]}”: {dutch_number(there)}) of is gestopt (“{labels[ended]}”: "
                f"{dutch_number(left)})"
            )
            advice = "Kijk de drie getallen na."
            yield place, new, CellFinding(dutch_number(came), expected, advice)


def _not_bridged(
    source: Source, columns: Columns, row_numbers: Sequence[object]
) -> Iterator[tuple[int, str, CellFinding]]:
    """A stock that is not what the quarter before in the same file plus new less ended gives."""
    period, rows = source.delivery.period_column, source.rows
    if not rows.flow or not period or source.columns[period].type != "period":
        return
    same = [columns[name] for name in rows.one_row_per if name != period]
    names = [tuple(values) for values in zip(*same, strict=True)]
    place_of = {(name, columns[period][at]): at for at, name in enumerate(names)}
    for (name, period_id), place in place_of.items():
        earlier = Calendar().parse(period_id).previous_period_id if period_id else ""
        before = place_of.get((name, earlier))
        numbers = [columns[column][place] for column in rows.flow]
        if before is None or None in (*numbers, columns[rows.flow[0]][before]):
            continue
        start = columns[rows.flow[0]][before]
        there, came, left = numbers
        if start + came - left != there:
            expected = (
                f"{dutch_number(start + came - left)}: {dutch_number(start)} in het kwartaal "
                f"ervoor (regel {row_numbers[before]}), {dutch_number(came)} erbij, "
                f"{dutch_number(left)} eraf"
            )
            advice = "Kijk de getallen van beide kwartalen na."
            yield place, rows.flow[0], CellFinding(dutch_number(there), expected, advice, REMARK)


def _other_brin(
    source: Source, columns: Columns, cells: Mapping[str, Sequence[Value]]
) -> Iterator[tuple[int, str, CellFinding]]:
    """A branch written with its BRIN ("00AA01") must stand beside that same BRIN."""
    kinds = {column.type: name for name, column in source.columns.items()}
    brin, branch = kinds.get("brin", ""), kinds.get("branch", "")
    if brin not in cells or branch not in cells:
        return
    for place, (code, cell) in enumerate(zip(columns[brin], cells[branch], strict=True)):
        written = cell.strip().upper() if isinstance(cell, str) else ""
        if code and len(written) > 4 and not written.startswith(code):
            advice = "De BRIN in deze cel is een andere. Kijk beide codes na."
            yield place, branch, CellFinding(written, f"een vestiging van {code}", advice)


def _duplicates(
    source: Source, columns: Columns, row_numbers: Sequence[object], unknown: Collection[int]
) -> Iterator[tuple[int, str, CellFinding]]:
    """Rows that say something about the same thing twice.

    Of equal rows the first may stay; of rows that differ nobody knows which is right. Rows whose
    key is `unknown` are not compared.
    """
    if not source.rows.one_row_per:
        return
    stored = [name for key in source.rows.one_row_per for name, _ in source.columns[key].stored]
    keys = list(zip(*(columns[name] for name in stored), strict=True))
    if len(set(keys)) == len(keys):
        return
    seen: dict[tuple[Any, ...], list[int]] = {}
    for place, key in enumerate(keys):
        if place not in unknown:
            seen.setdefault(key, []).append(place)
    labels = ", ".join(f"“{source.columns[name].label}”" for name in source.rows.one_row_per)
    for places in seen.values():
        if len(places) > 1:
            contents = {tuple(values[at] for values in columns.values()) for at in places}
            suspect = places[1:] if len(contents) == 1 else places
            numbers = [row_numbers[at] for at in places]
            for place in suspect:
                yield place, "", _duplicate(labels, row_numbers[place], numbers, len(contents) == 1)


def _duplicate(labels: str, row: object, rows: Sequence[object], same: bool) -> CellFinding:
    others = [str(number) for number in rows[: MOST_TOLD + 1] if number != row][:MOST_TOLD]
    shown = ", ".join(others) + (" en meer" if len(rows) - 1 > MOST_TOLD else "")
    kind = "staat ook" if same else "staat met andere gegevens ook"
    advice = "Verwijder de dubbele regel." if same else "Laat alleen de goede regel staan."
    found = f"Deze regel {kind} op regel {shown}"
    return CellFinding(found, f"één regel per {labels}", advice)
