"""Published figures: every number as published, its contradictions flagged, its errors named."""

import csv
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from data.reference import REFERENCES, load_references
from data.strict import DefinitionError

ORIGINAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real_figures.csv"
UNITS = {"procent": "percent", "mln euro": "miljoen euro", "jongeren": "leerlingen"}

# Typed by hand, apart from the files: dataset, series, publication, period, number.
BY_HAND = [
    ("leerplicht_landelijk", "av", "datagraver", "2009-2010", "6878"),
    ("leerplicht_landelijk", "av", "datagraver", "2018-2019", "4958"),
    ("leerplicht_landelijk", "av", "datagraver", "2021-2022", "10240"),
    ("leerplicht_landelijk", "lrv", "datagraver", "2018-2019", "3917"),
    ("leerplicht_landelijk", "lrv", "datagraver", "2021-2022", "3246"),
    ("leerplicht_landelijk", "art5_a", "datagraver", "2004-2005", "1978"),
    ("leerplicht_landelijk", "art5_a", "datagraver", "2021-2022", "7389"),
    ("leerplicht_landelijk", "thuiszitters", "nos", "2022-2023", "13707"),
    ("leerplicht_landelijk", "langer_dan_3_maanden", "volkskrant", "2017-2018", "4479"),
    ("leerplicht_zuid_holland_zuid", "art5_a", "jaarverslag_2022_2023", "2022-2023", "190"),
    ("leerplicht_zuid_holland_zuid", "art5_b", "jaarverslag_2021_2022", "2020-2021", "55"),
    ("inspectie_vso", "vso", "staat_2020", "2013-2014", "3.9"),
    ("inspectie_vso", "vso", "staat_2020", "2016-2017", "3.6"),
    ("inspectie_vso", "vso", "staat_2020", "2019-2020", "3.8"),
    ("inspectie_vso", "vo", "staat_2020", "2017-2018", "93.5"),
    ("inspectie_vso", "pro", "staat_2020", "2014-2015", "2.8"),
    ("swv_vo_financien", "eigen_vermogen", "jaarverslag_2022", "2017", "127"),
    ("swv_vo_financien", "eigen_vermogen", "jaarverslag_2024", "2023", "71"),
    ("swv_vo_financien", "totale_baten", "jaarverslag_2022", "2018", "1330"),
    ("swv_vo_financien", "totale_baten", "jaarverslag_2024", "2023", "1587"),
    ("swv_vo_financien", "saldo", "jaarverslag_2024", "2020", "-10"),
    ("swv_vo_financien", "overige_overheidsbijdragen", "jaarverslag_2022", "2021", "0"),
    ("swv_vo_financien", "overige_overheidsbijdragen", "jaarverslag_2024", "2021", "10"),
    ("swv_po_vo_reserves", "boven_signaleringswaarde", "infinite", "2018", "179"),
    ("swv_po_vo_reserves", "afbouw", "monitor_2", "2021", "41"),
    ("vsv_landelijk", "vo_percentage", "vosabb_vo", "2017-2018", "0.5"),
    ("vsv_landelijk", "vo_percentage", "vosabb_vo", "2018-2019", "0.49"),
    ("vsv_landelijk", "aantal", "kamerbrief_2019", "2016-2017", "23744"),
    ("vsv_rmc", "rmc_03", "onderwijs_in_cijfers", "2016-2017", "1.93"),
    ("vsv_holland_rijnland", "totaal", "arbeidsmarktmonitor", "2016-2017", "763"),
]

SWV_VO = "Alle samenwerkingsverbanden VO samen"
SWV_ALL = "Alle samenwerkingsverbanden PO+VO samen"
NL = "Nederland (landelijk)"
ZHZ = "Zuid-Holland Zuid (10 gemeenten, w.o. Dordrecht; LVS)"

