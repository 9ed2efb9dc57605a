"""KPI 5 (vsv), 7, 15 (complaints), 8 (ECT), 9 (satisfaction), 10 (basic support), 11, 12 (euro)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from oracle.facts import SWV, Facts
from oracle.histories import LOST
from oracle.observation import Observation
from oracle.periods import Period
from oracle.placement import ending, runs_on
from oracle.reading import text, told
from oracle.whereabouts import passages, standings

PARTS = [
    "veilig schoolklimaat", "signaleren", "afstemmen in de les", "ondersteuningsteam",
    "werken met het opp", "samenwerken met ouders", "samenwerken met jeugdhulp",
    "toegankelijk gebouw",
]  # fmt: skip
THEMES = [
    "terugschakelen naar vo", "symbiose", "tussenvoorziening", "warme overdracht",
    "ondersteuning in de klas", "handelingsdeel van het opp", "gedrag", "autisme",
    "angst en somberheid", "trauma en hechting", "aanwezigheid op school", "hoogbegaafdheid",
    "examens en diploma's", "overstap naar mbo of werk", "samenwerken met jeugdhulp",
    "samenwerken met ouders",
]  # fmt: skip
POSTS = {
    "vso": "vso", "regulier": "regulier", "overhead": "overhead",
    "expertise/maatwerk- en tussenvoorzieningen": "expertise_maatwerk_tussenvoorzieningen",
}  # fmt: skip
COMES_BACK_WITHIN = timedelta(days=56)  # a form
CLOSED = {"": "gesloten", "closed": "locatie_gesloten"}
BEST_FIRST = ("realisatie", "prognose", "begroting")
STATUSES = {"begroting": "budget", "prognose": "forecast", "realisatie": "actual"}


def number(cell: object) -> Decimal:
    """7,5 or 7.5 or 7 as an exact number."""
    return Decimal(str(cell).replace(",", "."))


def vsv(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 5: as delivered; definite wins over provisional, of each the last list of that year."""
    best: dict[tuple[str, str], dict] = {}
    for row in (row for rows in _last_reports(facts).values() for row in rows):
        key = (row["location"], row["year"])
        if key not in best or text(row["status"]) == "definitief":
            best[key] = row
    by_id = {period.id: period for period in periods if period.type == "schooljaar"}
    for (place, year), row in best.items():
        flag = text(row["status"]) == "voorlopig"
        for measure, count, base in (
            ("vsv_share", row["leavers"], row["pupils"]),
            ("leavers", row["leavers"], 0),
            ("mbo_without_diploma", row["mbo"], 0),
        ):
            split = {"rmc_region": facts.regions[place]}
            yield Observation(measure, place, by_id[year], split, count, base, provisional=flag)
    yield from _published(facts, by_id)
    for (year, status), rows in _last_reports(facts).items():
        name = {"voorlopig": "provisional", "definitief": "final"}[status]
        for row in rows:
            split = {"rmc_region": facts.regions[row["location"]]}
            for measure, base in (("vsv_share", row["pupils"]), ("leavers", 0)):
                yield Observation(f"{measure}_{name}", row["location"], by_id[year], split,
                                  row["leavers"], base, provisional=name != "final")  # fmt: skip


def _published(facts: Facts, by_id: dict[str, Period]) -> Iterator[Observation]:
    """Early leavers per BRIN and structure, of schools with a location that is vo or pro."""
    own = {place[:4] for place, kind in facts.types.items() if kind in ("vo", "pro")}
    for row in facts.counting("duo_vsv"):
        if row["brin"] not in own:
            continue
        period = by_id[row["year"]]
        (left, more), (pupils, pupils_more) = told(row["leavers"]), told(row["pupils"])
        split = {
            "brin": row["brin"],
            "structure": row["structure"].replace(" ", "_").replace("-", "_"),
        }
        yield Observation(
            "vsv_share_institution", SWV, period, split, left, max(pupils, left),
            pupils_more - left if pupils_more else 0, min(more, pupils + pupils_more),
            provisional=True,
        )  # fmt: skip
        parts = {name: told(row[name]) for name in ("vmbo", "mbo1", "zonder")}
        known = not more and not any(less for _, less in parts.values())
        if not known or sum(number for number, _ in parts.values()) != left:
            parts = {"onbekend": (left, more)}
        for diploma, (number, less) in parts.items():
            yield Observation(
                "leavers_institution", SWV, period, split | {"diploma": diploma}, number,
                numerator_more=min(less, pupils + pupils_more), provisional=True,
            )  # fmt: skip


