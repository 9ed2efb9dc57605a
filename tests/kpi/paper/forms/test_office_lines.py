"""Lines of charts in Office: no line over a break, and none that only its colour tells apart."""

from dataclasses import replace

import pytest
from papers import euro_chart, mark_chart, thuiszitters_chart

from kpi.meaning.house_style import HouseStyle
from kpi.paper.document import Chart, ChartLine, Table
from kpi.paper.forms.office import lines
from kpi.paper.forms.office.sheet_names import LONGEST, sheet_names

STYLE = HouseStyle()


def chart(*found: ChartLine, breaks=(), count=6, **parts) -> Chart:
    names = tuple(f"p{place}" for place in range(count))
    return Chart("t", "a", "leerlingen", "0", names, found, Table("t", (), ()),
                 breaks=breaks, **parts)  # fmt: skip


def test_a_line_without_a_break_is_one_piece():
    (piece,) = lines.stretches(chart(ChartLine("x", (1, None, 3, 4, 5, 6))), STYLE)
    assert (piece.name, piece.values) == ("x", (1, None, 3, 4, 5, 6))


@pytest.mark.parametrize("kind", ["value", "path", "reference"])
@pytest.mark.parametrize("breaks", [(1,), (3,), (5,), (2, 4), (4, 2)])
def test_no_piece_spans_a_break_and_nothing_is_lost(kind, breaks):
    line = ChartLine("x", (1, 2, None, 4, 5, 6), kind)
    pieces = lines.stretches(chart(line, breaks=breaks), STYLE)
    for piece in pieces:
        places = [place for place, value in enumerate(piece.values) if value is not None]
        assert not any(min(places) < at <= max(places) for at in breaks)
    together = [
        next((piece.values[at] for piece in pieces if piece.values[at] is not None), None)
        for at in range(6)
    ]
    assert tuple(together) == line.values
    assert len({piece.name for piece in pieces}) == len(pieces)
    assert sum(piece.in_legend for piece in pieces) == (len(pieces) if kind == "value" else 1)


def test_a_value_says_from_when_it_is_counted_differently():
    pieces = lines.stretches(thuiszitters_chart(), STYLE)
    names = [piece.name for piece in pieces if piece.kind == "value"]
    assert names == ["Thuiszitters", "Thuiszitters, vanaf 2024 Q2 anders geteld"]


def test_pieces_without_a_number_are_left_out():
    line = ChartLine("x", (None, None, None, 4, 5, 6))
    (piece,) = lines.stretches(chart(line, breaks=(3,)), STYLE)
    assert piece.name == "x"
    assert not lines.stretches(chart(ChartLine("x", (None,) * 6)), STYLE)


def test_every_line_differs_without_its_colour():
    values = (1, 2, 3, 4, 5, 6)
    found = [ChartLine(f"w{n}", values) for n in range(4)]
    found += [ChartLine("doel", values, "path")]
    found += [ChartLine(f"r{n}", values, "reference") for n in range(3)]
    looks = [replace(piece.look, colour="") for piece in lines.stretches(chart(*found), STYLE)]
    assert len(set(looks)) == len(looks)


@pytest.mark.parametrize("kind", ["path", "reference"])
def test_a_single_point_has_a_sign(kind):
    (alone,) = lines.stretches(
        chart(ChartLine("x", (None, 4, None, None, None, None), kind)), STYLE
    )
    (joined,) = lines.stretches(chart(ChartLine("x", (None, 4, 5, None, None, None), kind)), STYLE)
    assert alone.look.sign and not joined.look.sign


def test_the_axis_begins_at_zero_unless_something_lies_below():
    assert lines.starts_at_zero(thuiszitters_chart())
    assert not lines.starts_at_zero(euro_chart())
    assert not lines.starts_at_zero(mark_chart())


def test_sheet_names_are_legal_and_unique():
    titles = [
        "Thuiszitters: leerlingen die langer dan vier weken thuis zijn", "thuiszitters",
        "Thuiszitters",
        "[a]:b*c?d/e\\f", "'aanhaling'", "", "   ", "=1+1", "History", "Definities", "x" * 80,
        "x" * 81, "👍" * 40, "regel\neen", "\t", "@SUM(1)",
    ]  # fmt: skip
    names = sheet_names(titles, ["Definities"])
    assert len({name.casefold() for name in (*names, "definities")}) == len(titles) + 1
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= LONGEST
        assert not set(name) & set("[]:*?/\\\n\t")
        assert name[0] not in "'=+-@" and name[-1] != "'"
        assert name.casefold() != "history"
