"""What does an import of 100 000 rows cost? Prints ratios of one run, tests nothing.

    python tests/benchmark/bench_import.py

Per format: processor time of the whole import (in the process that asks and in the one that does
the work, whose start is included; checks and storing too) against what only reads the same cells
into Python: calamine for xlsx, the reader of DuckDB for csv. Also what a process costs that only
starts and imports our modules, and how much memory the one that does the work had at most.

A list of absence in which every row is another pupil: the most that there is to do per row. The
median of a few turns.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).resolve().parents[2]
ROWS, TURNS = 100_000, 5
HEADER = ("Leerlingnummer", "Vestiging", "Soort verzuim", "Begindatum", "Einddatum")
SCHOOLS = [f"{number:02}AA00" for number in range(40)]
KINDS = ("AV", "LRV")
FIRST = date(2023, 8, 1)
# Each ends with a line of its own: seconds of the processor, MB of the largest process below it.
COST = """
import json, resource, time
below = resource.getrusage(resource.RUSAGE_CHILDREN)
spent = time.process_time() + below.ru_utime + below.ru_stime
print(json.dumps([spent - start, below.ru_maxrss / 1024]))
"""
IMPORT = """
import time
from pathlib import Path
from data.deliveries.store import Store
from data.gate.importing import import_file
start = time.process_time()
found = import_file(Store(Path({store!r})), Path({file!r}), period="2023-2024-k1")
assert found.status == "opgeslagen", found
"""
READ = {
    "xlsx": """
import time
from python_calamine import CalamineWorkbook
start = time.process_time()
CalamineWorkbook.from_path({file!r}).get_sheet_by_index(0).to_python()
""",
    "csv": """
import duckdb, time
database = duckdb.connect()
start = time.process_time()
database.execute("select * from read_csv(?, delim=';', all_varchar=true)", [{file!r}]).fetchall()
""",
}
START = "import time; start = 0\nimport data.gate.importing\n"


def rows() -> list[tuple[str, ...]]:
    """Spells of absence; half of them have ended."""
    made, some = [], random.Random(1)
    for number in range(ROWS):
        first = FIRST + timedelta(days=some.randrange(60))
        last = first + timedelta(days=some.randrange(20)) if some.random() < 0.5 else None
        days = [f"{day:%d-%m-%Y}" if day else "" for day in (first, last)]
        made.append((f"L-{number}", some.choice(SCHOOLS), some.choice(KINDS), *days))
    return made


def write(folder: Path) -> None:
    """The same list as csv and as xlsx."""
    lines = [HEADER, *rows()]
    (folder / "list.csv").write_text("\n".join(map(";".join, lines)), encoding="utf-8")
    book = xlsxwriter.Workbook(folder / "list.xlsx")
    sheet = book.add_worksheet()
    for number, line in enumerate(lines):
        for place, text in enumerate(line):
            if text:
                sheet.write_string(number, place, text)
    book.close()


def cost(script: str) -> tuple[float, float]:
    """Seconds of the processor and MB that a script tells of itself, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", script + COST], cwd=ROOT, check=True, capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    spent, memory = json.loads(done.stdout.splitlines()[-1])
    return spent, memory


def main() -> None:
    """Print a line per format."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder)
        for form, reading in READ.items():
            file, turns, memory = str(folder / f"list.{form}"), [], 0.0
            for turn in range(TURNS):
                read, _ = cost(reading.format(file=file))
                start, _ = cost(START)
                store = str(folder / f"store-{form}-{turn}")
                whole, used = cost(IMPORT.format(file=file, store=store))
                turns.append((read, whole / read, start / read))
                memory = max(memory, used)
            read, ratio, start = map(statistics.median, zip(*turns, strict=True))
            print(
                f"{form:4} reading only {read:.2f} s = 1.0, import {ratio:.1f}, of which the start "
                f"of a process {start:.1f}; at most {memory:.0f} MB"
            )


if __name__ == "__main__":
    main()
