"""Reference lines: drawn only where the definition matches, and otherwise said why not."""

import re
from dataclasses import replace

import pytest

from data.reference import REFERENCES, load_references
from kpi.formatting import number
from kpi.meaning.load import load_kpis
from kpi.view.reference import references

MOST_WORDS = 25
SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z0-9])")


@pytest.fixture(scope="session")
def in_groningen(demo):
    """The same monitor as if it held the figures of a bureau in RMC region 03."""
    return replace(demo, is_demo=False)


@pytest.fixture(scope="session")
def in_dordrecht(demo):
    profile = replace(
        demo.profile, organisation=replace(demo.profile.organisation, rmc_region="30")
    )
    return replace(demo, is_demo=False, profile=profile)


def every_fit():
    return [(dataset, fit) for dataset in load_references() for fit in dataset.fits]


def every_reference(monitor):
    for dataset, fit in every_fit():
        kind = dataset.series[fit.series[0]].period_type
        yield from references(monitor, fit.kpi, fit.measure, fit.segment, kind)


# What belongs where


def test_every_fit_names_a_figure_that_exists():
    kpis = load_kpis()
    for dataset, fit in every_fit():
        kpi = kpis[fit.kpi]
        measure = kpi.measures[fit.measure]
        assert kpi.segment_key(fit.segment) == fit.segment, dataset.id
        splits = {tuple(kpi.segment_parts(fit.segment))} - {()}
        assert splits <= set(kpi.splits(measure)), (dataset.id, fit.segment)


def test_only_a_percentage_of_the_same_thing_matches():
    kpis = load_kpis()
    matching = set()
    for dataset, fit in every_fit():
        if not fit.matches:
            continue
        matching.add((fit.kpi, fit.measure, fit.segment))
        measure = kpis[fit.kpi].measures[fit.measure]
        kind = dataset.series[fit.series[0]].period_type
        assert measure.is_ratio and measure.unit == "percent"
        assert kind in measure.periods
        for name in fit.series:
            assert fit.divided_by or dataset.series[name].unit == measure.unit
            assert not dataset.series[name].regions
    # Anything more is a decision: two people should have compared the two definitions.
    assert matching == {
        ("reserve", "ratio", ""),
        ("deelname_vso", "participation_inspectie", ""),
        ("vsv", "vsv_share", ""),
    }


def test_other_kpis_have_nothing(demo):
    told = {"thuiszitters", "deelname_vso", "vsv", "reserve"}
    assert {fit.kpi for _, fit in every_fit()} == told
    for kpi in demo.kpis.values():
        if kpi.id not in told:
            for measure in kpi.measures.values():
                for kind in measure.periods:
                    assert references(demo, kpi.id, measure.id, "", kind) == []
    assert references(demo, "vsv", "mbo_without_diploma", "", "schooljaar") == []
    assert (
        references(demo, "deelname_vso", "participation_inspectie", "cluster=4", "schooljaar") == []
    )


def test_the_reserve_of_all_samenwerkingsverbanden(demo):
    (line,) = references(demo, "reserve", "ratio", "", "kalenderjaar")
    shown = {year: number(value, 1) for year, value in line.points.items()}
    assert shown == {
        "2017": "10,0", "2018": "10,7", "2019": "10,7", "2020": "9,6",
        "2021": "8,5", "2022": "6,3", "2023": "4,5",
    }  # fmt: skip
    assert line.points["2023"] == pytest.approx(100 * 71 / 1587)
    assert line.points["2018"] == pytest.approx(100 * 142 / 1330)
    assert (line.matches, line.why_not, line.unit, line.per) == (
        True, "", "percent", "totale baten",
    )  # fmt: skip
    assert line.sentence == "Alle samenwerkingsverbanden VO samen: 4,5% in 2023."
    assert line.source.index("2024") < line.source.index("2022")
    assert len(line.urls) == 2
    assert line.value_text("2023") == "4,5%" and line.value_text("2016") == ""
    assert set(line.flagged) == {"2020", "2021"}
    assert "−11 miljoen" in line.flagged["2020"] and "180 miljoen" in line.flagged["2020"]
    assert "overige overheidsbijdragen" in line.flagged["2021"]
    assert "groepsvermogen" in line.flagged["2021"]
    assert "2017, 2020, 2021, 2022, 2023" in line.note


def test_a_ratio_takes_both_amounts_from_one_publication(demo, tmp_path):
    """Another income for 2019 in the later edition only: the line follows, and says so."""
    text = (REFERENCES / "swv_vo_financien.toml").read_text(encoding="utf-8")
    was = "points.jaarverslag_2024 = { 2019 = 1344, 2020 = 1379,"
    assert text.count(was) == 1
    changed = text.replace(was, "points.jaarverslag_2024 = { 2019 = 1600, ")
    (tmp_path / "swv.toml").write_text(changed, encoding="utf-8")
    (line,) = references(demo, "reserve", "ratio", "", "kalenderjaar", tmp_path)
    assert line.points["2019"] == pytest.approx(100 * 144 / 1600)
    # 2020 now has an income in the first edition only: that edition counts for both amounts.
    assert line.points["2020"] == pytest.approx(100 * 133 / 1379)
    assert line.flagged["2019"].startswith(
        "Het jaarverslag OCW 2022 noemt 1.344 miljoen euro, "
        "het jaarverslag OCW 2024 noemt 1.600 miljoen euro. Hier telt het laatste."
    )
    assert "De delen zijn samen 258 miljoen euro" in line.flagged["2019"]