def _last_reports(facts: Facts) -> dict[tuple[str, str], list[dict]]:
    """(school year, status) → the rows of the last delivery that held any of it."""
    found: dict[tuple[str, str], list[dict]] = {}
    for delivery in sorted(facts.deliveries, key=lambda one: one.order):
        if delivery.source == "vsv":
            held: dict[tuple[str, str], list[dict]] = {}
            for row in delivery.rows:
                held.setdefault((row["year"], text(row["status"])), []).append(row)
            found |= held
    return found


def _complaints(facts: Facts, periods: list[Period]) -> Iterator[tuple[dict, Period, bool]]:
    """(row, period, is an objection to a TLV)."""
    for row in facts.latest("klachten", "number"):
        kind = "bezwaar_tlv" if text(row["kind"]) == "bezwaar tegen tlv" else text(row["kind"])
        row = {**row, "kind": kind, "route": text(row["route"]), "outcome": text(row["outcome"])}
        objection = row["route"] == "lbt" or kind == "bezwaar_tlv"
        for period in periods:
            if period.holds(row["received"]):
                yield row, period, objection


def klachten(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 7."""
    for row, period, objection in _complaints(facts, periods):
        split = {name: row[name] or "onbekend" for name in ("route", "kind", "outcome")}
        yield Observation("objections" if objection else "complaints", SWV, period, split, 1)


def bezwaar_tlv(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 15."""
    for row, period, objection in _complaints(facts, periods):
        if objection:
            yield Observation("objections", SWV, period, {}, 1)
            if row["outcome"] in ("gegrond", "ongegrond"):
                upheld = int(row["outcome"] == "gegrond")
                yield Observation("upheld_share", SWV, period, {}, upheld, 1)


def ect(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 8."""
    for row in ending(facts, "ect", "number"):
        place, opened, closed = row["location"], row["opened"], row["closed"]
        split = {
            "kind": text(row["kind"]).replace(" ", "_").replace("-", "_"),
            "theme": f"t{THEMES.index(text(row['theme'])) + 1:02d}",
        }
        for period in periods:
            for one in standings(facts, place, opened, closed):
                if runs_on(one.since, one.until, period.end):
                    yield Observation("open", one.place, period, split, 1, day=period.end)
                    yield Observation("closed_share", one.place, period, split, 0, 1,
                                      day=period.end)  # fmt: skip
            for one in passages(facts, place, opened, closed):
                if not period.holds(one.on):
                    continue
                told = {**split, **_month(one.on)}
                if one.came:
                    yield Observation("new", one.place, period, told, 1, day=one.on, only=one.only)
                    continue
                if not one.why and row["gone_as"] == LOST:
                    yield Observation("lost", one.place, period, told, 1, day=one.on)
                    continue
                why = CLOSED.get(one.why, one.why)
                yield Observation("closed", one.place, period, {**told, "end_reason": why}, 1,
                                  day=one.on, only=one.only)  # fmt: skip
                yield Observation("closed_share", one.place, period, split, 1, 1,
                                  day=one.on, only=one.only)  # fmt: skip
                if not one.why:
                    hours = number(row["hours"]) if row["hours"] not in (None, "") else 0
                    days = (closed - opened).days
                    yield Observation("days_to_close", one.place, period, told, days, 1,
                                      day=one.on, shared_by=one.place)  # fmt: skip
                    yield Observation("hours", one.place, period, told, hours, day=one.on)


def _month(day: date) -> dict[str, str]:
    return {"month": f"m{day.month:02d}"}


def tevredenheid(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 9: by the day the form was sent; provisional while one of the period can come back."""
    rows = facts.latest("tevredenheid", "number")
    told = max(part.covers_to for _, part in facts.lists("tevredenheid", ""))
    waiting = {
        row["number"]: row["sent"]
        for row in rows
        if row["answered"] is None
        and row["mark"] in (None, "")
        and told - row["sent"] < COMES_BACK_WITHIN
    }
    for period in periods:
        early = any(map(period.holds, waiting.values()))
        for row in (row for row in rows if period.holds(row["sent"])):
            yield from _form(row, period, early, row["number"] in waiting)


def _form(row: dict, period: Period, early: bool, waits: bool) -> Iterator[Observation]:
    who, returned = text(row["respondent"]), row["mark"] not in (None, "")
    split = {"respondent": {"externe partners": "partners"}.get(who, who)}
    counts = int(returned)
    yield Observation("response", SWV, period, split, counts, 1, provisional=early)
    if returned or waits:
        yield Observation("forms", SWV, period, split, counts, provisional=early)
    if returned:
        yield Observation("mark", SWV, period, split, number(row["mark"]), 1, provisional=early,
                          shared_by=row["location"] or "")  # fmt: skip


def basisondersteuning(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 10: scores of the year itself; measured in this year or the three before."""
    rows = facts.counting("basisondersteuning")
    years = {period.id: period for period in periods if period.type == "schooljaar"}
    for row in rows:
        split = {"part": f"p{PARTS.index(text(row['part'])) + 1}"}
        yield Observation("score", row["location"], years[row["year"]], split,
                          number(row["score"]), 1)  # fmt: skip
    scored = {(row["location"], int(row["year"][:4])) for row in rows}
    first = min(year for _, year in scored)
    for period in years.values():
        for place, kind in facts.types.items():
            open_at_end = facts.board(place, period.end) is not None
            if kind in ("vo", "pro") and open_at_end and period.year >= first:
                recently = any((place, period.year - back) in scored for back in range(4))
                yield Observation("measured", place, period, {}, int(recently), 1)


def _by_status(rows: list[dict]) -> dict[int, dict[str, list[dict]]]:
    found: dict[int, dict[str, list[dict]]] = {}
    for row in rows:
        found.setdefault(int(row["year"]), {}).setdefault(text(row["status"]), []).append(row)
    return found


def verdeling_middelen(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 11: outcome, else forecast, else budget."""
    by_id = {period.id: period for period in periods}
    for year, found in _by_status(facts.counting("financien")).items():
        period = by_id[str(year)]
        best = next(status for status in BEST_FIRST if status in found)
        flag = best != "realisatie"
        for row in found[best]:
            split, amount = {"post": POSTS[text(row["post"])]}, number(row["amount"])
            yield Observation("amount", SWV, period, split, amount, provisional=flag)
            yield Observation("share", SWV, period, split, amount, provisional=flag)
            yield Observation("share", SWV, period, {}, 0, amount, provisional=flag)
        for status, rows in found.items():
            everything = sum(number(row["amount"]) for row in rows)
            yield Observation(f"{STATUSES[status]}_share", SWV, period, {}, 0, everything)
            for row in rows:
                split, amount = {"post": POSTS[text(row["post"])]}, number(row["amount"])
                yield Observation(STATUSES[status], SWV, period, split, amount)
                yield Observation(f"{STATUSES[status]}_share", SWV, period, split, amount)
        if "realisatie" in found and "begroting" in found:
            for row in found["realisatie"] + found["begroting"]:
                split, amount = {"own_post": POSTS[text(row["post"])]}, number(row["amount"])
                spent = text(row["status"]) == "realisatie"
                yield Observation("realised_share", SWV, period, split,
                                  amount if spent else 0, 0 if spent else amount)  # fmt: skip


def reserve(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 12: the signalling value is 3.5 % of gross income, at least 250,000 euro."""
    by_id = {period.id: period for period in periods}
    for year, found in _by_status(facts.counting("balans")).items():
        best = next(status for status in BEST_FIRST if status in found)
        for status, (row,) in found.items():
            income, equity = number(row["income"]), number(row["equity"])
            signal = max(income * Decimal("0.035"), Decimal(250_000))
            name = STATUSES[status]
            amounts = {f"equity_{name}": (equity, 0), f"above_signal_{name}": (equity - signal, 0)}
            if status == best:
                amounts |= {"ratio": (equity, income), "equity": (equity, 0),
                            "signal_value": (signal, 0), "signal_share": (signal, income),
                            "above_signal": (equity - signal, 0)}  # fmt: skip
            for measure, (amount, base) in amounts.items():
                stored = Decimal(amount).quantize(Decimal("0.0001"), ROUND_HALF_UP)
                flag = best != "realisatie" and not measure.endswith(f"_{name}")
                yield Observation(measure, SWV, by_id[str(year)], {}, stored, base,
                                  provisional=flag)  # fmt: skip
