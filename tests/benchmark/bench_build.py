"""What do all figures cost to build, and how does that grow? Prints ratios, tests nothing.

    python tests/benchmark/bench_build.py

The made-up SWV as it is, with its pupils many times over and with its locations and boards many
times over, each in a process of its own: seconds of processor beside those of reading the same
files once, the most memory of the process, how many rows are kept and how many figures they stand
for. The exponent is how the cost above the smallest grows with the rows kept: 1 is in step.
"""

import dataclasses
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from data.build import Swv, build  # noqa: E402
from data.calendar import Calendar  # noqa: E402
from data.database import Database, literal, quoted  # noqa: E402
from data.source_file import load_sources  # noqa: E402
from kpi.figure.calculate import calculate  # noqa: E402
from kpi.figure.settings import CODE  # noqa: E402
from kpi.meaning.load import load_kpis  # noqa: E402
from kpi.opening.demo import demo_store  # noqa: E402

ROW = ("row_id", "case_id", "tlv_number", "form_id", "complaint_id")
PUPILS = (*ROW, "pupil_id")
LOCATIONS = (*PUPILS, "location_id", "board_id", "merged_into")
# What is copied, how often, and which columns get another value in every copy.
WORLDS = {
    "as it is": (1, ()),
    "pupils x 5": (5, PUPILS),
    "pupils x 20": (20, PUPILS),
    "locations x 2": (2, LOCATIONS),
    "locations x 5": (5, LOCATIONS),
}
TURNS = 3


def world(folder: Path, times: int, columns: tuple[str, ...]) -> SimpleNamespace:
    """The deliveries of the made-up SWV, with the rows that have such a column `times` over."""
    store = demo_store(folder / "demo")
    copies = Path(tempfile.mkdtemp(dir=folder))
    database = Database()
    within = "location_id" in columns

    def several(delivery):
        spoken = [f"{code}{n or ''}" for code in delivery.speaks_for for n in range(times)]
        return dataclasses.replace(delivery, speaks_for=tuple(spoken) if within else ())

    def many(delivery_id: str) -> Path:
        path, read = store.rows_path(delivery_id), copies / f"{delivery_id}.parquet"
        names = {r["column_name"] for r in database.rows(f"describe from {literal(str(path))}")}
        which = "location_id" if within else "pupil_id"
        if times == 1 or which not in names:
            return path
        other = ", ".join(
            f"{quoted(name)} || case when n = 0 then '' else cast(n as varchar) end as {name}"
            for name in columns if name in names
        )  # fmt: skip
        database.execute(
            f"copy (select rows_of.* replace ({other}) from {literal(str(path))} as rows_of, "
            f"range({times}) as copy_of(n)) to {literal(str(read))} (format parquet)"
        )
        return read

    found = {item.delivery_id: many(item.delivery_id) for item in store.deliveries()}
    told = [several(item) if within else item for item in store.deliveries()]
    return SimpleNamespace(
        deliveries=lambda: tuple(told), rows_path=found.__getitem__, damage=lambda delivery: ""
    )


def measure(folder: Path, name: str) -> dict[str, float]:
    """One build, after the files were made and read once."""
    deliveries = world(folder, *WORLDS[name])
    sources, kpis = load_sources(), load_kpis()
    scanned = Database()
    started = time.process_time()
    for item in deliveries.deliveries():
        file = literal(str(deliveries.rows_path(item.delivery_id)))
        scanned.rows(f"select sum(hash(rows_of)) from {file} as rows_of")
    scan = time.process_time() - started
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    database = build(deliveries, sources, Calendar(), Swv(CODE, "Verzonnen"))
    calculate(database, kpis)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = "select count(*) as n from "
    kept, figures = (database.rows(count + t)[0]["n"] for t in ("kpi_figure", "kpi_value"))
    return {"scan": scan, "seconds": seconds, "before": before / 1024, "peak": peak / 1024,
            "kept": kept, "figures": figures}  # fmt: skip


def one(folder: str, name: str) -> dict[str, float]:
    """The same, in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, folder, name],
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure every world in processes of their own, the middle one of some turns."""
    heads = ("scan", "build", "x scan", "MB", "kept", "figures", "exponent")
    print(f"{'':14}", *(f"{head:>9}" for head in heads))
    first: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        demo_store(Path(name) / "demo")
        for world_name in WORLDS:
            turns = [one(name, world_name) for _ in range(TURNS)]
            found = sorted(turns, key=lambda turn: turn["seconds"])[TURNS // 2]
            first = first or found
            grown = found["kept"] / first["kept"]
            more = math.log(found["seconds"] / first["seconds"])
            shown = (found["scan"], found["seconds"], found["seconds"] / found["scan"])
            numbers = (found["peak"], found["kept"], found["figures"])
            print(f"{world_name:14}", *(f"{n:9.2f}" for n in shown),
                  *(f"{n:9.0f}" for n in numbers),
                  f"{more / math.log(grown):9.2f}" if grown > 1.1 else "")  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps(measure(Path(sys.argv[1]), sys.argv[2])))
    else:
        main()
