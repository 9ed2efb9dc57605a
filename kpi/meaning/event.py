"""Something that happened and may explain a change: a mark on the charts it touches."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.calendar import Period
from data.strict import derived
from kpi import formatting

FROM_PROFILE, FROM_BUREAU = "profiel", "bureau"
LONGEST_LABEL = 40


class EventKind(StrEnum):
    """What sort of thing happened."""

    POLICY = "beleid"
    CORONA = "corona"
    REGISTRATION = "registratie"
    STAFF = "personeel"
    DEFINITION = "definitie"
    OTHER = "overig"


@dataclass(frozen=True)
class Event:
    """One line of the register. `until` is the last day, None for something of one day.

    kpis: the KPIs it touches, empty for all. origin: 'profiel' or 'bureau' (added on screen).
    """

    on: date
    label: str
    kind: EventKind
    until: date | None = None
    kpis: tuple[str, ...] = ()
    note: str = ""
    origin: str = derived(default=FROM_PROFILE)

    def touches(self, kpi_id: str) -> bool:
        """Whether the mark belongs on charts of this KPI."""
        return not self.kpis or kpi_id in self.kpis

    def falls_in(self, period: Period) -> bool:
        """Whether it happened, at least partly, in the period."""
        return self.on <= period.end_on and (self.until or self.on) >= period.start_on

    @property
    def when_text(self) -> str:
        """ "1 februari 2023" or "16 maart 2020 tot en met 1 juni 2020"."""
        first = formatting.date_text(self.on)
        return f"{first} tot en met {formatting.date_text(self.until)}" if self.until else first

    def wrong_parts(self) -> list[str]:
        """What cannot be right, as Dutch sentences."""
        found = [] if self.label.strip() else ["Geef de gebeurtenis een naam."]
        if len(self.label) > LONGEST_LABEL:
            found.append(f"De naam is te lang voor een grafiek: hoogstens {LONGEST_LABEL} tekens.")
        if self.until and self.until < self.on:
            last, first = formatting.date_text(self.until), formatting.date_text(self.on)
            found.append(f"De laatste dag ({last}) ligt voor de eerste ({first}).")
        return found
