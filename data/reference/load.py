"""The files of data/reference, read and checked: everything that is wrong is said at once."""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from data.calendar import Calendar
from data.reference.facts import Dataset, Fact, Fit, KnownMistake, Publication, PublishedSeries, Sum
from data.toml_table import TomlTable, one_of

REFERENCES = Path(__file__).parent
PERCENT = "percent"
NUMBER = (int, Decimal)


class FactsError(ValueError):
    """The files of published figures hold errors; `errors` lists all of them."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("Errors in the published figures:\n" + "\n".join(errors))
        self.errors = tuple(errors)


@cache
def load_references(folder: Path = REFERENCES) -> tuple[Dataset, ...]:
    """All files of published figures, in alphabetical order. FactsError with what is wrong."""
    errors: list[str] = []
    found = []
    for path in sorted(folder.glob("*.toml")):
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            errors.append(f"{path.name}: cannot be read: {error}")
            continue
        found.append(_dataset(path.stem, TomlTable(content, path.name, errors)))
    if errors:
        raise FactsError(errors)
    return tuple(found)


def _dataset(dataset_id: str, table: TomlTable) -> Dataset:
    publications = {
        name: _publication(name, item)
        for name, item in table.table("publications", required=True).tables().items()
    }
    defaults = table.table("defaults")
    series = {
        name: _series(name, item, defaults.content, publications)
        for name, item in table.table("series", required=True).tables().items()
    }
    # A sum or fit of a series that is not there is an error of its own; the rest is read on.
    dataset = Dataset(
        dataset_id,
        publications,
        {name: item for name, item in series.items() if item.points},
        tuple(_sum(item, series) for item in _each(table, "sums")),
        tuple(_contradiction(item, series) for item in _each(table, "contradictions")),
        tuple(_fit(item, series) for item in _each(table, "fits")),
    )
    table.close()
    for name in series.keys() - _used(dataset):
        table.error(f"series {name} is in no sum, contradiction or fit")
    return dataset


def _publication(name: str, table: TomlTable) -> Publication:
    url = table.text("url")
    if not url.startswith(("https://", "http://")):
        table.error(f'url = "{url}" is no address')
    found = Publication(name, table.text("label"), table.text("publisher"), url)
    table.close()
    return found


def _series(
    name: str, table: TomlTable, defaults: dict[str, Any], publications: dict[str, Publication]
) -> PublishedSeries:
    table.content = {**defaults, **table.content}
    unit, per = table.text("unit"), table.text("per", "")
    if (unit == PERCENT) != bool(per):
        table.error("a percentage says what it is taken of (per), and a count does not")
    provisional = table.table("provisional")
    points: dict[str, list[Fact]] = {}
    for known in provisional.content.keys() - publications.keys():
        provisional.error(f'"{known}" {one_of(known, publications)}')
    for key, item in table.table("points", required=True).tables().items():
        if key not in publications:
            item.error(f'"{key}" {one_of(key, publications)}')
            continue
        early = provisional.texts(key)
        for period in sorted(set(early) - item.content.keys()):
            provisional.error(f"{key} has no figure of {period}")
        for period in item.content:
            value = Decimal(item.any_of(period, NUMBER) or 0)
            points.setdefault(period, []).append(Fact(value, publications[key], period in early))
    order = list(publications.values())
    by_age = {
        period: tuple(sorted(facts, key=lambda fact: order.index(fact.publication)))
        for period, facts in sorted(points.items())
    }
    _check_periods(list(points), table)
    found = PublishedSeries(
        name,
        table.text("label"),
        unit,
        per,
        table.text("population"),
        table.text("definition", ""),
        table.texts("regions"),
        Decimal(table.any_of("rounded_to", NUMBER) or 0),
        by_age,
    )
    table.close()
    return found


def _check_periods(periods: list[str], table: TomlTable) -> None:
    kinds = set()
    for period in periods:
        try:
            parsed = Calendar().parse(period)
        except ValueError:
            table.error(f'"{period}" is no period')
            continue
        kinds.add(parsed.period_type)
        if parsed.period_id != period:
            table.error(f'write "{period}" as "{parsed.period_id}"')
    if len(kinds) != 1:
        table.error(f"points must be of one type of period, not of {sorted(kinds) or 'none'}")


def _sum(table: TomlTable, series: dict[str, PublishedSeries]) -> Sum:
    amount = table.any_of("amount", NUMBER)
    found = Sum(
        table.texts("plus"),
        table.texts("minus"),
        table.text("total", ""),
        None if amount is None else Decimal(amount),
    )
    if bool(found.total) == (amount is not None):
        table.error("give either the series of the total or its amount")
    return found if _known(found.series, series, table) else Sum(())


def _contradiction(table: TomlTable, series: dict[str, PublishedSeries]) -> KnownMistake:
    found = KnownMistake(
        table.texts("series"),
        table.text("period"),
        table.text("text"),
        table.yes_no("drawn", True),
    )
    if _known(found.series, series, table):
        for name in found.series:
            if found.period not in series[name].points:
                table.error(f"{name} has no figure of {found.period}")
    return found


def _fit(table: TomlTable, series: dict[str, PublishedSeries]) -> Fit:
    found = Fit(
        kpi=table.text("kpi"),
        measure=table.text("measure"),
        segment=table.text("segment", ""),
        series=table.texts("series"),
        matches=table.yes_no("matches"),
        why_not=table.text("why_not", ""),
        divided_by=table.text("divided_by", ""),
        label=table.text("label", ""),
        note=table.text("note", ""),
    )
    if found.matches == bool(found.why_not):
        table.error("why_not belongs to what does not match, and only there")
    known = _known((*found.series, *filter(None, [found.divided_by])), series, table)
    counts = [name for name in found.series if known and series[name].unit != PERCENT]
    if found.matches and counts and not found.divided_by:
        table.error(f"{', '.join(counts)} is a count: it cannot match a figure of one SWV")
    if known and found.divided_by:
        below = series[found.divided_by].points.items()
        for period in (period for period, facts in below if not all(f.value for f in facts)):
            table.error(f"{found.divided_by} is 0 in {period}: nothing can be divided by it")
    return found


def _known(names: tuple[str, ...], series: dict[str, PublishedSeries], table: TomlTable) -> bool:
    missing = [name for name in names if name not in series]
    for name in missing:
        table.error(f'series "{name}" {one_of(name, series)}')
    table.close()
    return not missing


def _each(table: TomlTable, key: str) -> list[TomlTable]:
    found = table.any_of(key, (list,)) or []
    return [
        TomlTable(item, f"{table.where} [[{key}]] {number}", table.errors)
        for number, item in enumerate(found, start=1)
        if isinstance(item, dict)
    ]


def _used(dataset: Dataset) -> set[str]:
    used = {name for item in dataset.sums for name in item.series}
    used |= {name for item in dataset.contradictions for name in item.series}
    for fit in dataset.fits:
        used |= {*fit.series, fit.divided_by}
    return used
