"""Texts of people as a file can hold them."""

import unicodedata

KEPT = "\n\t"


def plain(text: str) -> str:
    """The text without signs that no file format can show; its line ends are all "\\n".

    Control characters, halves of a character and unassigned ones make XML unreadable; signs that
    turn the reading direction would show another text than was written.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    return "".join(sign for sign in lines if sign in KEPT or not _is_unseen(sign))


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs", "Cn", "Co") or sign in _TURNING


_TURNING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
