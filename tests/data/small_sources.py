"""Two small sources and files made of cells, for tests of recognise and validate."""

import tempfile
from pathlib import Path

from data.gate.read import ReadFile, Sheet
from data.source import Source
from data.source_file import load_sources

HEAD = """
label = "{label}"
publisher = "Test"
topic = "{topic}"
purpose = "Test"
retention_years = 1
version = 1
[delivery]
period = "none"
[file]
title = "{label}"
"""

ABSENCE = (
    HEAD.format(label="Verzuim", topic="absence")
    + """
[columns.pupil_id]
label = "Leerling"
headers = ["Leerlingnummer"]
type = "key"
required = true
[columns.location_id]
label = "Vestiging"
headers = ["BRIN6", "Vestigingscode"]
type = "location_code"
required = true
known = "location"
[columns.kind]
label = "Soort"
headers = ["Soort verzuim"]
type = "category"
required = true
[columns.kind.values]
av = ["AV", "absoluut verzuim"]
lrv = ["LRV"]
[columns.start_on]
label = "Begin"
headers = ["Begindatum", "Verzuim begin"]
type = "date"
required = true
[columns.end_on]
label = "Einde"
headers = ["Einddatum", "Verzuim einde"]
type = "date"
required = true
optional_cell = true
[columns.hours]
label = "Uren"
headers = ["Aantal uren"]
type = "integer"
marks = ["<5"]
missing = ["-", "x"]
[columns.remark]
label = "Reden"
type = "text"
[rows]
one_row_per = ["pupil_id", "kind", "start_on"]
after = [["end_on", "start_on"]]
"""
)

PLAN = (
    HEAD.format(label="Plannen", topic="opp")
    + """
[columns.pupil_id]
label = "Leerling"
headers = ["Leerlingnummer"]
type = "key"
required = true
[columns.location_id]
label = "Vestiging"
headers = ["BRIN6", "Vestigingscode"]
type = "location_code"
required = true
[columns.start_on]
label = "Begin"
headers = ["Begindatum"]
type = "date"
required = true
"""
)


def sources_of(**definitions: str) -> dict[str, Source]:
    """Sources from TOML texts: id → definition."""
    with tempfile.TemporaryDirectory() as folder:
        for source_id, text in definitions.items():
            path = Path(folder) / source_id
            path.mkdir()
            (path / "source.toml").write_text(text, encoding="utf-8")
        return load_sources(Path(folder))


SOURCES = sources_of(verzuim=ABSENCE, plan=PLAN)
HEADER = ["Leerling", "Vestiging", "Soort", "Begin", "Einde", "Uren", "Reden"]
ROW = ["1001", "90AA00", "AV", "01-09-2023", "01-10-2023", "12", "overgang"]


def sheet(*rows, name="Blad1", hidden=False, merged=()):
    return Sheet(name, hidden, [list(row) for row in rows], tuple(merged))


def file(*sheets, name="bestand.xlsx"):
    return ReadFile(name, "xlsx", None, None, tuple(sheets))


def row(**changes):
    """A good row of the source verzuim, with some cells changed (by header)."""
    return [changes.get(name, value) for name, value in zip(HEADER, ROW, strict=True)]
