"""Whether a store is sound, and what a user should know about it."""

from dataclasses import dataclass
from pathlib import Path

from data.deliveries.delivery import Delivery


@dataclass(frozen=True)
class StoreStatus:
    """What is in the store and whether it is sound; `remarks` are Dutch sentences.

    `torn` names the files with a line of the ledger that was cut off; `orphans` counts the
    half-written deliveries that were removed when the store was opened; `loose` names whole
    deliveries that are not in the ledger and were moved to the folder losse-leveringen.
    """

    path: Path
    deliveries: tuple[Delivery, ...]
    undone: int
    chain_ok: bool
    damaged: tuple[str, ...]
    torn: tuple[str, ...]
    orphans: int
    loose: tuple[str, ...]

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
        if self.loose:
            found.append(
                f"Er zijn leveringen die niet in het logboek staan: {len(self.loose)}. Ze tellen "
                "niet mee en staan apart in de map losse-leveringen. Lever die bestanden opnieuw "
                "aan, of zet de reservekopie van het logboek terug."
            )
        return tuple(found)
