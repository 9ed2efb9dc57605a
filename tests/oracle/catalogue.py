"""The measures of every KPI as the definitions say in words: the oracle's own list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from oracle import absence, placement, quality
from oracle.facts import Facts
from oracle.observation import Observation
from oracle.periods import Period

ALL = ("kwartaal", "schooljaar", "kalenderjaar")
BY_COUNT = ("schooljaar", "kwartaal")
VO_PRO, EVERY_TYPE = ("vo", "pro"), ("vo", "pro", "vso")
FACTORS = {"share": 100, "per_100": 100, "mean": 1}


@dataclass(frozen=True)
class Measure:
    """`needs`: every entry delivered, "a|b" by either. `types` (): of the SWV only."""

    shows: str
    unit: str
    needs: tuple[str, ...]
    periods: tuple[str, ...]
    types: tuple[str, ...]
    splits: tuple[tuple[str, ...], ...] = ()
    level: str = "location"


@dataclass(frozen=True)
class Kpi:
    """`count` gives what is counted; `undivided` are splits of the numerator only."""

    count: Callable[[Facts, list[Period]], Iterator[Observation]]
    measures: dict[str, Measure]
    undivided: frozenset[str] = frozenset()
    segment_order: tuple[str, ...] = field(default=())
    new_version: dict[str, int] = field(default_factory=dict)


ORDER = ("kind", "sub_kind", "permitted", "duration", "age", "school_type", "article")
SIDES = tuple((name,) for name in ORDER[:-1]) + (
    ("kind", "sub_kind"), ("kind", "duration"), ("kind", "school_type"),
)  # fmt: skip
SIDES_OF_LONG = tuple(split for split in SIDES if "duration" not in split)
COUNTABLE = ("absence|absence_count",)
TLV_SIDES = (("category",), ("cluster",), ("origin",))
VSO_SIDES = (("cluster",), ("category",))
PER_PUPIL = ("vso", "pupils")


def _thuiszitter(shows: str, splits: tuple = SIDES, needs: tuple = COUNTABLE) -> Measure:
    return Measure(shows, "leerlingen", needs, ALL, EVERY_TYPE, splits)


def _exemption(shows: str) -> Measure:
    return Measure(shows, "leerlingen", ("exemption",), ALL, (), (("article",),), "swv")


def _tlv(shows: str, unit: str, splits: tuple, needs: tuple = ("tlv",)) -> Measure:
    return Measure(shows, unit, needs, ALL, VO_PRO, splits)


def _vso(shows: str = "total") -> Measure:
    return Measure(shows, "leerlingen", ("vso",), BY_COUNT, ("vso",), VSO_SIDES)


def _participation() -> Measure:
    return Measure("share", "percent", PER_PUPIL, BY_COUNT, VO_PRO, VSO_SIDES, "swv")


def _opp(shows: str, unit: str, *also: str) -> Measure:
    return Measure(shows, unit, ("opp", *also), BY_COUNT, EVERY_TYPE, (("school_type",),))


def _vsv(shows: str, unit: str) -> Measure:
    return Measure(shows, unit, ("vsv",), ("schooljaar",), VO_PRO)


def _maatwerk(shows: str, unit: str, *splits: tuple[str, ...]) -> Measure:
    return Measure(shows, unit, ("maatwerk",), ALL, EVERY_TYPE, splits)


def _swv(shows: str, unit: str, need: str, periods: tuple, *splits: tuple[str, ...]) -> Measure:
    return Measure(shows, unit, (need,), periods, (), splits, "swv")


def _ect(shows: str, unit: str) -> Measure:
    return Measure(shows, unit, ("ect",), ALL, EVERY_TYPE, (("kind",), ("theme",)))


def _places(unit: str) -> Measure:
    sides = (("provision",), ("cluster",))
    return Measure("stock", unit, ("places",), BY_COUNT, ("vso",), sides)


def _absence(shows: str) -> Measure:
    sides = (("permitted",), ("kind",), ("permitted", "kind"))
    return Measure(shows, "leerlingen", ("absence",), ALL, EVERY_TYPE, sides)


COMPLAINT_SIDES = (("route",), ("kind",), ("outcome",))
KPIS: dict[str, Kpi] = {
    "thuiszitters": Kpi(
        absence.thuiszitters,
        {
            "stock": _thuiszitter("stock"),
            "new": _thuiszitter("total"),
            "ended": _thuiszitter("total"),
            "persons": _thuiszitter("persons", needs=("absence",)),
            "over_3_months": _thuiszitter("stock", SIDES_OF_LONG),
            "over_3_months_no_offer": _thuiszitter("stock", SIDES_OF_LONG),
            "exemption_stock": _exemption("stock"),
            "exemption_new": _exemption("total"),
            "exemption_persons": _exemption("persons"),
        },
        segment_order=ORDER,
    ),
    "verwijzingen_vso": Kpi(
        placement.verwijzingen_vso,
        {
            "referral_share": _tlv("share", "percent", TLV_SIDES, ("tlv", "pupils")),
            "entrant_share": Measure("share", "percent", PER_PUPIL, ALL, VO_PRO,
                                     (("category",), ("cluster",)), "swv"),
            "granted_share": _tlv("share", "percent", ()),
            "referrals": _tlv("total", "verwijzingen", TLV_SIDES),
            "renewals": _tlv("total", "TLV's", TLV_SIDES),
            "decisions": _tlv("total", "besluiten", (*TLV_SIDES, ("result",))),
        },
        undivided=frozenset(("category", "cluster", "origin", "result")),
    ),
    "deelname_vso": Kpi(
        placement.deelname_vso,
        {
            "pupils": _vso("stock"),
            "participation_dpo": _participation(),
            "participation_inspectie": _participation(),
            "entered": _vso(),
            "left": _vso(),
            "back_to_regular": _vso(),
            "tab": _vso(),
        },
        undivided=frozenset(("cluster", "category")),
        new_version={"schooljaar": 2022},
    ),
    "opp": Kpi(
        placement.opp,
        {
            "opps": _opp("stock", "OPP's"),
            "opp_per_100": _opp("per_100", "OPP's", "pupils"),
            "pupil_consent_share": _opp("share", "percent"),
            "parent_consent_share": _opp("share", "percent"),
        },
        new_version={"schooljaar": 2022},
    ),
    "vsv": Kpi(
        quality.vsv,
        {
            "vsv_share": _vsv("share", "percent"),
            "leavers": _vsv("total", "leerlingen"),
            "mbo_without_diploma": _vsv("total", "leerlingen"),
        },
    ),
    "maatwerk": Kpi(
        placement.maatwerk,
        {
            "referrals": _maatwerk("total", "verwijzingen", ("provision",)),
            "running": _maatwerk("stock", "trajecten", ("provision",)),
            "ended": _maatwerk("total", "trajecten", ("provision",), ("outcome",),
                               ("provision", "outcome")),
            "returned_share": _maatwerk("share", "percent", ("provision",)),
        },
        undivided=frozenset(("outcome",)),
        segment_order=("provision", "outcome"),
    ),
    "klachten": Kpi(
        quality.klachten,
        {
            "complaints": _swv("total", "klachten", "complaint", ALL, *COMPLAINT_SIDES),
            "objections": _swv("total", "bezwaren", "complaint", ALL, *COMPLAINT_SIDES),
        },
    ),
    "ect": Kpi(
        quality.ect,
        {
            "new": _ect("total", "dossiers"),
            "open": _ect("stock", "dossiers"),
            "closed": _ect("total", "dossiers"),
            "days_to_close": _ect("mean", "dagen"),
            "hours": _ect("total", "uren"),
        },
    ),
    "tevredenheid": Kpi(
        quality.tevredenheid,
        {
            "mark": _swv("mean", "cijfer", "satisfaction", ALL, ("respondent",)),
            "forms": _swv("total", "formulieren", "satisfaction", ALL, ("respondent",)),
            "response": _swv("share", "percent", "satisfaction", ALL, ("respondent",)),
        },
    ),
    "basisondersteuning": Kpi(
        quality.basisondersteuning,
        {
            "score": Measure("mean", "cijfer", ("basic_support",), ("schooljaar",), VO_PRO,
                             (("part",),)),
            "measured": Measure("share", "percent", (), ("schooljaar",), VO_PRO),
        },
    ),
    "verdeling_middelen": Kpi(
        quality.verdeling_middelen,
        {
            "amount": _swv("total", "euro", "finance", ("kalenderjaar",), ("post",)),
            "share": _swv("share", "percent", "finance", ("kalenderjaar",), ("post",)),
            "budget": _swv("total", "euro", "finance", ("kalenderjaar",), ("post",)),
            "realised_share": _swv("share", "percent", "finance", ("kalenderjaar",),
                                   ("own_post",)),
        },
        undivided=frozenset(("post",)),
    ),
    "reserve": Kpi(
        quality.reserve,
        {
            "ratio": _swv("share", "percent", "balance", ("kalenderjaar",)),
            "equity": _swv("total", "euro", "balance", ("kalenderjaar",)),
            "signal_value": _swv("total", "euro", "balance", ("kalenderjaar",)),
            "above_signal": _swv("total", "euro", "balance", ("kalenderjaar",)),
        },
    ),
    "wachtlijst": Kpi(
        placement.wachtlijst,
        {
            "waiting": _places("leerlingen"),
            "places": _places("plaatsen"),
            "occupied": _places("plaatsen"),
        },
    ),
    "geoorloofd_verzuim": Kpi(
        absence.geoorloofd_verzuim,
        {"stock": _absence("stock"), "new": _absence("total")},
        segment_order=("permitted", "kind"),
    ),
    "bezwaar_tlv": Kpi(
        quality.bezwaar_tlv,
        {
            "objections": _swv("total", "bezwaren", "complaint", ALL),
            "upheld_share": _swv("share", "percent", "complaint", ALL),
        },
    ),
}  # fmt: skip
