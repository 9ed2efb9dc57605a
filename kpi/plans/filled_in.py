"""An activity from the texts of a form: the same words as in a plan, or why they do not fit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.plans.activities import activities
from kpi.plans.activity import Activity, Direction, Effect, Plan, activity_id, parties_in
from kpi.plans.amount import amounts_in
from kpi.plans.moment import is_moment, moment
from kpi.plans.period import period_days
from kpi.record.checks import Checks

MONTH = "juni 2024"
NO_MONTH = "De maand ‘{}’ van het effect is niet te lezen. Schrijf het zo: " + MONTH
HALF_EFFECT = "Vul bij een verwacht effect de KPI, hoeveel en vanaf welke maand in, of niets."
NO_PERIOD = "De periode ‘{}’ is niet te lezen. Schrijf het zo: sept 2023 - jan 2024, of schooljaar."


@dataclass(frozen=True)
class ActivityForm:
    """What somebody filled in. who: parties with commas in between; money: amounts as text.

    effect_kpi: "" when no effect is expected; effect_size: a number typed the Dutch way, in the
    unit of the measure that is looked at; effect_by: a month, as "juni 2024".
    """

    plan: str
    theme_number: int
    number: str
    period: str
    what: str
    who: str
    result: str
    people: str
    money: str
    kpis: Sequence[str]
    effect_kpi: str = ""
    effect_direction: str = str(Direction.DOWN)
    effect_size: str = ""
    effect_by: str = ""


def form_of(activity: Activity) -> ActivityForm:
    """An activity as the texts of the form."""
    money = "; ".join([*(item.text for item in activity.money), activity.money_note])
    return ActivityForm(
        str(activity.plan), activity.theme_number, activity.number, activity.period,
        activity.what, ", ".join(activity.who), activity.result, activity.people,
        money.strip("; "), activity.kpis, *_effect_texts(activity.effect),
    )  # fmt: skip


def filled_in(
    monitor: Monitor, form: ActivityForm, school_year: str, changes: Activity | None = None
) -> Activity:
    """The activity that is meant; `changes` is the one it was before, None for a new one.

    What was not touched stays as it was: amounts keep where they come from. Refused (Dutch) when
    the period cannot be read, or another activity has the number.
    """
    checks = Checks(monitor)
    every = activities(monitor)
    days = period_days(form.period, int(school_year[:4]))
    checks.need(bool(days) or not form.period.strip(), NO_PERIOD.format(form.period.strip()))
    number = form.number.strip().lower()
    checks.need(bool(re.fullmatch(r"\d{1,2}[a-z]?", number)), "Geef een nummer, zoals 4 of 4b.")
    themes = {item.theme_number: item.theme for item in every if item.school_year == school_year}
    new = Activity(
        number, Plan(form.plan), form.theme_number, " ".join(form.period.split()),
        " ".join(form.what.split()), parties_in(form.who), " ".join(form.result.split()),
        " ".join(form.people.split()), " ".join(form.money.split()),
    )  # fmt: skip
    named = changes.id if changes else activity_id(new.plan, school_year, new.place)
    there = {(item.school_year, item.plan, item.place): item.id for item in every}
    taken = there.get((school_year, new.plan, new.place), named)
    checks.need(
        taken == named and (changes is not None or named not in there.values()),
        f"{new.plan} {new.place} bestaat al. Kies een ander nummer.",
    )
    effect = _effect(form, school_year, checks)
    checks.done()
    found = replace(
        new,
        id=named,
        school_year=school_year,
        theme=themes.get(form.theme_number, ""),
        kpis=tuple(name for name in monitor.kpis if name in (*form.kpis, form.effect_kpi)),
        money=amounts_in(new.money_note),
        effect=effect,
    )
    if days:  # an empty period is refused when it is stored, with everything else
        found = replace(found, from_on=days[0], until_on=days[1])
    return _untouched(found, form, changes) if changes else found


def _untouched(found: Activity, form: ActivityForm, was: Activity) -> Activity:
    """What the form does not hold, or held and nobody changed."""
    before = form_of(was)
    found = replace(found, remark=was.remark)
    if _effect_texts(found.effect) == _effect_texts(was.effect):
        found = replace(found, effect=was.effect)
    if form.who == before.who:
        found = replace(found, who=was.who)
    if form.money == before.money:
        found = replace(found, money=was.money, money_note=was.money_note)
    return found


def _effect_texts(effect: Effect | None) -> tuple[str, ...]:
    if effect is None:
        return ()
    size = formatting.number(effect.size, formatting.decimals_of(effect.size))
    return effect.kpi, str(effect.direction), size, moment(effect.by).text


def _effect(form: ActivityForm, school_year: str, checks: Checks) -> Effect | None:
    """The effect that is expected; None when there is none, or it is noted what is wrong."""
    size, by = form.effect_size.strip(), form.effect_by.strip()
    if not any((form.effect_kpi, size, by)):
        return None
    checks.need(all((form.effect_kpi, size, by)), HALF_EFFECT)
    days = period_days(by, int(school_year[:4]))
    month = by if is_moment(by) else f"{days[0]:%Y-%m}" if days else ""
    checks.need(bool(month) or not by, NO_MONTH.format(by))
    try:
        number = formatting.parse_number(size or "0")
    except ValueError as error:
        checks.errors.append(str(error))
        return None
    return Effect(form.effect_kpi, Direction(form.effect_direction), number, month)
