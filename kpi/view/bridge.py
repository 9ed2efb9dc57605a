"""Stock–flow bridge: what stood + what came − what went = what stands, and why it may not close."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.figure.snapshot import Snapshot, snapshot
from kpi.meaning.choices import State

LOCATION = "locatie"
UNKNOWN, NOT_DELIVERED, OTHERWISE = "niet te volgen", "niet geleverd", "overig"


@dataclass(frozen=True)
class Flow:
    """The measures of a KPI that belong together: a standing count and what changes it.

    gone: what became of those that ended, in the words of a sentence ("niet meer thuis"). lost: who
    is no longer on the lists, while nobody knows why; "" where that is not counted.
    """

    kpi: str
    stock: str
    new: str
    ended: str
    gone: str
    lost: str = ""


class Why(StrEnum):
    """Why a location has no link between its two standing counts; the text is shown."""

    LOST = "Uit de lijst verdwenen"
    LATE = "Nu niet geleverd"
    LEFT = "Gesloten of hier niet meer bij"
    RETURNED = "De vorige keer niet geleverd"
    JOINED = "Nieuw of hier nog niet bij"
    COUNTS = "Aantallen in plaats van een lijst"
    DRIFT = "Lijsten sluiten niet op elkaar aan"


@dataclass(frozen=True)
class Gap:
    """What one reason adds to the standing count, or takes from it, and at which locations."""

    why: Why
    amount: int
    names: tuple[str, ...]

    @property
    def text(self) -> str:
        """ "Nu niet geleverd (−1): School A, School B."."""
        return f"{self.why} ({formatting.signed(self.amount)}): {', '.join(self.names)}."


@dataclass(frozen=True)
class Bridge:
    """From one standing count to the next, for one organisation and segment.

    before, new, ended and now are figures of kpi_value. gaps say, location by location, what lies
    between before + new − ended and now; a location that did not deliver is there with 0 too.
    """

    flow: Flow
    before: KpiResult
    new: KpiResult
    ended: KpiResult
    now: KpiResult
    gaps: tuple[Gap, ...]

    @property
    def subject(self) -> str:
        """The part it is about: "Absoluut verzuim (AV)", or "Totaal"."""
        return self.now.segment_label or "Totaal"

    @property
    def amounts(self) -> tuple[int, int, int, int, int]:
        """Before, new, ended, what these do not explain, now."""
        before, new, ended, now = (
            round(item.numerator) for item in (self.before, self.new, self.ended, self.now)
        )
        return before, new, ended, now - (before + new - ended), now

    @property
    def difference(self) -> int:
        """What stands now minus what the flows would give."""
        return self.amounts[3]

    @property
    def rest_name(self) -> str:
        """What lies between the flows and what stands now, by the reasons that hold for it."""
        reasons = {gap.why for gap in self.gaps if gap.amount}
        if reasons <= {Why.LOST}:
            return UNKNOWN
        return NOT_DELIVERED if reasons <= {Why.LATE, Why.RETURNED} else OTHERWISE

    @property
    def closes(self) -> bool:
        """Whether the flows explain the whole step."""
        return self.difference == 0

    @property
    def is_empty(self) -> bool:
        """Whether nobody stood, came or went."""
        return not any(self.amounts)

    @property
    def sum_text(self) -> str:
        """The addition in words: "22 + 9 nieuw − 9 niet meer thuis = 22"."""
        before, new, ended, rest, now = self.amounts
        sign = formatting.MINUS if rest < 0 else "+"
        unknown = f" {sign} {formatting.number(abs(rest))} {self.rest_name}" if rest else ""
        return (
            f"{formatting.number(before)} + {formatting.number(new)} nieuw {formatting.MINUS} "
            f"{formatting.number(ended)} {self.flow.gone}{unknown} = {formatting.number(now)}"
        )

    @property
    def sentence(self) -> str:
        """The bridge in one sentence, for who does not see the drawing."""
        return f"{self.subject}: {self.sum_text} op {self.now.when_short}."


def rest_heading(bridges: Sequence[Bridge]) -> str:
    """What the rest is called where bridges stand below each other: by what they share."""
    names = {bridge.rest_name for bridge in bridges if bridge.difference} or {UNKNOWN}
    return (names.pop() if len(names) == 1 else OTHERWISE).capitalize()


def bridge(
    monitor: Monitor, flow: Flow, organisation_id: str, period_id: str, segment: str = ""
) -> Bridge | None:
    """The bridge of one quarter; None when a number it is made of is not known, or is a range."""
    key = ("bridge", flow, organisation_id, period_id, segment)
    return monitor.remember(
        key, lambda: _bridge(monitor, flow, organisation_id, period_id, segment)
    )


def only_counts(monitor: Monitor, result: KpiResult) -> bool:
    """Whether a location gave numbers, and no list that says who stood there."""
    known = [monitor.deliveries[name] for name in result.deliveries if name in monitor.deliveries]
    return bool(known) and all(delivery.topic.endswith("_count") for delivery in known)


def _bridge(
    monitor: Monitor, flow: Flow, organisation_id: str, period_id: str, segment: str
) -> Bridge | None:
    earlier = monitor.periods[period_id].previous_period_id
    if earlier not in monitor.periods:
        return None
    sides = {
        "before": snapshot(monitor, flow.kpi, flow.stock, earlier),
        "new": snapshot(monitor, flow.kpi, flow.new, period_id),
        "ended": snapshot(monitor, flow.kpi, flow.ended, period_id),
        "now": snapshot(monitor, flow.kpi, flow.stock, period_id),
    }
    found = {name: side.of(organisation_id, segment) for name, side in sides.items()}
    if not all(result.is_exact for result in found.values()):
        return None
    if flow.lost:
        sides["lost"] = snapshot(monitor, flow.kpi, flow.lost, period_id)
    places = {name: _members(side, organisation_id, segment) for name, side in sides.items()}
    without = Bridge(flow, **found, gaps=())
    return replace(without, gaps=_not_gone_on(tuple(_gaps(monitor, places)), without.difference))


def _not_gone_on(gaps: tuple[Gap, ...], difference: int) -> tuple[Gap, ...]:
    """The gaps, without who came or left with his school and is in the flows already.

    Who goes on at the school his own went up in leaves a gap at the one that closed, and none above
    it; who goes with his school to another board is new there by the flows.
    """
    rest = difference - sum(gap.amount for gap in gaps)
    found = []
    for gap in gaps:
        if gap.why in (Why.LEFT, Why.JOINED) and gap.amount * rest < 0:
            taken = min(abs(gap.amount), abs(rest)) * (1 if rest > 0 else -1)
            gap, rest = replace(gap, amount=gap.amount + taken), rest - taken
            if not gap.amount:
                continue
        found.append(gap)
    return tuple(found)


Places = Mapping[str, KpiResult]


def _members(side: Snapshot, organisation_id: str, segment: str) -> dict[str, KpiResult]:
    """The same figure per location of the organisation, as it was made up in that period."""
    own = side.of(organisation_id, segment)
    if own.organisation.organisation_type == LOCATION:
        return {organisation_id: own}
    found = side.below(organisation_id, LOCATION, segment)
    return {result.organisation.organisation_id: result for result in found}


def _gaps(monitor: Monitor, places: Mapping[str, Places]) -> Iterator[Gap]:
    """The reasons that occur, each with its locations in order of name."""
    amounts: dict[Why, int] = {}
    names: dict[Why, list[str]] = {}
    every = {**places["before"], **places["now"]}
    for place in sorted(every, key=lambda i: formatting.sort_key_nl(every[i].organisation.name)):
        here = {name: found.get(place) for name, found in places.items()}
        for why, amount in _gaps_at(monitor, here):
            if why in (Why.LATE, Why.RETURNED) or amount:
                amounts[why] = amounts.get(why, 0) + amount
                names.setdefault(why, []).append(every[place].organisation.name)
    for why in Why:
        if why in amounts:
            yield Gap(why, amounts[why], tuple(names[why]))


def _gaps_at(monitor: Monitor, here: Mapping[str, KpiResult | None]) -> Iterator[tuple[Why, int]]:
    """Who is not linked between the two counts of a location, and why (0 = all are)."""
    lost = round(_count(here.get("lost")))
    yield Why.LOST, -lost
    before, now = here["before"], here["now"]
    amount = (
        round(_count(now) - _count(before) - _count(here["new"]) + _count(here["ended"])) + lost
    )
    yield _why_at(monitor, before, now), amount


def _why_at(monitor: Monitor, before: KpiResult | None, now: KpiResult | None) -> Why:
    if now is None or not now.has_number:
        return Why.LATE if now and now.state is State.MISSING else Why.LEFT
    if before is None or not before.has_number:
        return Why.RETURNED if before and before.state is State.MISSING else Why.JOINED
    counted = only_counts(monitor, before) or only_counts(monitor, now)
    return Why.COUNTS if counted else Why.DRIFT


def _count(result: KpiResult | None) -> float:
    return result.numerator if result is not None and result.has_number else 0