# Who and what a series is called in the collected figures (the word voorlopig left out).
ORIGINAL_NAMES = {
    **{
        ("inspectie_vso", name): (NL, f"aandeel {name} (noemer vo+pro+vso)")
        for name in ("vo", "pro", "vso")
    },
    ("leerplicht_landelijk", "av"): (NL, "absoluut verzuim"),
    ("leerplicht_landelijk", "lrv"): (NL, "langdurig relatief verzuim (>4 weken)"),
    ("leerplicht_landelijk", "art5_a"): (NL, "vrijstelling art. 5 onder a"),
    ("leerplicht_landelijk", "thuiszitters"): (NL, "thuiszitters totaal (AV+LRV)"),
    ("leerplicht_landelijk", "langer_dan_3_maanden"): (NL, "thuiszitters langer dan 3 maanden"),
    ("leerplicht_zuid_holland_zuid", "art5_a"): (ZHZ, "toegekende vrijstellingen art. 5 onder a"),
    ("leerplicht_zuid_holland_zuid", "art5_b"): (ZHZ, "toegekende vrijstellingen art. 5 onder b"),
    ("leerplicht_zuid_holland_zuid", "art5_c"): (ZHZ, "toegekende vrijstellingen art. 5 onder c"),
    ("leerplicht_zuid_holland_zuid", "art15"): (ZHZ, "toegekende vrijstellingen art. 15"),
    ("leerplicht_zuid_holland_zuid", "art3b"): (ZHZ, "toegekende vervangende leerplicht art. 3b"),
    ("swv_po_vo_reserves", "eigen_vermogen"): (SWV_ALL, "eigen vermogen totaal"),
    ("swv_po_vo_reserves", "boven_signaleringswaarde"): (
        SWV_ALL, "mogelijk bovenmatig eigen vermogen",
    ),
    ("swv_po_vo_reserves", "afbouw"): (SWV_ALL, "afbouw bovenmatige reserves"),
    **{
        ("swv_vo_financien", name): (SWV_VO, words)
        for name, words in {
            "totale_baten": "totaal baten",
            "totale_lasten": "totaal lasten",
            "saldo": "saldo baten en lasten",
            "eigen_vermogen": "eigen vermogen",
            "voorzieningen": "voorzieningen",
            "kortlopende_schulden": "kortlopende schulden",
            "totaal_activa": "totaal activa",
            "overige_overheidsbijdragen": "overige overheidsbijdragen",
        }.items()
    },
    ("vsv_landelijk", "vo_percentage"): (NL, "vsv-percentage vo"),
    ("vsv_landelijk", "percentage"): (NL, "vsv-percentage totaal"),
    ("vsv_landelijk", "aantal"): (NL, "nieuwe vsv totaal"),
    ("vsv_landelijk", "cbs_percentage"): (NL, "vsv-percentage onderzoekspopulatie <23 jaar"),
    ("vsv_landelijk", "cbs_aantal"): (NL, "vsv onderzoekspopulatie <23 jaar"),
    ("vsv_rmc", "rmc_02_aantal"): ("RMC-regio 02 Noord-Groningen", "nieuwe vsv totaal"),
    ("vsv_rmc", "arbeidsmarktregio_groningen"): (
        "Arbeidsmarktregio Groningen", "vsv-percentage totaal",
    ),
    ("vsv_holland_rijnland", "totaal"): ("Holland Rijnland totaal", "nieuwe vsv totaal"),
    **{
        ("vsv_holland_rijnland", name): (f"Holland Rijnland subregio {words}", "nieuwe vsv totaal")
        for name, words in {
            "bollenstreek": "Bollenstreek", "leiden": "Leiden e.o.", "alphen": "Alphen e.o.",
        }.items()
    },
}  # fmt: skip

