"""What a column of the registration can hold: each field with its words and its usual headers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from data.plain import plain
from data.source import Column, DeliveryRules, FileRules, Source

YES_NO = {"ja": "ja", "nee": "nee", "onbekend": "onbekend"}


class FieldKind(StrEnum):
    """What a cell of the field is."""

    TEXT = "tekst"
    WORD = "een van een paar woorden"
    DATE = "datum"
    NUMBER = "getal"


@dataclass(frozen=True)
class Field:
    """One thing a row can tell. `about` says what, in Dutch; `headers` are spellings seen in forms.

    words: for Kind.WORD the code → the word that is shown; spellings: code → other words for it.
    """

    id: str
    label: str
    kind: FieldKind
    about: str
    headers: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def word_of(self, code: str, own: Mapping[str, str], allowed: tuple[str, ...] = ()) -> str:
        """The word for a code: one the form allows, else that of the layout, else our own."""
        usual = own.get(code, self.words.get(code, code))
        spelled = (usual, self.words.get(code, code), code, *self.spellings.get(code, ()))
        known = {plain(word) for word in spelled}
        return next((word for word in allowed if plain(word) in known), usual)


def _field(
    name: str,
    label: str,
    kind: FieldKind,
    about: str,
    *headers: str,
    words: Mapping[str, str] | None = None,
    spellings: Mapping[str, tuple[str, ...]] | None = None,
) -> Field:
    return Field(name, label, kind, about, (label, *headers), words or {}, spellings or {})


_ALL = (
    _field(
        "key", "Code van de leerling", FieldKind.TEXT,
        "In elke ronde een andere code. Rijen van één leerling hebben in een ronde dezelfde.",
        "Code", "Leerlingcode", "Leerlingnummer", "Anonieme code", "Uniek nummer", "Kenmerk",
        "Leerling (anoniem)", "Leerlingnummer (anoniem)", "Identificatie", "Leerling",
    ),
    _field(
        "number", "Volgnummer", FieldKind.NUMBER, "Het nummer van de rij.",
        "Nr", "Nr.", "Nummer", "Rij", "Regel",
    ),
    _field(
        "kind", "Soort", FieldKind.WORD,
        "Absoluut verzuim, langdurig relatief verzuim of vrijstelling.",
        "Soort thuiszitter", "Soort verzuim", "Type", "Type verzuim", "AV/LRV", "Categorie",
        "Categorie thuiszitter", "Verzuimsoort", "AV/LRV/vrijstelling",
        words={
            "av": "Absoluut verzuim", "lrv": "Langdurig relatief verzuim",
            "art5_a": "Vrijstelling art. 5 onder a", "art5_b": "Vrijstelling art. 5 onder b",
            "art5_c": "Vrijstelling art. 5 onder c",
        },
        spellings={
            "av": ("AV", "Absoluut", "Absoluut verzuimer", "Absoluut verzuim (AV)"),
            "lrv": ("LRV", "Relatief", "Langdurig verzuim", "Langdurig relatief",
                    "Langdurig relatief verzuim (LRV)", "Relatief verzuim"),
            "art5_a": ("5 onder a", "art. 5 onder a", "artikel 5 onder a", "5a", "Vrijstelling",
                       "Vrijstelling 5 onder a", "Vrijstelling artikel 5 onder a", "VRIJ"),
            "art5_b": ("5 onder b", "art. 5 onder b", "Vrijstelling artikel 5 onder b"),
            "art5_c": ("5 onder c", "art. 5 onder c", "Vrijstelling artikel 5 onder c"),
        },
    ),
    _field(
        "sub_kind", "Reden", FieldKind.WORD, "Waarom de leerling thuiszit.",
        "Nadere soort", "Reden thuiszitten", "Reden verzuim", "Oorzaak", "Aanleiding",
        words={
            "ziekgemeld": "Ziekgemeld", "thuiswerkplan": "Thuiswerkplan",
            "wachtlijst": "Wachtlijst", "overgang": "Tussen twee scholen",
            "overig": "Overig", "onbekend": "Onbekend",
        },
        spellings={
            "ziekgemeld": ("Ziek",), "wachtlijst": ("Wacht op plaats", "Wacht op plaatsing"),
            "overgang": ("Overgang", "Overstap"), "overig": ("Anders",),
        },
    ),
    _field(
        "permitted", "Geoorloofd", FieldKind.WORD, "Of het verzuim geoorloofd is.",
        "Geoorloofd verzuim", "Geoorloofd (ja/nee)", words=YES_NO,
        spellings={"ja": ("j", "geoorloofd"), "nee": ("n", "ongeoorloofd")},
    ),
    _field(
        "school_type", "Onderwijssoort", FieldKind.WORD, "De soort school: van nu, of de laatste.",
        "Soort onderwijs", "Schoolsoort", "Soort school", "Laatste onderwijssoort", "Onderwijs",
        words={"vo": "VO", "pro": "PrO", "vso": "VSO", "onbekend": "Onbekend"},
        spellings={
            "vo": ("Voortgezet onderwijs", "Regulier vo"), "pro": ("Praktijkonderwijs",),
            "vso": ("Voortgezet speciaal onderwijs",),
        },
    ),
    _field(
        "location_id", "Vestiging", FieldKind.TEXT, "De code van de school: BRIN en vestiging.",
        "BRIN", "BRIN6", "Vestigingsnummer", "BRIN vestiging", "BRIN-nummer", "Laatste school",
        "School", "Vestigingscode",
    ),
    _field(
        "location", "Naam van de school", FieldKind.TEXT, "De naam van de vestiging.",
        "Schoolnaam", "Naam school", "Naam vestiging", "Naam laatste school",
    ),
    _field(
        "municipality", "Gemeente", FieldKind.TEXT,
        "Gemeentenummer; alleen bekend bij vrijstellingen.",
        "Gemeentenummer", "Woongemeente", "Gemeentecode",
    ),
    _field(
        "birth_year", "Geboortejaar", FieldKind.NUMBER,
        "Afgeleid uit de maand waarin de leerling 18 wordt. De geboortedatum is niet bewaard.",
        "Jaar van geboorte",
    ),
    _field(
        "age", "Leerplicht", FieldKind.WORD,
        "Of de leerling leerplichtig of kwalificatieplichtig is.",
        "Leerplichtig/kwalificatieplichtig", "Leeftijd volgens de wet", "Leerplichtig",
        words={
            "leerplichtig": "Leerplichtig", "kwalificatieplichtig": "Kwalificatieplichtig",
            "ouder": "Ouder", "onbekend": "Onbekend",
        },
    ),
    _field(
        "school_year", "Schooljaar", FieldKind.TEXT, "Het schooljaar waarin het thuiszitten begon.",
        "Schooljaar van begin",
    ),
    _field(
        "start_on", "Begindatum", FieldKind.DATE, "De eerste dag thuis, of van de vrijstelling.",
        "Datum start", "Startdatum", "Start", "Begin", "Datum begin", "Begindatum thuiszitten",
        "Startdatum thuiszitten", "Datum start thuiszitten", "Begindatum verzuim", "Thuis sinds",
        "Eerste verzuimdag", "Datum ingang",
    ),
    _field(
        "counts_from", "Telt mee vanaf", FieldKind.DATE,
        "De dag vanaf wanneer de rij meetelt: bij LRV 29 dagen na de eerste dag.",
    ),
    _field(
        "end_on", "Einddatum", FieldKind.DATE,
        "De dag waarop het stopte; leeg als dat nog niet zo is.",
        "Datum einde", "Eind", "Einde", "Einddatum thuiszitten", "Datum einde thuiszitten",
        "Einddatum verzuim", "Datum beëindigd", "Opgelost op", "Datum opgelost",
    ),
    _field(
        "end_reason", "Hoe het afliep", FieldKind.WORD, "Waarom het thuiszitten stopte.",
        "Reden einde", "Resultaat", "Uitkomst", "Afloop", "Oplossing", "Reden beëindiging",
        words={
            "terug_naar_school": "Terug naar school", "vso": "Naar VSO",
            "maatwerk": "Naar maatwerk", "mbo": "Naar mbo", "verhuisd": "Verhuisd",
            "vrijstelling": "Vrijstelling", "overig": "Overig", "onbekend": "Onbekend",
        },
        spellings={
            "terug_naar_school": ("Terug op school", "School", "Naar school"),
            "vso": ("VSO",), "maatwerk": ("Maatwerk",), "mbo": ("MBO",), "overig": ("Anders",),
        },
    ),
    _field(
        "days", "Duur in dagen", FieldKind.NUMBER,
        "Dagen van het begin tot het einde of de peildatum.",
        "Aantal dagen", "Duur (dagen)",
    ),
    _field(
        "weeks", "Duur in weken", FieldKind.NUMBER, "Hele weken, op dezelfde manier.",
        "Aantal weken", "Duur (weken)", "Duur", "Duur thuiszitten",
    ),
    _field(
        "long", "Langer dan 3 maanden", FieldKind.WORD, "Of het langer duurde dan 3 maanden.",
        "> 3 maanden", "Langer dan drie maanden", words=YES_NO,
        spellings={"ja": ("j",), "nee": ("n",)},
    ),
    _field(
        "offer", "Aanbod", FieldKind.WORD,
        "Of er een aanbod van onderwijs of zorg is. Niet bekend telt als geen aanbod.",
        "Passend aanbod", "Aanbod gedaan", "Heeft aanbod", "Aanbod (ja/nee)",
        "Aanbod van onderwijs of zorg", words=YES_NO, spellings={"ja": ("j",), "nee": ("n",)},
    ),
    _field(
        "offer_on", "Datum aanbod", FieldKind.DATE, "De dag waarop het aanbod begon.",
        "Aanbod sinds", "Aanbod vanaf", "Aanbod per", "Datum passend aanbod",
    ),
    _field(
        "status", "Stand", FieldKind.WORD, "Hoe het er op de peildatum voor staat.",
        "Status", "Stand op peildatum", "Situatie",
        words={
            "home": "Zit thuis", "exempt": "Vrijstelling geldt", "ended": "Gestopt",
            "dropped": "Niet meer op de lijst", "unknown": "Onbekend: geen lijst van de school",
        },
        spellings={
            "home": ("Thuis", "Thuiszitter", "Lopend", "Open"), "exempt": ("Lopend", "Geldig"),
            "ended": ("Beëindigd", "Opgelost", "Niet meer thuis", "Gesloten"),
        },
    ),
    _field(
        "is_new", "Nieuw in dit kwartaal", FieldKind.WORD,
        "Of de rij in dit kwartaal ging meetellen.",
        "Nieuw", words=YES_NO, spellings={"ja": ("j",), "nee": ("n",)},
    ),
    _field("remark", "Bijzonderheid", FieldKind.TEXT,
    "Wat de monitor bij de rij op te merken heeft."),
)  # fmt: skip

FIELDS: Mapping[str, Field] = MappingProxyType({item.id: item for item in _ALL})


def as_source() -> Source:
    """The fields as a kind of file, so that a form is recognised as an import file is."""
    columns = {
        item.id: Column(item.id, item.label, "text", item.headers, note=item.about)
        for item in FIELDS.values()
    }
    return Source(
        "inspectie", "Registratie van thuiszitters", "Inspectie van het Onderwijs", "inspectie",
        "Herkennen van het formulier van de Inspectie", 0, 1, DeliveryRules("none"),
        columns, FileRules("Registratie"),
    )  # fmt: skip
