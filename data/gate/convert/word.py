"""Texts, categories, yes/no and pupil numbers."""

import re
from collections.abc import Callable, Collection

from data.gate.convert.refused import RefusedCell, code_text
from data.gate.read import Value
from data.personal import is_name
from data.plain import plain_value
from data.privacy import personal_text, pseudonym, pseudonym_before
from data.source import Column

TEXT = "een tekst"
BOOLEAN = "ja of nee"
KEY = "een nummer van een leerling of dossier"
YES = frozenset(("ja", "j", "true", "waar", "yes", "y", "1"))
NO = frozenset(("nee", "n", "false", "onwaar", "no", "0"))
WORDS = {True: "waar", False: "onwaar"}
ASK_NUMBER = (
    "Dit is een naam. Vraag de school om haar leerlingnummers, of geef elke leerling een eigen "
    "nummer dat de volgende keer hetzelfde is."
)
MOST_SHOWN = 12


def read_text(value: Value, column: Column) -> str:
    """A text without personal data in it. Raises Refused."""
    text = code_text(value, TEXT)
    found = personal_text(text)
    if found:
        advice = f"In deze cel staat {found}. Haal dat weg: de monitor bewaart het niet."
        raise RefusedCell("een tekst zonder persoonsgegevens", advice, personal=True)
    if column.max_length is not None and len(text) > column.max_length:
        expected = f"een tekst van hoogstens {column.max_length} tekens"
        raise RefusedCell(expected, "Maak de tekst korter.")
    if column.pattern and not re.fullmatch(column.pattern, text):
        advice = column.note or "Kijk in het sjabloon hoe de waarde wordt geschreven."
        raise RefusedCell(f"een waarde in de vorm van “{column.label}”", advice)
    return text


def read_boolean(value: Value) -> bool:
    """Ja or nee, true or false, 1 or 0. Raises Refused."""
    if isinstance(value, bool):
        return value
    answer = plain_value(code_text(value, BOOLEAN))
    if answer in YES:
        return True
    if answer in NO:
        return False
    raise RefusedCell(BOOLEAN, "Vul ja of nee in, of laat de cel leeg als u het niet weet.")


def read_key(value: Value, secret: bytes, stored: Callable[[], Collection[str]]) -> str:
    """A pupil's or case's number as a code that cannot be read back. Raises Refused.

    `stored` gives the codes of earlier deliveries: who is there under the code that was made before
    spellings were made equal, keeps it.
    """
    text = code_text(value, KEY)
    if is_name(text):
        raise RefusedCell(KEY, ASK_NUMBER, personal=True)
    key, before = pseudonym(text, secret), pseudonym_before(text, secret)
    return before if before != key and key not in stored() and before in stored() else key


def category_codes(column: Column) -> dict[str, str]:
    """Every accepted spelling of a category, simplified → its code."""
    return {plain_value(s): code for code, spellings in column.values.items() for s in spellings}


def read_category(
    value: Value, column: Column, codes: dict[str, str], nearest: Callable[[str], str]
) -> str:
    """The code of a category, whichever spelling was used. Raises Refused with the nearest one."""
    names = [spellings[0] for spellings in column.values.values()]
    more = ["…"] if len(names) > MOST_SHOWN else []
    expected = f"een van: {', '.join(names[:MOST_SHOWN] + more)}"
    if isinstance(value, bool) and WORDS[value] in codes:  # as a workbook has it, and csv as a word
        return codes[WORDS[value]]
    text = plain_value(code_text(value, expected))
    if text in codes:
        return codes[text]
    near = nearest(text)
    if near:
        code = codes[near]
        spelling = next(s for s in column.values[code] if plain_value(s) == near)
        raise RefusedCell(expected, f"Bedoelt u “{spelling}”?")
    raise RefusedCell(expected, "Kies een van deze waarden.")