# Why collected figures are not shipped: pattern on "who: what" → the reason.
LEFT_OUT = {
    r"^[^:]*: norm: ": "a norm is a target, not a figure",
    r"^SWV VO Groningen Stad|^Gemeente Groningen": "one SWV or municipality, no national or region",
    r"AFGELEID": "derived, not published",
    r"\(ruim\)|groei t\.o\.v\.|mutatie": "rough or a change only",
    r": leerlingen (vo|praktijk)|: leerlingaantal": "pupil numbers serve no KPI",
    r": (liquide middelen|rijksbijdragen|doorbetalingen)": "in no line, sum or contradiction",
    r": behandelde ": "requests treated, we count what was granted",
    r": vsv-percentage mbo": "our schools are VO only",
    r": samenwerkingsverbanden met mogelijk|: geplande afbouw": "a number of SWVs, a plan",
}


def every_fact():
    for dataset in load_references():
        for series in dataset.series.values():
            for period, facts in series.points.items():
                for fact in facts:
                    yield dataset, series, period, fact


def dataset_of(name):
    return next(item for item in load_references() if item.id == name)


def test_thirty_numbers_typed_by_hand():
    loaded = {
        (dataset.id, series.id, fact.publication.id, period): fact.value
        for dataset, series, period, fact in every_fact()
    }
    assert len(BY_HAND) == 30
    for *place, number in BY_HAND:
        assert loaded[tuple(place)] == Decimal(number), place


def test_numbers_and_their_sum_per_file():
    """Taken on the day every number equalled the collected one (the next test)."""
    found = {}
    for dataset, _, _, fact in every_fact():
        count, total = found.get(dataset.id, (0, Decimal(0)))
        found[dataset.id] = (count + 1, total + fact.value)
    assert found == {
        "inspectie_vso": (21, Decimal("700.1")),
        "leerplicht_landelijk": (48, 243626),
        "leerplicht_zuid_holland_zuid": (10, 891),
        "swv_po_vo_reserves": (5, 512),
        "swv_vo_financien": (80, 31523),
        "vsv_holland_rijnland": (40, 16032),
        "vsv_landelijk": (14, Decimal("212604.58")),
        "vsv_rmc": (29, Decimal("192.68")),
    }


@pytest.fixture(scope="module")
def collected():
    """The collected figures: (who, what, period, address) → row."""
    if not ORIGINAL.is_file():
        pytest.skip(f"the collected figures are not beside this checkout ({ORIGINAL.name})")
    with ORIGINAL.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 318
    return rows


def original_key(dataset, series, period, fact):
    who, what = ORIGINAL_NAMES.get((dataset.id, series.id), ("", "vsv-percentage totaal"))
    if not who:
        region = re.sub(r"^VSV, RMC-regio (\d\d) ", "", series.label)
        region = "Noord-Groningen" if fact.publication.id == "vsv_groningen" else region
        who = f"RMC-regio {region}"
    return who, what, period, fact.publication.url


def row_key(row):
    """As `original_key`: without remarks in brackets and numbers of RMC regions above 03."""
    what = re.sub(r" \((?!noemer|>4 weken|AV\+LRV)[^)]*\)?.*$", "", row["indicator"])
    what = what.removesuffix(" voorlopig")
    who = re.sub(r"^RMC-regio \d\d ", "RMC-regio ", row["swv"])
    return who, what, row["period"], row["source"]


def test_every_number_equals_the_collected_one_and_nothing_is_left_out_in_silence(collected):
    # Two collected editions differ only in the words after the indicator, so the address is in
    # the key; whoever is in two lists at once makes the count differ.
    known = {}
    left_out = []
    for row in collected:
        name = f"{row['swv']}: {row['indicator']}"
        if any(re.search(pattern, name) for pattern in LEFT_OUT):
            left_out.append(row)
        else:
            assert row_key(row) not in known, row
            known[row_key(row)] = row
    shipped = 0
    for dataset, series, period, fact in every_fact():
        who, *rest = original_key(dataset, series, period, fact)
        row = known.pop((re.sub(r"^RMC-regio \d\d ", "RMC-regio ", who), *rest))
        assert Decimal(row["value"]) == fact.value, row
        assert UNITS.get(row["unit"], row["unit"]) == series.unit, row
        assert ("voorlopig" in row["indicator"]) == fact.provisional, row
        shipped += 1
    assert not known
    assert shipped + len(left_out) == 318
    for pattern in LEFT_OUT:
        assert any(re.search(pattern, f"{row['swv']}: {row['indicator']}") for row in left_out)


