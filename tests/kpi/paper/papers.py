"""Made-up papers that hold everything a writer must be able to write."""

import struct
import zlib
from dataclasses import replace

from kpi import formatting
from kpi.paper.document import (
    Cell,
    Chart,
    ChartLine,
    Document,
    Frame,
    HouseStyle,
    Section,
    Table,
    Text,
    Tile,
    UsedDefinition,
)
from kpi.paper.forms.office.lines import stretches

MISSING, HIDDEN, NOT_APPLICABLE = Cell("niet geleverd"), Cell("•, niet getoond"), Cell("n.v.t.")
PROVISIONAL = Cell("voorlopig")
QUARTERS = tuple(
    f"{year} Q{quarter}" for year in (2023, 2024, 2025, 2026) for quarter in (1, 2, 3, 4)
)[:15]
# What a spreadsheet, typst, XML or an eager reader could take for something else than text.
HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://voorbeeld.nl","klik")',
    "+31 50 123 45 67",
    "-2+3",
    "@SUM(A1:A2)",
    "#set page(width: 1cm)",
    '#panic("stuk")',
    "#sys.inputs",
    "$x^2$ *vet* _schuin_ `code` <label> @verwijzing",
    "[haken] {accolades} \\#terug \\n ~ -- --- // geen commentaar /* ook niet */",
    "= Geen kop",
    "- geen lijst",
    "</w:t><w:p/> &amp; <script>alert('x')</script>",
    "{{ 7*7 }} %s {0} ${HOME}",
    "’t Hogeland “tussen aanhalingstekens” – café, coördinatie, Ĳmuiden, Şahin",
)

FRAME = Frame(
    title="Kwartaalrapportage voor de algemene ledenvergadering",
    swv="SWV VO Voorbeeldstad (verzonnen)",
    period_id="2026-Q3",
    period="kwartaal 3 van 2026 (juli t/m september)",
    peildatum="30 september 2026",
    status="concept",
    seal="",
    known_on="2026-10-09T14:05:00+02:00",
    audience="buiten het bureau",
    is_demo=True,
    definitions=(
        UsedDefinition(
            "thuiszitters",
            "Thuiszitters",
            2,
            "Leerlingen die langer dan vier weken zonder geldige reden geen onderwijs volgen, "
            "op de laatste dag van het kwartaal.",
        ),
        UsedDefinition(
            "reserve",
            "Reserve en signaleringswaarde",
            1,
            "Het publiek eigen vermogen als deel van de totale bruto baten, per kalenderjaar.",
        ),
        UsedDefinition(
            "tevredenheid",
            "Tevredenheid van ouders, leerlingen en scholen over de samenwerking",
            1,
            "Het gemiddelde van alle ingevulde formulieren, van 1 tot en met 10.",
        ),
    ),
    notes=(
        "Een • betekent: dit cijfer gaat over zo weinig leerlingen dat wij het niet tonen, of het "
        "zou zo’n cijfer verraden.",
        "Correctie op kwartaal 2 van 2026: twee dossiers bleken dubbel geteld.",
    ),
)


