"""The paper of a scenario: the chain, the course of each quantity, assumptions and the check."""

from collections.abc import Iterator, Sequence

from data.calendar import KWARTAAL
from kpi.cycle.status import document_status
from kpi.figure.monitor import Monitor
from kpi.figure.naming import periods_of
from kpi.figure.result import KpiResult
from kpi.guard.guard import Audience, guard
from kpi.guard.shown import Shown, protected
from kpi.paper.document import Cell, Document, Section, Table, Text, Tile, figure_cell, word
from kpi.paper.frame import document
from kpi.paper.publication import publication
from kpi.paper.scenario_check import looked_back
from kpi.paper.scenario_course import course, estimate
from kpi.scenario import words
from kpi.scenario.assumption import Assumption, load_assumptions
from kpi.scenario.check import Quantity
from kpi.scenario.project import ProjectedYear
from kpi.scenario.scenario import Scenario
from kpi.scenario.words import AS_NOW, CHOSEN, ESTIMATED

KIND = "scenario"
TITLE = "Van leerlingen naar euro’s: schatting, geen begroting"
CHAIN = (
    Quantity.REFERRALS,
    Quantity.PLACES,
    Quantity.CONTRIBUTION,
    Quantity.SCHOOLS,
    Quantity.EQUITY,
)
DRAWN = CHAIN[1:]
INCOME, RESULT = "Baten", "Naar of uit de reserve"
HIDDEN = "Dit scenario mag het bureau niet uit: een getal waarop het rust, wordt niet getoond."
SILENT = (Section("antwoord", TITLE, HIDDEN),)
YEARS_NOTE = (
    "Leerlingen horen bij een schooljaar, euro’s bij een kalenderjaar. VSO-leerlingen zijn geteld "
    "op de laatste kwartaaldag voor de teldatum: die is over alle jaren te vergelijken."
)


def scenario_paper(monitor: Monitor, scenario: Scenario) -> Document:
    """The scenario as it may leave the bureau, as of the last quarter.

    What it shows is protected as a part of the papers of that quarter. What it only rests on
    comes out as averages over years, which tell no count of one of them.
    """
    quarter = periods_of(monitor, KWARTAAL)[-1]
    may = may_leave(monitor, scenario)
    made, shown = protected(
        monitor, Audience.BUITEN,
        lambda shown: sections(scenario, shown) if may else SILENT,
        publication(monitor, quarter),
    )  # fmt: skip
    state = document_status(monitor, quarter)
    return document(monitor, KIND, TITLE, quarter, made, shown, state)


def may_leave(monitor: Monitor, scenario: Scenario) -> bool:
    """Whether no figure it rests on tells about a small group."""
    return not guard(monitor, _rests_on(scenario), Audience.BUITEN).hidden_count


def sections(scenario: Scenario, shown: Shown) -> tuple[Section, ...]:
    """The whole paper."""
    return (
        answer(scenario, shown),
        *(course(scenario, quantity, shown) for quantity in DRAWN),
        Section(
            "jaren",
            "Jaar voor jaar",
            tables=tuple(year_tables(scenario)),
            notes=(words.WARNING, YEARS_NOTE),
        ),
        assumptions(scenario),
        looked_back(scenario, shown),
    )


def answer(scenario: Scenario, shown: Shown) -> Section:
    """The chain from now to the last year ahead, and what comes out of it."""
    last = scenario.chosen.years[-1]
    return Section(
        "antwoord",
        "Van leerlingen naar euro’s",
        words.sentence(scenario),
        tiles=tiles(scenario, shown),
        tables=(
            Table(
                f"Van nu naar {last.year}",
                ("Stap", "Nu", "Wanneer", *_columns(scenario), "Marge"),
                tuple(_chain_row(scenario, quantity, shown) for quantity in Quantity),
                words.WARNING,
            ),
        ),
        texts=tuple(
            Text(heading, body)
            for heading, body in (
                ("Wat uw aannames doen", words.effect(scenario)),
                ("Let op", words.warning(scenario)),
            )
            if body
        ),
    )


def year_tables(scenario: Scenario) -> Iterator[Table]:
    """All quantities per year, as now, and beside it with other assumptions."""
    yield _years(AS_NOW, scenario.as_now.years)
    if scenario.changed:
        yield _years(CHOSEN, scenario.chosen.years)


