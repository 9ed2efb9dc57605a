"""What each file holds and which of its headers the oracle reads, in the words of the files."""

from __future__ import annotations

# source: (topic, what one file holds, for whom it speaks when its giver says nothing)
SOURCES = {
    "leerlingen": ("pupils", "school_year", "locations"),
    "duo_leerlingen": ("pupils", "school_year", "locations"),
    "verzuim": ("absence", "school_year", "locations"),
    "verzuim_aantallen": ("absence_count", "period", "locations"),
    "vrijstellingen": ("exemption", "all", "swv"),
    "tlv": ("tlv", "all", "swv"),
    "vso": ("vso", "all", "swv"),
    "opp": ("opp", "all", "locations"),
    "vsv": ("vsv", "period", "locations"),
    "duo_vsv": ("vsv_institution", "period", "swv"),
    "maatwerk": ("maatwerk", "all", "swv"),
    "klachten": ("complaint", "all", "swv"),
    "ect": ("ect", "all", "swv"),
    "tevredenheid": ("satisfaction", "all", "swv"),
    "basisondersteuning": ("basic_support", "period", "locations"),
    "financien": ("finance", "period", "swv"),
    "balans": ("balance", "period", "swv"),
    "plaatsen": ("places", "school_year", "locations"),
}
BY_ROW = {"absence_count", "vsv", "vsv_institution", "basic_support", "finance", "balance"}
# for a whole register: the column whose earliest date says from when it is complete
COMPLETE_FROM = {
    "vrijstellingen": "end", "tlv": "decided", "vso": "end", "opp": "end", "maatwerk": "end",
    "klachten": "received", "ect": "closed", "tevredenheid": "sent",
}  # fmt: skip
# lists of things that go on until they end: the column with that end
ENDS = {"verzuim": "end", "vrijstellingen": "end", "vso": "end", "opp": "end", "maatwerk": "end",
        "ect": "closed"}  # fmt: skip
