"""Where a figure comes from: worked example, calculation, and the deliveries and rows behind it.

What takes time is made only when somebody opens the fold-out.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import pandas as pd
import streamlit as st

from kpi.figure.examples import Example, Outcome, run_example
from kpi.figure.explain import Explanation, explain
from kpi.figure.monitor import Monitor
from kpi.figure.naming import organisation_named
from kpi.figure.result import KpiResult
from kpi.formatting import cell_text, count, from_to, number, short_date
from kpi.meaning.choices import NO_NUMBER, State
from kpi.meaning.load import Kpi
from pages.shared import definition, table
from pages.shared.blocks import fold_out
from pages.shared.text import plain, soft, strong

MOST_ROWS = 300
MOST_COLUMNS = 6
TECHNICAL = ("row_id", "delivery_id")


def show(monitor: Monitor, result: KpiResult) -> None:
    """The fold-outs at the foot of the KPI page."""
    st.header("Hoe komt dit cijfer tot stand?", anchor=False)
    kpi = result.kpi
    fold_out(
        "Waar dit cijfer vandaan komt",
        "herkomst",
        lambda: lineage(monitor, _explained(monitor, result)),
    )
    fold_out(
        "Rekenvoorbeeld",
        "voorbeeld",
        lambda: example(kpi, monitor.remember(("example", kpi.id), lambda: run_example(kpi))),
    )
    fold_out("Zo is het berekend (SQL)", "berekening", lambda: _calculation(kpi))
    fold_out("Alle maten, uitsplitsingen en versies", "betekenis", lambda: definition.in_full(kpi))


def _calculation(kpi: Kpi) -> None:
    # Without colours: those of Streamlit are too pale to be read by everyone.
    st.code(kpi.sql, language=None, wrap_lines=True)


def lineage(monitor: Monitor, explanation: Explanation) -> None:
    """The sum, the deliveries behind it, and the rows of the files that were counted."""
    result = explanation.result
    parts = f"teller {result.numerator_text}, noemer {result.denominator_text}"
    st.markdown(
        f"{strong(result.value_text)}, {plain(result.when_text)}"
        + (f" ({parts})." if result.measure.is_ratio else ".")
    )
    table.show(
        [
            {
                "Bestand": strong(used.file_name),
                "Bron": plain(used.source_label),
                "Ontvangen": plain(short_date(used.delivered_on)),
                "Door": plain(used.author),
                "Geteld": plain(count(used.rows, "rijen")),
                "Levering": plain(used.delivery_id),
            }
            for used in explanation.deliveries
        ],
        alt="Leveringen achter dit cijfer",
        empty="Achter dit cijfer zit nog geen levering.",
    )
    if explanation.rows:
        shown = explanation.rows[:MOST_ROWS]
        st.markdown(plain(_how_many(len(shown), len(explanation.rows))))
        st.dataframe(
            pd.DataFrame(
                [
                    {
                        "Bestand": row.file_name,
                        "Tabblad": row.sheet,
                        "Regel": number(row.row) if row.row else "",
                        "Organisatie": organisation_named(monitor, row.organisation_id).name,
                        "Teller": from_to(row.numerator, row.numerator_more),
                        "Noemer": cell_text(row.denominator),
                    }
                    for row in shown
                ]
            ),
            hide_index=True, alt="Getelde regels", height=260,
        )  # fmt: skip


def example(kpi: Kpi, worked: Example) -> None:
    """The worked example: what is given, and what the real calculation makes of it."""
    st.markdown(f"{strong(worked.title)}  \n{plain(worked.text)}")
    for name, rows in worked.given.items():
        st.markdown(f"Gegeven: tabel {strong(name)}")
        table.show(_as_text(rows), alt=f"Gegeven rijen van {name}")
    st.markdown("Uitkomst van de echte berekening:")
    table.show([_outcome(kpi, item) for item in worked.outcomes], alt="Uitkomsten")


def _explained(monitor: Monitor, result: KpiResult) -> Explanation:
    return monitor.remember(("explanation", result.key), lambda: explain(monitor, result))


def _outcome(kpi: Kpi, outcome: Outcome) -> dict[str, str]:
    expected, found = outcome.expected, outcome.found or {}
    return {
        "Maat": plain(kpi.measures[expected.measure].label),
        "Organisatie": plain(expected.organisation_id),
        "Periode": plain(expected.period_id),
        "Deel": plain(kpi.segment_label(expected.segment)) or "alles",
        "Teller": plain(cell_text(found.get("numerator"))),
        "Noemer": plain(cell_text(found.get("denominator"))),
        "Uitkomst": strong(cell_text(found.get("value"))) or soft(_no_number(found)),
    }


def _no_number(found: Mapping[str, Any]) -> str:
    return NO_NUMBER[State(found.get("state", State.NOT_APPLICABLE))]


def _as_text(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Given rows as they stand in the table; a wide table is turned on its side."""
    columns = [name for name in dict.fromkeys(chain(*rows)) if name not in TECHNICAL]
    if len(columns) <= MOST_COLUMNS:
        return [{plain(name): plain(cell_text(row.get(name))) for name in columns} for row in rows]
    return [
        {"Kolom": plain(name)}
        | {f"Rij {number(n)}": plain(cell_text(row.get(name))) for n, row in enumerate(rows, 1)}
        for name in columns
    ]


def _how_many(shown: int, every: int) -> str:
    if shown < every:
        return f"De eerste {number(shown)} van {count(every, 'regels')} die zijn geteld:"
    return f"{count(every, 'regels')} geteld:"
