"""Reading in a child process: a file that brings its reader down does not bring us down."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path

import orjson

from data.gate.read.cells import ReadFile, ReadLimits
from data.gate.read.refusal import too_heavy, too_slow
from data.gate.read.wire import Broken, read_lines

_ROOT = Path(__file__).resolve().parents[3]
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def read_in_child(path: Path, limits: ReadLimits, word: bool = False) -> ReadFile:
    """The file as the child reads it; raises Unreadable when the child refuses or dies."""
    child = subprocess.Popen(
        [sys.executable, "-B", "-m", "data.gate.read.child", path.resolve(),
         orjson.dumps(asdict(limits)).decode(), *(["word"] if word else [])],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=_NO_WINDOW,
    )  # fmt: skip
    timer = threading.Timer(limits.timeout_s, child.kill)
    timer.start()
    try:
        assert child.stdout is not None
        return read_lines(child.stdout, path.name)
    except Broken as error:
        child.wait()
        raise (too_heavy() if timer.is_alive() else too_slow(limits.timeout_s)) from error
    finally:
        timer.cancel()
        child.kill()
        child.communicate()
