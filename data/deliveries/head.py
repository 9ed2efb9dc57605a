"""The head of the ledger, kept apart: which line was the last one that was acknowledged.

A chain of hashes shows what was changed, but not that its end is gone, nor that somebody made a
whole new chain. ledger.head holds number and hash of the last line, signed with the key.

The order of writing is: the new head beside the old one, the line, the head in its place. So a
full disk stops it before the line is there; after a power cut the head is of the last line or of
the one before, and never of a line that is not there.
"""

import hmac
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from data.deliveries.disk import file_facts, put_in_place, read_file, write_beside
from data.deliveries.key import signature

SUFFIX = ".head"  # of the name of the ledger


@dataclass(frozen=True)
class Head:
    """The last acknowledged line: its number, its hash, and both signed ("" without a key)."""

    seq: int
    hash: str
    signed: str

    @classmethod
    def of(cls, seq: int, last: str, secret: bytes) -> "Head":
        """The head of a ledger with this last line."""
        return cls(seq, last, signature(secret, seq, last) if secret else "")

    def is_signed(self, secret: bytes) -> bool:
        """Was it made by who has this key?"""
        return hmac.compare_digest(self.signed, signature(secret, self.seq, self.hash))


class HeadUnreadable(ValueError):
    """The file is there and holds no head."""


def read_head(path: Path) -> Head | None:
    """The head; None when there is none. HeadUnreadable when it is not in the form we write."""
    if not file_facts(path):
        return None
    content = read_file(path)
    try:
        found = Head(**json.loads(content))
    except (ValueError, TypeError):
        raise HeadUnreadable from None
    texts = isinstance(found.hash, str) and isinstance(found.signed, str) and found.signed.isascii()
    if not texts or not isinstance(found.seq, int) or content != written(found):
        raise HeadUnreadable
    return found


def prepared(path: Path, head: Head) -> Path:
    """The new head beside the old one, on the disk."""
    return write_beside(path, written(head))


def write_head(path: Path, head: Head) -> None:
    """The new head in the place of the old one."""
    put_in_place(prepared(path, head), path)


def written(head: Head) -> bytes:
    """A head as its file holds it."""
    return json.dumps(asdict(head)).encode() + b"\n"
