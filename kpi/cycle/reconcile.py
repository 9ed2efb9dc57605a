"""The same group from two sources side by side; a difference is explained once and remembered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from data.calendar import Period
from data.deliveries.store import Store
from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.figure.result import Organisation
from kpi.record.checks import Checks
from kpi.register import Record

QUERIES = Path(__file__).parent / "two_sources"
LONGEST_TEXT = 300


@dataclass(frozen=True)
class TwoSources:
    """Two sources that count the same group; the first is the one the figures count.

    id: the query in two_sources. Beyond `slack` and `percent` of the first a difference blocks
    closing; slack None never does. parts: what the codes in column part are called.
    """

    id: str
    label: str
    first: str
    second: str
    unit: str
    slack: int | None
    percent: int = 0
    note: str = ""
    parts: tuple[tuple[str, str], ...] = ()

    def blocks(self, first: int, second: int) -> bool:
        """Whether a difference of this size must be explained before the quarter is closed."""
        if self.slack is None:
            return False
        difference = abs(second - first)
        return difference > self.slack and difference * 100 > self.percent * first


PAIRS = (
    # The two count on other days, so a few pupils more or less say nothing; a class does.
    TwoSources(
        "pupils", "Leerlingen per vestiging", "eigen lijst", "DUO", "leerlingen", 5, percent=2
    ),
    # Few pupils and one question each: a difference of one is a child that somebody lost sight of.
    TwoSources(
        "absence", "Thuiszitters op de peildatum", "lijst per leerling", "opgave in aantallen",
        "leerlingen", 0, parts=(("av", "absoluut verzuim"), ("lrv", "langdurig relatief verzuim")),
    ),
    # A vso school may also teach pupils of another SWV, so this can never be a mistake for sure.
    TwoSources(
        "vso", "Leerlingen in het vso", "inschrijvingen", "bezette plaatsen", "leerlingen", None,
        note="Een vso-school kan ook leerlingen van een ander samenwerkingsverband hebben.",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One location where two sources differ. explained: why, "" as long as nobody said so."""

    pair: TwoSources
    organisation: Organisation
    period: Period
    part: str
    first: int
    second: int
    explained: str = ""
    explained_by: str = ""

    @property
    def difference(self) -> int:
        """What the second source has more (or less) than the first."""
        return self.second - self.first

    @property
    def blocks(self) -> bool:
        """Whether it must be explained before the quarter is closed."""
        return not self.explained and self.pair.blocks(self.first, self.second)

    @property
    def part_label(self) -> str:
        """What the part is called, "" for the whole."""
        return dict(self.pair.parts).get(self.part, self.part)

    @property
    def difference_text(self) -> str:
        """ "+3 leerlingen"."""
        return formatting.change(self.difference, self.pair.unit)

    @property
    def text(self) -> str:
        """ "Voorbeeldcollege, 2025-2026: eigen lijst 812, DUO 840 (+28 leerlingen)"."""
        about = ", ".join(
            filter(None, [self.organisation.name, self.period.label, self.part_label])
        )
        first = f"{self.pair.first} {formatting.number(self.first)}"
        second = f"{self.pair.second} {formatting.number(self.second)}"
        return f"{about}: {first}, {second} ({self.difference_text})"


@dataclass(frozen=True)
class Compared:
    """Two sources over one period: at how many places both stand, and where they differ."""

    pair: TwoSources
    period: Period
    places: int
    first: int
    second: int
    differences: tuple[Difference, ...]

    def is_of(self, quarter: Period) -> bool:
        """Whether it is about the quarter itself, or the school year it lies in."""
        return self.period.period_id in (quarter.period_id, quarter.school_year)


def compared(monitor: Monitor, quarter: Period) -> list[Compared]:
    """Every group that two sources count now, and where they differ in this or last school year."""
    years = (quarter.school_year, monitor.calendar.parse(quarter.school_year).previous_period_id)
    known = {
        period.period_id: period
        for period in monitor.periods.values()
        if period.start_on <= quarter.end_on and period.school_year in years
    }
    explained = _explanations(monitor.store)
    found = []
    for pair in PAIRS:
        by_period: dict[str, list[Difference]] = {}
        for item in _places(monitor, pair, known):
            by_period.setdefault(item.period.period_id, []).append(_told(item, explained))
        found += [_compared(pair, by_period[name]) for name in sorted(by_period, reverse=True)]
    return [item for item in found if item.differences or item.is_of(quarter)]


def explain_difference(
    monitor: Monitor, difference: Difference, text: str, author: str
) -> Difference:
    """Say once why two sources differ; it counts as long as the difference stays the same."""
    checks = Checks(monitor)
    why = checks.text(text, "Schrijf op waardoor de twee bronnen verschillen.", LONGEST_TEXT)
    who = checks.author(author, "Vul uw naam in.")
    checks.without_persons(why)
    checks.done()
    monitor.store.record(Record.EXPLANATION, {**_subject(difference), "text": why}, who)
    return _told(difference, _explanations(monitor.store))


Explanations = dict[tuple[Any, ...], tuple[str, str]]  # subject → text, signed
SUBJECT = Record.EXPLANATION.subject


def _explanations(store: Store) -> Explanations:
    return {
        tuple(entry.body.get(name) for name in SUBJECT): (
            entry.body["text"],
            formatting.signed_text(entry.author, entry.at),
        )
        for entry in store.entries(Record.EXPLANATION)
    }


def _subject(item: Difference) -> dict[str, Any]:
    place, period = item.organisation.organisation_id, item.period.period_id
    values = (item.pair.id, place, period, item.part, item.difference)
    return dict(zip(SUBJECT, values, strict=True))


def _told(item: Difference, explained: Explanations) -> Difference:
    text, by = explained.get(tuple(_subject(item).values()), ("", ""))
    return replace(item, explained=text, explained_by=by)


def _places(monitor: Monitor, pair: TwoSources, known: Mapping[str, Period]) -> list[Difference]:
    """Both numbers at every place and in every period that has both, also where they are equal."""
    query = (QUERIES / f"{pair.id}.sql").read_text(encoding="utf-8")
    rows = monitor.remember_figures(query, lambda: monitor.database.rows(query))
    found = [
        Difference(
            pair,
            monitor.organisations[row["organisation_id"]],
            known[row["period_id"]],
            row["part"],
            row["first"],
            row["second"],
        )
        for row in rows
        if row["organisation_id"] in monitor.organisations and row["period_id"] in known
    ]
    name = formatting.sort_key_nl
    return sorted(found, key=lambda item: (name(item.organisation.name), item.part))


def _compared(pair: TwoSources, every: Sequence[Difference]) -> Compared:
    return Compared(
        pair=pair,
        period=every[0].period,
        places=len({item.organisation.organisation_id for item in every}),
        first=sum(item.first for item in every),
        second=sum(item.second for item in every),
        differences=tuple(item for item in every if item.difference),
    )
