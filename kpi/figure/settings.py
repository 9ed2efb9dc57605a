"""Where the monitor finds its store, profile and definitions: arguments, environment, defaults."""

import os
from dataclasses import dataclass
from pathlib import Path

from data.build import COUNTING, TABLES
from data.deliveries.store import Store
from data.source_file import SOURCES
from kpi.figure.calculate import STEPS
from kpi.meaning.load import DEFINITIONS
from kpi.meaning.profile import DEFAULT_PROFILE, PROFILES

# In its files the partnership has this code, whatever the profile says.
CODE = "SWV"

STORE = Path(__file__).resolve().parents[2] / "data" / "store"


@dataclass(frozen=True)
class Folders:
    """Where the texts stand that come with the software; others are given to rebuild the past."""

    sources: Path = SOURCES
    tables: Path = TABLES
    counting: Path = COUNTING
    steps: Path = STEPS


@dataclass(frozen=True)
class Settings:
    """One choice of everything the monitor opens with; `demo` forces the made-up SWV.

    known_to: None, or the line of the ledger up to which everything counts. key: the file with the
    key of the installation, when it is kept apart from the rows.
    """

    store: Path
    profile: str
    definitions: Path
    profiles: Path
    demo: bool
    known_to: int | None = None
    key: Path | None = None

    def own_store(self) -> Store:
        """The bureau's own store. LedgerDamaged when its ledger does not add up."""
        return Store(self.store, key=self.key)


def settings(
    store: Path | None = None,
    profile: str | None = None,
    definitions: Path | None = None,
    profiles: Path | None = None,
    demo: bool | None = None,
) -> Settings:
    """What is given, else what the environment says: KPI_STORE, KPI_PROFILE and so on.

    KPI_KEY and KPI_DEMO=1 are only said there.
    """
    found = os.environ.get
    return Settings(
        store=Path(store or found("KPI_STORE") or STORE),
        profile=profile or found("KPI_PROFILE") or DEFAULT_PROFILE,
        definitions=Path(definitions or found("KPI_DEFINITIONS") or DEFINITIONS),
        profiles=Path(profiles or found("KPI_PROFILES") or PROFILES),
        demo=found("KPI_DEMO") == "1" if demo is None else demo,
        key=Path(found("KPI_KEY", "")) if found("KPI_KEY") else None,
    )
