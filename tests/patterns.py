"""Every pattern of the product, and texts that would keep one busy that backtracks."""

import ast
import importlib
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from types import FrameType, ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LENGTH = 60_000  # signs; what costs a step per pair of signs needs a second or more for these
SECONDS = 0.5  # of the processor; what costs a step per sign needs milliseconds
EVERY = frozenset(("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"))
WHOLE = ("fullmatch", "match")  # begin at one place; the others at every place in the text


def modules() -> Iterator[ModuleType]:
    """Everything that is shipped and that a file or a text of a user can reach."""
    for folder in ("data", "kpi", "pages"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            if "__main__" not in name and not name.startswith("data.demo.generator"):
                yield importlib.import_module(name.removesuffix(".__init__"))


@dataclass(frozen=True)
class Used:
    """A pattern with where it stands, and the ways in which it is held against a text."""

    place: str
    pattern: re.Pattern[str] | re.Pattern[bytes]
    ways: frozenset[str]


def patterns() -> Iterator[Used]:
    """The compiled ones, and those that stand as a text in a call of re."""
    found = list(modules())
    trees = {module: ast.parse(Path(str(module.__file__)).read_text("utf-8")) for module in found}
    ways: dict[str, set[str]] = {}
    for tree in trees.values():
        for name, way in _calls(tree):
            ways.setdefault(name, set()).add(way)
    for module, tree in trees.items():
        for name, value in vars(module).items():
            for number, pattern in enumerate(_held(value)):
                used = frozenset(ways.get(name, ())) if isinstance(value, re.Pattern) else EVERY
                yield Used(f"{module.__name__}.{name}[{number}]", pattern, used or EVERY)
        yield from _written(module, tree)


def _calls(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """The names that a way of matching is asked of: ("_NAME", "search")."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in EVERY:
            if isinstance(node.value, ast.Name):
                yield node.value.id, node.attr
            elif isinstance(node.value, ast.Attribute):
                yield node.value.attr, node.attr


def _held(value: object) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from (found for part in value.values() for found in _held(part))
    elif isinstance(value, tuple | list | set | frozenset):
        yield from (found for part in value for found in _held(part))


def _written(module: ModuleType, tree: ast.AST) -> Iterator[Used]:
    """The first argument of a call of re, where it says by itself what it is."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if ast.unparse(node.func.value) == "re" and node.func.attr in EVERY:
            with suppress(NameError):  # made of what a function knows: its texts are short
                code = compile(ast.Expression(node.args[0]), "re", "eval")
                text = eval(code, dict(vars(module)))  # noqa: S307 our own text
                place = f"{module.__name__}:{node.lineno}"
                yield Used(place, re.compile(text), frozenset({node.func.attr}))


def attacks(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[str]:
    """Texts that begin as the pattern likes them, go on for long, and end otherwise."""
    parsed = _parser.parse(pattern.pattern, pattern.flags)
    signs = list(dict.fromkeys(_signs(parsed)))[:16] or ["a"]
    whole = "".join(signs)
    pumped = {
        *signs,
        *map("".join, zip(signs, signs[1:], strict=False)),
        whole,
        "a",
        "1",
        " ",
        "a.",
    }
    for one in sorted(pumped):
        long = one * (LENGTH // len(one))
        yield from (f"{long}\x00", f"{whole}{long}\x00")


def _signs(parsed: object) -> Iterator[str]:
    """A sign for every place in the pattern where there must be one."""
    for kind, value in parsed:  # type: ignore[attr-defined]
        if kind is _constants.LITERAL:
            yield chr(value)
        elif kind is _constants.NOT_LITERAL:
            yield chr((value + 1) % 128)
        elif kind is _constants.ANY:
            yield "a"
        elif kind is _constants.IN:
            yield from _of_set(value)
        elif kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            yield from _signs(value[2])
        elif kind is _constants.SUBPATTERN:
            yield from _signs(value[3])
        elif kind is _constants.BRANCH:
            for branch in value[1]:
                yield from _signs(branch)
        elif kind in (_constants.ASSERT, _constants.ASSERT_NOT):
            yield from _signs(value[1])
        elif kind is _constants.ATOMIC_GROUP:
            yield from _signs(value)


def _of_set(members: list[tuple[object, object]]) -> Iterator[str]:
    """Signs that are in a set: of every member one, or one that a negated set leaves."""
    if members and members[0][0] is _constants.NEGATE:
        held = {chr(v) for k, v in members if k is _constants.LITERAL}  # type: ignore[arg-type]
        yield next(sign for sign in "ab1.-" if sign not in held)
        return
    for kind, value in members:
        if kind is _constants.LITERAL:
            yield chr(value)  # type: ignore[arg-type]
        elif kind is _constants.RANGE:
            yield chr(value[0])  # type: ignore[index]
        elif kind is _constants.CATEGORY:
            yield {"SPACE": " ", "DIGIT": "1", "WORD": "a"}.get(str(value).rpartition("_")[2], "a")


class TooSlow(Exception):
    """The processor time is over."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TooSlow after so much processor time; a pattern listens to this while it matches."""

    def over(_: int, __: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, over)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def slow_on(used: Used) -> str:
    """The beginning of a text on which this pattern is slow; "" when there is none."""
    pattern = used.pattern
    anywhere = not used.ways <= {*WHOLE}
    for text in attacks(pattern):
        subject: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
        try:
            with at_most(SECONDS):
                pattern.fullmatch(subject)
                for _ in pattern.finditer(subject) if anywhere else ():
                    pass
        except TooSlow:
            return text[:40]
    return ""


if __name__ == "__main__":
    for used in patterns():
        if found := slow_on(used):
            print(used.place, repr(used.pattern.pattern)[:150], "<-", repr(found), file=sys.stderr)
