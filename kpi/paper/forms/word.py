"""What a Word file needs beyond its texts: styles, fields, repeated header rows, Dutch."""

from typing import cast

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from kpi.meaning.house_style import HouseStyle
from kpi.paper.forms.office.package import LANGUAGE
from kpi.paper.plain import plain

FONT = "Calibri"
INK, QUIET, HAIRLINE, WARNING = "1b2430", "56616e", "c3cbd4", "a34700"
SIDE, TOP, BOTTOM = Mm(22), Mm(28), Mm(24)
BRIEF = (Mm(23), Mm(17))  # top and bottom of a paper that must fit on few pages
PAGE_WIDTH, PAGE_HEIGHT = Mm(210), Mm(297)
TABLE, NOTE, SIGNED, LEAD, FILL = (
    "Tabeltekst",
    "Toelichting",
    "Ondertekening",
    "Kernzin",
    "Invulregel",
)
MODE = "15"  # Word 2013 and later; with less Word opens a file in its mode for old ones
# Word calls a file damaged when these stand in another order.
TABLE_PROPERTIES = (
    "tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption",
    "tblDescription",
)  # fmt: skip


def word_file(style: HouseStyle, is_brief: bool = False) -> WordFile:
    """An empty A4 file in the house style, in Dutch; brief: headings that take little room."""
    file = docx.Document()
    _page(file, is_brief)
    _styles(file, style, is_brief)
    for setting in file.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), MODE)
    return file


def write(paragraph: Paragraph, text: str, bold: bool = False) -> Run:
    """Text at the end of a paragraph, marked as Dutch so that it stays so when it is pasted."""
    run = paragraph.add_run(plain(text))
    run.bold = bold or None
    run._element.get_or_add_rPr().append(_element("w:lang", val=LANGUAGE))
    return run


def field(paragraph: Paragraph, name: str) -> None:
    """A number Word keeps up to date: PAGE or NUMPAGES."""
    run = write(paragraph, "")
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            instruction = OxmlElement("w:instrText")
            instruction.text = name
            run._element.append(instruction)
        run._element.append(_element("w:fldChar", fldCharType=kind))
        if kind == "separate":
            shown = OxmlElement("w:t")
            shown.text = "1"
            run._element.append(shown)


def rule(paragraph: Paragraph, colour: str) -> None:
    """A line below a paragraph."""
    borders = OxmlElement("w:pBdr")
    borders.append(_border("bottom", colour.lstrip("#"), 6))
    properties = paragraph._element.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def text_width(lying: bool) -> int:
    """The room between the margins, in EMU."""
    return (PAGE_HEIGHT if lying else PAGE_WIDTH) - 2 * SIDE


def turn(file: WordFile, lying: bool) -> None:
    """A new page, on its side or upright, with a head and foot of its own."""
    section = file.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    width, height = (PAGE_HEIGHT, PAGE_WIDTH) if lying else (PAGE_WIDTH, PAGE_HEIGHT)
    section.page_width, section.page_height = width, height
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False


def dress(table: WordTable, title: str, note: str, widths: list[int], style: HouseStyle) -> None:
    """Rules, column widths (EMU), a header row that comes back on every page, and alt text."""
    table.autofit = False
    _table_properties(
        table._element.tblPr,
        _table_borders(style.colour.lstrip("#")),
        _margins(),
        _element("w:tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0",
                 lastColumn="0", noHBand="1", noVBand="1"),
        *(_element(f"w:{name}", val=plain(text))
          for name, text in (("tblCaption", title), ("tblDescription", note)) if text),
    )  # fmt: skip
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        row_properties = row._tr.get_or_add_trPr()
        row_properties.append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    header = table.rows[0]
    header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in header.cells:
        cell._element.get_or_add_tcPr().append(_shade())


def shrink(paragraph: Paragraph) -> None:
    """Make an empty paragraph as low as can be: Word wants one below a table."""
    paragraph.paragraph_format.line_spacing = Pt(2)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)


