"""Who meets about the figures and in which order: agendas.toml, read and checked."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from data.strict import Findings, read_rows, read_toml
from kpi.guard.guard import Audience

AGENDAS = Path(__file__).with_name("agendas.toml")


class PartKind(StrEnum):
    """What a part of a meeting is about."""

    PROMISES = "toezeggingen"
    TALK = "gesprek"
    FIGURES = "cijfers"
    DELIVERED = "binnen"
    DECISIONS = "besluiten"


@dataclass(frozen=True)
class MeetingPart:
    """One part of a meeting, as declared.

    kpis: of what a talk, or what came in, is; without any it is about all KPIs of the profile.
    figures: (kpi, measure) as "kpi/measure"; split: the segment they are told apart by.
    """

    kind: PartKind
    title: str
    kpis: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    split: str = ""

    @property
    def measures(self) -> tuple[tuple[str, str], ...]:
        """(kpi, measure) of every figure."""
        return tuple((kpi, measure) for kpi, _, measure in (f.partition("/") for f in self.figures))

    def is_about(self, kpi: str) -> bool:
        """Whether a KPI belongs to this part."""
        return not self.kpis or kpi in self.kpis


@dataclass(frozen=True)
class Body:
    """Who meets: its name in promises and decisions (id), and the order of its meeting.

    audience: who can read the screen while the body meets.
    """

    id: str
    label: str
    audience: Audience
    parts: tuple[MeetingPart, ...] = ()


@cache
def bodies() -> dict[str, Body]:
    """The bodies by their id, in the order of the file. DefinitionError when it is not right."""
    findings = Findings()
    table = findings.checked(read_toml(AGENDAS, AGENDAS.name, findings))
    found = read_rows(Body, table.get("bodies"), f"{AGENDAS.name} [[bodies]]", findings)
    return findings.checked({body.id: body for body in found.values()})
