"""The check of an expected effect, as a cell of a table."""

from kpi.figure.monitor import Monitor
from kpi.plans.activity import Activity
from kpi.plans.effect import effect_of
from pages.shared.text import lines, plain, strong
from pages.shared.verdicts import small


def cell(monitor: Monitor, activity: Activity) -> str:
    """Sign and word, what was expected and what the figures say; or ""."""
    found = effect_of(monitor, activity)
    if found is None:
        return ""
    word = strong(f"{found.outcome.icon} {found.outcome}")
    return lines(word, plain(found.sentence), small(f"{found.expected}."), small(found.note))
