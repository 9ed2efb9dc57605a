"""Makes the odd and hostile files of this folder: `python tests/bad_files/make.py`.

Every file is made up and small; its name says what is unusual about it. `HOSTILE` has the file
and a piece of the sentence the user must get, `ODD` has files whose cells must come out right.
"""

from __future__ import annotations

import struct
from pathlib import Path

from workbook_parts import (
    DATA,
    HEADER,
    MAIN,
    PACKAGE,
    RELATIONS,
    XML,
    flagged,
    lying,
    ods,
    ole,
    parts_of,
    record,
    replaced,
    row,
    sheet,
    text,
    workbook,
    xls,
    xls_error,
    xls_failed_formula,
    xls_number,
    xls_text,
    zipped,
)

FOLDER = Path(__file__).resolve().parent

# --- hostile or useless: the user gets one sentence --------------------------------------------

DAMAGED, PASSWORD, SUSPICIOUS = "beschadigd", "wachtwoord", "niet geopend"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
DTD = f'{XML}<!DOCTYPE sst [<!ENTITY a0 "ha">{LAUGHS}]>'

HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty.xlsx": (b"", "leeg"),
    "laughs_in_strings.xlsx": (
        replaced("xl/sharedStrings.xml", f'{DTD}<sst xmlns="{MAIN}"><si><t>&a9;</t></si></sst>'),
        SUSPICIOUS,
    ),
    "laughs_in_sheet.xlsx": (
        replaced("xl/worksheets/sheet1.xml", DTD + sheet(HEADER).removeprefix(XML)),
        SUSPICIOUS,
    ),
    "external_entity.xlsx": (
        replaced("xl/workbook.xml", f'{XML}<!DOCTYPE w SYSTEM "file:///etc/passwd"><w/>'),
        SUSPICIOUS,
    ),
    "late_dtd.xlsx": (
        replaced(
            "xl/worksheets/sheet1.xml",
            f"{XML}<!--{' ' * 300_000}-->"
            + DTD.removeprefix(XML)
            + sheet(HEADER).removeprefix(XML),
        ),
        SUSPICIOUS,
    ),
    "utf16_sheet.xlsx": (
        replaced(
            "xl/worksheets/sheet1.xml", sheet(HEADER).replace("UTF-8", "UTF-16").encode("utf-16")
        ),
        SUSPICIOUS,
    ),
    "utf7_sheet.xlsx": (
        replaced("xl/worksheets/sheet1.xml", sheet(HEADER).replace("UTF-8", "UTF-7")),
        SUSPICIOUS,
    ),
    "zip_bomb.xlsx": (
        replaced("xl/worksheets/sheet1.xml", sheet(HEADER + " " * 210_000_000)),
        SUSPICIOUS,
    ),
    "bomb_beside_the_sheets.xlsx": (
        replaced("xl/media/image1.png", b"\0" * 210_000_000),
        SUSPICIOUS,
    ),
    "lying_about_size.xlsx": (lying(), DAMAGED),
    "same_part_twice.xlsx": (
        zipped(
            [*parts_of(sheet(HEADER + DATA)).items(), ("xl/worksheets/sheet1.xml", sheet(HEADER))]
        ),
        SUSPICIOUS,
    ),
    "same_part_in_capitals.xlsx": (
        replaced("XL/Worksheets/Sheet1.xml", sheet(HEADER)),
        SUSPICIOUS,
    ),
    "outside_the_folder.xlsx": (replaced("../../evil.xml", "<x/>"), SUSPICIOUS),
    "outside_with_backslash.xlsx": (replaced("..\\evil.xml", "<x/>"), SUSPICIOUS),
    "absolute_path.xlsx": (replaced("/etc/evil.xml", "<x/>"), SUSPICIOUS),
    "encrypted_entries.xlsx": (flagged(1), PASSWORD),
    "encrypted_package.xlsx": (ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), PASSWORD),
    "encrypted.xls": (xls(early=record(0x002F, b"\0" * 6)), PASSWORD),
    "encrypted.ods": (ods("", "<encryption-data/>"), PASSWORD),
    "far_cell.xlsx": (workbook(HEADER, DATA, row(1048576, text("XFD1048576", "x"))), "XFD"),
    "far_cell_with_prefix.xlsx": (
        replaced(
            "xl/worksheets/sheet1.xml",
            f'{XML}<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1048576">'
            '<x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>',
        ),
        "XFD",
    ),
    "far_cell_in_the_first_row.xlsx": (
        workbook('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'),
        "te veel geheugen",
    ),
    "repeated_cell.ods": (
        ods(
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
            'table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'
            "</table:table-row>"
        ),
        "miljoen cellen",
    ),
    "far_cell.xls": (xls(xls_number(0, 0, 1), xls_number(65535, 255, 1)), "ver buiten"),
    "impossible_reference.xlsx": (workbook(row(1, text("ZZZZ1", "x"))), DAMAGED),
    "row_zero.xlsx": (workbook('<row r="0"><c r="A0"><v>1</v></c></row>'), DAMAGED),
    "promised_strings.xlsx": (  # room for a hundred thousand million texts is asked at once
        replaced(
            "xl/sharedStrings.xml",
            f'{XML}<sst xmlns="{MAIN}" count="99999999999" uniqueCount="99999999999"/>',
        ),
        "te veel geheugen",
    ),
    "string_that_is_not_there.xlsx": (workbook(row(1, '<c r="A1" t="s"><v>99</v></c>')), DAMAGED),
    "broken_xml.xlsx": (
        replaced("xl/worksheets/sheet1.xml", sheet(HEADER)[:-40]),
        DAMAGED,
    ),
    "sheet_is_missing.xlsx": (
        replaced("xl/worksheets/sheet1.xml", sheet(""), "xl/worksheets/sheet9.xml"),
        DAMAGED,
    ),
    "no_sheets.xlsx": (
        replaced("xl/workbook.xml", f'{XML}<workbook xmlns="{MAIN}"><sheets/></workbook>'),
        DAMAGED,
    ),
    "sheet_on_the_internet.xlsx": (
        replaced(
            "xl/_rels/workbook.xml.rels",
            f'{XML}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}'
            '/worksheet" Target="http://192.0.2.1/sheet.xml" TargetMode="External"/>'
            "</Relationships>",
        ),
        DAMAGED,
    ),
    "cut_off.xlsx": (workbook(HEADER, DATA)[:900], DAMAGED),
    "damaged_bytes.xlsx": (
        (lambda good: good[:1000] + bytes(60) + good[1060:])(workbook(HEADER, *[DATA] * 300)),
        DAMAGED,
    ),
    "cut_off.xls": (xls(xls_text(0, 0, "school"))[:2000], DAMAGED),
    "ring_of_sectors.xls": (
        (lambda good: good[:-512] + struct.pack("<128I", *[1, 0] * 64))(xls(xls_text(0, 0, "a"))),
        DAMAGED,
    ),
    "ole_nonsense.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600, DAMAGED),
    "word.xls": (ole({"WordDocument": b"brief"}), "geen tabel"),
    "word.xlsx": (zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "Word"),
    "plain_zip.xlsx": (zipped({"lijst.txt": "school"}), "zip-bestand"),
    "binary_workbook.xlsb": (
        zipped({"[Content_Types].xml": "<x/>", "xl/workbook.bin": "x"}),
        ".xlsb",
    ),
    "report.pdf.xlsx": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    "web_page.xls": (
        b"<html><body><table><tr><td>school</td></tr></table></body></html>",
        "webpagina",
    ),
    "xml_2003.xls": (
        b'\xef\xbb\xbf<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        "XML-bestand",
    ),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(50), "afbeelding"),
    "noise.csv": (bytes(range(256)) * 20, "geen tabel"),
    "open_quote.csv": (b'naam;aantal\n"Anker;1\nBoei;2\nCirkel;3\n', "regel 2"),
    "swallowed_row.csv": (b'naam;aantal\nA;1\n"Anker;2\n"Boei";3\nCirkel;4\n', "regel 3"),
    "giant_cell.csv": (b'a;b\n1;"' + b"x" * 200_000, "regel 2"),
}

