"""KPI 1 (thuiszitters, exemptions) and KPI 14 (all absence), counted spell by spell."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from oracle.facts import SWV, Facts, Listed
from oracle.histories import LOST
from oracle.loading import all_periods
from oracle.observation import Observation
from oracle.periods import Period, months_later
from oracle.placement import ending
from oracle.reading import text, told, truth
from oracle.stays import Presence, Stay, at, presences

PERMITTED = {"ja": "ja", "geoorloofd": "ja", "nee": "nee", "ongeoorloofd": "nee"}
END_REASONS = {
    "terug naar school": "terug_naar_school", "vso": "vso", "maatwerk": "maatwerk", "mbo": "mbo",
    "verhuisd": "verhuisd", "vrijstelling": "vrijstelling", "overig": "overig", None: "onbekend",
}  # fmt: skip
ARTICLES = {
    "5 onder a": "art5_a", "5 onder b": "art5_b", "5 onder c": "art5_c",
    "trekkend bestaan": "art5a", "artikel 15": "art15", "artikel 3b": "art3b",
}  # fmt: skip


# Where a presence counts: at its school, at its board and in the SWV.
LEVELS: tuple[Callable[[Presence], str | None], ...] = (
    lambda one: one.place if one.place != SWV else None,
    lambda one: one.board,
    lambda _: SWV,
)


@dataclass(frozen=True)
class Spell:
    """A spell of absence at one school, as the last list that holds it says; location "": none."""

    pupil: str
    location: str
    kind: str
    sub_kind: str
    permitted: str
    start: date
    end: date | None
    offer: bool
    offer_on: date | None
    birth: date
    end_reason: str
    lost: bool
    listed: Listed

    def has_offer(self, moment: date) -> bool:
        return self.offer and (self.offer_on is None or self.offer_on <= moment)

    def age_on(self, moment: date) -> str:
        """Leerplicht ends with the school year of the 16th birthday; at 18 all duty has gone."""
        sixteen = date(self.birth.year + 16, self.birth.month, min(self.birth.day, 28))
        year = sixteen.year if sixteen.month >= 8 else sixteen.year - 1
        eighteen = self.birth.year + 18
        last = date(eighteen, self.birth.month, monthrange(eighteen, self.birth.month)[1])
        if moment <= date(year + 1, 7, 31):
            return "leerplichtig"
        return "kwalificatieplichtig" if moment < last else "ouder"

    def under_18(self, moment: date) -> str:
        """What the pact is about; who is born on a day nobody knows is taken to be young."""
        return "nee" if self.age_on(moment) == "ouder" else "ja"


def spells(facts: Facts) -> list[Spell]:
    """The spells that count, each once, with the end that follows from a later list."""
    found = []
    for row in facts.latest("verzuim", "pupil", "location", "kind", "start"):
        permitted = PERMITTED.get(text(row.get("permitted")) or "", "onbekend")
        found.append(
            Spell(
                pupil=row["pupil"],
                location=row["location"] or "",
                kind=row["kind"],
                sub_kind=text(row.get("sub_kind")) or "onbekend",
                permitted=permitted,
                start=row["start"],
                end=row["end"] or row["gone_on"],
                lost=row["gone_as"] == LOST,
                listed=row["listed"],
                offer=truth(row["offer"]) is True,
                offer_on=row["offer_on"],
                birth=row["birth"],
                end_reason=END_REASONS[text(row.get("end_reason"))],
            )
        )
    by_kind: dict[tuple[str, str], list[Spell]] = {}
    for one in found:
        by_kind.setdefault((one.pupil, one.kind), []).append(one)
    return [part for one in found for part in _own_time(one, by_kind[one.pupil, one.kind])]


def _own_time(one: Spell, own: list[Spell]) -> Iterator[Spell]:
    """The spell without the time of rows that began later, when it was said that those count."""
    since = one.start
    for other in sorted(own, key=lambda other: other.start):
        lists = (one.listed, other.listed)
        said = {delivery.two_rows for delivery, _ in lists}
        same_day = len({part.covers_to for _, part in lists}) == 1
        if "laatste" in said and same_day and one.start < other.start < (one.end or date.max):
            if since < other.start:
                yield replace(one, start=since, end=other.start, lost=False)
            since = max(since, other.end or date.max)
    if since == one.start or since < (one.end or date.max):
        yield replace(one, start=since)


def thuiszitters(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 1: at every school, at every board and in the SWV each pupil once per kind."""
    every = presences(facts, [one for one in spells(facts) if one.kind in ("av", "lrv")])
    for level in LEVELS:
        for period in periods:
            yield from _standing(facts, level, every, period)
        for name, stay in at(level, every):
            for period in periods:
                yield from _come_and_gone(facts, name, stay, every, period)
    for one in every:
        for period in periods:
            yield from _seen(facts, one, period)
    yield from _counts(facts, periods)
    yield from _exemptions(facts, periods)


