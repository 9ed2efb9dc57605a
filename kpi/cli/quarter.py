"""The commands of the quarter: close it, and verify a seal."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from data.calendar import Period
from data.source_file import load_sources
from kpi.cli import output
from kpi.cycle.closing import close
from kpi.cycle.quarter import close_without_late, state_of
from kpi.cycle.status import offer, second_reading
from kpi.cycle.verify import verify
from kpi.figure.monitor import Monitor
from kpi.figure.naming import period_named
from kpi.figure.settings import settings
from kpi.opening.demo import demo_store, wants_demo
from kpi.opening.opening import reload_if_changed

OFFER, READ, CLOSE = "klaarzetten", "tegenlezen", "vaststellen"
STEPS = (OFFER, READ, CLOSE)  # in this order


def close_quarter(options: argparse.Namespace, monitor: Monitor) -> int:
    """Take the next step of a quarter; the last one closes it."""
    quarter = period_named(monitor, options.quarter)
    if options.late:
        close_without_late(monitor, quarter, options.late, options.author)
    TAKE[options.step](monitor, quarter, options.author)
    state = state_of(reload_if_changed(monitor), quarter)
    seal = state.steps.seal
    if options.json:
        document = {
            "demo": monitor.is_demo,
            "quarter": quarter.period_id,
            "status": str(state.steps.status),
            "seal": seal.hash if seal else "",
            "errors": list(state.errors),
            "warnings": list(state.warnings),
        }
        output.show_json(document)
        return 0
    print(f"{quarter.label}: {state.steps.status}" + (f", zegel {seal.short}" if seal else ""))
    for text in state.errors:
        print(f"  nog te doen: {text}")
    for text in state.warnings:
        print(f"  let op: {text}")
    return 0


def verify_seal(options: argparse.Namespace) -> int:
    """Check a seal and everything it rests on."""
    found = verify(options.seal, _store())
    if options.json:
        document = {
            "seal": found.seal.hash if found.seal else "",
            "quarter": found.seal.quarter if found.seal else "",
            "whole": found.is_whole,
            "figures": found.figures,
            "problems": list(found.problems),
            "remarks": list(found.remarks),
        }
        output.show_json(document)
    elif found.is_whole:
        print(found.text)
        for remark in found.remarks:
            print(remark)
    for problem in found.problems:
        print(problem, file=sys.stderr)
    return 0 if found.is_whole else 1


def _store() -> Path:
    """The folder of the store that is shown; nothing is built for it."""
    chosen = settings()
    own = chosen.own_store()
    shows_demo = chosen.demo or wants_demo(own)
    return demo_store(chosen.store, load_sources()).path if shows_demo else own.path


TAKE: dict[str, Callable[[Monitor, Period, str], object]] = {
    OFFER: offer,
    READ: second_reading,
    CLOSE: close,
}
