"""The words of the command line, in Dutch."""

import argparse
import getpass
import sys
from datetime import date
from typing import NoReturn

from data.deliveries.delivery import Missing
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
    Answers,
)
from kpi.cli.output import SPEAKS_FOR
from kpi.cli.papers import CHOICES
from kpi.cli.quarter import STEPS

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

SECOND = (REPLACES, ADDS)
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


def parser() -> Parser:
    """The parser of `python -m kpi`."""
    top = Parser(prog="python -m kpi", description="De KPI-monitor van een samenwerkingsverband.")
    commands = top.add_subparsers(dest="command", required=True, metavar="opdracht")

    imports = commands.add_parser("import", help="bestanden inlezen")
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

    commands.add_parser("sources", help="wat er ingelezen kan worden")

    shown = commands.add_parser("figures", help="cijfers")
    shown.add_argument("--kpi", metavar="KPI")
    shown.add_argument("--org", metavar="CODE", help="SWV, bestuur of vestiging")
    shown.add_argument("--period", metavar="PERIODE")
    shown.add_argument("--measure", metavar="MAAT")
    shown.add_argument("--segment", metavar="DEEL", help="kind=av, kind (alle codes) of alle")
    shown.add_argument("--audience", default=BUREAU, metavar="DOELGROEP")
    shown.add_argument("--csv", action="store_true", help="puntkomma's en decimale komma's")

    explained = commands.add_parser("explain", help="hoe een cijfer tot stand komt")
    for name in ("kpi", "org", "period"):
        explained.add_argument(
            name, metavar={"org": "ORGANISATIE", "period": "PERIODE"}.get(name, "KPI")
        )
    explained.add_argument("--measure", metavar="MAAT")
    explained.add_argument("--segment", metavar="DEEL")

    undone = commands.add_parser("undo", help="een levering ongedaan maken")
    undone.add_argument("delivery", metavar="LEVERING")
    undone.add_argument("--reason", default="", metavar="REDEN")

    closed = commands.add_parser("close", help="een kwartaal vaststellen, of een stap daarnaartoe")
    closed.add_argument("quarter", metavar="KWARTAAL", help="zoals 2023-2024-k1 of sept 2023")
    closed.add_argument("--step", choices=STEPS, default=STEPS[-1], metavar="STAP",
                        help="klaarzetten, tegenlezen (een ander) of vaststellen")  # fmt: skip
    closed.add_argument("--late", default="", metavar="REDEN",
                        help="zonder wat nog niet binnen is; zeg waarom")  # fmt: skip

    report = commands.add_parser("report", help="de stukken van een kwartaal maken")
    report.add_argument("paper", choices=CHOICES, metavar="STUK",
                        help=", ".join(CHOICES))  # fmt: skip
    report.add_argument("--period", required=True, metavar="KWARTAAL",
                        help="zoals 2023-2024-k1; verbeterplan ook per maand: 2023-11")  # fmt: skip
    report.add_argument("--out", required=True, metavar="MAP", help="waar de stukken komen")

    verified = commands.add_parser("verify", help="nagaan of een zegel nog klopt")
    verified.add_argument("seal", metavar="ZEGEL", help="kwartaal, begin van het zegel, of een map")

    status = commands.add_parser("status", help="wat er is geleverd en of de opslag klopt")
    answering = (imports, commands.choices["sources"], shown, explained, status, closed, verified)
    for command in answering:
        command.add_argument("--json", action="store_true", help="één JSON-document")
    for command in (imports, undone, closed):
        command.add_argument("--author", default=_user(), metavar="NAAM", help="wie dit doet")
    return top


def _claim(imports: argparse.ArgumentParser) -> None:
    """The answers to what the monitor asks about a delivery before it stores it."""
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
        "--second", choices=SECOND, metavar="HOE",
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
    told.add_argument("--sure", action="store_true", help="waar alleen ja op nodig is: ja")


def answers_of(options: argparse.Namespace) -> Answers:
    """What was said about the deliveries."""
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
