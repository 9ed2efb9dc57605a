"""KPI 1 (thuiszitters, exemptions) and KPI 14 (all absence), counted spell by spell."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from oracle.facts import SWV, Facts
from oracle.histories import LOST
from oracle.observation import Observation
from oracle.periods import Period, months_later
from oracle.placement import ending
from oracle.reading import text, truth

PERMITTED = {"ja": "ja", "geoorloofd": "ja", "nee": "nee", "ongeoorloofd": "nee"}
END_REASONS = {
    "terug naar school": "terug_naar_school", "vso": "vso", "maatwerk": "maatwerk", "mbo": "mbo",
    "verhuisd": "verhuisd", "vrijstelling": "vrijstelling", "overig": "overig", None: "onbekend",
}  # fmt: skip
ARTICLES = {
    "5 onder a": "art5_a", "5 onder b": "art5_b", "5 onder c": "art5_c",
    "trekkend bestaan": "art5a", "artikel 15": "art15", "artikel 3b": "art3b",
}  # fmt: skip


@dataclass(frozen=True)
class Spell:
    """A spell of absence; `counts_from` is day 29 for LRV, `start` the real first day."""

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

    @property
    def counts_from(self) -> date:
        return self.start + timedelta(days=29) if self.kind == "lrv" else self.start

    @property
    def is_thuiszitter(self) -> bool:
        if self.kind == "lrv":  # never stood when it ended within four weeks
            return self.end is None or self.end > self.counts_from
        return self.kind == "av"

    def stands_on(self, moment: date, since: date) -> bool:
        return since <= moment and (self.end is None or self.end > moment)

    def has_offer(self, moment: date) -> bool:
        return self.offer and (self.offer_on is None or self.offer_on <= moment)

    def long_on(self, moment: date) -> bool:
        return months_later(self.start, 3) < moment

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
                location=row["location"],
                kind=row["kind"],
                sub_kind=text(row.get("sub_kind")) or "onbekend",
                permitted=permitted,
                start=row["start"],
                end=row["end"] or row["gone_on"],
                lost=row["gone_as"] == LOST,
                offer=truth(row["offer"]) is True,
                offer_on=row["offer_on"],
                birth=row["birth"],
                end_reason=END_REASONS[text(row.get("end_reason"))],
            )
        )
    return found


def thuiszitters(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 1."""
    standing = [spell for spell in spells(facts) if spell.is_thuiszitter]
    for period in periods:
        for spell in standing:
            # what a later list still knows of a period is not a list of that period
            if facts.delivered("absence", spell.location, period):
                yield from _spell_in(facts, spell, period)
    yield from _counts(facts, periods)
    yield from _exemptions(facts, periods)


def _spell_in(facts: Facts, spell: Spell, period: Period) -> Iterator[Observation]:
    def seen(
        measure: str, moment: date, duration: bool = True, day: date | None = None
    ) -> Observation:
        split = {
            "kind": spell.kind,
            "sub_kind": spell.sub_kind,
            "permitted": spell.permitted,
            "age": spell.age_on(moment),
            "school_type": facts.types[spell.location],
        }
        if duration:
            long = spell.long_on(moment)
            split["duration"] = "langer_dan_3_maanden" if long else "tot_3_maanden"
        split["has_offer"] = "ja" if spell.has_offer(moment) else "nee"
        return Observation(
            measure, spell.location, period, split, 1, person=spell.pupil, day=day or moment
        )

    since, last = spell.counts_from, period.end
    if spell.stands_on(last, since):
        yield seen("stock", last)
        if spell.long_on(last):
            yield seen("over_3_months", last, duration=False)
            if not spell.has_offer(last):
                without = seen("over_3_months_no_offer", last, duration=False)
                yield replace(without, split={**without.split, "under_18": spell.under_18(last)})
    if period.holds(since):
        yield seen("new", since)
    # the board he left is the one of his last day at home
    at_home_on = max(spell.end - timedelta(days=1), since) if spell.end else last
    if period.holds(spell.end) and spell.lost:  # nobody knows what became of him
        yield seen("lost", spell.end, day=at_home_on)
    elif period.holds(spell.end):
        ended = seen("ended", spell.end, day=at_home_on)
        yield replace(ended, split={**ended.split, "end_reason": spell.end_reason})
    if since <= last and (spell.end is None or spell.end >= period.start):
        yield seen("persons", min(spell.end or last, last), day=min(at_home_on, last))


def _counts(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """Counts handed in by hand: per quarter, and only where no list of spells speaks."""
    by_id = {period.id: period for period in periods}
    for row in facts.counting("verzuim_aantallen"):
        period = by_id[row["period"]]
        if facts.delivered("absence", row["location"], period):
            continue
        split = {"kind": text(row["kind"]), "school_type": facts.types[row["location"]]}
        for measure in ("stock", "new", "ended", "over_3_months_no_offer"):
            young = {"under_18": "ja"} if measure == "over_3_months_no_offer" else {}
            told = {**split, **young}
            yield Observation(measure, row["location"], period, told, int(row[measure]))
        long, bare = int(row["over_3_months"]), int(row["over_3_months_no_offer"])
        for code, number in (("nee", bare), ("ja", long - bare)):
            offered = {**split, "has_offer": code}
            yield Observation("over_3_months", row["location"], period, offered, number)


def _exemptions(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    every = ending(facts, "vrijstellingen", "pupil", "article", "start")
    for period in periods:  # a pupil once, under the exemption that began last
        standing = {}
        for row in sorted(every, key=lambda one: one["start"]):
            if row["start"] <= period.end and (row["end"] is None or row["end"] > period.end):
                standing[row["pupil"]] = _exempted(row)
        for split in standing.values():
            yield Observation("exemption_stock", SWV, period, split, 1)
    for row in every:
        split = _exempted(row)
        start, end = row["start"], row["end"]
        for period in periods:
            if period.holds(start):
                yield Observation("exemption_new", SWV, period, split, 1)
            if start <= period.end and period.holds(end):
                how = "lost" if row["gone_as"] == LOST else "ended"
                yield Observation(f"exemption_{how}", SWV, period, split, 1)
            if start <= period.end and (end is None or end >= period.start):
                yield Observation("exemption_persons", SWV, period, split, 1, person=row["pupil"])


def _exempted(row: dict) -> dict[str, str]:
    return {
        "article": ARTICLES[text(row["article"])],
        "municipality": str(row["municipality"] or "onbekend"),
    }


def geoorloofd_verzuim(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 14: every spell from its first day, ill and permitted ones too."""
    for spell in spells(facts):
        split = {"permitted": spell.permitted, "kind": spell.kind}
        for period in periods:
            if spell.stands_on(period.end, spell.start):
                yield Observation("stock", spell.location, period, split, 1, day=period.end)
            if period.holds(spell.start):
                yield Observation("new", spell.location, period, split, 1, day=spell.start)
