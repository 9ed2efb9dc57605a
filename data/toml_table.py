"""Read one TOML table key by key, collecting everything that is wrong with it."""

import difflib
from collections.abc import Iterable
from typing import Any

REQUIRED: Any = object()


class TomlTable:
    """A TOML table whose allowed keys are the keys that were asked for.

    Every reader returns a value of the promised type, also after an error, so that one pass finds
    all errors. `errors` is shared by all tables of a file; `close` reports the keys nobody asked
    for, with the nearest one that exists.
    """

    def __init__(self, content: dict[str, Any], where: str, errors: list[str]) -> None:
        self.content = content
        self.where = where
        self.errors = errors
        self._asked: list[str] = []

    def error(self, message: str) -> None:
        """Note an error in this table."""
        self.errors.append(f"{self.where}: {message}")

    def errors_found(self, messages: Iterable[str]) -> None:
        """Note errors found elsewhere in what this table says."""
        for message in messages:
            self.error(message)

    def text(self, key: str, default: str = REQUIRED, choices: Iterable[str] = ()) -> str:
        """A text; one of `choices` when these are given."""
        value: str = self._take(key, str, default, "")
        allowed = tuple(choices)
        if not allowed or value in allowed:
            return value
        if isinstance(self.content.get(key), str):
            self.error(f'{key} = "{value}" {one_of(value, allowed)}')
        return allowed[0]

    def whole(self, key: str, default: int | None = REQUIRED) -> Any:  # noqa: ANN401 int, or None
        """A whole number."""
        return self._take(key, int, default, 0)

    def yes_no(self, key: str, default: bool = REQUIRED) -> bool:
        """True or false."""
        return self._take(key, bool, default, False)

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(key, list, list(default), [])
        if not all(isinstance(item, str) for item in value):
            self.error(f"{key} must hold texts only: [{', '.join(map(repr, value))}]")
            return default
        return tuple(value)

    def lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of texts."""
        value = self._take(key, list, [], [])
        for item in value:
            if not isinstance(item, list) or not all(isinstance(part, str) for part in item):
                self.error(f"{key} must be a list of lists of texts")
                return ()
        return tuple(map(tuple, value))

    def any_of(self, key: str, kinds: tuple[type, ...]) -> Any:  # noqa: ANN401 the caller names them
        """A value of one of these kinds, None when the key is absent."""
        return self._take(key, kinds, None, None)

    def table(self, key: str, required: bool = False) -> "TomlTable":
        """A table within this table; an empty one when it is absent."""
        content = self._take(key, dict, REQUIRED if required else {}, {})
        return TomlTable(content, f"{self.where} [{key}]", self.errors)

    def tables(self) -> dict[str, "TomlTable"]:
        """Every key of this table, each of which must be a table itself."""
        return {key: self.table(key) for key in self.content}

    def close(self) -> None:
        """Report the keys that nobody asked for."""
        for key in self.content:
            if key not in self._asked:
                self.error(f'unknown key "{key}" {one_of(key, sorted(self._asked))}')

    def _take(self, key: str, kinds: Any, default: Any, empty: Any) -> Any:  # noqa: ANN401
        self._asked.append(key)
        if key not in self.content:
            if default is REQUIRED:
                self.error(f'key "{key}" is missing')
                return empty
            return default
        value = self.content[key]
        wrong_bool = isinstance(value, bool) and kinds is not bool
        if wrong_bool or not isinstance(value, kinds):
            named = kinds if isinstance(kinds, tuple) else (kinds,)
            wanted = " or ".join(kind.__name__ for kind in named)
            self.error(f"{key} = {value!r} must be of type {wanted}")
            return empty if default is REQUIRED else default
        return value


def one_of(value: str, allowed: Iterable[str]) -> str:
    """The end of an error message: what is allowed, and the nearest of it."""
    choices = list(allowed)
    near = difflib.get_close_matches(value, choices, n=1, cutoff=0.6)
    hint = f'; did you mean "{near[0]}"?' if near else ""
    return f"is not one of {', '.join(choices) or 'nothing'}{hint}"