def number(value: float, decimals: int = 0) -> Cell:
    """A plain number as a cell."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return Cell(formatting.number(value, decimals), value, pattern)


def percent(value: float) -> Cell:
    """A percentage with one decimal as a cell."""
    return Cell(formatting.quantity(value, formatting.PERCENT, 1), value, '#,##0.0"%"')


def euro(value: float) -> Cell:
    """An amount in whole euros as a cell."""
    return Cell(formatting.quantity(value, formatting.EURO), value, '"€ "#,##0')


def change(value: float, unit: str, decimals: int = 0) -> Cell:
    """A difference as a cell: its sign is in the text."""
    return Cell(formatting.change(value, unit, decimals), value, "+#,##0;-#,##0;0")


def thuiszitters_chart() -> Chart:
    """Fifteen quarters with a gap, another way of counting, a path and a reference."""
    values = (58, 61, 55, 49, None, 52, 47, 51, 44, 46, 41, 38, 43, 40, 37)
    path = (*(None,) * 7, *(52 - 2 * step for step in range(8)))
    national = (*(None,) * 3, *(45.0,) * 10, None, None)
    rows = []
    for place, name in enumerate(QUARTERS):
        value, target, other = values[place], path[place], national[place]
        cell = MISSING if value is None else number(value)
        if place == len(QUARTERS) - 1:
            cell = cell._replace(figure=("thuiszitters", "stand", "SWV", "2026-Q3", ""))
        remark = PROVISIONAL if place == len(QUARTERS) - 1 else Cell("")
        rows.append((
            Cell(name),
            cell,
            number(target) if target is not None else NOT_APPLICABLE,
            number(other) if other is not None else NOT_APPLICABLE,
            Cell("andere telling") if place == 5 else remark,
        ))  # fmt: skip
    return Chart(
        title="Thuiszitters langer dan vier weken, per kwartaal",
        alt="Het aantal thuiszitters daalt van 58 in 2023 naar 37 nu; het doel van 38 is gehaald. "
        "Over 2024 Q1 is niets geleverd.",
        unit="leerlingen",
        number_format="#,##0",
        categories=QUARTERS,
        lines=(
            ChartLine("Thuiszitters", tuple(values)),
            ChartLine("Doelpad", path, "path"),
            ChartLine("Landelijk", national, "reference"),
        ),
        twin=Table(
            "Thuiszitters langer dan vier weken, per kwartaal",
            ("Kwartaal", "Leerlingen", "Doel hoogstens", "Landelijk", "Let op"),
            tuple(rows),
        ),
        breaks=(5,),
        note="Vanaf 2024 Q2 andere telling: niet vergelijkbaar met eerder. Het laatste cijfer is "
        "voorlopig.",
    )


def places_chart() -> Chart:
    """Shares per location: long names, one hidden, one zero."""
    places = (
        ("Openbare Scholengemeenschap De Lange Naam, locatie Noorderhaven", 4.2),
        ("Christelijk College Westerkwartier", 7.9),
        ("Praktijkschool ’t Wad", None),
        ("Vakcollege Oost", 0.0),
        ("Gymnasium Zuid", 1.3),
    )
    return Chart(
        title="Verzuim per locatie",
        alt="Christelijk College Westerkwartier heeft met 7,9% het meeste verzuim; het gemiddelde "
        "is 3,4%.",
        unit="percent",
        number_format='#,##0.0"%"',
        categories=tuple(name for name, _ in places),
        lines=(
            ChartLine("Verzuim", tuple(value for _, value in places)),
            ChartLine("Gemiddeld", (3.4,) * 5, "reference"),
        ),
        twin=Table(
            "Verzuim per locatie",
            ("Locatie", "Verzuim", "Gemiddeld"),
            tuple(
                (Cell(name), HIDDEN if value is None else percent(value), percent(3.4))
                for name, value in places
            ),
            note="• = niet getoond: zo weinig leerlingen.",
        ),
    )


def places_of_lines(chart: Chart, style: HouseStyle) -> list[int]:
    """For every stretch of a chart in Office the place of the line it is a part of."""
    return [
        place
        for place, line in enumerate(chart.lines)
        for _ in stretches(replace(chart, lines=(line,)), style)
    ]


def euro_chart() -> Chart:
    """Amounts above and below zero."""
    values = (412_350.0, 268_900.0, 91_400.0, -38_250.0, -120_775.0)
    years = ("2021", "2022", "2023", "2024", "2025")
    return Chart(
        title="Vermogen boven de signaleringswaarde",
        alt="Het vermogen ligt sinds 2024 onder de signaleringswaarde; eind 2025 is er € 120.775 "
        "ruimte.",
        unit="euro",
        number_format='"€ "#,##0',
        categories=years,
        lines=(
            ChartLine("Boven de signaleringswaarde", values),
            ChartLine("Doel", (0.0,) * 5, "path"),
        ),
        twin=Table(
            "Vermogen boven de signaleringswaarde",
            ("Jaar", "Bedrag", "Verschil met het jaar ervoor"),
            tuple(
                (
                    Cell(year),
                    euro(value),
                    change(value - values[place - 1], "euro") if place else Cell(""),
                )
                for place, (year, value) in enumerate(zip(years, values, strict=True))
            ),
            note="Een bedrag onder nul is ruimte.",
        ),
    )


def mark_chart() -> Chart:
    """Marks between 7 and 8: the axis does not start at zero, and one point stands alone."""
    values = (7.4, None, 7.8, 7.6, 7.9)
    moments = ("voorjaar 2024", "najaar 2024", "voorjaar 2025", "najaar 2025", "voorjaar 2026")
    return Chart(
        title="Rapportcijfer van scholen",
        alt="Scholen geven een 7,9; dat is 0,3 meer dan een half jaar geleden.",
        unit="cijfer",
        number_format="#,##0.0",
        categories=moments,
        lines=(ChartLine("Scholen", values), ChartLine("Doel", (8.0,) * 5, "path")),
        twin=Table(
            "Rapportcijfer van scholen",
            ("Meting", "Cijfer", "Formulieren"),
            tuple(
                (Cell(moment), MISSING if value is None else number(value, 1), number(40 + place))
                for place, (moment, value) in enumerate(zip(moments, values, strict=True))
            ),
        ),
        wants_zero=False,
    )


def locations_table(count: int = 40) -> Table:
    """A table longer than a page."""
    rows = []
    for place in range(1, count + 1):
        cells = (number(place * 37), number(place % 9), percent(place * 1.7 % 23))
        if place % 11 == 4:
            cells = (cells[0], HIDDEN, HIDDEN)
        if place % 13 == 7:
            cells = (MISSING, MISSING, NOT_APPLICABLE)
        difference = change(place % 7 - 3, "leerlingen")
        rows.append((Cell(f"Locatie {place:02d} van de scholengroep"), *cells, difference))
    total = (number(sum(range(1, count + 1)) * 37), number(158), percent(11.2))
    rows.append((Cell("Alle locaties"), *total, change(-12, "leerlingen")))
    return Table(
        "Leerlingen en thuiszitters per locatie",
        ("Locatie", "Leerlingen", "Thuiszitters", "Aandeel", "Verschil met vorig kwartaal"),
        tuple(rows),
        note="Locaties in de volgorde van hun naam.",
    )


def wide_table() -> Table:
    """Eight columns: as wide as an upright page can bear."""
    headers = ("Onderdeel", "2020", "2021", "2022", "2023", "2024", "2025", "Begroot 2026")
    names = ("Totale bruto baten", "Personeel", "Overdracht aan scholen", "Resultaat")
    rows = [
        (Cell(name), *(euro((8_400_000 + 91_337 * year) / (1 + 2 * row) * (-1) ** (row == 3))
                       for year in range(7)))
        for row, name in enumerate(names)
    ]  # fmt: skip
    return Table("Baten en lasten in euro’s", headers, tuple(rows))


SUMMARY = Section(
    "samenvatting",
    "Samenvatting",
    "Twee signalen, één vervallen afspraak, negen cijfers met gewone schommeling.",
    tiles=(
        Tile("Thuiszitters langer dan vier weken", "37", "doel: hoogstens 38, gehaald"),
        Tile("Verzuim", "3,4%", "−0,4 procentpunt sinds vorig kwartaal"),
        Tile("Boven de signaleringswaarde", "−€ 120.775", "er is ruimte"),
        Tile("Rapportcijfer van scholen", "7,9", "doel: minstens 8,0"),
    ),
    tables=(
        Table(
            "Alle cijfers in één oogopslag",
            ("KPI", "Nu", "Doel", "Verandering", "Doel haalbaar?", "Duiding"),
            (
                (Cell("Thuiszitters"), number(37), Cell("hoogstens 38 leerlingen"),
                 Cell("↓ aantoonbaar beter"), Cell("naar verwachting"),
                 Cell("Sinds de doorbraaktafel zijn negen leerlingen terug")),
                (Cell("Geoorloofd en ongeoorloofd verzuim"), percent(3.4), Cell("geen doel"),
                 Cell("≈ gewone schommeling"), Cell(""), Cell("")),
                (Cell("Wachtlijst"), MISSING, Cell("hoogstens 10 leerlingen"),
                 Cell("nog geen oordeel"), Cell("nog geen oordeel"), Cell("")),
                (Cell("Klachten"), HIDDEN, Cell("geen doel"), Cell("kleine aantallen"), Cell(""),
                 Cell("")),
                (Cell("Reserve en signaleringswaarde"), euro(-120_775), Cell("hoogstens € 0"),
                 Cell("reeksbreuk"), Cell("naar verwachting"), Cell("")),
            ),
        ),
    ),
    texts=(
        Text("Toezegging", "De directeur stuurt vóór 1 december een plan voor de wachtlijst.",
             "Directeur, gedaan in de ALV van 26 juni 2026"),
    ),
)  # fmt: skip

THUISZITTERS = Section(
    "thuiszitters",
    "Thuiszitters: leerlingen die langer dan vier weken zonder geldige reden geen onderwijs "
    "volgen, met de doorbraakaanpak",
    "Aantoonbaar lager sinds maart 2025: zeven metingen op rij onder het gemiddelde.",
    tiles=(
        Tile("Nu", "37", "op 30 september 2026"),
        Tile("Doelpad", "38", "hoogstens 38 leerlingen"),
        Tile("Vorig kwartaal", "40", "−3 leerlingen"),
    ),
    chart=thuiszitters_chart(),
    texts=(
        Text("Wat zien we", "Het aantal daalt nu zeven kwartalen op rij.\nNegen leerlingen zijn "
             "terug op school; zes zijn er nieuw bij gekomen.", "A. de Vries, 3 oktober 2026"),
        Text("Waarom", "De doorbraaktafel komt elke twee weken bij elkaar, en scholen melden "
             "eerder.", "A. de Vries, 3 oktober 2026"),
        Text("Wat doen we", "Wij breiden de doorbraaktafel uit naar het praktijkonderwijs."),
    ),
    notes=("Gegevens tot en met 30 september 2026, geleverd op 5 oktober 2026.",
           "31 van 34 locaties."),
    fill_heading="Wat vindt de vergadering hiervan?",
    lines_to_fill=4,
)  # fmt: skip


def board_paper(style: HouseStyle | None = None) -> Document:
    """A paper of a board, with every part a paper can have."""
    sections = (
        SUMMARY,
        THUISZITTERS,
        Section("verzuim", "Verzuim per locatie", "Geen aantoonbare verandering.",
                chart=places_chart(), starts_page=True),
        Section("reserve", "Reserve en signaleringswaarde",
                "Vanaf 2024 ligt het vermogen onder de signaleringswaarde.",
                chart=euro_chart(), tables=(wide_table(),)),
        Section("tevredenheid", "Tevredenheid", "7 van de 13 nodige metingen. Wij tonen alleen de "
                "lijn.", chart=mark_chart(), starts_page=False),
        Section("leeg", "Klachten", notes=("Geen klachten over deze periode.",),
                starts_page=False),
        Section("locaties", "Alle locaties", tables=(locations_table(),)),
    )  # fmt: skip
    return Document("alv", "alv-2026-Q3", FRAME, sections, style or HouseStyle(logo=logo()))


def hostile_paper() -> Document:
    """Every text that could be taken for a formula, markup or code, in every place."""
    rows = tuple((Cell(text), Cell(text)) for text in HOSTILE)
    table = Table(HOSTILE[5], (HOSTILE[0], HOSTILE[8]), rows, note=HOSTILE[6])
    nameless = ChartLine(HOSTILE[0], (1.0, 2.0, None))
    chart = Chart(
        HOSTILE[6], HOSTILE[7], HOSTILE[0], "#,##0", HOSTILE[5:8], (nameless,), table,
        note=HOSTILE[9],
    )  # fmt: skip
    sections = tuple(
        Section(
            f"deel-{place}", text, text,
            tiles=(Tile(text[:60], text[:12], text[:80]),),
            texts=(Text(text, text, text),),
            notes=(text,),
            fill_heading=text,
            lines_to_fill=1,
            starts_page=False,
        )
        for place, text in enumerate(HOSTILE)
    )  # fmt: skip
    first = Section("x", "X", chart=chart)
    return Document("school", "school", hostile_frame(), (first, *sections))


def hostile_frame() -> Frame:
    """The same in what a paper states about itself."""
    return Frame(
        title=HOSTILE[5], swv=HOSTILE[12], period_id="2026-Q3", period=HOSTILE[8],
        peildatum=HOSTILE[7], status=HOSTILE[0], seal=HOSTILE[9], known_on=FRAME.known_on,
        audience=HOSTILE[13], is_demo=True,
        definitions=(UsedDefinition("x", HOSTILE[10], 1, HOSTILE[11]),), notes=HOSTILE,
    )  # fmt: skip


def bare_paper() -> Document:
    """As little as a paper can hold: empty parts everywhere, closed, with a seal."""
    empty = Chart("Zonder cijfers", "Geen cijfers.", "leerlingen", "#,##0", (), (),
                  Table("Zonder cijfers", ("Periode", "Cijfer"), ()))  # fmt: skip
    nothing = Chart(
        "Niets geleverd", "Niets geleverd.", "leerlingen", "#,##0", ("2025", "2026"),
        (ChartLine("Cijfer", (None, None)),),
        Table("Niets geleverd", ("Jaar", "Cijfer"), tuple((Cell(year), MISSING)
                                                          for year in ("2025", "2026"))),
    )  # fmt: skip
    single = Chart(
        "Eén cijfer", "Alleen 4 in 2026.", "leerlingen", "#,##0", ("2026",),
        (ChartLine("Cijfer", (4.0,)),),
        Table("Eén cijfer", ("Jaar", "Cijfer"), ((Cell("2026"), number(4)),)),
    )  # fmt: skip
    frame = Frame(
        title="Jaarverslag", swv="SWV Voorbeeld", period_id="2025", period="2025",
        peildatum="", status="vastgesteld", seal="3f9a1c07be42", known_on="2026-02-01",
        audience="buiten het bureau", is_demo=False,
    )  # fmt: skip
    sections = (
        Section("een", "Alleen een titel"),
        Section("twee", "Lege grafiek", chart=empty),
        Section("drie", "Niets geleverd", chart=nothing, starts_page=False),
        Section("vier", "Eén cijfer", chart=single, starts_page=False),
        Section("vijf", "Alleen ruimte", fill_heading="Uw antwoord", lines_to_fill=3),
    )
    return Document("jaarverslag", "jaarverslag-2025", frame, sections)


PAPERS = {"board": board_paper, "hostile": hostile_paper, "bare": bare_paper}


def logo(width: int = 120, height: int = 48) -> bytes:
    """A png of one colour with a light band, made here so that no file is needed."""
    row = b"\0" + b"\x1f\x4e\x79" * (width - 30) + b"\xf2\xb1\x34" * 30
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(row * height, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
