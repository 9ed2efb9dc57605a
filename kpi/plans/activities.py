"""The year plan as it stands: the content of the profile with what people put on record."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.plans.activity import Activity, ActivityState, Effect, Progress
from kpi.plans.moment import is_moment, moment
from kpi.plans.year_plan import YearPlan, load_year_plan
from kpi.record.checks import Checks
from kpi.register import Lines, Record, withdraw

LONGEST_TEXT, LONGEST_RESULT, LONGEST_NAME, LONGEST_NOTE = 600, 1200, 200, 600
TEXTS = ("number", "period", "what", "result", "people", "money_note", "remark")
LINES = Lines(
    Record.ACTIVITY,
    Activity,
    names={"from_on": "from", "until_on": "until"},
    absent=dict.fromkeys(TEXTS, ""),
    given={"progress": ()},
)
PROGRESS = Lines(Record.PROGRESS, Progress)


@dataclass(frozen=True)
class Refusal:
    """Why one activity of several cannot be stored."""

    place: str
    errors: tuple[str, ...]


def activities(monitor: Monitor) -> tuple[Activity, ...]:
    """Every activity in the order of the plan, with its progress.

    A line on record takes the place of the row of the profile with the same id; when the line is
    withdrawn, the row of the profile is back.
    """
    plan = _of_profile(monitor)
    found = {item.id: item for item in plan.activities} if plan else {}
    found |= {item.id: item for item in LINES.standing(monitor.store)}
    said = PROGRESS.by("activity", monitor.store)
    complete = [
        replace(item, progress=tuple(sorted(said.get(item.id, ()), key=lambda one: one.on)))
        for item in found.values()
    ]
    return tuple(sorted(complete, key=_in_plan))


def put_activity(
    monitor: Monitor, activity: Activity, author: str, *, names_checked: bool = False
) -> Activity:
    """Put a new activity, or a change to one, on record. Refused with everything wrong in it.

    One without an id gets a new one. names_checked: see kpi.plans.texts.
    """
    checks = Checks(monitor)
    _check(monitor, activity, checks, names_checked)
    who = checks.author(author)
    checks.done()
    named = replace(activity, id=activity.id or f"eigen-{secrets.token_hex(6)}")
    return LINES.record(monitor.store, named, who)


def put_activities(
    monitor: Monitor, found: Iterable[Activity], author: str, *, names_checked: bool = False
) -> list[Refusal]:
    """Store what was read from a file: all of it, or nothing and why each cannot be stored.

    A file holds no expected effects, so an activity that is there already keeps the one it has.
    """
    expected = {item.id: item.effect for item in activities(monitor)}
    read = [replace(item, effect=item.effect or expected.get(item.id)) for item in found]
    refused = []
    for activity in read:
        checks = Checks(monitor)
        _check(monitor, activity, checks, names_checked)
        if checks.errors:
            refused.append(Refusal(activity.place, tuple(checks.errors)))
    if not refused:
        for activity in read:
            put_activity(monitor, activity, author, names_checked=names_checked)
    return refused


def report_progress(
    monitor: Monitor,
    activity_id: str,
    state: ActivityState | str,
    note: str,
    *,
    on: date | str | None,
    author: str,
    names_checked: bool = False,
) -> Progress:
    """Say how far an activity is on a day; a later line about the same day takes its place.

    What is stopped needs a note. Refused when the activity does not exist.
    """
    checks = Checks(monitor)
    known = {item.id for item in activities(monitor)}
    checks.need(activity_id in known, "Deze activiteit bestaat niet (meer).")
    checks.choice(state, ActivityState, "Status")
    stopped = "Schrijf op waarom de activiteit stopt." if state == ActivityState.STOPPED else ""
    remark = checks.text(note, stopped, LONGEST_NOTE)
    day = checks.day(on, "Zeg op welke dag.")
    checks.without_persons(remark, names_checked=names_checked)
    who = checks.author(author)
    checks.done()
    assert day is not None  # or done() would have refused
    said = Progress(day, ActivityState(state), remark)
    return PROGRESS.record(monitor.store, said, who, activity=activity_id)


def take_back(monitor: Monitor, activity_id: str, author: str, reason: str) -> None:
    """Withdraw an own activity or a change; what the profile says of it counts again."""
    withdraw(monitor.store, Record.ACTIVITY, {"id": activity_id}, author, reason)


def history(monitor: Monitor, activity_id: str) -> list[Activity]:
    """Every version of an activity, oldest first: that of the profile, then those on record."""
    plan = _of_profile(monitor)
    first = [item for item in plan.activities if item.id == activity_id] if plan else []
    return first + [item for item in LINES.versions(monitor.store) if item.id == activity_id]


def plan_document(monitor: Monitor) -> str:
    """The document that the plan of the profile comes from; "" when it has none."""
    plan = _of_profile(monitor)
    return plan.document if plan else ""


def _of_profile(monitor: Monitor) -> YearPlan | None:
    folder = monitor.opened_with.profiles / monitor.profile.id
    return monitor.remember(("jaarplan",), lambda: load_year_plan(folder, monitor.kpis))


def _in_plan(activity: Activity) -> tuple[str, str, int, Any]:
    return (
        activity.school_year,
        activity.plan,
        activity.theme_number,
        formatting.sort_key_nl(activity.number),
    )


def _check(monitor: Monitor, activity: Activity, checks: Checks, names_checked: bool) -> None:
    checks.text(activity.what, "Schrijf op wat er gebeurt.", LONGEST_TEXT)
    checks.text(activity.period, "Schrijf op wanneer het gebeurt.", LONGEST_NAME)
    checks.text(activity.result, "", LONGEST_RESULT)
    checks.text(activity.theme, "Kies een thema.", LONGEST_NAME)
    for text in (activity.people, activity.money_note, activity.remark):
        checks.text(text, "", LONGEST_NOTE)
    checks.order(activity.from_on, activity.until_on)
    for name in (*activity.kpis, *([activity.effect.kpi] if activity.effect else ())):
        checks.choice(name, monitor.kpis, "KPI")
    for amount in activity.money:
        checks.errors += amount.wrong_parts()
    if activity.effect:
        _check_effect(activity, activity.effect, checks)
    texts = [getattr(activity, name) for name in TEXTS]
    checks.without_persons(*texts, *activity.who, names_checked=names_checked)


def _check_effect(activity: Activity, effect: Effect, checks: Checks) -> None:
    checks.need(effect.size > 0, "Een verwacht effect is meer dan nul. Kies omlaag of omhoog.")
    if not is_moment(effect.by):
        checks.errors.append(f"'{effect.by}' is geen maand. Schrijf het zo: 2024-06")
        return
    checks.need(
        moment(effect.by).last >= activity.from_on,
        "Het effect kan er niet zijn voordat de activiteit begint.",
    )
