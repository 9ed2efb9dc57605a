"""National and regional figures beside our own: which may be drawn, and why the others may not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from data.reference import (
    REFERENCES,
    Dataset,
    Fact,
    Fit,
    Publication,
    PublishedSeries,
    load_references,
)
from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.meaning import choices

WHOLE = 100
SHARE_DECIMALS = 1
OTHER_PERIOD = "Deze cijfers gaan over een {theirs}; dit cijfer gaat over een {ours}."
REVISED = "{earlier} noemt {before}, {later} noemt {now}. Hier telt het laatste."
DOES_NOT_ADD_UP = "De delen zijn samen {computed}, maar de bron noemt {stated}."
ROUNDED = "Door afronding klopt een optelling in de bron niet precies: {periods}."
PROVISIONAL = "Voorlopig: {periods}."


@dataclass(frozen=True)
class Reference:
    """Published figures that belong to a figure of ours, by period id.

    points: what may be shown; a number that is another thing is left out and told in flagged.
    per: what a percentage is taken of, "" for a count. matches: it may be drawn beside our figure;
    if not, why_not says so in one sentence. flagged: per period what is wrong with the source.
    source names publisher and publication, the newest first, and urls their addresses.
    """

    label: str
    unit: str
    points: Mapping[str, float] = field(hash=False)
    per: str
    source: str
    note: str
    matches: bool
    why_not: str
    flagged: Mapping[str, str] = field(hash=False)
    urls: tuple[str, ...]
    population: str
    period_type: str
    decimals: int
    provisional: tuple[str, ...]

    def value_text(self, period_id: str) -> str:
        """A point with its unit: "3,8% (voorlopig)"; "" where there is none."""
        if period_id not in self.points:
            return ""
        text = formatting.quantity(self.points[period_id], self.unit, self.decimals)
        return f"{text} ({choices.PROVISIONAL})" if period_id in self.provisional else text

    @property
    def sentence(self) -> str:
        """The last point in a sentence, or why the line is not drawn."""
        if not self.matches:
            return self.why_not
        last = max(self.points)
        return f"{self.label}: {self.value_text(last)} in {last}."


def references(
    monitor: Monitor,
    kpi_id: str,
    measure: str,
    segment: str,
    period_type: str,
    folder: Path = REFERENCES,
) -> list[Reference]:
    """What was published about a figure, what may be drawn first; empty when there is nothing.

    Figures of a region are for the SWVs in it, and never for the made-up SWV.
    """
    found = [
        _reference(dataset, fit, dataset.series[name], period_type)
        for dataset in load_references(folder)
        for fit in dataset.fits
        if (fit.kpi, fit.measure, fit.segment) == (kpi_id, measure, segment)
        for name in fit.series
        if _concerns(monitor, dataset.series[name])
    ]
    return sorted(found, key=lambda reference: not reference.matches)


def _concerns(monitor: Monitor, series: PublishedSeries) -> bool:
    here = "" if monitor.is_demo else monitor.profile.organisation.rmc_region
    return not series.regions or here in series.regions


def _reference(dataset: Dataset, fit: Fit, series: PublishedSeries, period_type: str) -> Reference:
    every = [series, *([dataset.series[fit.divided_by]] if fit.divided_by else [])]
    points, provisional = _shown(dataset, every)
    publications = dict.fromkeys(item for part in every for item in part.publications)
    same_period = series.period_type == period_type
    other_period = OTHER_PERIOD.format(theirs=series.period_type, ours=period_type)
    return Reference(
        label=fit.label or series.label,
        unit=formatting.PERCENT if fit.divided_by else series.unit,
        points=points,
        per=every[-1].label.lower() if fit.divided_by else series.per,
        source="; ".join(map(_named, publications)),
        note=" ".join(filter(None, [series.definition, fit.note, *_remarks(dataset, every)])),
        matches=fit.matches and same_period,
        why_not=fit.why_not or ("" if same_period else other_period),
        flagged=_flagged(dataset, every),
        urls=tuple(item.url for item in publications),
        population=series.population,
        period_type=series.period_type,
        decimals=SHARE_DECIMALS if fit.divided_by else series.decimals,
        provisional=provisional,
    )


def _shown(
    dataset: Dataset, every: list[PublishedSeries]
) -> tuple[dict[str, float], tuple[str, ...]]:
    """The points without those that are another thing, and which of them are provisional."""
    about = [item for series in every for item in dataset.about(series.id)]
    other = {item.period for item in about if not item.drawn}
    points = _points(*every)
    return (
        {period: value for period, (value, _) in points.items() if period not in other},
        tuple(period for period, (_, early) in points.items() if early and period not in other),
    )


def _points(
    part: PublishedSeries, whole: PublishedSeries | None = None
) -> dict[str, tuple[float, bool]]:
    """Per period the newest figure and whether it is provisional.

    With a whole: the percentage, of two amounts from one publication, the newest that has both.
    """
    if whole is None:
        return {name: (float(f.value), f.provisional) for name, f in part.leading.items()}
    points = {}
    for period in sorted(part.points.keys() & whole.points.keys()):
        below = {fact.publication: fact for fact in whole.points[period]}
        for above in part.points[period]:
            if above.publication in below:
                divisor = below[above.publication]
                early = above.provisional or divisor.provisional
                points[period] = (float(WHOLE * above.value / divisor.value), early)
    return points


def _flagged(dataset: Dataset, every: list[PublishedSeries]) -> dict[str, str]:
    flagged: dict[str, dict[str, None]] = {}
    for series in every:
        for period, text in _flags(dataset, series):
            flagged.setdefault(period, {})[text] = None
    return {period: " ".join(flagged[period]) for period in sorted(flagged)}


def _flags(dataset: Dataset, series: PublishedSeries) -> Iterator[tuple[str, str]]:
    def told(fact: Fact) -> str:
        return formatting.quantity(fact.value, series.unit, series.decimals)

    for item in dataset.about(series.id):
        yield item.period, item.text
    for revision in dataset.revisions(series.id):
        earlier, later = revision.earlier, revision.later
        text = REVISED.format(
            earlier=earlier.publication.label,
            before=told(earlier),
            later=later.publication.label,
            now=told(later),
        )
        yield revision.period, text[:1].upper() + text[1:]
    for mismatch in dataset.unexplained():
        if series.id in mismatch.series:
            computed = formatting.quantity(mismatch.computed, series.unit, series.decimals)
            stated = formatting.quantity(mismatch.stated, series.unit, series.decimals)
            yield mismatch.period, DOES_NOT_ADD_UP.format(computed=computed, stated=stated)


def _remarks(dataset: Dataset, every: list[PublishedSeries]) -> Iterator[str]:
    names = {series.id for series in every}
    rounded = {
        item.period
        for item in dataset.mismatches()
        if item.by_rounding and names & set(item.series)
    }
    if rounded:
        yield ROUNDED.format(periods=", ".join(sorted(rounded)))
    provisional = _shown(dataset, every)[1]
    if provisional:
        yield PROVISIONAL.format(periods=", ".join(provisional))


def _named(publication: Publication) -> str:
    publisher, label = publication.publisher, publication.label
    return label if publisher in label else f"{publisher}, {label}"