def test_every_fact_says_where_it_was_read():
    for dataset, series, _, fact in every_fact():
        assert fact.publication.url.startswith("http"), dataset.id
        assert series.population and fact.publication.publisher


# Contradictions


def test_a_sum_that_does_not_add_up_is_found_without_our_own_remark(tmp_path):
    """The control on the check: take the remark away, and the wrong column shows itself."""
    text = (REFERENCES / "leerplicht_landelijk.toml").read_text(encoding="utf-8")
    without = re.sub(r"\[\[contradictions\]\].*?(?=\[\[fits\]\])", "", text, flags=re.S)
    assert without != text
    (tmp_path / "leerplicht_landelijk.toml").write_text(without, encoding="utf-8")
    (found,) = load_references(tmp_path)[0].unexplained()
    assert (found.period, found.stated, found.computed) == ("2021-2022", 10240, 13486)
    assert not found.by_rounding


def test_every_sum_that_does_not_add_up_is_explained():
    for dataset in load_references():
        assert not dataset.unexplained(), dataset.id


def test_sums_that_are_off_by_rounding_are_known_one_by_one():
    off = {
        (dataset.id, item.series[-1], item.period, item.computed - item.stated)
        for dataset in load_references()
        for item in dataset.mismatches()
        if item.by_rounding
    }
    finance = "swv_vo_financien"
    assert off == {
        (finance, "saldo", "2020", -1),
        (finance, "totaal_activa", "2017", -1),
        (finance, "totaal_activa", "2020", -1),
        (finance, "totaal_activa", "2021", 1),
        (finance, "totaal_activa", "2022", -1),
        (finance, "totaal_activa", "2023", -1),
        ("inspectie_vso", "vso", "2017-2018", Decimal("0.1")),
    }


def test_three_parts_of_holland_rijnland_add_up_in_all_ten_years():
    dataset = dataset_of("vsv_holland_rijnland")
    assert len(dataset.sums) == 1 and dataset.sums[0].total == "totaal"
    assert len(dataset.series["totaal"].points) == 10
    assert dataset.mismatches() == []


def test_one_number_more_in_holland_rijnland_is_seen(tmp_path):
    text = (REFERENCES / "vsv_holland_rijnland.toml").read_text(encoding="utf-8")
    assert text.count("2016-2017 = 763") == 1
    (tmp_path / "a.toml").write_text(text.replace("= 763", "= 764"), encoding="utf-8")
    (found,) = load_references(tmp_path)[0].unexplained()
    assert (found.period, found.stated, found.computed) == ("2016-2017", 764, 763)


def test_revisions_keep_both_numbers():
    found = {
        (dataset.id, name, item.period): (item.earlier.value, item.later.value)
        for dataset in load_references()
        for name in dataset.series
        for item in dataset.revisions(name)
    }
    assert found == {
        ("swv_po_vo_reserves", "afbouw", "2021"): (41, 29),
        ("swv_vo_financien", "overige_overheidsbijdragen", "2021"): (0, 10),
        ("vsv_landelijk", "aantal", "2016-2017"): (23755, 23744),
    }


def test_editions_of_the_same_year_stay_side_by_side():
    equity = dataset_of("swv_vo_financien").series["eigen_vermogen"]
    assert [fact.publication.id for fact in equity.points["2020"]] == [
        "jaarverslag_2022", "jaarverslag_2024",
    ]  # fmt: skip
    assert [fact.publication.id for fact in equity.points["2017"]] == ["jaarverslag_2022"]


