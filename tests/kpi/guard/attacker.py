"""Somebody with a document, the list of schools, and the will to calculate what is not shown.

Shares no code with kpi/guard: it starts from what a document shows, finds out by itself which
numbers are the same or add up, and asks linear programming what each hidden number can be. It is
helped more than a real attacker: a sum it thinks of is used exactly when it is true.
"""

from collections import defaultdict
from itertools import combinations
from math import ceil, floor, inf, isclose
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix, csr_matrix, vstack
from scipy.sparse.csgraph import connected_components

from kpi.meaning.choices import Shows, State

N, D = "numerator", "denominator"
NOT_PEOPLE = {"euro", "uren", "dagen", "cijfer", "plaatsen", "locaties"}
PART_OF = (
    ("over_3_months_no_offer", "over_3_months"),
    ("over_3_months", "stock"),
    ("tab", "back_to_regular"),
    ("back_to_regular", "left"),
)
CEILING = 10_000.0  # no number of pupils of one SWV is higher


class Bounds(NamedTuple):
    """What one number can be."""

    true: float
    low: float
    high: float

    @property
    def is_exact(self):
        return ceil(self.low - 1e-6) == floor(self.high + 1e-6)

    @property
    def is_narrow(self):
        return floor(self.high + 1e-6) - ceil(self.low - 1e-6) < 3

    @property
    def is_protected(self):
        return self.low < 1e-6 and self.high > 5 - 1e-6


class Truth:
    """Every number of the store, and which measures hold the same ones."""

    def __init__(self, monitor):
        self.monitor = monitor
        rows = monitor.database.rows(
            "select kpi_id, measure, organisation_id, period_id, segment, observed,"
            " cast(numerator as double) as n, cast(denominator as double) as d from kpi_value"
        )
        self.numbers = {
            (r["kpi_id"], r["measure"], r["organisation_id"], r["period_id"], r["segment"]): (
                r["n"], r["d"],
            )
            for r in rows
            if r["observed"]
        }  # fmt: skip
        self.tree = defaultdict(set)  # period, organisation → everything under it
        for row in monitor.database.rows("select * from membership"):
            if row["organisation_id"] != row["ancestor_id"]:
                self.tree[row["period_id"], row["ancestor_id"]].add(row["organisation_id"])
        self.equal = self._equal_everywhere()

    def of(self, variable):
        part, *place = variable
        found = self.numbers.get(tuple(place))
        return None if found is None else found[part == D]

    def _equal_everywhere(self):
        """Pairs (measure, segment, part) that hold the same number wherever both are known."""
        whole, codes = defaultdict(dict), defaultdict(dict)
        for (kpi, measure, organisation, period, segment), numbers in self.numbers.items():
            kind = self.monitor.kpis[kpi].measures[measure]
            for part, number in zip((N, D), numbers, strict=True):
                if is_people(kind, part) and "," not in segment:
                    name = (kpi, measure, part, segment)
                    (codes if segment else whole)[name][organisation, period] = number
        found = []
        every = whole | codes
        for one in whole:
            for other in every:
                if (one < other or other in codes) and are_equal(whole[one], every[other]):
                    found.append((one, other))
        return found


def are_equal(one, other):
    """Whether two numbers are the same at nearly every place where both are known."""
    seen = apart = 0
    for place, number in one.items():
        there = other.get(place)
        if there is None or not (number or there):
            continue
        seen += 1
        apart += not isclose(number, there)
        if apart > 0.03 * len(one):
            return False
    return seen > 20 and seen - apart > 0.97 * seen


def is_people(measure, part):
    """Whether a number is one of persons or cases, told from the definition in words."""
    if measure.protected is not None:
        return measure.protected and (part == N or measure.shows is Shows.MEAN)
    if part == N:
        return measure.shows is not Shows.MEAN and (
            (measure.gap_unit or measure.unit) not in NOT_PEOPLE
        )
    if measure.shows is Shows.MEAN:
        return True
    return measure.is_ratio and measure.gap_unit not in ("", "leerlingen", *NOT_PEOPLE)


