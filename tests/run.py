"""The one test command (also what .ci/run calls).

    python3 tests/run.py             everything
    python3 tests/run.py kpi/paper   the tests of one room, folder or file; more may follow
    python3 tests/run.py --check     only format, rules and types (what a commit is checked for)
    python3 tests/run.py --lock      make the lists of packages anew, after a change in pyproject

What comes after the parts goes to pytest. Makes a fresh environment in .venv when it is not there,
installs what the tests need (Chromium and LibreOffice included, from Debian's packages, when they
are missing and we may), and runs format check, lint, type check and the tests. Standard library
only: it must start on a bare machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OFFICE = ["libreoffice-calc-nogui", "libreoffice-impress-nogui", "libreoffice-writer-nogui"]
# A group of packages in pyproject.toml, and the list with everything that is installed for it. A
# later list follows the one before it, because both are installed in one environment.
LOCKS = {"monitor": ROOT / "requirements.txt", "test": TESTS / "requirements.txt"}
# As wide as Arial, to measure texts on slides with.
FONT = Path("/usr/share/fonts/truetype/liberation")
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
    """Install the listed packages in .venv; a second run only checks them."""
    if not PYTHON.exists():
        run("omgeving maken", sys.executable, "-m", "venv", VENV)
    install = (PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r")
    run("pakketten", *install, LOCKS["test"])


def lock() -> None:
    """Write down every package that is installed, for all systems and versions of Python.

    Versions in the old lists stay as they are where they still fit; `--upgrade` raises them.
    """
    constraints: list[str | Path] = []
    for group, target in LOCKS.items():
        run(
            f"lijst {target.relative_to(ROOT)}", PYTHON, "-m", "uv", "pip", "compile", "--quiet",
            "--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url",
            "--custom-compile-command", "python3 tests/run.py --lock", "--group", group,
            "--output-file", target, *constraints, *sys.argv[2:],
        )  # fmt: skip
        constraints += ["--constraint", target]
    run("stuklijst", PYTHON, TESTS / "bill.py")


def programs() -> None:
    """See that a real browser and an office suite are there; on Debian as root they are installed.

    A test without LibreOffice says that it was left out; without a browser nothing is proven.
    """
    wanted = [] if any(shutil.which(name) for name in BROWSERS) else ["chromium"]
    wanted += [] if shutil.which("soffice") else OFFICE
    wanted += [] if FONT.exists() else ["fonts-liberation"]
    if not wanted or os.name == "nt":
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        run("pakketlijst", "apt-get", "update", "-qq")
        run("programma's", "apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted)
    elif "chromium" in wanted:
        sys.exit("De browsertesten hebben Chromium nodig. Op Debian: sudo apt-get install chromium")


def chosen(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The parts to test as paths, and what is for pytest: all from the first option on.

    Stops with the parts there are when one is not known.
    """
    options = next((i for i, word in enumerate(arguments) if word.startswith("-")), len(arguments))
    paths = []
    for part in arguments[:options]:
        name, *test = part.split("::")
        found = next((p for p in (TESTS / name, ROOT / name) if p.exists()), None)
        if found is None or not found.is_relative_to(TESTS):
            homes = {path.parent.relative_to(TESTS) for path in TESTS.rglob("test_*.py")}
            parts = ", ".join(sorted(home.as_posix() for home in homes if home != Path()))
            sys.exit(f"Er is geen deel ‘{part}’. Kies een testbestand of een van: {parts}.")
        paths.append("::".join([found.relative_to(ROOT).as_posix(), *test]))
    # In order: pytest loses the fixtures of a folder that it has left and comes back to.
    return sorted(paths), arguments[options:]


def check() -> None:
    """Format, rules and types."""
    run("opmaak", PYTHON, "-m", "ruff", "format", "--check", ".")
    run("regels", PYTHON, "-m", "ruff", "check", ".")
    run("typen", PYTHON, "-m", "mypy")


def main() -> None:
    """Everything, in the order in which it fails fastest."""
    arguments = sys.argv[1:]
    paths, options = chosen(arguments)
    if "--check" not in arguments or not PYTHON.exists():  # a commit fetches nothing
        environment()
    if "--lock" in arguments:
        lock()
    elif "--check" in arguments:
        check()
    else:
        programs()
        check()
        slowest = ("--durations=10", "--durations-min=1")
        run("testen", PYTHON, "-m", "pytest", "-n", "2", "-q", *slowest, *options, *paths)


if __name__ == "__main__":
    main()
