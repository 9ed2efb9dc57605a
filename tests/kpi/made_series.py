"""Series made by hand or by a generator, in the fewest words."""

from collections.abc import Sequence

from kpi.meaning.choices import Better, PeriodType, Shows
from kpi.verdict.series import Point, Series

QUARTER_NAMES = ("sept", "dec", "mrt", "juni")


def label_of(place: int, period: PeriodType) -> str:
    """The label of a period as the calendar writes it."""
    if period is not PeriodType.KWARTAAL:
        return f"{2000 + place}-{2001 + place}"
    return f"{QUARTER_NAMES[place % 4]} {2000 + (place + 2) // 4}"


def points_of(
    tops: Sequence[float], sizes: Sequence[float] | None, shows: Shows, period: PeriodType,
    squares: Sequence[float] | None = None,
) -> tuple[Point, ...]:  # fmt: skip
    """Points in unbroken order; sizes None for plain counts."""
    factor = shows.factor or 1
    return tuple(
        Point(
            period_id=str(place),
            label=label_of(place, period),
            position=place,
            value=float(top) if sizes is None else factor * float(top) / float(sizes[place]),
            numerator=float(top),
            denominator=0.0 if sizes is None else float(sizes[place]),
            squares=None if squares is None else float(squares[place]),
        )
        for place, top in enumerate(tops)
    )


def counts(
    values: Sequence[float], *, period: PeriodType = PeriodType.KWARTAAL,
    shows: Shows = Shows.TOTAL, better: Better = Better.LOWER, unit: str = "leerlingen",
    days: Sequence[float] = (), **other: object,
) -> Series:  # fmt: skip
    """A series of plain counts."""
    points = points_of(values, None, shows, period)
    return Series(shows, unit, better, period, points, days_between=tuple(days), **other)  # type: ignore[arg-type]


def shares(
    tops: Sequence[float], sizes: Sequence[float], *, period: PeriodType = PeriodType.KWARTAAL,
    better: Better = Better.LOWER, shows: Shows = Shows.SHARE, unit: str = "percent",
    decimals: int = 1, **other: object,
) -> Series:  # fmt: skip
    """A series of shares, or of rates with another `shows`."""
    points = points_of(tops, sizes, shows, period)
    return Series(shows, unit, better, period, points, decimals, **other)  # type: ignore[arg-type]


def means(
    marks: Sequence[Sequence[float]], *, period: PeriodType = PeriodType.SCHOOLJAAR,
    better: Better = Better.HIGHER, known: bool = True, **other: object,
) -> Series:  # fmt: skip
    """A series of means of marks; `known`: whether their squares are kept."""
    squares = [sum(mark**2 for mark in group) for group in marks] if known else None
    points = points_of(
        [sum(group) for group in marks], [len(group) for group in marks],
        Shows.MEAN, period, squares,
    )  # fmt: skip
    return Series(Shows.MEAN, "cijfer", better, period, points, 1, **other)  # type: ignore[arg-type]
