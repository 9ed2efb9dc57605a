"""Papers for writers: one text in every place, and the longest texts a person may write."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from papers import board_paper

from kpi.paper.document import ChartLine, Document, Table, Text, Tile

# Not texts a reader sees, but what a paper is made of.
NOT_TEXT = {
    "kind", "shape", "number_format", "known_on", "colour", "font", "logo_file", "logo", "id",
    "figure",
}  # fmt: skip
# What Excel, or who opens it, could take for a formula, a link, a number or a field.
PAYLOADS = (
    "=1+1", "=HYPERLINK(\"http://voorbeeld.nl\",\"klik\")", "+1+1", "-1+1", "@SUM(A1:A9)", "\t=1+1",
    "\r=1+1", "\n=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)", " =1+1", "\N{NO-BREAK SPACE}=1+1",
    "=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "=DDE(\"cmd\";\"/C calc\";\"1\")",
    "{=1+1}", "=Blad1!$A$1", "Blad1!A1", "http://voorbeeld.nl", "mailto:iemand@voorbeeld.nl",
    "internal:'Definities'!A1", "0012345", "1,5", "=WEBSERVICE(\"http://voorbeeld.nl\")", "&D&P&F",
    "#REF!", "TRUE", "</f><f>1+1</f>", "_x003D_1+1", "=\"a\"&\"b\"", "'=1+1", "\"=1+1",
    "\N{BOM}=1+1",
)  # fmt: skip
WORDS = (
    "Het samenwerkingsverband onderzoekt met de leerplichtambtenaren en de jeugdhulpregio waarom "
    "onderwijszorgarrangementen en ontwikkelingsperspectiefplannen achterblijven bij de afspraken. "
)


def everywhere(text: str, paper: Document | None = None) -> Document:
    """A paper with the same text in every place for a text; numbers and shapes stay."""
    return _filled(paper or board_paper(), text)


def long_paper() -> Document:
    """Every text as long as it may become, in good Dutch."""
    document = board_paper()
    sections = []
    for section in document.sections:
        texts = tuple(
            Text(heading, _long(600), "A. van der Wetering-Oosterhuis, 3 oktober 2026")
            for heading in ("Wat zien we", "Waarom", "Wat doen we", "Toezegging", "Besluit")
        )
        tiles = tuple(Tile(_long(60), "−€ 1.234.567", _long(80)) for _ in range(4))
        sections.append(
            replace(
                section, title=_long(120), sentence=_long(200), texts=texts, tiles=tiles,
                notes=(_long(200), _long(200), _long(200)), fill_heading=_long(90), lines_to_fill=8,
                tables=tuple(_long_table(table) for table in section.tables),
            )
        )  # fmt: skip
    frame = replace(
        document.frame, title=_long(120), swv=_long(80), notes=(_long(400),) * 6,
        definitions=tuple(item._replace(text=_long(700)) for item in document.frame.definitions),
    )  # fmt: skip
    return replace(document, frame=frame, sections=tuple(sections))


def _long(length: int) -> str:
    return (WORDS * (length // len(WORDS) + 1))[:length].strip()


def _long_table(table: Table) -> Table:
    rows = tuple((row[0]._replace(text=_long(100)), *row[1:]) for row in table.rows)
    return replace(table, title=_long(90), note=_long(150), rows=rows)


def _filled(item: Any, text: str) -> Any:
    if isinstance(item, str):
        return text
    if isinstance(item, ChartLine):
        return replace(item, name=text)
    if is_dataclass(item):
        names = [part.name for part in fields(item) if part.init and part.name not in NOT_TEXT]
        return replace(item, **{name: _filled(getattr(item, name), text) for name in names})
    if isinstance(item, tuple) and hasattr(item, "_fields"):
        named = item._asdict()
        kept = {name: value if name in NOT_TEXT or not isinstance(value, str) else text
                for name, value in named.items()}  # fmt: skip
        return type(item)(**kept)
    if isinstance(item, tuple):
        return tuple(_filled(one, text) for one in item)
    return item
