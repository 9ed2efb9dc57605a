"""The monitor behind all pages: built once, and judged while the first pages are looked at."""

import atexit
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Condition, Event, Lock, Thread
from weakref import WeakKeyDictionary, WeakSet

import streamlit as st

from data.progress import heard_by
from kpi.figure.monitor import Monitor
from kpi.opening.opening import open_monitor, ready_monitor
from kpi.verdict.judged import how_far, judge_all

_judged: WeakSet[Monitor] = WeakSet()
_begun: WeakKeyDictionary[Monitor, str] = WeakKeyDictionary()  # how far the judging is
_lock = Lock()
_preparing = Lock()
LOOK_AGAIN = 0.3  # seconds
BEGIN = (0.0, "De cijfers worden opgebouwd.")
_far = BEGIN  # how far the building is, and with what
_made: set[object] = set()  # the pages that are being made at this moment
_ready = Condition()
LONGEST = 2.0  # seconds that the judging of one series waits for pages
_at_work: WeakSet[Thread] = WeakSet()
_ending = Event()
LONGEST_END = 10.0  # seconds that the program waits, at its end, for what is being calculated


class _Ended(Exception):
    """The program ends, and what was going on in the background with it."""


@contextmanager
def goes_first() -> Iterator[None]:
    """While a page is made, the judging of everything waits: at once each takes twice as long."""
    page = object()
    with _ready:
        _made.add(page)
    try:
        yield
    finally:
        with _ready:
            _made.discard(page)
            _ready.notify_all()


def current_monitor() -> Monitor:
    """The figures as they are now, also after a delivery by the command line or another visitor.

    Building them takes a moment and happens once per version, for all visitors together. A page
    then judges what it shows; all the rest is judged meanwhile.
    """
    monitor = ready_monitor() or _waited_for()
    if monitor not in _judged and monitor not in _begun:
        _begun[monitor] = how_far(monitor, 0)
        work = Thread(target=_in_background, args=(monitor,), name="verdicts", daemon=True)
        _at_work.add(work)
        work.start()
    return monitor


def _waited_for() -> Monitor:
    """Open it, and tell how far that is, also when another visitor or the start began it."""
    place = st.empty()
    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(_opened)
        while not wait([opening], timeout=LOOK_AGAIN).done:
            place.progress(*_far)
    place.empty()
    return opening.result()


def _opened() -> Monitor:
    try:
        with heard_by(_hear):
            return open_monitor()
    finally:
        _hear(*BEGIN)  # for the next time


def _hear(part: float, text: str) -> None:
    """Keep how far the building is: it is one work for all who wait for it."""
    global _far
    _far = (min(part, 1.0), text)


def judged_monitor() -> Monitor:
    """The monitor with a verdict on every figure, so that no page has to wait for one."""
    monitor = _opened()
    _judge(monitor)
    return monitor


def judging_text(monitor: Monitor) -> str:
    """How far the judging of everything is; "" when it is done."""
    return "" if monitor in _judged else _begun.get(monitor, how_far(monitor, 0))


def _judge(monitor: Monitor) -> None:
    with _lock:
        if monitor not in _judged:

            def hear(_: float, text: str) -> None:
                _begun[monitor] = text

            with heard_by(hear):
                judge_all(monitor, _give_way)
            _judged.add(monitor)


def _give_way() -> None:
    with _ready:
        _ready.wait_for(lambda: not _made or _ending.is_set(), LONGEST)
    _unless_ended()


def _unless_ended(*_: object) -> None:
    if _ending.is_set():
        raise _Ended


@atexit.register
def _end() -> None:
    """Stop what is going on: killed in the middle of a calculation it takes the program along."""
    _ending.set()
    with _ready:
        _ready.notify_all()
    for work in [*_at_work]:
        work.join(LONGEST_END)


def _in_background(monitor: Monitor) -> None:
    """Judge everything, and then decide what the papers of the last quarters hide."""
    said = "De cijfers zijn nog niet te beoordelen."
    try:
        _judge(monitor)
        said = "De stukken zijn nog niet voor te bereiden."
        _prepare(monitor)
    except _Ended:
        return
    except Exception:  # a page that needs it meets the same error and shows it
        logging.getLogger(__name__).warning(said)
        if monitor not in _judged:
            _begun.pop(monitor, None)


def _prepare(monitor: Monitor) -> None:
    from kpi.paper.publication import prepare  # the first page comes before it is loaded

    with _preparing, heard_by(_unless_ended):
        prepare(monitor, lambda: _goes_on(monitor))


def _goes_on(monitor: Monitor) -> bool:
    """Whether these are still the figures that pages show, after giving way to the pages."""
    _give_way()
    return ready_monitor() is monitor
