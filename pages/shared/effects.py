"""The check of an expected effect, as a cell of a table."""

from data.calendar import Period
from kpi.monitor import Monitor
from kpi.plans.activity import Activity
from kpi.plans.effect import OTHER_CAUSES, effect_of
from pages.shared.text import lines, plain, soft, strong
from pages.shared.verdicts import small


def cell(monitor: Monitor, activity: Activity, quarter: Period | None = None) -> str:
    """Sign, word and sentence, and what was compared or why nothing can be said; or ""."""
    found = effect_of(monitor, activity, quarter)
    if found is None:
        return ""
    return lines(
        strong(f"{found.outcome.icon} {found.outcome}"),
        plain(found.sentence),
        soft(found.reason),
        small(f"{found.expected}."),
        small(f"Vergeleken: {found.compared}. {OTHER_CAUSES}" if found.compared else ""),
    )
