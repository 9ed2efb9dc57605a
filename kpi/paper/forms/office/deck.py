"""Slides one after the other: what stands on every one of them, and the file they make."""

import copy
import io
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from kpi.paper import colophon
from kpi.paper.document import Document
from kpi.paper.forms.office import room
from kpi.paper.forms.office.package import LANGUAGE, settled
from kpi.paper.forms.office.slide_text import (
    QUIET,
    SLACK,
    Block,
    Box,
    Para,
    add_text,
    fitted,
    write,
)
from kpi.paper.forms.office.template import (
    BAND,
    BOTTOM,
    DEMO,
    FOOTER,
    LOGO,
    SIDE,
    TOP,
    WIDE,
    house_presentation,
    put,
)
from kpi.paper.plain import plain

FONT = "Arial"  # on every computer; what a house font is replaced with where it is missing
DEMO_COLOUR = "#fde68a"
CONTINUED = "(vervolg)"
FULL_TEXTS = "Volledige teksten"
_TEXT_TAGS = ("a:rPr", "a:endParaRPr", "a:defRPr")


class Deck:
    """Slides one after the other. cut: the texts that did not fit where they belong, in full."""

    def __init__(self, document: Document) -> None:
        self.frame, self.style = document.frame, document.style
        self.font = document.style.font or FONT
        self.cut: list[str] = []
        self._file = house_presentation(self.style.colour, self.font)
        self._first, self._other = self._file.slide_layouts
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
        put(slide.shapes.title, Box(SIDE, TOP, wide, high))
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

    def _describe(self) -> None:
        about, frame = self._file.core_properties, self.frame
        about.title, about.subject = plain(frame.title)[:255], plain(frame.period)[:255]
        about.author = about.last_modified_by = plain(frame.swv)[:255]
        about.language, about.revision = LANGUAGE, 1
        about.comments = colophon.DEMO if frame.is_demo else ""
        about.created = about.modified = colophon.made_at(frame).replace(tzinfo=None)


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
