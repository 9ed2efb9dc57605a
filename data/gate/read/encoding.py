"""Which bytes mean ë: the encoding of a text file, decided by evidence and told to the user."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from data.gate.read.cells import short_name
from data.gate.read.refusal import not_a_table

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_USUAL = frozenset("éëïöüèêç")  # letters of Dutch and Frisian words and names
_SEEN = frozenset("áàâäåãíìîóòôøõúùûñßæœšžýÿ")
_QUOTES = frozenset("‘“’”´")
_SIGNS = frozenset("€£–—…•°½¼¾²³µ§©®™«»·±×\xa0")
_SIGN = re.compile(r"[^\x00-\x7f]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_TWICE = re.compile("[ÃÂ][\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€")
_WORD = re.compile(r"[^\s;,|\"]+")


@dataclass(frozen=True)
class Decoded:
    """The text of a file, how it was decoded and what the user should know about it."""

    text: str
    encoding: str
    notes: tuple[str, ...]


def decode(data: bytes) -> Decoded:
    """The text of a file in any encoding Dutch systems use; raises Unreadable for no text."""
    text, encoding = _decode(data)
    notes = {
        "cp850": "De tekens zijn gelezen als DOS-tekst (CP850), zoals oudere systemen die maken.",
        "cp1252": "De tekens zijn gelezen als Windows-tekst (Windows-1252).",
        "utf-16": "De tekens zijn gelezen als Unicode-tekst (UTF-16).",
    }
    said = [notes[encoding]] if encoding in notes else []
    return Decoded(text.removeprefix("\ufeff"), encoding, (*said, *_damage(text)))


def _decode(data: bytes) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace"), name
    data = data.rstrip(b"\x1a")  # the end-of-file sign of DOS
    if unmarked := _utf16_without_mark(data):
        return data.decode(unmarked, errors="replace"), "utf-16"
    if len(_CONTROL.findall(data)) > len(data) // 1000:
        raise not_a_table("een bestand zonder leesbare tekst")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _by_evidence(data)


def _utf16_without_mark(data: bytes) -> str | None:
    """Plain letters in UTF-16 have a zero as every second byte."""
    half = max(len(data) // 2, 1)
    if data[1::2].count(0) > 0.7 * half and data[::2].count(0) == 0:
        return "utf-16-le"
    if data[::2].count(0) > 0.7 * half and data[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _by_evidence(data: bytes) -> tuple[str, str]:
    # Mostly good UTF-8 with a cut or damaged sign is still UTF-8.
    mended = data.decode("utf-8", errors="replace")
    lost = mended.count("\ufffd")
    if len(_SIGN.findall(mended)) > 2 * lost:
        return mended, "utf-8"
    windows = data.decode("cp1252", errors="replace")
    dos = data.decode("cp850")
    if plausibility(dos) > plausibility(windows):
        return dos, "cp850"
    return windows, "cp1252"


def plausibility(text: str) -> int:
    """How much the signs outside ASCII look like Dutch text; higher is better."""
    text = f" {text} "
    places = (sign.start() for sign in _SIGN.finditer(text))
    contexts = Counter(text[place - 1 : place + 2] for place in places)
    return sum(count * _points(*context) for context, count in contexts.items())


def _points(before: str, sign: str, after: str) -> int:
    starts, ends = not before.isalpha(), not after.isalpha()
    if sign in _QUOTES:
        fits = {"“": starts, "‘": starts, "”": ends}.get(sign, ends or not starts)
        return 3 if fits else -3
    if sign in _SIGNS:
        return 1 if starts or ends else -3
    letter = sign.lower()
    if letter not in _USUAL and letter not in _SEEN:
        return -3
    if starts and ends:
        return -2
    if sign.isupper() and (before.islower() or (before.isupper() and after.islower())):
        return -3
    if sign.islower() and after.isupper():
        return -2
    return (3 if letter in _USUAL else 1) - (starts or ends)


def _damage(text: str) -> list[str]:
    """What went wrong before this file was made: it can be told, not repaired."""
    notes = []
    if "\ufffd" in text:
        lost = [word for word in _WORD.findall(text) if "\ufffd" in word]
        notes.append(
            f"Onleesbare tekens (�) op {_places(lost)}, bijvoorbeeld in ‘{short_name(lost[0])}’: "
            "die letters zijn eerder verloren gegaan."
        )
    if _TWICE.search(text):
        double = [word for word in _WORD.findall(text) if _TWICE.search(word) and _meant(word)]
        if double:
            notes.append(
                f"Dubbel gecodeerde tekst op {_places(double)}: ‘{short_name(double[0])}’ hoort "
                f"‘{short_name(_meant(double[0]) or '')}’ te zijn. "
                "Maak de export opnieuw als dat stoort."
            )
    return notes


def _places(found: list[str]) -> str:
    return "1 plaats" if len(found) == 1 else f"{len(found)} plaatsen"


def _meant(word: str) -> str | None:
    """What stood there before UTF-8 was read as Windows-1252 and stored again."""
    try:
        meant = word.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return meant if meant != word else None
