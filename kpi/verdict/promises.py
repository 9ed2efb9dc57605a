"""What the verdicts promise, in one place: shown in the explanation and kept by simulation tests.

PROMISED is the largest share of verdicts that is a signal although nothing changes, per method;
nothing changes means: only chance, and where years are compared the ordinary differences of
`extra`. It is about one verdict on one series; who looks at thirty figures sees one now and then.
AWKWARD is the same in worlds that are no textbook. FOUND is how often a real drop of a third is
seen at least once in the two years after it: the least that was measured, in whole fives.
"""

from enum import StrEnum
from typing import NamedTuple

from kpi.verdict.verdict import Method

PROMISED: dict[Method, float] = {
    Method.XMR: 0.03,
    Method.P_PRIME: 0.03,
    Method.TREND: 0.05,
    Method.INTERVAL: 0.05,
    Method.MEAN: 0.05,
    Method.THRESHOLD: 0.0,
    Method.PAIRED: 0.05,
    Method.NONE: 0.0,
}


class Awkward(StrEnum):
    """A world in which nothing changes and yet little is as a textbook has it, in plain words."""

    OUTLIER = "Eén eerder kwartaal was drie keer zo hoog als gewoon."
    STRANGE_QUARTERS = "Een eerder jaar was half of anderhalf keer zo hoog, zoals in coronatijd."
    ALIKE = "Elk kwartaal lijkt op het kwartaal ervoor."
    STEEP = "Het ene kwartaal is altijd veel hoger dan het andere, of er gebeurt bijna nooit iets."
    SCATTER = "Kleine aantallen schommelen twee keer zo sterk als toeval alleen."
    NOISE = "Jaren verschillen 10% van elkaar, zonder richting."
    STRANGE_YEAR = "Een eerder jaar van de vijf was vreemd: tot twee keer zo hoog, of de helft."
    HIGH_SHARE = "Een percentage van 85% schommelt elk jaar 5%."
    WALK = "Elk jaar verschuift het niveau willekeurig: 5%."
    WILD_WALK = "Elk jaar verschuift het niveau willekeurig: 10%. Het is dan ook echt anders."
    CLUSTERS = "Formulieren van één school lijken op elkaar."
    UNEQUAL = "Weinig formulieren naast veel, met vooral hoge cijfers."
    ASSESSORS = "Elk bestuur heeft een eigen beoordelaar, de ene strenger dan de andere."


AWKWARD: dict[Awkward, tuple[Method, float]] = {
    Awkward.OUTLIER: (Method.XMR, 0.03),
    Awkward.STRANGE_QUARTERS: (Method.XMR, 0.03),
    Awkward.ALIKE: (Method.XMR, 0.06),
    Awkward.STEEP: (Method.XMR, 0.04),
    Awkward.SCATTER: (Method.INTERVAL, 0.06),
    Awkward.NOISE: (Method.TREND, 0.05),
    Awkward.STRANGE_YEAR: (Method.TREND, 0.08),
    Awkward.HIGH_SHARE: (Method.TREND, 0.05),
    Awkward.WALK: (Method.TREND, 0.05),
    Awkward.WILD_WALK: (Method.TREND, 0.18),
    Awkward.CLUSTERS: (Method.MEAN, 0.05),
    Awkward.UNEQUAL: (Method.MEAN, 0.05),
    Awkward.ASSESSORS: (Method.PAIRED, 0.05),
}


class Found(NamedTuple):
    """How often a drop of a third is seen: about which figures, in plain words, and the rate."""

    told: str
    rate: float


