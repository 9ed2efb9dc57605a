"""The check of a scenario on paper: what it would have said, and how large its range is."""

from kpi.guard.shown import Shown
from kpi.paper.document import Cell, Section, Table, figure_cell, filled, word
from kpi.paper.scenario_course import estimate
from kpi.scenario import words
from kpi.scenario.check import BackCheck, Quantity
from kpi.scenario.scenario import Scenario
from kpi.scenario.words import MEASURED


def looked_back(scenario: Scenario, shown: Shown) -> Section:
    """What the model would have said two years ago, beside what was measured since."""
    headers = ("Cijfer", "Jaar", "Voorspeld", "Marge", MEASURED, "Verschil", "Oordeel")
    rows = tuple(_checked_row(item, shown) for item in scenario.basis.checked)
    return Section(
        "controle",
        "Wat dit model twee jaar terug had voorspeld",
        words.looked_back(scenario),
        tables=filled(Table("Voorspeld en gemeten", headers, rows), _range_table(scenario)),
        notes=tuple(filter(None, (words.origin_of_range(scenario), words.unexplained(scenario)))),
    )


def _range_table(scenario: Scenario) -> Table:
    """How far off each quantity can be, one year ahead and at the end."""
    trials = scenario.basis.room.trials
    rows = []
    for quantity in Quantity:
        ahead = [row for row in scenario.chosen.years if scenario.is_estimated(quantity, row)]
        halves = (scenario.half(quantity, row) for row in (ahead[0], ahead[-1]))
        count = sum(trial.quantity is quantity for trial in trials)
        rows.append(
            (
                Cell(quantity.label),
                *(word(words.half_text(quantity, half)) for half in halves),
                Cell(str(count), count, "0"),
            )
        )
    headers = ("Cijfer", "Eerste jaar", f"In {scenario.chosen.years[-1].year}", "Proeven")
    return Table("Hoe groot de marge nu is", headers, tuple(rows))


def _checked_row(item: BackCheck, shown: Shown) -> tuple[Cell, ...]:
    quantity = item.quantity
    return (
        Cell(quantity.label),
        Cell(words.year_text(quantity, item.row.year)),
        estimate(quantity, item.projected),
        word(words.range_text(quantity, item.projected, item.half)),
        figure_cell(shown.of(item.measured)),
        Cell(words.change_text(quantity, item.error), words.rounded(quantity, item.error)),
        Cell(words.within_text(item)),
    )
