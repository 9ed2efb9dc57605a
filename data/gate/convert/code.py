"""Codes of schools and boards in one spelling, so that files of different years fit together."""

import re
from collections.abc import Collection, Mapping

from data.gate.convert.refused import RefusedCell, code_text
from data.gate.read import Value

LOCATION = "een vestigingscode: BRIN en vestigingsnummer, zoals 00AA00"
BRIN = "een BRIN: twee cijfers en twee letters, zoals 00AA"
BRANCH = "een vestigingsnummer, zoals 0 of 00"
BOARD = "een nummer van een bevoegd gezag, zoals 41234"
MUNICIPALITY = "een gemeentenummer van vier cijfers, zoals 0014"


def read_location(value: Value) -> str:
    """A location code as 00AA00; "00aa 00" and "00AA-00" are the same. Raises Refused."""
    code = _bare(value, LOCATION)
    if re.fullmatch(r"[0-9]{2}[A-Z]{2}[0-9]{2}", code):
        return code
    if re.fullmatch(r"[0-9]{2}[A-Z]{2}", code):
        raise RefusedCell(LOCATION, f"Het vestigingsnummer ontbreekt, bijvoorbeeld {code}00.")
    if re.fullmatch(r"[0-9]{2}[A-Z]{2}[0-9]", code):
        raise RefusedCell(LOCATION, f"Bedoelt u {code[:4]}0{code[4]}?")
    raise RefusedCell(
        LOCATION, _letter_for_digit(code) or "Zoek de code op in de lijst van locaties."
    )


def read_known_location(value: Value, named: Mapping[str, Collection[str]]) -> str:
    """A location code, or the name of exactly one known location. Raises Refused.

    `named` are the codes of every known name, as `school_name` writes it.
    """
    codes = named.get(school_name(value), ()) if isinstance(value, str) else ()
    if len(codes) > 1:
        both = " en ".join(sorted(codes))
        advice = f"Er zijn {len(codes)} vestigingen met deze naam: {both}. Vul de code in."
        raise RefusedCell(LOCATION, advice)
    return next(iter(codes)) if codes else read_location(value)


def school_name(text: str) -> str:
    """A name of a school, so that case and spaces do not matter."""
    return "".join(text.split()).casefold()


def read_brin(value: Value) -> str:
    """A BRIN as 00AA. Raises Refused."""
    code = _bare(value, BRIN)
    if re.fullmatch(r"[0-9]{2}[A-Z]{2}", code):
        return code
    raise RefusedCell(BRIN, "Zoek de BRIN op in de lijst van locaties.")


def read_branch(value: Value) -> str:
    """A branch number of two digits: 0, "00" and "00AA00" all give "00". Raises Refused."""
    number = code_text(value, BRANCH)
    if re.fullmatch(r"[0-9]{1,2}", number):
        return number.zfill(2)
    code = _bare(value, BRANCH)
    if re.fullmatch(r"[0-9]{2}[A-Z]{2}[0-9]{2}", code):
        return code[4:]
    raise RefusedCell(BRANCH, "Vul het nummer van de vestiging in.")


def read_board(value: Value) -> str:
    """A board number; digits only get their leading zeros back (five digits). Raises Refused."""
    code = code_text(value, BOARD).upper()
    if re.fullmatch(r"[0-9]{1,5}", code):
        return code.zfill(5)
    if re.fullmatch(r"[0-9A-Z]{1,10}", code):
        return code
    raise RefusedCell(BOARD, "Vul het nummer in, niet de naam.")


def read_municipality(value: Value) -> str:
    """A municipality number of four digits, also from 153 or "GM0153". Raises Refused."""
    code = code_text(value, MUNICIPALITY).upper().removeprefix("GM")
    if re.fullmatch(r"[0-9]{1,4}", code):
        return code.zfill(4)
    raise RefusedCell(MUNICIPALITY, "Vul het nummer in, niet de naam.")


def _bare(value: Value, expected: str) -> str:
    return re.sub(r"[\s\-_]", "", code_text(value, expected)).upper()


def _letter_for_digit(code: str) -> str:
    """Advice when a letter O or I was typed for a 0 or 1."""
    if not re.fullmatch(r"[0-9OI]{2}[A-Z]{2}[0-9OI]{2}", code):
        return ""
    digits = str.maketrans("OI", "01")
    return f"Bedoelt u {code[:2].translate(digits)}{code[2:4]}{code[4:].translate(digits)}?"
