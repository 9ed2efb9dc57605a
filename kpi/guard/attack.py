"""What can be calculated from the numbers that are shown, and what more must be hidden for that.

Every protected number must keep two tables that fit all that is shown: one in which it is zero
and one in which it reaches the threshold. Linear programming finds them; where there is none, the
cheapest shown numbers that stand in the way are hidden too. A table found stays valid, since
hiding more never shows more.
"""

from collections.abc import Iterable, Iterator, Sequence
from random import Random

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, hstack
from scipy.sparse.csgraph import connected_components

from kpi.guard.system import NEAR, System

FAR = 1000.0  # what coming nearer to the goal is worth, in costs of the dearest number
ROUNDS = 8  # tables for many numbers at once, before each is looked at by itself
TOGETHER = 100  # numbers that are brought to their goal in one table

Need = tuple[int, bool]  # a protected number, and whether it must reach the threshold (else zero)


class Attack:
    """The search for tables; `hidden` says per number whether it is hidden, and grows."""

    def __init__(
        self, system: System, hidden: Iterable[int], costs: Sequence[float], threshold: int
    ) -> None:
        self.values = np.array(system.values)
        self.most = np.maximum(system.most, self.values)
        self.goal = np.minimum(threshold, self.most)
        self.costs = np.array(costs)
        self.hidden = np.zeros(len(self.values), dtype=bool)
        self.hidden[list(hidden)] = True
        terms = [
            (row, number, factor)
            for row, (found, _) in enumerate(system.rows)
            for number, factor in found
        ]
        where, which, factors = zip(*terms, strict=True) if terms else ((), (), ())
        shape = (len(system.rows), len(self.values))
        self.matrix = csr_matrix((factors, (where, which)), shape, dtype=float)
        self.columns = csc_matrix(self.matrix)
        self.order = Random(len(self.values))  # the same every time
        # Numbers that no chain of rows ties together say nothing about each other.
        self.part = connected_components(self.matrix.T @ self.matrix, directed=False)[1]

    def protect(self, numbers: Iterable[int]) -> Iterator[set[int]]:
        """Yield sets of numbers that must be hidden too, until all these are protected.

        The caller marks in `hidden` what becomes hidden with them, before the next is asked for.
        """
        tied = np.diff(self.columns.indptr) > 0
        protected = [int(number) for number in numbers if tied[number]]
        yield from self._company(protected)
        needs = {(number, high) for number in protected for high in (False, True)}
        self._in_bulk(needs)
        most = TOGETHER
        while needs:
            chosen = self._apart(sorted(needs), most)
            table = self._cheapest(chosen)
            before = len(needs)
            self._strike(needs, table)
            is_alone = len(chosen) == 1
            if is_alone:
                needs.discard(chosen[0])  # nearer to its goal than this it cannot come
            if len(needs) < before:
                changed = np.flatnonzero((np.abs(table - self.values) > NEAR) & ~self.hidden)
                if len(changed):
                    yield {int(number) for number in changed}
            # Numbers that hinder each other are tried with fewer others beside them.
            few = 4 * (before - len(needs)) < len(chosen)
            most = max(1, len(chosen) // 4) if few else TOGETHER

    # No hidden number alone in a row

    def _company(self, numbers: Iterable[int]) -> Iterator[set[int]]:
        """A hidden number alone in its row can be read off: hide the cheapest one beside it."""
        waiting = list(numbers)
        while waiting:
            number = waiting.pop()
            for row in _entries(self.columns, number):
                others = [int(one) for one in _entries(self.matrix, row) if one != number]
                if any(self.hidden[one] for one in others):
                    continue
                chosen = min(others, key=self._price)
                yield {chosen}
                waiting.append(chosen)

    def _price(self, number: int) -> tuple[float, int]:
        """What hiding a number costs, counting the rows in which it would be alone again."""
        alone = sum(
            not self.hidden[_entries(self.matrix, row)].any()
            for row in _entries(self.columns, number)
        )
        return float(self.costs[number]) * (1 + alone), number

    # Many at once, without hiding more

    def _in_bulk(self, needs: set[Need]) -> None:
        """Tables that serve as many needs as possible with what is hidden already."""
        free = np.flatnonzero(self.hidden)
        rows = self.matrix[:, free]
        rows = rows[np.diff(rows.indptr) > 0]
        for high in (False, True):
            for _ in range(ROUNDS):
                wanted = [number for number, is_high in needs if is_high is high]
                if not wanted or not self._strike(needs, self._table(free, rows, wanted, high)):
                    break

    def _table(
        self, free: np.ndarray, rows: csr_matrix, wanted: list[int], high: bool
    ) -> np.ndarray:
        """A table in which as many of the wanted numbers as possible are zero, or high enough.

        Every wanted number has a change towards its goal (paid for) and one past it (not).
        """
        places = np.searchsorted(free, wanted)
        lower, upper = -self.values[free], self.most[free] - self.values[free]
        cost = np.zeros(len(free))
        cost[places] = -1.0 if high else 1.0
        if high:
            needed = self.goal[wanted] - self.values[wanted]
            past = upper[places] - needed
            upper[places] = needed
            rows = hstack([rows, rows[:, places]], format="csr")
            lower = np.concatenate([lower, np.zeros(len(wanted))])
            upper = np.concatenate([upper, past])
            cost = np.concatenate([cost, np.zeros(len(wanted))])
        change = _solve(cost, rows, lower, upper)
        table = self.values.copy()
        table[free] += change[: len(free)]
        if high:
            table[wanted] += change[len(free) :]
        return table

    # A few that lie apart, at the least cost

    def _apart(self, needs: list[Need], most: int) -> list[Need]:
        """Needs that share no row, so that one stands in the way of another as little as can be."""
        taken = np.zeros(self.matrix.shape[0], dtype=bool)
        chosen: list[Need] = []
        self.order.shuffle(needs)
        for need in needs:
            rows = _entries(self.columns, need[0])
            if not taken[rows].any():
                chosen.append(need)
                for row in rows:
                    for number in _entries(self.matrix, row):
                        taken[_entries(self.columns, number)] = True
            if len(chosen) == most:
                break
        return chosen

    def _cheapest(self, needs: list[Need]) -> np.ndarray:
        """The table that brings these numbers nearest to their goals, and hides the least."""
        near = np.flatnonzero(np.isin(self.part, self.part[[number for number, _ in needs]]))
        price = np.where(self.hidden[near], 0.0, self.costs[near]) + NEAR
        up, down = self.most[near] - self.values[near], self.values[near].copy()
        prices = price.copy(), price.copy()
        for number, high in needs:
            place = int(np.searchsorted(near, number))
            prices[0 if high else 1][place] = -FAR * price.max()
            (up if high else down)[place] = abs(self._goal((number, high)) - self.values[number])
            (down if high else up)[place] = 0
        rows = self.columns[:, near].tocsr()
        rows = rows[np.diff(rows.indptr) > 0]
        found = _solve(
            np.concatenate(prices),
            hstack([rows, -rows], format="csr"),
            np.zeros(2 * len(near)),
            np.concatenate([up, down]),
        )
        table = self.values.copy()
        table[near] += found[: len(near)] - found[len(near) :]
        return table

    def _goal(self, need: Need) -> float:
        return float(self.goal[need[0]]) if need[1] else 0.0

    def _meets(self, need: Need, table: np.ndarray) -> bool:
        number, high = need
        if high:
            return bool(table[number] >= self.goal[number] - NEAR)
        return bool(table[number] <= NEAR)

    def _strike(self, needs: set[Need], table: np.ndarray) -> bool:
        """Strike out the needs a table meets; whether there were any."""
        met = {need for need in needs if self._meets(need, table)}
        needs -= met
        return bool(met)


def _solve(cost: np.ndarray, rows: csr_matrix, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """The changes with the least cost that keep every row as it is; none at all always fits."""
    from scipy.optimize import linprog  # only here: it takes longer to load than a page to draw

    found = linprog(
        cost, A_eq=rows, b_eq=np.zeros(rows.shape[0]),
        bounds=np.column_stack([lower, upper]), method="highs",
    )  # fmt: skip
    return np.asarray(found.x) if found.status == 0 else np.zeros(len(cost))


def _entries(matrix: csr_matrix, one: int) -> np.ndarray:
    """Which columns a row has entries in (or which rows a column has)."""
    return matrix.indices[matrix.indptr[one] : matrix.indptr[one + 1]]
