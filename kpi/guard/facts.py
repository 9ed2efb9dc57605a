"""The numbers behind figures, shown or not, read from kpi_value in one go."""

from collections.abc import Iterable
from typing import NamedTuple

from kpi.figure.monitor import Monitor
from kpi.guard.rules import Place

NAMES = ("kpi_id", "measure", "organisation_id", "period_id", "segment")


class Numbers(NamedTuple):
    """What kpi_value holds at one place; known: somebody delivered, so zero means zero."""

    numerator: float = 0
    denominator: float = 0
    known: bool = False


NOTHING = Numbers()


def numbers_at(monitor: Monitor, places: Iterable[Place]) -> dict[Place, Numbers]:
    """The numbers at those places that have a row."""
    wanted = sorted(set(places))
    if not wanted:
        return {}
    lists = [sorted(set(column)) for column in zip(*wanted, strict=True)]
    # the lists first, so that only these figures are made: the join alone would make every one
    rows = monitor.database.stream(
        f"""
        with wanted as (select {", ".join(f"unnest(?) as {name}" for name in NAMES)})
        select
            {", ".join(f"value.{name}" for name in NAMES)},
            -- the most there can be: what is only known as <5 is small, and not a zero
            cast(value.numerator + value.numerator_more as double) as numerator,
            cast(value.denominator as double) as denominator,
            value.observed > 0 as known
        from kpi_value as value
        inner join wanted using ({", ".join(NAMES)})
        where {" and ".join(f"list_contains(?, value.{name})" for name in NAMES)}
        """,
        [*([*column] for column in zip(*wanted, strict=True)), *lists],
    )
    return {Place(*row[: len(NAMES)]): Numbers(*row[len(NAMES) :]) for row in rows}
