"""The child process `python -m data.gate.read.child`: a question on stdin, its answer on stdout."""

from __future__ import annotations

import gc
import os
import pickle
import sys
import threading
import time
import traceback
from importlib import import_module
from pathlib import Path

from data.gate.read.cells import ReadLimits, Unreadable
from data.gate.read.limited import DONE, FAILED, REFUSED
from data.gate.read.refusal import too_heavy

OUT_OF_MEMORY = 86  # how this process ends when it has more than its memory
_MEMORY = Path("/proc/self/statm")  # in pages: all of it, what is in use, …
_LOOKS = 0.02  # seconds between two looks at it
# What is reserved is more than what is used, and not used by us alone: it is only the last resort.
_RESERVED = 2
_LARGEST_FILE = 512_000_000  # bytes that it may write in one file: rows of a delivery
_SHARED = 2_000_000_000  # bytes of libraries and of room that is only reserved


def main() -> None:
    """Answer one question within its limits."""
    task, limits, request = pickle.load(sys.stdin.buffer)
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    confine(limits)
    gc.disable()  # this process ends before there is anything to clean up
    with answer:
        answer.writelines(_answered(task, request))


def _answered(task: str, request: object) -> tuple[bytes, bytes]:
    module, _, name = task.partition(":")
    try:
        content: bytes = getattr(import_module(module), name)(request)
    except Unreadable as error:
        return REFUSED, error.message.encode()
    except MemoryError:
        return REFUSED, too_heavy().message.encode()
    except BaseException:  # a panic in calamine is not an Exception
        return FAILED, traceback.format_exc()[-10_000:].encode()
    return DONE, content


def confine(limits: ReadLimits) -> None:
    """Limit memory, processor time and files of this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent keeps the time, the checks keep the size
        return
    memory, seconds = limits.memory_mb * 1024 * 1024, max(int(limits.timeout_s), 1)
    threading.Thread(target=_watch, args=(memory,), daemon=True).start()
    for what, most, at_last in (
        (resource.RLIMIT_DATA, _RESERVED * memory, _RESERVED * memory),
        (resource.RLIMIT_AS, memory + _SHARED, memory + _SHARED),
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        try:
            resource.setrlimit(what, (most, at_last))
        except (OSError, ValueError):  # macOS refuses some; a lower limit may be set already
            continue


def _watch(memory: int) -> None:
    """End this process as soon as it uses more memory than it may, where the system tells."""
    page = os.sysconf("SC_PAGE_SIZE")
    while _MEMORY.exists():
        if int(_MEMORY.read_text().split()[1]) * page > memory:
            os._exit(OUT_OF_MEMORY)
        time.sleep(_LOOKS)


if __name__ == "__main__":
    main()
