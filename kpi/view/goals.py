"""An agreement in words: in full, and where its path ends."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from data.calendar import Period
from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.figure.path import (
    Base,
    asked,
    base_of,
    end_of_path,
    last_of_path,
    later,
    per_year,
    rule_for,
    why_not_asked,
)
from kpi.figure.result import KpiResult
from kpi.meaning.target import (
    Target,
    describe,
)
from kpi.record.after_term import term_decision_for

SMALLEST_FOR_PERCENT = 10


@dataclass(frozen=True)
class TargetCard:
    """Everything that is printed under a chart with a target, as Dutch text; "" is left out.

    path: (period, what is asked) per year, from the base to the end; for an agreement without a
    path this period and the next. no_path: why nothing can be asked of this period.
    """

    kind: str
    agreement: str
    gap: str
    origin: str
    document: str
    base: str
    method: str
    steps: str
    rounding: str
    valid: str
    after: str
    note: str
    no_path: str
    path: tuple[tuple[str, str], ...]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """(heading, text) in reading order, without the empty ones and without the path."""
        named = {
            "Afspraak": self.agreement,
            "Soort": self.kind,
            "Verschil": self.gap,
            "Vastgesteld door": self.origin,
            "Document": self.document,
            "Basis": self.base,
            "Rekenwijze": self.method,
            "Stappen": self.steps,
            "Afronding": self.rounding,
            "Geldig": self.valid,
            "Na de looptijd": self.after,
            "Geen pad": self.no_path,
            "Toelichting": self.note,
        }
        return [(heading, text) for heading, text in named.items() if text]


def target_card(monitor: Monitor, result: KpiResult) -> TargetCard | None:
    """The agreement on this figure in full; None when there is none for its period."""
    ended = result.ended
    rule = ended.rule if ended else rule_for(monitor, result, result.period)
    if rule is None:
        return None
    base = base_of(monitor, rule) if rule.is_reduction else None
    decimals = max(result.decimals, -_exponent(rule)) if rule.amount is not None else 0
    since, until = rule.valid_from, rule.valid_to
    ends = "klaar op {}" if base else "tot en met {}"
    valid = [
        f"vanaf {formatting.date_text(since)}" if since else "",
        ends.format(formatting.date_text(until)) if until else "",
    ]
    return TargetCard(
        kind=rule.kind.label,
        agreement=describe(rule, result.unit, decimals, _from_what(rule, base, result)),
        gap=gap_in_full(result),
        origin=rule.origin,
        document=rule.document,
        base=_base_text(base, result) if base else "",
        method=rule.method.label if base else "",
        steps=_steps_text(rule.steps) if base and rule.steps else "",
        rounding=rule.rounding.label if base else "",
        valid=", ".join(filter(None, valid)),
        after=_after_text(monitor, result, rule),
        note=rule.note,
        no_path=_why_not(monitor, rule, result),
        path=tuple(_path(monitor, rule, base, result)),
    )


def _from_what(rule: Target, base: Base | None, result: KpiResult) -> str:
    """The name of what the agreement starts from: a period, or another measure."""
    if base:
        return base.period.label
    bound = result.kpi.measures.get(rule.bound)
    return bound.label if bound else ""


def _after_text(monitor: Monitor, result: KpiResult, rule: Target) -> str:
    """What was decided about the time after the term, or that it still must be; "" before that."""
    found = term_decision_for(monitor, rule)
    return found.full_text if found else rule.after.label if result.ended else ""


def gap_in_full(result: KpiResult) -> str:
    """The distance in pupils and in percent: "23 leerlingen boven het doel (+153%)".

    No percentage of a count below ten: there every pupil is more than a tenth.
    """
    gap, asked_for, value = result.gap, result.target, result.value
    if gap is None or asked_for is None or value is None or not result.gap_units:
        return result.gap_text
    if result.measure.is_ratio:
        extra = formatting.change(gap, result.unit, max(1, result.decimals))
    elif min(value, asked_for) >= SMALLEST_FOR_PERCENT:
        extra = f"{formatting.signed(100 * gap / asked_for)}%"
    else:
        return result.gap_text
    return f"{result.gap_text} ({extra})"


def _path(
    monitor: Monitor, rule: Target, base: Base | None, result: KpiResult
) -> Iterator[tuple[str, str]]:
    """(period, what is asked) per year."""
    if base is None:
        if result.target is not None:
            yield result.period.label, _asked_text(result, rule, result.target)
        coming = end_of_path(monitor, result)
        if coming and coming.ahead:
            yield coming.period.label, _asked_text(result, rule, coming.value)
        return
    if base.value is None or base.period.period_type != result.period.period_type:
        return
    yield base.period.label, f"basis: {_quantity(result, base.value)}"
    for period in _years(monitor, rule, base, result):
        value = asked(monitor, rule, period)
        if value is not None and rule_for(monitor, result, period) == rule:
            yield period.label, _asked_text(result, rule, value)


def _years(monitor: Monitor, rule: Target, base: Base, result: KpiResult) -> Iterator[Period]:
    """The periods a whole number of years after the base, up to the end of the path."""
    calendar, size = monitor.calendar, per_year(monitor.calendar, base.period)
    end = last_of_path(monitor, rule) or later(calendar, result.period)
    length = end.position - base.period.position
    for number in range(size, length + size, size):
        yield later(calendar, base.period, min(number, length))


def _why_not(monitor: Monitor, rule: Target, result: KpiResult) -> str:
    """Why nothing is asked of this period; "" when something is."""
    if result.target is not None:
        return ""
    if result.ended:
        return f"de afspraak {result.ended.text}"
    return why_not_asked(monitor, rule, result.period)


def _base_text(base: Base, result: KpiResult) -> str:
    if base.value is None:
        return base.period.label
    whose = "afgesproken" if base.given else "eigen cijfer"
    return f"{base.period.label}: {_quantity(result, base.value)} ({whose})"


def _steps_text(steps: int) -> str:
    return f"{formatting.number(steps)} {'stap' if steps == 1 else 'stappen'} van een jaar"


def _asked_text(result: KpiResult, rule: Target, value: float) -> str:
    return replace(result, target=value, target_rule=rule, ended=None).target_text


def _quantity(result: KpiResult, value: float) -> str:
    return replace(result, value=value).value_text


def _exponent(rule: Target) -> int:
    """−2 for 8,25: an agreed value is never printed rounded."""
    return int(rule.amount.normalize().as_tuple().exponent) if rule.amount else 0
