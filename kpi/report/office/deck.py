"""A presentation in the house style: its theme, what stands on every slide, and its file."""

import copy
import io
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.slide import Slide, SlideLayout
from pptx.util import Pt

from kpi.report import colophon
from kpi.report.document import Document
from kpi.report.office import room
from kpi.report.office.lines import MORE_COLOURS, PATH_COLOUR, REFERENCE_COLOUR
from kpi.report.office.package import LANGUAGE, settled
from kpi.report.office.slide_text import (
    QUIET,
    SLACK,
    Block,
    Box,
    Para,
    add_text,
    fitted,
    rgb,
    write,
)
from kpi.report.plain import plain

FONT = "Arial"  # on every computer; what a house font is replaced with where it is missing
WIDE, HIGH = 960, 540
SIDE, TOP, BOTTOM = 36, 22, 498
FOOTER = Box(SIDE, 510, 620, 18)
DEMO = Box(WIDE - SIDE - 200, 508, 140, 20)
NUMBER = Box(WIDE - SIDE - 48, 510, 48, 18)
LOGO = Box(WIDE - SIDE - 104, 16, 104, 40)
BAND = 300  # points: the coloured part of the first slide
DEMO_COLOUR = "#fde68a"
CONTINUED = "(vervolg)"
FULL_TEXTS = "Volledige teksten"
_LAYOUTS = {"Title Slide": "Titeldia", "Title Only": "Alleen titel"}
_TEXT_TAGS = ("a:rPr", "a:endParaRPr", "a:defRPr")


