"""Files that ask too much: each family asks it of another part of an import.

They are made when needed, because what they unpack to is big. Every one is an absence list, or
pretends to be one. `REFUSED`: it must be refused or asked about; `FINE`: a good file, that only
looks like a bad one.
"""

# ruff: noqa: E501  one line per family reads best

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from openpyxl import Workbook
from workbook_parts import (
    MAIN,
    XML,
    ods,
    parts_of,
    replaced,
    row,
    sheet,
    text,
    workbook,
    zipped,
)

REFUSED, FINE, EITHER = "refused", "fine", "either"
# What needs the limits of the child, or so much time that one would wait for it.
SLOW = frozenset((
    "wide_rows.csv", "merged_over_each_other.xlsx", "comments.xlsx", "wrong_rows.csv",
    "wrong_each_time.csv", "same_pupil.csv", "pupils_twice.csv", "errors.xlsx", "formulas.xlsx",
    "two_million_cells.csv", "headers_again.csv", "many_columns.csv", "totals.csv",
))  # fmt: skip
Family = tuple[str, Callable[[], bytes], str]

NAMES = ("Leerlingnummer", "Vestiging", "Soort verzuim", "Begindatum", "Einddatum")
VALUES = ("L-1001", "01AA00", "AV", "04-09-2023", "")
MANY = 840_000


def csv(rows: int = 1, more: str = "", cell: str = "", values: tuple[str, ...] = VALUES) -> bytes:
    """An absence list in csv; `more` is the name of one more column, `cell` what is in it."""
    head = ";".join((*NAMES, *([more] if more else [])))
    lines = [";".join((f"L-{number}", *values[1:], *([cell] if more else [])))
             for number in range(rows)]  # fmt: skip
    return "\n".join((head, *lines)).encode()


def cells(number: int, values: tuple[str, ...], more: tuple[str, ...] = ()) -> str:
    """A row of an xlsx with these texts from column A on."""
    texts = (text(f"{chr(65 + at)}{number}", value) for at, value in enumerate(values + more))
    return row(number, *texts)


def xlsx(*rows: str, after: str = "", name: str = "Blad1", strings: str = "") -> bytes:
    """An absence list in xlsx with these rows below its header."""
    parts = parts_of(sheet("".join((cells(1, NAMES), *rows)), after), strings=strings)
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("Blad1", name)
    return zipped(parts)


def listed(count: int, values: tuple[str, ...] = VALUES) -> list[str]:
    """So many rows of an xlsx, each of another pupil."""
    return [cells(number + 2, (f"L-{number}", *values[1:])) for number in range(count)]


def sheets(count: int, rows: str = "") -> bytes:
    """A workbook with many sheets."""
    return zipped(parts_of(*[sheet(cells(1, NAMES) + rows)] * count))


def merged(*ranges: str) -> str:
    """The part of a sheet that says which cells are merged."""
    inner = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    return f'<mergeCells count="{len(ranges)}">{inner}</mergeCells>'


def letters(number: int) -> str:
    """Column 1 is A."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def wide(count: int, value: str = "Leerlingnummer") -> str:
    """A row with so many equal texts."""
    return row(1, *(text(f"{letters(at + 1)}1", value) for at in range(count)))


def table(*rows: str) -> str:
    """Rows of an ods below a good header."""
    return ods_row(*NAMES) + "".join(rows)


def ods_row(*values: str, more: str = "") -> str:
    """A row of an ods; `more` are attributes of its first cell."""
    first, *rest = (
        f'<table:table-cell office:value-type="string"%s><text:p>{v}</text:p></table:table-cell>'
        for v in values
    )
    inside = first % more + "".join(one % "" for one in rest)
    return f"<table:table-row>{inside}</table:table-row>"


def repeated_row(times: int) -> str:
    """A filled row of an ods that says that it stands there so many times."""
    return ods_row(*VALUES[:4]).replace(
        "<table:table-row", f'<table:table-row table:number-rows-repeated="{times}"', 1
    )


def pivot() -> bytes:
    """A good list beside a pivot table, whose cache packs very well."""
    records = '<r><x v="0"/><n v="1"/></r>' * 150_000
    parts = parts_of(sheet(cells(1, NAMES) + "".join(listed(20))))
    parts["xl/pivotCache/pivotCacheRecords1.xml"] = (
        f'{XML}<pivotCacheRecords xmlns="{MAIN}" count="150000">{records}</pivotCacheRecords>'
    )
    return zipped(parts)


def long_remarks() -> bytes:
    """A good list with a remark as long as Excel allows in every row."""
    book = Workbook()
    book.active.append((*NAMES, "Toelichting"))
    for number in range(60):
        book.active.append((f"L-{number}", *VALUES[1:4], None, "lang verhaal " * 2_500))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def nested() -> bytes:
    """A zip in a zip, as a part of a workbook."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.xml", b" " * 50_000_000)
    return replaced("xl/media/image1.zip", inner.getvalue())


