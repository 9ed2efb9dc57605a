"""Persons in a text are refused, numbers that are not so are asked about, and little else."""

import random

import pytest
from board_sentences import AROUND, ORDINARY, SCHOOLS, birth, bsn, email, name, phone
from hypothesis import given
from hypothesis import strategies as st

from data.personal import personal
from kpi.figure import results
from kpi.record.figure_numbers import contradictions
from kpi.record.text_checks import findings, persons
from kpi.record.told_numbers import told_numbers, told_pairs

K4 = "2025-2026-k4"
FALSE_ALARMS = 0.02


def planted(make, count, seed):
    """Sentences with something personal in them, and an ordinary sentence before and after."""
    chance = random.Random(seed)
    for number in range(count):
        plant = make(chance)
        before, after = chance.choice(ORDINARY), chance.choice(ORDINARY)
        yield plant, f"{before} {AROUND[number % len(AROUND)].format(plant)} {after}"


def found_share(make, count, seed):
    """In which part of the texts something of the plant is found."""
    missed = [
        text
        for plant, text in planted(make, count, seed)
        if not any(item.words in plant or plant in item.words for item in personal(text, SCHOOLS))
    ]
    return 1 - len(missed) / count, missed


@pytest.mark.parametrize(
    ("make", "wanted"), [(bsn, 0.99), (email, 0.99), (phone, 0.99), (birth, 0.99), (name, 0.97)]
)
def test_what_is_planted_is_found(make, wanted):
    share, missed = found_share(make, 400, seed=4)
    assert share >= wanted, missed[:10]


def test_ordinary_sentences_are_left_alone():
    assert len(ORDINARY) > 100
    alarms = {text: found for text in ORDINARY if (found := personal(text, SCHOOLS))}
    assert len(alarms) <= FALSE_ALARMS * len(ORDINARY), alarms


def test_a_whole_page_gives_the_same_findings_as_its_sentences():
    """The words around it do not hide a person."""
    text = " ".join(ORDINARY)
    assert len(personal(text, SCHOOLS)) <= FALSE_ALARMS * len(ORDINARY)
    assert [item.words for item in personal(f"{text} Kevin de Vries is thuis.", SCHOOLS)][-1] == (
        "Kevin de Vries"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Roos is een bloem.", []),
        ("Met Roos gaat het beter.", ["Roos"]),
        ("De leerling K. is weer op school.", ["K."]),
        ("kevin jansen is weer op school.", ["kevin jansen"]),
        ("Het Anne Frank College doet mee.", []),
        ("Het H.N. Werkman College doet mee.", []),
        ("Anne de Boer doet mee.", ["Anne de Boer"]),
        ("De familie Postema is verhuisd.", ["Postema"]),
        ("Hij woont in de Kerkstraat 12, 9711 AB.", ["Kerkstraat 12", "9711 AB"]),
        ("In 2025 AV en LRV, samen 1529 OPP's en 1200 VO-leerlingen.", []),
        ("€ 123.456.782 is geen nummer van een persoon.", []),
        ("De nummers 123456789 en 2024-2025 4 ook niet.", []),
        ("Zijn leerlingnummer is 20341.", ["leerlingnummer is 20341"]),
        ("Simon van Hasselt doet mee, Simon niet.", ["Simon"]),
    ],
)
def test_what_is_a_person_and_what_is_not(text, words):
    assert [item.words for item in personal(text, SCHOOLS)] == words


def test_a_finding_names_the_words_and_what_to_do():
    (found,) = persons("Mail naar kevin@school.nl.")
    assert found.refuses
    assert found.words == "kevin@school.nl"
    assert "e-mailadres" in found.message and "Schrijf het zonder" in found.message


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    for item in personal(text, ("Het Kompas",)):
        assert item.words
        assert item.words in text


# Numbers


@pytest.mark.parametrize(
    ("text", "units", "told"),
    [
        ("Er zijn 23 leerlingen thuis.", {"leerlingen"}, [(23.0, "leerlingen")]),
        ("Er zijn 23 nieuwe thuiszitters.", {"leerlingen"}, [(23.0, "leerlingen")]),
        ("1 leerling", {"leerlingen"}, [(1.0, "leerlingen")]),
        ("Dat is 4,2% en 7 procent.", {"percent"}, [(4.2, "percent"), (7.0, "percent")]),
        ("€ 1,5 miljoen en 1.200 euro", {"euro"}, [(1.5, "euro"), (1200.0, "euro")]),
        ("Scholen geven een 7,9.", {"cijfer"}, [(7.9, "cijfer")]),
        ("Het gaat om 4 scholen, 3 weken en 16 uur.", {"leerlingen", "percent"}, []),
        ("In 2025 leerlingen gesproken over artikel 5.", {"dossiers"}, []),
    ],
)
def test_which_numbers_claim_to_be_a_figure(text, units, told):
    assert [(item.value, item.unit) for item in told_numbers(text, units)] == told


