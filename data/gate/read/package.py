"""A zip file from outside, opened with suspicion: sizes, names and XML checked before use."""

from __future__ import annotations

import copy
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from data.gate.read.cells import ReadLimits
from data.gate.read.refusal import damaged, password, suspicious, unpacks_too_big

_MEGABYTE = 1_000_000
_PIECE = 1 << 18
_XML = (".xml", ".rels")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_DTD = b"<!DOCTYPE"  # entities, and with them bombs, can only stand in here
_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_READABLE_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}


class Package:
    """The parts of a zip file, by lower-case name, each at most as big as it says."""

    def __init__(self, path: Path, limits: ReadLimits) -> None:
        """Checks names, sizes and compression; raises Unreadable."""
        try:
            self._zip = zipfile.ZipFile(path)
        except _BROKEN as error:
            raise damaged() from error
        self._parts = _by_name(self._zip.infolist())
        _check_sizes(self._zip.infolist(), limits)
        self._checked: set[str] = set()

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def names(self) -> list[str]:
        """All parts, in lower case with forward slashes."""
        return list(self._parts)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The XML of a part, piece by piece; raises Unreadable when it is not as it should be."""
        end = b""
        for number, piece in enumerate(self._pieces(name.lower())):
            if not number:
                _check_encoding(piece)
            if _DTD in end + piece:
                raise suspicious("bevat verborgen opdrachten (een DTD)")
            end = piece[-len(_DTD) :]
            yield piece

    def read(self, name: str) -> bytes:
        """A small part as a whole."""
        return b"".join(self.pieces(name))

    def check_rest(self) -> None:
        """Unpack, without keeping, whatever was not looked at yet: a liar hides anywhere."""
        for name in self._parts.keys() - self._checked:
            for _ in self.pieces(name) if name.endswith(_XML) else self._pieces(name):
                pass

    def _pieces(self, name: str) -> Iterator[bytes]:
        declared = self._parts.get(name)
        if declared is None:
            raise damaged()
        size = 0
        for piece in self._inflate(declared):
            size += len(piece)
            if size > declared.file_size:
                raise unpacks_too_big()
            yield piece
        if size != declared.file_size:
            raise damaged()
        self._checked.add(name)

    def _inflate(self, declared: zipfile.ZipInfo) -> Iterator[bytes]:
        # Python stops at the declared size, other readers do not: read on to see the real one.
        honest = copy.copy(declared)
        honest.file_size = declared.file_size + _PIECE
        try:
            with self._zip.open(honest) as file:
                while piece := file.read(_PIECE):
                    yield piece
        except _BROKEN as error:
            raise damaged() from error


def _by_name(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    parts: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = entry.filename.replace("\\", "/").lower()
        if entry.flag_bits & 1:
            raise password()
        if name.startswith("/") or ".." in name.split("/") or name in parts:
            raise suspicious("is op een verdachte manier ingepakt")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged()
        parts[name] = entry
    return parts


def _check_sizes(entries: list[zipfile.ZipInfo], limits: ReadLimits) -> None:
    if sum(entry.file_size for entry in entries) > limits.unzipped_mb * _MEGABYTE:
        raise unpacks_too_big()


def _check_encoding(start: bytes) -> None:
    declared = _ENCODING.match(start)
    if start.startswith(_UTF16) or (
        declared and declared.group(1).strip().lower() not in _READABLE_ENCODINGS
    ):
        raise suspicious("is in een ongewone codering gemaakt")
