"""Loading definitions and profiles: strict, everything wrong at once, with the nearest word."""

from datetime import date
from decimal import Decimal

import pytest
from small_swv import KPI_SQL, KPI_TOML, write_kpi

from kpi.meaning.choices import Better, Level, PeriodType, Shows, Theme
from kpi.meaning.load import DefinitionError, load_kpis
from kpi.meaning.profile import load_profile, local_targets
from kpi.meaning.target import PathMethod, Rounding, TargetKind

PROFILE = """
name = "Proef"
kpis = ["proef"]
[organisation]
code = "SWV"
name = "Proef-SWV"
municipalities = ["0014"]
[calendar]
quarter_ends = ["09-30", "12-31", "03-31", "06-30"]
[[calendar.count_dates]]
on = "10-01"
[[calendar.count_dates]]
from = "2022-2023"
on = "02-01"
[[targets]]
kpi = "proef"
measure = "amount"
segment = "kind=a"
kind = "reduce_by"
percent = 50
base_period = "2019-2020"
method = "compound"
from = "2020-2021"
until = 2024-07-31
rounding = "down"
origin = "Afspraak"
"""


def errors_of(folder):
    with pytest.raises(DefinitionError) as caught:
        load_kpis(folder)
    return caught.value.errors


def changed(old, new, toml=KPI_TOML):
    assert old in toml
    return toml.replace(old, new)


@pytest.fixture
def profile_of(tmp_path, proef):
    """A function: profile text → what load_profile makes of it."""

    def load(text):
        folder = tmp_path / "profiles" / "proef"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "profile.toml").write_text(text, encoding="utf-8")
        return load_profile("proef", proef, tmp_path / "profiles")

    return load


def test_a_folder_becomes_a_kpi(proef):
    kpi = proef["proef"]
    assert (kpi.id, kpi.number, kpi.theme) == ("proef", 99, Theme.ATTENDANCE)
    assert kpi.sql == KPI_SQL
    assert kpi.main.shows is Shows.STOCK
    assert kpi.main_period is PeriodType.KWARTAAL
    assert kpi.combinations == (("kind", "result"),)


def test_what_is_changed_in_a_folder_is_read_again(tmp_path):
    folder = tmp_path / "proef"
    write_kpi(folder)
    first = load_kpis(tmp_path)
    del load_kpis(tmp_path)["proef"]
    assert load_kpis(tmp_path)["proef"] is first["proef"], "nothing changed"
    (folder / "kpi.sql").write_text("select 1", encoding="utf-8")
    assert load_kpis(tmp_path)["proef"].sql == "select 1"
    (folder / "example.toml").write_text('title = "Iets"', encoding="utf-8")
    assert load_kpis(tmp_path)["proef"].example == {"title": "Iets"}
    folder.rename(tmp_path / "ander")
    assert list(load_kpis(tmp_path)) == ["ander"]
    (tmp_path / "ander" / "kpi.sql").unlink()
    assert errors_of(tmp_path) == ["ander: bestand kpi.sql ontbreekt."]


def test_a_measure_inherits_what_it_does_not_say(proef):
    amount, whole = proef["proef"].measures["amount"], proef["proef"].measures["whole"]
    assert (amount.needs, amount.level, amount.better) == (
        ("things",),
        Level.LOCATION,
        Better.LOWER,
    )
    assert (whole.needs, whole.level, whole.better) == (("money",), Level.SWV, Better.LOWER)


def test_a_stock_is_standing_unless_said_otherwise(proef):
    measures = proef["proef"].measures
    assert measures["amount"].is_standing
    assert not measures["part"].is_standing


def test_segments_are_written_in_declared_order(proef):
    kpi = proef["proef"]
    assert kpi.segment_key("result=goed, kind=a") == "kind=a,result=goed"
    assert kpi.segment_label("kind=a,result=goed") == "Soort A · Goed"
    assert kpi.segment_key("") == ""


@pytest.mark.parametrize(
    ("segment", "message"),
    [("kin=a", "Bedoelde u 'kind'"), ("kind=c", "Kies uit: a, b"), ("kind", "hoort niet bij")],
)
def test_an_unknown_segment_names_what_exists(proef, segment, message):
    with pytest.raises(ValueError, match=message):
        proef["proef"].segment_key(segment)


def test_the_version_that_counts_is_the_latest_that_began(proef):
    kpi = proef["proef"]
    assert kpi.version_on(date(2023, 12, 31), "kwartaal") == 1
    assert kpi.version_on(date(2024, 1, 1), "kwartaal") == 2


