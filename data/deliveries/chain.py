"""The lines of the ledger as a chain: each holds the hash of the one before it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

FIRST = "0" * 64  # what the first line points back to


@dataclass(frozen=True)
class Entry:
    """One line. `seq` counts from 1; `at` is the moment (UTC, ISO 8601); `body` is per kind."""

    seq: int
    at: str
    author: str
    kind: str
    body: dict[str, Any]
    prev: str
    hash: str


@dataclass(frozen=True)
class Chain:
    """What stands in a ledger: the lines that follow on each other, and what comes behind them.

    size: of those lines in bytes. is_ended: the last of them has its line end. wrong: why the next
    line does not follow, "" when there is none. rest: that line and all behind it. is_last: nothing
    comes behind that line. is_half: it has no line end or no form, as a stopped write leaves it.
    is_line: it is a line of a ledger with its own hash, only not the next one of this ledger.
    """

    entries: tuple[Entry, ...] = ()
    size: int = 0
    is_ended: bool = True
    wrong: str = ""
    rest: bytes = b""
    is_last: bool = False
    is_half: bool = False
    is_line: bool = False


class _Wrong(ValueError):
    """Why a line does not follow, in Dutch."""

    has_form = has_own_hash = False


class _Changed(_Wrong):
    has_form = True


class _Elsewhere(_Changed):
    has_own_hash = True


def read_chain(content: bytes, known: Chain | None = None) -> Chain:
    """The lines in `content`, that comes behind those that are known."""
    known = known or Chain()
    *lines, unended = content.split(b"\n")
    every = [(line, True) for line in lines] + ([(unended, False)] if unended else [])
    entries, size, is_ended = list(known.entries), known.size, True
    for place, (line, has_end) in enumerate(every, start=1):
        try:
            entries.append(_follows(line, entries))
        except _Wrong as wrong:
            return Chain(
                tuple(entries), size, True, str(wrong), content[size - known.size :],
                is_last=place == len(every), is_half=not (has_end and wrong.has_form),
                is_line=wrong.has_own_hash,
            )  # fmt: skip
        size, is_ended = size + len(line) + has_end, has_end
    return Chain(tuple(entries), size, is_ended)


def next_entry(entries: tuple[Entry, ...], at: str, author: str, kind: str, body: Any) -> Entry:  # noqa: ANN401
    """The line that follows on these. ValueError when JSON has no form for the body."""
    unsealed: dict[str, Any] = {
        "seq": len(entries) + 1,
        "at": at,
        "author": author,
        "kind": kind,
        "body": body,
        "prev": entries[-1].hash if entries else FIRST,
    }
    return Entry(**unsealed, hash=_hash(unsealed))


def line_of(entry: Entry) -> bytes:
    """The line as the ledger holds it, without line end."""
    return _json(asdict(entry))


def _follows(line: bytes, entries: list[Entry]) -> Entry:
    try:
        entry = Entry(**json.loads(line))
    except (ValueError, TypeError):
        raise _Wrong("is niet te lezen") from None
    content = dict(vars(entry))
    if content.pop("hash") != _hash(content) or line != line_of(entry):
        raise _Changed("is achteraf veranderd")
    last = entries[-1].hash if entries else FIRST
    if entry.seq != len(entries) + 1 or entry.prev != last:
        raise _Elsewhere("sluit niet aan op de regel ervoor")
    return entry


def _hash(unsealed: dict[str, Any]) -> str:
    return hashlib.sha256(_json(unsealed)).hexdigest()


def _json(content: dict[str, Any]) -> bytes:
    """One line without line end; the same content always gives the same bytes."""
    return json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()
