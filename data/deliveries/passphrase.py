"""A backup behind a passphrase, in the open form "age": other programs can open it too.

Form: https://age-encryption.org/v1, with a passphrase: scrypt, and ChaCha20-Poly1305 per 64 kB, so
that a file that was cut off or changed does not open.
"""

import pyrage

from data.deliveries.store import StoreError

MAGIC = b"age-encryption.org/v1"
SHORTEST = 12  # characters
ASK = "{name} zit op slot met een wachtwoordzin. Geef die wachtwoordzin."
TOO_SHORT = (
    f"Een wachtwoordzin heeft ten minste {SHORTEST} tekens, zoals vier woorden achter elkaar."
)
WRONG = (
    "{name} gaat met deze wachtwoordzin niet open. Kijk of de zin klopt, ook de hoofdletters en "
    "spaties. Klopt hij, dan is het bestand niet heel: kies een andere reservekopie."
)


class NeedsPassphrase(StoreError):
    """The file is behind a passphrase and none was given. The text is Dutch."""


def is_locked(start: bytes) -> bool:
    """Does a file that begins like this need a passphrase?"""
    return start.startswith(MAGIC)


def lock_up(content: bytes, passphrase: str) -> bytes:
    """The content behind a passphrase. StoreError when the passphrase is too short."""
    if len(passphrase.strip()) < SHORTEST:
        raise StoreError(TOO_SHORT)
    return pyrage.passphrase.encrypt(content, passphrase)


def unlock(content: bytes, passphrase: str, name: str) -> bytes:
    """What is behind the passphrase. StoreError when it is another, or the file is not whole."""
    if not passphrase:
        raise NeedsPassphrase(ASK.format(name=name))
    try:
        return pyrage.passphrase.decrypt(content, passphrase)
    except pyrage.DecryptError:
        raise StoreError(WRONG.format(name=name)) from None
