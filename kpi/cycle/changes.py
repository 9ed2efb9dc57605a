"""What became of sealed figures: every one that is different now, with the difference."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.calendar import Period
from kpi import formatting
from kpi.cycle.seal import Seal
from kpi.cycle.sealed_figures import KEY, differing, is_other_number
from kpi.figure.monitor import Monitor
from kpi.figure.result import FigureKey
from kpi.meaning import choices
from kpi.meaning.choices import State

LEVELS = ("swv", "bestuur", "locatie", "")
NO_ROW = "geen cijfer"
HAS_NUMBER = (State.VALUE, State.ZERO)


@dataclass(frozen=True)
class ChangedFigure:
    """One figure that is not as it was sealed, in words.

    key: of kpi_value. level: "swv", "bestuur", "locatie", or "" for one that is no longer known.
    was_number: whether the seal holds a number; when it does not, something came in later.
    """

    key: FigureKey
    name: str
    organisation: str
    level: str
    period: str
    was_text: str
    now_text: str
    difference_text: str
    was_number: bool


def changed_since(monitor: Monitor, seal: Seal) -> list[ChangedFigure]:
    """The wholes, and the segments with a target, that are different now: those of the SWV first.

    Only periods that were over when the quarter was closed: a running year goes on by itself.
    """
    key = ("changed", seal.hash, frozenset(monitor.targets))
    return monitor.remember_figures(key, lambda: _changed(monitor, seal))


def _changed(monitor: Monitor, seal: Seal) -> list[ChangedFigure]:
    until = date.fromisoformat(seal.contents["until"])
    shown = {(k, m, s) for k, m, s in monitor.targets if s}
    shown |= {(k.id, k.main_measure, k.main_segment) for k in monitor.kpis.values()}
    rows = differing(monitor, until, seal.figures, ["/".join(series) for series in shown])
    found = [
        _figure(monitor, row)
        for row in rows
        if _period(monitor, row["period_id"]).needed_to <= until
        and is_other_number(row)
        and not _is_none_or_zero(row)
    ]
    return sorted(found, key=lambda item: _place(monitor, item))


def _figure(monitor: Monitor, row: dict[str, Any]) -> ChangedFigure:
    key: FigureKey = tuple(row[name] for name in KEY)
    kpi = monitor.kpis.get(key[0])
    measure = kpi.measures.get(key[1]) if kpi else None
    place = monitor.organisations.get(key[2])
    unit, decimals = (measure.unit, measure.decimals) if measure else ("", 2)
    was, now = row["was_value"], row["is_value"]
    difference = "" if was is None or now is None else formatting.change(now - was, unit, decimals)
    names = [kpi.label if kpi else key[0], measure.label if measure else key[1]]
    part = kpi.segment_label(key[4]) if kpi and key[4] else key[4]
    return ChangedFigure(
        key=key,
        name=": ".join(names) + (f" ({part})" if part else ""),
        organisation=place.name if place else key[2],
        level=place.organisation_type if place else "",
        period=_period(monitor, key[3]).label,
        was_text=_text(row, "was", unit, decimals),
        now_text=_text(row, "is", unit, decimals),
        difference_text=difference,
        was_number=row["was_state"] in HAS_NUMBER,
    )


def _text(row: dict[str, Any], side: str, unit: str, decimals: int) -> str:
    """ "43", "43 (voorlopig)", "niet geleverd", "n.v.t.", "geen cijfer"."""
    value, state = row[f"{side}_value"], row[f"{side}_state"]
    if value is None:
        return choices.NO_NUMBER[State(state)] if state else NO_ROW
    provisional = f" ({choices.PROVISIONAL})" * bool(row[f"{side}_provisional"])
    return formatting.bare(value, unit, decimals) + provisional


def _is_none_or_zero(row: Mapping[str, Any]) -> bool:
    """A part that never occurred has no row at all, and is shown as nothing or zero."""
    return {row["was_state"], row["is_state"]} <= {None, State.ZERO}


def _period(monitor: Monitor, period_id: str) -> Period:
    """Also one that no delivery reaches any more."""
    return monitor.periods.get(period_id) or monitor.calendar.parse(period_id)


def _place(monitor: Monitor, item: ChangedFigure) -> tuple[Any, ...]:
    kpis = list(monitor.kpis)
    number = kpis.index(item.key[0]) if item.key[0] in kpis else len(kpis)
    period = _period(monitor, item.key[3])
    newest = (-period.end_on.toordinal(), period.period_type)
    organisation = formatting.sort_key_nl(item.organisation)
    return (LEVELS.index(item.level), number, *newest, organisation, item.key)
