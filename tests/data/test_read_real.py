"""Real files of DUO, CBS, schools and other readers: cells or a sentence, and known totals.

They are not part of this project: the tests run where somebody put them in ../shared/data/real.
"""

from pathlib import Path

import pytest

from data.gate.read import CellError, Unreadable, read_file

REAL = Path(__file__).parents[3] / "shared" / "data" / "real"
FILES = sorted(path for path in REAL.glob("*/*") if path.is_file())
REFUSED = {
    "clusterfuzz-testcase-minimized-XLSX2CSVFuzzer-5636439151607808.xlsx": "beschadigd",
    "invalid.xlsx": "geen tabel",
    "pass_protected.xlsx": "wachtwoord",
    "poc-xmlbomb.xlsx": "DTD",
    "xlsx-corrupted.xlsx": "beschadigd",
}


def first_sheet(name):
    if not (REAL / name).exists():
        pytest.skip(f"{REAL / name} is er niet: de echte bestanden horen niet bij dit project")
    return read_file(REAL / name).sheets[0].rows


def column(rows, header):
    index = rows[0].index(header)
    return [row[index] for row in rows[1:]]


@pytest.mark.skipif(
    not FILES, reason=f"{REAL} is er niet: die bestanden horen niet bij dit project"
)
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_real_file_gives_cells_or_a_sentence(path):
    if path.name in REFUSED:
        with pytest.raises(Unreadable, match=REFUSED[path.name]):
            read_file(path)
        return
    cells = [cell for sheet in read_file(path).sheets for row in sheet.rows for cell in row]
    assert any(cell is not None for cell in cells) or path.name == "empty_sheet.xlsx"


def test_duo_pupils_per_location():
    rows = first_sheet("duo/01.-leerlingen-vo-per-vestiging-naar-onderwijstype-2016-2017.csv")
    assert len(rows) == 28_363
    assert sum(int(cell) for row in rows[1:] for cell in row[11:23]) == 1_002_338
    assert {len(row) for row in rows} == {23}


def test_duo_repeaters_are_in_dos_letters():
    rows = first_sheet("duo/05.-zittenblijven-vo-brinvest-1516-tov-1617.csv")
    assert any("Mariëndael" in str(cell) for row in rows for cell in row)
    pupils = column(rows, "TOTAAL LEERLINGEN")
    assert sum(int(cell.replace(".", "")) for cell in pupils) == 972_204


def test_duo_exams_and_locations():
    exams = first_sheet("duo/07.-geslaagden,-gezakten-en-cijfers-2015-2016.csv")
    assert sum(int(cell) for cell in column(exams, "EXAMENKANDIDATEN")) == 198_112
    locations = first_sheet("duo/02.-alle-vestigingen-vo.csv")
    assert len(locations) == 1_611
    assert any("Fryslân" in str(cell) for row in locations for cell in row)


def test_cbs_postcodes_keep_their_mark_for_secret():
    rows = first_sheet("cbs/pc4_2024_v1.xlsx")
    assert sum(cell == -99997 for row in rows for cell in row) == 11_242
    assert sum(row[1] for row in rows[9:] if isinstance(row[1], int) and row[1] > 0) == 17_942_005


def test_cbs_statline_keeps_its_mark_for_missing():
    rows = first_sheet("cbs/statline_export_lang_donorregister.csv")
    assert len(rows) == 64
    assert sum(row[3] == "." for row in rows) == 7


def test_errors_in_a_handmade_workbook_are_not_empty_cells():
    rows = first_sheet("handmade/scholentabel 4.0.xlsx met geocode.xlsx")
    assert sum(cell == CellError("#N/A") for row in rows for cell in row) == 47


def test_the_same_workbook_in_two_formats_gives_the_same_cells():
    assert first_sheet("robustness/deaths.xls") == first_sheet("robustness/deaths.xlsx")
    assert first_sheet("robustness/any_sheets.ods") == first_sheet("robustness/any_sheets.xlsx")
