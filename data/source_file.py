"""Loading the folders under data/sources/: every error of every folder at once."""

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from data.source import SQL_TYPES, Column, FileRules, Source
from data.source_rules import column_errors, source_errors
from data.strict import Findings, content_of, read_named, read_table, read_toml

SOURCES = Path(__file__).parent / "sources"
FOLDERS = 4  # that are known at once: of now, and of a seal


def load_sources(folder: Path = SOURCES) -> dict[str, Source]:
    """All sources, by id, in alphabetical order.

    Raises DefinitionError with the errors of all folders together.
    """
    return dict(_loaded(folder, content_of(folder)))


@lru_cache(FOLDERS)
def _loaded(folder: Path, _content: bytes) -> dict[str, Source]:
    findings = Findings()
    folders = sorted(path for path in folder.iterdir() if path.is_dir())
    loaded = [_load(path, findings) for path in folders if not path.name.startswith((".", "_"))]
    return findings.checked({source.id: source for source in loaded if source})


def _load(folder: Path, findings: Findings) -> Source | None:
    where = f"{folder.name}/source.toml"
    table = read_toml(folder / "source.toml", where, findings, Decimal)
    if table is None:
        return None
    before = len(findings.errors)
    delivery = table.get("delivery")
    if isinstance(delivery, dict):
        delivery.setdefault("period_required", delivery.get("period") != "none")
    file = read_table(FileRules, table.pop("file", {}), f"{where} [file]", findings) or FileRules()
    signs = {"decimal": file.decimal, "thousands": file.thousands}
    place = f"{where} [columns]"
    read = read_named(Column, table.pop("columns", {}), place, findings, signs)
    columns = {name: _completed(column) for name, column in read.items()}
    source = read_table(Source, table, where, findings, id=folder.name, columns=columns, file=file)
    is_whole = len(findings.errors) == before
    for name, column in columns.items():
        if column.type in SQL_TYPES:
            findings.add(f"{place} {name}", *column_errors(column))
    # What a missing column is called elsewhere would only repeat that the column is wrong.
    if source and is_whole:
        findings.add(where, *source_errors(source))
    return source


def _completed(column: Column) -> Column:
    """With its label as the first header, and every code as the last spelling of itself."""
    spellings = {code: _once(*texts, code) for code, texts in column.values.items()}
    return replace(column, headers=_once(column.label, *column.headers), values=spellings)


def _once(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
