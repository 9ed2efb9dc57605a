"""The year plan of the profile against the document, row by row; and files that are wrong."""

import re
from collections import Counter
from datetime import date

import pytest
from groningen_rows import PER_THEME, ROWS

from kpi.meaning.load import DefinitionError
from kpi.meaning.profile import PROFILES
from kpi.plans.activity import Plan
from kpi.plans.year_plan import load_year_plan

FILE = PROFILES / "groningen_stad" / "jaarplan.toml"


def test_there_are_as_many_rows_per_theme_as_in_the_document(activities):
    counted = Counter((str(item.plan), item.theme_number) for item in activities)
    by_hand = {(plan, theme): number for plan, themes in PER_THEME.items()
               for theme, number in themes.items()}  # fmt: skip
    assert counted == by_hand
    assert sum(by_hand.values()) == len(activities) == len(ROWS) == 57


def test_every_row_has_the_period_the_kpis_and_the_amounts_of_the_document(activities, kpis):
    for row, item in zip(ROWS, activities, strict=True):
        assert (str(item.plan), item.place) == (row.plan, row.place)
        assert (item.from_on, item.until_on) == row.days, item.id
        assert tuple(kpis[name].number for name in item.kpis) == row.kpi_numbers, item.id
        amounts = tuple((one.amount, one.unit, one.about) for one in item.money)
        assert amounts == row.amounts, item.id
        plain = re.sub(r"[ ,]", "", item.period)
        assert plain == re.sub(r"[ ,]", "", row.period), item.id


def test_the_kpis_link_an_activity_to_six_of_them_and_the_year_report_to_all(activities, kpis):
    by_place = {(item.plan, item.place): item for item in activities}
    route = by_place[Plan.YEAR_PLAN, "1.1"]
    assert route.kpis == (
        "thuiszitters", "verwijzingen_vso", "deelname_vso", "opp", "vsv", "maatwerk",
    )  # fmt: skip
    assert by_place[Plan.CALENDAR, "8.1"].kpis == tuple(kpis)
    assert sum(bool(item.kpis) for item in activities) == sum(bool(row.kpi_numbers) for row in ROWS)


def test_what_the_document_leaves_empty_is_empty_here(activities):
    """Rows 6.1b (no parties), and rows that say nothing at all about money."""
    without_who = [item.place for item in activities if not item.who]
    assert without_who == ["6.1b"]
    silent = [(str(item.plan), item.place) for item in activities
              if not item.money and not item.money_note]  # fmt: skip
    assert silent == [(row.plan, row.place) for row in ROWS if not row.money_text]
    for item in activities:
        assert item.what and item.result and item.theme and item.school_year == "2023-2024"


def test_years_that_cannot_be_right_are_kept_and_said(activities):
    odd = {item.id for item in activities if item.until_on < date(2023, 8, 1)}
    assert odd == {item.id for item in activities if item.remark}
    assert odd == {"jaarkalender-2023-2024-6.1b", "jaarplan-2023-2024-9.3"}


def test_nobody_is_named(activities):
    text = FILE.read_text(encoding="utf-8")
    assert not re.search(r"Winter|emeritus", text)


def test_what_is_wrong_in_a_file_is_said_all_at_once(tmp_path, kpis):
    folder = tmp_path / "proef"
    folder.mkdir()
    (folder / "jaarplan.toml").write_text(
        """
school_year = "2023-2024"
document = "x"
themes = ["Een"]
[[activities]]
plan = "jaarkalender"
theme_number = 2
number = "1"
period = "juli 2024"
what = "a"
[[activities]]
plan = "jaarboek"
theme_number = 1
number = "1"
period = "juli 2024"
waht = "a"
[[activities]]
plan = "jaarplan"
theme_number = 1
number = "1"
period = "ooit eens"
what = "a"
kpis = "KPI 11 t/m 13"
money = [{ amount = -1, unit = "dollar" }]
effect = { kpi = "opps", direction = "omlaag", size = 2, by = "lente" }
""",
        encoding="utf-8",
    )
    with pytest.raises(DefinitionError) as error:
        load_year_plan(folder, kpis)
    said = "\n".join(error.value.errors)
    for expected in (
        "rij 1: thema 2 staat niet in themes", "rij 2: onbekende sleutel 'waht'. Bedoelde u 'what'",
        "sleutel 'what' ontbreekt", "sleutel 'plan' is 'jaarboek'",
        "rij 3: de periode 'ooit eens' is niet te lezen", "heeft nummer 13", "eenheid 'dollar'",
        "niet kleiner dan nul", "KPI 'opps' bestaat niet. Bedoelde u 'opp'", "'lente' is geen dag",
    ):  # fmt: skip
        assert expected in said, said


def test_a_row_that_stands_twice_and_a_school_year_that_is_none_are_refused(tmp_path, kpis):
    folder = tmp_path / "proef"
    folder.mkdir()
    row = '[[activities]]\nplan="jaarplan"\ntheme_number=1\nnumber="1"\nperiod="mei"\nwhat="a"\n'
    head = 'school_year="{}"\ndocument="x"\nthemes=["Een"]\n'
    path = folder / "jaarplan.toml"
    path.write_text(head.format("2023-2024") + row + row, encoding="utf-8")
    with pytest.raises(DefinitionError, match="jaarplan-2023-2024-1.1 staat er 2 keer in"):
        load_year_plan(folder, kpis)
    path.write_text(head.format("2023-2025") + row, encoding="utf-8")
    with pytest.raises(DefinitionError, match="schrijf het zo: 2023-2024"):
        load_year_plan(folder, kpis)


def test_a_profile_without_a_plan_has_none(tmp_path, kpis):
    assert load_year_plan(tmp_path, kpis) is None
