"""The folders of kpi/definitions, read and checked: what is wrong is said all at once."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from data.strict import (
    DefinitionError,
    Findings,
    content_of,
    nearest,
    read_rows,
    read_table,
    read_toml,
)
from kpi.meaning.kpi import Kpi, Measure, Segment, Version
from kpi.meaning.relation import parse_relation

__all__ = ["DEFINITIONS", "DefinitionError", "Kpi", "Measure", "Segment", "Version", "load_kpis"]

DEFINITIONS = Path(__file__).parent.parent / "definitions"
LONGEST_LABEL = 40
FOLDERS = 4  # that are known at once: of now, and of a seal
INHERITED = (
    "periods", "level", "school_types", "needs", "better", "stock_on", "explicit_zero", "judged_by",
)  # fmt: skip


def load_kpis(folder: Path = DEFINITIONS) -> dict[str, Kpi]:
    """All KPI folders by id, in order of number. DefinitionError with everything wrong in them."""
    return dict(_loaded(folder, content_of(folder)))


@lru_cache(FOLDERS)
def _loaded(folder: Path, _content: bytes) -> dict[str, Kpi]:
    findings = Findings()
    folders = sorted(path for path in folder.iterdir() if (path / "kpi.toml").is_file())
    loaded = [kpi for path in folders if (kpi := _load(path, findings))]
    taken: dict[int, str] = {}
    for kpi in loaded:
        if kpi.number in taken:
            findings.add(f"{kpi.id}/kpi.toml", f"nummer {kpi.number} heeft ook {taken[kpi.number]}")
        taken[kpi.number] = kpi.id
    ordered = sorted(loaded, key=lambda kpi: kpi.number)
    return findings.checked({kpi.id: kpi for kpi in ordered})


def _load(path: Path, findings: Findings) -> Kpi | None:
    where = f"{path.name}/kpi.toml"
    missing = [name for name in ("example.toml", "kpi.sql") if not (path / name).is_file()]
    findings.add(path.name, *(f"bestand {name} ontbreekt." for name in missing))
    if not re.fullmatch("[a-z][a-z0-9_]*", path.name):
        findings.add(path.name, "een map heeft alleen kleine letters, cijfers en _ in de naam.")
    table = read_toml(path / "kpi.toml", where, findings)
    if table is None or missing:
        return None
    before = len(findings.errors)
    inherited = {name: table[name] for name in INHERITED if name in table}
    place = f"{where} [[measures]]"
    measures = read_rows(Measure, table.pop("measures", []), place, findings, inherited)
    segments = read_rows(Segment, table.pop("segments", []), f"{where} [[segments]]", findings)
    kpi = read_table(
        Kpi, table, where, findings,
        id=path.name,
        sql=(path / "kpi.sql").read_text(encoding="utf-8"),
        example=read_toml(path / "example.toml", f"{path.name}/example.toml", findings),
        measures={item.id: item for item in measures.values()},
        segments={item.id: item for item in segments.values()},
        combinations=tuple(tuple(item.get("of", ())) for item in table.pop("combinations", [])),
    )  # fmt: skip
    if kpi is None or len(findings.errors) > before:
        return None
    findings.add(where, *_contradictions(kpi, doubles=len(kpi.measures) < len(measures)))
    return kpi


def _contradictions(kpi: Kpi, doubles: bool) -> Iterator[str]:
    """What no single key can show: parts of the definition that do not fit each other."""
    if doubles:
        yield "twee maten hebben dezelfde id."
    if len(kpi.label) > LONGEST_LABEL:
        yield f"label is langer dan {LONGEST_LABEL} tekens."
    if kpi.main_measure not in kpi.measures:
        hint = nearest(kpi.main_measure, kpi.measures)
        yield f"main_measure '{kpi.main_measure}' is geen maat.{hint}"
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
        yield from _no_flow(kpi, measure)
    yield from _wrong_relations(kpi)
    try:
        kpi.segment_parts(kpi.main_segment)
    except ValueError as error:
        yield f"main_segment: {error}"


def _wrong_relations(kpi: Kpi) -> Iterator[str]:
    """Relations that cannot be read, or name a measure or segment of this KPI that is not there."""
    for text in kpi.relations:
        try:
            relation = parse_relation(text, kpi.id)
            for term in (*relation.left, *relation.right):
                if term.kpi == kpi.id:
                    kpi.segment_parts(term.segment)
                    if term.measure not in kpi.measures:
                        hint = nearest(term.measure, kpi.measures)
                        yield f"verband “{text}” noemt maat '{term.measure}'.{hint}"
        except ValueError as error:
            yield f"relations: {error}"


def _no_flow(kpi: Kpi, measure: Measure) -> Iterator[str]:
    """What is wrong with the inflow and outflow of a standing count."""
    for name in ("tested_by", "ended_by", "lost_by"):
        flow = getattr(measure, name)
        found = kpi.measures.get(flow)
        if flow and found is None:
            hint = nearest(flow, kpi.measures)
            yield f"maat {measure.id}: {name} '{flow}' is geen maat.{hint}"
        elif found is not None and found.is_standing:
            yield f"maat {measure.id}: {name} '{flow}' is zelf een stand."
    if measure.rests_on and measure.rests_on not in kpi.measures:
        hint = nearest(measure.rests_on, kpi.measures)
        yield f"maat {measure.id}: rests_on '{measure.rests_on}' is geen maat.{hint}"
