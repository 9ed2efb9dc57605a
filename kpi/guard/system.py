"""Cells and the sums between them, as numbers: what an attacker would write down."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from math import inf

NEAR = 1e-6


@dataclass
class System:
    """Numbers that are not negative, and rows that say: the sum of coefficient × number = constant.

    A number stands for a cell (its key is in `place`) or for what is left of a sum (a rest).
    values: the true numbers; most: the highest each can be by what everybody knows. no_group:
    rests that are no group of persons, such as what was counted double.
    """

    values: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    rows: list[tuple[tuple[tuple[int, float], ...], float]] = field(default_factory=list)
    place: dict[Hashable, int] = field(default_factory=dict)
    no_group: set[int] = field(default_factory=set)
    _known_rows: set[frozenset[tuple[int, float]]] = field(default_factory=set, repr=False)

    def add(self, key: Hashable, value: float) -> int:
        """The number of a cell, added when it is new."""
        if key not in self.place:
            self.place[key] = self._append(value)
        return self.place[key]

    def is_sum(self, whole: int, parts: Sequence[int]) -> None:
        """whole = the parts and a rest. A rest that is empty is one the attacker knows is empty."""
        terms = [(whole, 1.0), *((part, -1.0) for part in parts)]
        difference = self._sum(terms)
        self._row(terms, max(difference, 0.0), min(difference, 0.0))

    def at_most(self, smaller: Sequence[int], larger: Sequence[int]) -> None:
        """The sum of one is part of the sum of the other; what is left is a group as well."""
        terms = [*((one, 1.0) for one in larger), *((one, -1.0) for one in smaller)]
        if self._sum(terms) >= -NEAR:
            self._row(terms, self._sum(terms), 0.0, always=True)

    def of_known(self, part: int, group: float) -> None:
        """A number is part of a group whose size everybody knows."""
        self.most[part] = min(self.most[part], group)
        if group > self.values[part] + NEAR:
            self._row([(part, -1.0)], group - self.values[part], -group)

    def same(self, larger: Sequence[int], smaller: Sequence[int]) -> None:
        """Two sums that are equal unless something counts double in the larger one.

        Where they are equal an attacker is taken to know that they are; where they are not, only
        that the larger one is not less.
        """
        terms = [*((one, 1.0) for one in larger), *((one, -1.0) for one in smaller)]
        if abs(self._sum(terms)) <= NEAR:
            self._row(terms, 0.0, 0.0)
        else:
            self.not_less(larger, smaller)

    def not_less(self, larger: Sequence[int], smaller: Sequence[int]) -> None:
        """The sum of one is never less than that of the other; the difference is no group."""
        terms = [*((one, 1.0) for one in larger), *((one, -1.0) for one in smaller)]
        if self._sum(terms) >= -NEAR and self._row(terms, self._sum(terms), 0.0, always=True):
            self.no_group.add(len(self.values) - 1)

    def _append(self, value: float) -> int:
        self.values.append(value)
        self.most.append(inf)
        return len(self.values) - 1

    def _sum(self, terms: Sequence[tuple[int, float]]) -> float:
        return sum(self.values[number] * factor for number, factor in terms)

    def _row(
        self, terms: Sequence[tuple[int, float]], rest: float, constant: float, always: bool = False
    ) -> bool:
        """terms − rest = constant, once; always: there is a rest, also when it is empty now.

        Returns whether a rest was added.
        """
        same = frozenset(terms)
        has_rest = always or rest > NEAR
        if same in self._known_rows or (len(same) < 2 and not has_rest):
            return False
        self._known_rows.add(same)
        if has_rest:
            terms = [*terms, (self._append(max(rest, 0.0)), -1.0)]
        self.rows.append((tuple(terms), constant if abs(constant) > NEAR else 0.0))
        return has_rest
