"""What a KPI means: the folders of kpi/definitions as checked, frozen objects."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kpi.choices import Better, Level, PeriodType, Shows, SplitDenominator, StockOn, Theme
from kpi.strict import Findings, derived, key, nearest, read_table

DEFINITIONS = Path(__file__).parent / "definitions"
LONGEST_LABEL = 40
INHERITED = ("periods", "level", "school_types", "needs", "better", "stock_on", "explicit_zero")


class DefinitionError(ValueError):
    """One or more KPI or profile folders are wrong; `errors` holds a Dutch sentence for each."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


@dataclass(frozen=True)
class Segment:
    """A declared split: codes as kpi.sql returns them → Dutch labels, in display order."""

    id: str
    label: str
    values: dict[str, str]
    denominator: SplitDenominator = SplitDenominator.SEGMENT


@dataclass(frozen=True)
class Version:
    """From when a way of counting applies; `periods` limits it to those period types."""

    version: int
    change: str
    from_on: date = key("from")
    periods: tuple[PeriodType, ...] = tuple(PeriodType)


@dataclass(frozen=True)
class Measure:
    """One of the figures of a KPI.

    needs: every entry must be delivered; an entry "a|b" is met by either topic. segments: the
    splits shown, such as "kind" or "kind+duration"; None means all of the KPI. gap_unit: what a
    distance to the target counts when the value itself is a share. standing: true for a share of
    a standing count (a stock is one by itself). explicit_zero: the source holds a row with 0 when
    there is nothing, so where it has no row the figure was not delivered.
    """

    id: str
    label: str
    shows: Shows
    unit: str
    numerator: str
    needs: tuple[str, ...]
    level: Level
    periods: tuple[PeriodType, ...]
    denominator: str = ""
    decimals: int = 0
    better: Better = Better.NEUTRAL
    school_types: tuple[str, ...] = ()
    segments: tuple[str, ...] | None = None
    gap_unit: str = ""
    stock_on: StockOn = StockOn.END
    standing: bool | None = None
    explicit_zero: bool = False

    @property
    def is_standing(self) -> bool:
        """Whether it is a count on one day: unknown until that day, never a projection."""
        return self.shows is Shows.STOCK if self.standing is None else self.standing

    @property
    def counted_unit(self) -> str:
        """What a distance to the target is counted in."""
        return self.gap_unit or ("leerlingen" if self.unit == "percent" else self.unit)

    @property
    def is_ratio(self) -> bool:
        """Whether the value is a division."""
        return self.shows.factor is not None


@dataclass(frozen=True)
class Kpi:
    """One folder of kpi/definitions: meaning (kpi.toml), calculation (sql), worked example."""

    id: str = derived()
    sql: str = derived(repr=False)
    example: dict[str, Any] = derived(repr=False, hash=False)
    measures: dict[str, Measure] = derived(hash=False)
    segments: dict[str, Segment] = derived(hash=False)
    combinations: tuple[tuple[str, ...], ...] = derived()
    versions: tuple[Version, ...] = derived()
    number: int
    label: str
    theme: Theme
    question: str
    why: str
    counts: str
    not_counts: str
    owner: str
    checked_on: date
    periods: tuple[PeriodType, ...]
    main_period: PeriodType
    main_measure: str
    level: Level
    needs: tuple[str, ...]
    better: Better = Better.NEUTRAL
    school_types: tuple[str, ...] = ()
    main_segment: str = ""
    source_note: str = ""
    stock_on: StockOn = StockOn.END
    explicit_zero: bool = False
    footnotes: tuple[str, ...] = field(default=())

    @property
    def main(self) -> Measure:
        """The measure the overview shows."""
        return self.measures[self.main_measure]

    def splits(self, measure: Measure) -> tuple[tuple[str, ...], ...]:
        """The splits of a measure as tuples of segment ids, single ones first."""
        every = tuple((segment,) for segment in self.segments) + self.combinations
        if measure.segments is None:
            return every
        return tuple(split for split in every if "+".join(split) in measure.segments)

    @property
    def splits_used(self) -> tuple[tuple[str, ...], ...]:
        """The splits that at least one measure shows."""
        used = {split for measure in self.measures.values() for split in self.splits(measure)}
        every = tuple((segment,) for segment in self.segments) + self.combinations
        return tuple(split for split in every if split in used)

    def segment_parts(self, segment: str) -> dict[str, str]:
        """'kind=av,duration=x' as {segment id: code}; ValueError (Dutch) when it is unknown."""
        parts: dict[str, str] = {}
        for part in filter(None, segment.split(",")):
            name, _, code = part.partition("=")
            if name not in self.segments:
                known = self.segments or ["geen uitsplitsing"]
                raise ValueError(f"Uitsplitsing '{name}' is onbekend.{nearest(name, known)}")
            if code not in self.segments[name].values:
                hint = nearest(code, self.segments[name].values)
                raise ValueError(f"'{code}' hoort niet bij uitsplitsing '{name}'.{hint}")
            parts[name] = code
        return {name: parts[name] for name in self.segments if name in parts}

    def segment_key(self, segment: str) -> str:
        """A segment as users may write it, as kpi_value writes it; ValueError as above."""
        parts = self.segment_parts(segment.replace(" ", "")).items()
        return ",".join(f"{name}={code}" for name, code in parts)

    def segment_label(self, segment: str) -> str:
        """The Dutch name of a segment, "" for the whole."""
        parts = self.segment_parts(segment).items()
        return " · ".join(self.segments[name].values[code] for name, code in parts)

    def version_on(self, day: date, period_type: str) -> int:
        """The version of the definition that counts for a period that ends on `day`."""
        applicable = [
            item.version
            for item in self.versions
            if item.from_on <= day and period_type in item.periods
        ]
        return applicable[-1] if applicable else self.versions[0].version


