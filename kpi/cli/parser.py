"""The words of the command line, in Dutch."""

import argparse
import getpass
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NoReturn

from data.deliveries.delivery import Missing
from kpi.cli.output import SPEAKS_FOR

if TYPE_CHECKING:
    from data.gate.claim import Answers

DUTCH = {
    "the following arguments are required": "deze onderdelen ontbreken",
    "unrecognized arguments": "onbekende onderdelen",
    "invalid choice": "onbekende keuze",
    "choose from": "kies uit",
    "expected at least one argument": "verwacht minstens één waarde",
    "expected one argument": "verwacht één waarde",
    "not allowed with argument": "kan niet samen met",
    "ignored explicit argument": "verwacht geen waarde, wel gegeven",
    "ambiguous option": "onduidelijke optie",
    "could match": "past op",
    "argument ": "onderdeel ",
    "usage:": "gebruik:",
    "positional arguments:": "onderdelen:",
    "options:": "opties:",
    "show this help message and exit": "toon deze hulp",
}

BUREAU = "bureau"  # the audience of bare figures


class Parser(argparse.ArgumentParser):
    """argparse that speaks Dutch."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with exit code 2."""
        print(f"Zo werkt het niet: {_dutch(message)}.", file=sys.stderr)
        print(
            "Hulp: python -m kpi --help, of bijvoorbeeld python -m kpi import --help",
            file=sys.stderr,
        )
        raise SystemExit(2)

    def format_help(self) -> str:
        """The help text in Dutch."""
        return _dutch(super().format_help())


def parser(command: str = "") -> Parser:
    """The parser of `python -m kpi`.

    command: only this one gets its words, so that what the others need is not loaded; any other
    text is all of them.
    """
    top = Parser(prog="python -m kpi", description="De KPI-monitor van een samenwerkingsverband.")
    commands = top.add_subparsers(dest="command", required=True, metavar="opdracht")
    for name, (told, add) in COMMANDS.items():
        one = commands.add_parser(name, help=told)
        if command in COMMANDS and command != name:
            continue
        add(one)
        if name in ANSWER_JSON:
            one.add_argument("--json", action="store_true", help="één JSON-document")
        if name in SIGNED:
            one.add_argument("--author", default=_user(), metavar="NAAM", help="wie dit doet")
    return top


def _import(imports: argparse.ArgumentParser) -> None:
    imports.add_argument("files", nargs="+", metavar="BESTAND")
    imports.add_argument("--source", metavar="BRON", help="soort gegevens, zie sources")
    imports.add_argument(
        "--period", metavar="PERIODE", help="zoals 2023-2024-k1, 2023-2024 of 2023"
    )
    imports.add_argument("--mapping", nargs="+", action="append", metavar="KOLOM=KOP",
                         help="welke kolom welke kop (of letter) heeft")  # fmt: skip
    imports.add_argument("--quarantine", action="store_true", help="regels met fouten weglaten")
    _claim(imports)
    imports.add_argument("--dry-run", action="store_true", help="alleen controleren")


def _figures(shown: argparse.ArgumentParser) -> None:
    shown.add_argument("--kpi", metavar="KPI")
    shown.add_argument("--org", metavar="CODE", help="SWV, bestuur of vestiging")
    shown.add_argument("--period", metavar="PERIODE")
    shown.add_argument("--measure", metavar="MAAT")
    shown.add_argument("--segment", metavar="DEEL", help="kind=av, kind (alle codes) of alle")
    shown.add_argument("--audience", default=BUREAU, metavar="DOELGROEP")
    shown.add_argument("--csv", action="store_true", help="puntkomma's en decimale komma's")


def _explain(explained: argparse.ArgumentParser) -> None:
    for name in ("kpi", "org", "period"):
        explained.add_argument(
            name, metavar={"org": "ORGANISATIE", "period": "PERIODE"}.get(name, "KPI")
        )
    explained.add_argument("--measure", metavar="MAAT")
    explained.add_argument("--segment", metavar="DEEL")


