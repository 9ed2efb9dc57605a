"""What cannot be true of one person or school: two spells at once, two birth dates, an age."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from data.gate.convert import CellFinding
from data.gate.convert.day import read_day
from data.gate.convert.refused import RefusedCell, dutch_date
from data.gate.problem import REMARK
from data.gate.read import Value
from data.gate.row_rules import Columns
from data.source import OneAtATime, Source

Found = tuple[int, str, CellFinding]
UNIQUE = (
    "Hebben twee scholen hetzelfde nummer uitgegeven, zet dan de code van de school voor het nummer"
)


def person_findings(
    source: Source,
    columns: Columns,
    cells: Mapping[str, Sequence[Value]],
    row_numbers: Sequence[object],
) -> Iterator[Found]:
    """What cannot be true of one person or school: (place of the row, column or "", finding)."""
    rule = source.rows.one_at_a_time
    if rule and rule.refused:
        yield from _at_once(source, rule, columns, row_numbers)
    yield from _other_births(source, columns, row_numbers)
    yield from _too_old(source, columns, cells)


def _at_once(
    source: Source, rule: OneAtATime, columns: Columns, row_numbers: Sequence[object]
) -> Iterator[Found]:
    """Rows of the same person or school whose stretches of time overlap, with both rows named."""
    groups: dict[Any, list[int]] = {}
    for place, who in enumerate(columns[rule.of]):
        if who is not None and (rule.open_start or columns[rule.start][place] is not None):
            groups.setdefault(who, []).append(place)
    for places in groups.values():
        if len(places) > 1:
            yield from _overlaps(source, rule, columns, places, row_numbers)


def _overlaps(
    source: Source,
    rule: OneAtATime,
    columns: Columns,
    places: Sequence[int],
    row_numbers: Sequence[object],
) -> Iterator[Found]:
    """Each row with the row before it that lasts longest, when that has not ended yet."""
    starts = {place: columns[rule.start][place] or date.min for place in places}
    ends = {place: columns[rule.end][place] or date.max for place in places}
    differs = columns[rule.differs] if rule.differs else None
    longest: dict[Any, int] = {}  # per value of `differs` the row that lasts longest so far
    for place in sorted(places, key=lambda place: (starts[place], place)):
        own = differs[place] if differs else place
        others = [at for value, at in longest.items() if not differs or value != own]
        other = max(others, key=lambda at: ends[at], default=None)
        if other is not None and _lasts(ends[other], starts[place], rule.last_day_counts):
            stretch = f"{_day(starts[other])} tot {_day(ends[other])}"
            found = f"Deze regel valt samen met regel {row_numbers[other]} ({stretch})"
            expected = f"één regel tegelijk per “{source.columns[rule.of].label}”"
            yield place, "", CellFinding(found, expected, rule.question)
        key = own if differs else None
        if key not in longest or ends[place] > ends[longest[key]]:
            longest[key] = place


def _lasts(end: date, start: date, last_day_counts: bool) -> bool:
    return end >= start if last_day_counts else end > start


def _day(day: date) -> str:
    return {date.min: "altijd al", date.max: "nu"}.get(day) or dutch_date(day)


def _other_births(
    source: Source, columns: Columns, row_numbers: Sequence[object]
) -> Iterator[Found]:
    """A number that stands beside two birth dates: a typing error, or two pupils."""
    key = next((c.name for c in source.columns.values() if c.type == "key"), "")
    for name, column in source.columns.items():
        if column.type != "birth_date" or not key:
            continue
        known: dict[Any, dict[Any, int]] = {}
        pairs = zip(columns[key], *(columns[stored] for stored, _ in column.stored), strict=True)
        for place, (who, *limits) in enumerate(pairs):
            born = tuple(limits)
            if who is None or None in born:
                continue
            seen = known.setdefault(who, {})
            seen.setdefault(born, place)
            if len(seen) > 1 and seen[born] == place:
                first = row_numbers[next(iter(seen.values()))]
                expected = (
                    f"dezelfde geboortedatum als op regel {first}, want het nummer is hetzelfde"
                )
                advice = f"Kijk beide datums na. {UNIQUE}."
                yield place, name, CellFinding("een andere geboortedatum", expected, advice)


def _too_old(
    source: Source, columns: Columns, cells: Mapping[str, Sequence[Value]]
) -> Iterator[Found]:
    """Somebody who is older than the law knows for this kind, on the first day.

    A remark: the figures have a class for who is older, so the row is not lost.
    """
    rule = source.rows.younger
    if not rule or rule.birth not in cells:
        return
    label = source.columns[rule.when].label
    for place, (kind, day) in enumerate(zip(columns[rule.when], columns[rule.on], strict=True)):
        birth = _birth(cells[rule.birth][place])
        if kind not in rule.values or day is None or birth is None:
            continue
        if day >= _birthday(birth, rule.than):
            spelling = source.columns[rule.when].values[kind][0]
            expected = f"een dag vóór de {rule.than}e verjaardag, bij “{label}” {spelling}"
            advice = f"De regel telt als “ouder”. Kijk begindatum, geboortedatum en “{label}” na."
            yield place, rule.on, CellFinding(dutch_date(day), expected, advice, REMARK)


def _birth(cell: Value) -> date | None:
    try:
        return None if cell is None else read_day(cell)
    except RefusedCell:
        return None


def _birthday(birth: date, age: int) -> date:
    """The birthday; who was born on 29 February has it on 1 March in other years."""
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return date(birth.year + age, 3, 1)