def load_kpis(folder: Path = DEFINITIONS) -> dict[str, Kpi]:
    """All KPI folders by id, in order of number. DefinitionError with everything wrong in them."""
    findings = Findings()
    folders = sorted(path for path in folder.iterdir() if (path / "kpi.toml").is_file())
    loaded = [kpi for path in folders if (kpi := _load(path, findings))]
    taken: dict[int, str] = {}
    for kpi in loaded:
        if kpi.number in taken:
            findings.add(f"{kpi.id}/kpi.toml", f"nummer {kpi.number} heeft ook {taken[kpi.number]}")
        taken[kpi.number] = kpi.id
    if findings.errors:
        raise DefinitionError(findings.errors)
    return {kpi.id: kpi for kpi in sorted(loaded, key=lambda kpi: kpi.number)}


def _load(path: Path, findings: Findings) -> Kpi | None:
    where = f"{path.name}/kpi.toml"
    table = _toml(path / "kpi.toml", findings)
    example = _toml(path / "example.toml", findings)
    sql = path / "kpi.sql"
    if not sql.is_file():
        findings.add(path.name, "bestand kpi.sql ontbreekt.")
    if not re.fullmatch("[a-z][a-z0-9_]*", path.name):
        findings.add(path.name, "een map heeft alleen kleine letters, cijfers en _ in de naam.")
    if table is None or example is None or not sql.is_file():
        return None
    before = len(findings.errors)
    inherited = {name: table[name] for name in INHERITED if name in table}
    measures = [
        read_table(Measure, {**inherited, **item}, f"{where} [[measures]] {number}", findings)
        for number, item in enumerate(table.pop("measures", []), start=1)
    ]
    segments = [
        read_table(Segment, item, f"{where} [[segments]] {number}", findings)
        for number, item in enumerate(table.pop("segments", []), start=1)
    ]
    versions = [
        read_table(Version, item, f"{where} [[versions]] {number}", findings)
        for number, item in enumerate(table.pop("versions", []), start=1)
    ]
    kpi = read_table(
        Kpi, table, where, findings,
        id=path.name,
        sql=sql.read_text(encoding="utf-8"),
        example=example,
        measures={item.id: item for item in measures if item},
        segments={item.id: item for item in segments if item},
        combinations=tuple(tuple(item.get("of", ())) for item in table.pop("combinations", [])),
        versions=tuple(item for item in versions if item),
    )  # fmt: skip
    if kpi is None or len(findings.errors) > before:
        return None
    for message in _contradictions(kpi, doubles=len(kpi.measures) < len(measures)):
        findings.add(where, message)
    return kpi


def _toml(path: Path, findings: Findings) -> dict[str, Any] | None:
    if not path.is_file():
        findings.add(path.parent.name, f"bestand {path.name} ontbreekt.")
        return None
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        findings.add(f"{path.parent.name}/{path.name}", f"geen geldige TOML ({error}).")
        return None


def _contradictions(kpi: Kpi, doubles: bool) -> Iterator[str]:
    """What no single key can show: parts of the definition that do not fit each other."""
    if doubles:
        yield "twee maten hebben dezelfde id."
    if len(kpi.label) > LONGEST_LABEL:
        yield f"label is langer dan {LONGEST_LABEL} tekens."
    if kpi.main_measure not in kpi.measures:
        yield f"main_measure '{kpi.main_measure}' is geen maat.{nearest(kpi.main_measure, kpi.measures)}"
    elif kpi.main_period not in kpi.main.periods:
        yield f"main_period '{kpi.main_period}' staat niet bij de periodes van {kpi.main_measure}."
    if not kpi.versions:
        yield "er is geen [[versions]]; begin met versie 1."
    if [item.from_on for item in kpi.versions] != sorted(item.from_on for item in kpi.versions):
        yield "[[versions]] staan niet op volgorde van datum."
    for split in kpi.combinations:
        for name in split:
            if name not in kpi.segments:
                yield f"[[combinations]] noemt '{name}'.{nearest(name, kpi.segments)}"
    splits = ["+".join(split) for split in [*((s,) for s in kpi.segments), *kpi.combinations]]
    for measure in kpi.measures.values():
        if measure.is_ratio and not measure.denominator:
            yield f"maat {measure.id} is een deling, maar denominator is leeg."
        for name in measure.segments or ():
            if name not in splits:
                yield f"maat {measure.id} noemt uitsplitsing '{name}'.{nearest(name, splits)}"
    try:
        kpi.segment_parts(kpi.main_segment)
    except ValueError as error:
        yield f"main_segment: {error}"