# --- unusual but right: every cell must come out (expected in tests/data/test_read_odd.py) -----

PREFIXED = (
    f'{XML}<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr">'
    '<x:is><x:t>school</x:t></x:is></x:c><x:c r="B1" t="e"><x:v>#N/A</x:v></x:c></x:row>'
    '<x:row r="2"><x:c r="A2"><x:f>1+1</x:f></x:c></x:row></x:sheetData></x:worksheet>'
)
NUMBERS = "".join(
    f'<c r="{column}2"><v>{value}</v></c>'
    for column, value in zip("ABCDEF", ("5.0", "2.5", "-3", "1e20", "1e999", "0.1"), strict=True)
)
DATES = (
    '<c r="A1" s="1"><v>45351</v></c><c r="B1" s="1"><v>45351.5</v></c>'
    '<c r="C1" t="d"><v>2024-02-29</v></c><c r="D1" t="b"><v>1</v></c>'
)
FORMULAS = (
    '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>B2</f></c><c r="C1"><f>C2</f><v/></c>'
    '<c r="D1"><f>D2</f><v></v></c><c r="E1" t="str"><f>""</f><v></v></c>'
    '<c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="G1"><f t="shared" si="0"/><v>7</v></c>'
    '<c r="H1"><f>0</f><v>0</v></c><c r="I1" t="str"><f>A9</f></c>'
)
BLANKS = row(
    1, text("A1", "\u00a0 De\u00a0Wijde Blik "), text("B1", "regel een_x000D_\nregel twee"),
    text("C1", "   "), text("D1", "1\u202f234"), text("E1", "naam_x005F_x000D_"),
)  # fmt: skip
RICH = (
    '<row r="1"><c r="A1" t="inlineStr"><is><r><t xml:space="preserve">De </t></r>'
    "<r><t>Wijde</t></r><rPh sb='0' eb='1'><t>klank</t></rPh></is></c>"
    f"{text('B1', 'R&amp;D &lt;5 &#233;')}</row>"
)
ODS_CELL = '<table:table-cell office:value-type="float" office:value="{}"/>'
ODS_ERROR = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
    'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
)
ODS_ROWS = (
    f"<table:table-row>{ODS_CELL.format(5)}{ODS_ERROR}"
    '<table:table-cell table:formula="of:=[.A1]"/></table:table-row>'
    f'<table:table-row table:number-rows-repeated="2">{ODS_CELL.format(2.5)}</table:table-row>'
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
    'table:number-columns-repeated="16384"/></table:table-row>'
)
MANY_NUMBERS = struct.pack("<HH", 3, 0) + struct.pack("<HI", 0, (7 << 2) | 2) * 3 + b"\x02\x00"
LINKED = {
    **parts_of(sheet(HEADER + DATA)),
    "xl/vbaProject.bin": b"macro",
    "xl/externalLinks/externalLink1.xml": "<x/>",
}

