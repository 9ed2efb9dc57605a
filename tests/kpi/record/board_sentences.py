"""Sentences as a bureau writes them, without persons; and persons to plant in them."""

import random

SCHOOLS = (
    "Scholengroep De Waterkant", "Stichting Lindenhof Onderwijs", "Vereniging Horizon Onderwijs",
    "College De Esdoorn", "Jenaplanschool De Kring", "Openbaar Lyceum Oefendorp",
    "Voorbeeld College Noord", "VSO De Klimboom", "Zilverberk Lyceum",
    "Praktijkschool De Werkplaats", "Simon van Hasselt College",
)  # fmt: skip

ORDINARY = """
Het aantal thuiszitters daalde van 23 naar 22.
Dat past bij de gewone schommeling.
In september is het altijd druk, omdat de scholen dan pas net begonnen zijn.
Er kwamen 9 leerlingen bij en er gingen 9 leerlingen weer naar school.
Drie locaties leverden hun cijfers te laat.
De Waterkant meldt dit jaar meer verzuim dan vorig jaar.
Bij Lindenhof Onderwijs is het verzuim juist lager.
Het Zilverberk Lyceum werkt nu met een eigen verzuimcoördinator.
Op Horizon is de registratie sinds maart op orde.
In Oefendorp is een nieuwe leerplichtambtenaar begonnen.
De gemeente Voorbeeldstad betaalt de helft van de tussenplek.
Wij spraken hierover met de Inspectie van het Onderwijs.
Volgens de Leerplichtwet moet een school na 16 uur verzuim een melding doen.
Veilig Thuis en de jeugdhulp zitten aan tafel.
De thuiszitterstafel komt elke zes weken bij elkaar.
Sinds 1 augustus 2014 geldt de Wet passend onderwijs.
Met ingang van 1 februari 2023 is de teldatum anders.
In schooljaar 2024-2025 waren er 4 klachten, nu 3.
De ALV besloot hierover op 12 juni 2026.
De RvT vroeg om een toelichting op de reserve.
De reserve is 3,7% en het doel is hoogstens 3,5%.
Er is € 53.623 te veel in kas.
De uitgaven zijn € 30.096.300 en stegen met € 765.700.
Wij verwachten dat de reserve eind 2026 onder de grens ligt.
Het ECT kreeg 46 nieuwe casussen; een jaar eerder waren dat er 49.
Vooral scholen in Noord en Oost vragen hulp.
Scholen vragen eerder hulp dan vorig jaar.
De vacature in het team is sinds juni vervuld.
Ouders geven een 7,7 en scholen een 8,1.
Het cijfer ging van 8,2 naar 7,9.
Op de formulieren staat vaak dat het lang duurt.
De wachttijd bij de GGZ is nog steeds lang.
Accare en Molendrift hebben een wachtlijst van een half jaar.
De samenwerking met het Centrum voor Jeugd en Gezin loopt goed.
Passend Onderwijs vraagt om maatwerk per leerling.
Leerlingen uit het Praktijkonderwijs stromen vaker door naar een baan.
Het Praktijkonderwijs en het VSO maken samen een plan.
Een deel van de stijging komt door een andere manier van tellen.
Indigo telt een verlenging niet meer als een nieuwe TLV.
Magister en Somtoday leveren de cijfers op een andere dag.
De cijfers van DUO zijn nog voorlopig.
In Groningen Stad is de daling groter dan in de Ommelanden.
Het Simon van Hasselt College doet mee aan de proef.
De Vrije School wil een eigen spreekuur.
Alle besturen hebben het Thuiszitterspact getekend.
Het Nationaal Programma Onderwijs stopt, dus het budget wordt kleiner.
De Tweede Kamer praat in december over leerrecht.
Wij wachten op een brief van het Ministerie van OCW.
De Onderwijsraad en de PO-Raad denken daar anders over.
Kerst en carnaval tellen niet mee in het verzuim.
Een leerling die verhuist, telt niet meer mee.
Bij de helft van de leerlingen speelt angst.
Bij enkele leerlingen is er geen passend aanbod.
Meisjes zitten vaker thuis door angst, jongens vaker door gedrag.
Leerlingen van 16 en 17 jaar vallen het vaakst uit.
De overstap van groep 8 naar de brugklas verloopt beter.
Docenten volgen een cursus over rouw en verlies.
Mentoren bellen nu op de eerste dag van het verzuim.
Ouders weten het steunpunt steeds beter te vinden.
De ouders van leerlingen met een TLV krijgen een brief.
De directeur bespreekt dit met de besturen.
De coördinator van het ECT maakt in oktober een plan.
De leerplichtambtenaar en de schoolarts schuiven aan.
Een orthopedagoog kijkt mee met de school.
Wij vragen de scholen welke hulp zij zelf kunnen geven.
Het antwoord bespreken wij in de ALV van oktober.
In december vergelijken wij de cijfers opnieuw.
Voor de zomer is er een besluit nodig.
Dit kwartaal is er geen signaal.
Het verschil met vorig jaar is klein.
Wij zien dit ook in de rest van Nederland.
In Amsterdam en Rotterdam is hetzelfde te zien.
Landelijk steeg het aantal vrijstellingen met 5%.
Regio Noord vraagt om extra plaatsen.
Het Openbaar Lyceum Oefendorp heeft geen klachten.
Voorbeeld College Noord en Voorbeeld College Zuid delen een rebound.
Praktijkschool De Werkplaats meldt één leerling minder.
VSO De Klimboom heeft een wachtlijst.
Jenaplanschool De Kring leverde als eerste.
De Esdoorn start met een schakelklas.
Met het Samenwerkingsverband VO Ommelanden is een afspraak gemaakt.
De provincie Groningen betaalt mee aan het vervoer.
De GGD Groningen houdt een onderzoek onder leerlingen.
RENN4 en Portalis leveren ambulante begeleiding.
Het OPDC sluit in juli twee weken.
De klas op vrijdag is vol.
Een Oekraïense leerling krijgt eerst taalles.
Engelse en Duitse lessen vallen minder vaak uit.
Alleen de Mavo en de Havo laten een stijging zien.
Het Technasium heeft geen thuiszitters.
Sociaal Werk Voorbeeldstad zoekt een extra kracht.
Team Jeugd van de gemeente heeft weer ruimte.
Er was een cyberaanval, dus het systeem lag drie dagen plat.
Twee scholen zijn gefuseerd tot één locatie.
Wij bellen alle scholen vóór 1 oktober.
Bezwaar maken kan tot zes weken na het besluit.
Artikel 5 onder a komt vaker voor dan vorig jaar.
Zie het Jaarplan 2026, hoofdstuk 4.
Zie ook KPI 3 en KPI 6.
Dit is de derde keer dat het doel niet is gehaald.
De norm is 1.265 uur per jaar.
Het gaat om 12 uur per week in het eerste kwartaal.
De kosten zijn € 21.500 per jaar.
Bel het steunpunt voor vragen.
De cijfers per 1-10-2026 volgen nog.
Wij nemen de cijfers van 30 september 2026 over.
Het telefoonnummer van het loket staat op de website.
Corona speelt geen rol meer.
Door de griep was er in februari meer verzuim.
Hoogbegaafde leerlingen vragen een ander aanbod.
Het netwerk Hoogbegaafdheid komt vier keer per jaar samen.
Maatwerk cluster 3 blijft bestaan.
Het college van burgemeester en wethouders stemt in.
De Raad van Toezicht keurt de begroting goed.
Besluit van de ALV: de verdeling blijft zoals hij is.
Prins Hendrikkade en omgeving krijgen een nieuwe school.
Van der Meer is de naam van een straat bij de school.
""".strip().splitlines()

