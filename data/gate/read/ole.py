"""The streams of an OLE file, the container of xls and of every encrypted Excel file."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from data.gate.read.refusal import damaged

_END = 0xFFFFFFFA  # this and higher are marks, not sectors


@dataclass(frozen=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class OleFile:
    """Reads streams by name; raises Unreadable when the container is broken."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._open()
        except (struct.error, IndexError, UnicodeDecodeError) as error:
            raise damaged() from error

    def _open(self) -> None:
        data = self._data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise damaged()
        self._sector = 1 << shift
        self._table: tuple[int, ...] = ()
        directory, _, self._cutoff, mini_table, _, more = struct.unpack_from("<6I", data, 48)
        maps = list(struct.unpack_from("<109I", data, 76))
        per_sector = self._sector // 4
        while more < _END and len(maps) * per_sector * self._sector < 2 * len(data):
            *found, more = struct.unpack(f"<{per_sector}I", self._read_sector(more))
            maps += found
        self._table = self._numbers(b"".join(self._read_sector(x) for x in maps if x < _END))
        self._entries = [_entry(raw) for raw in _split(self._chain(directory), 128)]
        self._mini_table = self._numbers(self._chain(mini_table))
        self._mini = self._chain(self._entries[0].start)

    def names(self) -> set[str]:
        """The names of all streams, in lower case."""
        return {entry.name.lower() for entry in self._entries if entry.kind == 2}

    def stream(self, name: str) -> bytes:
        """The content of a stream."""
        for entry in self._entries:
            if entry.kind == 2 and entry.name.lower() == name.lower():
                if entry.size >= self._cutoff:
                    return self._chain(entry.start)[: entry.size]
                return self._mini_chain(entry.start)[: entry.size]
        raise damaged()

    def _read_sector(self, number: int) -> bytes:
        sector = self._data[(number + 1) * self._sector : (number + 2) * self._sector]
        if not sector:
            raise damaged()
        return sector.ljust(self._sector, b"\0")

    def _chain(self, number: int) -> bytes:
        return b"".join(self._read_sector(x) for x in _follow(number, self._table))

    def _mini_chain(self, number: int) -> bytes:
        return b"".join(self._mini[x * 64 : x * 64 + 64] for x in _follow(number, self._mini_table))

    @staticmethod
    def _numbers(raw: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(raw) // 4}I", raw)


def _follow(number: int, table: tuple[int, ...]) -> list[int]:
    chain: list[int] = []
    while number < _END:
        if number >= len(table) or len(chain) > len(table):  # nowhere, or round and round
            raise damaged()
        chain.append(number)
        number = table[number]
    return chain


def _split(raw: bytes, size: int) -> list[bytes]:
    return [raw[start : start + size] for start in range(0, len(raw) - size + 1, size)]


def _entry(raw: bytes) -> _Entry:
    length = struct.unpack_from("<H", raw, 64)[0]
    name = raw[: max(length - 2, 0)].decode("utf-16-le")
    return _Entry(name, raw[66], *struct.unpack_from("<II", raw, 116))