def relations(count: int) -> bytes:
    """A workbook with very many relations."""
    parts = parts_of(sheet(cells(1, NAMES) + listed(1)[0]))
    extra = "".join(f'<Relationship Id="x{n}" Type="t" Target="a{n}.xml"/>' for n in range(count))
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = str(parts[name]).replace("</Relationships>", extra + "</Relationships>")
    return zipped(parts)


def formats(count: int) -> bytes:
    """A workbook with very many number formats and cell styles."""
    parts = parts_of(sheet(cells(1, NAMES) + listed(1)[0]))
    font = "".join("<font><strike/></font>" for _ in range(count))
    style = "".join(f'<xf numFmtId="0" fontId="{n}"/>' for n in range(count))
    parts["xl/styles.xml"] = (
        f'{XML}<styleSheet xmlns="{MAIN}"><fonts>{font}</fonts><cellXfs>{style}</cellXfs>'
        "</styleSheet>"
    )
    return zipped(parts)


DOTS = "@" + "a." * (MANY // 2)
WRONG = ("", "XX", "wat", "32-13-2023", "gisteren")

FAMILIES: dict[str, Family] = {
    # texts that keep a pattern busy
    "address_of_dots.csv": ("een kolom met een eindeloos adres", lambda: csv(1, "Extra", DOTS), EITHER),
    "signs_without_end.csv": ("een cel zonder spaties", lambda: csv(1, "Extra", "a" * MANY + "@"), EITHER),
    "long_pupil.csv": ("een leerlingnummer van 840.000 tekens", lambda: csv(1, values=VALUES).replace(b"L-0", b"L" * MANY), REFUSED),
    "long_kind.csv": ("een soort van 840.000 tekens", lambda: csv(values=("", "01AA00", "langdurig " * 84_000, "04-09-2023", "")), REFUSED),
    "long_day.csv": ("een datum van 840.000 cijfers", lambda: csv(values=("", "01AA00", "AV", "1" * MANY, "")), REFUSED),
    "long_school.csv": ("een code van 840.000 tekens", lambda: csv(values=("", "0" * MANY, "AV", "04-09-2023", "")), REFUSED),
    "spaces_and_word.csv": ("een cel van spaties", lambda: csv(1, "Extra", "x" + " " * MANY + "x"), EITHER),
    "brackets.csv": ("een kolomkop van haakjes", lambda: csv(1, "(" * MANY, "1"), EITHER),
    "digits_and_dots.csv": ("een getal van punten", lambda: csv(1, "Extra", "1." * 400_000), EITHER),
    "lost_letters.csv": ("een rij verloren letters", lambda: csv(1, "Extra", "a" * MANY + "\ufffd"), EITHER),
    "doubled_letters.csv": ("dubbel gecodeerde tekst", lambda: csv(1, "Extra", "Ã©" * 200_000), EITHER),
    "combining.csv": ("een letter met heel veel accenten", lambda: csv(1, "Extra", "e" + "\u0301" * 400_000), EITHER),
    "quotes.csv": ("een cel van aanhalingstekens", lambda: csv(1, "Extra", '"' * 100_001), REFUSED),
    "long_line.csv": ("één regel van 15 MB", lambda: csv(1, "Extra", "x" * 15_000_000), EITHER),
    "long_field.csv": ("een cel van 200.000 tekens", lambda: csv(1, "Extra", "x" * 200_000), EITHER),
    # names
    "sheet_name.xlsx": ("een bladnaam van 840.000 tekens", lambda: xlsx(*listed(500), name="B" * MANY), EITHER),
    "header_of_900_kb.csv": ("een kolomkop van 900 kB", lambda: csv(3, "K" * 900_000, "1"), EITHER),
    "headers_of_100_kb.csv": ("veel lange kolomkoppen", lambda: ";".join([*NAMES, *(f"{n}" * 30_000 for n in range(99))]).encode() + b"\n" + csv(3)[60:], EITHER),
    "title.csv": ("een titel van 900 kB", lambda: ("2023 " * 180_000).encode() + b"\n" + csv(2), EITHER),
    "titles.csv": ("duizenden titels", lambda: b"kwartaal 1 2023\n" * 49 + csv(2), EITHER),
    # width
    "equal_headers.xlsx": ("16.384 gelijke kolomkoppen", lambda: workbook(wide(16_384), listed(1)[0]), REFUSED),
    "other_headers.xlsx": ("16.384 kolomkoppen", lambda: workbook(row(1, *(text(f"{letters(n + 1)}1", f"Kop {n}") for n in range(16_384))), row(2, text("A2", "x"))), REFUSED),
    "columns.csv": ("20.000 kolommen", lambda: b";".join(b"k%d" % n for n in range(20_000)) + b"\n" + b"1;" * 19_999 + b"1", REFUSED),
    "many_columns.csv": ("5.000 kolommen extra", lambda: ";".join([*NAMES, *(f"k{n}" for n in range(5_000))]).encode() + b"\n" + ";".join(VALUES[:4]).encode() + b";" * 5_001, EITHER),
    "wide_rows.csv": ("rijen van 15.000 cellen", lambda: csv(1) + b"\n" + b"\n".join([b"x;" * 15_000] * 100), EITHER),
    "far_column.xlsx": ("een cel in kolom XFD", lambda: xlsx(row(2, text("A2", "L-1"), text("XFD2", "x"))), EITHER),
    # merges, spans, repeats
    "merged_rows.xlsx": ("25.000 samengevoegde rijen", lambda: xlsx(*listed(30), after=merged(*(f"A{n}:XFD{n}" for n in range(40, 25_040)))), EITHER),
    "merged_over_each_other.xlsx": ("25.000 keer dezelfde cellen samengevoegd", lambda: xlsx(*listed(300), after=merged(*["A2:E300"] * 25_000)), EITHER),
    "merged_column.xlsx": ("een kolom tot het einde samengevoegd", lambda: xlsx(*listed(30), after=merged("A2:A1048576", "B3:B1048576")), EITHER),
    "too_many_merges.xlsx": ("60.000 samenvoegingen", lambda: xlsx(*listed(30), after=merged(*(f"A{n}:B{n}" for n in range(2, 60_002)))), REFUSED),
    "columns_spanned.ods": ("een cel over 10^15 kolommen", lambda: ods(table(ods_row(*VALUES[:4], more=f' table:number-columns-spanned="{10**15}"'))), EITHER),
    "rows_spanned.ods": ("een cel over 10^15 rijen", lambda: ods(table(ods_row(*VALUES[:4], more=f' table:number-rows-spanned="{10**15}"'))), EITHER),
    "columns_repeated.ods": ("een cel 10^15 keer herhaald", lambda: ods(table(ods_row(*VALUES[:4], more=f' table:number-columns-repeated="{10**15}"'))), REFUSED),
    "rows_repeated.ods": ("een rij 10^15 keer herhaald", lambda: ods(table(repeated_row(10**15))), REFUSED),
    "rows_repeated_a_million.ods": ("een rij een miljoen keer herhaald", lambda: ods(table(repeated_row(1_000_000))), REFUSED),
    "empty_repeats.ods": ("lege rijen tot het einde", lambda: ods(table(ods_row(*VALUES[:4])) + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'), EITHER),
    "negative_repeat.ods": ("min één keer herhaald", lambda: ods(table(ods_row(*VALUES[:4], more=' table:number-columns-repeated="-1"'))), EITHER),
    "repeat_of_digits.ods": ("een getal van 5.000 cijfers", lambda: ods(table(ods_row(*VALUES[:4], more=f' table:number-columns-repeated="{"9" * 5_000}"'))), REFUSED),
    "many_column_styles.ods": ("100.000 kolommen met opmaak", lambda: ods('<table:table-column table:number-columns-repeated="16384"/>' * 20_000 + table(ods_row(*VALUES[:4]))), EITHER),
    "deep.ods": ("200.000 lagen in elkaar", lambda: ods("<text:p>" * 200_000 + "</text:p>" * 200_000), REFUSED),
    # number of things
    "sheets.xlsx": ("8.000 bladen", lambda: sheets(8_000), REFUSED),
    "sheets_of_one_kind.xlsx": ("200 bladen met dezelfde soort", lambda: sheets(200, listed(1)[0]), EITHER),
    "empty_sheets.xlsx": ("240 lege bladen", lambda: zipped(parts_of(sheet(cells(1, NAMES) + listed(1)[0]), *[sheet("")] * 240)), EITHER),
    "relations.xlsx": ("200.000 verwijzingen", lambda: relations(200_000), EITHER),
    "styles.xlsx": ("60.000 opmaken met doorhaling", lambda: formats(60_000), EITHER),
    "parts.xlsx": ("20.000 onderdelen", lambda: zipped({**parts_of(sheet(cells(1, NAMES) + listed(1)[0])), **{f"xl/media/{n}.bin": b"" for n in range(20_000)}}), EITHER),
    "strings.xlsx": ("een miljoen teksten die nergens staan", lambda: xlsx(*listed(2), strings="<si><t>a</t></si>" * 1_000_000), EITHER),
    "nested_zip.xlsx": ("een zip in een zip", nested, EITHER),
    "comments.xlsx": ("90 MB commentaar in het blad", lambda: replaced("xl/worksheets/sheet1.xml", sheet(cells(1, NAMES) + f"<!--{'x' * 90_000_000}-->" + listed(1)[0])), EITHER),
    # everything wrong
    "wrong_rows.csv": ("300.000 rijen waarin alles fout is", lambda: csv(300_000, values=WRONG), REFUSED),
    "wrong_each_time.csv": ("100.000 rijen met elk een andere fout", lambda: "\n".join([";".join(NAMES), *(f"L-{n};X{n};soort {n};dag {n};{n}" for n in range(100_000))]).encode(), REFUSED),
    "same_pupil.csv": ("200.000 regels van één leerling", lambda: csv(0) + b"\n" + b"\n".join([b"L-1;01AA00;AV;04-09-2023;05-09-2023"] * 200_000), EITHER),
    "pupils_twice.csv": ("60.000 leerlingen die twee keer voorkomen", lambda: csv(60_000) + csv(60_000)[len(csv(0)) :], EITHER),
    "empty_rows.csv": ("een half miljoen lege regels", lambda: csv(1) + b"\n;;;;" * 400_000 + b"\nL-9;01AA00;AV;04-09-2023;", EITHER),
    "totals.csv": ("100.000 totaalregels", lambda: csv(1) + b"\nTotaal;;;;" * 100_000, EITHER),
    "headers_again.csv": ("100.000 keer de kopregel", lambda: csv(1) + ("\n" + ";".join(NAMES)).encode() * 100_000, EITHER),
    "errors.xlsx": ("100.000 cellen met een fout", lambda: xlsx(*(f'<row r="{n}"><c r="A{n}" t="e"><v>#N/A</v></c><c r="B{n}" t="e"><v>#REF!</v></c></row>' for n in range(2, 50_002))), REFUSED),
    "formulas.xlsx": ("100.000 formules zonder uitkomst", lambda: xlsx(*(f'<row r="{n}"><c r="A{n}"><f>B{n}</f></c><c r="B{n}"><f>C{n}</f></c></row>' for n in range(2, 50_002))), REFUSED),
    "two_million_cells.csv": ("1,9 miljoen cellen", lambda: csv(0) + b"\n" + b"L-1;01AA00;AV;04-09-2023;\n" * 380_000, EITHER),
    "nul_bytes.csv": ("tekst met nullen", lambda: csv(5) + b"\0" * 100, EITHER),
    # good files that look bad
    "long_remarks.xlsx": ("toelichtingen van 32.000 tekens", long_remarks, FINE),
    "pivot.xlsx": ("een draaitabel naast de lijst", pivot, FINE),
    "big_list.csv": ("een lijst van 60.000 regels", lambda: csv(60_000), FINE),
}  # fmt: skip
