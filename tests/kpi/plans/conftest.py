"""The year plan of Groningen-Stad as the profile holds it."""

import pytest

from kpi.meaning.load import load_kpis
from kpi.meaning.profile import PROFILES, load_profile
from kpi.plans.year_plan import load_year_plan


@pytest.fixture(scope="session")
def kpis():
    """The KPIs of that profile."""
    known = load_kpis()
    return {name: known[name] for name in load_profile("groningen_stad", known).kpis}


@pytest.fixture(scope="session")
def activities(kpis):
    return load_year_plan(PROFILES / "groningen_stad", kpis).activities
