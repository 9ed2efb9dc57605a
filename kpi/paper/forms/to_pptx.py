"""A paper as a PowerPoint presentation, with charts and tables that can be edited."""

from kpi.paper import colophon
from kpi.paper.document import Document, Section, Table, Text
from kpi.paper.forms.office.deck import FULL_TEXTS, Deck
from kpi.paper.forms.office.flow import SectionFlow

TWINS, ABOUT = "Tabellen bij de grafieken", "Over deze cijfers"


def to_pptx(document: Document) -> bytes:
    """The paper as bytes of a pptx file; made twice, the same bytes."""
    deck = Deck(document)
    deck.first_slide()
    for section in document.for_paper:
        _section(deck, section)
    _twins(deck, [section.chart.twin for section in document.for_paper if section.chart])
    _about(deck, document)
    _full_texts(deck)
    return deck.content()


def _section(deck: Deck, section: Section) -> None:
    """A part: its answer, its chart or tables, and what people say about it."""
    flow = SectionFlow(deck, section.title, section.sentence)
    first, chart = flow.slide, section.chart
    notes = (*((chart.note,) if chart else ()), *section.notes)
    is_more = bool(section.tiles or chart or section.tables or section.texts)
    waiting = flow.notes(notes) if is_more else notes
    flow.tiles(section.tiles)
    if chart:
        flow.chart(chart, section.texts)
        flow.texts(section.texts)
    for table in section.tables:
        is_last = table is section.tables[-1] and not chart
        flow.table(table, spared=flow.texts_high(section.texts) if is_last else 0)
    if not chart:
        flow.texts(section.texts)
    flow.texts([Text("", note) for note in waiting])
    flow.empty_lines(section.fill_heading, section.lines_to_fill)
    said = (section.sentence, f"Grafiek: {chart.alt}" if chart else "")
    deck.speak(first, "\n".join(filter(None, said)))


def _twins(deck: Deck, twins: list[Table]) -> None:
    """The numbers of every chart, for who would rather read them."""
    filled = [twin for twin in twins if twin.rows]
    if filled:
        flow = SectionFlow(deck, TWINS)
        for twin in filled:
            flow.table(twin)


def _about(deck: Deck, document: Document) -> None:
    """What to keep in mind, and the definitions the paper rests on."""
    frame = document.frame
    if not frame.notes and not frame.definitions:
        return
    flow = SectionFlow(deck, ABOUT)
    flow.texts([Text("", note) for note in frame.notes])
    if frame.definitions:
        flow.table(colophon.definitions(frame))


def _full_texts(deck: Deck) -> None:
    """Whatever had to be cut off elsewhere, in full."""
    cut = list(dict.fromkeys(deck.cut))
    if cut:
        SectionFlow(deck, FULL_TEXTS).texts([Text("", text) for text in cut])
