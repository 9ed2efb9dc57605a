"""What the verdicts promise, in one place: shown in the explanation and kept by simulation tests.

PROMISED is the largest share of verdicts that is a signal although nothing changes, per method;
nothing changes means: only chance, and where years are compared the ordinary differences of
`extra`. It is about one verdict on one series; who looks at thirty figures sees one now and then.
"""

from kpi.verdict.verdict import Method

PROMISED: dict[Method, float] = {
    Method.XMR: 0.03,
    Method.P_PRIME: 0.03,
    Method.U_PRIME: 0.03,
    Method.T_CHART: 0.03,
    Method.G_CHART: 0.03,
    Method.TREND: 0.05,
    Method.INTERVAL: 0.05,
    Method.MEAN: 0.05,
    Method.THRESHOLD: 0.0,
    Method.PAIRED: 0.05,
    Method.NONE: 0.0,
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
    Method.U_PRIME: "Verandert er niets, dan zijn hoogstens {} op de 100 oordelen een signaal, "
    "ook als het aantal leerlingen wisselt.",
    Method.T_CHART: "Komen gevallen even vaak voor als altijd, dan zijn hoogstens {} op de 100 "
    "oordelen een signaal.",
    Method.G_CHART: "Komen gevallen even vaak voor als altijd, dan zijn hoogstens {} op de 100 "
    "oordelen een signaal.",
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
    "Noemen wij een kans van 70%, dan komt het in 65 tot 75 van de 100 gevallen uit.",
    "Wij nemen aan dat de helft van de reeksen niet echt verandert, en de rest tot 10% per jaar.",
    "Bovenop toeval rekenen wij met 5% gewone verschillen tussen jaren, of meer als de reeks "
    "dat laat zien.",
    "Van de verwachtingen komen er ongeveer 8 van de 10 uit.",
)
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


def effect_promises() -> tuple[str, ...]:
    """What is promised about the effect of an activity, in Dutch sentences."""
    return tuple(
        said.format(round(100 * rate))
        for said, rate in zip(ON_EFFECT, (FALSELY_SEEN, FALSELY_NOT_SEEN), strict=True)
    )
