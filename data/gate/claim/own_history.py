"""Numbers far from what was told of the same school or SWV before, by what its history shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from data.database import Database
from data.gate.claim.row_names import as_key, told
from data.gate.convert.refused import dutch_number
from data.source import Column, Source

TWICE = 2  # how many times as much is usual when there is no history to measure by
Moment = Any  # a day, or what a column writes for a year or quarter


@dataclass(frozen=True)
class Number:
    """A number as it was told; mark: the sign that stands for it, such as "<5" (then it is 0)."""

    value: Any
    mark: str = ""

    @property
    def text(self) -> str:
        """As a person writes it."""
        return self.mark or dutch_number(self.value)


Series = dict[Moment, Number]  # in the order of time
Thing = tuple[str, ...]  # what names a row, apart from the moment


def usual(sizes: Sequence[Any], times: float = TWICE) -> tuple[float, float]:
    """Between what the next is usual: so many times the largest fall and rise that these showed."""
    steps = [float(late) / float(early) for early, late in pairwise(sizes) if early]
    last = float(sizes[-1])
    low, high = sorted((min([*steps, 1.0]) / times * last, max([*steps, 1.0]) * times * last))
    return low, high


def far_from_before(
    before: Database, source: Source, columns: Mapping[str, Sequence[Any]]
) -> Iterator[str]:
    """What in these rows is far from before, as Dutch clauses; see `Column.steady`.

    A number is held against those of earlier moments, of this list as well; without any against
    what was told of the same moment, or of the first one after it. What was told so already is not
    asked again.
    """
    kind = "apart" if source.rows.beside else "stg"
    stored = before.rows(
        f"select told.* from {kind}_{source.id} as told inner join delivery using (delivery_id)"
        " order by delivery.seq, told.row_id"
    )
    count = max(map(len, columns.values()), default=0)
    mine = [{name: of[at] for name, of in columns.items() if of} for at in range(count)]
    for column in source.steady:
        earlier, own = _by_thing(source, column, stored), _by_thing(source, column, mine)
        for thing, numbers in own.items():
            held = earlier.get(thing, {})
            for moment, number in numbers.items():
                known = _known(held, numbers, moment) if held.get(moment) != number else {}
                if known and _is_far(column, number, known):
                    yield _clause(source, column, thing, number, known)


def _by_thing(
    source: Source, column: Column, rows: Sequence[Mapping[str, Any]]
) -> dict[Thing, Series]:
    """The numbers of a column by what they are about, and then by moment."""
    told_at, found = source.told_at, dict[Thing, Series]()
    for row in rows:
        mark = row.get(f"{column.name}_mark") or ""
        value = 0 if mark else row.get(column.name)
        if value is not None:
            thing = tuple(as_key(row.get(name)) for name in source.stored_keys if name != told_at)
            found.setdefault(thing, {})[row[told_at]] = Number(value, mark)
    return {thing: dict(sorted(series.items())) for thing, series in found.items()}


def _known(held: Series, own: Series, moment: Moment) -> Series:
    """What the number of a moment is held against, the last of it first of all."""
    both = dict(sorted({**held, **own}.items()))
    before = {at: number for at, number in both.items() if at < moment}
    after = [at for at in held if at >= moment][:1]
    return before or {at: held[at] for at in after}


def _is_far(column: Column, number: Number, known: Series) -> bool:
    above, times = column.steady
    values = [one.value for one in known.values()]
    low, high = usual(values, times)
    return max(abs(number.value), abs(values[-1])) >= above and not low <= number.value <= high


def _clause(source: Source, column: Column, thing: Thing, number: Number, known: Series) -> str:
    """ "“Aantal leerlingen” (90AA00, vo) is 1, op 01-10-2022 was dat 1.000"."""
    names = (name for name in source.stored_keys if name != source.told_at)
    parts = (told(source.columns.get(name), text) for name, text in zip(names, thing, strict=True))
    whose = ", ".join(filter(None, parts))
    moment, last = list(known.items())[-1]
    at = source.columns[source.told_at]
    when = f"{'op' if at.type == 'date' else 'in'} {told(at, as_key(moment))}"
    of = f" ({whose})" if whose else ""
    return f"“{column.label}”{of} is {number.text}, {when} was dat {last.text}"