@pytest.mark.parametrize(
    ("dataset", "series", "period", "drawn"),
    [
        ("leerplicht_landelijk", "av", "2021-2022", False),
        ("leerplicht_zuid_holland_zuid", "art5_b", "2022-2023", True),
        ("swv_vo_financien", "saldo", "2020", True),
        ("swv_vo_financien", "totaal_activa", "2020", True),
        ("swv_vo_financien", "overige_overheidsbijdragen", "2021", True),
        ("swv_vo_financien", "eigen_vermogen", "2021", True),
        ("vsv_landelijk", "aantal", "2017-2018", True),
    ],
)
def test_known_contradictions_are_told(dataset, series, period, drawn):
    found = [item for item in dataset_of(dataset).about(series) if item.period == period]
    assert [item.drawn for item in found] == [drawn]
    assert dataset_of(dataset).series[series].leading[period].value is not None


# Errors in a file


SMALL = """
[publications.a]
label = "A"
publisher = "A"
url = "https://example.org"

[series.x]
label = "X"
unit = "percent"
per = "alles"
population = "iedereen"
points.a = { 2019 = 1, 2020 = 2 }

[[fits]]
kpi = "k"
measure = "m"
series = ["x"]
matches = true
"""

SERIES_Y = """
[series.y]
label = "Y"
unit = "u"
population = "p"
points.a = { 2019 = 0 }

[[fits]]"""
FIT_BY_Y = """
kpi = "k"
measure = "n"
series = ["x"]
divided_by = "y"
matches = true

[[fits]]"""


def errors_of(tmp_path, text):
    (tmp_path / "klein.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as raised:
        load_references(tmp_path)
    return "\n".join(raised.value.errors)


def test_the_small_file_is_right(tmp_path):
    (tmp_path / "klein.toml").write_text(SMALL, encoding="utf-8")
    assert load_references(tmp_path)[0].series["x"].leading["2020"].value == 2


@pytest.mark.parametrize(
    ("was", "becomes", "error"),
    [
        ("2020 = 2", "2020-2022 = 2", "“2020-2022” is geen periode"),
        ("2020 = 2", "2020-2021 = 2", "één soort periode"),
        ("2020 = 2", '2020 = "2"', "verwacht een getal"),
        ("points.a", "points.b", "publicatie 'b' bestaat niet. Kies uit: a"),
        ('unit = "percent"', 'unit = "leerlingen"', "een percentage zegt waarvan"),
        ('unit = "percent"\nper = "alles"', 'unit = "leerlingen"', "x is een aantal"),
        ("https://example.org", "www.example.org", "is geen adres"),
        ("matches = true", "matches = false", "why_not hoort bij"),
        ("matches = true", 'matches = true\nwhy_not = "Nee."', "why_not hoort bij"),
        ('series = ["x"]', 'series = ["y"]', "reeks 'y' bestaat niet. Kies uit: x"),
        ('measure = "m"', 'maesure = "m"', "onbekende sleutel 'maesure'. Bedoelde u 'measure'?"),
        ("[[fits]]", '[[sums]]\nplus = ["x"]\n\n[[fits]]', "geef de reeks van het totaal"),
        ("population", "provisional.a = [\"2021\"]\npopulation", "a heeft geen cijfer van 2021"),
        (
            "[[fits]]",
            '[[contradictions]]\nseries = ["x"]\nperiod = "2018"\ntext = "t"\n\n[[fits]]',
            "x heeft geen cijfer van 2018",
        ),
        ("[[fits]]", SERIES_Y + FIT_BY_Y, "y is 0 in 2019"),
        ("[[fits]]", SERIES_Y, "reeks y staat bij geen som, tegenspraak of KPI"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_named(tmp_path, was, becomes, error):
    assert SMALL.count(was) == 1
    assert error in errors_of(tmp_path, SMALL.replace(was, becomes))


def test_all_errors_are_told_at_once(tmp_path):
    shutil.copy(REFERENCES / "inspectie_vso.toml", tmp_path / "goed.toml")
    (tmp_path / "kapot.toml").write_text("a = ", encoding="utf-8")
    errors = errors_of(tmp_path, SMALL.replace("https", "ftp").replace("2020 = 2", "x = 2"))
    assert "kapot.toml: geen geldige TOML" in errors
    assert "is geen adres" in errors and "“x” is geen periode" in errors
