"""Fair comparison of locations in words: the funnel with names, and never a rank."""

from collections.abc import Iterator
from dataclasses import dataclass

from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult, Organisation
from kpi.meaning.choices import Level
from kpi.verdict.compare import UNITS_FOR_SPREAD, Funnel, Unit
from kpi.verdict.judged import compare
from kpi.verdict.sentences import MOST_WORDS

SCHOOL_TYPES = {"vo": "VO-scholen", "pro": "PrO-scholen", "vso": "VSO-scholen"}
FEWEST = 5  # with fewer schools there is no common value to compare with
NO_VERDICT = "Dit is geen oordeel over de kwaliteit van een school."
FEW_UNITS = "Minder dan tien scholen: hoeveel scholen echt verschillen, is niet te schatten."
TOO_SMALL = "te klein voor een oordeel"
WITHIN = "binnen de gewone ruimte"


@dataclass(frozen=True)
class ComparedPlace:
    """One location in the comparison, on the scale of the figure.

    shrunken: see `Unit`; None with fewer than ten schools.
    """

    organisation: Organisation
    unit: Unit
    size: float
    share: float
    lower: float
    upper: float
    shrunken: float | None
    share_text: str
    room_text: str
    shrunken_text: str
    size_text: str

    @property
    def word(self) -> str:
        """What may be said; nothing about a location that is too small."""
        if self.unit.too_small:
            return TOO_SMALL
        return {1: "hoger dan de gewone ruimte", -1: "lager dan de gewone ruimte"}.get(
            self.unit.stands_out, WITHIN
        )

    @property
    def text(self) -> str:
        """Everything about the location in one line."""
        return f"{self.organisation.name}: {self.share_text} ({self.size_text}), {self.word}"

    @property
    def estimate_text(self) -> str:
        """Where it probably is."""
        return f"{self.organisation.name}: schatting {self.shrunken_text}"


@dataclass(frozen=True)
class Comparison:
    """The locations of one school type in order of name, with their common value."""

    result: KpiResult
    school_type: str
    centre: float
    centre_text: str
    places: tuple[ComparedPlace, ...]

    @property
    def title(self) -> str:
        """Which schools, and over which period."""
        return f"{SCHOOL_TYPES[self.school_type]}, {self.result.when_text}"

    @property
    def size_label(self) -> str:
        """What the size of a location counts."""
        return self.result.measure.denominator

    @property
    def sentence(self) -> str:
        """Who stands out, or how many when the names do not fit; or that nobody does."""
        names = [place.organisation.name for place in self.places if place.unit.stands_out]
        small = sum(place.unit.too_small for place in self.places)
        rest = f" {formatting.count(small, 'locaties')} {TOO_SMALL}." if small else ""
        if not names:
            return (
                f"Geen school valt op: de verschillen passen bij toeval en gewone spreiding.{rest}"
            )
        who = (formatting.enumeration(names), formatting.count(len(names), "scholen"))
        verb = "valt" if len(names) == 1 else "vallen"
        said = [f"{one} {verb} op: zoek eerst de oorzaak.{rest}" for one in who]
        return next((text for text in said if len(text.split()) <= MOST_WORDS), said[-1])

    @property
    def caution(self) -> str:
        """What a comparison is not, and what it cannot do with few schools."""
        few = FEW_UNITS if len(self.places) < UNITS_FOR_SPREAD else ""
        return " ".join(filter(None, [NO_VERDICT, few]))


def comparisons(monitor: Monitor, result: KpiResult) -> list[Comparison]:
    """Per school type with enough locations; empty for what cannot be compared fairly.

    A period that still runs is not compared, nor a part of a figure.
    """
    if result.segment or result.partial or result.measure.level is not Level.LOCATION:
        return []
    return list(_comparisons(monitor, result))


def _comparisons(monitor: Monitor, result: KpiResult) -> Iterator[Comparison]:
    for school_type in SCHOOL_TYPES:
        found = compare(
            monitor, result.kpi.id, result.period.period_id, result.measure.id, school_type
        )
        if found and len(found.units) >= FEWEST:
            yield Comparison(
                result, school_type, _scaled(result, found.centre),
                _text(result, found.centre), _places(monitor, result, found),
            )  # fmt: skip


def _places(monitor: Monitor, result: KpiResult, found: Funnel) -> tuple[ComparedPlace, ...]:
    places = [
        _place(result, monitor.organisations[unit.organisation_id], unit) for unit in found.units
    ]
    return tuple(sorted(places, key=lambda place: formatting.sort_key_nl(place.organisation.name)))


def _place(result: KpiResult, organisation: Organisation, unit: Unit) -> ComparedPlace:
    count, size = formatting.number(unit.count), formatting.number(unit.size)
    return ComparedPlace(
        organisation=organisation,
        unit=unit,
        size=unit.size,
        share=_scaled(result, unit.share),
        lower=_scaled(result, unit.lower),
        upper=_scaled(result, unit.upper),
        shrunken=None if unit.shrunken is None else _scaled(result, unit.shrunken),
        share_text=_text(result, unit.share),
        room_text=formatting.ends(_text(result, unit.lower), _text(result, unit.upper)),
        shrunken_text="" if unit.shrunken is None else _text(result, unit.shrunken),
        size_text=f"{count} van {size}",
    )


def _scaled(result: KpiResult, share: float) -> float:
    return share * float(result.measure.shows.factor or 1)


def _text(result: KpiResult, share: float) -> str:
    return formatting.bare(_scaled(result, share), result.unit, result.decimals)
