"""Work on a file of somebody else, in a process of its own with a budget of time and memory.

Whatever hangs on the content of a file is done there; what comes back is bounded.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path

from data.gate.read.cells import ReadLimits, Unreadable
from data.gate.read.refusal import damaged, too_heavy, too_slow

DONE, REFUSED, FAILED = b"+", b"-", b"!"
LARGEST_ANSWER = 8_000_000  # bytes; the answer about a file, not the file
_WALL = 4  # times the processor time: a computer may be busy with something else
_ROOT = Path(__file__).resolve().parents[3]
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_OUT_OF_TIME = -24  # ended by SIGXCPU
_log = logging.getLogger(__name__)


def run_limited(
    task: str, request: object, limits: ReadLimits, largest: int = LARGEST_ANSWER
) -> bytes:
    """What the function `task` ("module:name") gives for this request, within the limits.

    The function takes the request (which is pickled: only ever ours) and gives bytes, at most
    `largest`. Raises Unreadable when the function does, or does not survive the file: then the
    sentence says that it took too long, wanted too much memory, or is damaged.
    """
    with subprocess.Popen(
        [sys.executable, "-B", "-m", "data.gate.read.child"],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=_NO_WINDOW,
    ) as child:
        timer = threading.Timer(limits.timeout_s * _WALL, child.kill)
        timer.start()
        try:
            answer = _asked(child, pickle.dumps((task, limits, request)), largest)
            whole = len(answer) <= largest and child.wait() == 0
        finally:
            in_time = timer.is_alive()
            timer.cancel()
            child.kill()
    if not whole or not answer:
        late = not in_time or child.returncode == _OUT_OF_TIME
        raise too_slow(limits.timeout_s) if late else too_heavy()
    return _opened(answer, task)


def _asked(child: subprocess.Popen[bytes], question: bytes, largest: int) -> bytes:
    assert child.stdin is not None and child.stdout is not None
    with contextlib.suppress(BrokenPipeError):  # it died before it read the question
        child.stdin.write(question)
        child.stdin.close()
    return child.stdout.read(largest + 1)


def _opened(answer: bytes, task: str) -> bytes:
    kind, content = answer[:1], answer[1:]
    if kind == DONE:
        return content
    if kind == REFUSED:
        raise Unreadable(content.decode())
    _log.error("%s failed in an unforeseen way:\n%s", task, content.decode(errors="replace"))
    raise damaged()
