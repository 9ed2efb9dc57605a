"""What the two analysis pages share: their opening, a verdict, a bridge, and cells with numbers."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from kpi import flow_charts, formatting
from kpi.bridge import Bridge
from kpi.charts import CONFIG
from kpi.choices import State
from kpi.goals import target_card
from kpi.monitor import Monitor
from kpi.quarterly import Beside, latest_complete
from kpi.result import KpiResult
from kpi.verdicts import verdict
from pages.shared import table
from pages.shared.text import lines, link, mind, plain, soft, strong
from pages.shared.verdicts import change_word, small
from pages.shared.view import View

CLOSES, DOES_NOT_CLOSE = "✓ klopt", "≠ sluit niet"


def has_figures(monitor: Monitor, view: View, kpi_id: str) -> bool:
    """Whether there is something to show; otherwise it is said what to do."""
    if kpi_id not in monitor.kpis:
        st.info(
            "Deze KPI staat niet in het profiel van dit samenwerkingsverband. "
            "Een beheerder kan hem daar aanzetten.",
            icon=":material/info:",
        )
        return False
    if view.quarter.period_id not in monitor.periods:
        there = link("Gegevens", view.link("gegevens"))
        st.info(f"Er zijn nog geen cijfers. Lees uw bestanden in bij {there}.")
        return False
    return True


def period_text(stock: KpiResult) -> str:
    """Which quarter it is about, on which day was counted, and how complete it is."""
    months = formatting.months_text(stock.period.start_on, stock.period.end_on)
    return f"{months} · peildatum {stock.when_short} · {stock.coverage_text}"


def judged(monitor: Monitor, series: Sequence[KpiResult], beside: str) -> None:
    """The verdict on the last figure of a series; when it has none, also the last one that has."""
    now = series[-1]
    found = verdict(monitor, now).finding
    told = found.sentence.lower().startswith(found.change)
    about = now.measure.label
    word = change_word(found.change, found.change)
    with st.container(border=True, gap="xxsmall"):
        st.markdown(
            lines(
                plain(about) if told else f"{word} ({plain(about.lower())})",
                strong(found.sentence),
                plain(_judged_before(monitor, series)),
                small(found.reason),
                small(beside),
            )
        )


def cautions(texts: Sequence[str]) -> None:
    """What to keep in mind, together in one box."""
    if texts:
        st.warning(lines(*map(plain, texts)), icon=":material/info:")


def _judged_before(monitor: Monitor, series: Sequence[KpiResult]) -> str:
    """The verdict on the last complete figure, when that is an earlier one."""
    earlier = latest_complete(series)
    if earlier is None or earlier is series[-1]:
        return ""
    found = verdict(monitor, earlier).finding
    return f"Over {earlier.period.label}: {found.change}. {found.sentence}"


def chart(monitor: Monitor, key: Hashable, draw: Callable[[], Any], alt: str) -> None:
    """A drawing, made once per key, with the sentence that says the same."""
    figure = monitor.remember(("drawing", key), draw)
    st.plotly_chart(figure, theme=None, config=CONFIG, key=f"tekening {key}", alt=alt)


def bridge_panels(monitor: Monitor, bridges: Sequence[Bridge], width: int = 300) -> None:
    """Bridges side by side on one scale, each with its addition below it."""
    if bridges[0].is_empty:
        st.markdown(f"{plain(bridges[0].sentence)} {closing(bridges[0])}")
        return
    top = flow_charts.highest(bridges)
    with st.grid(len(bridges), min_column_width=width, gap="small"):
        for bridge in bridges:
            with st.container(gap="xxsmall"):
                st.markdown(strong(bridge.subject))
                draw = partial(flow_charts.waterfall, bridge, top)
                chart(monitor, place_of(bridge.now), draw, bridge.sentence)
                st.markdown(lines(soft(bridge.sum_text), closing(bridge)))


def place_of(result: KpiResult, what: str = "") -> Hashable:
    """What a drawing is of, to know it by."""
    organisation, period = result.organisation.organisation_id, result.period.period_id
    return what, result.kpi.id, result.measure.id, organisation, period, result.segment


def closing(bridge: Bridge) -> str:
    """In words and with a sign whether the addition closes."""
    if bridge.closes:
        return soft(CLOSES)
    return mind(f"{DOES_NOT_CLOSE}: {formatting.number(abs(bridge.difference))} niet te volgen")


def bridge_rows(bridges: Sequence[Bridge]) -> None:
    """The same bridges as a table."""
    first = bridges[0]
    table.show(
        [
            {
                "Deel": strong(bridge.subject),
                f"Stand {first.before.when_short}": count(bridge.amounts[0]),
                "Nieuw": count(bridge.amounts[1]),
                first.flow.gone.capitalize(): count(bridge.amounts[2]),
                "Niet te volgen": signed(bridge.difference),
                f"Stand {first.now.when_short}": count(bridge.amounts[4]),
                "Sluit het?": closing(bridge),
            }
            for bridge in bridges
        ],
        alt=" ".join(bridge.sentence for bridge in bridges),
    )


def gaps(bridges: Sequence[Bridge]) -> None:
    """Why the whole does not close, with the locations by name."""
    for gap in bridges[0].gaps:
        st.markdown(small(gap.text))


def agreement(monitor: Monitor, result: KpiResult) -> None:
    """What was agreed in one line, and in full behind a fold-out."""
    card = target_card(monitor, result)
    if card is None:
        return
    about = result.segment_label or result.measure.label
    why_not = f" Niet te toetsen: {card.no_path}." if card.no_path else ""
    st.markdown(plain(f"Afspraak over {about}: {card.agreement}.{why_not}"))
    with st.expander("De hele afspraak"):
        st.markdown(lines(*(f"{strong(head)}: {plain(text)}" for head, text in card.lines)))


def count(value: int | None) -> str:
    """A number in a table; zero in soft letters, so that the others stand out."""
    if value is None:
        return soft("niet geleverd")
    return plain(formatting.number(value)) if value else soft("0")


def total(value: int) -> str:
    """A number that carries its row."""
    return strong(formatting.number(value))


def signed(value: int) -> str:
    """A step with its sign."""
    return plain(formatting.signed(value)) if value else soft("0")


def short(result: KpiResult) -> str:
    """A figure without its noun; in soft letters why there is none."""
    if result.state is State.NOT_APPLICABLE:
        return soft("–")
    return plain(result.short_text) if result.value else soft(result.short_text)


def with_year_ago(item: Beside) -> str:
    """A figure, and in brackets the one of a year ago."""
    now = strong(item.now.short_text) if item.now.value else short(item.now)
    return f"{now} {soft(f'({_bare(item.then)})')}" if item.then else now


def in_brackets(item: Beside) -> str:
    """What stands in brackets."""
    return soft(f"Tussen haakjes: {item.then.period.label}.") if item.then else ""


def _bare(result: KpiResult) -> str:
    return result.short_text if result.has_number else "–"