HEADERS: dict[str, dict[str, str]] = {
    "locaties": {
        "Vestiging": "location", "Soort onderwijs": "type", "Bestuursnummer": "board",
        "RMC-regio": "region", "Vanaf": "from", "Tot en met": "to", "Opgegaan in": "merged_into",
    },
    "leerlingen": {
        "Vestiging": "location", "Peildatum": "day", "Aantal leerlingen": "pupils",
        "Voorlopig": "provisional",
    },
    "duo_leerlingen": {"VESTIGINGSCODE": "location", "AANTAL LEERLINGEN": "pupils"},
    "verzuim": {
        "Vestigingscode": "location", "Vestiging": "location", "Leerlingnr": "pupil",
        "Leerlingnummer": "pupil", "Geb.datum": "birth", "Geboortedatum": "birth",
        "Type verzuim": "kind", "Soort verzuim": "kind", "Reden verzuim": "sub_kind",
        "Nadere soort": "sub_kind", "Reden beëindiging": "end_reason", "Reden einde": "end_reason",
        "Geoorloofd/ongeoorloofd": "permitted",
        "Geoorloofd": "permitted", "Datum start verzuim": "start", "Begindatum": "start",
        "Datum einde verzuim": "end", "Einddatum": "end", "Passend aanbod": "offer",
        "Aanbod": "offer", "Aanbod sinds": "offer_on", "Datum aanbod": "offer_on",
        "Gemeentenummer": "municipality",
    },
    "verzuim_aantallen": {
        "Vestiging": "location", "Kwartaal": "period", "Soort verzuim": "kind",
        "Aantal op peildatum": "stock", "Nieuw": "new", "Beëindigd": "ended",
        "Langer dan 3 maanden": "over_3_months",
        "Langer dan 3 maanden zonder aanbod": "over_3_months_no_offer",
    },
    "vrijstellingen": {
        "Jongerennummer": "pupil", "Grond vrijstelling": "article", "Vrijstelling vanaf": "start",
        "Vrijstelling tot": "end", "Gemeentecode": "municipality",
    },
    "tlv": {
        "Dossiernummer": "number", "Leerlingnummer": "pupil",
        "Verwijzende school": "location", "TLV voor": "kind",
        "Besluitdatum": "decided", "Status aanvraag": "result", "Eerste of verlenging": "request",
        "Categorie": "category", "Cluster": "cluster", "Afkomstig van": "origin",
    },
    "vso": {
        "VSO-school": "location", "Leerlingnummer": "pupil", "Inschrijfdatum": "start",
        "Uitschrijfdatum": "end", "Cluster vso": "cluster", "Bekostigingscategorie": "category",
        "Herkomst": "came_from", "Uitstroombestemming": "went_to", "Met TAB": "tab",
    },
    "opp": {
        "Vestiging": "location", "Leerlingnummer": "pupil", "Begindatum OPP": "start",
        "Einddatum OPP": "end", "Leerling akkoord": "pupil_consent",
        "Ouders akkoord": "parent_consent",
    },
    "vsv": {
        "Vestigingscode": "location", "Schooljaar": "year", "Aantal leerlingen": "pupils",
        "Aantal vsv'ers": "leavers", "Naar mbo zonder diploma": "mbo", "Status": "status",
    },
    "duo_vsv": {
        "JAAR": "year", "BRIN NUMMER": "brin", "ONDERWIJSSTRUCTUUR EN LEERJAAR": "structure",
        "AANTAL DEELNEMERS": "pupils", "AANTAL VSV ERS": "leavers",
        "AANTAL VSV ERS MET VMBO DIPLOMA": "vmbo", "AANTAL VSV ERS MET MBO1 DIPLOMA": "mbo1",
        "AANTAL VSV ERS ZONDER DIPLOMA": "zonder",
    },
    "maatwerk": {
        "Leerlingnummer": "pupil", "Verwijzende school": "location", "Voorziening": "provision",
        "Verwijsdatum": "referred", "Startdatum": "start", "Einddatum": "end",
        "Uitkomst": "outcome",
    },
    "klachten": {
        "Klachtnummer": "number", "Ontvangen op": "received", "Ingediend bij": "route",
        "Soort": "kind", "Uitkomst": "outcome",
    },
    "ect": {
        "Casusnummer": "number", "Vestiging": "location", "Datum aanmelding": "opened",
        "Datum afsluiting": "closed", "Soort inzet": "kind", "Thema": "theme", "Uren": "hours",
    },
    "tevredenheid": {
        "Responsnummer": "number", "Datum verstuurd": "sent", "Datum ingevuld": "answered",
        "Doelgroep": "respondent", "Rapportcijfer": "mark", "Vestiging": "location",
    },
    "basisondersteuning": {
        "Vestiging": "location", "Jaar van meting": "year", "Onderdeel": "part", "Score": "score",
    },
    "financien": {
        "Boekjaar": "year", "Begroting of realisatie": "status", "Begrotingspost": "post",
        "Bedrag (€)": "amount",
    },
    "balans": {
        "Boekjaar": "year", "Status": "status", "Totale bruto baten": "income",
        "Eigen vermogen (publiek)": "equity",
    },
    "plaatsen": {
        "Vestiging": "location", "Peildatum": "day", "Soort onderwijs": "provision",
        "Cluster": "cluster", "Plaatsen": "places", "Bezet": "occupied", "Wachtlijst": "waiting",
    },
}  # fmt: skip
ABSENCE_KINDS = {
    "av": "av", "absoluut verzuim": "av", "lrv": "lrv", "langdurig relatief verzuim": "lrv",
    "ziek": "ziek", "ziekteverzuim": "ziek", "overig": "overig", "overig verzuim": "overig",
}  # fmt: skip
DATES = {
    "from", "to", "day", "birth", "start", "end", "offer_on", "decided", "referred", "received",
    "opened", "closed", "sent", "answered",
}  # fmt: skip
