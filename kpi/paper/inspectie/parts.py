"""A received workbook as its parts, so that only what we fill in changes and all else stays.

A library that reads and writes whole workbooks loses what it does not know: lists to choose from
that lie on another sheet, drawings, forms. So the one sheet is changed in its own XML. The bytes
were checked before, see data.gate.read; here they are parsed without entities or a network.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from kpi.register import Refused

WORKBOOK = "officeDocument"
_BROKEN = (etree.XMLSyntaxError, ValueError, LookupError, TypeError, StopIteration)


@contextmanager
def sound() -> Iterator[None]:
    """Within it a part that is not as it should be is refused, in Dutch."""
    try:
        yield
    except Refused:
        raise
    except _BROKEN as error:
        raise Refused([
            "Dit formulier is beschadigd. Open het in Excel, sla het op als .xlsx en kies dat."
        ]) from error  # fmt: skip


class Parts:
    """The parts of a workbook by name; those that change are written anew, all others stay."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            self._order = file.infolist()
            self._bytes = {item.filename: file.read(item) for item in self._order}
        self._trees: dict[str, tuple[etree._Element, bytes]] = {}  # and what it was
        self.workbook = next(
            path for path, kind, _ in self.relations("") if kind.endswith(f"/{WORKBOOK}")
        )

    def tree(self, name: str) -> etree._Element:
        """A part to look into or to change."""
        if name not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            found = etree.fromstring(self._bytes[name], parser)
            self._trees[name] = (found, etree.tostring(found))
        return self._trees[name][0]

    def relations(self, name: str) -> Iterator[tuple[str, str, str]]:
        """(part, kind, relation id) of everything a part refers to inside the file."""
        folder, file = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self._bytes:
            return
        for item in self.tree(relations):
            if item.get("TargetMode") != "External":
                target = item.get("Target", "").replace("\\", "/")
                path = target if target.startswith("/") else posixpath.join(folder, target)
                yield posixpath.normpath(path).lstrip("/"), item.get("Type", ""), item.get("Id", "")

    def related(self, name: str, kind: str) -> list[str]:
        """The parts of one kind a part refers to."""
        return [path for path, of_kind, _ in self.relations(name) if of_kind.endswith(f"/{kind}")]

    def sheet(self, title: str) -> str:
        """The part that holds the sheet with this name."""
        by_id = {relation: path for path, _, relation in self.relations(self.workbook)}
        for item in self.tree(self.workbook).iter("{*}sheet"):
            if item.get("name") == title:
                return by_id[next(v for k, v in item.attrib.items() if k.endswith("}id"))]
        raise KeyError(title)

    def has_formulas(self) -> bool:
        """Whether any sheet calculates something."""
        sheets = self.related(self.workbook, "worksheet")
        return any(b"<f>" in self._bytes[name] or b"<f " in self._bytes[name] for name in sheets)

    def saved(self) -> bytes:
        """The workbook with its changes; the parts in their order and with their own dates."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
            for item in self._order:
                part = zipfile.ZipInfo(item.filename, item.date_time)
                part.compress_type, part.external_attr = item.compress_type, item.external_attr
                file.writestr(part, self._content(item.filename))
        return target.getvalue()

    def _content(self, name: str) -> bytes:
        tree, before = self._trees.get(name, (None, b""))
        if tree is None or etree.tostring(tree) == before:
            return self._bytes[name]
        return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
