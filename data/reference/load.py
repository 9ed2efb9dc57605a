"""The files of data/reference, read and checked: everything that is wrong is said at once."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from data.calendar import Calendar
from data.reference.facts import PERCENT, Dataset, Fact, Fit, Publication, PublishedSeries
from data.strict import Findings, nearest, read_named, read_table, read_toml

REFERENCES = Path(__file__).parent


@cache
def load_references(folder: Path = REFERENCES) -> tuple[Dataset, ...]:
    """All files of published figures, in alphabetical order. DefinitionError with what is wrong."""
    findings = Findings()
    loaded = [_load(path, findings) for path in sorted(folder.glob("*.toml"))]
    return findings.checked(tuple(dataset for dataset in loaded if dataset))


def _load(path: Path, findings: Findings) -> Dataset | None:
    where = path.name
    table = read_toml(path, where, findings, Decimal)
    if table is None:
        return None
    before = len(findings.errors)
    defaults, tables = table.pop("defaults", {}), table.pop("series", {})
    series = read_named(PublishedSeries, tables, f"{where} [series]", findings, defaults)
    dataset = read_table(Dataset, table, where, findings, id=path.stem, series=series)
    if dataset is None:
        return None
    is_whole = len(findings.errors) == before
    for name, item in series.items():
        findings.add(f"{where} [series] {name}", *_wrong_points(item, dataset.publications))
    # What leans on a series that is wrong would only say so again.
    if is_whole:
        findings.add(where, *_wrong_between(dataset))
    every = {name: _with_points(item, dataset.publications) for name, item in series.items()}
    return replace(dataset, series=every)


def _with_points(
    series: PublishedSeries, publications: Mapping[str, Publication]
) -> PublishedSeries:
    """With per period what each publication says, in the order of the publications."""
    points: dict[str, list[Fact]] = {}
    for name, publication in publications.items():
        early = series.provisional.get(name, ())
        for period, value in series.numbers.get(name, {}).items():
            points.setdefault(period, []).append(Fact(value, publication, period in early))
    return replace(series, points={period: tuple(points[period]) for period in sorted(points)})


def _wrong_points(
    series: PublishedSeries, publications: Mapping[str, Publication]
) -> Iterator[str]:
    for name in {**series.numbers, **series.provisional}:
        if name not in publications:
            yield f"publicatie '{name}' bestaat niet.{nearest(name, publications)}"
    for name, periods in series.provisional.items():
        for period in periods:
            if period not in series.numbers.get(name, {}):
                yield f"provisional: {name} heeft geen cijfer van {period}."
    kinds = set()
    for text in series.periods:
        try:
            parsed = Calendar().parse(text)
        except ValueError as error:
            yield str(error)
            continue
        kinds.add(parsed.period_type)
        if parsed.period_id != text:
            yield f"schrijf '{text}' als '{parsed.period_id}'."
    if len(kinds) != 1:
        yield f"points horen bij één soort periode, niet bij {', '.join(sorted(kinds)) or 'geen'}."


def _wrong_between(dataset: Dataset) -> Iterator[str]:
    """What is wrong with the sums, contradictions and fits, seen from the series they are about."""
    about = [
        *(("[[sums]]", number, item.series) for number, item in enumerate(dataset.sums, 1)),
        *(
            ("[[contradictions]]", number, item.series)
            for number, item in enumerate(dataset.contradictions, 1)
        ),
        *(("[[fits]]", number, item.every_series) for number, item in enumerate(dataset.fits, 1)),
    ]
    for place, number, names in about:
        for name in names:
            if name not in dataset.series:
                hint = nearest(name, dataset.series)
                yield f"{place} {number}: reeks '{name}' bestaat niet.{hint}"
    for name in dataset.series.keys() - {name for _, _, names in about for name in names}:
        yield f"reeks {name} staat bij geen som, tegenspraak of KPI ([[fits]])."
    for mistake in dataset.contradictions:
        for name in mistake.series:
            if name in dataset.series and mistake.period not in dataset.series[name].periods:
                yield f"[[contradictions]]: {name} heeft geen cijfer van {mistake.period}."
    for number, fit in enumerate(dataset.fits, start=1):
        for wrong in _wrong_fit(fit, dataset):
            yield f"[[fits]] {number}: {wrong}"


def _wrong_fit(fit: Fit, dataset: Dataset) -> Iterator[str]:
    known = [name for name in fit.series if name in dataset.series]
    counts = [name for name in known if dataset.series[name].unit != PERCENT]
    if fit.matches and counts and not fit.divided_by:
        yield f"{', '.join(counts)} is een aantal: dat past niet bij het cijfer van één SWV."
    below = dataset.series.get(fit.divided_by)
    for numbers in below.numbers.values() if below else ():
        for period in (period for period, value in numbers.items() if not value):
            yield f"{fit.divided_by} is 0 in {period}: daardoor kan niet gedeeld worden."
