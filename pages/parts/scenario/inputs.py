"""The assumptions of a scenario as boxes to fill in; what is changed stands in the address."""

from collections.abc import Sequence

import streamlit as st

from kpi.scenario.assumption import (
    Assumption,
    Assumptions,
    ChainStep,
    WrongAssumption,
    assumptions_of,
    load_assumptions,
)
from kpi.scenario.scenario import Scenario
from pages.shared.blocks import wrong
from pages.shared.choices import clear, fill_in, given
from pages.shared.text import mind, plain, remark, strong

NOT_USED = "Wat niet kan, telt niet mee: daar staat het scenario op zoals nu."


def read(usual: Assumptions) -> tuple[dict[str, float], list[str]]:
    """The values that were changed, by id, and what is wrong with the others."""
    values: dict[str, float] = {}
    refused: list[str] = []
    for item in load_assumptions().values():
        text = given(item.name).strip()
        if text and text != item.typed(usual.of(item)):
            try:
                values[item.id] = item.parsed(text)
            except WrongAssumption as error:
                refused.append(str(error))
    return values, refused


def refused(found: Sequence[str]) -> None:
    """What cannot be, together in one box."""
    if found:
        wrong(*found, NOT_USED)


def show(scenario: Scenario) -> None:
    """A column per link of the chain, and a button that takes everything back."""
    st.header("Uw aannames", anchor="aannames")
    st.markdown(plain("In elk vak staat wat uit de cijfers volgt. Verander het en zie wat er "
                      "gebeurt; het adres bewaart uw scenario."))  # fmt: skip
    with st.grid(len(ChainStep), min_column_width=210, gap="small"):
        for step in ChainStep:
            with st.container():
                st.markdown(strong(step.label))
                for item in assumptions_of(step):
                    _box(scenario, item)
    names = [item.name for item in load_assumptions().values()]
    st.button("Terug naar zoals nu", icon=":material/restart_alt:", on_click=clear, args=(names,),
              disabled=not any(map(given, names)))  # fmt: skip


def _box(scenario: Scenario, item: Assumption) -> None:
    usual = scenario.basis.usual.of(item)
    with st.container(gap="xxsmall"):
        fill_in(f"{item.label} ({item.unit_short})", item.name, item.typed(usual), _help(item))
        is_changed = item in scenario.changed
        st.markdown(mind(f"✎ zoals nu: {item.text(usual)}") if is_changed else remark(item.per))


def _help(item: Assumption) -> str:
    """What it means, what may be filled in and where it comes from."""
    texts = (item.explanation, item.how, f"Van {item.bounds_text}.", item.source)
    return "  \n".join(plain(text) for text in texts if text)
