"""VSV as DUO publishes it: per school (BRIN), per structure and by diploma, for the own schools."""

import pytest

from data.gate.claim import Answers
from kpi.figure import results
from kpi.opening.opening import open_monitor
from tests.data.claim_world import Bureau, asked

HEADERS = (
    "JAAR", "BRIN NUMMER", "PROFIEL", "ONDERWIJSSTRUCTUUR EN LEERJAAR", "AANTAL DEELNEMERS",
    "AANTAL VSV'ERS", "AANTAL VSV ERS MET VMBO DIPLOMA", "AANTAL VSV ERS MET MBO1 DIPLOMA",
    "AANTAL VSV ERS ZONDER DIPLOMA",
)  # fmt: skip
YEAR = "2022-2023"
NATIONAL = [
    [YEAR, "90AA", "NVT", "VMBO BL LJ 3-4", "1.200", "9", "3", "1", "5"],
    [YEAR, "90AA", "NVT", "HAVO, LJ 4-5", "300", "2", "1", "0", "0"],
    [YEAR, "90BB", "NVT", "PRO", "100", "0", "0", "0", "0"],
    [YEAR, "11AA", "NVT", "PRO", "700", "70", "0", "0", "70"],
]


@pytest.fixture
def bureau(tmp_path):
    return Bureau(tmp_path)


def give(bureau, rows=NATIONAL, headers=HEADERS, **said):
    path = bureau.give(None, headers, rows, answers=Answers(**said))
    assert path.source == "duo_vsv"
    return path


def value(bureau, measure, segment="", year=YEAR):
    monitor = open_monitor(store=bureau.store.path, profile="groningen_stad", demo=False)
    top = monitor.swv.organisation_id
    found = results.figure(monitor, "vsv", top, year, measure, segment)
    return found.numerator, found.denominator, found.provisional


def test_a_national_file_counts_for_the_own_schools(bureau):
    assert not asked(give(bureau))
    assert value(bureau, "vsv_share_institution") == (11, 1600, True)
    assert value(bureau, "vsv_share_institution", "structure=PRO") == (0, 100, True)
    assert value(bureau, "vsv_share_institution", "brin=90AA") == (11, 1500, True)


def test_a_structure_keeps_its_published_name(bureau):
    """A comma and spaces in it are no part of its code."""
    give(bureau)
    monitor = open_monitor(store=bureau.store.path, profile="groningen_stad", demo=False)
    names = monitor.kpis["vsv"].segments["structure"].values
    assert names["HAVO_LJ_4_5"] == "HAVO, LJ 4-5"
    assert value(bureau, "leavers_institution", "structure=HAVO_LJ_4_5")[0] == 2


def test_diplomas_that_do_not_add_up_are_not_told_apart(bureau):
    """HAVO tells of one of its two leavers."""
    give(bureau)
    found = {
        code: value(bureau, "leavers_institution", f"diploma={code}")[0]
        for code in ("vmbo", "mbo1", "zonder", "onbekend")
    }
    assert found == {"vmbo": 3, "mbo1": 1, "zonder": 5, "onbekend": 2}


def test_final_figures_stand_beside_provisional_ones_and_go_first(bureau):
    give(bureau)
    final = [[*row, "definitief"] for row in NATIONAL[:1]]
    final[0][5] = "8"
    final[0][8] = "4"
    assert not asked(give(bureau, final, (*HEADERS, "STATUS")))
    assert value(bureau, "vsv_share_institution", "brin=90AA") == (8, 1200, False)
    assert value(bureau, "vsv_share_institution") == (8, 1300, True)


def test_the_layout_per_municipality_adds_up_to_the_school(bureau):
    rows = [[*NATIONAL[0], "14"], [*NATIONAL[0], "17"]]
    give(bureau, rows, (*HEADERS, "GEMEENTENUMMER"))
    assert value(bureau, "leavers_institution", "brin=90AA")[0] == 18


def test_more_leavers_than_pupils_is_refused(bureau):
    wrong = [YEAR, "90AA", "NVT", "PRO", "6", "1.190", "", "", ""]
    result = bureau.give(None, HEADERS, [wrong])
    assert result.status == "geweigerd"
    assert "hoogstens 6" in result.problems[0].message


def test_what_nobody_delivered_is_in_no_series(bureau):
    bureau.give("vsv", ("Vestiging", "Schooljaar", "Aantal leerlingen", "Aantal vsv'ers", "Status"),
                [["90AA00", YEAR, "400", "3", "definitief"]])  # fmt: skip
    monitor = open_monitor(store=bureau.store.path, profile="groningen_stad", demo=False)
    top = monitor.swv.organisation_id
    assert not results.trend(monitor, "vsv", top, "vsv_share_institution")
