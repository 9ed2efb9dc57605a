"""The texts that figures follow from: read to be sealed, put back to build the figures again."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kpi.figure.calculate import ROLL_UP
from kpi.figure.settings import Folders, Settings

SealedTexts = Mapping[str, Mapping[str, str]]  # path within the seal → sha256 and text (or base64)


def read_texts(opened: Settings) -> dict[str, dict[str, str]]:
    """Definitions, profile, sources and calculations as they are now, by their path."""
    return {name: _sealed(path.read_bytes()) for name, path in sorted(_files(opened))}


def unpack(texts: SealedTexts, folder: Path, opened: Settings) -> tuple[Settings, Folders]:
    """Write the texts in `folder`; where the monitor is to read them, from now on."""
    for name, sealed in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_bytes(sealed))
    there = {"definitions": folder / "definitions", "profiles": folder / "profiles"}
    chosen = Settings(opened.store, opened.profile, **there, demo=opened.demo,
                      known_to=opened.known_to)  # fmt: skip
    parts = ("sources", "tables", "counting", "steps")
    return chosen, Folders(**{part: folder / part for part in parts})


def changed_texts(texts: SealedTexts) -> list[str]:
    """The names of the texts that are not what their own hash says."""
    return [name for name, sealed in texts.items() if _sealed(_bytes(sealed)) != dict(sealed)]


def software() -> dict[str, Any]:
    """Which program made the figures: a fingerprint of its code, apart from the sealed texts."""
    digest = hashlib.sha256()
    root = Path(__file__).resolve().parents[2]
    for path in sorted([*root.glob("data/**/*.py"), *root.glob("kpi/**/*.py")]):
        # As text, because git may give a file other line ends on another computer.
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_text(encoding="utf-8").encode())
    return {"code": digest.hexdigest()[:12]}


def _files(opened: Settings) -> Iterator[tuple[str, Path]]:
    folders = Folders()
    profile = opened.profiles / opened.profile
    found = {
        "definitions": (opened.definitions, opened.definitions.glob("*/*.*")),
        f"profiles/{opened.profile}": (profile, profile.glob("*.*")),
        "sources": (folders.sources, folders.sources.glob("*/source.toml")),
        "tables": (folders.tables, folders.tables.glob("*.sql")),
        "counting": (folders.counting, folders.counting.glob("*.sql")),
        "steps": (folders.steps, (folders.steps / step for step in ROLL_UP)),
    }
    for name, (folder, paths) in found.items():
        for path in paths:
            yield f"{name}/{path.relative_to(folder).as_posix()}", path


def _sealed(content: bytes) -> dict[str, str]:
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        return {"sha256": sha256, "text": content.decode("utf-8")}
    except UnicodeDecodeError:  # the logo of a profile
        return {"sha256": sha256, "base64": base64.b64encode(content).decode("ascii")}


def _bytes(sealed: Mapping[str, str]) -> bytes:
    return sealed["text"].encode() if "text" in sealed else base64.b64decode(sealed["base64"])
