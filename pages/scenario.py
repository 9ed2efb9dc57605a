"""Scenario: from referrals to the reserve, as it goes now and with other assumptions."""

import streamlit as st

from kpi.scenario import words
from kpi.scenario.assumption import WrongAssumption
from kpi.scenario.history import NotEnough
from kpi.scenario.scenario import make_scenario
from pages.parts.scenario import inputs as scenario_inputs
from pages.parts.scenario import parts as scenario_parts
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.text import lines, plain, strong


def scenario() -> None:
    """The answer, the chain with its assumptions, the course of each link, and the check."""
    monitor = current_monitor()
    row = TitleRow("Scenario: van leerlingen naar euro’s")
    try:
        now = make_scenario(monitor, {})
    except NotEnough as error:
        st.info(plain(error), icon=":material/info:")
        return
    given, wrong = scenario_inputs.read(now.basis.usual)
    try:
        found = make_scenario(monitor, given)
    except WrongAssumption as error:
        found, wrong = now, [*wrong, str(error)]
    row.caption(f"{words.WARNING} {words.start(found)}")
    st.markdown(lines(strong(words.sentence(found)), plain(words.warning(found)),
                      plain(words.effect(found))))  # fmt: skip
    scenario_inputs.refused(wrong)
    scenario_parts.chain(monitor, found)
    scenario_inputs.show(found)
    scenario_parts.outcome(monitor, found)
    scenario_parts.courses(monitor, found)
    scenario_parts.tables(monitor, found)
    scenario_parts.papers(monitor, found)
