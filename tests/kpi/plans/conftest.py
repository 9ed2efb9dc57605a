"""A monitor on a small hand-made SWV that uses the plans of a real profile."""

from dataclasses import replace

import pytest

from kpi.definition import load_kpis
from kpi.profile import load_profile


@pytest.fixture
def with_profile(monitor_of):
    """A function: id of a profile → a monitor with its KPIs and plans, on an empty store."""

    def make(name):
        known = load_kpis()
        profile = load_profile(name, known)
        kpis = {kpi: known[kpi] for kpi in profile.kpis}
        return replace(monitor_of([], []), profile=profile, kpis=kpis)

    return make
