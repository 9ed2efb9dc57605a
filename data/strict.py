"""TOML → frozen dataclasses: unknown keys, missing keys and wrong types, all said at once.

The dataclass is the schema: a field that is a dataclass itself is a table, a tuple of them is a
list of tables and a dict of them tables with a name.
"""

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from functools import cache
from pathlib import Path
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")
K = TypeVar("K", int, str)
# What a field may be besides a key: filled by the loader, or the name of the table itself, as
# "pupils" in [columns.pupils].
DERIVED = {"derived": True}
NAMED = {"derived": True, "named": True}
NOTHING: Mapping[str, object] = MappingProxyType({})

KIND_NAMES = {
    str: "een tekst tussen aanhalingstekens",
    int: "een geheel getal",
    bool: "true of false",
    date: "een datum zoals 2026-09-01",
    Decimal: "een getal",
    float: "een getal",
}


class DefinitionError(ValueError):
    """One or more files of definitions are wrong; `errors` holds a Dutch sentence for each."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


class WrongValue(ValueError):
    """What was expected instead, as the end of a Dutch sentence."""


class WrongTable(ValueError):
    """A table within a table is wrong, and the findings say how."""


@dataclass
class Findings:
    """Everything that is wrong in a set of files, collected before anything is refused."""

    errors: list[str] = field(default_factory=list)

    def add(self, where: str, *messages: str) -> None:
        """Note errors; `where` names the file and the part of it."""
        self.errors += [f"{where}: {message}" for message in messages]

    def checked(self, item: T | None) -> T:
        """What was read; DefinitionError when anything was wrong."""
        if self.errors or item is None:
            raise DefinitionError(self.errors)
        return item


def key(name: str, **options: Any) -> Any:  # noqa: ANN401 - passed on to dataclasses.field
    """A field that is called `name` in the TOML, where Python cannot have that name."""
    return field(metadata={"key": name}, **options)


def derived(**options: Any) -> Any:  # noqa: ANN401 - passed on to dataclasses.field
    """A field that the loader fills and the TOML may not hold."""
    return field(metadata=DERIVED, **options)


def parts(place: str, **options: Any) -> Any:  # noqa: ANN401 - passed on to dataclasses.field
    """A field of tables that is called `place` in what is said about them."""
    return field(metadata={"place": place}, **options)


def content_of(folder: Path) -> bytes:
    """As long as this is the same, so is every file in the folder: nothing needs reading again."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.*")):
        if path.is_file():
            digest.update(repr((path.as_posix(), path.read_bytes())).encode())
    return digest.digest()


