"""The forecast of a series of counts, rates or shares, from its unbroken run."""

from __future__ import annotations

from kpi.meaning.choices import JudgedBy, Shows
from kpi.verdict.odds import Forecast, forecast
from kpi.verdict.season import shrunken_season
from kpi.verdict.series import Series

FEWEST_YEARS = 2


def forecast_of(series: Series, ahead: int = 1) -> Forecast | None:
    """What the count may be `ahead` periods after the last; None when nothing can be said.

    A rate or share is forecast as a count, for a group as large as those lately; of a share the
    rarer side, because there chance is best known.
    """
    run = series.run
    if not is_forecast(series) or len(run) < FEWEST_YEARS * series.per_year:
        return None
    tops = [float(point.numerator) for point in run]
    sizes = [*map(series.size_of, run)]
    part = sum(tops) / sum(sizes) if series.is_share else 0.0
    flip = part > 0.5
    if flip:
        tops = [size - top for size, top in zip(sizes, tops, strict=True)]
        part = 1 - part
    places = [point.position for point in run]
    season = shrunken_season(tops, sizes, places, series.per_year)
    place_ahead = (places[-1] + ahead) % series.per_year
    size = series.size_ahead
    exposure = [
        size * season.parts[place % series.per_year]
        for size, place in zip(sizes, places, strict=True)
    ]
    return forecast(
        tops, ahead / series.per_year, exposure, size * season.parts[place_ahead],
        years=[(place - places[-1]) / series.per_year for place in places],
        part=part, total=size if flip else None,
        unsure=season.unsure[place_ahead], fitted=series.per_year - 1 if any(season.unsure) else 0,
    )  # fmt: skip


def is_forecast(series: Series) -> bool:
    """Whether a forecast fits: counts of cases, not the same pupils in every period.

    Persons per year are forecast, although some are carried over: it makes the next count a
    little easier to tell, so the interval is on the safe side. Per quarter too many are.
    """
    if series.judged_by != JudgedBy.ROUTER or series.shows in (Shows.MEAN, Shows.STOCK):
        return False
    if series.shows is Shows.PERSONS:
        return series.per_year == 1 and series.counts_cases
    return not series.standing and series.counts_cases
