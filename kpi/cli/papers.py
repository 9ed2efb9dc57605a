"""`python -m kpi report`: the papers of a quarter, written in a folder."""

import argparse
import sys
from pathlib import Path

from data.calendar import KWARTAAL, Period
from data.progress import heard_by
from kpi.figure.monitor import Monitor
from kpi.figure.naming import UnknownName, period_named
from kpi.paper.make import File, Paper, documents, papers_of, plan_documents
from kpi.plans.moment import is_moment, moment

EVERYTHING = "alles"
WIDE = 74  # characters of what is done now: with the part before it, a line of any terminal
CHOICES = (*(paper.value for paper in Paper), EVERYTHING)
NO_PLAN = "Dit samenwerkingsverband heeft geen verbeterplan."
NOT_WRITTEN = "{path} kan niet worden geschreven. Staat het bestand nog open, of is de map vol?"


def write_papers(options: argparse.Namespace, monitor: Monitor) -> int:
    """Make what is asked for; their paths go to stdout, the progress to a terminal on stderr."""
    for paper in _asked(monitor, options.paper):
        with heard_by(_say):
            files = _made(monitor, paper, options.period)
        for file in files:
            print(_write(Path(options.out), file))
    return 0


def _asked(monitor: Monitor, name: str) -> list[Paper]:
    known = papers_of(monitor)
    if name == EVERYTHING:
        return known
    if name not in known:
        raise UnknownName(NO_PLAN)
    return [Paper(name)]


def _made(monitor: Monitor, paper: Paper, period: str) -> list[File]:
    """A plan is reported on a day or in a month; every other paper is about a quarter."""
    if paper is Paper.VERBETERPLAN and is_moment(period):
        return plan_documents(monitor, moment(period).last)
    return documents(monitor, paper, _quarter(monitor, period))


def _quarter(monitor: Monitor, name: str) -> Period:
    found = period_named(monitor, name)
    if found.period_type != KWARTAAL:
        raise UnknownName(f"{found.label} is geen kwartaal. Geef een kwartaal, zoals 2025-2026-k4.")
    return found


def _write(folder: Path, file: File) -> Path:
    """The file under its name, whole or not at all."""
    path, unfinished = folder / file.name, folder / f".{file.name}.deel"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        unfinished.write_bytes(file.content)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise OSError(NOT_WRITTEN.format(path=path)) from error
    return path


def _say(part: float, text: str) -> None:
    if sys.stderr.isatty():
        end = "\r" if part < 1 else "\n"
        print(f"{part:4.0%} {text[:WIDE]:{WIDE}}", end=end, file=sys.stderr, flush=True)
