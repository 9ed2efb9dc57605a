"""What only the page Thuiszitters tells: cautions, durations, without an offer, why, exemptions."""

from collections.abc import Sequence

import streamlit as st

from kpi.chart import flow as flow_charts
from kpi.chart import trend as charts
from kpi.figure.result import KpiResult
from kpi.figure.span import recent
from kpi.record.events import events
from kpi.verdict.judged import verdict
from kpi.view import absence
from kpi.view.absence import FLOW
from kpi.view.quarterly import YearSum
from pages.parts.analysis import analysis, flow_tables
from pages.parts.analysis.analysis import AskedFlow
from pages.shared import figure_cells, table
from pages.shared.blocks import chart, twins
from pages.shared.figure_cells import count, in_brackets, short, signed, total, with_year_ago
from pages.shared.text import lines, link, plain, soft, strong
from pages.shared.verdicts import small

RENEWED = (
    "Deze leerlingen zijn geen thuiszitters. De meeste vrijstellingen eindigen op 31 juli en "
    "beginnen daarna opnieuw; in september is Nieuw daarom hoog."
)


def cautions(asked: AskedFlow) -> None:
    """What to keep in mind, together in one box."""
    texts = absence.cautions(asked.monitor, asked.organisation_id, asked.quarter)
    if texts:
        st.warning(lines(*map(plain, texts)), icon=":material/info:")


def lasting(asked: AskedFlow) -> None:
    """How long pupils are at home, and who is longer than three months without an offer."""
    with st.grid(2, min_column_width=480, gap="medium"):
        with st.container():
            st.header("Hoe lang thuis?", anchor=False)
            _durations(asked)
        with st.container():
            st.header("Langer dan 3 maanden, zonder aanbod", anchor=False)
            _without_offer(asked)


def _durations(asked: AskedFlow) -> None:
    """The bridge per class of duration, with those who went over the border between them."""
    found = absence.durations(asked)
    lost = any(row.lost for row in found)
    table.show(
        [
            {
                "Soort en duur": lines(strong(row.kind), small(row.label)),
                "Eerst": count(row.before),
                "Nieuw": count(row.new),
                "Over 3 maanden heen": signed(row.passed),
                "Niet meer thuis": count(row.ended),
                **({"Niet te volgen": signed(row.lost)} if lost else {}),
                "Nu": total(row.now),
            }
            for row in found
        ],
        alt="Thuiszitters naar duur, van de vorige peildatum naar deze",
        empty="De duur is hier niet bekend.",
    )


def _without_offer(asked: AskedFlow) -> None:
    """The series with its target, and what was agreed."""
    quarters = absence.long_series(asked)
    if not quarters:
        return
    series = [young for _, _, young in quarters]
    now, title = series[-1], figure_cells.title(series[-1])
    twins(
        "lang",
        lambda: chart(
            asked.monitor, "lang thuis", now,
            lambda: charts.trend(recent(series), height=280), charts.describe(title, series),
        ),
        lambda: _long_rows(asked, quarters[-len(recent(series)) :], title),
    )  # fmt: skip
    goal = verdict(asked.monitor, now).goal.sentence
    st.markdown(lines(plain(absence.stood_before(series)), plain(goal)))
    analysis.agreement(asked.monitor, now)


def _long_rows(
    asked: AskedFlow, quarters: Sequence[tuple[KpiResult, KpiResult, KpiResult]], title: str
) -> None:
    columns = asked.analysis.columns
    rows = [
        {
            "Peildatum": strong(without.when_short),
            columns[absence.LONG]: short(whole),
            columns[absence.LONG_WITHOUT_OFFER]: short(without),
            "Jonger dan 18 jaar": short(young),
            "Doel": figure_cells.target_cell(young),
            "Compleet": figure_cells.coverage_cell(without),
        }
        for whole, without, young in quarters
    ]
    table.show(rows[::-1], alt=title)


def flows(asked: AskedFlow) -> None:
    """Three years of what came, what went and what stood, with what happened meanwhile."""
    st.header("Instroom en uitstroom", anchor=False)
    new, ended, stock = asked.series
    happened = events(asked.monitor, absence.KPI)
    alt = " ".join(charts.describe(part[-1].measure.label, part) for part in asked.series)
    twins(
        "stromen",
        lambda: chart(
            asked.monitor, "in en uit", stock[-1],
            lambda: flow_charts.flows(new, ended, stock, happened), alt,
        ),
        lambda: flow_tables.quarters(
            asked, "Nieuw, niet meer thuis en thuis op de peildatum, per kwartaal"
        ),
    )  # fmt: skip


def why(asked: AskedFlow) -> None:
    """Why pupils came, and how it ended for those who went."""
    with st.grid(2, min_column_width=420, gap="medium"):
        for heading, measure, split in (
            ("Waarom kwamen zij thuis te zitten?", FLOW.new, "sub_kind"),
            ("Hoe liep het af?", FLOW.ended, "end_reason"),
        ):
            with st.container():
                st.subheader(heading, anchor=False)
                found = absence.reasons(asked, measure, split)
                _reasons(found, heading, asked.quarter.label)


def _reasons(found: Sequence[YearSum], heading: str, label: str) -> None:
    """A quarter is small, so four quarters stand beside it."""
    table.show(
        [
            {
                "Reden": table.row_name(item.label, item is found[-1]),
                label: count(item.quarter),
                "Laatste 4 kwartalen": count(item.year),
                "4 kwartalen ervoor": count(item.before),
            }
            for item in found
        ],
        alt=heading,
    )
    if not found[-1].complete or not found[-1].before_complete:
        st.markdown(small("Niet alle locaties hebben in al deze kwartalen geleverd."))


def exempt(asked: AskedFlow) -> None:
    """Exemptions, apart: these pupils are not thuiszitters."""
    st.header("Vrijstellingen (VRIJ), apart", anchor=False)
    monitor, view = asked.monitor, asked.view
    if view.organisation != monitor.swv:
        whole = view.link("thuiszitters", organisation_id=monitor.swv.organisation_id)
        there = link("het hele samenwerkingsverband", whole)
        st.markdown(f"Vrijstellingen zijn er alleen voor {there}.")
        return
    found = absence.exemptions(monitor, view.quarter)
    year = found[0].in_year
    during = f"Leerlingen in {year.period.label}" if year else "Leerlingen in een schooljaar"
    st.markdown(lines(soft(RENEWED), in_brackets(found[0].standing)))
    goals = any(item.in_year and item.in_year.target is not None for item in found)
    table.show(
        [
            {
                "Artikel": plain(item.standing.now.segment_label) or strong("Totaal"),
                f"Op {item.standing.now.when_short}": with_year_ago(item.standing),
                "Nieuw in het kwartaal": short(item.new),
                during: short(item.in_year) if item.in_year else soft("–"),
                **(
                    {"Doel": figure_cells.target_cell(item.in_year)}
                    if goals and item.in_year
                    else {}
                ),
            }
            for item in found
        ],
        alt="Vrijstellingen van de leerplicht naar artikel",
    )
    for item in found:
        if item.in_year:
            analysis.agreement(monitor, item.in_year)
