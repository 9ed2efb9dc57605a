"""What is looked at on the page of the improvement plan: as of which day, and which order."""

from datetime import date

from kpi.formatting import date_text
from kpi.plans.moment import end_of_month
from kpi.plans.order import ImprovementPlan, RecoveryOrder
from pages.shared.choices import TitleRow

NOW, ALL = "nu", ""


def day(row: TitleRow, plan: ImprovementPlan) -> tuple[str, date]:
    """A report of the plan, or now; the choice as it stands in the address, and its day."""
    today = date.today()
    days = {NOW: plan.now(today)}
    days |= {item.isoformat(): item for item in reversed(plan.report_days(end_of_month(today)))}
    names = {name: f"rapport van {date_text(item)}" for name, item in days.items()}
    chosen = row.choose("Stand", "rapport", names | {NOW: NOW}, NOW, 260)
    return chosen, days[chosen]


def order(row: TitleRow, plan: ImprovementPlan) -> RecoveryOrder | None:
    """One of the orders, or None for all of them."""
    known = {item.id: item for item in plan.orders}
    names = {ALL: "alle opdrachten"} | {name: item.name for name, item in known.items()}
    return known.get(row.choose("Opdracht", "opdracht", names, ALL, 360))