ODD: dict[str, bytes] = {
    "prefixed.xlsx": replaced("xl/worksheets/sheet1.xml", PREFIXED),
    "no_references.xlsx": workbook(
        "<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c t='e'><v>#REF!</v></c></row>"
    ),
    "single_quotes.xlsx": workbook("<row r='1'><c r='A1' t='e'><v>#NUM!</v></c></row>"),
    "wrong_dimension.xlsx": replaced(
        "xl/worksheets/sheet1.xml",
        sheet(HEADER + DATA + row(3, text("A3", "Boei")), before='<dimension ref="A1"/>'),
    ),
    "rows_in_any_order.xlsx": workbook(DATA, HEADER),
    "numbers.xlsx": workbook(row(2, NUMBERS)),
    "dates.xlsx": workbook(row(1, DATES)),
    "dates_1904.xlsx": zipped(
        {
            **parts_of(sheet(row(1, DATES))),
            "xl/workbook.xml": str(parts_of("")["xl/workbook.xml"]).replace(
                "<sheets>", '<workbookPr date1904="1"/><sheets>'
            ),
        }
    ),
    "formulas.xlsx": workbook(row(1, FORMULAS)),
    "formulas_never_calculated.xlsx": workbook(
        row(1, FORMULAS), calculation='<calcPr calcId="1" fullCalcOnLoad="1"/>'
    ),
    "blanks.xlsx": workbook(BLANKS, row(2, '<c r="A2" s="1"/>'), row(900, '<c r="XFD900" s="1"/>')),
    "rich_text.xlsx": workbook(RICH),
    "looks_like_a_formula.xlsx": workbook(row(1, text("A1", "=cmd|'/C calc'!A0"))),
    "merged_and_hidden.xlsx": workbook(
        HEADER,
        DATA,
        '<row r="3" hidden="1"><c r="A3"><v>3</v></c></row>',
        after='<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>',
    ),
    "macro_and_links.xlsx": zipped(LINKED),
    "prefixed_file_name.csv": workbook(HEADER, DATA),
    "errors_and_repeats.ods": ods(ODS_ROWS),
    "errors.xls": xls(
        xls_text(0, 0, "school"),
        xls_text(0, 1, "aantal"),
        xls_number(1, 1, 12.0),
        xls_error(2, 0, 42),
        xls_failed_formula(2, 1, 7),
        record(0x00BD, MANY_NUMBERS),
    ),
    "dos.csv": "naam;plaats\r\nMariëndael;Één café\r\nSint-Jozef;'s-Hertogenbosch\r\n\x1a".encode(
        "cp850"
    ),
    "windows.csv": "naam;bedrag\r\nMariëndael – ‘t Anker;€ 5\r\n".encode("cp1252"),
    "unicode_16.csv": "naam\tplaats\r\nMariëndael\tFryslân\r\n".encode("utf-16"),
    "unicode_16_unmarked.csv": "naam\tplaats\r\nMariëndael\tFryslân\r\n".encode("utf-16-le"),
    "marked.csv": "naam;plaats\nMariëndael;Fryslân\n".encode("utf-8-sig"),
    "damaged_text.csv": "naam;plaats\nMariÃ«ndael;Frysl\ufffdn\n".encode(),
    "hint.csv": b"sep=,\r\nnaam,aantal\r\nA,1\r\n",
    "decimal_commas.csv": b"school;a;b\nX;8,39;2,5\nY;7,1;3,0\n\n;;\n",
    "titles.csv": b"Overzicht verzuim\n\nschool;aantal;deel\nA;1;2\nB;3;4\nBron: CBS\n",
    "old_mac.csv": b"naam;aantal\rA;1\rB;2\r",
    "quotes.csv": b'naam;tekst\n"De ""Jutter""";"een; twee\ndrie"\nA "B" C;x\n"Anker" aan Zee;y\n',
    "one_column.csv": b"school\nAnker\nBoei\n",
}


def main() -> None:
    """Write every file."""
    for name, (content, _) in HOSTILE.items():
        (FOLDER / name).write_bytes(content)
    for name, content in ODD.items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
