"""What a source definition may not say: the rules between its keys, columns and tables."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from data.plain import plain, plain_value
from data.source import FEW, NUMBERS, Column, Merger, OneAtATime, OneName, Source, Younger
from data.strict import nearest

LIMITS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(NUMBERS, (int, Decimal)),
    **dict.fromkeys(("date", "birth_date"), (date,)),
}
RESERVED = ("delivery_id", "sheet", "row_number", "row_id")
NAME = re.compile(r"[a-z][a-z0-9_]*")


def column_errors(column: Column) -> Iterator[str]:
    """What is wrong with one column, in Dutch."""
    if not NAME.fullmatch(column.name) or column.name in RESERVED:
        yield f"'{column.name}' kan niet de naam van een kolom zijn."
    if not plain(column.label):
        yield f"label '{column.label}' heeft geen letter of cijfer."
    if (column.type == "category") != bool(column.values):
        yield "[values] hoort bij type = 'category', en alleen daarbij."
    if column.marks and column.type not in NUMBERS:
        yield f"marks hoort alleen bij {', '.join(NUMBERS)}, niet bij {column.type}."
    if set(column.marks) - {FEW}:
        yield f"marks kent alleen '{FEW}', want daarmee rekenen de tabellen: {list(column.marks)}."
    if column.type in NUMBERS and column.decimal == column.thousands:
        yield f"'{column.decimal}' kan niet decimaalteken én duizendtalteken zijn."
    for key, value in (("pattern", column.pattern), ("max_length", column.max_length)):
        if value and column.type != "text":
            yield f"{key} hoort alleen bij type = 'text'."
    if column.optional_cell and not column.required:
        yield "optional_cell hoort alleen bij required = true."
    yield from _limit_errors(column)
    spellings = ((plain_value(s), code) for code, texts in column.values.items() for s in texts)
    yield from _claimed_twice("spelling", spellings)
    try:
        re.compile(column.pattern)
    except re.error as error:
        yield f"pattern '{column.pattern}' is geen reguliere expressie ({error})."


def source_errors(source: Source) -> Iterator[str]:
    """What is wrong between the columns, [delivery] and [rows] of a source, in Dutch."""
    columns, rows = source.columns, source.rows
    if not NAME.fullmatch(source.id):
        yield f"map '{source.id}': alleen kleine letters, cijfers en _ in de naam."
    if not any(column.required for column in columns.values()):
        yield "minstens één kolom moet required zijn, anders is de bron niet te herkennen."
    mentioned = [
        ("[delivery] period_column", source.delivery.period_column),
        ("[delivery] covers_by", source.delivery.covers_by),
        ("[delivery] dated_by", source.delivery.dated_by),
        ("[rows] ends_by", rows.ends_by),
        ("[rows] complete", rows.complete),
        ("[rows] beside", rows.beside),
        *(("[rows] one_row_per", name) for name in rows.one_row_per),
        *(("[rows] after", name) for pair in rows.after for name in pair),
        *(("[rows] part_of", name) for pair in rows.part_of for name in pair),
        *(("[rows] flow", name) for name in rows.flow),
        *(("[rows] one_at_a_time", name) for name in _columns_of(rows.one_at_a_time)),
        *(("[rows] younger", name) for name in _columns_of(rows.younger)),
        *(("[rows] merger", name) for name in _columns_of(rows.merger)),
        *(("[rows] one_name", name) for name in _columns_of(rows.one_name)),
        *(("[rows] empty_when", name) for rule in rows.empty_when for name in rule[:2]),
    ]
    for key, name in mentioned:
        if name and name not in columns:
            yield f"{key} noemt kolom '{name}', die er niet is.{nearest(name, columns)}"
    if rows.complete in columns and not columns[rows.complete].values:
        yield f"[rows] complete noemt '{rows.complete}', die geen [values] heeft."
    if rows.beside and rows.beside not in rows.one_row_per:
        yield f"[rows] beside noemt '{rows.beside}', die niet in one_row_per staat."
    for pair in rows.after:
        if not {columns[name].type for name in pair if name in columns} <= {"date"}:
            yield f"[rows] after is een lijst van paren van datumkolommen, niet {list(pair)}."
    counts = [name for pair in rows.part_of for name in pair] + list(rows.flow)
    if not {columns[name].type for name in counts if name in columns} <= set(NUMBERS):
        yield f"[rows] part_of en flow noemen kolommen met getallen ({', '.join(NUMBERS)})."
    if source.steady and source.told_at not in rows.one_row_per:
        yield "steady: in [rows] one_row_per staat geen datum en niet de period_column."
    if rows.flow and len(rows.flow) != 3:
        yield "[rows] flow noemt drie kolommen: aantal aan het eind, nieuw, beëindigd."
    for name, other, code in rows.empty_when:
        if other in columns and code not in columns[other].values:
            yield f"[rows] empty_when noemt code '{code}', die kolom '{other}' niet heeft."
        if name in columns and columns[name].filled:
            yield f"[rows] empty_when: kolom '{name}' heeft optional_cell = true nodig."
    headers = ((plain(h), name) for name, column in columns.items() for h in column.headers)
    yield from _claimed_twice("kop", headers)
    stored = ((kept, name) for name, column in columns.items() for kept, _ in column.stored)
    yield from _claimed_twice("bewaarde kolom", stored)


def _columns_of(rule: OneAtATime | Younger | Merger | OneName | None) -> tuple[str, ...]:
    if isinstance(rule, OneName):
        return (rule.of, rule.name, rule.start, rule.end, rule.then)
    if isinstance(rule, Merger):
        return (rule.of, rule.into, rule.end)
    if isinstance(rule, OneAtATime):
        return (rule.of, rule.start, rule.end, rule.differs, *rule.either[:1])
    return (rule.birth, rule.on, rule.when) if rule else ()


def _claimed_twice(what: str, claims: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What two columns or two codes both call their own."""
    first: dict[str, str] = {}
    for claimed, owner in claims:
        if first.setdefault(claimed, owner) != owner:
            yield f"{what} '{claimed}' hoort bij {first[claimed]} en bij {owner}."


def _limit_errors(column: Column) -> Iterator[str]:
    if column.steady and (
        column.type not in NUMBERS or len(column.steady) != 2 or column.steady[1] < 2
    ):
        yield "steady is een lijst van twee getallen, alleen bij een getal, zoals [50, 2]."
    if column.years and (column.type not in ("date", "birth_date") or len(column.years) != 2):
        yield "years is een lijst van twee getallen, alleen bij een datum, zoals [-15, 1]."
    elif column.years and column.years[0] > column.years[1]:
        yield f"years {list(column.years)}: het eerste jaar komt na het laatste."
    limits = {"minimum": column.minimum, "maximum": column.maximum}
    given = {key: limit for key, limit in limits.items() if limit is not None}
    for key, limit in given.items():
        if type(limit) not in LIMITS.get(column.type, ()):
            yield f"{key} = {limit} past niet bij type '{column.type}'."
            return
    if len(given) == 2 and column.minimum > column.maximum:  # type: ignore[operator]  # same kind
        yield f"minimum {column.minimum} is hoger dan maximum {column.maximum}."