def test_a_pair_is_read_as_a_pair_and_years_are_not():
    (pair,) = told_pairs("Van 2024 naar 2025 ging het van 23 naar 22.")
    assert [item.value for item in pair] == [23.0, 22.0]


@pytest.mark.parametrize(
    ("written", "figure", "fits"),
    [
        ("4 leerlingen", 4.0, True),
        ("ongeveer 40 leerlingen", 43.0, True),
        ("40 leerlingen", 43.0, False),
        ("4 leerlingen", -4.0, True),  # "4 leerlingen minder"
    ],
)
def test_when_a_number_is_that_of_a_figure(written, figure, fits):
    (told,) = told_numbers(written, {"leerlingen"})
    assert told.fits(figure) is fits


def test_a_percentage_is_read_as_precisely_as_it_is_written():
    one, two = told_numbers("4% of 4,3%", {"percent"})
    assert one.fits(4.2) and not two.fits(4.2)


@pytest.mark.xdist_group("demo")
@pytest.mark.parametrize(
    ("kpi", "text", "wrong"),
    [
        ("thuiszitters", "Er zijn 22 thuiszitters, van 23 naar 22. Er kwamen er 9 bij.", []),
        ("thuiszitters", "Er zijn 43 leerlingen thuis.", ["43 leerlingen"]),
        ("thuiszitters", "Het ging van 49 naar 22.", ["van 49 naar 22"]),
        ("thuiszitters", "Het ging van 40 naar 41 leerlingen.", ["van 40 naar 41"]),
        ("tevredenheid", "Het cijfer ging van 8,2 naar 7,9; het doel is 8,0.", []),
        ("tevredenheid", "Scholen geven een 6,1.", ["een 6,1"]),
        ("reserve", "De reserve is 3,7%, ofwel € 53.623 boven het doel.", []),
        ("reserve", "De reserve is 4,9%.", ["4,9%"]),
        ("verdeling_middelen", "Wij gaven € 30,1 miljoen uit.", []),
        ("verdeling_middelen", "Wij gaven € 31,1 miljoen uit.", ["€ 31,1 miljoen"]),
        ("ect", "Er waren 46 nieuwe casussen, 29% minder dan in maart.", []),
        ("ect", "Er waren 72 nieuwe casussen.", ["72 nieuwe casussen"]),
    ],
)
def test_a_number_that_is_not_that_of_the_figure_is_asked_about(demo, kpi, text, wrong):
    assert contradictions(demo, kpi, "SWV", K4, text) == wrong


@pytest.mark.xdist_group("demo")
def test_a_typing_error_in_a_figure_is_mostly_seen(demo):
    """Each headline with its digits swapped or one off: at least two of three are asked about."""
    chance, seen, made = random.Random(4), 0, 0
    for kpi in ("thuiszitters", "ect", "maatwerk", "deelname_vso", "opp", "reserve", "vsv"):
        text = _headline(demo, kpi)
        for _ in range(20):
            digits = [place for place, sign in enumerate(text) if sign.isdigit()]
            place = chance.choice(digits)
            other = chance.choice([d for d in "123456789" if d != text[place]])
            made += 1
            wrong = text[:place] + other + text[place + 1 :]
            seen += bool(contradictions(demo, kpi, "SWV", K4, f"Nu zijn het {wrong}."))
    assert seen / made >= 0.67


@pytest.mark.xdist_group("demo")
def test_the_figure_itself_is_never_asked_about(demo):
    for kpi in demo.kpis:
        text = _headline(demo, kpi)
        assert contradictions(demo, kpi, "SWV", K4, f"Nu is het {text}.") == [], text


@pytest.mark.xdist_group("demo")
def test_ordinary_sentences_are_not_asked_about_either(demo):
    alarms = [text for text in ORDINARY if contradictions(demo, "thuiszitters", "SWV", K4, text)]
    assert len(alarms) <= FALSE_ALARMS * len(ORDINARY), alarms


@pytest.mark.xdist_group("demo")
def test_plans_may_hold_numbers_that_are_no_figures_yet(demo):
    plan = {"what_we_do": "Wij willen naar 5 leerlingen, van 22 naar 5."}
    assert findings(demo, "thuiszitters", K4, "SWV", plan) == []
    (found,) = findings(demo, "thuiszitters", K4, "SWV", {"why": "Er zijn 43 leerlingen ziek."})
    assert not found.refuses
    assert "43 leerlingen" in found.message and "22 leerlingen" in found.message


@pytest.mark.xdist_group("demo")
def test_names_of_the_own_schools_are_no_persons(demo):
    text = "De Waterkant, Zilverberk Kader en Horizon Junior doen mee; Lindenhof niet."
    assert findings(demo, "ect", K4, "SWV", {"why": text}) == []


def _headline(demo, kpi):
    shown = results.overview(demo, "SWV", K4)
    return next(item.value_text for item in shown if item.kpi.id == kpi)
