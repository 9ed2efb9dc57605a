"""What someone typed in a form, as an agreement: Dutch numbers and dates, checked all at once."""

from decimal import Decimal

from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.formatting import parse_number
from kpi.meaning.choices import PeriodType
from kpi.meaning.event import EventKind
from kpi.meaning.target import PathMethod, Target, TargetKind
from kpi.record.after_term import decide_after_term
from kpi.record.checks import Checks
from kpi.record.deviations import agree_deviation
from kpi.record.events import add_event
from kpi.record.targets import set_target


def record_deviation(monitor: Monitor, about: KpiResult, texts: dict[str, str], author: str) -> str:
    """Agree that the target of this figure is knowingly not met. What was recorded, in words."""
    found = agree_deviation(
        monitor, about.kpi.id, texts["reason"], texts["owner"], texts["from"], texts["until"],
        measure=about.measure.id, segment=about.segment,
        organisation_id=about.organisation.organisation_id, author=author,
    )  # fmt: skip
    return f"Vastgelegd: {found.text_on(found.from_on)}."


def record_target(monitor: Monitor, about: KpiResult, texts: dict[str, str], author: str) -> str:
    """Set a target on this figure. What was recorded, in words."""
    checks = Checks(monitor)
    amount = _number(texts["amount"], checks)
    steps = _number(texts["steps"], checks)
    target = Target(
        kpi=about.kpi.id,
        measure=about.measure.id,
        segment=about.segment,
        organisation_id=about.organisation.organisation_id,
        kind=TargetKind(texts["kind"]),
        amount=amount,
        base_period=texts["base_period"].strip(),
        method=PathMethod(texts["method"]),
        steps=None if steps is None else int(steps),
        period_type=PeriodType(about.period.period_type),
        valid_from=checks.day(texts["from"], ""),
        valid_to=checks.day(texts["until"], ""),
        origin=texts["origin"],
        document=texts["document"],
        margin=_number(texts.get("margin", ""), checks),
        bound=texts.get("bound", ""),
    )
    checks.done()
    set_target(monitor, target, author)
    return f"Vastgelegd: een doel voor {about.measure.label}."


def record_after_term(
    monitor: Monitor, about: KpiResult, texts: dict[str, str], author: str
) -> str:
    """Decide what applies after the term of the target on this figure. What was recorded."""
    found = decide_after_term(
        monitor, about, texts["choice"], texts["body"], texts["on"], texts["reason"], author
    )
    return f"Vastgelegd: {found.text}."


def record_event(monitor: Monitor, about: KpiResult, texts: dict[str, str], author: str) -> str:
    """Put an event in the register for this KPI, or for all. What was recorded, in words."""
    kpis = () if texts["all"] else (about.kpi.id,)
    event = add_event(
        monitor, texts["on"], texts["label"], EventKind(texts["kind"]),
        until=texts["until"], kpis=kpis, note=texts["note"], author=author,
    )  # fmt: skip
    return f"Vastgelegd: {event.label}, {event.when_text}."


def _number(text: str, checks: Checks) -> Decimal | None:
    """The number as typed; an empty field is none."""
    if not text.strip():
        return None
    try:
        return parse_number(text)
    except ValueError as error:
        checks.errors.append(str(error))
        return None
