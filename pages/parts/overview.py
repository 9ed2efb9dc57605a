"""The table of the overview: one row per KPI, from the figure to how sure we are of it."""

from datetime import date

from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.span import known_by, recent
from kpi.formatting import short_date
from kpi.verdict.verdict import Method
from kpi.view.line import Line
from kpi.view.overview import Overview, overview
from pages.shared import commentary, commitments
from pages.shared.figure_cells import coverage_cell, line, target_cell, value_cell
from pages.shared.table import Row
from pages.shared.text import lines, link, plain, soft, strong, together
from pages.shared.verdicts import change_word, goal_word, small
from pages.shared.view import View

TARGET = 32  # signs in small letters in the column of the target; the KPI page has the whole name
ONE_LINE = 40  # signs in small letters in its column at 1440 pixels


def filled(monitor: Monitor, view: View) -> tuple[Overview, list[Row]]:
    """What the overview says, and its rows."""
    found = overview(monitor, view.organisation.organisation_id, view.quarter)
    on = view.meeting_day(monitor)
    return found, [_row(monitor, item, view, on) for item in found.lines]


def _row(monitor: Monitor, item: Line, view: View, on: date) -> Row:
    result, kpi = item.result, item.result.kpi
    series = results.trend(monitor, kpi.id, view.organisation.organisation_id)
    until = f"tot {short_date(result.as_of)}" if result.as_of else ""
    return {
        "KPI": lines(link(kpi.name, view.link("kpi", kpi.id)), small(result.measure.label)),
        "Nu": lines(value_cell(result), together(small(result.when_short))),
        "Doelpad en verschil": _target(item),
        "Verloop, 3 jaar": line(kpi.label, recent(known_by(series, view.quarter))),
        "Verandering": _change(item),
        "Doel gehaald?": _goal(item),
        "Duiding": lines(
            commentary.cell(monitor, item, view.quarter.period_id),
            commitments.cell(monitor, on, kpi.id),
        ),
        "Zeker?": strong(item.letter),
        "Compleet": together(lines(coverage_cell(result), small(until))),
    }


def _target(item: Line) -> str:
    """The target on this figure, or the one that asks most for a word with its own figure."""
    asked = item.target
    if asked is None or item.is_own_target:
        return target_cell(item.result)
    return lines(
        plain(asked.asked_short), strong(asked.figure_text), small(asked.short_name(TARGET))
    )


def _change(item: Line) -> str:
    """The word, and in small letters the sentence, or how it was judged when that is shorter."""
    finding, note = item.change.finding, item.change_note
    is_whole = item.is_signal or len(note) <= ONE_LINE or finding.method is Method.NONE
    below = note if is_whole else finding.method
    return lines(change_word(finding.change, item.change_words), small(below))


def _goal(item: Line) -> str:
    """The word, the odds, how several stand, and an agreed deviation."""
    if item.target is None:
        return soft("–")
    note = " · ".join(filter(None, [item.target.odds_text, item.counts_short]))
    return lines(goal_word(item.target.goal), small(note), small(item.deviation_text))
