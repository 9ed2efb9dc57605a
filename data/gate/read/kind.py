"""Which kind of file it is, by its content: a name can say anything."""

from __future__ import annotations

import re
from pathlib import Path

from data.gate.read.refusal import not_a_table, save_as_xlsx

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER = {
    b"%PDF": "een PDF",
    b"\x89PNG": "een afbeelding",
    b"\xff\xd8\xff": "een afbeelding",
    b"GIF8": "een afbeelding",
    b"{\\rtf": "een tekstdocument (RTF)",
    b"\x1f\x8b": "een ingepakt bestand (gzip)",
    b"7z\xbc\xaf": "een ingepakt bestand (7z)",
    b"Rar!": "een ingepakt bestand (rar)",
    b"SQLite format 3": "een database",
    b"PAR1": "een Parquet-bestand",
    b"MZ\x90\x00": "een programma",
    b"\x7fELF": "een programma",
}
_MARKUP = re.compile(rb"\s*<(\?xml|!doctype|!--|html|table|head|body|meta|style|workbook)\b", re.I)


def container_of(path: Path) -> str:
    """`zip` (xlsx, xlsm, ods), `ole` (xls) or `text` (csv); refuses what is clearly none."""
    with path.open("rb") as file:
        head = file.read(2048)
    if head.startswith(ZIP):
        return "zip"
    if head.startswith(OLE):
        return "ole"
    for signature, name in _OTHER.items():
        if head.startswith(signature):
            raise not_a_table(name)
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise save_as_xlsx("een webpagina of XML-bestand met de naam van een spreadsheet")
    return "text"
