"""Whether two figures of a series may be held against each other: the one place that says so.

What is counted must be the same (definition, source, locations), and what is known of it too
(everyone delivered, the period is over, provisional or not). A bare difference asks exactly that;
a test may bridge a little, because it reckons with ordinary differences between periods.

kpi_value holds the same answer against the period before, so that it is sealed with the figure;
tests/kpi/figure/test_comparable.py holds every row of it against this.
"""

from typing import NamedTuple

from kpi.figure.result import KpiResult


class Counted(NamedTuple):
    """How a figure was counted: by which definition, from what other source, about how many.

    other_source: of how many of the locations the data came from another source than usual.
    """

    version: int
    other_source: int
    locations: int


def counted_otherwise(now: Counted, then: Counted, part: float = 0.0) -> str:
    """Why `then` was counted in another way than `now`, a key of NOT_COMPARABLE; "" when not.

    part: which part of the locations of `now` may differ; a bare difference bridges none.
    """
    if now == then:
        return ""
    margin = part * now.locations
    checks = {
        "definition": now.version != then.version,
        "source": abs(now.other_source - then.other_source) > margin,
        "organisations": abs(now.locations - then.locations) > margin,
    }
    return next((reason for reason, holds in checks.items() if holds), "")


def why_not(now: KpiResult, then: KpiResult | None) -> str:
    """The first reason not to tell the difference, a key of NOT_COMPARABLE; "" when it may be."""
    if not now.has_number:
        return "no_value"
    if then is None or not then.has_number:
        return "no_previous"
    otherwise = counted_otherwise(_counted(now), _counted(then))
    if otherwise in ("definition", "source"):
        return otherwise
    checks = {
        "running": now.partial,
        "previous_running": then.partial,
        "incomplete": not now.is_complete,
        "previous_incomplete": not then.is_complete,
        "organisations": otherwise == "organisations",
        "provisional": now.provisional != then.provisional,
        "mark": bool(now.numerator_more or then.numerator_more),
    }
    return next((reason for reason, holds in checks.items() if holds), "")


def _counted(result: KpiResult) -> Counted:
    return Counted(result.definition_version, result.other_source, result.expected)
