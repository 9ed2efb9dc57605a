"""Files that were handed in on this visit: read again with every answer until they are stored."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from kpi.figure.monitor import Monitor
from pages.shared.recording import user_name

if TYPE_CHECKING:
    from data.gate.claim import Answers
    from data.gate.import_result import ImportResult

_STATE = "ingelezen"


@dataclass
class Upload:
    """One file with the answers the user gave, and what became of it last time."""

    number: int
    name: str
    content: bytes = field(repr=False)
    source: str | None = None
    period: str | None = None
    mapping: Mapping[str, str] | None = None
    quarantine: bool = False
    answers: "Answers | None" = None
    result: "ImportResult | None" = None

    def read_in(self, monitor: Monitor) -> None:
        """Import with the answers so far. The copy on disk is gone when this returns."""
        # Only here: most pages read no files.
        from data.gate.importing import NOTHING_SAID, import_file

        with tempfile.TemporaryDirectory(prefix="kpi-") as folder:
            path = Path(folder) / f"bestand{Path(self.name).suffix.lower()}"
            path.write_bytes(self.content)
            self.result = import_file(
                monitor.own_store,
                path,
                source=self.source,
                period=self.period,
                mapping=self.mapping,
                quarantine=self.quarantine,
                answers=self.answers or NOTHING_SAID,
                show_first=True,
                author=user_name(),
                file_name=self.name,
                sources=monitor.sources,
                calendar=monitor.calendar,
            )


def uploads() -> list[Upload]:
    """The files of this visit, newest first."""
    found: list[Upload] = st.session_state.setdefault(_STATE, [])
    return found


def add(name: str, content: bytes) -> Upload:
    """Take a file in; it is not read yet."""
    upload = Upload(len(uploads()) + 1, name, content)
    uploads().insert(0, upload)
    return upload


def clear() -> None:
    """Forget the files of this visit; what was stored stays."""
    st.session_state[_STATE] = []