class Attacker:
    """All that can be concluded from one document. `shown` are the figures as it shows them."""

    def __init__(self, truth, shown):
        self.truth, self.monitor = truth, truth.monitor
        self.index, self.values = {}, []
        self.fixed = {}
        self.rows = []
        self.places = set()
        for result in shown:
            self._look_at(result)
        self._relate()

    # What the document says

    def _look_at(self, result):
        place = (
            result.kpi.id, result.measure.id, result.organisation.organisation_id,
            result.period.period_id, result.segment,
        )  # fmt: skip
        if result.state is State.MISSING or place not in self.truth.numbers and not result.segment:
            return
        self.places.add(place)
        numbers = [(N, result.numerator), (D, result.denominator)]
        for part, number in numbers:
            if is_people(result.measure, part):
                one = self._variable(part, *place)
                if result.state is not State.SUPPRESSED and one is not None:
                    self.fixed[one] = self.values[one] = float(number)
        if result.previous is not None:
            before = (*place[:3], result.period.previous_period_id, result.segment)
            self.places.add(before)
            for part in (N, D):
                one = is_people(result.measure, part) and self._variable(part, *before)
                if one not in (None, False):
                    self.fixed[one] = self.values[one]

    def _variable(self, part, kpi, measure, organisation, period, segment):
        """The number of a variable; the denominator of a split may be that of the whole."""
        if part == D:
            splits = self.monitor.kpis[kpi].segments
            kept = [
                p
                for p in segment.split(",")
                if p and splits[p.split("=")[0]].denominator == "segment"
            ]
            segment = ",".join(kept)
        key = (part, kpi, measure, organisation, period, segment)
        if key not in self.index:
            value = self.truth.of(key)
            if value is None:
                whole = self.truth.of((part, kpi, measure, organisation, period, ""))
                if whole is None or not segment:
                    return None
                value = 0.0
            self.index[key] = len(self.values)
            self.values.append(value)
        return self.index[key]

    # What it adds up

    def _relate(self):
        groups = defaultdict(dict)
        for key, number in self.index.items():
            groups[key[:3]][key[3:]] = number
        for (_, kpi, name), cells in list(groups.items()):
            measure = self.monitor.kpis[kpi].measures[name]
            persons = measure.shows is Shows.PERSONS
            self._add_up(cells, self._organisations, persons)
            self._add_up(cells, self._segments, persons)
            if not measure.is_standing:
                self._add_up(cells, self._years, persons)
        self._same_numbers()
        self._flows()
        self._outflows()
        self._complements()

    def _add_up(self, cells, way, persons):
        """way: a cell → pairs of (group it is in, the cell that is the whole of that group)."""
        parts = defaultdict(list)
        for cell, number in cells.items():
            for kind, whole in way(cell):
                if whole in cells:
                    parts[kind, cells[whole]].append(number)
        for (_, whole), numbers in parts.items():
            left = self.values[whole] - sum(self.values[one] for one in numbers)
            terms = [(whole, 1.0), *((one, -1.0) for one in numbers)]
            if isclose(left, 0, abs_tol=1e-9):
                self.rows.append((terms, 0.0, 0.0))
            elif left > 0:
                self.rows.append((terms, 0.0, inf))
            elif persons:
                self.rows.append((terms, -inf, 0.0))
                self.rows += [
                    ([(whole, 1.0), (one, -1.0)], 0.0, inf)
                    for one in numbers
                    if self.values[whole] >= self.values[one]
                ]

    def _organisations(self, cell):
        organisation, period, segment = cell
        for (when, above), under in self.truth.tree.items():
            if when == period and organisation in under:
                kind = self.monitor.organisations[organisation].organisation_type
                yield kind, (above, period, segment)

    def _segments(self, cell):
        organisation, period, segment = cell
        parts = [part for part in segment.split(",") if part]
        names = tuple(part.split("=")[0] for part in parts)
        for size in range(len(parts)):
            for kept in combinations(parts, size):
                yield names, (organisation, period, ",".join(kept))

    def _years(self, cell):
        organisation, period, segment = cell
        quarter = self.monitor.periods.get(period)
        if quarter and quarter.period_type == "kwartaal":
            for year in (quarter.school_year, str(quarter.end_on.year)):
                yield year, (organisation, year, segment)

    def _same_numbers(self):
        """Numbers found to be the same in the whole store, and are so here."""
        spots = defaultdict(dict)
        for (part, kpi, measure, organisation, period, segment), number in self.index.items():
            spots[organisation, period][kpi, measure, part, segment] = number
        for here in spots.values():
            for one, other in self.truth.equal:
                for (kpi, measure, part, segment), number in here.items():
                    if (kpi, measure, part) != one[:3]:
                        continue
                    joined = self._joined(other[0], segment, other[3])
                    there = here.get((*other[:3], joined))
                    if there is not None and isclose(self.values[number], self.values[there]):
                        self.rows.append(([(number, 1.0), (there, -1.0)], 0.0, 0.0))
                    elif there is not None:
                        less, more = sorted((number, there), key=self.values.__getitem__)
                        self.rows.append(([(more, 1.0), (less, -1.0)], 0.0, inf))

    def _joined(self, kpi, segment, extra):
        parts = [part for part in (*segment.split(","), *extra.split(",")) if part]
        order = list(self.monitor.kpis[kpi].segments)
        names = [part.split("=")[0] for part in parts]
        if not set(names) <= set(order):
            return None
        return ",".join(sorted(parts, key=lambda part: order.index(part.split("=")[0])))

    def _flows(self):
        """Any two, three or four measures of a KPI that add up here, one or both at the start."""
        spots = defaultdict(dict)
        for (part, kpi, measure, organisation, period, segment), number in self.index.items():
            if part == N:
                spots[kpi, organisation, period, segment][measure] = number
        for (kpi, organisation, period, segment), here in spots.items():
            known = self.monitor.kpis[kpi].measures
            before = self.monitor.periods.get(period)
            earlier = before and spots.get(
                (kpi, organisation, before.previous_period_id, segment), {}
            )
            for stock in (m for m in known.values() if m.shows is Shows.STOCK and m.tested_by):
                if "duration=" in segment or "age=" in segment:
                    continue  # in time a case moves from one to another
                start, end = (earlier or {}).get(stock.id), here.get(stock.id)
                new, ended = here.get(stock.tested_by), here.get(stock.ended_by)
                self._if_true([(start, 1), (new, 1), (ended, -1), (end, -1)])
                for seen in (m.id for m in known.values() if m.shows is Shows.PERSONS):
                    self._if_true([(start, 1), (new, 1), (here.get(seen), -1)])
                    self._if_true([(end, 1), (ended, 1), (here.get(seen), -1)])
            for less, more in PART_OF:
                if less in here and more in here:
                    terms = [(here[more], 1.0), (here[less], -1.0)]
                    self.rows.append((terms, 0.0, inf))

    def _outflows(self):
        """Who could have gone are those who went and those who are still there."""
        for (part, kpi, name, *spot), below in list(self.index.items()):
            known = self.monitor.kpis[kpi].measures
            for stock in (m for m in known.values() if m.ended_by and part == D):
                if known[stock.ended_by].tested_by == name:
                    places = [
                        self.index.get((N, kpi, m, *spot)) for m in (stock.id, stock.ended_by)
                    ]
                    self._if_true([*((place, 1) for place in places), (below, -1)])

    def _if_true(self, terms):
        if all(number is not None for number, _ in terms):
            left = sum(self.values[number] * sign for number, sign in terms)
            if isclose(left, 0, abs_tol=1e-9):
                self.rows.append(([(number, float(sign)) for number, sign in terms], 0.0, 0.0))

    def _complements(self):
        """What is left of the group of a share; the size of a school is no secret."""
        self.rests = {}
        for place in self.places:
            kpi, name, *_ = place
            measure = self.monitor.kpis[kpi].measures[name]
            if measure.shows not in (Shows.SHARE, Shows.PER_100) or not is_people(measure, N):
                continue
            counted = self._variable(N, *place)
            group = self.truth.of((D, *place))
            if counted is None or not group:
                continue
            if is_people(measure, D):
                whole = self._variable(D, *place)
                self.rows.append(([(whole, 1.0), (counted, -1.0)], 0.0, inf))
                self.rests[place] = (whole, counted)
            else:
                self.rows.append(([(counted, 1.0)], 0.0, max(group, self.values[counted])))
                self.rests[place] = (None, counted)

    # What each number can be

    def bounds(self, is_small=lambda number: 0 < number < 5):
        """{variable: Bounds} of every small number of the document, shown or not."""
        wanted = {
            key: [(number, 1.0)]
            for key, number in self.index.items()
            if is_small(self.values[number])
        }
        for place, (whole, counted) in self.rests.items():
            if whole is not None and is_small(self.values[whole] - self.values[counted]):
                wanted["rest", *place] = [(whole, 1.0), (counted, -1.0)]
        table = _Program(self)
        table.widen(list(wanted.values()))
        return {key: table.between(terms) for key, terms in wanted.items()}


