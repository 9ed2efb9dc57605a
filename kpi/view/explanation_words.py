"""What every word of the monitor means, in one plain Dutch sentence each."""

from kpi.meaning.choices import State
from kpi.meaning.event import EventKind
from kpi.verdict.before_after import Seen
from kpi.verdict.confidence import SMALL_COUNT
from kpi.verdict.means import FEWEST_FORMS
from kpi.verdict.rules import Rule
from kpi.verdict.verdict import Change, Goal, Method

CHANGES = {
    Change.BETTER: "Lager of hoger dan toeval verklaart, en dat is goed nieuws.",
    Change.WORSE: "Lager of hoger dan toeval verklaart, de verkeerde kant op. "
    "Zoek eerst de oorzaak, dan de actie.",
    Change.UP: "Hoger dan toeval verklaart. Dit cijfer heeft geen goede of slechte kant.",
    Change.DOWN: "Lager dan toeval verklaart. Dit cijfer heeft geen goede of slechte kant.",
    Change.ORDINARY: "Het cijfer beweegt, maar niet meer dan gewoonlijk. Verklaar het niet.",
    Change.SMALL: "Het gaat om zo weinig leerlingen dat toeval het hele verschil kan zijn.",
    Change.TOO_FEW: "Er is nog te weinig om op te oordelen, of het cijfer is niet compleet.",
    Change.NOT_TESTED: "Dit cijfer laat zich niet toetsen, zoals een stand of een bedrag.",
    Change.HIDDEN: "Alleen buiten het bureau: het oordeel kan er zijn, maar zou een klein aantal "
    "verraden.",
}
GOALS = {
    Goal.REACHED: "Een definitief cijfer voldoet.",
    Goal.MISSED: "Een definitief cijfer voldoet niet.",
    Goal.ENDED_REACHED: "De looptijd is voorbij. Toen voldeed het.",
    Goal.ENDED_MISSED: "De looptijd is voorbij. Toen voldeed het niet.",
    Goal.LIKELY: "De kans is {likely} of meer.",
    Goal.UNCERTAIN: "De kans ligt tussen {unlikely} en {likely}.",
    Goal.UNLIKELY: "De kans is kleiner dan {unlikely}.",
    Goal.UNKNOWN: "Een kans is niet te geven.",
    Goal.NOT_TESTABLE: "Er is geen definitief cijfer, of geen basis.",
    Goal.HIDDEN: "Te klein om te tonen.",
    Goal.NONE: "Er is niets afgesproken.",
}
LIMITS = (
    "Procesgrenzen zijn de laagste en de hoogste waarde die nog gewoon zijn. Ze volgen uit hoe ver "
    "de reeks eerder op en neer ging. XmR en p′ zijn namen van rekenwijzen daarvoor: XmR voor "
    "aantallen, p′ (p-accent) voor percentages."
)
METHODS = {
    Method.XMR: "Nieuwe gevallen: vanaf {points} kwartalen, gemiddeld {mean} of meer per kwartaal. "
    "Wat eerder vreemd was, telt niet mee voor de grenzen.",
    Method.P_PRIME: "Percentages per kwartaal, vanaf {points} kwartalen.",
    Method.TREND: "Vanaf {years} jaren die op dezelfde manier zijn geteld. Het verschil moet te "
    "zien blijven als een van die jaren niet meetelt. Of zeven jaren op rij dezelfde kant op. Is "
    "het laatste jaar heel anders dan alle jaren ervoor, dan noemen wij dat apart.",
    Method.INTERVAL: "Twee jaren, of twee keer vier kwartalen, met de marge die erbij hoort.",
    Method.MEAN: "Een gemiddelde van {forms} of meer formulieren uit {groups} of meer groepen, "
    "met zijn marge.",
    Method.THRESHOLD: "Bedragen en verhoudingen uit de boekhouding: alleen de grens telt.",
    Method.PAIRED: "Elke school met haar eigen vorige meting, vanaf {boards} besturen.",
    Method.NONE: "Als geen van deze manieren past, zeggen wij niets.",
}
RULES = {
    Rule.OUTSIDE: "Eén meting ligt buiten de gewone schommeling.",
    Rule.TREND: "Zes stappen na elkaar dezelfde kant op.",
    Rule.NEAR_LIMIT: "Twee van drie metingen vlak bij de grens, aan dezelfde kant.",
    Rule.SHIFT: "Een hele reeks metingen aan dezelfde kant van het gemiddelde.",
    Rule.COURSE: "Een daling of stijging over de hele reeks die te steil is voor toeval.",
}
SEEN = {
    Seen.YES: "De verwachte kant op, meer dan toeval verklaart.",
    Seen.NO: "Niet zo, en dat hadden wij waarschijnlijk wel gezien.",
    Seen.UNKNOWN: "Te vroeg, te weinig, of een stand.",
}
EVENTS = {
    EventKind.POLICY: "een nieuwe aanpak of regel",
    EventKind.CORONA: "scholen dicht",
    EventKind.REGISTRATION: "anders bijhouden of melden",
    EventKind.STAFF: "een andere leerplichtambtenaar of een vacature",
    EventKind.DEFINITION: "anders tellen",
    EventKind.OTHER: "al het andere dat u later wilt weten",
}
NO_FIGURE = {
    State.MISSING: "er had iets moeten komen, maar het is er niet",
    State.NOT_APPLICABLE: "het cijfer bestaat hier niet",
    State.SUPPRESSED: "te klein om te laten zien",
}
NEVER = (
    "Geen ranglijst van scholen: bij gelijke scholen staat er ook altijd één onderaan.",
    f"Geen percentage van een verschil als het kleinste aantal onder {SMALL_COUNT} ligt.",
    "Geen stoplicht: op een pad van 10 procent per jaar springt rood bijna om het jaar aan.",
    "Geen pijl of toets over een reeksbreuk heen. Wat ontbreekt, is een gat; duurt het "
    "langer dan een jaar, dan begint een nieuwe reeks.",
    "Geen toets tussen jaren met een duidelijk ander aantal locaties.",
    f"Geen oordeel over een gemiddelde van minder dan {FEWEST_FORMS} formulieren.",
    "Geen oordeel over een cijfer dat niet compleet of nog voorlopig is. Alleen scholen met twee "
    "metingen vergelijken wij dan toch, elk met zichzelf.",
)
