"""Everything the bureau and the boards of the made-up SWV handed in, in order.

The registers of the bureau are handed in whole, up to 30 September 2026.
"""

from __future__ import annotations

from collections.abc import Iterator

from data.demo.generator import count_files, layout, quality, support, vso
from data.demo.generator.absence import spells
from data.demo.generator.absence_files import absence_files
from data.demo.generator.file import WHOLE_SWV, DemoFile, windows
from data.demo.generator.layout import table
from data.demo.generator.world import KNOWN_UNTIL, SWV_NAME


def all_files() -> list[DemoFile]:
    """Every file, in the order in which it was handed in."""
    enrolled = vso.enrolments()
    cases = support.cases()
    return [
        count_files.locations(),
        *count_files.pupil_counts(),
        *absence_files(spells()),
        *_registers(enrolled, cases),
        *count_files.early_leavers(),
        *count_files.basic_support(),
        *count_files.money(),
        *count_files.place_counts(enrolled),
    ]


def _registers(enrolled: list[vso.Enrolment], cases: list[support.Case]) -> Iterator[DemoFile]:
    """Each register as one file with everything in it, as the bureau exports it."""
    period = windows()[-1].period
    for source, suffix, columns, records in (
        ("vso", "xlsx", layout.PLACED, enrolled),
        ("tlv", "xlsx", layout.DECISIONS, vso.decisions(enrolled)),
        ("opp", "xlsx", layout.OPPS, support.opps(enrolled)),
        ("maatwerk", "ods", layout.PLACEMENTS, support.placements()),
        ("klachten", "csv", layout.COMPLAINTS, quality.complaints()),
        ("ect", "xlsx", layout.CASES, cases),
        ("tevredenheid", "csv", layout.FORMS, support.forms(cases)),
        ("vrijstellingen", "xlsx", layout.EXEMPTIONS, quality.exemptions()),
    ):
        titles = (f"{source.upper()}: register {SWV_NAME}", f"Stand {KNOWN_UNTIL:%d-%m-%Y}")
        rows = table(columns, records, titles if suffix == "xlsx" else ())
        yield DemoFile(f"{source}-tot-{KNOWN_UNTIL}.{suffix}", source, period, rows, says=WHOLE_SWV)
