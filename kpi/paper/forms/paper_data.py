"""A Document as plain data for the template of the printed paper (paper.typ)."""

from dataclasses import asdict

from kpi.paper import colophon, columns
from kpi.paper.document import Chart, Document, Frame, Section, Table
from kpi.paper.forms.plot import plot
from kpi.paper.plain import plain

SAME_TITLE = "De cijfers bij deze grafiek"


def paper_data(document: Document) -> dict[str, object]:
    """Everything the template prints; texts only, so that none of it can be taken for code."""
    data = {
        "frame": _frame(document.frame),
        "style": {"colour": document.style.colour, "font": document.style.font},
        "has_logo": bool(document.style.logo),
        "is_brief": document.is_brief,
        "sections": [_section(section) for section in document.for_paper],
    }
    return {name: _plain(value) for name, value in data.items()}


def _frame(frame: Frame) -> dict[str, object]:
    return {
        "title": frame.title,
        "swv": frame.swv,
        "period": frame.period,
        "state": colophon.state_text(frame),
        "known": colophon.known_text(frame),
        "audience": frame.audience,
        "demo": colophon.DEMO if frame.is_demo else "",
        "facts_heading": colophon.HEADING,
        "facts": colophon.facts(frame),
        "definitions_heading": colophon.DEFINITIONS,
        "definitions": [
            (colophon.definition_heading(definition), definition.text)
            for definition in frame.definitions
        ],
        "notes_heading": colophon.NOTES,
        "notes": frame.notes,
    }


def _section(section: Section) -> dict[str, object]:
    lying = columns.lies(section)
    return {
        "title": section.title,
        "sentence": section.sentence,
        "tiles": section.tiles,
        "lies": lying,
        "chart": _chart(section.chart, lying) if section.chart else None,
        "tables": [_table(table, lying) for table in section.tables],
        "texts": section.texts,
        "notes": section.notes,
        "fill_heading": section.fill_heading,
        "lines_to_fill": section.lines_to_fill,
        "starts_page": section.starts_page,
    }


def _chart(chart: Chart, lying: bool) -> dict[str, object]:
    drawn = plot(chart)
    twin = _table(chart.twin, lying)
    if chart.twin.title == chart.title:
        twin["title"] = SAME_TITLE
    return {
        "title": chart.title,
        "alt": chart.alt,
        "unit": chart.unit,
        "categories": chart.categories,
        "breaks": chart.breaks,
        "note": chart.note,
        "plot": asdict(drawn) if drawn else None,
        "twin": twin,
    }


def _table(table: Table, lying: bool) -> dict[str, object]:
    found = columns.columns(table)
    numeric = [column.is_number for column in found]
    points, shares = columns.layout(table, lying)
    return {
        "title": table.title,
        "headers": table.headers,
        "numeric": numeric,
        "after_figures": [column.after_figures for column in found],
        "points": points,
        "shares": shares,
        "rows": [
            [
                {"text": cell.text, "is_word": is_number and cell.value is None}
                for cell, is_number in zip(row, numeric, strict=True)
            ]
            for row in table.rows
        ],
        "note": table.note,
    }


def _plain(value: object) -> object:
    if isinstance(value, str):
        return plain(value)
    if hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value