FOUND: dict[str, Found] = {
    "XmR, gemiddeld 8": Found("ongeveer 8 nieuwe gevallen per kwartaal", 0.35),
    "XmR, gemiddeld 20": Found("ongeveer 20 nieuwe gevallen per kwartaal", 0.55),
    "XmR, gemiddeld 40": Found("ongeveer 40 nieuwe gevallen per kwartaal", 0.80),
    "XmR met seizoen, gemiddeld 40": Found("ongeveer 40 per kwartaal, met een seizoen", 0.75),
    "p′, 25% van 80": Found("25% van 80 per kwartaal", 0.65),
    "klein, 3 per kwartaal": Found("ongeveer 3 per kwartaal", 0.25),
    "klein, 6 per kwartaal": Found("ongeveer 6 per kwartaal", 0.35),
    "vijf jaren, 10 per jaar": Found("ongeveer 10 per jaar, vijf jaar gemeten", 0.20),
    "vijf jaren, 40 per jaar": Found("ongeveer 40 per jaar, vijf jaar gemeten", 0.55),
    "vijf jaren, 160 per jaar, 5% extra": Found("ongeveer 160 per jaar, vijf jaar gemeten", 0.90),
    "twee jaren, 20 per jaar": Found("ongeveer 20 per jaar, korter gemeten", 0.15),
    "twee jaren, 60 per jaar": Found("ongeveer 60 per jaar, korter gemeten", 0.40),
}
ODDS_MARGIN = 0.05  # of what is said to have odds of 70 %, 65 to 75 % comes true
FORECAST_LEVEL = 0.8
FORECAST_MARGIN = 0.05
NAMED_PER_YEAR = 0.2  # of twenty schools that do not differ
# Of activities after which nothing changes, or of which the effect is as large as was stated.
FALSELY_SEEN, FALSELY_NOT_SEEN = 0.05, 0.20

ON_METHOD: dict[Method, str] = {
    Method.XMR: "Verandert er niets, dan geeft deze toets bij hoogstens {} op de 100 oordelen "
    "toch een signaal.",
    Method.P_PRIME: "Verandert er niets, dan zijn hoogstens {} op de 100 oordelen een signaal, "
    "ook als groepen in grootte verschillen.",
    Method.TREND: "Is er geen trend, dan zijn hoogstens {} op de 100 oordelen een signaal, "
    "ook als jaren 5% verschillen.",
    Method.INTERVAL: "Verandert er niets, dan zijn hoogstens {} op de 100 vergelijkingen een "
    "signaal, ook als jaren 5% verschillen.",
    Method.MEAN: "Is het echte gemiddelde gelijk gebleven, dan zijn ongeveer {} op de 100 "
    "vergelijkingen toch een signaal.",
    Method.THRESHOLD: "Dit is geen toets: wij vergelijken het bedrag met de grens.",
    Method.PAIRED: "Gaan scholen even vaak omhoog als omlaag, dan zijn hoogstens {} op de 100 "
    "vergelijkingen een signaal.",
    Method.NONE: "Zonder toets is er nooit een signaal.",
}
ON_ODDS = (
    "Noemen wij een kans van 70%, dan komt het in 65 tot 75 van de 100 gevallen uit. Dat geldt "
    "ook bij een seizoen.",
    "Wij nemen aan dat de helft van de reeksen niet echt verandert. De rest verandert tot 10% per "
    "jaar.",
    "Ook zonder verandering is geen jaar gelijk. Bovenop toeval rekenen wij daarvoor 5%, of meer "
    "als de reeks dat laat zien.",
    "Van de verwachtingen komen er ongeveer 8 van de 10 uit.",
)
ON_AWKWARD = "hoogstens {} op de 100"
ON_FOUND = "minstens {} op de 100"
ON_SCHOOLS = (
    "Verschillen twintig scholen niet echt, dan noemen wij er hoogstens één in de vijf jaar."
)
ON_EFFECT = (
    "Verandert er niets, dan noemen wij hoogstens {} op de 100 effecten toch zichtbaar.",
    "Is een effect zo groot als verwacht, dan noemen wij hoogstens {} op de 100 niet zichtbaar.",
)


def promise(method: Method) -> str:
    """What is promised of a method, in one Dutch sentence."""
    return ON_METHOD[method].format(round(100 * PROMISED[method]))


def awkward_promises() -> tuple[tuple[str, str], ...]:
    """Per world that is no textbook: what is the matter, and how often there is a signal."""
    return tuple(
        (str(world), ON_AWKWARD.format(round(100 * rate))) for world, (_, rate) in AWKWARD.items()
    )


def found_promises() -> tuple[tuple[str, str], ...]:
    """How often a real drop is seen: about which figures, and the sentence."""
    return tuple((told, ON_FOUND.format(round(100 * rate))) for told, rate in FOUND.values())


def effect_promises() -> tuple[str, ...]:
    """What is promised about the effect of an activity, in Dutch sentences."""
    return tuple(
        said.format(round(100 * rate))
        for said, rate in zip(ON_EFFECT, (FALSELY_SEEN, FALSELY_NOT_SEEN), strict=True)
    )
