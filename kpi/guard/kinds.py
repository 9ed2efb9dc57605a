"""What a number is, wherever and whenever: found once, and true of every school and quarter."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from kpi.figure.monitor import Monitor
from kpi.meaning.relation import Relation, Term, parse_relation

Parts = frozenset[tuple[str, str]]  # pairs of split and code


class Kind(NamedTuple):
    """A number of persons or cases as the definitions name it: the same at every organisation."""

    kpi: str
    measure: str
    part: str
    segment: str


@lru_cache(maxsize=65536)
def parts_of(segment: str) -> Parts:
    """ "kind=av,duration=x" as pairs of split and code."""
    return frozenset(
        (name, code)
        for name, _, code in (part.partition("=") for part in segment.split(",") if part)
    )


class Kinds:
    """Which kinds are one and the same by the definitions, and what segments are part of."""

    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor
        self.declared = _declared(monitor)
        self._steps: dict[tuple[str, str, str], list[tuple[Term, Term]]] = {}
        self._other_names: dict[tuple[str, str, str], list[tuple[Term, Term]]] = {}
        self._names: dict[Kind, tuple[Kind, ...]] = {}
        self._same: dict[Kind, tuple[Kind, ...]] = {}
        self._wholes: dict[tuple[str, str], list[str]] = {}
        self._joined: dict[tuple[str, Parts], str | None] = {}
        self._made: dict[tuple[str, str, Parts], bool] = {}
        for relation in self.declared:
            right, left = relation.right[0], relation.left[0]
            if not relation.exact or len(relation.right) + len(relation.left) > 2:
                continue
            name = (right.kpi, right.measure, right.part)
            self._other_names.setdefault(name, []).append((right, left))
            self._steps.setdefault(left[:3], []).append((left, right))

    def names(self, kind: Kind) -> tuple[Kind, ...]:
        """The kind, and the kinds of other figures that should equal it."""
        if kind not in self._names:
            others = (self.moved(kind, *names) for names in self._other_names.get(kind[:3], ()))
            found = [name for other in others if other for name in self.names(other)]
            self._names[kind] = (kind, *found)
        return self._names[kind]

    def same(self, kind: Kind) -> tuple[Kind, ...]:
        """The kind, and step by step those of other figures that it should equal."""
        if kind not in self._same:
            found, following = [kind], self._step(kind, ())
            while following:
                found.append(following)
                following = self._step(following, found)
            self._same[kind] = tuple(found)
        return self._same[kind]

    def moved(self, kind: Kind, of: Term, to: Term) -> Kind | None:
        """The kind that stands to `to` as this one stands to `of`; None when it does not."""
        if kind[:3] != of[:3]:
            return None
        parts, wanted, added = (parts_of(text) for text in (kind.segment, of.segment, to.segment))
        if not wanted <= parts:
            return None
        segment = self.joined(to.kpi, (parts - wanted) | added)
        return None if segment is None else Kind(to.kpi, to.measure, to.part, segment)

    def wholes(self, kpi: str, segment: str) -> list[str]:
        """What a segment is part of: "kind=av,duration=x" is of both, and of everything."""
        if (kpi, segment) not in self._wholes:
            parts = sorted(parts_of(segment))
            chosen = (some for size in range(len(parts)) for some in combinations(parts, size))
            joined = (self.joined(kpi, some) for some in chosen)
            self._wholes[kpi, segment] = [whole for whole in joined if whole is not None]
        return self._wholes[kpi, segment]

    def joined(self, kpi: str, parts: Iterable[tuple[str, str]]) -> str | None:
        """Pairs of split and code as kpi_value writes them; None when they do not go together."""
        key = kpi, frozenset(parts)
        if key not in self._joined:
            found = dict(key[1])
            known = self._monitor.kpis[kpi].segments
            fits = len(found) == len(key[1]) and found.keys() <= known.keys()
            text = ",".join(f"{name}={found[name]}" for name in known if name in found)
            self._joined[key] = text if fits else None
        return self._joined[key]

    def is_made(self, kpi_id: str, measure: str, parts: Parts) -> bool:
        """Whether the measure has a split by all these."""
        key = (kpi_id, measure, parts)
        if key not in self._made:
            kpi = self._monitor.kpis[kpi_id]
            named = {name for name, _ in parts}
            splits = kpi.splits(kpi.measures[measure])
            self._made[key] = any(set(split) == named for split in splits)
        return self._made[key]

    def _step(self, kind: Kind, seen: Iterable[Kind]) -> Kind | None:
        """The next one that this kind should equal."""
        steps = (self.moved(kind, *step) for step in self._steps.get(kind[:3], ()))
        return next((step for step in steps if step and step != kind and step not in seen), None)


def _declared(monitor: Monitor) -> list[Relation]:
    """The relations of the KPIs of the profile; one that names another KPI is left out."""
    found = (
        parse_relation(text, kpi.id) for kpi in monitor.kpis.values() for text in kpi.relations
    )
    return [
        relation
        for relation in found
        if all(term.kpi in monitor.kpis for term in (*relation.left, *relation.right))
    ]
