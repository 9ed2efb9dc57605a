"""What does a start cost when everything was built before? Prints ratios, tests nothing.

    python tests/benchmark/bench_starts.py

- server: from the command to the first page sent, of an empty page, of ours with nothing kept, and
  of ours when figures and verdicts were kept by an earlier start;
- command: `kpi figures` of one KPI with nothing kept and kept, beside a Python that only imports
  DuckDB;
- verdicts: judging everything, and reading that it was judged.

All of the made-up SWV, the median of a few turns; only the ratios matter.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench_pages import EMPTY, client

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]

from visiting import running_site  # noqa: E402

from data.kept import FOLDER  # noqa: E402

TURNS = 3
FIGURES = ("-m", "kpi", "figures", "--kpi", "thuiszitters")
JUDGE = (
    "-c",
    "from pages.shared.monitor import judged_monitor as judged; judged()",
)


def forget(store: Path) -> None:
    """Leave nothing of what was built."""
    for folder in store.glob(f"**/{FOLDER}"):
        shutil.rmtree(folder)


def command(store: Path, *words: str) -> float:
    """Seconds of wall clock of one Python with these words."""
    chosen = {"KPI_STORE": str(store), "KPI_DEMO": "1", "PYTHONPATH": str(ROOT)}
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=os.environ | chosen, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - started


def page(store: Path, script: str) -> float:
    """Seconds from the command to the first page that was sent in full."""
    started = time.perf_counter()
    with running_site(store, demo=True, script=script) as site:
        client(site).close()
        return time.perf_counter() - started


def median(run: Callable[[], float], before: Callable[[], None] = lambda: None) -> float:
    """Of some turns, each after `before`."""
    found = []
    for _ in range(TURNS):
        before()
        found.append(run())
    return statistics.median(found)


def show(name: str, floor: float, first: float, second: float) -> None:
    """One line: the floor, without and with what was kept, and both against the floor."""
    print(f"{name:30} {floor:6.2f} s {first:6.2f} s (x {first / floor:5.1f})"
          f" {second:6.2f} s (x {second / floor:4.1f})")  # fmt: skip


def main() -> None:
    """Measure everything in one run."""
    with tempfile.TemporaryDirectory() as name:
        store, script = Path(name) / "demo", Path(name) / "leeg.py"
        script.write_text(EMPTY, encoding="utf-8")
        command(store, *JUDGE)  # fills the store
        print(f"{'':30} {'floor':>8} {'nothing kept':>18} {'kept':>17}")
        empty = median(lambda: page(Path(name) / "leeg", str(script)))
        first = median(lambda: page(store, "dashboard.py"), lambda: forget(store))
        command(store, *JUDGE)
        show("server to first page", empty, first, median(lambda: page(store, "dashboard.py")))
        bare = median(lambda: command(store, "-c", "import duckdb"))
        first = median(lambda: command(store, *FIGURES), lambda: forget(store))
        show("kpi figures, one KPI", bare, first, median(lambda: command(store, *FIGURES)))
        first = median(lambda: command(store, *JUDGE), lambda: forget(store))
        show("every figure judged", bare, first, median(lambda: command(store, *JUDGE)))


if __name__ == "__main__":
    main()
