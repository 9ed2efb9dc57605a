"""Personal data stop here: recognise them, replace pupil numbers, reduce a birth date."""

import hmac
import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import cache

from data.plain import plain

KEY_LENGTH, BSN_LENGTH = 20, 9
LONGEST_LOOK = 2_000  # signs of a text in which personal data are looked for
SCHOOL_YEAR_START = 8
AGE_COMPULSORY = 16
AGE_QUALIFICATION = 18

# Beginning at the beginning of a run of signs: from every sign in it would take for ever.
EMAIL = re.compile(r"(?<![^\s@;,<>()])[^\s@;,<>()]+@[^\s@;,<>()]+\.[A-Za-z]{2,}")
NINE_DIGITS = re.compile(
    r"(?<![\d.,])(?:\d{9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3})(?![\d]|[.,]\d)"
)
BSN_LIKE = re.compile(r"\d{8,9}|\d{3}[ .-]\d{3}[ .-]\d{3}|\d{4}[ .-]\d{2}[ .-]\d{3}")
# A number that can be nothing else: not nobody's, no name, and written in one way only.
PLAIN_KEY = re.compile(r"[A-Za-z]{0,4}-?[0-9]{0,9}[1-8][0-9]{0,4}")
# How programs write a whole number: with a zero behind it, or with thousands apart.
FLOAT = re.compile(r"[0-9]+[.,]0{1,2}")
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?:,[0-9]{3})+)")
# Headers that mean a person whatever the file is about.
PERSON = re.compile(
    r"bsn|burgerservice|persoonsgebonden|^pgn$|onderwijsnummer|sofinummer|voornaam|voornamen"
    r"|achternaam|roepnaam|geslachtsnaam|familienaam|tussenvoegsel|voorletter|initialen"
    r"|^gebdat|^geb$|geboorte|^leerling$|naamleerling|leerlingnaam|namen?van(de)?leerling"
    r"|^ouders?[12]?$|naamouder|verzorger|^moeder|^vader|contactpersoon|nationaliteit|mentor|iban"
)
# Headers that mean a person only in a list of pupils; in a list of schools they are an address.
CONTACT = re.compile(
    r"^naam$|^namen$|mail|telefoon|^tel$|mobiel|^adres|straat|huisnummer|huisnr|postcode"
    r"|woonplaats|geslacht|^m?v$|medewerker|consulent|toelichting|opmerking|notitie"
)


def is_bsn(text: str) -> bool:
    """Nine digits that pass the eleven test of the burgerservicenummer.

    Source: 9×a + 8×b + … + 2×h − 1×i must be divisible by 11 (Besluit burgerservicenummer).
    """
    if not re.fullmatch(r"[0-9]{9}", text) or text == "000000000":
        return False
    digits = [int(sign) for sign in text]
    return (sum(w * d for w, d in zip(range(9, 1, -1), digits, strict=False)) - digits[8]) % 11 == 0


def bsn_in(cell: object) -> str:
    """The digits of a number that passes the eleven test, also without the zero it begins with."""
    text = str(cell).removesuffix(".0")
    if isinstance(cell, bool) or not BSN_LIKE.fullmatch(text):
        return ""
    digits = re.sub(r"\D", "", text)
    return digits if is_bsn(digits.zfill(BSN_LENGTH)) else ""


def personal_text(text: str) -> str:
    """What kind of personal data this text holds, in Dutch; empty when none is seen."""
    if "@" in text and EMAIL.search(text):
        return "een e-mailadres"
    for match in NINE_DIGITS.finditer(text):
        if is_bsn(re.sub(r"\D", "", match.group())):
            return "een burgerservicenummer (BSN)"
    return ""


def personal_column(header: str, values: Iterable[object], about_pupils: bool) -> str:
    """Why a column looks personal, in Dutch; empty when it does not.

    `about_pupils`: the file is a list of pupils, so an address in it is a pupil's.
    """
    name = plain(header)
    if PERSON.search(name) or (about_pupils and CONTACT.search(name)):
        return "naam van de kolom"
    texts = {str(value)[:LONGEST_LOOK] for value in values if isinstance(value, str | int | float)}
    if any("@" in text and EMAIL.search(text) for text in texts):
        return "e-mailadressen"
    numbers = [text.removesuffix(".0") for text in texts]
    numbers = [text.zfill(9) for text in numbers if re.fullmatch(r"[0-9]{8,9}", text)]
    # One in eleven numbers passes by chance, so a column must hold mostly real ones.
    if sum(map(is_bsn, numbers)) > len(numbers) / 2:
        return "burgerservicenummers (BSN)"
    if any(personal_text(text) for text in texts if len(text) > 9):
        return "burgerservicenummers (BSN)"
    return ""


def pseudonym(key: str, secret: bytes) -> str:
    """A pupil number as a code that only this installation can make: HMAC-SHA256, 20 hex digits.

    The same number gives the same code in every file: also when Excel dropped its leading zeros, a
    program made it 1234.0 or 1.234, or it holds signs that nobody sees or digits of another width.
    """
    same = key if key.isascii() and key.isprintable() else _visible(key)
    same = re.sub(r"\s+", "", same).upper()
    if FLOAT.fullmatch(same):
        same = re.split(r"[.,]", same)[0]
    elif GROUPED.fullmatch(same):
        same = re.sub(r"[.,]", "", same)
    return _code(same, secret)


def _visible(text: str) -> str:
    """The signs that a reader sees, digits and letters in their usual width."""
    signs = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in signs if unicodedata.category(sign) not in ("Cf", "Cc"))


def pseudonym_before(key: str, secret: bytes) -> str:
    """The code as it was made before signs and digits were made equal; old deliveries hold it."""
    return _code(re.sub(r"\s+", "", key).upper(), secret)


def nobody_in_particular(row: Iterable[str], secret: bytes) -> str:
    """A code for the unknown person of one row, from what the row says besides the number."""
    return _code("\x1f".join(("nobody", *row)), secret)


def pseudonym_of_plain(key: str, secret: bytes) -> str:
    """The same code, of a number that is `PLAIN_KEY`."""
    return _code(key.upper(), secret)


def _code(same: str, secret: bytes) -> str:
    if same.isdecimal():
        same = same.lstrip("0") or "0"
    code = _keyed(secret).copy()
    code.update(same.encode())
    return code.hexdigest()[:KEY_LENGTH]


@cache
def _keyed(secret: bytes) -> hmac.HMAC:
    return hmac.new(secret, digestmod="sha256")


def compulsory_until(birth: date) -> date:
    """Last day of leerplicht: 31 July of the school year in which the pupil turns 16.

    Source: Leerplichtwet 1969, article 3, paragraph 1.
    """
    turns = birth.year + AGE_COMPULSORY
    return date(turns + (birth.month >= SCHOOL_YEAR_START), SCHOOL_YEAR_START - 1, 31)


def qualification_until(birth: date) -> date:
    """Last day of the month in which the pupil turns 18.

    Kwalificatieplicht ends on the birthday itself (Leerplichtwet 1969, article 4b); the month is
    kept instead, so that the date of birth cannot be read back. On this day the pupil is 18, so who
    compares asks for a day before it: exact on the last day of every month, as count dates are.
    """
    year = birth.year + AGE_QUALIFICATION
    return date(year, birth.month, monthrange(year, birth.month)[1])


def masked(text: str) -> str:
    """Personal data as it may be shown in a problem: enough to find it, not to know it."""
    return text[:2] + "•" * min(len(text) - 2, 8)
