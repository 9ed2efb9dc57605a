"""How often the verdicts are wrong and how often they see something, beside a plain XmR chart.

    python tests/benchmark/verdict_power.py [number of series, 10000 by default]

Prints four tables: signals in stable series and, of one series in ten, after a drop of a third
(eight quarters, two years or one measurement before the end), odds that came true, forecasts that
held, and equal schools that were named.
Plain XmR is the chart as people make it: unscreened, all rules, no gate.
"""

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "kpi" / "verdict"), str(ROOT / "tests" / "kpi")]

from awkward import AWKWARD_WORLDS  # noqa: E402
from futures import FUTURES, calibration, coverage, mean_future  # noqa: E402
from worlds import WORLDS, seen_after_step, share_with_signal  # noqa: E402

from kpi.verdict.compare import funnel  # noqa: E402

SIZES = {
    "60-1500": (60, 80, 110, 140, 180, 220, 260, 300, 350, 400, 450, 500, 600, 700, 800, 900,
                1000, 1150, 1300, 1500),
    "10-300": (10, 12, 15, 18, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90, 100, 120, 150, 200,
               300),
}  # fmt: skip
STEPS = 10  # one in so many series is also followed over eight periods, twice
EVERY = (*WORLDS, *AWKWARD_WORLDS)
PARTS = (0.005, 0.01, 0.02, 0.04, 0.1, 0.3, 0.5, 0.9)


def power(place: int, number: int) -> str:
    """One row: stable and after the step, at the end and at any verdict, ours and plain."""
    world = EVERY[place]
    signals, routed = share_with_signal(world, np.random.default_rng(100 + place), number)
    fewer = max(1, number // STEPS)
    stable = seen_after_step(world, np.random.default_rng(200 + place), fewer, 1.0)
    step = seen_after_step(world, np.random.default_rng(300 + place), fewer)
    cells = (signals, world.promised, routed, *stable[1:], *step)
    return f"| {world.name} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |"


def odds(name: str, number: int) -> str:
    """One row: for every band of stated odds what came true; and forecasts that held."""
    make = FUTURES.get(name, mean_future)
    bands = calibration(make, np.random.default_rng(1), 4 * number)
    told = " | ".join(f"{said:.2f} → {came:.2f} ({size})" for said, came, size in bands)
    held = f"{coverage(make, np.random.default_rng(2), number):.3f}" if name in FUTURES else "–"
    return f"| {name} | {told} | {held} |"


def named(sizes: str, number: int, part: float) -> float:
    """Schools named per year among twenty that do not differ."""
    rng = np.random.default_rng(3)
    found = 0
    for _ in range(number):
        units = [(str(size), int(rng.binomial(size, part)), float(size)) for size in SIZES[sizes]]
        found += sum(unit.stands_out != 0 for unit in funnel(units).units)
    return found / number


def main(number: int) -> None:
    """All tables, on two cores."""
    started = time.monotonic()
    print(f"{number} series per row\n")
    print("| series | signal, stable | promised | this route | stable, any verdict after "
          "| plain, stable, at the end | plain, stable, any | step: at the end | step: any "
          "| plain: at the end | plain: any |\n|" + " --- |" * 11)  # fmt: skip
    with ProcessPoolExecutor(2) as pool:
        places = range(len(EVERY))
        for row in pool.map(power, places, [number] * len(places)):
            print(row, flush=True)
        print("\n| series | told 10 % | 30 % | 50 % | 70 % | 90 % | in the 80 % interval |")
        print("|" + " --- |" * 7)
        names = [*FUTURES, "jaar: gemiddelde van cijfers"]
        for row in pool.map(odds, names, [number] * len(names)):
            print(row, flush=True)
        print("\n| twenty equal schools of | " + " | ".join(f"{100 * p:g} %" for p in PARTS) + " |")
        print("|" + " --- |" * (1 + len(PARTS)))
        for sizes in SIZES:
            row = pool.map(named, [sizes] * len(PARTS), [number] * len(PARTS), PARTS)
            print(f"| {sizes} pupils | " + " | ".join(f"{item:.3f}" for item in row) + " |")
    print(f"\n{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
