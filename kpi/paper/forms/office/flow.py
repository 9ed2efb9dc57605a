"""The parts of a section one after the other, on as many slides as they need."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.paper import colophon
from kpi.paper.document import Chart, Table, Text, Tile
from kpi.paper.forms.office import lines, slide_chart, slide_table
from kpi.paper.forms.office.deck import CONTINUED, Deck
from kpi.paper.forms.office.slide_text import (
    LARGE,
    QUIET,
    SCALES,
    Block,
    Box,
    Para,
    PlacedText,
    add_text,
    arranged,
    block_high,
    fitted,
    halves,
    small,
)
from kpi.paper.plain import plain

GAP = 14
CHART_SHARE = 0.62  # of the width, when texts stand beside the chart
LOWEST = 60  # points: lower than this nothing is begun
WHOLE_SLIDE = 380  # points: a table that is not higher is not begun halfway
LEAST_ROWS = 3  # a table does not begin with fewer at the bottom of a slide
TILE_INSET, TILE_COLOUR = 7, "#f3f4f6"
MOST_COLUMNS, NARROWEST_COLUMN, WIDEST_TEXT = 3, 260, 720
NOTES_HIGH, RULE_HIGH, MORE_HIGH = 40, 26, 16
HIGHEST_TILE, FEWEST_TILES = 110, 3  # one tile is no wider than a third of the slide
SHARES = (0.4, 0.55, 0.7, 0.85, 1.0)  # of the height: columns are no longer than they must be
MORE = "Lees verder op de volgende dia."
NO_NUMBERS = "Er zijn geen cijfers om te tekenen."


class SectionFlow:
    """A section on slides. `free` is the room that is left on the slide it has come to."""

    def __init__(self, deck: Deck, title: str, sentence: str = "") -> None:
        self.deck, self.title = deck, title
        self.slide, self.free = deck.slide(title, sentence)
        self._is_fresh = True

    def turn(self) -> None:
        """A new slide, unless nothing stands on this one yet."""
        if not self._is_fresh:
            self.slide, self.free = self.deck.slide(f"{self.title} {CONTINUED}")
            self._is_fresh = True

    def notes(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Small, at the foot of the slide; what is returned does not fit there."""
        paras = [Para(plain(text), 10, 9, colour=QUIET) for text in texts if text]
        foot = Box(self.free.left, 0, self.free.wide, NOTES_HIGH)
        fitting = fitted(paras, foot, self.deck.font)
        if not paras or fitting is None:
            return tuple(texts)
        high = block_high(fitting, foot.wide, self.deck.font)
        top = self.free.top + self.free.high - high
        self._add(fitting, foot._replace(top=top, high=high), "Let op")
        self.free = self.free._replace(high=self.free.high - high - GAP / 2)
        return ()

    def tiles(self, tiles: Sequence[Tile]) -> None:
        """The short answers, beside each other and equally high."""
        if not tiles:
            return
        boxes = self.free.columns(max(len(tiles), FEWEST_TILES), GAP)[: len(tiles)]
        inner = boxes[0].wide - 2 * TILE_INSET
        high, paras = self._tiles_high(tiles, inner)
        for box, tile in zip(boxes, paras, strict=True):
            place = box._replace(high=high)
            add_text(self.slide, tile, place, "Tegel", TILE_COLOUR, TILE_INSET)
        self._used(high + GAP)

    def chart(self, chart: Chart, texts: Sequence[Text]) -> None:
        """The chart, with room for the texts at its right when they can be read there."""
        pieces = lines.stretches(chart, self.deck.style)
        left, beside = self.free, self._beside()
        if self._stands_beside(texts, beside):
            left = left._replace(wide=beside.left - 2 * GAP - left.left)
        else:
            beside = beside._replace(wide=0)
        if pieces:
            made_at = colophon.made_at(self.deck.frame).replace(tzinfo=None)
            slide_chart.add_chart(self.slide, chart, pieces, left, made_at)
        else:
            self._add([Para(NO_NUMBERS, colour=QUIET)], left, "Geen cijfers")
        self._is_fresh = False
        self.free = beside

    def texts(self, texts: Sequence[Text]) -> None:
        """Texts of people in their order; on a wide place beside each other."""
        blocks = self._blocks(texts)
        while blocks:
            if self.free.high < LOWEST or self.free.wide < NARROWEST_COLUMN:
                self.turn()
            blocks = self._texts(blocks)
            if blocks:
                self._is_fresh = False
                self.turn()

    def table(self, table: Table, spared: float = 0) -> None:
        """A native table; it goes on below its header on a next slide.

        spared: the room that is left free below it, if it still fits above that.
        """
        if self.free.wide < NARROWEST_COLUMN * 2 or self.free.high < LOWEST * 2:
            self.turn()
        heading = Para(plain(table.title), 14, 12, True, colour=self.deck.style.colour)
        title = (heading,) if heading.text else ()
        note = tuple(Para(plain(text), 10, 9, colour=QUIET) for text in [table.note] if text)
        around = block_high((*title, *note), self.free.wide, self.deck.font) + 10
        below = self.free.below(around)
        above = below._replace(high=max(LOWEST, below.high - spared))
        found = slide_table.grids(table, above, self.deck.font)
        if len(found) > 1 or found[0].high > above.high:
            found = slide_table.grids(table, below, self.deck.font)
        for grid in found:
            self._grid(grid, title, note)

    def texts_high(self, texts: Sequence[Text]) -> float:
        """The room texts ask for below a table, at an easy size."""
        blocks = self._blocks(texts)
        boxes = self._columns(blocks, self.free)
        placed = arranged(blocks, boxes, self.deck.font, LARGE)
        highest = [
            sum(block_high(block, box.wide, self.deck.font) for block in here)
            for box, here in zip(boxes, placed.boxes, strict=True)
        ]
        return max(highest, default=0) + MORE_HIGH + GAP if blocks else 0

    def empty_lines(self, heading: str, count: int) -> None:
        """Room for an answer: an empty table, in which can be written."""
        if not count:
            return
        head = Para(plain(heading), 14, 12, True, colour=self.deck.style.colour)
        high = head.high(self.free.wide, self.deck.font) + count * RULE_HIGH
        if high > self.free.high or self.free.wide < NARROWEST_COLUMN:
            self.turn()
        head = self.deck.short(head, self.free._replace(high=3 * 14 * 1.3))[0]
        used = head.high(self.free.wide, self.deck.font)
        self._add([head], self.free._replace(high=used), "Vraag")
        self._used(used + 4)
        count = min(count, int(self.free.high / RULE_HIGH))
        box = self.free._replace(high=count * RULE_HIGH)
        slide_table.add_empty_lines(self.slide, count, box, plain(heading))
        self._used(box.high + GAP)

    def _add(self, paras: Sequence[Para], box: Box, name: str) -> None:
        add_text(self.slide, paras, box, name)
        self._is_fresh = False

    def _used(self, high: float) -> None:
        self.free = self.free.below(high)
        self._is_fresh = False

    def _tiles_high(self, tiles: Sequence[Tile], wide: float) -> tuple[float, list[Block]]:
        """All tiles at the same size, so that none seems more important."""
        most = Box(0, 0, wide, HIGHEST_TILE)
        sets = [_tile(tile, self.deck.style.colour) for tile in tiles]
        sizes = [fitted(paras, most, self.deck.font) for paras in sets]
        scale = min((size[1].size for size in sizes if size), default=sets[0][1].least)
        found = []
        for paras in sets:
            same = tuple(para.at(scale / paras[1].size) for para in paras)
            if block_high(same, wide, self.deck.font) > most.high:
                same = tuple(
                    part for para in same
                    for part in self.deck.short(para, Box(0, 0, wide, most.high / 3))
                )  # fmt: skip
            found.append(same)
        highest = max(block_high(paras, wide, self.deck.font) for paras in found)
        return highest + 2 * TILE_INSET, found

    def _beside(self) -> Box:
        """The place at the right of a chart."""
        taken = self.free.wide * CHART_SHARE + 2 * GAP
        return self.free._replace(left=self.free.left + taken, wide=self.free.wide - taken)

    def _stands_beside(self, texts: Sequence[Text], beside: Box) -> bool:
        """Whether a text fits there at least once."""
        blocks = self._blocks(texts)
        place = beside._replace(high=beside.high - MORE_HIGH)
        return any(arranged(blocks[:1], [place], self.deck.font).boxes[0])

    def _blocks(self, texts: Sequence[Text]) -> list[Block]:
        found = (_block(text, self.deck.style.colour) for text in texts)
        return [block for block in found if block]

    def _columns(self, blocks: Sequence[Block], box: Box) -> list[Box]:
        """Texts with a heading stand beside each other; loose sentences below each other."""
        if all(len(block) == 1 for block in blocks):
            return [box._replace(wide=min(box.wide, WIDEST_TEXT))]
        count = min(MOST_COLUMNS, len(blocks), int(box.wide // NARROWEST_COLUMN))
        return box.columns(max(count, 1), 2 * GAP)

    def _texts(self, blocks: list[Block]) -> list[Block]:
        """Put as many blocks on this slide as fit; the ones that remain."""
        whole = self.free._replace(high=self.free.high - MORE_HIGH)
        for share in SHARES:
            boxes = self._columns(blocks, whole._replace(high=whole.high * share))
            scales = SCALES if share == SHARES[-1] else LARGE
            placed = arranged(blocks, boxes, self.deck.font, scales)
            if not placed.rest:
                break
        if not any(placed.boxes) and self._is_fresh:
            head, tail = halves(small(blocks[0]), boxes[0], self.deck.font)
            placed = PlacedText(((head,),), (tail, *blocks[1:]))
        lowest = 0.0
        for box, here in zip(boxes, placed.boxes, strict=False):
            if here:
                paras = [para for block in here for para in block]
                high = block_high(paras, box.wide, self.deck.font)
                self._add(paras, box._replace(high=high), "Tekst")
                lowest = max(lowest, high)
        if placed.rest and lowest:
            foot = self.free.below(whole.high)
            self._add([Para(MORE, 10, 10, italic=True, colour=QUIET)], foot, "Verwijzing")
        self._used(lowest + GAP)
        return list(placed.rest)

    def _grid(self, grid: slide_table.Grid, title: Block, note: Block) -> None:
        """One grid, in as many pieces as there are slides for it."""
        font, number = self.deck.font, 0
        while True:
            again = tuple(replace(para, text=f"{para.text} {CONTINUED}") for para in title)
            head = again if number else title
            above = block_high(head, self.free.wide, font) + 4
            under = block_high(note, self.free.wide, font) + 4
            count = grid.fitting(self.free.high - above - under)
            is_whole_elsewhere = count < len(grid.rows) and grid.high < WHOLE_SLIDE
            if not self._is_fresh and (is_whole_elsewhere or count < LEAST_ROWS):
                self.turn()
                continue
            here, grid = grid.split(max(count, 1))
            if head:
                self._add(head, self.free._replace(high=above), "Titel van de tabel")
            self._used(above)
            here, cut = slide_table.shortened(here, self.free.high - under, font)
            self.deck.cut += cut
            slide_table.add_table(self.slide, here, self.free, self.deck.style.colour)
            self._used(here.high + 4)
            if not grid.rows:
                break
            number += 1
            self.turn()
        if note:
            self._add(note, self.free._replace(high=block_high(note, self.free.wide, font)), "Noot")
            self._used(block_high(note, self.free.wide, font))
        self._used(GAP)


def _block(text: Text, colour: str) -> Block:
    heading = Para(plain(text.heading), 14, 12, True, colour=colour, before=6)
    body = Para(plain(text.body), 14, 11, before=0 if text.heading else 6)
    by = Para(plain(text.by), 11, 9, italic=True, colour=QUIET)
    return tuple(para for para in (heading, body, by) if para.text)


def _tile(tile: Tile, colour: str) -> Block:
    return (
        Para(plain(tile.label), 12, 10, colour=QUIET),
        Para(plain(tile.text), 24, 16, True, colour=colour),
        Para(plain(tile.note), 12, 10),
    )
