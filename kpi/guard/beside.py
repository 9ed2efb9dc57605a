"""Measures beside each other: what definitions say of them, and start + new − ended = end."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kpi.figure.monitor import Monitor
from kpi.guard.cells import Cells, Count, parts_of
from kpi.meaning.choices import Shows
from kpi.meaning.relation import NUMERATOR, Term

Group = tuple[Count, ...]


class InForm(NamedTuple):
    """One term of a form: on the larger side or the smaller, now or at the start of the period."""

    term: Term
    is_larger: bool
    at_start: bool = False


class SumForm(NamedTuple):
    """A sum that is equal to another one (or part of it), wherever and whenever."""

    terms: tuple[InForm, ...]
    is_exact: bool
    is_flow: bool = False


def beside(monitor: Monitor, cells: Cells, known: Iterable[Count]) -> list[tuple[SumForm, Group]]:
    """The forms that hold for these cells, each with its cells in the order of its terms.

    Known numbers tell the one that is missing, so a form counts when at most one of its cells is
    not among those known.
    """
    forms = [*_declared(cells), *_flows(monitor)]
    about: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for place, form in enumerate(forms):
        for measure in {item.term[:3]: None for item in form.terms}:
            about[measure].append(place)
    periods = _Periods(monitor)
    found: dict[tuple[int, Group], set[Count]] = defaultdict(set)
    for cell in known:
        for name in cells.names_of(cell):
            for place in about[name[:3]]:
                for group in _groups(cells, periods, name, forms[place]):
                    found[place, group].add(cell)
    return [
        (forms[place], group)
        for (place, group), told in found.items()
        if len(told) >= max(2, len(group) - 1)
    ]


class _Periods:
    """Which period comes before and after, and which splits a case keeps in time."""

    def __init__(self, monitor: Monitor) -> None:
        self.before = {one.period_id: one.previous_period_id for one in monitor.periods.values()}
        self.after = {before: period for period, before in self.before.items()}
        self._kpis = monitor.kpis

    def has_flow(self, cell: Count) -> bool:
        """Whether its cases stay in the same part until they end; not so with their duration."""
        segments = self._kpis[cell.kpi].segments
        return not any(segments[name].changes for name, _ in parts_of(cell.segment))


def _declared(cells: Cells) -> Iterator[SumForm]:
    """Relations of kpi.toml; numbers that are simply the same are one cell already."""
    for relation in cells.declared:
        if not relation.exact or len(relation.left) + len(relation.right) > 2:
            larger = (InForm(term, True) for term in relation.right)
            smaller = (InForm(term, False) for term in relation.left)
            yield SumForm((*larger, *smaller), relation.exact)


def _flows(monitor: Monitor) -> Iterator[SumForm]:
    """Those who stand at the end stood at the start or came; who was seen is one of both."""
    for kpi in monitor.kpis.values():
        for stock in kpi.measures.values():
            if stock.shows is not Shows.STOCK or not stock.tested_by:
                continue
            at_end = Term(kpi.id, stock.id, NUMERATOR, "")
            came = Term(kpi.id, stock.tested_by, NUMERATOR, "")
            start = (InForm(at_end, True, at_start=True), InForm(came, True))
            if stock.ended_by:
                left = Term(kpi.id, stock.ended_by, NUMERATOR, "")
                gone = (*start, InForm(left, False), InForm(at_end, False))
                yield SumForm(gone, True, True)
                if stock.lost_by:
                    lost = Term(kpi.id, stock.lost_by, NUMERATOR, "")
                    yield SumForm((*gone, InForm(lost, False)), True, True)
            for seen in kpi.measures.values():
                if seen.shows is Shows.PERSONS and seen.tested_by == stock.tested_by:
                    term = Term(kpi.id, seen.id, NUMERATOR, "")
                    yield SumForm((*start, InForm(term, False)), True, True)


def _groups(cells: Cells, periods: _Periods, cell: Count, form: SumForm) -> Iterator[Group]:
    """The cells of a form that has this cell in one of its places."""
    if form.is_flow and not periods.has_flow(cell):
        return
    for item in form.terms:
        period = periods.after.get(cell.period) if item.at_start else cell.period
        if period is None:
            continue
        now = cell._replace(period=period)
        group = [_member(cells, periods, now, item.term, other) for other in form.terms]
        if None not in group:
            yield tuple(member for member in group if member is not None)


def _member(cells: Cells, periods: _Periods, cell: Count, of: Term, wanted: InForm) -> Count | None:
    moved = cells.moved(cell, of, wanted.term)
    if moved is None or not wanted.at_start:
        return moved
    before = periods.before.get(moved.period)
    return moved._replace(period=before) if before else None
