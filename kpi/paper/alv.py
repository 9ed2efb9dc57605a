"""The paper for the ALV: what changed, what was promised, what must be decided, and all figures."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from data.calendar import Period
from kpi.cycle.corrections import Correction
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.figure.span import known_by
from kpi.guard.shown import Shown
from kpi.meaning.load import Kpi
from kpi.meeting.steps import word_of
from kpi.paper import parts
from kpi.paper.corrected import corrected
from kpi.paper.document import Cell, Section, Table, figure_cell, word
from kpi.paper.texts import asked_decisions, commentary_texts, open_promises
from kpi.verdict.verdict import Goal
from kpi.view.line import Line, line_shown
from kpi.view.overview import headline, overview

HEADERS = (
    "KPI", "Maat", "Nu", "Wanneer", "Doelpad", "Verschil", "Verandering", "Doel gehaald?",
    "Zeker?",
)  # fmt: skip
DECISIONS = "Besluiten van deze vergadering"
LINES_FOR_DECISIONS = 8


def sections(
    monitor: Monitor, quarter: Period, notes: Sequence[Correction], shown: Shown
) -> tuple[Section, ...]:
    """The whole paper: overview, a part per KPI that needs a word, promises, decisions, figures.

    `notes` are the corrections this paper prints.
    """
    lines = tuple(line_shown(line, shown) for line in _lines(monitor, quarter))
    lines = tuple(sorted(lines, key=lambda line: line.weight))
    talked_about = [line for line in lines if line.needs_word]
    return (
        _overview(lines),
        *(_kpi(monitor, quarter, shown, line) for line in talked_about),
        *corrected(monitor, quarter, notes, shown),
        open_promises(monitor, quarter),
        replace(asked_decisions(lines), fill_heading=DECISIONS, lines_to_fill=LINES_FOR_DECISIONS),
        *_all_figures(monitor, quarter, shown),
    )


def _lines(monitor: Monitor, quarter: Period) -> tuple[Line, ...]:
    found = overview(monitor, monitor.swv.organisation_id, quarter).lines
    return tuple(sorted(found, key=lambda line: line.result.kpi.number))


def _overview(lines: Sequence[Line]) -> Section:
    rows = tuple(_row(line) for line in lines)
    return Section(
        id="overzicht",
        title="In één oogopslag",
        sentence=headline(lines),
        tables=(Table("Alle KPI’s", HEADERS, rows),),
    )


def _row(line: Line) -> tuple[Cell, ...]:
    result = line.result
    return (
        Cell(result.kpi.name),
        word(parts.name_of(result)),
        figure_cell(result),
        word(result.when_short),
        word(_asked(line)),
        word(result.gap_text if line.is_own_target else ""),
        Cell(line.change_words),
        Cell(_stands(line)),
        Cell(line.letter),
    )


def _asked(line: Line) -> str:
    """What was agreed, with the measure it is about and its own value when that is another one."""
    asked = line.target
    if asked is None or line.is_own_target:
        return asked.asked_text if asked else "geen doel"
    return f"{asked.asked_text} ({asked.name}: {asked.figure_text})"


def _stands(line: Line) -> str:
    """The word for the target, and how all of them stand when there are more."""
    goal = line.target.goal.goal if line.target else Goal.NONE
    return " · ".join(filter(None, [f"{goal.icon} {goal}", line.counts_text, line.deviation_text]))


def _kpi(monitor: Monitor, quarter: Period, shown: Shown, line: Line) -> Section:
    """What the meeting needs to talk about one KPI."""
    result = line.result
    kpi = result.kpi
    series = _series(monitor, result, quarter)
    return Section(
        id=kpi.id,
        title=kpi.name,
        sentence=word_of(line),
        tiles=parts.tiles(monitor, shown, series[-1]),
        chart=parts.chart(monitor, shown, series),
        texts=commentary_texts(monitor, result, quarter),
        notes=parts.remarks(monitor, shown, series[-1]),
    )


def _series(monitor: Monitor, result: KpiResult, quarter: Period) -> list[KpiResult]:
    found = results.trend_of(monitor, result)
    return [item for item in known_by(found, quarter) if item.period.end_on <= result.period.end_on]


def _all_figures(monitor: Monitor, quarter: Period, shown: Shown) -> Iterator[Section]:
    """For the workbook: per KPI every measure and every part with a target, with its course."""
    for kpi in monitor.kpis.values():
        tables = []
        for kind in kpi.periods:
            rows = list(_courses(monitor, quarter, kpi, kind))
            table = parts.figures_table(f"Per {kind}", rows, shown, parts.remark(rows, shown))
            tables += [table] if table else []
        if tables:
            yield Section(
                id=f"cijfers-{kpi.id}",
                title=f"{kpi.name}: alle cijfers",
                tables=tuple(tables),
                only_in_workbook=True,
            )


def _courses(
    monitor: Monitor, quarter: Period, kpi: Kpi, kind: str
) -> Iterator[Sequence[KpiResult]]:
    """Every measure of the KPI and every part of it with a target, up to the quarter."""
    organisation = monitor.swv.organisation_id
    for measure in kpi.measures.values():
        if kind not in measure.periods:
            continue
        for part in ("", *_parts_with_target(monitor, kpi.id, measure.id)):
            series = results.trend(monitor, kpi.id, organisation, measure.id, part, kind)
            yield known_by(series, quarter)[-parts.MOST_POINTS :]


def _parts_with_target(monitor: Monitor, kpi_id: str, measure: str) -> list[str]:
    return [
        part for kpi, name, part in monitor.targets if (kpi, name) == (kpi_id, measure) and part
    ]
