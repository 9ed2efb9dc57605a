"""Every row of the year calendar and the year plan 2023-2024 of Groningen Stad, by hand.

Read again from the document and not from the profile: the place in the plan, the period and the
KPIs as they are written, what is written about money (shortened to what matters), the first and
last day that is meant, and the amounts.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

YEAR = (date(2023, 8, 1), date(2024, 7, 31))


class Row(NamedTuple):
    plan: str
    place: str
    period: str
    kpi_text: str
    kpi_numbers: tuple[int, ...]
    money_text: str
    amounts: tuple[tuple[Decimal, str, bool], ...]  # amount, unit, about
    days: tuple[date, date]


def _row(place, period, kpi_text="", numbers=(), money="", amounts=(), days=YEAR):
    exact = tuple((Decimal(size), unit, about) for size, unit, about in amounts)
    return place, period, kpi_text, tuple(numbers), money, exact, days


def _days(first, last):
    return date.fromisoformat(first), date.fromisoformat(last)


SEP_DEC = _days("2023-09-01", "2023-12-31")

CALENDAR = [
    _row("1.1", "oktober 2023", "KPI 1 t/m 9", range(1, 10), "Dashboard (€0,08 per lln)",
         [("0.08", "€ per leerling", False)], _days("2023-10-01", "2023-10-31")),
    _row("1.2", "uiterlijk einde schooljaar", money="Ca. €60.000 (7 SWV's)",
         amounts=[("60000", "€", True)]),
    _row("1.3", "schooljaar 2023-2024", "KPI 6", [6], "€21.500 per swv & VSV regiomiddelen €22.000",
         [("21500", "€ per samenwerkingsverband", False), ("22000", "€", False)]),
    _row("1.4", "schooljaar 2023-2024", "KPI 1, 2, 3 en 6", [1, 2, 3, 6],
         "0,6 fte inzet twee ECT-ers (2 x 0,3 fte)", [("0.6", "fte", False)]),
    _row("1.5", "sept 2023", "KPI 6", [6], "Zie begroting OPDC",
         days=_days("2023-09-01", "2023-09-30")),
    _row("1.6", "gehele schooljaar", money="€60.000 op jaarbasis. Vervolg hangt af van de ALV",
         amounts=[("60000", "€ per jaar", False)]),
    _row("1.7", "schooljaar 2023-2024", "KPI 10", [10], "-"),
    _row("1.8", "nov 2023-feb & mei 2024", money="p.m.", days=_days("2023-11-01", "2024-05-31")),
    _row("2.1", "2023-2024 jaarlijks evaluatie in jan-april 2024"),
    _row("2.1b", "gehele schooljaar", money="Kosten deelname Plaatsingswijzer ca. €5.000 p/j",
         amounts=[("5000", "€ per jaar", True)]),
    _row("2.1c", "sept 2023 - jan 2024", money="Inzet consulenten PO-VO ca. €7.500 p/j",
         amounts=[("7500", "€ per jaar", True)], days=_days("2023-09-01", "2024-01-31")),
    _row("2.2", "Periodiek schooljaar 2023-2024", "KPI 1", [1], "-"),
    _row("2.3", "2023-2024 jaarlijks", "KPI 5", [5],
         "Jaarlijks Intergrip VO-MBO SWV €10.000, rest vanuit programmagelden VSV",
         [("10000", "€ per jaar", False)]),
    _row("3.1", "2023-2024", money="0,1 fte lid CvA; vergoeding van €50 per uur "
         "(in principe 3 dagdelen, 12 uren = €600 per deelname).",
         amounts=[("0.1", "fte", False), ("50", "€ per uur", False),
                  ("600", "€ per deelname", False)]),
    _row("3.2", "2023-2024 cyclisch per kwartaal", "KPI 1", [1], "-"),
    _row("3.3", "feb-apr 2024", money="-", days=_days("2024-02-01", "2024-04-30")),
    _row("3.4", "gedurende schooljaar", money="€20.000 op jaarbasis",
         amounts=[("20000", "€ per jaar", False)]),
    _row("3.5", "schooljaar 2023-2024", "KPI 9", [9], "-"),
    _row("3.6", "schooljaar 2023-2024", money="-"),
    _row("4.1", "gehele schooljaar", money="Inhuur FG via 'Privacy op School', ca. € 7.320 p/j",
         amounts=[("7320", "€ per jaar", True)]),
    _row("5.1", "2023-2024 cyclisch", "KPI 8 en 9", [8, 9], "-"),
    _row("5.2", "2023-2024 cyclisch", money="-"),
    _row("6.1", "sept-okt 2023", money="Conform faciliteitenregeling",
         days=_days("2023-09-01", "2023-10-31")),
    _row("6.1b", "dec 2022- mei en juni 2023", days=_days("2022-12-01", "2023-06-30")),
    _row("7.1", "2023-2024 jaarlijks", money="p.m. Expertise ICT op declaratiebasis"),
    _row("8.1", "feb-mei 2024", "KPI's 1 t/m 12", range(1, 13), "accountantskosten (ca. €6.500)",
         [("6500", "€", True)], _days("2024-02-01", "2024-05-31")),
    _row("9.1", "schooljaar 2023-2024", "o.a. KPI 1, 2, 5 en 6", [1, 2, 5, 6],
         "Formatie voorzitter bekostigd door gemeente/VSV. -"),
]  # fmt: skip
YEAR_PLAN = [
    _row("1.1", "gehele schooljaar", "KPI 1 t/m 6", range(1, 7), "p.m."),
    _row("1.2", "gedurende schooljaar", "KPI 1 t/m 6", range(1, 7), "p.m."),
    _row("1.3", "sep-dec 2023", money="p.m.", days=SEP_DEC),
    _row("1.4", "sep-dec 2023", money="p.m.", days=SEP_DEC),
    _row("1.5", "eerste helft 2024", "KPI 11", [11], "p.m.",
         days=_days("2024-01-01", "2024-06-30")),
    _row("1.6", "schooljaar 2023-2024", "KPI 1 t/m 6", range(1, 7), "p.m."),
    _row("1.7", "schooljaar 2023-2024", "KPI 3, 4 en 6", [3, 4, 6],
         "2 x 0,1 fte (0,1 fte = €8.453) RENN4 & Portalis",
         [("0.2", "fte", False), ("8453", "€ per 0,1 fte", False)]),
    _row("1.8", "sep 2023- jan 2024", "KPI 6", [6], "p.m.", days=_days("2023-09-01", "2024-01-31")),
    _row("1.9", "20 sep 2023", days=_days("2023-09-20", "2023-09-20")),
    _row("1.10", "28 feb 2024", money="Afhankelijk van beschikbare subsidie een nieuw plan.",
         days=_days("2024-02-28", "2024-02-28")),
    _row("1.11", "schooljaar 2023-2024", "KPI 1 t/m 6", range(1, 7), "p.m."),
    _row("1.12", "2 nov 2023", money="Ca. €10.000", amounts=[("10000", "€", True)],
         days=_days("2023-11-02", "2023-11-02")),
    _row("1.13", "gehele schooljaar", "KPI 1 t/m 3", range(1, 4), "-"),
    _row("1.14", "Eerste helft schooljaar 2023-2024", days=_days("2023-08-01", "2024-01-31")),
    _row("1.15", "schooljaar 2023-2024", money="Subsidie via beschikking OCW in oktober 2023"),
    _row("2.1", "sep-dec 2023", money="-", days=SEP_DEC),
    _row("2.2", "gehele schooljaar", "KPI 5", [5], "-"),
    _row("3.1", "gehele schooljaar", money="-"),
    _row("4.1", "sept-dec 2023", money="-", days=SEP_DEC),
    _row("4.2", "gehele schooljaar", money="p.m."),
    _row("5.1", "sept-nov 2023", money="-", days=_days("2023-09-01", "2023-11-30")),
    _row("6.1", "gehele schooljaar", money="-"),
    _row("6.2", "sept-dec 2023", money="-", days=SEP_DEC),
    _row("7.1", "gehele schooljaar", "KPI 9", [9], "p.m. (aanpassingen website)"),
    _row("8.1", "nov 2023", "KPI 11", [11], "-", days=_days("2023-11-01", "2023-11-30")),
    _row("9.1", "gehele schooljaar (loopt tot 2024)", "KPI 1 t/m 6", range(1, 7),
         "Activiteiten: p.m. (verdeling kosten n.t.b.)"),
    _row("9.2", "gehele schooljaar", money="-"),
    _row("9.3", "sep-dec 2022", money="-", days=_days("2022-09-01", "2022-12-31")),
    _row("9.4", "gehele schooljaar (experiment loopt t/m 2027)", "KPI 1 t/m 6", range(1, 7),
         "p.m. (bekostiging onderwijsdeel)"),
    _row("9.5", "gehele schooljaar", "KPI 1", [1], "Landelijke subsidie €40.000 (tot zomer 2025)",
         [("40000", "€", False)]),
]  # fmt: skip
ROWS = [Row("jaarkalender", *row) for row in CALENDAR] + [
    Row("jaarplan", *row) for row in YEAR_PLAN
]
# Rows per theme, counted in the document with a finger on the page.
PER_THEME = {
    "jaarkalender": {1: 8, 2: 5, 3: 6, 4: 1, 5: 2, 6: 2, 7: 1, 8: 1, 9: 1},
    "jaarplan": {1: 15, 2: 2, 3: 1, 4: 2, 5: 1, 6: 2, 7: 1, 8: 1, 9: 5},
}