def _listed(facts: Facts, place: str, period: Period) -> bool:
    """What a later list still knows of a period is not a list of that period."""
    if place == SWV:  # without a school: as soon as somebody handed in a list
        return any(facts.delivered("absence", one, period) for one in facts.types)
    return bool(facts.delivered("absence", place, period))


def _observed(
    facts: Facts, measure: str, one: Presence, period: Period, moment: date, day: date,
    only_at: str | None, duration: bool = True,
) -> Observation:  # fmt: skip
    spell = one.spell
    split = {
        "kind": spell.kind,
        "sub_kind": spell.sub_kind,
        "permitted": spell.permitted,
        "age": spell.age_on(moment),
        "school_type": facts.types.get(one.place, "onbekend"),
        "has_offer": "ja" if spell.has_offer(moment) else "nee",
    }
    if duration:
        split["duration"] = "langer_dan_3_maanden" if _long(one, moment) else "tot_3_maanden"
    return Observation(measure, one.place, period, split, 1, person=spell.pupil, day=day,
                       only=(only_at,) if only_at else ())  # fmt: skip


def _long(one: Presence, moment: date) -> bool:
    return months_later(one.home_since, 3) < moment


def _standing(
    facts: Facts, level: Callable[[Presence], str | None], every: list[Presence], period: Period
) -> Iterator[Observation]:
    """Who is at home on the last day, by what was told last."""
    last = period.end
    listed = [one for one in every if _listed(facts, one.place, period)]
    for name, one in _there(level, listed, last):
        here = _observed(facts, "stock", one, period, last, last, name)
        yield here
        yield replace(here, measure="ended_share", numerator=0, denominator=1, person=None)
        if _long(one, last):
            yield _observed(facts, "over_3_months", one, period, last, last, name, False)
            if not one.spell.has_offer(last):
                bare = _observed(
                    facts, "over_3_months_no_offer", one, period, last, last, name, False
                )
                yield replace(bare, split={**bare.split, "under_18": one.spell.under_18(last)})


def _come_and_gone(
    facts: Facts, name: str, stay: Stay, every: list[Presence], period: Period
) -> Iterator[Observation]:
    one = stay.first
    if period.holds(one.since) and _listed(facts, one.place, period):
        yield _observed(facts, "new", one, period, one.since, one.since, name)
    one = stay.last
    if not period.holds(one.until) or not _was_listed(facts, name, one, period):
        return
    # the board he left is the one of his last day at home
    day = max(one.until - timedelta(days=1), one.since)
    reason = _end_reason(one, every)
    measure = "lost" if reason == "niet_te_volgen" else "ended"
    gone = _observed(facts, measure, one, period, one.until, day, name)
    split = {**gone.split, "end_reason": reason} if measure == "ended" else gone.split
    place = one.place if _listed(facts, one.place, period) else name
    yield replace(gone, organisation=place, split=split)
    if measure == "ended":  # who is lost may have gone or not
        yield replace(gone, measure="ended_share", organisation=place, denominator=1, person=None)


def _was_listed(facts: Facts, name: str, one: Presence, period: Period) -> bool:
    """Of a school that closed before this period its board and the SWV still see who left."""
    if _listed(facts, one.place, period):
        return True
    closed_on = facts.closed_on(one.place)
    before = next((p for p in all_periods(facts) if p.id == period.previous), None)
    return (
        name != one.place and before is not None and closed_on is not None
        and closed_on <= one.until and _listed(facts, one.place, before)
    )  # fmt: skip


def _end_reason(one: Presence, every: list[Presence]) -> str:
    for other in every:
        if other is not one and other.person == one.person:
            goes_on = other.since <= one.until < other.until
            if goes_on or (other.until == one.until and other.follows(one)):
                return "elders_thuis"
    if one.cut:
        return "andere_soort"
    reason = one.spell.end_reason
    if one.shut:
        return "locatie_gesloten" if reason == "onbekend" else reason
    if one.spell.lost and one.until == one.spell.end:
        return "niet_te_volgen"
    turned = any(
        other.spell.pupil == one.spell.pupil and other.spell.kind != one.spell.kind
        and other.since == one.until
        for other in every
    )  # fmt: skip
    return "andere_soort" if turned and reason == "onbekend" else reason