class Deck:
    """Slides one after the other. cut: the texts that did not fit where they belong, in full."""

    def __init__(self, document: Document) -> None:
        self.frame, self.style = document.frame, document.style
        self.font = document.style.font or FONT
        self.cut: list[str] = []
        self._file: Any = Presentation()
        self._file.slide_width, self._file.slide_height = Pt(WIDE), Pt(HIGH)
        self._first, self._other = _layouts(self._file)
        _theme(self._file, self.style.colour, self.font)
        self._set_masters()
        self._describe()

    def first_slide(self) -> None:
        """The title, and everything the paper states about itself."""
        slide = self._file.slides.add_slide(self._first)
        frame = self.frame
        title = self.short(Para(plain(frame.title), 36, 22, True, colour="#ffffff"),
                           Box(SIDE, 110, WIDE - 2 * SIDE, 100))  # fmt: skip
        write(slide.shapes.title.text_frame, title)
        under = " · ".join(filter(None, (plain(frame.swv), plain(frame.period))))
        text = self.short(Para(under, 20, 13, colour="#ffffff"),
                          Box(SIDE, 220, WIDE - 2 * SIDE, 60))  # fmt: skip
        write(slide.placeholders[1].text_frame, text)
        columns = Box(SIDE, BAND + 24, WIDE - 2 * SIDE, 170).columns(2, 24)
        facts = [self._fact(label, text) for label, text in colophon.facts(frame)]
        half = -(-len(facts) // 2)
        for column, here in zip(columns, (facts[:half], facts[half:]), strict=True):
            self._facts(slide, [para for fact in here for para in fact], column)

    def slide(self, title: str, sentence: str = "") -> tuple[Slide, Box]:
        """A slide with its title and the sentence that matters, and the room below them."""
        slide = self._file.slides.add_slide(self._other)
        wide = WIDE - 2 * SIDE - (LOGO.wide + 16 if self.style.logo else 0)
        wanted = Para(plain(title), 18 if sentence else 26, 15, True, colour=self.style.colour)
        head = self.short(wanted, Box(SIDE, TOP, wide, 48))
        high = max(30.0, head[0].high(wide, self.font))
        _put(slide.shapes.title, Box(SIDE, TOP, wide, high))
        write(slide.shapes.title.text_frame, head)
        top = TOP + high + 4
        if sentence:
            text = self._large(plain(sentence), Box(SIDE, top, WIDE - 2 * SIDE, 64))
            high = text[0].high(WIDE - 2 * SIDE, self.font)
            add_text(slide, text, Box(SIDE, top, WIDE - 2 * SIDE, high), "Kern")
            top += high
        top += 10
        return slide, Box(SIDE, top, WIDE - 2 * SIDE, BOTTOM - top)

    def short(self, para: Para, box: Box) -> Block:
        """A text as large as fits in the box; when it never does its beginning, and it is kept."""
        whole = fitted([para], box, self.font)
        if whole:
            return whole
        small = para.at(0)
        most = max(1, int((box.high - small.before) / (small.size * room.LINE_HEIGHT)))
        self.cut.append(para.text)
        kept = room.cut(para.text, small.size, box.wide * SLACK, most, para.bold, self.font)
        return (Para(kept, small.size, small.size, para.bold, para.italic, para.colour),)

    def speak(self, slide: Slide, text: str) -> None:
        """What the notes below a slide say."""
        slide.notes_slide.notes_text_frame.text = plain(text)

    def content(self) -> bytes:
        """The file: Dutch in every text, and equal when made twice."""
        for slide in self._file.slides:
            self._frame(slide)
        for part in self._file.part.package.iter_parts():
            element = getattr(part, "_element", None)
            if element is not None:
                _speak_dutch(element)
        target = io.BytesIO()
        self._file.save(target)
        return settled(target.getvalue())

    def _large(self, sentence: str, box: Box) -> Block:
        """The sentence that matters: on one line if it can be read from afar then."""
        sizes = ((24, 20, box._replace(high=20 * room.LINE_HEIGHT + 6)), (24, 16, box))
        for wanted, least, place in sizes:
            found = fitted([Para(sentence, wanted, least, True)], place, self.font)
            if found:
                return found
        return self.short(Para(sentence, 16, 16, True), box)

    def _facts(self, slide: Slide, paras: list[Para], box: Box) -> None:
        """What a paper states about itself, cut off where that is longer than anyone writes."""
        whole = fitted(paras, box, self.font)
        if whole is None:
            each = box._replace(high=box.high / len(paras))
            whole = tuple(part for para in paras for part in self.short(para, each))
        add_text(slide, whole, box, colophon.HEADING)

    def _fact(self, label: str, text: str) -> list[Para]:
        return [
            Para(label, 11, 9, colour=QUIET, before=6),
            Para(plain(text), 15, 10, bold=True),
        ]

    def _frame(self, slide: Slide) -> None:
        """What stands on every slide: the paper, its state, its number, and that it is made up."""
        frame = self.frame
        stated = (frame.swv, frame.period, colophon.state_text(frame))
        text = plain(" · ".join(filter(None, stated))).replace("\n", " ")
        for holder in slide.slide_layout.placeholders:
            kind = holder.placeholder_format.type
            if kind in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                _copy_holder(slide, holder, text, self.font)
        if frame.is_demo:
            label = Para(colophon.DEMO, 11, 11, True)
            add_text(slide, [label], DEMO, "Verzonnen", DEMO_COLOUR, inset=3)
        if self.style.logo:
            self._add_logo(slide)

    def _add_logo(self, slide: Slide) -> None:
        """In the upper right corner, as large as its corner allows, on white."""
        if slide.slide_layout == self._first:
            around = Box(LOGO.left - 8, LOGO.top - 6, LOGO.wide + 16, LOGO.high + 12)
            add_text(slide, [], around, "Achtergrond van het logo", "#ffffff")
        picture = slide.shapes.add_picture(io.BytesIO(self.style.logo), 0, 0)
        scale = min(Pt(LOGO.wide) / picture.width, Pt(LOGO.high) / picture.height)
        picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
        picture.left = Pt(LOGO.left + LOGO.wide) - picture.width
        picture.top = Pt(LOGO.top) + (Pt(LOGO.high) - picture.height) // 2
        picture.name = "Logo"
        picture._element.nvPicPr.cNvPr.set("descr", plain(f"Logo van {self.frame.swv}"))

    def _set_masters(self) -> None:
        """Where title, footer and number stand, in the layouts: new slides get them too."""
        _set_title_style(self._file.slide_master)
        for layout in (self._file.slide_master, self._first, self._other):
            for holder in layout.placeholders:
                box = _place_of(holder.placeholder_format.type, layout is self._first)
                if box is None:
                    holder._element.getparent().remove(holder._element)
                else:
                    _put(holder, box)
        _add_band(self._file, self._first, self.style.colour)

    def _describe(self) -> None:
        about, frame = self._file.core_properties, self.frame
        about.title, about.subject = plain(frame.title)[:255], plain(frame.period)[:255]
        about.author = about.last_modified_by = plain(frame.swv)[:255]
        about.language, about.revision = LANGUAGE, 1
        about.comments = colophon.DEMO if frame.is_demo else ""
        about.created = about.modified = colophon.made_at(frame).replace(tzinfo=None)


def _layouts(file: Any) -> tuple[SlideLayout, SlideLayout]:  # noqa: ANN401
    """The two layouts that are used, under a Dutch name; the others go."""
    kept = []
    for layout in list(file.slide_layouts):
        if layout.name in _LAYOUTS:
            layout._element.cSld.set("name", _LAYOUTS[layout.name])
            kept.append(layout)
        else:
            file.slide_layouts.remove(layout)
    # What the empty presentation carries along says nothing about this one.
    for owner in (file.part, file.part.package):
        for key, rel in list(owner._rels.items()):
            if rel.reltype in (RT.THUMBNAIL, RT.PRINTER_SETTINGS, RT.EXTENDED_PROPERTIES):
                owner._rels.pop(key)
    return kept[0], kept[1]


def _theme(file: Any, colour: str, font: str) -> None:  # noqa: ANN401
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


def _put(shape: Any, box: Box) -> None:  # noqa: ANN401
    shape.left, shape.top = Pt(box.left), Pt(box.top)
    shape.width, shape.height = Pt(box.wide), Pt(box.high)


def _place_of(kind: PP_PLACEHOLDER, is_first: bool) -> Box | None:
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


def _copy_holder(slide: Slide, holder: Any, text: str, font: str) -> None:  # noqa: ANN401
    """Footer and number as Office makes them: holders of the layout, on the slide."""
    element = copy.deepcopy(holder._element)
    slide.shapes._spTree.append(element)
    shape = slide.shapes[len(slide.shapes) - 1]
    element.nvSpPr.cNvPr.set("id", str(len(slide.shapes) + 100))
    if holder.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
        para = Para(text, 10, 8, colour=QUIET)
        paras = fitted([para], FOOTER, font)
        kept = room.cut(text, 8, FOOTER.wide * SLACK, 1, font=font)
        write(shape.text_frame, paras or [Para(kept, 8, 8, colour=QUIET)])


def _speak_dutch(element: Any) -> None:  # noqa: ANN401
    for run in element.iter(qn("a:r"), qn("a:fld"), qn("a:br")):
        if run.find(qn("a:rPr")) is None:
            run.insert(0, run.makeelement(qn("a:rPr"), {}))
    for tag in _TEXT_TAGS:
        for properties in element.iter(qn(tag)):
            properties.set("lang", LANGUAGE)
