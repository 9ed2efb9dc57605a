"""The monitor behind all pages: built and judged once, and again when the figures have changed."""

from threading import Lock
from weakref import WeakSet

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.opening.opening import open_monitor, ready_monitor
from kpi.verdict.judged import judge_all

_judged: WeakSet[Monitor] = WeakSet()
_lock = Lock()


def current_monitor() -> Monitor:
    """The figures as they are now, also after a delivery by the command line or another visitor.

    Building and judging take a moment and happen once per version of the figures, for all visitors
    together.
    """
    ready = ready_monitor()
    if ready is not None and ready in _judged:
        return ready
    with st.spinner("De cijfers worden opgebouwd en beoordeeld …"):
        return judged_monitor()


def judged_monitor() -> Monitor:
    """The monitor with a verdict on every figure, so that no page has to wait for one."""
    monitor = open_monitor()
    with _lock:
        if monitor not in _judged:
            judge_all(monitor)
            _judged.add(monitor)
    return monitor