def _undo(undone: argparse.ArgumentParser) -> None:
    undone.add_argument("delivery", metavar="LEVERING")
    undone.add_argument("--reason", default="", metavar="REDEN")


def _close(closed: argparse.ArgumentParser) -> None:
    from kpi.cli.quarter import STEPS

    closed.add_argument("quarter", metavar="KWARTAAL", help="zoals 2023-2024-k1 of sept 2023")
    closed.add_argument("--step", choices=STEPS, default=STEPS[-1], metavar="STAP",
                        help="klaarzetten, tegenlezen (een ander) of vaststellen")  # fmt: skip
    closed.add_argument("--late", default="", metavar="REDEN",
                        help="zonder wat nog niet binnen is; zeg waarom")  # fmt: skip


def _report(report: argparse.ArgumentParser) -> None:
    from kpi.cli.papers import CHOICES

    report.add_argument("paper", choices=CHOICES, metavar="STUK",
                        help=", ".join(CHOICES))  # fmt: skip
    report.add_argument("--period", required=True, metavar="KWARTAAL",
                        help="zoals 2023-2024-k1; verbeterplan ook per maand: 2023-11")  # fmt: skip
    report.add_argument("--out", required=True, metavar="MAP", help="waar de stukken komen")


def _verify(verified: argparse.ArgumentParser) -> None:
    verified.add_argument("seal", metavar="ZEGEL", help="kwartaal, begin van het zegel, of een map")


def _backup(made: argparse.ArgumentParser) -> None:
    made.add_argument("file", metavar="BESTAND")
    parts = made.add_mutually_exclusive_group()
    parts.add_argument("--without-key", action="store_true",
                       help="zonder de sleutel, om die apart te bewaren")  # fmt: skip
    parts.add_argument("--only-key", action="store_true", help="alleen de sleutel")
    made.add_argument("--passphrase", action="store_true",
                      help="op slot met een wachtwoordzin; de monitor vraagt erom")  # fmt: skip


def _restore(put: argparse.ArgumentParser) -> None:
    put.add_argument("file", metavar="BESTAND")
    put.add_argument("--yes", action="store_true",
                     help="ook als er dan iets vervalt; dat blijft apart bewaard")  # fmt: skip


def _repair(mended: argparse.ArgumentParser) -> None:
    mended.add_argument("--yes", action="store_true",
                        help="ook als er dan iets vervalt; dat blijft apart bewaard")  # fmt: skip
    mended.add_argument("--new-key", action="store_true",
                        help="een nieuwe sleutel maken, als de oude voorgoed weg is")  # fmt: skip


def _nothing(_: argparse.ArgumentParser) -> None:
    """No words of its own."""


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "import": ("bestanden inlezen", _import),
    "sources": ("wat er ingelezen kan worden", _nothing),
    "figures": ("cijfers", _figures),
    "explain": ("hoe een cijfer tot stand komt", _explain),
    "undo": ("een levering ongedaan maken", _undo),
    "close": ("een kwartaal vaststellen, of een stap daarnaartoe", _close),
    "report": ("de stukken van een kwartaal maken", _report),
    "verify": ("nagaan of een zegel nog klopt", _verify),
    "status": ("wat er is geleverd en of de opslag klopt", _nothing),
    "backup": ("een reservekopie maken: één bestand", _backup),
    "restore": ("een reservekopie terugzetten", _restore),
    "repair": ("terug naar de laatste stand die klopt, als er geen reservekopie is", _repair),
}
ANSWER_JSON = ("import", "sources", "figures", "explain", "status", "close", "verify")
SIGNED = ("import", "undo", "close")


