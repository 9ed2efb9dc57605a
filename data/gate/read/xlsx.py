"""The parts of an xlsx file: which sheet is where, and what each of them holds."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pyexpat import ExpatError, ParserCreate

from data.gate.read import sheet_xml
from data.gate.read.cells import ReadLimits
from data.gate.read.facts import SheetFacts, check_box
from data.gate.read.package import Package
from data.gate.read.refusal import damaged
from data.gate.read.sheet_xml import SheetLook
from data.gate.read.strike import strike_notes, strike_styles

_Element = tuple[str, dict[str, str]]


def sheet_facts(package: Package, limits: ReadLimits) -> tuple[list[SheetFacts], list[str]]:
    """Facts per sheet in the order of the workbook, and Dutch notes about the whole file."""
    workbook = main_part(package)
    folder, file = posixpath.split(workbook)
    parts = _relations(package, posixpath.join(folder, "_rels", f"{file}.rels"), folder)
    elements = list(_elements(package, workbook))
    uncalculated = any(
        tag == "calcPr" and attributes.get("fullCalcOnLoad") in ("1", "true")
        for tag, attributes in elements
    )
    sheets = []
    styles = strike_styles(package, _kind_parts(parts, "styles"))
    for tag, attributes in elements:
        if tag == "sheet":
            kind, part = parts.get(_relation_id(attributes), ("", ""))
            name = attributes.get("name", "")
            look = SheetLook(name, limits, uncalculated, styles.struck)
            sheets.append(_facts(package, kind, part, look))
            check_box(sheets, limits)
    texts = _kind_parts(parts, "sharedStrings")
    return sheets, [*_notes(package), *styles.notes, *strike_notes(package, texts)]


def main_part(package: Package) -> str:
    """The part that an Office file begins with, like xl/workbook.xml or word/document.xml."""
    return _target(package, "_rels/.rels", "", "officeDocument")


def _facts(package: Package, kind: str, part: str, look: SheetLook) -> SheetFacts:
    if kind != "worksheet":
        return SheetFacts(look.name, is_table=False)
    facts = sheet_xml.look(package.pieces(part), look)
    if facts is None or facts.rows * facts.columns > look.limits.cells:
        return sheet_xml.study(package.pieces(part), look)
    return facts


def _kind_parts(parts: Mapping[str, tuple[str, str]], kind: str) -> list[str]:
    return [part for of_kind, part in parts.values() if of_kind == kind]


def _notes(package: Package) -> list[str]:
    folders = {name.rpartition("/")[0] for name in package.names()}
    notes = []
    if any(name.endswith("vbaproject.bin") for name in package.names()):
        notes.append("Dit bestand bevat macro's; die zijn niet uitgevoerd en niet bewaard.")
    if any(folder.endswith("/externallinks") for folder in folders) or any(
        name.endswith("/connections.xml") for name in package.names()
    ):
        notes.append(
            "Dit bestand verwijst naar andere bestanden of databases; die zijn niet opgehaald. "
            "De waarden zijn zoals ze de laatste keer zijn opgeslagen."
        )
    return notes


def _relation_id(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")


def _target(package: Package, relations: str, folder: str, kind: str) -> str:
    found = [part for of_kind, part in _relations(package, relations, folder).values()
             if of_kind == kind]  # fmt: skip
    if not found:
        raise damaged()
    return found[0]


def _relations(package: Package, name: str, folder: str) -> dict[str, tuple[str, str]]:
    """Relation id → (kind, part), with the part as a path inside the package."""
    relations = {}
    for tag, attributes in _elements(package, name):
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            path = target if target.startswith("/") else f"{folder}/{target}"
            part = posixpath.normpath(path).strip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            relations[attributes.get("Id", "")] = (kind, part)
    return relations


def _elements(package: Package, name: str) -> Iterator[_Element]:
    """All elements of a small part, without prefix."""
    found: list[_Element] = []
    parser = ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: found.append(
        (tag.rpartition(":")[2], attributes)
    )
    try:
        parser.Parse(package.read(name), True)
    except ExpatError as error:
        raise damaged() from error
    return iter(found)
