"""A process that does its work until it is killed, and what it said before that."""

import multiprocessing
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import ModuleType

PRELOADED = ["pytest", "data.gate.importing", "kpi.cycle.closing", "kpi.cycle.verify"]
READY = "ready"
STARTED = 600  # seconds; only what hangs takes this long


def killed(
    victim: Callable[..., None], arguments: Sequence[object], delay: float | None = None
) -> list[str]:
    """What `victim(*arguments, say)` said from READY on, until it was killed `delay` seconds later.

    Without a delay it ends by itself, or kills itself.
    """
    listening, speaking = _context().Pipe(duplex=False)
    process = _context().Process(target=victim, args=(*arguments, speaking))
    _start(process)
    speaking.close()
    assert listening.poll(STARTED) and listening.recv() == READY
    process.join(delay)
    process.kill()
    process.join()
    return _heard(listening)


def _start(process: BaseProcess) -> None:
    """Start it as if there were no main script: a test of a page leaves one behind, to be run."""
    left_behind = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        process.start()
    finally:
        sys.modules["__main__"] = left_behind


def _heard(listening: Connection) -> list[str]:
    heard = []
    try:
        while listening.poll():
            heard.append(listening.recv())
    except EOFError:
        pass
    return heard


def _context() -> multiprocessing.context.BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    chosen = multiprocessing.get_context("forkserver")
    chosen.set_forkserver_preload(PRELOADED)
    return chosen