def test_a_version_can_be_limited_to_a_type_of_period(tmp_path):
    toml = changed('change = "Anders geteld"', 'change = "x"\nperiods = ["schooljaar"]')
    write_kpi(tmp_path / "proef", toml)
    kpi = load_kpis(tmp_path)["proef"]
    assert kpi.version_on(date(2024, 7, 31), "schooljaar") == 2
    assert kpi.version_on(date(2024, 6, 30), "kwartaal") == 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('better = "lower"', 'beter = "lower"', "onbekende sleutel 'beter'. Bedoelde u 'better'?"),
        ('theme = "Aanwezigheid"', 'theme = "Verzuim"', "verwacht een van: Aanwezigheid"),
        ("number = 99", 'number = "99"', "verwacht een geheel getal"),
        ("number = 99", "number = true", "verwacht een geheel getal"),
        ("checked_on = 2026-11-01", 'checked_on = "ooit"', "verwacht een datum"),
        ('owner = "Iemand"', "", "sleutel 'owner' ontbreekt"),
        ('label = "Proef"', f'label = "{"P" * 41}"', "langer dan 40 tekens"),
        ('main_measure = "amount"', 'main_measure = "amont"', "Bedoelde u 'amount'?"),
        ('shows = "share"', 'shows = "percentage"', "[[measures]] 2: sleutel 'shows'"),
        ('denominator = "Alles"', "", "maat part is een deling, maar denominator is leeg"),
        ('of = ["kind", "result"]', 'of = ["kind", "resul"]', "Bedoelde u 'result'?"),
        ('id = "people"', 'id = "part"', "twee maten hebben dezelfde id"),
        ("from = 2024-01-01", "from = 1999-01-01", "niet op volgorde van datum"),
        ('school_types = ["vo"]', 'school_types = "vo"', "verwacht een lijst"),
        ('[[segments]]\nid = "kind"', '[[segments]]\nidd = "kind"', "Bedoelde u 'id'?"),
    ],
)
def test_a_mistake_is_named_with_what_was_expected(tmp_path, old, new, message):
    write_kpi(tmp_path / "proef", changed(old, new))
    assert any(message in error for error in errors_of(tmp_path)), errors_of(tmp_path)


def test_all_mistakes_in_all_folders_are_said_at_once(tmp_path):
    toml = changed("number = 99", 'number = "x"', changed('owner = "Iemand"', "eigenaar = 1"))
    write_kpi(tmp_path / "een", toml)
    write_kpi(tmp_path / "twee", changed('why = "Omdat."', "waarom = 1"))
    folders = [error.split("/")[0] for error in errors_of(tmp_path)]
    assert folders.count("een") == 3
    assert folders.count("twee") == 2


def test_an_incomplete_folder_and_broken_toml_are_named(tmp_path):
    write_kpi(tmp_path / "half")
    (tmp_path / "half" / "kpi.sql").unlink()
    write_kpi(tmp_path / "stuk", "number = = 1")
    assert errors_of(tmp_path)[0] == "half: bestand kpi.sql ontbreekt."
    assert errors_of(tmp_path)[1].startswith("stuk/kpi.toml: geen geldige TOML")


def test_two_kpis_cannot_have_one_number(tmp_path):
    write_kpi(tmp_path / "een")
    write_kpi(tmp_path / "twee")
    assert errors_of(tmp_path) == ["twee/kpi.toml: nummer 99 heeft ook een"]


def test_a_profile_gives_organisation_calendar_and_targets(profile_of):
    profile = profile_of(PROFILE)
    assert profile.organisation.municipalities == ("0014",)
    assert profile.calendar.count_dates == ((None, "10-01"), ("2022-2023", "02-01"))
    (target,) = profile.targets
    assert (target.kind, target.method) == (TargetKind.REDUCE_BY, PathMethod.COMPOUND)
    assert (target.amount, target.rounding) == (Decimal(50), Rounding.DOWN)
    assert (target.valid_from, target.valid_to) == (date(2020, 8, 1), date(2024, 7, 31))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kpis = ["proef"]', 'kpis = ["proe"]', "KPI 'proe' bestaat niet. Bedoelde u 'proef'?"),
        ('measure = "amount"', 'measure = "amoun"', "Bedoelde u 'amount'?"),
        ("percent = 50", "", "sleutel 'value of percent' ontbreekt"),
        ('base_period = "2019-2020"', 'base_period = "2019-2021"', "geen periode"),
        ('segment = "kind=a"', 'segment = "soort=a"', "Uitsplitsing 'soort' is onbekend"),
        ('code = "SWV"', "", "[organisation]: sleutel 'code' ontbreekt"),
        ('method = "compound"', 'method = "kwadratisch"', "verwacht een van: linear, compound"),
    ],
)
def test_a_mistake_in_a_profile_is_named(profile_of, old, new, message):
    with pytest.raises(DefinitionError, match="profile.toml") as caught:
        profile_of(changed(old, new, PROFILE))
    assert any(message in error for error in caught.value.errors), caught.value.errors


def test_an_unknown_profile_names_the_nearest(proef, tmp_path):
    with pytest.raises(DefinitionError, match="Bedoelde u 'groningen_stad'"):
        load_profile("groningen", proef)


def test_the_shipped_profiles_load():
    kpis = load_kpis()
    assert len(load_profile("groningen_stad", kpis).kpis) == 12
    assert "wachtlijst" in load_profile("dordrecht", kpis).kpis


def test_own_targets_come_from_the_file_and_wrong_rows_are_left_out(proef):
    row = {
        "kpi": "proef", "measure": None, "segment": None, "organisation_id": "SWV",
        "kind": "at_most", "amount": Decimal(12), "base_period": None, "base_value": None,
        "method": None, "steps": None, "valid_from": date(2023, 8, 1), "valid_to": None,
        "origin": "ALV", "document": None, "row_id": "x#1", "delivery_id": "x",
    }  # fmt: skip
    wrong = [{**row, "kpi": "onbekend"}, {**row, "measure": "x"}, {**row, "amount": None}]
    (target,) = local_targets([*wrong, row], proef, "SWV")
    assert (target.measure, target.organisation_id) == ("amount", "")
    assert (target.amount, target.valid_from) == (Decimal(12), date(2023, 8, 1))
