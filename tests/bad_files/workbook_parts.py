"""Building blocks for odd files: xlsx and ods from raw XML, xls and OLE from raw bytes."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def zipped(parts: dict[str, bytes | str] | list[tuple[str, bytes | str]]) -> bytes:
    """A zip file with a fixed date, so that making it twice gives the same file."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as file:
        warnings.simplefilter("ignore")  # a part that stands in it twice is on purpose
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            file.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content,
                          zipfile.ZIP_DEFLATED, 9)  # fmt: skip
    return out.getvalue()


def sheet(rows: str, after: str = "", before: str = "") -> str:
    """The XML of a sheet around its rows."""
    return (
        f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def parts_of(*sheets: str, calculation: str = "", strings: str = "") -> dict[str, bytes | str]:
    """The parts of a workbook with these sheets, named Blad1, Blad2 …"""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="Blad{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    office = f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    styles = (
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd-mm-yyyy"/></numFmts>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs>'
    )
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'{XML}<Types xmlns="x"/>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}">{office}</Relationships>',
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"<sheets>{listed}</sheets>{calculation}</workbook>",
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}">{links}'
        f'<Relationship Id="rIdS" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rIdT" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/styles.xml": f'{XML}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/sharedStrings.xml": f'{XML}<sst xmlns="{MAIN}">{strings}</sst>',
    }
    for number, content in zip(numbers, sheets, strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = content
    return parts


def workbook(*rows: str, after: str = "", calculation: str = "", strings: str = "") -> bytes:
    """An xlsx file with one sheet."""
    content = sheet("".join(rows), after)
    return zipped(parts_of(content, calculation=calculation, strings=strings))


def text(reference: str, value: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'


def row(number: int, *cells: str) -> str:
    """A row of cells."""
    return f'<row r="{number}">{"".join(cells)}</row>'


HEADER = row(1, text("A1", "school"), text("B1", "aantal"))
DATA = row(2, text("A2", "De Wijde Blik"), '<c r="B2"><v>12</v></c>')


def replaced(part: str, content: bytes | str, rename: str | None = None) -> bytes:
    """A good workbook in which one part has other content or another name."""
    parts = parts_of(sheet(HEADER + DATA))
    parts.pop(part, None)
    parts[rename or part] = content
    return zipped(parts)


def ods(body: str, manifest: str = "") -> bytes:
    """An ods file with one table."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f"{XML}<manifest>{manifest}</manifest>",
            "content.xml": f"{XML}<office:document-content{names} "
            'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
            '<office:body><office:spreadsheet><table:table table:name="Blad1">'
            f"{body}</table:table></office:spreadsheet></office:body></office:document-content>",
        }
    )


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE file whose streams are all big enough to lie in ordinary sectors."""
    sectors: list[bytes] = []
    chain: list[int] = []
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for number, (name, content) in enumerate(streams.items(), start=1):
        content = content.ljust(4096, b"\0")
        start = len(sectors)
        pieces = [content[i : i + 512].ljust(512, b"\0") for i in range(0, len(content), 512)]
        sectors += pieces
        chain += [*range(start + 1, start + len(pieces)), 0xFFFFFFFE]
        following = number + 1 if number < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, start, len(content), right=following))
    directory = len(sectors)
    raw = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    sectors += [raw[i : i + 512] for i in range(0, len(raw), 512)]
    chain += [*range(directory + 1, len(sectors)), 0xFFFFFFFE]
    table = len(sectors)
    chain.append(0xFFFFFFFD)
    sectors.append(struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain))))
    head = struct.pack("<8s16s5H6x6I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9,
                       6, 0, 1, directory, 0, 4096, 0xFFFFFFFE)  # fmt: skip
    head += struct.pack("<3I", 0, 0xFFFFFFFE, 0) + struct.pack("<109I", table, *[0xFFFFFFFF] * 108)
    return head + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF,
           right: int = 0xFFFFFFFF) -> bytes:  # fmt: skip
    raw = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBB3I16x4x16xIQ", raw, len(raw), kind, 1, 0xFFFFFFFF, right, child,
                       start, size)  # fmt: skip


def record(kind: int, body: bytes = b"") -> bytes:
    """One BIFF record."""
    return struct.pack("<HH", kind, len(body)) + body


def xls(*records: bytes, early: bytes = b"") -> bytes:
    """An xls file with one sheet that holds these records."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6)) + early
    name = b"Blad1"
    listed = struct.pack("<IBBBB", 0, 0, 0, len(name), 0) + name
    start = len(begin) + len(record(0x0085, listed)) + len(record(0x000A))
    listed = struct.pack("<I", start) + listed[4:]
    inner = record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 6))
    stream = begin + record(0x0085, listed) + record(0x000A)
    return ole({"Workbook": stream + inner + b"".join(records) + record(0x000A)})


def xls_text(row_number: int, column: int, value: str) -> bytes:
    """A LABEL record."""
    raw = value.encode("utf-16-le")
    return record(0x0204, struct.pack("<HHHHB", row_number, column, 0, len(value), 1) + raw)


def xls_number(row_number: int, column: int, value: float) -> bytes:
    """A NUMBER record."""
    return record(0x0203, struct.pack("<HHHd", row_number, column, 0, value))


def xls_error(row_number: int, column: int, code: int) -> bytes:
    """A BOOLERR record that holds an error."""
    return record(0x0205, struct.pack("<HHHBB", row_number, column, 0, code, 1))


def xls_failed_formula(row_number: int, column: int, code: int) -> bytes:
    """A FORMULA record whose outcome is an error."""
    outcome = bytes((2, 0, code, 0, 0, 0, 0xFF, 0xFF))
    body = struct.pack("<HHH8sHIH", row_number, column, 0, outcome, 0, 0, 3) + b"\x1e\x01\x00"
    return record(0x0006, body)


def lying(part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A zip that says its sheet is small; the real one is bigger."""
    good = bytearray(zipped(parts_of(sheet(HEADER + DATA + " " * 90_000))))
    content = zipfile.ZipFile(io.BytesIO(good)).read(part)
    shown = content[:400]
    for signature, crc_at, size_at, name_at in ((b"PK\x03\x04", 14, 22, 30),
                                                (b"PK\x01\x02", 16, 24, 46)):  # fmt: skip
        at = good.find(part.encode()) if signature[2] == 3 else good.rfind(part.encode())
        at -= name_at
        struct.pack_into("<I", good, at + crc_at, zlib.crc32(shown))
        struct.pack_into("<I", good, at + size_at, len(shown))
    return bytes(good)


def flagged(flag: int) -> bytes:
    """A workbook whose zip entries carry a flag, such as 1 for encrypted."""
    good = bytearray(workbook(HEADER, DATA))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = good.find(signature)
        while at >= 0:
            good[at + offset] |= flag
            at = good.find(signature, at + 4)
    return bytes(good)
