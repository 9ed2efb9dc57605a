"""Series made by hand or by a generator, in the fewest words."""

from collections import Counter
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
    squares: Sequence[float] | None = None, groups: Sequence[tuple[float, float]] | None = None,
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
            group_squares=None if groups is None else float(groups[place][0]),
            group_sizes=None if groups is None else float(groups[place][1]),
        )
        for place, top in enumerate(tops)
    )


def counts(
    values: Sequence[float], *, period: PeriodType = PeriodType.KWARTAAL,
    shows: Shows = Shows.TOTAL, better: Better = Better.LOWER, unit: str = "leerlingen",
    **other: object,
) -> Series:  # fmt: skip
    """A series of plain counts."""
    points = points_of(values, None, shows, period)
    return Series(shows, unit, better, period, points, **other)  # type: ignore[arg-type]


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
    better: Better = Better.HIGHER, known: bool = True,
    groups: Sequence[Sequence[object]] | None = None, **other: object,
) -> Series:  # fmt: skip
    """A series of means of marks; `known`: whether their squares are kept.

    groups: what each mark shares with others; every mark on its own when not given.
    """
    squares = [sum(mark**2 for mark in group) for group in marks] if known else None
    of = groups or [range(len(period_marks)) for period_marks in marks]
    points = points_of(
        [sum(group) for group in marks], [len(group) for group in marks],
        Shows.MEAN, period, squares, [*map(group_sums, marks, of)] if known else None,
    )  # fmt: skip
    return Series(Shows.MEAN, "cijfer", better, period, points, 1, **other)  # type: ignore[arg-type]


def group_sums(marks: Sequence[float], of: Sequence[object]) -> tuple[float, float]:
    """Squares of what each group is above or below its share of the whole; squares of the sizes."""
    mean = sum(marks) / len(marks)
    apart: dict[object, float] = {}
    for mark, group in zip(marks, of, strict=True):
        apart[group] = apart.get(group, 0.0) + mark - mean
    return sum(one**2 for one in apart.values()), sum(n**2 for n in Counter(of).values())