def _claim(imports: argparse.ArgumentParser) -> None:
    """The answers to what the monitor asks about a delivery before it stores it."""
    from data.gate.claim import (
        ADDS,
        BLANK,
        COUNTED,
        EMPTY,
        EVERY,
        FIRST,
        LATEST,
        LEFT_OUT,
        NEEDED,
        OWN,
        REPLACES,
        SAME,
    )

    told = imports.add_argument_group("wat de levering zegt", "nodig als de monitor ernaar vraagt")
    told.add_argument(
        "--speaks-for", choices=tuple(SPEAKS_FOR), metavar="WIE",
        help="swv: alle vestigingen; besturen: die van de vestigingen in de lijst; "
             "lijst: alleen de vestigingen in de lijst",
    )  # fmt: skip
    told.add_argument(
        "--also-for", nargs="+", default=(), metavar="CODE",
        help="spreekt ook voor deze besturen of vestigingen",
    )  # fmt: skip
    told.add_argument(
        "--second", choices=(REPLACES, ADDS), metavar="HOE",
        help="een tweede lijst over dezelfde tijd: vervangt of vult_aan",
    )  # fmt: skip
    told.add_argument(
        "--at-once", metavar="SOORT",
        help="wie tegelijk met twee soorten (av en lrv) in de lijst of in twee lijsten staat, telt "
             f"met: {LATEST} (de soort die het laatst begon) of met die soort",
    )  # fmt: skip
    told.add_argument(
        "--two-rows", choices=(LATEST, FIRST), metavar="WELKE",
        help=f"wie tegelijk op twee regels staat, telt met: {LATEST} (de regel die het laatst "
             f"begon) of {FIRST} (de regel die het eerst begon)",
    )  # fmt: skip
    told.add_argument(
        "--missing", choices=tuple(map(str, Missing)), metavar="WAT",
        help=f"wat er is met rijen die van de lijst zijn verdwenen: {', '.join(Missing)}",
    )  # fmt: skip
    told.add_argument(
        "--missing-on", type=_day, metavar="DATUM",
        help="de laatste dag van een vestiging die gesloten is, zoals 2023-07-31",
    )  # fmt: skip
    told.add_argument(
        "--since", type=_day, metavar="DATUM",
        help="vanaf wanneer een register volledig is, zoals 2022-08-01",
    )  # fmt: skip
    told.add_argument(
        "--sheet", nargs="+", default=(), metavar="TABBLAD",
        help=f"welke tabbladen gelezen worden; {EVERY}: elk tabblad met deze gegevens",
    )  # fmt: skip
    told.add_argument(
        "--struck", choices=(LEFT_OUT, COUNTED, BLANK), metavar="HOE",
        help=f"doorgehaalde rijen: {LEFT_OUT} (horen er niet bij) of {COUNTED} (tellen mee); "
             f"{BLANK}: alleen de doorgehaalde cellen tellen niet",
    )  # fmt: skip
    told.add_argument(
        "--above", metavar="WAT",
        help=f"lege cellen onder een gevulde: {SAME} als de cel erboven, {NEEDED} (dat, maar leeg "
             f"waar de cel leeg mag zijn), {EMPTY}, of de naam van de enige kolom waarin dat zo is "
             "(zie sources --json)",
    )  # fmt: skip
    told.add_argument(
        "--numbers", choices=(OWN,), metavar="WAT",
        help=f"leerlingnummers die een BSN kunnen zijn: {OWN} (nummers van de school)",
    )  # fmt: skip
    told.add_argument(
        "--sure", action="store_true", help="bevestig alles waarvoor alleen ja nodig is"
    )


def answers_of(options: argparse.Namespace) -> "Answers":
    """What was said about the deliveries."""
    from data.gate.claim import Answers

    return Answers(
        speaks_for=SPEAKS_FOR.get(options.speaks_for, ""),
        named=tuple(options.also_for),
        second=options.second or "",
        missing=options.missing or "",
        missing_on=options.missing_on,
        since=options.since,
        at_once=options.at_once or "",
        two_rows=options.two_rows or "",
        sure=options.sure,
        sheets=tuple(options.sheet),
        struck=options.struck or "",
        above=options.above or "",
        numbers=options.numbers or "",
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is geen datum; schrijf 2023-07-31") from None


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _dutch(text: str) -> str:
    for english, dutch in DUTCH.items():
        text = text.replace(english, dutch)
    return text
