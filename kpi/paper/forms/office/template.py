"""An empty presentation in the house style: where everything stands, its theme and layouts."""

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.slide import SlideLayout
from pptx.util import Pt

from kpi.paper.forms.office.lines import MORE_COLOURS, PATH_COLOUR, REFERENCE_COLOUR
from kpi.paper.forms.office.slide_text import Box, rgb

WIDE, HIGH = 960, 540
SIDE, TOP, BOTTOM = 36, 22, 498
FOOTER = Box(SIDE, 510, 620, 18)
DEMO = Box(WIDE - SIDE - 200, 508, 140, 20)
NUMBER = Box(WIDE - SIDE - 48, 510, 48, 18)
LOGO = Box(WIDE - SIDE - 104, 16, 104, 40)
BAND = 300  # points: the coloured part of the first slide
_LAYOUTS = {"Title Slide": "Titeldia", "Title Only": "Alleen titel"}
# What the empty presentation of python-pptx carries along says nothing about ours.
_CARRIED = (RT.THUMBNAIL, RT.PRINTER_SETTINGS, RT.EXTENDED_PROPERTIES)


def house_presentation(colour: str, font: str) -> Any:  # noqa: ANN401
    """A presentation (16:9) without slides; its layouts are the first slide and the others."""
    file = Presentation()
    file.slide_width, file.slide_height = Pt(WIDE), Pt(HIGH)
    for owner in (file.part, file.part.package):
        for key, rel in list(owner._rels.items()):
            if rel.reltype in _CARRIED:
                owner._rels.pop(key)
    first, other = _layouts(file)
    _set_theme(file, colour, font)
    _set_title_style(file.slide_master)
    for page in (file.slide_master, first, other):
        _set_places(page)
    _add_band(file, first, colour)
    return file


def put(shape: Any, box: Box) -> None:  # noqa: ANN401
    """Put a shape in a box."""
    shape.left, shape.top = Pt(box.left), Pt(box.top)
    shape.width, shape.height = Pt(box.wide), Pt(box.high)


def _layouts(file: Any) -> tuple[SlideLayout, SlideLayout]:  # noqa: ANN401
    """The two layouts that are used, under a Dutch name; the others go."""
    for layout in list(file.slide_layouts):
        if layout.name in _LAYOUTS:
            layout._element.cSld.set("name", _LAYOUTS[layout.name])
        else:
            file.slide_layouts.remove(layout)
    first, other = file.slide_layouts
    return first, other


def _set_theme(file: Any, colour: str, font: str) -> None:  # noqa: ANN401
    """Colours and font of the house in the theme, so that new parts get them too."""
    part = file.slide_master.part.part_related_by(RT.THEME)
    theme = etree.fromstring(part.blob)
    colours = (colour, PATH_COLOUR, REFERENCE_COLOUR, *MORE_COLOURS)
    wanted = {"dk2": colour, **{f"accent{n}": c for n, c in enumerate(colours[:6], start=1)}}
    for name, value in wanted.items():
        slot = theme.find(f".//{qn('a:clrScheme')}/{qn(f'a:{name}')}")
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, qn("a:srgbClr"), val=value.removeprefix("#").upper())
    for name in ("majorFont", "minorFont"):
        theme.find(f".//{qn(f'a:{name}')}/{qn('a:latin')}").set("typeface", font)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_title_style(master: Any) -> None:  # noqa: ANN401
    style = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    style.find(qn("a:defRPr")).set("sz", "2000")


def _set_places(page: Any) -> None:  # noqa: ANN401
    """Where title, footer and number stand; what has no place goes."""
    for holder in list(page.placeholders):
        box = _place_of(holder.placeholder_format.type)
        if box is None:
            holder._element.getparent().remove(holder._element)
        else:
            put(holder, box)


def _place_of(kind: PP_PLACEHOLDER) -> Box | None:
    wide = WIDE - 2 * SIDE
    places = {
        PP_PLACEHOLDER.TITLE: Box(SIDE, TOP, wide - LOGO.wide - 16, 50),
        PP_PLACEHOLDER.CENTER_TITLE: Box(SIDE, 110, wide, 104),
        PP_PLACEHOLDER.SUBTITLE: Box(SIDE, 220, wide, 64),
        PP_PLACEHOLDER.BODY: Box(SIDE, 90, wide, BOTTOM - 90),
        PP_PLACEHOLDER.FOOTER: FOOTER,
        PP_PLACEHOLDER.SLIDE_NUMBER: NUMBER,
    }
    return places.get(kind)


def _add_band(file: Any, layout: SlideLayout, colour: str) -> None:  # noqa: ANN401
    """A coloured band behind the title: made on a slide, and put in the layout."""
    slide = file.slides.add_slide(layout)
    band = slide.shapes.add_textbox(0, 0, Pt(WIDE), Pt(BAND))
    band.name = "Band"
    band._element.nvSpPr.cNvPr.set("id", "100")
    band.fill.solid()
    band.fill.fore_color.rgb = rgb(colour)
    layout.shapes._spTree.insert(2, band._element)
    (listed,) = file.slides._sldIdLst
    file.part.drop_rel(listed.rId)
    file.slides._sldIdLst.remove(listed)
