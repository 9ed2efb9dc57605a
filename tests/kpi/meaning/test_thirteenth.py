"""Another KPI is one folder: seen everywhere, without a line of Python."""

import json
import shutil
from pathlib import Path

import pytest

from kpi.cli.main import main
from kpi.figure import results
from kpi.figure.examples import run_example
from kpi.meaning.load import DefinitionError, load_kpis
from kpi.opening.opening import open_monitor

pytestmark = pytest.mark.xdist_group("demo")
ROOT = Path(__file__).resolve().parents[3]
TOML = """
number = 16
label = "Oude OPP's"
theme = "Ondersteuning"
question = "Hoeveel OPP's lopen al langer dan twee jaar?"
why = "Een OPP moet elk jaar worden besproken."
counts = "Lopende OPP's die meer dan twee jaar geleden begonnen."
not_counts = "OPP's die zijn beëindigd."
owner = "Beleidsmedewerker"
checked_on = 2026-11-01
periods = ["kwartaal"]
main_period = "kwartaal"
main_measure = "old"
level = "location"
school_types = ["vo", "pro"]
needs = ["opp"]
better = "lower"

[[measures]]
id = "old"
label = "OPP's van meer dan twee jaar"
shows = "stock"
unit = "OPP's"
numerator = "OPP's die op de laatste dag lopen en meer dan twee jaar geleden begonnen"

[[versions]]
version = 1
from = 2000-01-01
change = "Eerste versie"
"""
SQL = """
-- grain: OPP × period
select
    'old' as measure,
    opp.location_id as organisation_id,
    period.period_id,
    1 as numerator,
    0 as denominator,
    opp.row_id
from opp
inner join period
    on period.period_type = 'kwartaal'
    and opp.start_on < cast(period.end_on - interval '2 years' as date)
    and (opp.end_on is null or opp.end_on > period.end_on)
"""
EXAMPLE = """
title = "Eén oud OPP"
text = "Een OPP uit 2020 is oud, een uit 2023 niet."
given.opp = [
    { row_id = "1", pupil_id = "1", location_id = "L1", start_on = 2020-09-01 },
    { row_id = "2", pupil_id = "2", location_id = "L1", start_on = 2023-09-01 },
]
expect = [
    { measure = "old", organisation = "L1", period = "2023-2024-k1", value = 1 },
    { measure = "old", organisation = "L2", period = "2023-2024-k1", value = 0, state = "zero" },
]
"""


@pytest.fixture
def thirteen(tmp_path, demo, monkeypatch):
    """The profile of Groningen with one more KPI, on the made-up SWV, through the environment."""
    definitions, profiles = tmp_path / "definitions", tmp_path / "profiles"
    shutil.copytree(ROOT / "kpi" / "definitions", definitions)
    shutil.copytree(ROOT / "kpi" / "profiles", profiles)
    folder = definitions / "oude_opps"
    folder.mkdir()
    for name, text in (("kpi.toml", TOML), ("kpi.sql", SQL), ("example.toml", EXAMPLE)):
        (folder / name).write_text(text, encoding="utf-8")
    profile = profiles / "groningen_stad" / "profile.toml"
    text = profile.read_text(encoding="utf-8")
    assert '"reserve",' in text
    changed = text.replace('"reserve",', '"reserve",\n    "oude_opps",', 1)
    profile.write_text(changed, encoding="utf-8")
    monkeypatch.setenv("KPI_STORE", str(demo.opened_with.store))
    monkeypatch.setenv("KPI_DEMO", "1")
    monkeypatch.setenv("KPI_PROFILE", "groningen_stad")
    monkeypatch.setenv("KPI_DEFINITIONS", str(definitions))
    monkeypatch.setenv("KPI_PROFILES", str(profiles))
    return definitions


def test_a_thirteenth_kpi_is_seen_everywhere(thirteen, capsys):
    monitor = open_monitor()
    assert len(monitor.kpis) == 13

    shown = results.overview(monitor, "SWV", "2025-2026-k4")[-1]
    assert shown.kpi.label == "Oude OPP's"
    assert shown.value > 0
    assert shown.comparable

    by_location = results.by_organisation(monitor, "oude_opps", "2025-2026-k4")
    assert sum(item.value for item in by_location) == shown.value
    assert len(results.trend(monitor, "oude_opps", "SWV")) > 20

    place = ["oude_opps", "SWV", "2025-2026-k4"]
    options = ["--kpi", place[0], "--org", place[1], "--period", place[2], "--json"]
    assert main(["figures", *options]) == 0
    (figure,) = json.loads(capsys.readouterr().out)["figures"]
    assert figure["value"] == shown.value

    assert main(["explain", *place, "--json"]) == 0
    explained = json.loads(capsys.readouterr().out)
    assert len(explained["rows"]) == shown.value
    assert explained["sql"] == SQL

    dictionary = load_kpis(thirteen)
    assert dictionary["oude_opps"].question == "Hoeveel OPP's lopen al langer dan twee jaar?"
    assert run_example(dictionary["oude_opps"]).holds


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("as numerator", "as teller", "kolom numerator ontbreekt"),
        ("opp.row_id", "opp.row_id, 1 as kind", "kolom kind staat niet in kpi.toml"),
        ("'old' as", "'oud' as", "maat 'oud' staat niet in kpi.toml"),
        ("1 as numerator", "cast(null as integer) as numerator", "is leeg bij maat old"),
        ("from opp", "from oppen", "DuckDB weigert dit"),
    ],
)
def test_a_kpi_that_breaks_its_contract_is_named(thirteen, old, new, message):
    assert old in SQL
    (thirteen / "oude_opps" / "kpi.sql").write_text(SQL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        run_example(load_kpis(thirteen)["oude_opps"])
    assert f"oude_opps/kpi.sql: {message}".split(": ")[0] in str(caught.value)
    assert message in str(caught.value)


def test_a_code_that_is_not_declared_is_named(thirteen):
    folder = thirteen / "opp"
    toml = (folder / "kpi.toml").read_text(encoding="utf-8")
    (folder / "kpi.toml").write_text(toml.replace('vo = "VO"\n', "", 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match="code 'vo' van school_type staat niet in kpi.toml"):
        run_example(load_kpis(thirteen)["opp"])
