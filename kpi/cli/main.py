"""The command line: the same functions as the pages, for scripts and scheduled work.

Exit code 0: done; 1: refused, with the cause on stderr; 2: wrong use. With --json exactly one JSON
document goes to stdout and nothing else. What only one command needs is loaded by that command.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from data.database import DatabaseError
from data.deliveries.failures import told
from data.deliveries.ledger import LedgerDamaged
from data.deliveries.store import StoreError
from data.source_file import load_sources
from kpi.cli import output
from kpi.cli.parser import BUREAU, answers_of, parser
from kpi.figure.explain import explain
from kpi.figure.export import figures_csv
from kpi.figure.monitor import Monitor
from kpi.figure.naming import UnknownName
from kpi.figure.results import figure, figures
from kpi.figure.settings import settings
from kpi.meaning.load import DefinitionError, load_kpis
from kpi.meaning.profile import load_profile
from kpi.opening.opening import open_monitor
from kpi.register import Refused

REFUSALS = (
    Refused,
    UnknownName,
    DefinitionError,
    StoreError,
    LedgerDamaged,
    OSError,
    DatabaseError,
)
LATER = ("purge",)
OTHER_AUDIENCE = (
    "Doelgroep '{}' kan hier niet: deze cijfers zijn niet afgeschermd en alleen voor gebruik "
    "binnen het bureau zelf. Voor anderen maakt python -m kpi report stukken waarin kleine "
    "aantallen zijn afgeschermd."
)


class Wrong(ValueError):
    """Wrong use of the command line, in Dutch."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles and pipes do not default to UTF-8.
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8")
    if given and given[0] in LATER:
        print(f"“{given[0]}” zit niet in deze versie van de monitor.", file=sys.stderr)
        return 2
    options = parser(next(iter(given), "")).parse_args(given)
    command: Callable[[argparse.Namespace], int] = COMMANDS[options.command]
    try:
        return command(options)
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Wrong as error:
        print(error, file=sys.stderr)
        return 2
    except REFUSALS as error:
        print(told(error), file=sys.stderr)
        return 1


def _import(options: argparse.Namespace) -> int:
    from data.gate.importing import import_file

    chosen = settings()
    sources = load_sources()
    profile = load_profile(chosen.profile, load_kpis(chosen.definitions), chosen.profiles)
    store = chosen.own_store()
    results = [
        import_file(
            store,
            Path(file),
            source=options.source,
            period=options.period,
            mapping=_mapping(options.mapping),
            quarantine=options.quarantine,
            dry_run=options.dry_run,
            answers=answers_of(options),
            author=options.author,
            sources=sources,
            calendar=profile.calendar,
        )
        for file in options.files
    ]
    if options.json:
        output.show_json({"files": [output.import_dict(result) for result in results]})
    else:
        for result in results:
            output.show_import(result)
    for result in results:
        if not result.accepted:
            print(f"{result.file_name}: {output.refusal(result)}", file=sys.stderr)
    return 0 if all(result.accepted for result in results) else 1


def _sources(options: argparse.Namespace) -> int:
    sources = load_sources()
    if options.json:
        output.show_json({"sources": [output.source_dict(item) for item in sources.values()]})
    else:
        output.show_sources(sources)
    return 0


def _figures(options: argparse.Namespace) -> int:
    if options.audience != BUREAU:
        raise UnknownName(OTHER_AUDIENCE.format(options.audience))
    monitor = _monitor()
    _warn(monitor)
    found = figures(
        monitor, options.kpi, options.org, options.period, options.measure, options.segment
    )
    if options.csv:
        sys.stdout.write(figures_csv(found, monitor.is_demo))
    elif options.json:
        output.show_json(output.figures_dict(monitor, found))
    else:
        output.show_figures(found)
    return 0


def _warn(monitor: Monitor) -> None:
    """Say what is wrong with the store: figures are given all the same, without what is damaged."""
    for doubt in monitor.store.doubts:
        print(doubt, file=sys.stderr)


def _explain(options: argparse.Namespace) -> int:
    monitor = _monitor()
    _warn(monitor)
    asked = (options.kpi, options.org, options.period, options.measure, options.segment)
    found = explain(monitor, figure(monitor, *asked))
    if options.json:
        output.show_json(output.explanation_dict(found, monitor.is_demo))
    else:
        output.show_explanation(found)
    return 0


def _undo(options: argparse.Namespace) -> int:
    delivery = settings().own_store().undo(options.delivery, options.author, options.reason)
    print(f"Ongedaan gemaakt: {delivery.delivery_id} ({delivery.file_name}).")
    return 0


def _keeping(name: str) -> Callable[[argparse.Namespace], int]:
    """A command of kpi.cli.keeping, loaded when somebody gives it."""

    def run(options: argparse.Namespace) -> int:
        found: int = getattr(import_module("kpi.cli.keeping"), name)(options)
        return found

    return run


def _close(options: argparse.Namespace) -> int:
    from kpi.cli.quarter import close_quarter

    return close_quarter(options, _monitor())


def _verify(options: argparse.Namespace) -> int:
    from kpi.cli.quarter import verify_seal

    return verify_seal(options)


def _report(options: argparse.Namespace) -> int:
    from kpi.cli.papers import write_papers

    return write_papers(options, _monitor())


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "import": _import,
    "sources": _sources,
    "figures": _figures,
    "explain": _explain,
    "undo": _undo,
    "status": _keeping("show_status"),
    "backup": _keeping("make_backup"),
    "restore": _keeping("put_back"),
    "repair": _keeping("repair_store"),
    "close": _close,
    "verify": _verify,
    "report": _report,
}


def _monitor() -> Monitor:
    monitor = open_monitor()
    if monitor.is_demo:
        print(f"Dit zijn verzonnen gegevens: {monitor.swv.name}.", file=sys.stderr)
    return monitor


def _mapping(pairs: list[list[str]] | None) -> dict[str, str] | None:
    found = {}
    for pair in [pair for group in pairs or [] for pair in group]:
        column, sign, header = pair.partition("=")
        if not sign or not column or not header:
            raise Wrong(
                f"“{pair}” is geen koppeling. Schrijf kolom=kop, zoals start_on=Begindatum."
            )
        found[column] = header
    return found or None
