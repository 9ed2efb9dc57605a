"""The course of one quantity of a scenario on paper: a chart with its table."""

from collections.abc import Iterator, Sequence

from kpi import formatting
from kpi.guard.shown import Shown
from kpi.paper.document import Cell, Chart, ChartLine, Section, Table, figure_cell
from kpi.scenario import words
from kpi.scenario.check import Quantity
from kpi.scenario.project import ProjectedYear
from kpi.scenario.scenario import Scenario
from kpi.scenario.words import AS_NOW, CHOSEN, ESTIMATED, MEASURED

WHOLE, EURO = "#,##0", '"€ "#,##0'


def course(scenario: Scenario, quantity: Quantity, shown: Shown) -> Section:
    """One quantity, measured and estimated, with its range."""
    known = scenario.known
    last = scenario.chosen.years[-1]
    years = sorted({*(known.pupils if quantity.is_pupils else known.money)})
    years += [row.year for row in _ahead(scenario, quantity)]
    at_end = words.value_text(quantity, quantity.of(last))
    sentence = f"{quantity.label}: in {last.year} naar schatting {at_end}."
    lines = list(_lines(scenario, quantity, years, shown))
    twin = Table(
        quantity.label,
        ("Jaar", *(line.name for line in lines)),
        tuple(
            (
                Cell(words.year_text(quantity, year)),
                *(_value_cell(scenario, quantity, year, line, place, shown) for line in lines),
            )
            for place, year in enumerate(years)
        ),
        words.WARNING,
    )
    return Section(
        str(quantity),
        quantity.label,
        sentence,
        chart=Chart(
            title=quantity.label,
            alt=sentence,
            unit="leerlingen" if quantity.is_pupils else formatting.EURO,
            number_format=WHOLE if quantity.is_pupils else EURO,
            categories=tuple(words.year_text(quantity, year) for year in years),
            lines=tuple(lines),
            twin=twin,
            wants_zero=False,
        ),
    )


def estimate(quantity: Quantity, value: float) -> Cell:
    """A projected number as it is shown; euros by the thousand."""
    form = WHOLE if quantity.is_pupils else EURO
    return Cell(words.value_text(quantity, value), words.rounded(quantity, value), form)


def _ahead(scenario: Scenario, quantity: Quantity) -> list[ProjectedYear]:
    return [row for row in scenario.chosen.years if scenario.is_estimated(quantity, row)]


def _lines(
    scenario: Scenario, quantity: Quantity, years: Sequence[int], shown: Shown
) -> Iterator[ChartLine]:
    """What is drawn: measured, estimated, and the ends of the range."""
    measured = (quantity.measured(scenario.known, year) for year in years)
    yield ChartLine(MEASURED, tuple(shown.of(item).value if item else None for item in measured))
    chosen = {row.year: row for row in _ahead(scenario, quantity)}
    as_now = {row.year: row for row in scenario.as_now.years if row.year in chosen}
    name = CHOSEN if scenario.changed else AS_NOW
    yield ChartLine(f"{name}, {ESTIMATED}", _values(quantity, chosen, years), "path")
    if scenario.changed:
        yield ChartLine(f"{AS_NOW}, {ESTIMATED}", _values(quantity, as_now, years), "reference")
    for end, sign in (("Marge, laag", -1), ("Marge, hoog", 1)):
        halves = {year: scenario.half(quantity, row) for year, row in chosen.items()}
        yield ChartLine(
            end,
            tuple(
                words.rounded(quantity, quantity.of(chosen[year]) + sign * half)
                if (half := halves.get(year)) is not None
                else None
                for year in years
            ),
            "reference",
        )
    if quantity is Quantity.EQUITY:
        signal = {year: item.signal.numerator for year, item in scenario.known.money.items()}
        signal |= {year: row.signal for year, row in chosen.items()}
        values = tuple(words.rounded(quantity, signal[year]) for year in years)
        yield ChartLine(Quantity.SIGNAL.label, values, "reference")


def _values(
    quantity: Quantity, rows: dict[int, ProjectedYear], years: Sequence[int]
) -> tuple[float | None, ...]:
    return tuple(
        words.rounded(quantity, quantity.of(rows[year])) if year in rows else None for year in years
    )


def _value_cell(
    scenario: Scenario, quantity: Quantity, year: int, line: ChartLine, place: int, shown: Shown
) -> Cell:
    if line.kind == "value":
        result = quantity.measured(scenario.known, year)
        return figure_cell(shown.of(result)) if result else Cell("–")
    value = line.values[place]
    return Cell("–") if value is None else estimate(quantity, value)