class _Program:
    """The linear programme of an attacker, split in what hangs together."""

    def __init__(self, attacker):
        self.true = np.array(attacker.values)
        count = len(self.true)
        self.low, self.high = np.zeros(count), np.full(count, CEILING)
        for number, value in attacker.fixed.items():
            self.low[number] = self.high[number] = value
        entries = [
            (row, number, factor)
            for row, (terms, _, _) in enumerate(attacker.rows)
            for number, factor in terms
        ]
        where, which, factors = zip(*entries, strict=True) if entries else ((), (), ())
        self.matrix = csr_matrix(
            coo_matrix((factors, (where, which)), (len(attacker.rows), count), dtype=float)
        )
        self.row_low = np.array([low for _, low, _ in attacker.rows])
        self.row_high = np.array([high for _, _, high in attacker.rows])
        free = self.matrix.copy()
        free.data[np.isin(free.indices, np.flatnonzero(self.low == self.high))] = 0
        free.eliminate_zeros()
        self.part = connected_components(abs(free).T @ abs(free), directed=False)[1]
        self.seen = []  # tables that fit everything shown

    def widen(self, wanted, rounds=12):
        """Collect tables in which many of the wanted numbers differ from what they are."""
        self.seen = [self.true]
        random = np.random.default_rng(1)
        everything = np.arange(len(self.true))
        for turn in range(rounds):
            cost = np.zeros(len(self.true))
            for terms in wanted:
                number = terms[0][0]
                cost[number] = (1 if turn % 2 else -1) * random.choice([0.2, 1, 5])
            limited = np.minimum(self.high, np.maximum(self.true, 5 + self.true))
            found = self._solve(cost, everything, limited)
            if found is not None:
                self.seen.append(found)

    def between(self, terms):
        """The lowest and highest a number (or a difference) can be."""
        true = sum(self.true[number] * factor for number, factor in terms)
        seen = [sum(t[number] * factor for number, factor in terms) for t in self.seen]
        low, high = min(seen), max(seen)
        near = np.flatnonzero(np.isin(self.part, self.part[[number for number, _ in terms]]))
        column = {int(number): place for place, number in enumerate(near)}
        for sign in (1, -1):
            if sign == 1 and low < 1e-6 or sign == -1 and high > 5 - 1e-6:
                continue
            cost = np.zeros(len(near))
            for number, factor in terms:
                cost[column[number]] += sign * factor
            found = self._solve(cost, near, self.high)
            if found is None:
                raise AssertionError("the true table must fit what is shown")
            value = sum(found[number] * factor for number, factor in terms)
            low, high = min(low, value), max(high, value)
            self.seen.append(found)
        return Bounds(true, low, high)

    def _solve(self, cost, near, high):
        rows = self.matrix[:, near]
        touched = np.diff(rows.indptr) > 0
        rest = self.true.copy()
        rest[near] = 0
        known = self.matrix @ rest
        rows, known = rows[touched], known[touched]
        low_side, high_side = self.row_low[touched] - known, self.row_high[touched] - known
        same = low_side == high_side
        upper, lower = ~same & np.isfinite(high_side), ~same & np.isfinite(low_side)
        extra = csr_matrix((0, len(near)))
        below = vstack([extra, rows[upper], -rows[lower]])
        found = linprog(
            cost,
            A_eq=rows[same], b_eq=low_side[same],
            A_ub=below, b_ub=np.concatenate([high_side[upper], -low_side[lower]]),
            bounds=np.column_stack([self.low[near], high[near]]),
            method="highs",
        )  # fmt: skip
        if found.status != 0:
            return None
        table = self.true.copy()
        table[near] = found.x
        return table
