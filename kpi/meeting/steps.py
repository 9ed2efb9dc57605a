"""What is on one screen of a meeting; every figure is as the people in the room may see it."""

from dataclasses import dataclass
from datetime import date

from kpi import formatting
from kpi.figure.result import KpiResult
from kpi.meaning.load import Measure
from kpi.plans.activity import Activity
from kpi.record.commentary import Commentary
from kpi.record.commitments import Commitment, count_text
from kpi.register import Record
from kpi.view.intake import Intake
from kpi.view.line import Line

NOTHING = "Geen signaal, geen verlopen afwijking en geen gemist doel dat een woord vraagt."
WITHOUT = "zonder signaal, verlopen afwijking of gemist doel dat een woord vraagt"


@dataclass(frozen=True)
class Step:
    """What is on one screen: its name in the address, and its title."""

    id: str
    title: str


@dataclass(frozen=True)
class Promises(Step):
    """What this body promised before: what is open (late first), and what was settled since.

    since: the day of the last meeting, None at the first one; decided: its decisions. on: the day
    of this meeting.
    """

    on: date
    since: date | None
    open: tuple[Commitment, ...]
    settled: tuple[Commitment, ...]
    decided: tuple[Commitment, ...]

    @property
    def headline(self) -> str:
        """ "3 toezeggingen open, 1 te laat. 2 toezeggingen afgehandeld."."""
        found = count_text(self.open, self.on)
        still_open = f"{found.replace(', ', ' open, ', 1)}" if ", " in found else f"{found} open"
        said = [f"{still_open}." if found else "Er staan geen toezeggingen open."]
        if self.settled:
            said.append(f"{formatting.count(len(self.settled), 'toezeggingen')} afgehandeld.")
        return " ".join(said)

    @property
    def since_text(self) -> str:
        """When the last meeting was."""
        if self.since is None:
            return "Dit is de eerste vergadering die hier is vastgelegd."
        return f"Vorige vergadering: {formatting.date_text(self.since)}."


@dataclass(frozen=True)
class Talk(Step):
    """A KPI that asks for a word, with what people wrote and do about it.

    words: the commentary on this quarter, or of an earlier one (then is_old); None without any.
    activities: those that should move the figure and are not settled, late ones first.
    """

    line: Line
    words: Commentary | None
    is_old: bool
    activities: tuple[Activity, ...]

    @property
    def headline(self) -> str:
        """What needs a word: the change, or the target that is not met."""
        return word_of(self.line)

    @property
    def lapse(self) -> str:
        """ "afwijking verlopen op 30 juni 2026", or ""."""
        return self.line.deviation_text if self.line.has_lapsed else ""


def sentence_of(line: Line) -> str:
    """The sentence about the change, with whose it is when it is not the figure itself."""
    if line.judged.measure is line.result.measure:
        return line.change.sentence
    return f"{line.judged.measure.label}: {line.change.sentence}"


def word_of(line: Line) -> str:
    """What needs a word about a KPI: its change when that is a signal, else its target."""
    asking = next((item for item in line.targets if item.asks_change), None)
    if line.is_signal or line.has_lapsed or asking is None:
        return sentence_of(line)
    return f"{asking.name}. {asking.goal.sentence}"


@dataclass(frozen=True)
class Quiet(Step):
    """The KPIs that need no talk, by name only. talked: how many do."""

    names: tuple[str, ...]
    talked: int

    @property
    def headline(self) -> str:
        """That there is nothing, or that the rest is quiet."""
        if not self.talked:
            return f"{NOTHING} Er hoeft niets besproken te worden."
        if not self.names:
            return "Elke KPI is besproken."
        return f"{formatting.count(len(self.names), 'KPI’s')} {WITHOUT}."


@dataclass(frozen=True)
class Course:
    """A figure beside a year ago (None when there is none), and its last three years."""

    now: KpiResult
    before: KpiResult | None
    series: tuple[KpiResult, ...]


@dataclass(frozen=True)
class FiguresStep(Step):
    """Figures over time; lines: what may be said about the KPIs they belong to."""

    lines: tuple[Line, ...]
    courses: tuple[Course, ...]


@dataclass(frozen=True)
class Split(Step):
    """Figures per part of a KPI: per row a part, the whole first, per column a measure.

    name: what it is told apart by. before: the whole a year ago, None where there is none.
    """

    name: str
    lines: tuple[Line, ...]
    measures: tuple[Measure, ...]
    rows: tuple[tuple[KpiResult, ...], ...]
    before: tuple[KpiResult | None, ...]

    @property
    def whole(self) -> tuple[tuple[KpiResult, KpiResult | None], ...]:
        """The figures of all parts together, each beside a year ago."""
        return tuple(zip(self.rows[0], self.before, strict=True))


@dataclass(frozen=True)
class Delivered(Step):
    """What was to come in about the quarter, and who is missing."""

    items: tuple[Intake, ...]

    @property
    def headline(self) -> str:
        """Whether everything is there."""
        late = [item for item in self.items if not item.is_complete]
        if not late:
            return "Iedereen heeft geleverd."
        return "Nog niet compleet: " + formatting.enumeration(
            [f"{item.label} ({item.text})" for item in late]
        )


@dataclass(frozen=True)
class Decisions(Step):
    """What was put on record in this meeting, in that order."""

    made: tuple[Commitment, ...]

    @property
    def decisions(self) -> tuple[Commitment, ...]:
        """What was decided."""
        return tuple(item for item in self.made if item.kind is Record.DECISION)

    @property
    def promises(self) -> tuple[Commitment, ...]:
        """What was newly promised."""
        return tuple(item for item in self.made if item.kind is Record.PROMISE)