def read_toml(
    path: Path, where: str, findings: Findings, number: Callable[[str], Any] = float
) -> dict[str, Any] | None:
    """The tables of a file; None (and the reason in `findings`) when it cannot be read.

    number: what becomes of 0.10; Decimal keeps it as it is written.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=number)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        findings.add(where, f"geen geldige TOML ({error}).")
        return None


def read_table(
    cls: type[T], table: object, where: str, findings: Findings, **filled: object
) -> T | None:
    """Make a `cls` of a TOML table; None (and the reasons in `findings`) when it cannot be.

    What its `wrong_parts` tell is in `findings` too. What is wrong in one of a list of tables
    leaves that one out, so that the rest is still checked.
    """
    if not isinstance(table, dict):
        findings.add(where, "verwacht een tabel.")
        return None
    known = _keys(cls)
    hints = _hints(cls)  # type: ignore[arg-type]  # mypy takes a type for unhashable
    unknown = table.keys() - known.keys()
    wrong = [f"onbekende sleutel '{name}'.{nearest(name, known)}" for name in unknown]
    values: dict[str, Any] = dict(filled)
    for name, item in known.items():
        if item.name in filled:
            continue
        if name not in table:
            if item.default is MISSING and item.default_factory is MISSING:
                wrong.append(f"sleutel '{name}' ontbreekt.")
            continue
        kind = hints[item.name]
        place = f"{where} {item.metadata.get('place') or _place(name, kind)}"
        try:
            values[item.name] = _read(kind, table[name], place, findings)
        except WrongValue as error:
            wrong.append(f"sleutel '{name}' is {table[name]!r}; verwacht {error}.")
        except WrongTable:
            wrong.append("")
    findings.add(where, *filter(None, wrong))
    if wrong:
        return None
    made = cls(**values)
    findings.add(where, *getattr(made, "wrong_parts", tuple)())
    return made


def read_rows(
    cls: type[T],
    rows: object,
    where: str,
    findings: Findings,
    shared: Mapping[str, object] = NOTHING,
) -> dict[int, T]:
    """A list of tables ([[rows]]) by number, from 1; those that are wrong are left out.

    shared: what holds for each of them, unless it says otherwise.
    """
    if not isinstance(rows, list):
        findings.add(where, "verwacht een lijst van tabellen.")
        return {}
    return _each(cls, enumerate(rows, start=1), where, findings, shared)


def read_named(
    cls: type[T],
    tables: object,
    where: str,
    findings: Findings,
    shared: Mapping[str, object] = NOTHING,
) -> dict[str, T]:
    """Tables with a name ([tables.name]) by that name; for the rest as `read_rows`."""
    if not isinstance(tables, dict):
        findings.add(where, "verwacht tabellen met een naam.")
        return {}
    return _each(cls, tables.items(), where, findings, shared)


def nearest(name: str, known: Any) -> str:  # noqa: ANN401 - any iterable of names
    """A hint (" Bedoelde u '…'?") or, when nothing is near, the list to choose from."""
    match = get_close_matches(name, list(known), n=1)
    if match:
        return f" Bedoelde u '{match[0]}'?"
    return f" Kies uit: {', '.join(sorted(known))}."


@cache
def _hints(cls: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    return get_type_hints(cls)


def _keys(cls: Any) -> dict[str, Field[Any]]:  # noqa: ANN401 - any dataclass
    """The fields that the TOML may hold, by the name they have there."""
    declared = (item for item in fields(cls) if not item.metadata.get("derived"))
    return {item.metadata.get("key", item.name): item for item in declared}


def _each(
    cls: type[T],
    tables: Iterable[tuple[K, object]],
    where: str,
    findings: Findings,
    shared: Mapping[str, object],
) -> dict[K, T]:
    named = [item.name for item in fields(cls) if item.metadata.get("named")]  # type: ignore[arg-type]
    found = {}
    for name, table in tables:
        whole = {**shared, **table} if isinstance(table, dict) else table
        own = dict.fromkeys(named, name)
        made = read_table(cls, whole, f"{where} {name}", findings, **own)
        if made is not None:
            found[name] = made
    return found


def _place(name: str, kind: Any) -> str:  # noqa: ANN401 - any type
    return f"[[{name}]]" if get_origin(kind) is tuple else f"[{name}]"


def _read(kind: Any, value: Any, place: str, findings: Findings) -> Any:  # noqa: ANN401
    """A value, a table or tables; WrongValue or WrongTable when it is not what it should be."""
    inner: Any = next(filter(is_dataclass, (kind, *get_args(kind))), None)
    if inner is None:
        return _converted(kind, value)
    if get_origin(kind) is tuple:
        return tuple(read_rows(inner, value, place, findings).values())
    if get_origin(kind) in (dict, Mapping):
        return read_named(inner, value, place, findings)
    made = read_table(inner, value, place, findings)
    if made is None:
        raise WrongTable
    return made


def _converted(kind: Any, value: Any) -> Any:  # noqa: ANN401 - kind decides the type
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return _one_of_kinds([k for k in inner if k is not NoneType], value)
    if origin is Literal:
        return _choice(inner, value, map(repr, inner))
    if origin is tuple:
        if not isinstance(value, list) or (inner[-1] is not Ellipsis and len(value) != len(inner)):
            raise WrongValue("een lijst tussen [ en ]")
        return tuple(_converted(inner[0], item) for item in value)
    if origin in (dict, Mapping):
        if not isinstance(value, dict):
            raise WrongValue("een tabel tussen { en }")
        return {name: _converted(inner[1], item) for name, item in value.items()}
    if issubclass(kind, Enum):
        choices = [choice.value for choice in kind]
        return kind(_choice(choices, value, map(str, choices)))
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if kind in (Decimal, float) and is_number:
        return kind(str(value))
    if type(value) is not kind:
        raise WrongValue(KIND_NAMES[kind])
    return value


def _one_of_kinds(kinds: list[Any], value: object) -> Any:  # noqa: ANN401 - a kind decides
    if len(kinds) == 1:
        return _converted(kinds[0], value)
    if type(value) not in kinds:
        raise WrongValue(" of ".join(KIND_NAMES[kind] for kind in kinds))
    return value


def _choice(choices: Iterable[Any], value: Any, words: Iterable[str]) -> Any:  # noqa: ANN401
    if value not in choices:
        raise WrongValue("een van: " + ", ".join(words))
    return value
