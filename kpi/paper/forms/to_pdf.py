"""A Document as a PDF: tagged for screen readers (PDF/UA-1), and the same bytes when made twice."""

import json
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from kpi.paper.colophon import made_at
from kpi.paper.document import Document
from kpi.paper.forms.paper_data import paper_data

TEMPLATE = Path(__file__).with_name("paper.typ")
# PDF/UA refuses a sign that no font has; a box shows that something stood there.
UNKNOWN_SIGN = "□"
_NOT_IN_FONTS = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def to_pdf(document: Document) -> bytes:
    """The paper, A4, in Dutch, with the bundled fonts or that of the house style when installed.

    Raises typst.TypstError when the logo is not a readable png.
    """
    text = json.dumps(paper_data(document), ensure_ascii=False)
    try:
        return _typeset(document, text)
    except typst.TypstError as error:
        unknown = [_as_written(found) for found in _NOT_IN_FONTS.findall(error.diagnostic)]
        if not unknown:
            raise
    for signs in sorted(unknown, key=len, reverse=True):
        text = text.replace(signs, UNKNOWN_SIGN)
    return _typeset(document, text)


def _typeset(document: Document, text: str) -> bytes:
    with TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copy(TEMPLATE, place / "paper.typ")
        (place / "paper.json").write_text(text, encoding="utf-8")
        if document.style.logo:
            (place / "logo.png").write_bytes(document.style.logo)
        return typst.compile(
            place / "paper.typ",
            root=place,
            ignore_system_fonts=not document.style.font,
            pdf_standards="ua-1",
            timestamp=made_at(document.frame),
        )


def _as_written(found: str) -> str:
    """The sign behind its name in a message: "\\u{200d}"."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), found)
