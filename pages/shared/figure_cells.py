"""How a figure looks in a table or a tile; the words themselves come from `kpi.figure.result`."""

from collections.abc import Sequence

import streamlit as st

from kpi import formatting
from kpi.chart.sparkline import sparkline
from kpi.chart.trend import describe
from kpi.figure.result import KpiResult
from kpi.figure.span import Scale
from kpi.meaning.choices import State
from kpi.view.quarterly import Beside
from pages.shared.text import lines, mind, picture, plain, soft, strong


def subject(result: KpiResult) -> str:
    """What is counted: the measure and the part of it."""
    return ", ".join(part for part in (result.measure.label, result.segment_label) if part)


def title(result: KpiResult) -> str:
    """What a series is about: measure, part and organisation."""
    return f"{subject(result)}, {result.organisation.name}"


def when(result: KpiResult) -> str:
    """To what the figure applies, and whether it may still change."""
    return ", ".join(part for part in (result.when_text, result.status_text) if part)


def value_cell(result: KpiResult) -> str:
    """The figure, or in soft letters why there is none."""
    text = strong(result.value_text) if result.has_number else soft(result.value_text)
    return f"{text} {soft(result.status_text)}" if result.status_text else text


def target_cell(result: KpiResult) -> str:
    """What was agreed for this period, and the distance to it in pupils where that can be said."""
    if result.target is None:
        return soft(result.target_text)
    return lines(plain(result.target_text), strong(result.gap_text))


def change_cell(result: KpiResult) -> str:
    """The change since the period before; in soft letters why there is none to tell."""
    if not result.comparable:
        return soft(result.not_comparable_short or "–")
    since = f"sinds {result.previous_period.label}" if result.previous_period else ""
    return lines(plain(result.change_text), soft(since))


def coverage_cell(result: KpiResult) -> str:
    """How many of the expected locations delivered; incomplete asks for attention."""
    text = result.coverage_text
    return plain(text) if result.is_complete or not result.expected else mind(text)


def line(title: str, series: Sequence[KpiResult], scale: Scale | None = None) -> str:
    """A small drawing of a series with the sentence that says the same."""
    return picture(describe(title, series), sparkline(series, scale)) if series else soft("–")


def tile(heading: str, text: str, note: str) -> None:
    """One fact in a box: heading, figure, and one line about it."""
    with st.container(border=True, gap="xxsmall", height="stretch"):
        st.markdown(soft(heading))
        st.metric(heading, text, label_visibility="collapsed")
        st.markdown(f":small[{soft(note)}]" if note else "")


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
