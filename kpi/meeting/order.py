"""Who meets about the figures and in which order: agendas.toml, read and checked."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from data.strict import Findings, derived, read_table
from kpi.guard.guard import Audience
from kpi.meaning.load import DefinitionError

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
    parts: tuple[MeetingPart, ...] = derived(default=())


@cache
def bodies() -> dict[str, Body]:
    """The bodies by their id, in the order of the file. DefinitionError when it is not right."""
    findings = Findings()
    tables = tomllib.loads(AGENDAS.read_text(encoding="utf-8"))["bodies"]
    found = [_body(table, findings) for table in tables]
    if findings.errors:
        raise DefinitionError(findings.errors)
    return {body.id: body for body in found if body}


def _body(table: dict[str, Any], findings: Findings) -> Body | None:
    where = f"{AGENDAS.name} {table.get('id', '')}"
    parts = [read_table(MeetingPart, part, where, findings) for part in table.pop("parts", [])]
    return read_table(
        Body, table, where, findings, parts=tuple(part for part in parts if part is not None)
    )
