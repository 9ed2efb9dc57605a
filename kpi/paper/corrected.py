"""What changed in figures of an earlier paper: the differences, and what was said about them."""

from collections.abc import Sequence

from data.calendar import Period
from kpi.cycle.changes import ChangedFigure, changed_since
from kpi.cycle.corrections import Correction
from kpi.cycle.seal import open_sealed, seal_before
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.guard.guard import Audience, Guarded, guard
from kpi.guard.shown import Shown
from kpi.paper.document import Cell, Section, Table, Text, figure_cell, filled, word

HEADERS = ("Cijfer", "Periode", "Stond er", "Is nu", "Verschil")
NOTHING = "In de cijfers van het vorige stuk is niets gewijzigd."


def corrected(
    monitor: Monitor, quarter: Period, notes: Sequence[Correction], shown: Shown
) -> tuple[Section, ...]:
    """One part with the changes since the last sealed quarter; none before the first seal.

    The earlier numbers are protected too, by themselves: they were in another paper.
    """
    seal = seal_before(monitor.store, quarter.period_id)
    if seal is None and not notes:
        return ()
    rows: list[tuple[Cell, ...]] = []
    if seal is not None:
        changed = [item for item in changed_since(monitor, seal) if _is_told(monitor, item)]
        sealed = open_sealed(monitor, seal)
        before = [_figure(sealed, item) for item in changed]
        then = guard(sealed, before, Audience.BUITEN)
        rows = [
            _row(item, then, earlier, shown.of(_figure(monitor, item)))
            for item, earlier in zip(changed, before, strict=True)
        ]
    section = Section(
        id="gewijzigd",
        title="Gewijzigd sinds het vorige stuk",
        sentence="" if rows or notes else NOTHING,
        tables=filled(Table("Cijfers van het samenwerkingsverband", HEADERS, tuple(rows))),
        texts=tuple(Text("Correctie", note.text, note.by) for note in notes),
    )
    return (section,)


def _is_told(monitor: Monitor, item: ChangedFigure) -> bool:
    """Numbers of the SWV itself; what only came in later is not a correction."""
    return item.level == "swv" and item.was_number and item.key[0] in monitor.kpis


def _figure(monitor: Monitor, item: ChangedFigure) -> KpiResult:
    kpi, measure, organisation, period, segment = item.key
    return results.figure(monitor, kpi, organisation, period, measure, segment)


def _row(
    item: ChangedFigure, then: Guarded, earlier: KpiResult, now: KpiResult
) -> tuple[Cell, ...]:
    before = then.of(earlier)
    both = before.value is not None and now.value is not None
    difference = item.difference_text if both else ""
    # The earlier number is not a row of kpi_value any more, so it has no figure behind it.
    was = figure_cell(before)._replace(figure=None)
    return (Cell(item.name), Cell(item.period), was, figure_cell(now), word(difference))
