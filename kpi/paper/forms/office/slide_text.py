"""Texts on a slide, in the largest letters that fit; what does not fit is handed back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Pt

from kpi.paper.forms.office import room

DARK, QUIET = "#1f2937", "#4b5563"
SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6)
LARGE = SCALES[:3]
SLACK = 0.97  # of a box is filled by the estimate


class Box(NamedTuple):
    """A place on a slide, in points from its left upper corner."""

    left: float
    top: float
    wide: float
    high: float

    def below(self, used: float, gap: float = 0) -> "Box":
        """What is left under the first `used` points."""
        taken = min(used + gap, self.high)
        return Box(self.left, self.top + taken, self.wide, self.high - taken)

    def columns(self, count: int, gap: float) -> list["Box"]:
        """The box in columns of the same width."""
        wide = (self.wide - gap * (count - 1)) / count
        return [self._replace(left=self.left + n * (wide + gap), wide=wide) for n in range(count)]


@dataclass(frozen=True)
class Para:
    """A paragraph: `size` is what it wants and `least` what it may become, in points."""

    text: str
    size: float = 14
    least: float = 11
    bold: bool = False
    italic: bool = False
    colour: str = DARK
    before: float = 0

    def at(self, scale: float) -> "Para":
        """The same, smaller, but never smaller than it may be."""
        return replace(self, size=max(min(self.least, self.size), round(self.size * scale * 2) / 2))

    def high(self, wide: float, font: str) -> float:
        """The room it takes."""
        return self.before + room.height(self.text, self.size, wide * SLACK, self.bold, font)


Block = tuple[Para, ...]  # paragraphs that stay together


class PlacedText(NamedTuple):
    """What stands in each box, and the blocks for which there was no room."""

    boxes: tuple[tuple[Block, ...], ...]
    rest: tuple[Block, ...]


def block_high(block: Sequence[Para], wide: float, font: str) -> float:
    """How high paragraphs are together."""
    return sum(para.high(wide, font) for para in block)


def fitted(paras: Sequence[Para], box: Box, font: str) -> Block | None:
    """The paragraphs in the largest size at which they fit, None when they never do."""
    for scale in SCALES:
        smaller = tuple(para.at(scale) for para in paras)
        if block_high(smaller, box.wide, font) <= box.high:
            return smaller
    return None


def small(block: Block) -> Block:
    """The paragraphs as small as they may become."""
    return _at(block, 0)


def arranged(
    blocks: Sequence[Block], boxes: Sequence[Box], font: str, scales: Sequence[float] = SCALES
) -> PlacedText:
    """Blocks in the boxes, in order and as large as can be without losing one that could fit."""
    tried = (_in_boxes([_at(block, scale) for block in blocks], boxes, font) for scale in scales)
    return min(tried, key=lambda placed: len(placed.rest))


def halves(block: Block, box: Box, font: str) -> tuple[Block, Block]:
    """A block that is higher than a whole slide: what fits, and what goes on behind it."""
    kept: list[Para] = []
    for place, para in enumerate(block):
        left = box.high - block_high(kept, box.wide, font)
        if para.high(box.wide, font) <= left:
            kept.append(para)
            continue
        most = int((left - para.before) / (para.size * room.LINE_HEIGHT))
        if most > 0:
            head = room.cut(para.text, para.size, box.wide * SLACK, most, para.bold, font)
            kept.append(replace(para, text=head))
            tail = "…" + para.text[len(head) - 1 :].lstrip()
        else:
            tail = para.text
        return tuple(kept), (replace(para, text=tail), *block[place + 1 :])
    return block, ()


def add_text(
    slide: Slide, paras: Sequence[Para], box: Box, name: str, fill: str = "", inset: float = 0
) -> Shape:
    """A text box with paragraphs, with a little air around them when it is filled."""
    shape = slide.shapes.add_textbox(Pt(box.left), Pt(box.top), Pt(box.wide), Pt(box.high))
    shape.name = name
    if fill:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill)
    write(shape.text_frame, paras, inset)
    return shape


def write(frame: TextFrame, paras: Sequence[Para], inset: float = 0) -> None:
    """Fill a text frame that does not change its size or that of its letters."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    for side in ("margin_left", "margin_right", "margin_top", "margin_bottom"):
        setattr(frame, side, Pt(inset))
    for number, (text, para) in enumerate(_lines(paras)):
        line = frame.paragraphs[0] if not number else frame.add_paragraph()
        line.alignment = PP_ALIGN.LEFT
        line.space_before = Pt(para.before)
        if text:
            run = line.add_run()
            run.text = text
            run.font.size, run.font.bold, run.font.italic = Pt(para.size), para.bold, para.italic
            run.font.color.rgb = rgb(para.colour)
        # An empty line is as high as its letters would be.
        end = line._p.get_or_add_endParaRPr()
        end.set("sz", str(int(para.size * 100)))


def rgb(colour: str) -> RGBColor:
    """ "#1f4e79" as python-pptx wants it."""
    return RGBColor.from_string(colour.removeprefix("#").upper())


def _lines(paras: Sequence[Para]) -> Iterator[tuple[str, Para]]:
    """A line end in a text is a paragraph of its own, without room before it."""
    for para in paras:
        for number, text in enumerate(para.text.split("\n")):
            yield text, replace(para, before=0) if number else para


def _at(block: Block, scale: float) -> Block:
    return tuple(para.at(scale) for para in block)


def _in_boxes(blocks: Sequence[Block], boxes: Sequence[Box], font: str) -> PlacedText:
    waiting = list(blocks)
    filled = []
    for box in boxes:
        here: list[Block] = []
        left = box.high
        while waiting and block_high(waiting[0], box.wide, font) <= left:
            left -= block_high(waiting[0], box.wide, font)
            here.append(waiting.pop(0))
        filled.append(tuple(here))
    return PlacedText(tuple(filled), tuple(waiting))
