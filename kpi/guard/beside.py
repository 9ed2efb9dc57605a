"""Measures beside each other: what definitions say of them, and start + new − ended = end."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kpi.figure.monitor import Monitor
from kpi.guard.cells import Cells, Count
from kpi.guard.kinds import Kind, Kinds, parts_of
from kpi.meaning.choices import Shows
from kpi.meaning.relation import NUMERATOR, Term

Group = tuple[Count, ...]
# the kind of every term, and whether it stands at the start of the period
Members = tuple[tuple[Kind, bool], ...]


class InForm(NamedTuple):
    """One term of a form: on the larger side or the smaller, now or at the start of the period."""

    term: Term
    is_larger: bool
    at_start: bool = False


class Shape(NamedTuple):
    """A form that a kind has a place in, with the kind of every term.

    at_start: whether this kind is the one at the start of the period, so that its cell tells of
    the period before.
    """

    at_start: bool
    members: Members


class Holding(NamedTuple):
    """A form that holds somewhere: which one, of which kinds, where and in which period."""

    form: int
    members: Members
    organisation: str
    period: str


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
    forms = [*_declared(cells.kinds), *_flows(monitor)]
    about: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for place, form in enumerate(forms):
        for measure in {item.term[:3]: None for item in form.terms}:
            about[measure].append(place)
    periods = _Periods(monitor)
    shapes: dict[tuple[Kind, int], list[Shape]] = {}
    found: dict[Holding, set[Count]] = defaultdict(set)
    for cell in known:
        for name in cells.kinds.names(cell.kind):
            for place in about[name[:3]]:
                if (name, place) not in shapes:
                    shapes[name, place] = _shapes(cells.kinds, periods, name, forms[place])
                for members, period in periods.of(shapes[name, place], cell.period):
                    found[Holding(place, members, cell.organisation, period)].add(cell)
    return [
        (forms[one.form], periods.group(one))
        for one, told in found.items()
        if len(told) >= max(2, len(one.members) - 1)
    ]


class _Periods:
    """Which period comes before and after, and which splits a case keeps in time."""

    def __init__(self, monitor: Monitor) -> None:
        self.before = {one.period_id: one.previous_period_id for one in monitor.periods.values()}
        self.after = {before: period for period, before in self.before.items()}
        self._kpis = monitor.kpis

    def has_flow(self, kind: Kind) -> bool:
        """Whether its cases stay in the same part until they end; not so with their duration."""
        segments = self._kpis[kind.kpi].segments
        return not any(segments[name].changes for name, _ in parts_of(kind.segment))

    def of(self, shapes: Iterable[Shape], period: str) -> Iterator[tuple[Members, str]]:
        """Each shape with the period it speaks of, for a cell of this one; not without it."""
        for shape in shapes:
            now = self.after.get(period) if shape.at_start else period
            if now and (self.before.get(now) or not any(starts for _, starts in shape.members)):
                yield shape.members, now

    def group(self, found: Holding) -> Group:
        """The cells of a form that holds somewhere."""
        now, before = found.period, self.before.get(found.period) or ""
        return tuple(
            Count(*kind[:3], found.organisation, before if starts else now, kind.segment)
            for kind, starts in found.members
        )


def _declared(kinds: Kinds) -> Iterator[SumForm]:
    """Relations of kpi.toml; numbers that are simply the same are one cell already."""
    for relation in kinds.declared:
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


def _shapes(kinds: Kinds, periods: _Periods, kind: Kind, form: SumForm) -> list[Shape]:
    """A shape per place in the form that this kind can have."""
    if form.is_flow and not periods.has_flow(kind):
        return []
    found = []
    for item in form.terms:
        moved = [kinds.moved(kind, item.term, other.term) for other in form.terms]
        members = tuple(
            (member, other.at_start)
            for member, other in zip(moved, form.terms, strict=True)
            if member
        )
        if len(members) == len(form.terms):
            found.append(Shape(item.at_start, members))
    return found