def describe(picture: BaseOxmlElement, text: str) -> None:
    """What a picture shows, for who does not see it."""
    picture.docPr.set("descr", plain(text))


def _page(file: WordFile, is_brief: bool) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = SIDE
    section.top_margin, section.bottom_margin = BRIEF if is_brief else (TOP, BOTTOM)
    section.header_distance = section.footer_distance = Mm(12)


def _styles(file: WordFile, style: HouseStyle, is_brief: bool) -> None:
    colour = style.colour.lstrip("#")
    font = style.font or FONT
    defaults = file.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for name, size, tint, bold, before, after in (
        ("Normal", 10.5, INK, False, 0, 3 if is_brief else 6),
        ("Title", 18 if is_brief else 26, colour, True, 0, 4),
        ("Subtitle", 11 if is_brief else 13, INK, False, 0, 6),
        ("Heading 1", *((14, colour, True, 6, 2) if is_brief else (19, colour, True, 18, 6))),
        ("Heading 2", 12, INK, True, 12, 4),
        ("Caption", 11, INK, True, 12, 4),
        ("Header", 8.5, QUIET, False, 0, 0),
        ("Footer", 8.5, QUIET, False, 0, 0),
        (LEAD, *((11, INK, False, 0, 4) if is_brief else (12.5, INK, False, 0, 8))),
        (TABLE, 9.5, INK, False, 0, 0),
        (NOTE, 8 if is_brief else 9, QUIET, False, 3, 2 if is_brief else 4),
        (SIGNED, 9, QUIET, False, 0, 8),
        (FILL, 10.5, QUIET, False, 14, 0),
    ):
        found = _style(file, name)
        _font(found, font, size, tint, bold)
        found.paragraph_format.space_before = Pt(before)
        found.paragraph_format.space_after = Pt(after)
    for name in ("Heading 1", "Heading 2", "Caption", LEAD):
        _style(file, name).paragraph_format.keep_with_next = True
    for name in (SIGNED, "Subtitle"):
        _style(file, name).font.italic = name == SIGNED


def _style(file: WordFile, name: str) -> ParagraphStyle:
    if name not in file.styles:
        made = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = file.styles["Normal"]
    return cast(ParagraphStyle, file.styles[name])


def _font(style: ParagraphStyle, font: str, size: float, tint: str, bold: bool) -> None:
    style.font.size, style.font.bold = Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(tint.upper())
    properties = style.element.get_or_add_rPr()
    for part in ("w:spacing", "w:kern", "w:rFonts"):
        for old in properties.findall(qn(part)):
            properties.remove(old)  # what the theme says would win from the font
    properties.insert(0, _element("w:rFonts", ascii=font, hAnsi=font, cs=font, eastAsia=font))
    for part in ("w:pBdr", "w:tabs"):
        for old in list(style.element.iter(qn(part))):
            old.getparent().remove(old)


def _table_properties(properties: BaseOxmlElement, *new: BaseOxmlElement) -> None:
    """Put new properties in the place of old ones of that name, and all in Word's order."""
    known = {child.tag: child for child in (*properties, *new)}
    for child in list(properties):
        properties.remove(child)
    properties.extend(known[tag] for name in TABLE_PROPERTIES if (tag := qn(f"w:{name}")) in known)


def _table_borders(colour: str) -> BaseOxmlElement:
    borders = OxmlElement("w:tblBorders")
    borders.append(_border("top", colour, 8))
    borders.append(_border("bottom", colour, 6))
    borders.append(_border("insideH", HAIRLINE, 4))
    return borders


def _margins() -> BaseOxmlElement:
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 50), ("left", 85), ("bottom", 50), ("right", 85)):
        margins.append(_element(f"w:{side}", w=str(width), type="dxa"))
    return margins


def _shade() -> BaseOxmlElement:
    return _element("w:shd", val="clear", color="auto", fill="EDF1F5")


def _border(side: str, colour: str, size: int) -> BaseOxmlElement:
    return _element(f"w:{side}", val="single", sz=str(size), space="1", color=colour)


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
