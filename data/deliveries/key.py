"""The key of an installation: makes its pupil keys unreadable elsewhere, and signs its ledger.

With another key every pupil of the next delivery would be somebody else, so the ledger knows
which key is the right one: by a fingerprint, from which the key cannot be found.
"""

import hashlib
import hmac
import secrets
from pathlib import Path

from data.deliveries.disk import (
    SECRET_SIZE,
    file_facts,
    make_folder,
    put_in_place,
    read_file,
    write_beside,
)

FINGERPRINT = b"kpi-monitor, vingerafdruk van de sleutel, 1\0"
SIGNATURE = b"kpi-monitor, stand van het logboek, 1\0"
RESTORE = (
    "Zet de reservekopie van de sleutel terug (python -m kpi restore BESTAND). Tot dan kan er "
    "niets worden ingelezen of vastgelegd: elke leerling zou iemand anders lijken."
)


class Key:
    """The file with the key. known: its fingerprint in the ledger, "" when no line tells it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> bytes:
        """The key, b"" when there is none. Raises NotAFile."""
        return read_file(self.path) if file_facts(self.path) else b""

    def make(self) -> None:
        """Make a new key that only this user of the computer may read, unless there is one."""
        if file_facts(self.path):
            return
        make_folder(self.path.parent)
        made = secrets.token_hex(SECRET_SIZE // 2).encode()
        put_in_place(write_beside(self.path, made), self.path)

    def problem(self, known: str, is_needed: bool) -> str:
        """Why this is not the key of the ledger, in Dutch; "" when it is, or none is needed."""
        secret = self.read()
        if not secret and not self.path.exists():
            missing = f"De sleutel {self.path} ontbreekt. {RESTORE}"
            return missing if known or is_needed else ""
        if len(secret) < SECRET_SIZE:
            return f"De sleutel {self.path} is beschadigd: hij is te kort. {RESTORE}"
        if known and fingerprint(secret) != known:
            return f"De sleutel {self.path} is een andere dan die in het logboek staat. {RESTORE}"
        return ""


def fingerprint(secret: bytes) -> str:
    """What tells one key from another."""
    return hashlib.sha256(FINGERPRINT + secret).hexdigest()


def signature(secret: bytes, seq: int, last: str) -> str:
    """What only who has the key can say about the last line of the ledger and its hash."""
    return hmac.digest(secret, SIGNATURE + f"{seq} {last}".encode(), "sha256").hex()
