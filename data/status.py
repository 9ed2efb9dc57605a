"""Whether a store is sound, and what a user should know about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from data.delivery import Delivery


@dataclass(frozen=True)
class Status:
    """What is in the store and whether it is sound; `remarks` are Dutch sentences.

    `torn` names the files with a line of the ledger that was cut off; `orphans` counts the
    half-written deliveries that were removed when the store was opened.
    """

    path: Path
    deliveries: tuple[Delivery, ...]
    undone: int
    last_delivered: Mapping[str, Delivery]
    chain_ok: bool
    damaged: tuple[str, ...]
    torn: tuple[str, ...]
    orphans: int

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a user should know; empty when all is well."""
        found = list(self.damaged)
        found += [
            f"Een regel van het logboek was niet af en is apart gezet in {name}. "
            "Het programma stopte toen tijdens het opslaan. Wat toen werd opgeslagen, telt niet "
            "mee. Doe dat opnieuw."
            for name in self.torn
        ]
        if self.orphans:
            found.append(f"Half opgeslagen leveringen opgeruimd: {self.orphans}.")
        return tuple(found)
