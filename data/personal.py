"""Personal data in a text that people write: names, numbers and addresses of persons.

No list of names is complete, so the rules look at how names are written: after a title, with a
small word in between ("van der"), with initials, or as capitals in a row that no school, place or
scheme explains. A rare name that stands alone, or without capitals, can slip through.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from data.privacy import EMAIL, is_bsn

NAME = "een naam van een persoon"
HIDDEN = "•••"
FEWEST_SIGNS = 4  # a shorter part of the name of a school could be anything

_WORDS = Path(__file__).with_name("names.toml")
_SMALL = r"(?:van|de|der|den|ten|ter|te|’t|'t|el|al|ait|bin|ben|da|dos|la|le|von)"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞŁŚŠŞÇİ](?:[a-zß-öø-ÿāčćęğıłńśšşžż]|[’'][a-zA-Z])+"
_NAME = rf"{_CAPITAL}(?:-{_CAPITAL})*"
_ROW = re.compile(rf"(?<![\w-]){_NAME}(?:(?:\s+{_SMALL}){{0,3}}\s+{_NAME})*(?![\w-])")
_SURNAME = rf"(?:{_SMALL}\s+){{0,3}}{_NAME}"
_AFTER_A_CUE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?i:mevrouw|mevr\.?|mw\.?|meneer|de\s+heer|dhr\.?|juf|juffrouw|familie|fam\.)\s+"
        rf"((?:[A-Z]\.\s?)*{_SURNAME})",
        rf"\b(?i:leerlinge?|jongen|meisje|zoon|dochter|broer|zusje|zus|vader|moeder|oma|opa|tante|"
        rf"oom|gezin|docente?|mentor|tutor|klasgenoot)\s+({_NAME}|[A-Z]\.(?!\w))",
        rf"\b(?i:zoon|dochter|broer|zusje|zus|vader|moeder|oma|opa|vriend|vriendin)\s+van\s+({_NAME})",
        rf"(?<![\w.])((?:[A-Z]\.\s?){{1,4}}{_SURNAME})",
    )
)
_NAME_AND_LETTER = re.compile(rf"({_NAME})\s+[A-Z]\.(?!\w)")
_AT = re.compile(
    r"(?<![^\s@,;<>()])[^\s@,;<>()]+(?:@|\s?[\[(]\s?(?:at|apenstaartje)\s?[\])]\s?)[^\s@,;<>()]*[^\s@,;<>().!?]"
)
_NINE = re.compile(
    r"(?<![\d.,€])(?<!€\s)(?:\d{9}|\d{3}([ ./-])\d{3}\1\d{3}|\d{4}([ ./-])\d{2}\2\d{3}"
    r"|\d{2}([ ./-])\d{2}\3\d{2}\3\d{3}|\d(?:[ .-]\d){8})(?!\d|[.,]\d)"
)
_NUMBERED = re.compile(
    r"\b(?i:bsn|sofinummer|burgerservicenummer|leerlingnummer|leerlingnr\.?|onderwijsnummer|pgn)"
    r"\W{0,3}(?:is\s+|nr\.?\s+)?\d[\d .-]{3,}\d"
)
_PHONE = re.compile(
    r"(?<![\d.,+])(?:\(?0\d{1,3}\)?|(?:\+|00)31)(?:[\s-]*\(0\))?(?:[\s-]*\d){6,9}(?!\d)"
)
_DAY = (
    r"\d{1,2}(?:[-/. ]\d{1,2}[-/. ](?:\d{4}|\d{2})"
    r"|\s+(?:jan|feb|m(?:aa)?rt|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?\s+\d{4})"
)
_BORN = re.compile(
    r"\b(?i:geboren|geb\.?|geboortedatum|geboortedag|verjaardag)\W{0,3}(?:is\s+|op\s+|:\s*)?" + _DAY
)
_STREET = re.compile(
    rf"\b{_CAPITAL}(?:straat|laan|weg|plein|kade|singel|dijk|steeg|gracht|hof|pad)\s+\d+\w?\b"
)
# "In 2025 AV en LRV" and "1.200 VO-leerlingen" are no addresses.
_POSTCODE = re.compile(r"(?<![\d.,])(?!20\d\d)[1-9]\d{3}\s?(?!AV|VO|SO|PO|LL)[A-Z]{2}(?![\w-])")
_ONLY_WORDS = re.compile(r"[^\W\d_][^\d_@:;/(){}\[\]]{1,80}")
_LETTERS = re.compile(r"[^\W\d_]+")
_FOLLOWING = re.compile(r"[\s-]+(\w+)")
_NEAR = 80  # signs in which the end of the sentence before stands
_SENTENCE_ENDS = frozenset('.!?:;“”"\n•')
_OPENS = "‘“\"'("  # what may stand between the end of a sentence and the next word


class Personal(NamedTuple):
    """Words of a text that are about a person, and what they look like, in Dutch."""

    words: str
    what: str


class _Place(NamedTuple):
    start: int
    end: int
    what: str


def personal(text: str, known: Iterable[str] = ()) -> list[Personal]:
    """Everything in the text that looks like data of a person, in order; each place once.

    known: names of schools, boards and places; they may look like a person ("Anne Frank").
    """
    return [
        Personal(text[item.start : item.end].strip(), item.what) for item in _places(text, known)
    ]


def _places(text: str, known: Iterable[str] = ()) -> list[_Place]:
    kept: list[_Place] = []
    for found in (*_written_out(text), *_names(_without(text, known))):
        overlap = [item for item in kept if item.start < found.end and found.start < item.end]
        if not overlap:
            kept.append(found)
        elif all(found.start <= item.start and item.end <= found.end for item in overlap):
            kept = [item for item in kept if item not in overlap] + [found]
    return sorted(kept)


def without_persons(text: str) -> str:
    """A name of a file, sheet or column, with what is about a person made unreadable.

    Such names are full of capitals ("Datum Start Verzuim"), so a name of a person must hold two
    words, of which one is a common first or last name.
    """
    spaced = text.replace("_", " ")
    for start, end, what in reversed(_places(spaced)):
        if what != NAME or _is_common(spaced[start:end]):
            text = text[:start] + HIDDEN + text[end:]
    return text


def named_without_persons(name: str) -> str:
    """The name of a file, in which a first name is a person however it is written.

    People write "bakker_s" and "Sanne-Bakker" there. A month, a word that is also a name ("max")
    and what belongs to an institution ("anne frank college") stay.
    """
    text = without_persons(name)
    words = [(found.group().capitalize(), *found.span()) for found in _LETTERS.finditer(text)]
    hidden = [at for at in range(len(words)) if _is_of_person([word for word, *_ in words], at)]
    for at in reversed(hidden):
        _, start, end = words[at]
        text = text[:start] + HIDDEN + text[end:]
    return text


def _is_of_person(words: Sequence[str], at: int) -> bool:
    """Whether a word is a first name, or a last name beside one or beside an initial."""
    known = _words()
    given, family = known["given"] - known["also_words"] - {"Jan"}, known["family"]
    after = [word.lower() for word in words[at + 1 : at + 4]]
    if any(word.endswith(tuple(known["institutions"])) for word in after):
        return False
    beside = [*words[max(at - 1, 0) : at], *words[at + 1 : at + 2]]
    near = [*words[max(at - 3, 0) : at], *words[at + 1 : at + 4]]
    if words[at] in given:
        return True
    if words[at] == "Jan":
        return any(word in family for word in near)
    initial = any(len(word) == 1 for word in beside)
    return words[at] in family and (initial or any(word in given | {"Jan"} for word in near))


def is_name(text: str) -> bool:
    """This is the name of a person and nothing else: "Jan de Vries", "Vries, J. de"."""
    if not _ONLY_WORDS.fullmatch(text):
        return False
    return any(item.what == NAME for item in personal(text)) or _is_common(text)


def _is_common(words: str) -> bool:
    known = _words()["given"] | _words()["family"]
    parts = [part.strip(".,") for part in words.split()]
    return len(parts) > 1 and any(part.capitalize() in known for part in parts)


def _written_out(text: str) -> Iterator[_Place]:
    """Numbers and addresses."""
    for pattern, what in (
        (EMAIL, "een e-mailadres"), (_AT, "een e-mailadres"), (_STREET, "een adres"),
        (_POSTCODE, "een postcode"), (_BORN, "een geboortedatum"),
        (_NUMBERED, "een nummer van een persoon"),
    ):  # fmt: skip
        for match in pattern.finditer(text):
            yield _Place(*match.span(), what)
    for match in _NINE.finditer(text):
        if is_bsn(re.sub(r"\D", "", match.group())):
            yield _Place(*match.span(), "een burgerservicenummer (BSN)")
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match.group().replace("(0)", ""))
        if len(re.sub(r"^(?:00)?31(?=\d{9}$)", "0", digits)) == 10:
            yield _Place(*match.span(), "een telefoonnummer")


def _names(text: str) -> Iterator[_Place]:
    """What is written as the name of a person."""
    words = _words()
    text = _ROW.sub(lambda row: _hidden(row) if _is_institution(row) else row.group(), text)
    for pattern in _AFTER_A_CUE:
        for match in pattern.finditer(text):
            yield _Place(*match.span(1), NAME)
    for match in _NAME_AND_LETTER.finditer(text):
        if match.group(1) in words["given"]:
            yield _Place(*match.span(), NAME)
    for match in _ROW.finditer(text):
        start = _after_starter(text, match)
        row = text[start : match.end()]
        if _is_name(row, _begins_sentence(text, start)):
            yield _Place(start, match.end(), NAME)
    for match in _in_any_letters().finditer(text):
        yield _Place(*match.span(), NAME)


def _is_name(row: str, begins_sentence: bool) -> bool:
    """Whether capitals in a row read as a name: two or more, or one that is common."""
    words = _words()
    capitals = [part for part in row.split() if part[0].isupper()]
    if len(capitals) != 1:
        return bool(capitals)
    word = capitals[0].removesuffix("’s").removesuffix("'s")
    if begins_sentence:
        return word in words["given"] - words["also_words"]
    return word in words["given"] | words["family"]


def _after_starter(text: str, row: re.Match[str]) -> int:
    """Where the row begins without the first word of a sentence: "Volgens Kevin" is Kevin."""
    first, *rest = row.group().split()
    if first.lower() not in _words()["starters"] or not _begins_sentence(text, row.start()):
        return row.start()
    capital = next((part for part in rest if part[0].isupper()), "")
    return text.index(capital, row.start() + len(first)) if capital else row.end()


def _is_institution(row: re.Match[str]) -> bool:
    """Whether a word in the row, or the one after it, says school, place, scheme or system."""
    words = _words()
    following = _FOLLOWING.match(row.string, row.end())
    if following and following.group(1).lower() in words["institutions"]:
        return True
    return any(
        part in words["no_name"] or part.lower().endswith(tuple(words["institutions"]))
        for part in row.group().split()
    )


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(start - _NEAR, 0) : start]
    opened = before.rstrip(_OPENS)
    end = opened.rstrip()
    beside = (end[-1:], *before[len(opened) :], *opened[len(end) :])
    return not end or not _SENTENCE_ENDS.isdisjoint(beside)


def _without(text: str, known: Iterable[str]) -> str:
    """The text with the names of institutions made unreadable, in the same length."""
    shorter = {short for name in known for short in _shorter(name)}
    for name in sorted(shorter, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\b", _hidden, text)
    return text


def _shorter(name: str) -> Iterator[str]:
    """How people shorten the name of a school: "De Waterkant", "Simon van Hasselt"."""
    words, parts = _words(), name.split()
    ends = [len(parts)]
    if parts and parts[-1].lower() in words["institutions"]:
        ends.append(len(parts) - 1)
    for end in ends:
        for first in range(end):
            short = " ".join(parts[first:end])
            is_own = short not in words["given"] and short.lower() not in words["institutions"]
            if is_own and short[0].isupper() and len(short) >= FEWEST_SIGNS:
                yield short


def _hidden(found: re.Match[str]) -> str:
    return "•" * len(found.group())


@cache
def _words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    return {name: frozenset(text.split()) for name, text in table.items()}


@cache
def _in_any_letters() -> re.Pattern[str]:
    """A first and a last name that are both common, in capitals or in small letters only."""
    words = _words()
    given = "|".join(map(re.escape, words["given"] - words["also_words"]))
    family = "|".join(map(re.escape, words["family"]))
    return re.compile(rf"\b(?:{given})\s+(?:{_SMALL}\s+){{0,3}}(?:{family})\b", re.IGNORECASE)
