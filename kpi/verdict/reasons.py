"""Why this method: one sentence per route, shown beside the verdict."""

NOT_USABLE = "Een oordeel kan alleen over een volledig en definitief cijfer."
THRESHOLD = "Dit komt uit de boekhouding: vergelijken met de grens is genoeg."
UNJUDGED = "Voor dit cijfer is geen oordeel afgesproken."
OUTFLOW = "Hoeveel er gaan, hangt af van hoeveel er zijn: wij toetsen het deel dat gaat."
PAIRED = "Deze meting komt eens in de vier jaar: wij vergelijken elke school met zichzelf."
PAIRED_BOARDS = (
    "Wie één bestuur beoordeelt, is vaak één persoon: onder zes besturen is er geen oordeel."
)
PAIRED_ONE = "Eén school: wij laten alleen het verschil met haar vorige meting zien."
STANDING = "Dit is een stand: dezelfde leerlingen tellen steeds opnieuw mee, dus toetsen kan niet."
CARRIED_OVER = "Wie blijft, telt in de volgende periode weer mee, dus toetsen kan niet."
AMOUNT = "Dit zijn geen aantallen gevallen; een toets op aantallen past hier niet."
NO_SPREAD = "Niet bekend is welke metingen bij elkaar horen, dus er is geen marge."
FEW_GROUPS = "De metingen komen uit minder dan vijf groepen, zoals scholen: dan is er geen marge."
FEW_FORMS = "Een gemiddelde van minder dan tien metingen zegt te weinig."
NO_COMPARISON = (
    "Er is geen eerdere meting die op dezelfde manier is geteld en kort genoeg geleden is."
)
MEAN = "Wij vergelijken twee gemiddelden met de marge die hoort bij de groepen, zoals scholen."
LEAP = "Een heel ander laatste jaar is nog geen trend, maar ook geen gewone schommeling."
TREND = "Vijf jaren op dezelfde manier geteld: genoeg voor een toets op een trend."
TWO_YEARS = (
    "Minder dan vijf jaren zijn goed vergelijkbaar: wij toetsen de laatste twee, met hun marge."
)
TOO_FEW = "Er zijn nog te weinig metingen die op dezelfde manier zijn geteld."
P_PRIME = "Een percentage per kwartaal: de grenzen rekenen mee hoe groot de groep is."
XMR = "Nieuwe gevallen per kwartaal, genoeg metingen en aantallen: procesgrenzen passen hier."
SEASON = "Procesgrenzen die rekening houden met het vaste patroon per kwartaal."
DEPENDENT = "De kwartalen hangen te sterk met elkaar samen voor een toets."
COURSE = (
    "De kwartalen hangen met elkaar samen, maar het verloop als geheel is te steil voor toeval."
)
SMALL = "Kleine aantallen per kwartaal: wij vergelijken het laatste jaar met het jaar ervoor."
LITTLE_BEFORE = "Er is geen heel jaar gemeten voordat de activiteit begon."
LITTLE_POWER = "Er is te weinig gemeten om zo’n verschil van toeval te onderscheiden."
