"""The child process `python -m data.gate.read.child FILE LIMITS [word]`: cells to stdout."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import orjson

from data.gate.read.cells import ReadLimits, Unreadable
from data.gate.read.reading import read_here
from data.gate.read.refusal import too_heavy
from data.gate.read.wire import lines_of, refusal


def main(path: Path, limits: ReadLimits, word: bool) -> None:
    """Read one file within the limits; the last line says how it ended."""
    confine(limits)
    gc.disable()  # this process ends before there is anything to clean up
    out = sys.stdout.buffer
    try:
        out.writelines(lines_of(read_here(path, limits, word)))
    except Unreadable as error:
        out.write(refusal(error))
    except MemoryError:
        out.write(refusal(too_heavy()))


def confine(limits: ReadLimits) -> None:
    """Limit memory, processor time and files of this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent keeps the time, the checks keep the size
        return
    memory = limits.memory_mb * 1024 * 1024
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, int(limits.timeout_s) + 1),  # for when the parent is gone
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (OSError, ValueError):  # macOS refuses some; a lower limit may be set already
            continue


if __name__ == "__main__":
    main(Path(sys.argv[1]), ReadLimits(**orjson.loads(sys.argv[2])), "word" in sys.argv[3:])
