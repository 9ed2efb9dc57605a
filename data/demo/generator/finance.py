"""Made-up money: how it is spent and what is kept.

Story: the reserve goes from far above to just below the signalling value.
"""

from __future__ import annotations

from data.demo.generator.world import KNOWN_UNTIL, stream

POSTS = {"vso": 0.455, "regulier": 0.335, "expertise_maatwerk_tussenvoorzieningen": 0.155,
         "overhead": 0.055}  # fmt: skip
INCOME = {
    2019: 23.1,
    2020: 23.9,
    2021: 25.2,
    2022: 26.4,
    2023: 28.1,
    2024: 29.0,
    2025: 29.8,
    2026: 30.5,
}  # million euro
FIRST_FORECAST = 2023
EQUITY_SHARE = {2019: 0.104, 2020: 0.091, 2021: 0.079, 2022: 0.066, 2023: 0.049, 2024: 0.0405,
                2025: 0.0368, 2026: 0.0341}  # fmt: skip


def statuses(year: int) -> tuple[str, ...]:
    """Closed years have budget and outcome; the running year has budget and forecast.

    Since 2023 the bureau makes a forecast halfway every year, and keeps it beside the outcome.
    """
    forecast = ("prognose",) if year >= FIRST_FORECAST else ()
    outcome = () if year == KNOWN_UNTIL.year else ("realisatie",)
    return "begroting", *forecast, *outcome


def posts() -> list[tuple[int, str, str, float]]:
    """(year, status, post, euro)."""
    found = []
    for year, income in INCOME.items():
        for status in statuses(year):
            chance = stream(f"finance {year} {status}")
            for post, share in POSTS.items():
                shift = 0.004 * (year - 2019) * {"vso": -1, "overhead": 0, "regulier": 0.4}.get(
                    post, 0.6)  # fmt: skip
                amount = income * 1.01 * (share + shift) * chance.uniform(0.985, 1.015)
                found.append((year, status, post, round(amount * 1_000_000 / 100) * 100.0))
    return found


def balances() -> list[tuple[int, str, float, float]]:
    """(year, status, gross income, public equity) in euro."""
    found = []
    for year, income in INCOME.items():
        for status in statuses(year):
            chance = stream(f"balance {year} {status}")
            off = chance.uniform(0.97, 1.0) if status == "begroting" else 1.0
            gross = round(income * off * 1_000_000 + chance.randint(-9999, 9999), 2)
            equity = round(gross * (EQUITY_SHARE[year] + (0.004 if off != 1.0 else 0)), 2)
            found.append((year, status, gross, equity))
    return found