GIVEN = (
    "Kevin", "Fatima", "Daan", "Djayvinio", "Oksana", "Xeno", "Yusuf", "Lotte", "Sjoerd",
    "Chayenne", "Thirza", "Bryan", "Zoë", "Ousmane", "Marieke", "Jan-Willem", "Anne-Fleur",
    "Nikita", "Emre", "Rosalie",
)  # fmt: skip
FAMILY = (
    "de Vries", "van der Berg", "El Amrani", "Jansen", "Özdemir", "Kowalczyk", "van ’t Hof",
    "Pengel", "ten Brinke", "Shevchenko", "Bakker", "Abdi", "van Rossum", "Hoogeveen", "Da Silva",
)  # fmt: skip
AROUND = (
    "{} zit al zes weken thuis.", "Wij spraken met {} over een plek.", "Volgens {} duurt het lang.",
    "De moeder van {} belde het steunpunt.", "Leerling {} gaat naar het VSO.",
)  # fmt: skip


def bsn(chance: random.Random) -> str:
    """Nine digits that pass the eleven test, written in one of the ways people do."""
    while True:
        digits = [chance.randint(0, 9) for _ in range(8)]
        last = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits)) % 11  # noqa: B905
        if last < 10 and any(digits):
            break
    text = "".join(map(str, [*digits, last]))
    return chance.choice(
        (
            text,
            f"{text[:3]}.{text[3:6]}.{text[6:]}",
            f"{text[:4]}.{text[4:6]}.{text[6:]}",
            f"{text[:3]} {text[3:6]} {text[6:]}",
            f"{text[:2]} {text[2:4]} {text[4:6]} {text[6:]}",
            f"{text[:3]}-{text[3:6]}-{text[6:]}",
            " ".join(text),
        )
    )


def email(chance: random.Random) -> str:
    """An address of a pupil, a parent or a school."""
    name = chance.choice(
        ("kevin.devries", "f.elamrani", "mama_van_daan", "info", "20341", "l-jansen")
    )
    place = chance.choice(("school.nl", "gmail.com", "bureau.swv.nl", "hotmail.be", "live.nl"))
    return f"{name}{chance.choice(('@', '@', '@', '[at]', ' (at) '))}{place}"


def phone(chance: random.Random) -> str:
    """A Dutch number, at home or mobile."""
    four = f"{chance.randint(1000, 9999)}"
    three = f"{chance.randint(100, 999)}"
    return chance.choice(
        (f"06-1{three}{four}", f"061{three}{four}", f"06 1{three} {four}", f"050-{three}{four}",
         f"+31 6 1{three}{four}", f"0031 6 1{three}{four}", f"(050) {three} {four}",
         f"0598 {three}{three}")
    )  # fmt: skip


def birth(chance: random.Random) -> str:
    """A date of birth as people write it."""
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(2008, 2015)
    return chance.choice(
        (f"geboren op {day}-{month}-{year}", f"geb. {day}-{month}-{year}",
         f"geboortedatum: {day:02}-{month:02}-{year}", f"geboren {day} mei {year}")
    )  # fmt: skip


def name(chance: random.Random) -> str:
    """A person, in one of the ways people write one."""
    given, family = chance.choice(GIVEN), chance.choice(FAMILY)
    return chance.choice(
        (f"{given} {family}", f"{given} {family}", f"mevrouw {family}", f"dhr. {family}",
         f"{given[0]}. {family}", f"de heer {given[0]}.{chance.choice('ABK')}. {family}")
    )  # fmt: skip
