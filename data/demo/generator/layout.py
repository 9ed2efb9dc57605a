"""How each register looks as a file: titles, headers and order, the way real systems export them.

A layout is a list of columns (header, value of one record). Headers are now the words of our own
template, now those of the system the bureau works with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from data.demo.generator.absence import Spell
from data.demo.generator.world import BY_CODE
from data.demo.generator.write import Cell, Row

Layout = list[tuple[str, Callable[[Any], Cell]]]


def table(layout: Layout, records: Iterable[Any], titles: tuple[str, ...] = ()) -> list[Row]:
    """Title rows, an empty row when there are titles, the header and a row per record."""
    above: list[Row] = [[title] for title in titles]
    if titles:
        above.append([])
    header: Row = [name for name, _ in layout]
    return [*above, header, *([value(record) for _, value in layout] for record in records)]


def yes_no(value: bool | None) -> str | None:
    """ja, nee or an empty cell."""
    return None if value is None else "ja" if value else "nee"


def text(*words: str, **special: str) -> Callable[[Any], Cell]:
    """The value of an attribute as people write it: code → spelling, spaces for underscores."""
    (name,) = words

    def spelled(record: Any) -> Cell:  # noqa: ANN401
        code = getattr(record, name)
        return special.get(code, code.replace("_", " ")) if code else None

    return spelled


def value(name: str) -> Callable[[Any], Cell]:
    """The value of an attribute as it is."""
    return lambda record: getattr(record, name)


def answer(name: str) -> Callable[[Any], Cell]:
    """A yes-or-no attribute as ja or nee."""
    return lambda record: yes_no(getattr(record, name))


KINDS = {"av": "Absoluut verzuim", "lrv": "Langdurig relatief verzuim",
         "ziek": "Ziekteverzuim", "overig": "Overig verzuim"}  # fmt: skip


def _school_name(spell: Spell) -> Cell:
    return BY_CODE[spell.school].name_on(spell.start) if spell.school else None


# The verzuimmodule puts the school first, writes words in full and knows an offer by its date.
ABSENCE_MODULE: Layout = [
    ("Vestigingscode", value("school")),
    ("Schoolnaam", _school_name),
    ("Leerlingnr", value("pupil")),
    ("Geb.datum", value("birth")),
    ("Type verzuim", text("kind", **KINDS)),
    ("Reden verzuim", text("sub_kind")),
    ("Geoorloofd/ongeoorloofd", lambda spell: {True: "geoorloofd", False: "ongeoorloofd"}.get(
        spell.permitted, "onbekend")),
    ("Datum start verzuim", value("start")),
    ("Datum einde verzuim", value("end")),
    ("Passend aanbod", lambda spell: yes_no(spell.offer_on is not None)),
    ("Aanbod sinds", value("offer_on")),
    ("Reden beëindiging", text("end_reason")),
]  # fmt: skip

# In one year with the municipality, for who has no school here.
ABSENCE_MUNICIPALITY: Layout = [*ABSENCE_MODULE, ("Gemeentenummer", value("municipality"))]

# Our own template, as the boards fill it in for the running quarter.
ABSENCE_TEMPLATE: Layout = [
    ("Leerlingnummer", value("pupil")),
    ("Vestiging", value("school")),
    ("Soort verzuim", text("kind", av="AV", lrv="LRV")),
    ("Nadere soort", text("sub_kind")),
    ("Geoorloofd", answer("permitted")),
    ("Begindatum", value("start")),
    ("Einddatum", value("end")),
    ("Aanbod", lambda spell: yes_no(spell.offer_on is not None)),
    ("Datum aanbod", value("offer_on")),
    ("Reden einde", text("end_reason")),
    ("Geboortedatum", value("birth")),
]

# Somebody left the personal columns in: the import must drop them.
ABSENCE_TOO_MUCH: Layout = [
    ("Naam", lambda spell: f"Verzonnen Leerling {spell.pupil[1:]}"),
    ("BSN", lambda spell: f"000{spell.pupil[1:]}"),
    *ABSENCE_TEMPLATE,
]


NOT_TOLD = "2020-2021-k1"
NOT_COUNTED = ("94KL03", "2020-2021-k2", "lrv")


def absence_counts(spells: list[Spell], quarters: list[tuple[str, date, date]]) -> list[Row]:
    """Counts per location, quarter and kind, as a board counts by hand that has no list of pupils.

    `quarters` holds (period id, first day, last day). A long absence counts from day 29. One
    school forgot one kind in one quarter, and in one quarter small numbers are not told.
    """
    rows: list[Row] = [["Vestiging", "Kwartaal", "Soort verzuim", "Aantal op peildatum", "Nieuw",
                        "Beëindigd", "Langer dan 3 maanden",
                        "Langer dan 3 maanden zonder aanbod"]]  # fmt: skip
    for code in sorted({spell.school for spell in spells}):
        for period, first, last in quarters:
            for kind in ("av", "lrv"):
                if (code, period, kind) == NOT_COUNTED:
                    continue
                own = [one for one in spells if one.school == code and one.kind == kind]
                *numbers, long, bare = _counts(own, first, last)
                told = (fewer(long), fewer(bare)) if period == NOT_TOLD else (long, bare)
                rows.append([code, period, kind.upper(), *numbers, *told])
    return rows


def fewer(number: int) -> int | str:
    """A number as one who protects pupils tells it: 1 to 4 is "<5"."""
    return "<5" if 0 < number < 5 else number


def _counts(spells: list[Spell], first: date, last: date) -> list[int]:
    from_day = {one: one.counts_from() for one in spells}
    counted = [one for one in spells if one.end is None or one.end > from_day[one]]
    standing = [
        one for one in counted if from_day[one] <= last and (one.end is None or one.end > last)
    ]
    long = [one for one in standing if (last - one.start).days > 92]
    return [
        len(standing),
        sum(first <= from_day[one] <= last for one in counted),
        sum(one.end is not None and first <= one.end <= last for one in counted),
        len(long),
        sum(one.offer_on is None or one.offer_on > last for one in long),
    ]


PLACED: Layout = [
    ("VSO-school", value("school")),
    ("Leerlingnummer", value("pupil")),
    ("Inschrijfdatum", value("start")),
    ("Uitschrijfdatum", value("end")),
    ("Cluster vso", lambda one: f"cluster {one.cluster}"),
    ("Bekostigingscategorie", value("category")),
    ("Herkomst", text("came_from", vso_elders="andere vso-school")),
    ("Uitstroombestemming", text("went_to", arbeid_dagbesteding="dagbesteding")),
    ("Met TAB", answer("tab")),
]
DECISIONS: Layout = [
    ("Dossiernummer", value("number")),
    ("Leerlingnummer", value("pupil")),
    ("Verwijzende school", value("school")),
    ("TLV voor", text("kind", vso="VSO", pro="PrO")),
    ("Aanvraagdatum", value("requested")),
    ("Besluitdatum", value("decided")),
    ("Status aanvraag", text("result")),
    ("Eerste of verlenging", lambda one: "eerste" if one.first else "verlenging"),
    ("Categorie", lambda one: {"laag": "cat. 1", "midden": "cat. 2", "hoog": "cat. 3"}.get(
        one.category)),
    ("Cluster", value("cluster")),
    ("Afkomstig van", text("origin", zij_instroom="zij-instroom")),
    ("Geldig vanaf", value("valid_from")),
    ("Geldig tot", value("valid_to")),
]  # fmt: skip
OPPS: Layout = [
    ("Vestiging", value("school")),
    ("Leerlingnummer", value("pupil")),
    ("Begindatum OPP", value("start")),
    ("Einddatum OPP", value("end")),
    ("Leerling akkoord", answer("pupil_consent")),
    ("Ouders akkoord", answer("parent_consent")),
]
PLACEMENTS: Layout = [
    ("Leerlingnummer", value("pupil")),
    ("Verwijzende school", value("school")),
    ("Voorziening", text("provision", rebound="Rebound", ttvo="TTVO",
                         maatwerk_cl3="Maatwerk cl. 3", maatwerk_cl4="Maatwerk cl. 4",
                         opdc_doorstart="OPDC/Doorstart")),
    ("Verwijsdatum", value("referred")),
    ("Startdatum", value("start")),
    ("Einddatum", value("end")),
    ("Uitkomst", text("outcome")),
]  # fmt: skip
COMPLAINTS: Layout = [
    ("Klachtnummer", value("number")),
    ("Ontvangen op", value("received")),
    ("Ingediend bij", text("route", lbt="LBT")),
    ("Soort", text("kind", bezwaar_tlv="bezwaar tegen TLV")),
    ("Uitkomst", text("outcome")),
    ("Afgesloten op", value("closed")),
]
THEMES = (
    "Terugschakelen naar vo", "Symbiose", "Tussenvoorziening", "Warme overdracht",
    "Ondersteuning in de klas", "Handelingsdeel van het OPP", "Gedrag", "Autisme",
    "Angst en somberheid", "Trauma en hechting", "Aanwezigheid op school", "Hoogbegaafdheid",
    "Examens en diploma's", "Overstap naar mbo of werk", "Samenwerken met jeugdhulp",
    "Samenwerken met ouders",
)  # fmt: skip
CASES: Layout = [
    ("Casusnummer", value("number")),
    ("Vestiging", value("school")),
    ("Datum aanmelding", value("opened")),
    ("Datum afsluiting", value("closed")),
    ("Soort inzet", text("kind", schakeling_vso_vo="schakeling vso-vo")),
    ("Thema", lambda case: THEMES[int(case.theme[1:]) - 1]),
    ("Uren", value("hours")),
]
FORMS: Layout = [
    ("Responsnummer", value("number")),
    ("Datum verstuurd", value("sent")),
    ("Datum ingevuld", value("answered")),
    ("Doelgroep", text("respondent", partners="externe partners")),
    ("Rapportcijfer", value("mark")),
    ("Vestiging", value("school")),
]
EXEMPTIONS: Layout = [
    ("Jongerennummer", value("pupil")),
    ("Grond vrijstelling", value("article")),
    ("Vrijstelling vanaf", value("start")),
    ("Vrijstelling tot", value("until")),
    ("Gemeentecode", value("municipality")),
]
PLACES: Layout = [
    ("Vestiging", value("school")),
    ("Peildatum", value("day")),
    ("Soort onderwijs", lambda _: "vso"),
    ("Cluster", value("cluster")),
    ("Plaatsen", value("places")),
    ("Bezet", value("occupied")),
    ("Wachtlijst", value("waiting")),
]
LEAVERS: Layout = [
    ("Vestigingscode", value("school")),
    ("Schooljaar", lambda row: f"{row.year}-{row.year + 1}"),
    ("Aantal leerlingen", value("pupils")),
    ("Aantal vsv'ers", value("leavers")),
    ("Naar mbo zonder diploma", value("mbo_without_diploma")),
]
PARTS = (
    "Veilig schoolklimaat", "Signaleren", "Afstemmen in de les", "Ondersteuningsteam",
    "Werken met het OPP", "Samenwerken met ouders", "Samenwerken met jeugdhulp",
    "Toegankelijk gebouw",
)  # fmt: skip
SCORES: Layout = [
    ("Vestiging", value("school")),
    ("Jaar van meting", lambda row: f"{row.year}-{row.year + 1}"),
    ("Onderdeel", lambda row: PARTS[int(row.part[1:]) - 1]),
    ("Score", value("score")),
]
POSTS: Layout = [
    ("Boekjaar", lambda row: row[0]),
    ("Begroting of realisatie", lambda row: row[1]),
    ("Begrotingspost", lambda row: {
        "expertise_maatwerk_tussenvoorzieningen": "Expertise/maatwerk- en tussenvoorzieningen",
    }.get(row[2], row[2].capitalize())),
    ("Bedrag (€)", lambda row: row[3]),
]  # fmt: skip
BALANCES: Layout = [
    ("Boekjaar", lambda row: row[0]),
    ("Status", lambda row: row[1]),
    ("Totale bruto baten", lambda row: row[2]),
    ("Eigen vermogen (publiek)", lambda row: row[3]),
]
