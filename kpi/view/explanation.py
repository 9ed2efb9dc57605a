"""How to read it all, in plain Dutch: made from the words, rules and methods that are really used.

Every example is worked out by the code that judges the figures, so it cannot say something else.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kpi import formatting
from kpi.figure.late import DAYS_OF_GRACE
from kpi.figure.monitor import Monitor
from kpi.meaning import choices
from kpi.meaning.choices import Better, PeriodType, Shows
from kpi.meaning.event import EventKind
from kpi.meaning.load import Kpi, Measure
from kpi.verdict.before_after import MOST_YEARS, Seen, seen, windows_of
from kpi.verdict.by_quarter import MEAN_FOR_LIMITS
from kpi.verdict.by_year import YEARS_FOR_TREND
from kpi.verdict.compare import SMALLEST_SIZE, UNITS_FOR_SPREAD
from kpi.verdict.confidence import LABELS, SMALL_COUNT, Facts, confidence
from kpi.verdict.goal import LIKELY, UNLIKELY, Asked, judge_goal, odds_text
from kpi.verdict.limits import MINIMUM
from kpi.verdict.means import FEWEST_FORMS, FEWEST_GROUPS
from kpi.verdict.paired import FEWEST_BOARDS
from kpi.verdict.promises import (
    ON_ODDS,
    ON_SCHOOLS,
    PROMISED,
    awkward_promises,
    effect_promises,
    found_promises,
    promise,
)
from kpi.verdict.router import judge
from kpi.verdict.series import Point, Series
from kpi.verdict.verdict import Change, Goal, Method
from kpi.view.explanation_words import (
    CHANGES,
    EVENTS,
    GOALS,
    LIMITS,
    METHODS,
    NEVER,
    NO_FIGURE,
    RULES,
    SEEN,
)

EXAMPLE_GOAL = 29  # of which the odds are nowhere near a border
SOUND = Facts(
    observed=34, expected=34, provisional=False, partial=False, count=40, is_count=True,
    years_same_definition=5,
)  # fmt: skip


@dataclass(frozen=True)
class ExplanationPart:
    """A part of the explanation. rows: (sign, word, meaning); example: worked out, or "".

    points: sentences that each stand by themselves, as a list below the text.
    look_up: the rows are for who wants to know exactly, and not part of the ten minutes.
    """

    heading: str
    text: str
    rows: tuple[tuple[str, str, str], ...] = ()
    example: str = ""
    columns: tuple[str, str, str] = ("Teken", "Woord", "Wat het betekent")
    look_up: bool = False
    points: tuple[str, ...] = ()


def sections(monitor: Monitor) -> list[ExplanationPart]:
    """The whole explanation, in reading order; about ten minutes."""
    makers: tuple[Callable[[Monitor], ExplanationPart], ...] = (
        _reading, _small, _stock, _outflow, _signal, _promised, _awkward, _found, _goal, _effect,
        _breaks, _complete, _letters, _schools, _never,
    )  # fmt: skip
    return [make(monitor) for make in makers]


def _reading(monitor: Monitor) -> ExplanationPart:
    return ExplanationPart(
        "Eerst één vraag: verandert er echt iets?",
        "Elk cijfer gaat op en neer, ook als er niets verandert. Daarom staat bij elk cijfer een "
        "teken met een woord. Alleen bij een signaal hoort een gesprek. Wat een signaal heeft, "
        "staat bovenaan in het overzicht. Kleur is nooit nodig om het te lezen.",
        tuple((change.icon, str(change), CHANGES[change]) for change in Change),
    )


def _small(monitor: Monitor) -> ExplanationPart:
    now = judge(_years((3, 5)))
    return ExplanationPart(
        "Waarom kleine aantallen schommelen",
        "Gooi tien keer met een munt en u krijgt lang niet altijd vijf keer kop. Zo is het ook met "
        "leerlingen. Gaat het om vijf leerlingen, dan haalt een school een halvering in één op de "
        "vijf gevallen door geluk alleen. Bij twintig leerlingen is dat één op de vijftig.",
        example=f"Van 3 naar 5 gevallen in een jaar: “{now.change}”. {now.sentence}",
    )


def _stock(monitor: Monitor) -> ExplanationPart:
    tested: dict[str, list[str]] = {}
    for kpi, measure in _tested_by_another(monitor, counts_again=True):
        tested.setdefault(kpi.measures[measure.tested_by].label, []).append(measure.label)
    standing = judge(replace(_years((22, 24)), standing=True))
    return ExplanationPart(
        "Stand en instroom",
        "Wie er in juni was, telt in september vaak weer mee in een stand. Een toets geeft dan "
        "veel te vaak een vals signaal. Daarom toetsen wij de instroom: nieuwe gevallen tellen één "
        "keer.",
        tuple(("", ", ".join(stocks), inflow) for inflow, stocks in tested.items()),
        f"Een stand van 22 naar 24: “{standing.change}”. {standing.reason}",
        columns=("", "Stand", "Wij toetsen"),
    )


def _outflow(monitor: Monitor) -> ExplanationPart:
    gone = (measure.label for _, measure in _tested_by_another(monitor, counts_again=False))
    return ExplanationPart(
        "Uitstroom als deel",
        "Zijn er minder leerlingen thuis, dan kunnen er ook minder gaan. Daarom toetsen wij het "
        "deel: wie ging, van wie ging of er op de laatste dag nog was. Zo gaat het bij: "
        f"{', '.join(gone)}.",
    )


def _tested_by_another(monitor: Monitor, counts_again: bool) -> Iterator[tuple[Kpi, Measure]]:
    """The measures in whose place another one is tested: standing counts, or outflows."""
    for kpi in monitor.kpis.values():
        for measure in kpi.measures.values():
            if measure.tested_by and measure.counts_again is counts_again:
                yield kpi, measure


def _signal(monitor: Monitor) -> ExplanationPart:
    ordinary = judge(_quarters((20, 24, 18, 22, 21, 25, 19, 20, 23, 22, 18, 21, 24, 20)))
    signal = judge(_quarters((20, 24, 18, 22, 21, 25, 19, 20, 23, 22, 18, 21, 24, 42)))
    numbers = {
        "points": MINIMUM, "mean": formatting.number(MEAN_FOR_LIMITS), "years": YEARS_FOR_TREND,
        "forms": FEWEST_FORMS, "groups": FEWEST_GROUPS, "boards": FEWEST_BOARDS,
    }  # fmt: skip
    return ExplanationPart(
        "Wat een signaal is",
        "De monitor kiest de toets bij de vorm van het cijfer en zegt op de KPI-pagina waarom. "
        f"{LIMITS} Een signaal kan vals zijn: ook zonder verandering valt een cijfer soms op. Een "
        "signaal is dus een vraag, geen antwoord. Procesgrenzen geven een signaal in deze "
        "gevallen.",
        tuple(("", str(method), METHODS[method].format(**numbers)) for method in Method),
        f"Na dertien kwartalen rond de 21 komt er 20: “{ordinary.change}”. Komt er 42: "
        f"“{signal.change}”. {signal.sentence}",
        columns=("", "Manier", "Waarvoor"),
        points=tuple(RULES.values()),
    )


def _promised(monitor: Monitor) -> ExplanationPart:
    return ExplanationPart(
        "Hoe vaak zitten wij ernaast?",
        "Elke toets geeft weleens een vals signaal. Elke kans komt weleens niet uit. Hoe vaak, is "
        "nagerekend met tienduizend verzonnen reeksen per manier. Kijkt u naar dertig cijfers, dan "
        "ziet u dus af en toe een vals signaal.",
        tuple(("", str(method), promise(method)) for method, rate in PROMISED.items() if rate),
        columns=("", "Manier", "Wat wij beloven"),
        points=(*ON_ODDS, ON_SCHOOLS),
    )


def _awkward(monitor: Monitor) -> ExplanationPart:
    return ExplanationPart(
        "En als het leven anders is dan het boekje?",
        "Een vreemd jaar, kwartalen die op elkaar lijken, formulieren van één school: dat komt bij "
        "elk bureau voor. Ook daarmee is gerekend, met verzonnen reeksen waarin niets verandert. "
        "Is niet na te gaan of een toets mag, dan geven wij geen oordeel.",
        tuple(("", world, told) for world, told in awkward_promises()),
        columns=("", "Wat er aan de hand is", "Toch een signaal"),
        look_up=True,
    )


def _found(monitor: Monitor) -> ExplanationPart:
    return ExplanationPart(
        "Wat zien wij, en wat missen wij?",
        "Wie weinig valse signalen wil, mist ook weleens iets. Bij kleine aantallen is dat het "
        "meest: daar is een daling van een derde lang niet altijd van toeval te onderscheiden. "
        "Geen signaal betekent dus niet dat er niets verandert.",
        tuple(("", told, how_often) for told, how_often in found_promises()),
        columns=("", "Cijfer", "Daling van een derde gezien binnen twee jaar"),
        look_up=True,
    )


def _goal(monitor: Monitor) -> ExplanationPart:
    series = _years((40, 41, 39))
    found = judge_goal(series, Asked(36, EXAMPLE_GOAL, 1, "volgend schooljaar"))
    borders = {
        name: formatting.quantity(100 * odds, formatting.PERCENT)
        for name, odds in (("likely", LIKELY), ("unlikely", UNLIKELY))
    }
    return ExplanationPart(
        "Halen wij het doel?",
        "Een norm geldt in elke periode. Een pad loopt naar een eind; tot dan zegt de kans hoe "
        "vaak het lukt als u niets verandert. De afstand staat in leerlingen. Een doel kan bewust "
        "niet gehaald worden, met reden en einddatum. Na de looptijd besluit het bureau wat geldt. "
        f"In een zin is de kans afgerond: “{odds_text(UNLIKELY)}” kan net onder de "
        f"{borders['unlikely']} liggen. De KPI-pagina geeft het getal.",
        tuple((goal.icon, str(goal), GOALS[goal].format(**borders)) for goal in Goal),
        f"Drie jaar rond de 40 en een doel van {EXAMPLE_GOAL} voor volgend jaar: “{found.goal}”. "
        f"{found.sentence}",
    )


def _effect(monitor: Monitor) -> ExplanationPart:
    found = windows_of(_quarters((40, 42, 38, 41, 26, 24, 27, 25)), 4, 4)
    assert found is not None
    return ExplanationPart(
        "Was een activiteit te zien?",
        f"Wij vergelijken hele jaren ervoor met evenveel jaren erna, hoogstens {MOST_YEARS}. "
        f"{' '.join(effect_promises())} Zichtbaar is "
        "nog niet veroorzaakt: een cijfer dat tegenviel, verbetert vaak ook vanzelf.",
        tuple((answer.icon, str(answer), SEEN[answer]) for answer in Seen),
        f"Van 40 naar 26 per kwartaal, en 16 minder verwacht: “{seen(found, -16)}”.",
    )


def _breaks(monitor: Monitor) -> ExplanationPart:
    changed = next(
        (
            f"{kpi.label}, vanaf {formatting.date_text(version.from_on)}: {version.change}"
            for kpi in monitor.kpis.values()
            for version in kpi.versions[1:]
        ),
        "",
    )
    return ExplanationPart(
        "Andere telling en gebeurtenissen",
        "Verandert de telling of de bron, dan begint een nieuwe reeks. In de grafiek staat een "
        "stippellijn en daaroverheen vergelijken wij niets. Dat doen wij ook niet als er duidelijk "
        "meer of minder locaties meetellen. Een letter onder in de grafiek is een gebeurtenis die "
        "een verandering kan verklaren.",
        tuple(("", str(kind), EVENTS[kind]) for kind in EventKind),
        changed,
        columns=("", "Gebeurtenis", "Bijvoorbeeld"),
    )


def _complete(monitor: Monitor) -> ExplanationPart:
    example = formatting.coverage(31, 34)
    return ExplanationPart(
        "Compleet of niet",
        "Bij elk cijfer staat hoeveel locaties hebben geleverd en tot welke dag. Zolang er één "
        "mist, is een daling niet te zien: misschien zitten de leerlingen bij de school die nog "
        "niet leverde. Een leeg vak heeft altijd een reden.",
        tuple(("", choices.NO_NUMBER[state], text) for state, text in NO_FIGURE.items()),
        f"Bij {example} staat er een open punt in de grafiek en geen oordeel.",
        columns=("", "Er staat", "Het betekent"),
    )


def _letters(monitor: Monitor) -> ExplanationPart:
    return ExplanationPart(
        "Hoe zeker is een cijfer? A tot en met D",
        f"{LABELS[0]} is het best, {LABELS[-1]} het zwakst. Elke reden kost één letter. "
        "Is er niets geleverd, of door minder dan de helft van de locaties, dan is het meteen "
        f"{LABELS[-1]}. Bij n.v.t. staat er geen letter. Klein is: minder dan {SMALL_COUNT}.",
        tuple(_steps_down()),
        columns=("Letter", "Reden", "Voorbeeld"),
    )


def _steps_down() -> Iterator[tuple[str, str, str]]:
    """Every reason on its own, with the letter the rule itself gives."""
    for changed, example in (
        ({}, "34 van 34 locaties, definitief, vijf jaar dezelfde telling"),
        ({"observed": 31}, formatting.coverage(31, 34)),
        ({"provisional": True}, "het schooljaar loopt nog"),
        ({"years_same_definition": 1}, "vorig jaar kwam er een nieuwe telling"),
        ({"count": 5.0}, "vijf leerlingen"),
        ({"late": True}, f"meer dan {DAYS_OF_GRACE} dagen na de verwachte maand geleverd"),
        ({"observed": 10}, formatting.coverage(10, 34)),
    ):
        found = confidence(replace(SOUND, **changed))
        yield found.label, formatting.enumeration(found.reasons or ["geen"]), example


def _schools(monitor: Monitor) -> ExplanationPart:
    return ExplanationPart(
        "Scholen eerlijk vergelijken",
        "Kleine scholen staan vaker boven- of onderaan, puur door toeval. Daarom hangt de gewone "
        "ruimte af van de grootte. Alleen wie daarbuiten ligt, heeft een naam in de grafiek. "
        "Ernaast staat een schatting waarin het toeval is gedempt: een kleine school schuift dan "
        f"meer naar het gemiddelde. Met minder dan {SMALLEST_SIZE} leerlingen is een locatie te "
        f"klein voor een oordeel. Vanaf {UNITS_FOR_SPREAD} scholen tellen ook gewone verschillen "
        "tussen scholen mee.",
        example="Dit is geen oordeel over de kwaliteit van een school.",
    )


def _never(monitor: Monitor) -> ExplanationPart:
    return ExplanationPart(
        "Wat wij nooit doen",
        "Deze regels gelden voor elk cijfer, elke grafiek en elke zin.",
        tuple(("", text, "") for text in NEVER),
        columns=("", "Regel", ""),
    )


def _years(counts: tuple[int, ...]) -> Series:
    return _series(counts, PeriodType.SCHOOLJAAR)


def _quarters(counts: tuple[int, ...]) -> Series:
    return _series(counts, PeriodType.KWARTAAL)


def _series(counts: tuple[int, ...], kind: PeriodType) -> Series:
    """A made-up series of new cases, complete and counted in one way."""
    points = tuple(
        Point(str(place), f"meting {place + 1}", place, float(count), float(count), 1.0)
        for place, count in enumerate(counts)
    )
    return Series(Shows.TOTAL, "leerlingen", Better.LOWER, kind, points)