def test_the_share_in_vso_by_the_inspectorate(demo):
    (line,) = references(demo, "deelname_vso", "participation_inspectie", "", "schooljaar")
    assert list(line.points.values()) == [3.9, 3.9, 3.7, 3.6, 3.7, 3.7, 3.8]
    assert list(line.points)[0] == "2013-2014" and list(line.points)[-1] == "2019-2020"
    assert line.matches and line.per == "leerlingen van VO, PrO en VSO samen"
    assert line.provisional == ("2019-2020",)
    assert line.sentence == "VSO, heel Nederland: 3,8% (voorlopig) in 2019-2020."
    assert "Voorlopig: 2019-2020." in line.note


def test_the_other_percentage_in_vso_is_not_converted(demo):
    (line,) = references(demo, "deelname_vso", "participation_dpo", "", "schooljaar")
    assert not line.matches
    assert line.sentence == line.why_not
    assert "niet gepubliceerd" in line.why_not
    assert line.points["2019-2020"] == 3.8


def test_the_share_of_early_leavers(demo):
    first, *others = references(demo, "vsv", "vsv_share", "", "schooljaar")
    assert dict(first.points) == {"2017-2018": 0.5, "2018-2019": 0.49}
    assert first.value_text("2017-2018") == "0,50%"
    assert first.matches and first.per == "leerlingen van het VO"
    assert len(others) == 2
    assert not any(line.matches for line in others)
    assert all("mbo" in line.why_not for line in others)


def test_regions_are_for_the_bureaus_in_them(demo, in_groningen, in_dordrecht):
    def labels(monitor):
        return {line.label for line in references(monitor, "vsv", "vsv_share", "", "schooljaar")}

    region = {
        "VSV, RMC-regio 03 Centraal en Westelijk Groningen",
        "VSV, arbeidsmarktregio Groningen",
    }
    assert labels(in_groningen) - labels(demo) == region
    assert labels(in_dordrecht) == labels(demo)
    place = ("thuiszitters", "exemption_new", "article=art5_b", "schooljaar")
    assert references(in_groningen, *place) == []
    (line,) = references(in_dordrecht, *place)
    assert list(line.points.values()) == [55, 70, 78]
    assert "5,5%" in line.flagged["2022-2023"]


def test_a_national_count_never_stands_beside_a_local_one(demo):
    for measure, segment in (("stock", ""), ("persons", ""), ("persons", "kind=av")):
        (line,) = references(demo, "thuiszitters", measure, segment, "schooljaar")
        assert not line.matches and line.per == "" and "heel Nederland" in line.label
        assert line.why_not


def test_a_total_in_the_wrong_column_is_told_and_not_shown(demo):
    (line,) = references(demo, "thuiszitters", "persons", "kind=av", "schooljaar")
    assert "2021-2022" not in line.points
    assert max(line.points) == "2020-2021" and line.points["2020-2021"] == 5491
    assert "10.240" in line.flagged["2021-2022"] and "6.994" in line.flagged["2021-2022"]
    assert "afronding" not in line.note  # 3.246 too many is no rounding
    (both,) = references(demo, "thuiszitters", "persons", "", "schooljaar")
    assert both.points["2021-2022"] == 10240 and both.flagged == {}


def test_revised_numbers_are_told(in_groningen):
    lines = references(in_groningen, "reserve", "above_signal", "", "kalenderjaar")
    (reduced,) = [line for line in lines if line.label.startswith("Afbouw")]
    assert dict(reduced.points) == {"2020": 25, "2021": 29}
    assert reduced.provisional == ()
    assert reduced.flagged["2021"] == (
        "De tweede monitor van de afbouw noemt 41 miljoen euro, "
        "de derde monitor van de afbouw noemt 29 miljoen euro. Hier telt het laatste."
    )
    first = references(in_groningen, "vsv", "leavers", "", "schooljaar")[0]
    assert "23.755 vsv'ers" in first.flagged["2016-2017"]
    assert "30.200" in first.flagged["2017-2018"]
    assert "2014-2015" not in first.points and "oudere manier" in first.flagged["2014-2015"]


def test_another_kind_of_period_is_not_drawn(demo):
    (line,) = references(demo, "deelname_vso", "participation_inspectie", "", "kwartaal")
    assert not line.matches
    assert (
        line.why_not == "Deze cijfers gaan over een schooljaar; dit cijfer gaat over een kwartaal."
    )
    (stock,) = references(demo, "thuiszitters", "stock", "", "kwartaal")
    assert "stand op één dag" in stock.why_not


# What is said


def test_every_sentence_is_short_and_every_line_has_a_source(in_groningen, in_dordrecht):
    seen = 0
    for monitor in (in_groningen, in_dordrecht):
        for line in every_reference(monitor):
            texts = [line.sentence, line.note, *line.flagged.values()]
            for sentence in (part for text in texts for part in SENTENCE.split(text) if part):
                assert len(sentence.split()) <= MOST_WORDS, sentence
                assert sentence[0].isupper() or sentence[0].isdigit(), sentence
                assert sentence.endswith("."), sentence
                seen += 1
            assert line.matches == (not line.why_not)
            assert line.points and line.source and line.urls and line.population
            assert set(line.provisional) <= set(line.points)
    assert seen > 100


def test_what_is_not_drawn_is_said_in_one_sentence():
    for dataset, fit in every_fit():
        assert len(SENTENCE.split(fit.why_not)) == 1, dataset.id
