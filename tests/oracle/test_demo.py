"""The made-up SWV: its files come out of the generator, and they tell the stories they should."""

from __future__ import annotations

import tomllib
from collections import Counter
from itertools import combinations
from pathlib import Path
from statistics import fmean, pvariance

import pytest

from data.demo.generator.make import generate
from oracle.absence import spells
from oracle.catalogue import KPIS
from oracle.facts import SWV, Facts
from oracle.figures import Figure, figures
from oracle.loading import all_periods, load
from oracle.quality import COMES_BACK_WITHIN, number
from oracle.reading import cells, manifest

FILES = Path(__file__).parents[2] / "data" / "demo" / "files"
SIZE_LIMIT = 4_000_000
pytestmark = pytest.mark.xdist_group("oracle")


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load(FILES)


@pytest.fixture(scope="module")
def swv(facts: Facts):
    """The figure of the SWV: swv(kpi, measure, period, segment)."""
    made: dict[str, dict] = {}

    def figure(kpi: str, measure: str, period: str, segment: str = "") -> Figure:
        if kpi not in made:
            made[kpi] = figures(facts, all_periods(facts), KPIS[kpi])
        return made[kpi][measure, SWV, period, segment]

    return figure


def test_generating_again_gives_the_same_cells(tmp_path):
    generate(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in FILES.iterdir()}
    for path in sorted(FILES.iterdir()):
        again = tmp_path / path.name
        if path.suffix == ".toml":
            assert again.read_text("utf-8") == path.read_text("utf-8")
        else:
            assert cells(again) == cells(path), path.name


def test_the_files_stay_small():
    assert sum(path.stat().st_size for path in FILES.iterdir()) < SIZE_LIMIT


def test_the_manifest_names_every_file():
    names = [file["name"] for file in manifest(FILES)]
    assert sorted([*names, "manifest.toml"]) == sorted(path.name for path in FILES.iterdir())


def test_the_size_of_the_swv(facts, swv):
    last = {one.location for one in facts.memberships if one.to_on is None}
    assert len(last) == 34
    assert Counter(facts.types[place] for place in last) == {"vo": 29, "pro": 2, "vso": 3}
    assert len({one.board for one in facts.memberships}) == 8
    pupils = swv("opp", "opp_per_100", "2025-2026").denominator
    assert 16_500 < pupils < 17_500


def test_one_target_is_met(swv):
    base = swv("thuiszitters", "persons", "2019-2020", "kind=av")
    last = swv("thuiszitters", "persons", "2023-2024", "kind=av")
    assert base.observed == base.expected
    assert last.value <= base.value / 2


def test_one_target_is_missed(swv):
    base = swv("thuiszitters", "persons", "2019-2020", "kind=lrv")
    assert swv("thuiszitters", "persons", "2023-2024", "kind=lrv").value > base.value * 0.6


def test_one_target_cannot_be_judged(swv):
    """There was no register of exemptions in the base year."""
    asked = ("thuiszitters", "exemption_persons")
    assert swv(*asked, "2019-2020", "article=art5_a").state == "missing"
    assert swv(*asked, "2020-2021", "article=art5_a").value > 20


def test_one_series_breaks(swv):
    before, after = (swv("deelname_vso", "pupils", year) for year in ("2021-2022", "2022-2023"))
    assert after.is_break and not after.comparable
    assert after.value > before.value * 1.03


def test_one_board_is_late(swv):
    late = swv("thuiszitters", "stock", "2026-2027-k1")
    assert (late.observed, late.expected) == (31, 34)
    assert not late.comparable


def test_the_reserve_falls_below_the_signalling_value(swv):
    above = [swv("reserve", "above_signal", str(year)).value for year in range(2019, 2027)]
    assert above == sorted(above, reverse=True)
    assert above[-2] > 0 > above[-1]


def test_few_people_answer_and_they_are_content(swv):
    for year in range(2020, 2026):
        assert 7.7 < swv("tevredenheid", "mark", f"{year}-{year + 1}").value < 8.3
        assert swv("tevredenheid", "response", f"{year}-{year + 1}").value < 40


def test_forms_of_one_school_in_a_quarter_lean_together(facts):
    """Of two of them the marks correlate: there is something to reckon with."""
    groups: dict[tuple, list[float]] = {}
    for row in facts.latest("tevredenheid", "number"):
        if row["mark"]:
            quarter = (row["sent"].year, (row["sent"].month - 1) // 3)
            groups.setdefault((row["location"], *quarter), []).append(float(number(row["mark"])))
    marks = [mark for group in groups.values() for mark in group]
    mean = fmean(marks)
    pairs = [
        (a - mean) * (b - mean) for group in groups.values() for a, b in combinations(group, 2)
    ]
    assert 0.2 < fmean(pairs) / pvariance(marks) < 0.5


def test_a_form_comes_back_within_the_time_that_the_response_waits_for_it(facts):
    rows = [row for row in facts.latest("tevredenheid", "number") if row["answered"]]
    assert max(row["answered"] - row["sent"] for row in rows) < COMES_BACK_WITHIN


def test_only_the_last_quarter_still_waits_for_forms(swv):
    for measure in ("mark", "forms", "response"):
        assert swv("tevredenheid", measure, "2026-2027-k1").provisional
        assert not swv("tevredenheid", measure, "2025-2026-k4").provisional
        assert not swv("tevredenheid", measure, "2025-2026").provisional


def test_marks_fell_when_the_ect_missed_a_colleague(swv):
    before, after = (swv("tevredenheid", "mark", year) for year in ("2024-2025", "2025-2026"))
    assert after.value < 8 < before.value - 0.2


def test_ect_gets_more_work_with_a_peak_in_autumn(swv):
    years = [swv("ect", "new", f"{year}-{year + 1}").value for year in range(2019, 2026)]
    assert years == sorted(years)
    for year in range(2019, 2026):
        quarters = [swv("ect", "new", f"{year}-{year + 1}-k{n}").value for n in (1, 2, 3, 4)]
        assert max(quarters) == quarters[1]


def test_corona_shows(swv):
    spring = [swv("ect", "new", f"{year}-{year + 1}-k4").value for year in (2019, 2020)]
    assert spring[0] < spring[1] / 2


def test_pupils_come_back_and_move(facts):
    counted = spells(facts)
    often = Counter(spell.pupil for spell in counted)
    places: dict[str, set[str]] = {}
    for spell in counted:
        places.setdefault(spell.pupil, set()).add(spell.location)
    assert sum(number == 2 for number in often.values()) > 10
    assert places["L199001"] == {"92EF01", "92EG01"}


def test_personal_columns_are_in_one_file_only_and_obviously_made_up():
    headers = {
        path.name: [cell for row in cells(path)[:5] for cell in row]
        for path in FILES.iterdir()
        if path.suffix != ".toml"
    }
    personal = [name for name, cells_ in headers.items() if {"Naam", "BSN"} & set(cells_)]
    assert personal == ["verzuim-2021-2022.xlsx"]
    rows = [row for row in cells(FILES / personal[0]) if row and str(row[0]).startswith("Verz")]
    assert all(str(row[1]).startswith("000") for row in rows[1:])


def test_the_manifest_is_toml_with_an_author_each():
    content = tomllib.loads((FILES / "manifest.toml").read_text("utf-8"))
    assert all({"name", "source", "author"} <= file.keys() for file in content["file"])
