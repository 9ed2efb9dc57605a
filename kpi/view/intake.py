"""What the bureau has received: per source how far it reaches and who is still missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from data.calendar import KWARTAAL, Period
from data.deliveries.delivery import Delivery
from data.source import Source
from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.figure.result import Organisation
from kpi.meaning import choices
from kpi.meaning.choices import Level, State


@dataclass(frozen=True)
class Intake:
    """What came in of one kind in one quarter; sources that replace each other stand together.

    expected and missing are organisations; both are empty for sources that are not delivered by
    quarter, because then nobody owes anything about this quarter. last is the newest delivery.
    """

    sources: tuple[Source, ...]
    quarter: Period
    expected: tuple[Organisation, ...]
    missing: tuple[Organisation, ...]
    last: Delivery | None

    @property
    def label(self) -> str:
        """The names of the sources."""
        return " of ".join(source.label for source in self.sources)

    @property
    def by_quarter(self) -> bool:
        """Whether somebody owes something about every quarter."""
        return bool(self.expected)

    @property
    def is_complete(self) -> bool:
        """Whether nobody is missing."""
        return not self.missing

    @property
    def text(self) -> str:
        """ "31 van 34 locaties", "geleverd", "niet geleverd", or "" when nothing is owed."""
        if not self.by_quarter:
            return ""
        if len(self.expected) == 1:
            return choices.NO_NUMBER[State.MISSING] if self.missing else "geleverd"
        return formatting.coverage(len(self.expected) - len(self.missing), len(self.expected))

    def only(self, organisation_ids: Collection[str]) -> Intake:
        """The same of some organisations."""
        expected, missing = (
            tuple(place for place in places if place.organisation_id in organisation_ids)
            for places in (self.expected, self.missing)
        )
        return replace(self, expected=expected, missing=missing)

    @property
    def reaches_text(self) -> str:
        """The last day the newest delivery speaks about; "" without one or without an end."""
        day = self.last.covers_to if self.last else None
        return formatting.short_date(day) if day else ""

    @property
    def received_text(self) -> str:
        """The day the newest delivery came in, "" without one."""
        if self.last is None:
            return ""
        return formatting.short_date(self.last.received_on)


def intake(monitor: Monitor, quarter: Period) -> list[Intake]:
    """Everything the KPIs of this profile can use or that was delivered, by its label."""
    needs = _needs(monitor)
    newest = {found.source: found for found in monitor.store.counting()}
    delivered = _delivered(monitor, quarter)
    groups: dict[tuple[frozenset[str], bool], list[Source]] = {}
    for source in monitor.sources.values():
        if source.topic in needs or source.id in newest:
            need = needs.get(source.topic, _Need(frozenset({source.topic}), frozenset()))
            by_quarter = source.delivery.period == KWARTAAL and source.topic in needs
            groups.setdefault((need.topics, by_quarter), []).append(source)
    found = []
    for (topics, by_quarter), sources in groups.items():
        expected = _expected(monitor, quarter, sources, needs) if by_quarter else ()
        present = set().union(*(delivered.get(topic, set()) for topic in topics))
        whole = monitor.swv.organisation_id in present
        missing = tuple(o for o in expected if not whole and o.organisation_id not in present)
        last = max(
            (newest[source.id] for source in sources if source.id in newest),
            key=lambda delivery: delivery.seq, default=None,
        )  # fmt: skip
        found.append(Intake(tuple(sources), quarter, expected, missing, last))
    return sorted(found, key=lambda item: formatting.sort_key_nl(item.label))


@dataclass(frozen=True)
class _Need:
    """What the KPIs ask of a topic: topics that may stand in for it, and of which locations."""

    topics: frozenset[str]
    school_types: frozenset[str]


def _needs(monitor: Monitor) -> Mapping[str, _Need]:
    """By topic. A topic that only the SWV itself delivers has no school types."""
    found: dict[str, _Need] = {}
    for kpi in monitor.kpis.values():
        for measure in kpi.measures.values():
            located = measure.level is Level.LOCATION
            types = (
                frozenset(measure.school_types or ("vo", "pro", "vso")) if located else frozenset()
            )
            for need in measure.needs:
                topics = frozenset(need.split("|"))
                for topic in topics:
                    known = found.get(topic, _Need(frozenset(), frozenset()))
                    found[topic] = _Need(known.topics | topics, known.school_types | types)
    return found


def _expected(
    monitor: Monitor, quarter: Period, sources: list[Source], needs: Mapping[str, _Need]
) -> tuple[Organisation, ...]:
    """The SWV itself when it hands in for all, else locations open on the last day, by name."""
    school_types = needs[sources[0].topic].school_types
    if all(source.delivery.scope == "swv" for source in sources) or not school_types:
        return (monitor.swv,)
    located = [
        organisation
        for organisation in monitor.organisations.values()
        if organisation.school_type in school_types
        and (organisation.from_on is None or organisation.from_on <= quarter.end_on)
        and (organisation.to_on is None or organisation.to_on >= quarter.end_on)
    ]
    located.sort(key=lambda organisation: formatting.sort_key_nl(organisation.name))
    return tuple(located) or (monitor.swv,)


def _delivered(monitor: Monitor, quarter: Period) -> dict[str, set[str]]:
    """By topic the organisations that delivered this quarter."""
    rows = monitor.database.rows(
        "select distinct topic, organisation_id from delivered where period_id = ?",
        (quarter.period_id,),
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["topic"], set()).add(row["organisation_id"])
    return found
