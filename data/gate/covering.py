"""For which period a file was delivered, and which stretches of time it covers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.calendar import KALENDERJAAR, KWARTAAL, SCHOOLJAAR, Calendar, Period
from data.deliveries.delivery import DeliveryPart
from data.gate.convert import periods_in_text
from data.source import Source

NONE = "none"
A_PERIOD = {
    KWARTAAL: "een kwartaal, zoals 2023-2024-k1 of sept 2023",
    SCHOOLJAAR: "een schooljaar, zoals 2023-2024",
    KALENDERJAAR: "een kalenderjaar, zoals 2023",
}


class PeriodUnknown(ValueError):
    """It is not certain for which period the file is: `given` by the user, `expected`, `advice`."""

    def __init__(self, given: str, expected: str, advice: str) -> None:
        super().__init__(advice)
        self.given = given
        self.expected = expected
        self.advice = advice


@dataclass(frozen=True)
class Covered:
    """The period of a delivery (None: not needed), its parts, and the slot of every row."""

    period: Period | None
    parts: tuple[DeliveryPart, ...]
    slots: tuple[str, ...]


def chosen_period(
    source: Source, given: str | None, texts: Iterable[str], calendar: Calendar
) -> tuple[Period | None, str]:
    """The period the user gave, or the only one that file name and titles mention: (it, where).

    `where` is "" when it was given. (None, "") when nothing was said, or when the rows will say
    it. Raises PeriodUnknown when what was given is no period of the right kind, or when the texts
    mention more than one and a period is needed.
    """
    kind = source.delivery.period
    if given and kind != NONE:
        return _given(source, given, calendar), ""
    if kind == NONE or source.delivery.period_column:
        return None, ""
    found = _mentioned(source, texts, calendar)
    if len(found) > 1 and not source.delivery.period_required:
        return None, ""
    if len(found) > 1:
        several = " en ".join(calendar.parse(period_id).label for period_id in found)
        raise PeriodUnknown(
            "", A_PERIOD[kind], f"In het bestand staan meer perioden ({several}). Kies er een."
        )
    for period_id, text in found.items():
        return calendar.parse(period_id), text
    return None, ""


def covered(
    source: Source, period: Period | None, columns: Mapping[str, Sequence[Any]], calendar: Calendar
) -> Covered:
    """What these rows cover. Raises PeriodUnknown when no period was given, nor is in the rows."""
    rules = source.delivery
    count = len(next(iter(columns.values()), ()))
    if rules.period_column and count:
        return _by_row(source, period, columns[rules.period_column], calendar)
    if period is None and rules.period_required:
        raise PeriodUnknown("", A_PERIOD[rules.period], "Kies voor welke periode dit bestand is.")
    part = _part(source, period, columns, calendar)
    return Covered(period, (part,), (part.slot,) * count)


def likely_period(
    source: Source, columns: Mapping[str, Sequence[Any]], calendar: Calendar, today: date
) -> str:
    """The period that holds the last day up to today on which something began or ended in the rows.

    Only to start a question with: a list may end before its period does. "" when it holds no day.
    """
    names = (source.delivery.dated_by, source.rows.ends_by)
    days = [day for name in names for day in columns.get(name, ()) if day and day <= today]
    if not days or source.delivery.period == NONE:
        return ""
    return _period_of(max(days), source.delivery.period, calendar).period_id


def _mentioned(source: Source, texts: Iterable[str], calendar: Calendar) -> dict[str, str]:
    """The periods of the right kind that the texts name, each with the text it stands in."""
    kind, day = source.delivery.period, source.delivery.counted_on
    found: dict[str, str] = {}
    counted: dict[str, str] = {}
    for text in texts:
        for period_id in periods_in_text(text, calendar):
            period = calendar.parse(period_id)
            if period.period_type == kind:
                found.setdefault(period_id, text)
            elif day and period.period_type == KALENDERJAAR:
                counted_on = date.fromisoformat(f"{period_id}-{day}")
                counted.setdefault(calendar.school_year_of(counted_on), text)
    return found or counted


def _given(source: Source, given: str, calendar: Calendar) -> Period:
    kind = source.delivery.period
    try:
        period = calendar.parse(given)
    except ValueError:
        raise PeriodUnknown(given, A_PERIOD[kind], "Kies een periode.") from None
    if period.period_type != kind:
        advice = f"“{source.label}” wordt per {kind} aangeleverd."
        if kind == SCHOOLJAAR:
            advice += f" Bedoelt u {period.school_year}?"
        raise PeriodUnknown(given, A_PERIOD[kind], advice)
    return period


def _by_row(
    source: Source, period: Period | None, values: Sequence[Any], calendar: Calendar
) -> Covered:
    kind = source.delivery.period
    of_value = {value: _period_of(value, kind, calendar) for value in dict.fromkeys(values)}
    periods = sorted(of_value.values(), key=lambda found: found.end_on)
    if period and period not in periods:
        raise PeriodUnknown(
            period.label,
            f"{periods[0].label} tot en met {periods[-1].label}: die staan in de regels",
            "Kies een andere periode, of kijk of dit het goede bestand is.",
        )
    parts: dict[str, DeliveryPart] = {}
    for found in periods:
        part = _part(source, found, {}, calendar)
        first = parts.get(part.slot, part)
        parts[part.slot] = DeliveryPart(part.slot, first.covers_from, part.covers_to)
    slot_of = {value: _part(source, found, {}, calendar).slot for value, found in of_value.items()}
    slots = tuple(slot_of[value] for value in values)
    return Covered(period or periods[-1], tuple(parts.values()), slots)


def _part(
    source: Source, period: Period | None, columns: Mapping[str, Sequence[Any]], calendar: Calendar
) -> DeliveryPart:
    rules = source.delivery
    if period is None:
        return DeliveryPart("", None, None)
    year = calendar.schooljaar(int(period.school_year[:4]))
    if rules.spans == "all":
        days = [day for day in columns.get(rules.covers_by, ()) if day]
        first = calendar.school_year_of(min(days)) if days else year.period_id
        start = calendar.schooljaar(int(first[:4])).start_on
        return DeliveryPart("", min(start, year.start_on), period.end_on)
    if rules.spans == "school_year" and period.period_type != KALENDERJAAR:
        return DeliveryPart(year.period_id, year.start_on, period.end_on)
    return DeliveryPart(period.period_id, period.start_on, period.end_on)


def _period_of(value: object, kind: str, calendar: Calendar) -> Period:
    """The period a cell of the period column stands for. Raises PeriodUnknown."""
    if isinstance(value, date):
        if kind == KWARTAAL:
            return calendar.quarter_of(value)
        if kind == KALENDERJAAR:
            return calendar.kalenderjaar(value.year)
        return calendar.schooljaar(int(calendar.school_year_of(value)[:4]))
    try:
        period = calendar.parse(str(value))
    except ValueError:
        period = None
    if period is None or period.period_type != kind:
        advice = "Verbeter de kolom met de periode."
        raise PeriodUnknown(str(value or ""), f"per regel {A_PERIOD[kind]}", advice)
    return period