def _seen(facts: Facts, one: Presence, period: Period) -> Iterator[Observation]:
    """Different pupils at home at some moment; duration and age on their last day in the period."""
    last = period.end
    if one.since <= last and one.until >= period.start and _listed(facts, one.place, period):
        day = max(one.until - timedelta(days=1), one.since) if one.until <= last else last
        yield _observed(facts, "persons", one, period, min(one.until, last), day, None)


def _counts(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """Counts handed in by hand: per quarter, and only where no list of spells speaks."""
    by_id = {period.id: period for period in periods}
    for row in facts.counting("verzuim_aantallen"):
        period = by_id[row["period"]]
        if facts.delivered("absence", row["location"], period):
            continue
        split = {"kind": text(row["kind"]), "school_type": facts.types[row["location"]]}
        (there, _), (long, long_more), (bare, bare_more) = (
            told(row[name]) for name in ("stock", "over_3_months", "over_3_months_no_offer")
        )
        long_more = min(long_more, there)  # a part is no more than its whole
        bare_more = min(bare_more, long + long_more)
        for measure in ("stock", "new", "ended"):
            yield Observation(measure, row["location"], period, split, int(row[measure]))
        went = int(row["ended"])
        yield Observation("ended_share", row["location"], period, split, went, went + there)
        young = {**split, "under_18": "ja"}
        yield Observation("over_3_months_no_offer", row["location"], period, young, bare,
                          numerator_more=bare_more)  # fmt: skip
        parts = {"nee": bare, "ja": long - bare} if not long_more + bare_more else {"": long}
        for code, number in parts.items():
            offered = {**split, "has_offer": code} if code else split
            yield Observation("over_3_months", row["location"], period, offered, number,
                              numerator_more=long_more)  # fmt: skip


def _exemptions(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    every = ending(facts, "vrijstellingen", "pupil", "article", "start")
    for period in periods:  # a pupil once, under the exemption that began last
        standing = {}
        for row in sorted(every, key=lambda one: one["start"]):
            if row["start"] <= period.end and (row["end"] is None or row["end"] > period.end):
                standing[row["pupil"]] = _exempted(row)
        for split in standing.values():
            yield Observation("exemption_stock", SWV, period, split, 1)
            yield Observation("exemption_ended_share", SWV, period, split, 0, 1)
    for row in every:
        split = _exempted(row)
        start, end = row["start"], row["end"]
        for period in periods:
            if period.holds(start):
                yield Observation("exemption_new", SWV, period, split, 1)
            if start <= period.end and period.holds(end):
                how = "lost" if row["gone_as"] == LOST else "ended"
                yield Observation(f"exemption_{how}", SWV, period, split, 1)
                if how == "ended":
                    yield Observation("exemption_ended_share", SWV, period, split, 1, 1)
            if start <= period.end and (end is None or end >= period.start):
                yield Observation("exemption_persons", SWV, period, split, 1, person=row["pupil"])


def _exempted(row: dict) -> dict[str, str]:
    return {
        "article": ARTICLES[text(row["article"])],
        "municipality": str(row["municipality"] or "onbekend"),
    }


def geoorloofd_verzuim(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 14: every kind of absence from its first day, ill and permitted ones too."""
    every = presences(facts, spells(facts), waits=False)

    def absent(measure: str, name: str, one: Presence, period: Period, day: date) -> Observation:
        split = {"permitted": one.spell.permitted, "kind": one.spell.kind}
        return Observation(measure, one.place, period, split, 1, day=day, only=(name,))

    for level in LEVELS:
        for period in periods:
            for name, one in _there(level, every, period.end):
                yield absent("stock", name, one, period, period.end)
        for name, stay in at(level, every):
            one = stay.first
            for period in periods:
                if period.holds(one.since):
                    yield absent("new", name, one, period, one.since)


def _there(
    level: Callable[[Presence], str | None], every: list[Presence], moment: date
) -> Iterator[tuple[str, Presence]]:
    """(organisation, presence): each person once per organisation, by what was told last."""
    found: dict[tuple, Presence] = {}
    for one in every:
        name = level(one)
        if name and one.since <= moment < one.until:
            key = (name, *one.person)
            if key not in found or one.follows(found[key]):
                found[key] = one
    for (name, *_), one in found.items():
        yield name, one
