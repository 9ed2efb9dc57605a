"""How tables are set: figures are never broken, rows are short, print is not needlessly small."""

from hypothesis import given
from hypothesis import strategies as st
from papers import board_paper, locations_table, number, wide_table

from kpi.paper import columns
from kpi.paper.document import Cell, Section, Table

WORDS = st.text("abcdefgh ", max_size=60)


def table(*rows, headers=None):
    headers = headers or tuple(f"kolom {n}" for n in range(len(rows[0])))
    return Table("T", headers, tuple(rows))


def test_columns_with_figures_stand_to_the_right_but_for_the_name_of_the_row():
    found = columns.columns(table((number(1), Cell("woorden"), number(2), Cell("n.v.t."))))
    assert [column.is_number for column in found] == [False, False, True, False]


def test_a_column_of_figures_keeps_its_place_when_some_are_missing():
    found = columns.columns(table((Cell("a"), Cell("niet geleverd")), (Cell("b"), number(3))))
    assert found[1].is_number


def test_words_after_figures_stand_clear_of_them():
    found = columns.columns(table((Cell("a"), number(3), Cell("voorlopig"))))
    assert [column.after_figures for column in found] == [False, False, True]


def test_a_small_table_is_set_in_ordinary_print():
    assert columns.layout(table((Cell("a"), number(3)))).points == columns.PRINT


def test_rows_stay_on_one_line_when_slightly_smaller_print_makes_room():
    found = columns.layout(locations_table())
    assert columns.UPRIGHT[0] / columns.UPRIGHT[-1] * columns.PRINT <= found.points
    assert found.shares[0] * columns.UPRIGHT[-1] >= len("Locatie 01 van de scholengroep")


def test_a_table_that_would_be_tiny_gets_a_page_on_its_side():
    cells = tuple(Cell("samenwerkingsverband") for _ in range(6))
    assert columns.lies(Section("x", "X", tables=(table(cells),)))
    assert not columns.lies(Section("x", "X", tables=(locations_table(),)))
    assert columns.layout(table(cells), lying=True).points > 8


def test_the_twin_of_a_chart_counts_too():
    wide = next(section for section in board_paper().sections if section.chart)
    assert not columns.lies(wide)


def test_an_empty_table_has_columns():
    found = columns.layout(Table("T", ("Jaar", "Cijfer"), ()))
    assert len(found.shares) == 2


@given(st.lists(st.tuples(WORDS, st.integers(-(10**9), 10**9), WORDS), min_size=1, max_size=8),
       st.booleans())  # fmt: skip
def test_no_figure_and_no_word_is_broken_while_print_is_legible(rows, lying):
    made = table(*((Cell(one), number(amount), Cell(two)) for one, amount, two in rows))
    points, shares = columns.layout(made, lying)
    assert abs(sum(shares) - 1) < 1e-9
    sizes = columns.LYING if lying else columns.UPRIGHT
    letters = sizes[0] * columns.PRINT / points
    for share, column in zip(shares, columns.columns(made), strict=True):
        assert share * letters >= column.least + column.margin - 1e-6


def test_amounts_of_seven_years_fit():
    points, _ = columns.layout(
        wide_table(), columns.lies(Section("x", "X", tables=(wide_table(),)))
    )
    assert points >= 8


def test_a_figure_with_its_unit_stays_on_one_line():
    found = columns.columns(table((Cell("a"), Cell("+2 leerlingen", 2.0))))
    assert found[1].least == len("+2 leerlingen")


def test_the_room_that_is_left_goes_to_the_longest_texts():
    _, shares = columns.layout(table((Cell("kort"), Cell("lang " * 30), Cell("ook kort"))))
    assert shares[1] > 0.6
