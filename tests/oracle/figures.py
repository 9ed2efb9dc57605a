"""From what is counted to every figure: who handed in, sums per level, and only then a division."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from oracle.catalogue import FACTORS, Kpi, Measure
from oracle.facts import SWV, Facts
from oracle.observation import Observation
from oracle.periods import Period

Key = tuple[str, str, str, str]  # measure, organisation, period, segment
BY_SCHOOLS = {"pupils"}  # topics that locations hand in, also for a measure of the SWV


@dataclass(frozen=True)
class Coverage:
    """How many should have handed in, how many did, and whether that is only a part.

    other: of how many schools there was only what stands in for the usual source.
    """

    expected: int
    observed: int
    partial: bool
    other: int = 0


@dataclass
class Sum:
    """What is added up for one organisation, period and segment."""

    numerator: Decimal | int = 0
    denominator: Decimal | int = 0
    denominator_more: int = 0
    numerator_more: int = 0
    persons: set[str] = field(default_factory=set)
    provisional: bool = False
    groups: dict[str, list[Decimal | int]] = field(default_factory=dict)  # what is shared: sums

    def add(self, one: Observation) -> None:
        self.numerator += one.numerator
        self.denominator += one.denominator
        self.denominator_more += one.denominator_more
        self.numerator_more += one.numerator_more
        if one.person:
            self.persons.add(one.person)
        self.provisional = self.provisional or one.provisional
        if one.shared_by is not None:
            of_group = self.groups.setdefault(one.shared_by, [0, 0])
            of_group[0] += one.numerator
            of_group[1] += one.denominator

    @property
    def leaning(self) -> tuple[float, float] | tuple[None, None]:
        """What the groups are off from the mean and their sizes, both squared and added up."""
        if not self.groups:
            return None, None
        mean = Fraction(self.numerator) / Fraction(self.denominator)
        off = sum((Fraction(total) - size * mean) ** 2 for total, size in self.groups.values())
        return float(off), float(sum(size * size for _, size in self.groups.values()))


@dataclass(frozen=True)
class Figure:
    """One row of kpi_value, without what only traces it."""

    period_type: str
    numerator: Decimal
    denominator: Decimal
    denominator_more: int
    numerator_more: int
    value: float | None
    unit: str
    state: str
    observed: int
    expected: int
    provisional: bool
    definition_version: int
    is_break: bool
    previous_value: float | None
    comparable: bool
    group_squares: float | None
    group_sizes: float | None


def figures(facts: Facts, periods: list[Period], kpi: Kpi) -> dict[Key, Figure]:
    """Every figure of one KPI."""
    seen: dict[str, list[Observation]] = defaultdict(list)
    for one in kpi.count(facts, periods):
        if one.period.type in kpi.measures[one.measure].periods:
            seen[one.measure].append(one)
    return {
        (name, *key): figure
        for name, measure in kpi.measures.items()
        for key, figure in _measure(facts, periods, kpi, measure, seen[name])
    }


def _measure(
    facts: Facts, periods: list[Period], kpi: Kpi, measure: Measure, seen: list[Observation]
) -> Iterator[tuple[tuple[str, str, str], Figure]]:
    own = {period.id: period for period in periods if period.type in measure.periods}
    rows = {(one.organisation, one.period.id) for one in seen}
    coverage = {
        (organisation, period.id): found
        for period in own.values()
        for organisation, found in _coverage(facts, measure, period, rows).items()
    }
    sums = _sums(facts, kpi, measure, [
        one for one in seen
        if (found := coverage.get((one.organisation, one.period.id))) and found.observed
    ])  # fmt: skip
    segments: dict[str, set[str]] = defaultdict(set)
    for organisation, _, segment in sums:
        segments[organisation].add(segment)
    values = {}
    for (organisation, period), found in coverage.items():
        for segment in segments[organisation] | {""}:
            part = sums.get((organisation, period, segment), Sum())
            whole = sums.get((organisation, period, _whole(kpi, segment)), Sum())
            values[organisation, period, segment] = _value(measure, part, whole, found)
    for key, value in values.items():
        period = own[key[1]]
        before = values.get((key[0], period.previous, key[2]))
        cover, cover_before = coverage[key[:2]], coverage.get((key[0], period.previous))
        yield key, _figure(kpi, measure, period, value, before, cover, cover_before)


def _coverage(
    facts: Facts, measure: Measure, period: Period, rows: set[tuple[str, str]]
) -> dict[str, Coverage]:
    """Per organisation. A location that closed early counts only when it handed in."""
    if measure.level == "swv" and not BY_SCHOOLS & set(measure.needs):
        vote = _vote(facts, measure, SWV, period, rows)
        return {SWV: Coverage(1, int(bool(vote)), vote == "partly")}
    votes: dict[str, list[str]] = defaultdict(list)
    others: dict[str, int] = defaultdict(int)
    for location, kind in facts.types.items():
        last = facts.last_day(location, period)
        if kind not in measure.types or last is None:
            continue
        vote = _vote(facts, measure, location, period, rows)
        other = _stands_in(facts, measure, location, period)
        if vote or last == period.end:
            boards = {facts.board(location, last)}
            if measure.dated and not measure.standing:
                boards |= facts.boards_in(location, period)
            for organisation in (location, *boards, SWV):
                others[str(organisation)] += other
                if organisation == SWV or measure.level == "location":
                    votes[str(organisation)].append(vote)
    return {
        organisation: Coverage(
            len(given), sum(map(bool, given)), "partly" in given, others[organisation]
        )
        for organisation, given in votes.items()
    }


def _vote(
    facts: Facts, measure: Measure, place: str, period: Period, rows: set[tuple[str, str]]
) -> str:
    """ "", "partly" or "wholly": whether everything the measure needs was delivered."""
    if measure.zeros and (place, period.id) not in rows:
        return ""
    found = []
    for need in measure.needs:
        either = [_known(facts, measure, topic, place, period) for topic in need.split("|")]
        found.append("wholly" if "wholly" in either else "partly" if "partly" in either else "")
    if not all(found):
        return ""
    return "partly" if "partly" in found else "wholly"


def _stands_in(facts: Facts, measure: Measure, place: str, period: Period) -> bool:
    """Whether a need was met without the topic it names first."""
    for need in measure.needs:
        first, *rest = (_known(facts, measure, topic, place, period) for topic in need.split("|"))
        if not first and any(rest):
            return True
    return False


def _known(facts: Facts, measure: Measure, topic: str, place: str, period: Period) -> str:
    """A count on one day is known from that day on, and never before it."""
    found = facts.delivered(topic, place, period)
    if found == "partly" and measure.standing:
        moment = period.end if measure.standing == "end" else period.count_on
        return "wholly" if facts.reaches(topic, place, moment) else ""
    return found


def _sums(
    facts: Facts, kpi: Kpi, measure: Measure, seen: list[Observation]
) -> dict[tuple[str, str, str], Sum]:
    sums: dict[tuple[str, str, str], Sum] = defaultdict(Sum)
    for one in seen:
        for organisation in _above(facts, one):
            for split in ((), *measure.splits):
                if all(name in one.split for name in split):
                    segment = _segment(kpi, one.split, split)
                    sums[organisation, one.period.id, segment].add(one)
    return sums


def _above(facts: Facts, one: Observation) -> tuple[str, ...]:
    """The organisation, the board it had then (or on its last day in the period), and the SWV."""
    if one.only:
        return one.only
    if one.organisation == SWV:
        return (SWV,)
    last = facts.board(one.organisation, facts.last_day(one.organisation, one.period))
    then = facts.board(one.organisation, one.day) if one.day else None
    return (one.organisation, str(then or last), SWV)


def _segment(kpi: Kpi, codes: dict[str, str], split: tuple[str, ...]) -> str:
    return ",".join(f"{name}={codes[name]}" for name in split)


def _whole(kpi: Kpi, segment: str) -> str:
    """The segment whose denominator counts: splits of the numerator only are left out."""
    parts = [part for part in segment.split(",") if part.split("=")[0] not in kpi.undivided]
    return ",".join(parts)


@dataclass(frozen=True)
class _Value:
    numerator: Decimal
    denominator: Decimal
    denominator_more: int
    numerator_more: int
    value: float | None
    state: str
    provisional: bool
    leaning: tuple[float, float] | tuple[None, None]


def _value(measure: Measure, part: Sum, whole: Sum, cover: Coverage) -> _Value:
    numerator = len(part.persons) if measure.shows == "persons" else part.numerator
    denominator = whole.denominator
    value: float | None = float(numerator)
    if measure.shows in FACTORS:
        times = Decimal(numerator) * FACTORS[measure.shows]
        value = float(times) / float(denominator) if denominator else None
    if not cover.observed:
        value = None
    state = "missing" if not cover.observed else "not_applicable" if value is None else (
        "zero" if value == 0 and not part.numerator_more else "value")  # fmt: skip
    provisional = part.provisional or whole.provisional or cover.partial
    return _Value(
        Decimal(numerator), Decimal(denominator), whole.denominator_more, part.numerator_more,
        value, state, provisional, part.leaning,
    )  # fmt: skip


def _figure(
    kpi: Kpi, measure: Measure, period: Period, value: _Value, before: _Value | None,
    cover: Coverage, cover_before: Coverage | None,
) -> Figure:  # fmt: skip
    version = _version(kpi, period.type, period.year)
    same_version = version == _version(kpi, period.type, period.year - _years_back(period))
    comparable = (
        before is not None and cover_before is not None
        and value.value is not None and before.value is not None
        and same_version and cover.other == cover_before.other
        and cover.observed == cover.expected == cover_before.expected == cover_before.observed
        and not cover.partial and not cover_before.partial
        and value.provisional == before.provisional
        and not value.numerator_more and not before.numerator_more
    )  # fmt: skip
    both = before is not None and value.value is not None and before.value is not None
    shifted = abs(cover.other - cover_before.other) if both and cover_before else 0
    is_break = not same_version or shifted * 20 > cover.expected
    return Figure(
        period.type, value.numerator, value.denominator, value.denominator_more,
        value.numerator_more, value.value, measure.unit, value.state,
        cover.observed, cover.expected, value.provisional, version, is_break,
        before.value if before else None, comparable, *value.leaning,
    )  # fmt: skip


def _years_back(period: Period) -> int:
    return int(period.type != "kwartaal")


def _version(kpi: Kpi, period_type: str, year: int) -> int:
    first = kpi.new_version.get(period_type)
    return 2 if first is not None and year >= first else 1
