"""How far long work is: told by what does it, heard by who waits for it.

Whoever does the work need not know whether anybody waits; whoever waits hears it in Dutch.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

Hear = Callable[[float, str], object]  # the part that is done, from 0 to 1, and what is being done


@dataclass(frozen=True)
class _Span:
    """A stretch of the whole, and what stands before all that is told in it."""

    hear: Hear
    start: float = 0.0
    end: float = 1.0
    before: str = ""

    def at(self, done: int, of: int) -> float:
        """The part of the whole at which `done` of `of` parts of this stretch are done."""
        return self.start + (self.end - self.start) * done / of if of else self.start


_heard: ContextVar[_Span | None] = ContextVar("heard", default=None)


@contextmanager
def heard_by(hear: Hear) -> Iterator[None]:
    """Whatever is told within this block is heard by `hear`."""
    before = _heard.set(_Span(hear))
    try:
        yield
    finally:
        _heard.reset(before)


@contextmanager
def quietly() -> Iterator[None]:
    """What is told within this block is heard by nobody: a part that is too small to tell of."""
    before = _heard.set(None)
    try:
        yield
    finally:
        _heard.reset(before)


def tell(text: str, done: int, of: int) -> None:
    """So many of so many parts are done: "De cijfers worden berekend: 3 van 12 KPI's"."""
    span = _heard.get()
    if span:
        span.hear(span.at(done, of), f"{span.before}{text}")


@contextmanager
def step(number: int, of: int, text: str) -> Iterator[None]:
    """A step of longer work, from 1; what is told within it is a part of it.

    Steps within a step move the part that is done and are not counted for who waits.
    """
    with _within(number, of, f"Stap {number} van {of}. ", text):
        yield


@contextmanager
def part(number: int, of: int, text: str) -> Iterator[None]:
    """The same of work that is named instead of counted: "blad.pdf (3 van 12)".

    What is told within it is heard behind its name.
    """
    with _within(number, of, f"{text}. ", ""):
        yield


@contextmanager
def _within(number: int, of: int, name: str, text: str) -> Iterator[None]:
    span = _heard.get()
    if span is None:
        yield
        return
    before = span.before or name
    span.hear(span.at(number - 1, of), f"{before}{text}".rstrip())
    inner = _Span(span.hear, span.at(number - 1, of), span.at(number, of), before)
    token = _heard.set(inner)
    try:
        yield
    finally:
        _heard.reset(token)
