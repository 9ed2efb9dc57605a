"""A line of the ledger as a frozen dataclass and back: days, numbers and choices are text there."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")
NO_NAMES: Mapping[str, str] = {}


def body_of(
    item: object, names: Mapping[str, str] = NO_NAMES, leave_out: Collection[str] = ()
) -> dict[str, Any]:
    """What a line says of a dataclass. names: by field the key in the line, where they differ."""
    kept = [field.name for field in fields(item) if field.name not in leave_out]  # type: ignore[arg-type]
    return {names.get(name, name): _plain(getattr(item, name)) for name in kept}


def from_body(
    shape: type[T], body: Mapping[str, Any], names: Mapping[str, str] = NO_NAMES, **given: object
) -> T:
    """The dataclass that a line tells of; `given` are the fields that it does not hold.

    Keys that are no field are passed over, and a missing one is the default of its field. Raises
    KeyError, TypeError, ValueError or ArithmeticError for a line that was written in another way.
    """
    read = _readers(shape)  # type: ignore[arg-type]  # mypy: a type can be a key
    held = {name: names.get(name, name) for name in read if name not in given}
    found = {name: read[name](body[key]) for name, key in held.items() if key in body}
    return shape(**found, **given)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return body_of(value) if is_dataclass(value) else value


@cache
def _readers(shape: type) -> dict[str, Callable[[Any], Any]]:
    hints = get_type_hints(shape)
    return {field.name: _reader(hints[field.name]) for field in fields(shape)}


def _reader(hint: object) -> Callable[[Any], Any]:
    """What makes a value of this type of what stands in the line."""
    if NoneType in get_args(hint):
        inner = _reader(next(part for part in get_args(hint) if part is not NoneType))
        return lambda value: None if value in (None, "") else inner(value)
    if get_origin(hint) is tuple:
        inner = _reader(get_args(hint)[0])
        return lambda value: tuple(map(inner, value))
    if get_origin(hint) is Mapping:
        inner = _reader(get_args(hint)[1])
        return lambda value: {key: inner(part) for key, part in value.items()}
    if isinstance(hint, type) and is_dataclass(hint):
        return partial(from_body, hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return READERS.get(hint, _same)


def _text(value: object) -> str:
    if not isinstance(value, str | None):
        raise TypeError("not a text")
    return value or ""


def _same(value: object) -> object:
    return value


READERS: dict[object, Callable[[Any], Any]] = {
    str: _text,
    int: int,
    date: date.fromisoformat,
    Decimal: Decimal,
}
