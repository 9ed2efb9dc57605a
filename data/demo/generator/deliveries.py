"""Everything the bureau and the boards of the made-up SWV handed in, in order."""

from __future__ import annotations

from data.demo.generator import count_files, support, vso
from data.demo.generator.absence import spells
from data.demo.generator.absence_files import absence_files
from data.demo.generator.file import DemoFile
from data.demo.generator.registers import registers


def all_files() -> list[DemoFile]:
    """Every file, in the order in which it was handed in."""
    enrolled = vso.enrolments()
    cases = support.cases()
    return [
        count_files.locations(),
        *count_files.pupil_counts(),
        *absence_files(spells()),
        *registers(enrolled, cases),
        *count_files.early_leavers(),
        count_files.published_leavers(),
        *count_files.basic_support(),
        *count_files.money(),
        *count_files.place_counts(enrolled),
    ]
