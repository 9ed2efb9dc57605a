"""TOML tables → frozen dataclasses: unknown keys, missing keys and wrong types, all at once."""

from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")

KIND_NAMES = {
    str: "een tekst tussen aanhalingstekens",
    int: "een geheel getal",
    bool: "true of false",
    date: "een datum zoals 2026-09-01",
    Decimal: "een getal",
    float: "een getal",
}


class WrongValue(ValueError):
    """What was expected instead, as the end of a Dutch sentence."""


@dataclass
class Findings:
    """Everything that is wrong in a set of files, collected before anything is refused."""

    errors: list[str] = field(default_factory=list)

    def add(self, where: str, message: str) -> None:
        """Note one error; `where` names the file and the part of it."""
        self.errors.append(f"{where}: {message}")


def key(name: str, **options: Any) -> Any:  # noqa: ANN401 - passed on to dataclasses.field
    """A field that is called `name` in the TOML, where Python cannot have that name."""
    return field(metadata={"key": name}, **options)


def derived(**options: Any) -> Any:  # noqa: ANN401 - passed on to dataclasses.field
    """A field that the loader fills and the TOML may not hold."""
    return field(metadata={"derived": True}, **options)


def read_table(
    cls: type[T], table: dict[str, Any], where: str, findings: Findings, **filled: object
) -> T | None:
    """Make a `cls` of a TOML table; None (and the reasons in `findings`) when it cannot be."""
    known = {item.metadata.get("key", item.name): item for item in _declared(cls)}
    hints = get_type_hints(cls)
    before = len(findings.errors)
    for name in table.keys() - known.keys() - filled.keys():
        findings.add(where, f"onbekende sleutel '{name}'.{nearest(name, known)}")
    values: dict[str, Any] = dict(filled)
    for name, item in known.items():
        if item.name in filled:
            continue
        if name not in table:
            if item.default is MISSING and item.default_factory is MISSING:
                findings.add(where, f"sleutel '{name}' ontbreekt.")
            continue
        try:
            values[item.name] = _converted(hints[item.name], table[name])
        except WrongValue as error:
            findings.add(where, f"sleutel '{name}' is {table[name]!r}; verwacht {error}.")
    return cls(**values) if len(findings.errors) == before else None


def nearest(name: str, known: Any) -> str:  # noqa: ANN401 - any iterable of names
    """A hint (" Bedoelde u '…'?") or, when nothing is near, the list to choose from."""
    match = get_close_matches(name, list(known), n=1)
    if match:
        return f" Bedoelde u '{match[0]}'?"
    return f" Kies uit: {', '.join(sorted(known))}."


def _declared(cls: type) -> list[Field[Any]]:
    return [item for item in fields(cls) if not item.metadata.get("derived")]


def _converted(kind: Any, value: Any) -> Any:  # noqa: ANN401 - kind decides the type
    origin = get_origin(kind)
    if origin is UnionType:
        return _converted(next(k for k in get_args(kind) if k is not NoneType), value)
    if origin is tuple:
        if not isinstance(value, list):
            raise WrongValue("een lijst tussen [ en ]")
        return tuple(_converted(get_args(kind)[0], item) for item in value)
    if origin is dict:
        if not isinstance(value, dict):
            raise WrongValue("een tabel tussen { en }")
        return {name: _converted(get_args(kind)[1], item) for name, item in value.items()}
    if issubclass(kind, Enum):
        return _choice(kind, value)
    if kind in (Decimal, float) and isinstance(value, int | float) and not isinstance(value, bool):
        return kind(str(value))
    if type(value) is not kind:
        raise WrongValue(KIND_NAMES[kind])
    return value


def _choice(kind: type[Enum], value: object) -> Enum:
    try:
        return kind(value)
    except ValueError:
        raise WrongValue("een van: " + ", ".join(str(choice.value) for choice in kind)) from None
