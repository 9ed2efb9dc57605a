"""Which bytes mean ë: the encoding of a text file, decided by evidence and told to the user."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from data.read.refusal import not_a_table

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_USUAL = frozenset("éëïöüèêç")  # letters of Dutch and Frisian words and names
_SEEN = frozenset("áàâäåãíìîóòôøõúùûñßæœšžýÿ")
_SIGNS = frozenset("€£´’‘“”–—…•°½¼¾²³µ§©®™«»·±×\xa0")
_IN_CONTEXT = re.compile(r"(?<=(.))([^\x00-\x7f])(?=(.))", re.S)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_DOUBLE = re.compile(r"\w*(?:[ÃÂ][\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€.)\w*")


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
    good = sum(count for sign, count in Counter(mended).items() if sign > "\x7f")
    lost = mended.count("\ufffd")
    if good - lost > lost:
        return mended, "utf-8"
    windows = data.decode("cp1252", errors="replace")
    dos = data.decode("cp850")
    if plausibility(dos) > plausibility(windows):
        return dos, "cp850"
    return windows, "cp1252"


def plausibility(text: str) -> int:
    """How much the signs outside ASCII look like Dutch text; higher is better."""
    contexts = Counter(_IN_CONTEXT.findall(f" {text} "))
    return sum(count * _points(*context) for context, count in contexts.items())


def _points(before: str, sign: str, after: str) -> int:
    between_letters = before.isalpha() and after.isalpha()
    if sign in _SIGNS:
        return 1 if not between_letters or sign in "´’" else -3
    letter = sign.lower()
    if letter not in _USUAL and letter not in _SEEN:
        return -3
    if not before.isalpha() and not after.isalpha():
        return -2
    if sign.isupper() and (before.islower() or (before.isupper() and after.islower())):
        return -3
    if sign.islower() and after.isupper():
        return -2
    return 3 if letter in _USUAL else 1


def _damage(text: str) -> list[str]:
    """What went wrong before this file was made: it can be told, not repaired."""
    notes = []
    if lost := text.count("\ufffd"):
        place = text.index("\ufffd")
        sample = text[max(place - 12, 0) : place + 12].split("\n")[0].strip()
        notes.append(
            f"Er staan {lost} onleesbare tekens (�) in dit bestand, bijvoorbeeld in "
            f"‘{sample}’: die zijn eerder verloren gegaan."
        )
    double = (
        [word for word in _DOUBLE.findall(text) if _twice(word)]
        if "Ã" in text or "Â" in text or "â€" in text
        else []
    )
    if double:
        notes.append(
            f"Op {len(double)} plaatsen is de tekst dubbel gecodeerd: ‘{double[0]}’ "
            f"hoort ‘{_twice(double[0])}’ te zijn. Maak de export opnieuw als dat stoort."
        )
    return notes


def _twice(word: str) -> str | None:
    """What was meant when UTF-8 was read as Windows-1252 and stored again."""
    try:
        meant = word.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return meant if meant != word else None
