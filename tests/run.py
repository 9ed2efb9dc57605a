"""The one test command: `python3 tests/run.py` (also what .ci/run calls).

Makes a fresh environment in .venv when it is not there, installs what the tests need (Chromium
and LibreOffice included, from Debian's packages, when they are missing and we may), and runs
format check, lint, type check and every test. Standard library only: it must start on a bare
machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OFFICE = ["libreoffice-calc-nogui", "libreoffice-impress-nogui", "libreoffice-writer-nogui"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


def run(label: str, *command: str | Path) -> None:
    """Run one step, print how long it took and stop at the first that fails."""
    print(f"== {label}", flush=True)
    started = time.monotonic()
    code = subprocess.call([str(part) for part in command], cwd=ROOT)
    print(f"== {label}: {time.monotonic() - started:.0f} s", flush=True)
    if code:
        sys.exit(code)


def environment() -> None:
    """Install the pinned packages in .venv; a second run only checks them."""
    if not PYTHON.exists():
        run("omgeving maken", sys.executable, "-m", "venv", VENV)
    run("pakketten", PYTHON, "-m", "pip", "install", "-q", "-r", ROOT / "requirements-dev.txt")


def programs() -> None:
    """See that a real browser and an office suite are there; on Debian as root they are installed.

    A test without LibreOffice says that it was left out; without a browser nothing is proven.
    """
    wanted = [] if any(shutil.which(name) for name in BROWSERS) else ["chromium"]
    wanted += [] if shutil.which("soffice") else OFFICE
    if not wanted or os.name == "nt":
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        run("pakketlijst", "apt-get", "update", "-qq")
        run("programma's", "apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted)
    elif "chromium" in wanted:
        sys.exit("De browsertesten hebben Chromium nodig. Op Debian: sudo apt-get install chromium")


def main() -> None:
    """Everything, in the order in which it fails fastest."""
    environment()
    programs()
    run("opmaak", PYTHON, "-m", "ruff", "format", "--check", ".")
    run("regels", PYTHON, "-m", "ruff", "check", ".")
    run("typen", PYTHON, "-m", "mypy")
    run("testen", PYTHON, "-m", "pytest", "-n", "2", "-q", *sys.argv[1:])


if __name__ == "__main__":
    main()
