"""The measures of every KPI as the definitions say in words: the oracle's own list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

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
    """What a measure asks, and how it is shown.

    `needs`: every entry delivered, "a|b" by either. `types` (): of the SWV only. `standing`: a
    count on one day ("end" of the period or the "count" date), unknown until that day. `zeros`:
    the source holds its zeros, so without a row nothing was delivered.
    """

    shows: str
    unit: str
    needs: tuple[str, ...]
    periods: tuple[str, ...]
    types: tuple[str, ...]
    splits: tuple[tuple[str, ...], ...] = ()
    level: str = "location"
    standing: str = ""
    zeros: bool = False
    dated: bool = True  # what is counted has a day, and so the board of that day


@dataclass(frozen=True)
class Kpi:
    """`count` gives what is counted; `undivided` are splits of the numerator only."""

    count: Callable[[Facts, list[Period]], Iterator[Observation]]
    measures: dict[str, Measure]
    undivided: frozenset[str] = frozenset()
    segment_order: tuple[str, ...] = field(default=())
    new_version: dict[str, int] = field(default_factory=dict)


ORDER = (
    "kind", "sub_kind", "permitted", "duration", "has_offer", "age", "under_18", "school_type",
    "end_reason", "article", "municipality",
)  # fmt: skip
ONE_MEASURE = ("has_offer", "under_18")
SIDES = tuple((name,) for name in ORDER[:-3] if name not in ONE_MEASURE) + (
    ("kind", "sub_kind"), ("kind", "duration"), ("kind", "school_type"),
)  # fmt: skip
OFFER = (
    ("has_offer",), ("kind", "has_offer"), ("duration", "has_offer"),
    ("kind", "duration", "has_offer"),
)  # fmt: skip
SIDES_OF_LONG = tuple(split for split in SIDES if "duration" not in split)
COUNTABLE = ("absence|absence_count",)
TLV_SIDES = (("category",), ("cluster",), ("origin",))
VSO_SIDES = (("cluster",), ("category",))
PER_PUPIL = ("vso", "pupils")


def _end(shows: str) -> str:
    """A stock is counted on the last day, unless said otherwise."""
    return "end" if shows == "stock" else ""


def _thuiszitter(shows: str, splits: tuple = SIDES, needs: tuple = COUNTABLE) -> Measure:
    return Measure(shows, "leerlingen", needs, ALL, EVERY_TYPE, splits, standing=_end(shows))


def _exemption(shows: str) -> Measure:
    return Measure(
        shows,
        "leerlingen",
        ("exemption",),
        ALL,
        (),
        (("article",), ("municipality",)),
        "swv",
        _end(shows),
    )


def _tlv(shows: str, unit: str, splits: tuple, needs: tuple = ("tlv",)) -> Measure:
    return Measure(shows, unit, needs, ALL, VO_PRO, splits)


def _vso(shows: str = "total", *also: tuple[str, ...]) -> Measure:
    standing, sides = "count" if shows == "stock" else "", (*VSO_SIDES, *also)
    return Measure(shows, "leerlingen", ("vso",), ALL, ("vso",), sides, standing=standing)


def _participation() -> Measure:
    return Measure("share", "percent", PER_PUPIL, ALL, VO_PRO, VSO_SIDES, "swv", "count")


def _opp(shows: str, unit: str, *also: str) -> Measure:
    sides, needs = (("school_type",),), ("opp", *also)
    return Measure(shows, unit, needs, ALL, EVERY_TYPE, sides, standing="count")


def _vsv(shows: str, unit: str) -> Measure:
    return Measure(
        shows, unit, ("vsv",), ("schooljaar",), VO_PRO, (("rmc_region",),), zeros=True, dated=False
    )


def _institution(shows: str, unit: str, *splits: str) -> Measure:
    sides = tuple((name,) for name in splits)
    return Measure(shows, unit, ("vsv_institution",), ("schooljaar",), VO_PRO, sides, "swv")


def _maatwerk(shows: str, unit: str, *splits: tuple[str, ...]) -> Measure:
    return Measure(shows, unit, ("maatwerk",), ALL, EVERY_TYPE, splits, standing=_end(shows))


def _swv(shows: str, unit: str, need: str, periods: tuple, *splits: tuple[str, ...]) -> Measure:
    return Measure(shows, unit, (need,), periods, (), splits, "swv")


def _money(shows: str, unit: str, need: str, *splits: tuple[str, ...]) -> Measure:
    return Measure(shows, unit, (need,), ("kalenderjaar",), (), splits, "swv", zeros=True)


def _ect(shows: str, unit: str, *also: tuple[str, ...]) -> Measure:
    sides = (("kind",), ("theme",)) if shows == "stock" else (("kind",), ("theme",), ("month",))
    sides += also
    return Measure(shows, unit, ("ect",), ALL, EVERY_TYPE, sides, standing=_end(shows))


def _places(unit: str) -> Measure:
    sides = (("provision",), ("cluster",))
    return Measure(
        "stock", unit, ("places",), BY_COUNT, ("vso",), sides, standing="end", zeros=True
    )


def _absence(shows: str) -> Measure:
    sides = (("permitted",), ("kind",), ("permitted", "kind"))
    needs = ("absence",)
    return Measure(shows, "leerlingen", needs, ALL, EVERY_TYPE, sides, standing=_end(shows))


def _outflow(counted: Measure, *splits: tuple[str, ...]) -> Measure:
    """The share that went, of those who could have gone."""
    return replace(counted, shows="share", unit="percent", splits=splits)


COMPLAINT_SIDES = (("route",), ("kind",), ("outcome",))
KPIS: dict[str, Kpi] = {
    "thuiszitters": Kpi(
        absence.thuiszitters,
        {
            "stock": _thuiszitter("stock", SIDES + OFFER),
            "new": _thuiszitter("total"),
            "ended": _thuiszitter("total", (*SIDES, ("end_reason",))),
            "ended_share": _outflow(_thuiszitter("total"), *SIDES),
            "lost": _thuiszitter("total", SIDES, ("absence",)),
            "persons": _thuiszitter("persons", SIDES + OFFER, ("absence",)),
            "over_3_months": _thuiszitter("stock", SIDES_OF_LONG + OFFER[:2]),
            "over_3_months_no_offer": _thuiszitter("stock", (*SIDES_OF_LONG, ("under_18",))),
            "exemption_stock": _exemption("stock"),
            "exemption_new": _exemption("total"),
            "exemption_ended": _exemption("total"),
            "exemption_ended_share": _outflow(_exemption("total"), ("article",), ("municipality",)),
            "exemption_lost": _exemption("total"),
            "exemption_persons": _exemption("persons"),
        },
        segment_order=ORDER,
    ),
    "verwijzingen_vso": Kpi(
        placement.verwijzingen_vso,
        {
            "referral_share": _tlv("share", "percent", TLV_SIDES, ("tlv", "pupils")),
            "entrant_share": Measure("share", "percent", PER_PUPIL, ALL, VO_PRO,
                                     TLV_SIDES, "swv"),
            "entrants_by_school": _tlv("share", "percent", TLV_SIDES, ("vso", "tlv", "pupils")),
            "granted_share": _tlv("share", "percent",
                                  (("own_category",), ("own_cluster",), ("own_origin",))),
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
            "left": _vso("total", ("end_reason",)),
            "left_share": _outflow(_vso()),
            "lost": _vso(),
            "back_to_regular": _vso(),
            "back_share": _outflow(_vso()),
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
            "vsv_share_provisional": _vsv("share", "percent"),
            "vsv_share_final": _vsv("share", "percent"),
            "leavers_provisional": _vsv("total", "leerlingen"),
            "leavers_final": _vsv("total", "leerlingen"),
            "mbo_without_diploma": _vsv("total", "leerlingen"),
            "vsv_share_institution": _institution("share", "percent", "brin", "structure"),
            "leavers_institution": _institution(
                "total", "leerlingen", "brin", "structure", "diploma"
            ),
        },
    ),
    "maatwerk": Kpi(
        placement.maatwerk,
        {
            "referrals": _maatwerk("total", "verwijzingen", ("provision",)),
            "running": _maatwerk("stock", "trajecten", ("provision",)),
            "ended": _maatwerk("total", "trajecten", ("provision",), ("outcome",),
                               ("provision", "outcome")),
            "ended_share": _outflow(_maatwerk("total", "trajecten"), ("provision",)),
            "lost": _maatwerk("total", "trajecten", ("provision",)),
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
            "closed": _ect("total", "dossiers", ("end_reason",)),
            "closed_share": _outflow(_ect("total", "dossiers"), ("kind",), ("theme",)),
            "lost": _ect("total", "dossiers"),
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
                             (("part",),), zeros=True, dated=False),
            "measured": Measure("share", "percent", (), ("schooljaar",), VO_PRO, dated=False),
        },
    ),
    "verdeling_middelen": Kpi(
        quality.verdeling_middelen,
        {
            "amount": _money("total", "euro", "finance", ("post",)),
            "share": _money("share", "percent", "finance", ("post",)),
            **{
                status: _money("total", "euro", "finance", ("post",))
                for status in quality.STATUSES.values()
            },
            **{
                f"{status}_share": _money("share", "percent", "finance", ("post",))
                for status in quality.STATUSES.values()
            },
            "realised_share": _money("share", "percent", "finance",
                                   ("own_post",)),
        },
        undivided=frozenset(("post",)),
    ),
    "reserve": Kpi(
        quality.reserve,
        {
            "ratio": _money("share", "percent", "balance"),
            "equity": _money("total", "euro", "balance"),
            "signal_value": _money("total", "euro", "balance"),
            "signal_share": _money("share", "percent", "balance"),
            "above_signal": _money("total", "euro", "balance"),
            **{
                f"{name}_{status}": _money("total", "euro", "balance")
                for name in ("equity", "above_signal") for status in quality.STATUSES.values()
            },
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