def assumptions(scenario: Scenario) -> Section:
    """Every assumption with its bounds, where it comes from and its source."""
    usual, given = scenario.basis.usual, scenario.chosen.assumptions
    rows = tuple(
        (
            Cell(item.label),
            Cell(item.unit_text),
            _given(item, usual.of(item)),
            _given(item, given.of(item)),
            Cell(item.bounds_text),
            Cell(" ".join(filter(None, (item.how, item.source)))),
        )
        for item in load_assumptions().values()
    )
    headers = ("Aanname", "Eenheid", AS_NOW, CHOSEN, "Grenzen", "Herkomst en bron")
    return Section("aannames", "Alle aannames", tables=(Table("Aannames", headers, rows),))


def _given(item: Assumption, value: float) -> Cell:
    digits = "0" + ("." + "0" * item.decimals if item.decimals else "")
    return Cell(item.text(value), value, digits)


def _rests_on(scenario: Scenario) -> Iterator[KpiResult]:
    """Every figure the numbers are calculated from."""
    known = scenario.known
    for years in (known.pupils, known.money):
        for item in years.values():
            yield from vars(item).values()


def tiles(scenario: Scenario, shown: Shown) -> tuple[Tile, ...]:
    """Where each link of the chain stands now, with what comes with it."""
    known = scenario.known
    pupils, money = known.pupils[known.last_pupils], known.money[known.last_money]
    found = (
        (pupils.share, pupils.referred),
        (pupils.places, None),
        (money.vso, None),
        (money.schools, None),
        (money.equity, money.signal),
    )
    return tuple(
        _tile(shown, quantity.label, *pair) for quantity, pair in zip(CHAIN, found, strict=True)
    )


def _tile(shown: Shown, label: str, result: KpiResult, beside: KpiResult | None) -> Tile:
    now = shown.of(result)
    note = now.when_short
    if beside is not None:
        more = shown.of(beside)
        note += f" · {more.measure.label.lower()} {more.short_text}"
    return Tile(label, now.short_text, note)


def _columns(scenario: Scenario) -> tuple[str, ...]:
    names = (AS_NOW, CHOSEN) if scenario.changed else (AS_NOW,)
    return tuple(f"{name}, {ESTIMATED}" for name in names)


def _chain_row(scenario: Scenario, quantity: Quantity, shown: Shown) -> tuple[Cell, ...]:
    known = scenario.known
    last = known.last_pupils if quantity.is_pupils else known.last_money
    result = quantity.measured(known, last)
    now = shown.of(result) if result else None
    ends = [scenario.as_now.years[-1], scenario.chosen.years[-1]]
    half = scenario.half(quantity, ends[-1])
    return (
        Cell(quantity.label),
        figure_cell(now) if now else Cell("–"),
        word(now.when_short if now else ""),
        *(estimate(quantity, quantity.of(row)) for row in ends[: len(_columns(scenario))]),
        word(words.range_text(quantity, quantity.of(ends[-1]), half)),
    )


def _years(title: str, rows: Sequence[ProjectedYear]) -> Table:
    """A column per year, in which contribution, distribution and result add up to the income."""
    figures = [
        (Cell(quantity.label), *(estimate(quantity, quantity.of(row)) for row in rows))
        for quantity in Quantity
    ]
    of_pupils = sum(quantity.is_pupils for quantity in Quantity)
    before_reserve = list(Quantity).index(Quantity.EQUITY)
    result = (Cell(RESULT), *(estimate(Quantity.EQUITY, row.result) for row in rows))
    income = (Cell(INCOME), *(estimate(Quantity.EQUITY, row.income) for row in rows))
    figures.insert(before_reserve, result)
    figures.insert(of_pupils, income)
    return Table(
        f"{title}, {ESTIMATED}",
        ("Kalenderjaar", *(str(row.year) for row in rows)),
        ((Cell("Schooljaar"), *(Cell(_school_year(row)) for row in rows)), *figures),
        words.WARNING,
    )


def _school_year(row: ProjectedYear) -> str:
    return f"{row.school_year} (gemeten)" if row.pupils_measured else row.school_year
