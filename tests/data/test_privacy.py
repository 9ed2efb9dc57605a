"""Personal data are seen, pupil numbers replaced, birth dates reduced to two legal dates."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.privacy import (
    compulsory_until,
    is_bsn,
    masked,
    personal_column,
    personal_text,
    pseudonym,
    qualification_until,
)


def bsn(chance: random.Random) -> str:
    """A made-up number that passes the eleven test."""
    while True:
        digits = [chance.randrange(10) for _ in range(8)]
        last = sum(w * d for w, d in zip(range(9, 1, -1), digits, strict=True)) % 11
        if last < 10 and any(digits):
            return "".join(map(str, [*digits, last]))


@pytest.mark.parametrize("number", ["111222333", "123456782"])
def test_the_eleven_test_accepts_a_bsn(number):
    assert is_bsn(number)


@pytest.mark.parametrize(
    "number", ["111222334", "000000000", "12345678", "1234567820", "12345678x"]
)
def test_the_eleven_test_refuses_other_numbers(number):
    assert not is_bsn(number)


@given(st.integers(0, 10**9))
def test_a_bsn_with_one_wrong_digit_is_no_bsn(seed):
    chance = random.Random(seed)
    number = bsn(chance)
    place = chance.randrange(9)
    other = str((int(number[place]) + chance.randrange(1, 10)) % 10)
    assert not is_bsn(number[:place] + other + number[place + 1 :])


@given(
    st.integers(0, 10**9),
    st.sampled_from(["{}", "bsn {}", "{} (Jan)", "nr:{};", "leerling {}."]),
    st.sampled_from(["", ".", " ", "-"]),
)
def test_a_bsn_in_a_text_is_found(seed, text, sign):
    number = bsn(random.Random(seed))
    written = sign.join([number[:3], number[3:6], number[6:]])
    assert personal_text(text.format(written)) == "een burgerservicenummer (BSN)"


@pytest.mark.parametrize("text", ["jan@school.nl", "mail: j.de-boer+x@sub.school.nl!", "<a@b.nl>"])
def test_an_email_address_in_a_text_is_found(text):
    assert personal_text(text) == "een e-mailadres"


@pytest.mark.parametrize(
    "text",
    [
        "0612345678",
        "+31 6 12345678",
        "NL91 ABNA 0417 1643 00",
        "1111222333",
        "€ 111.222.333,50",
        "2023-2024",
        "klas 3 @ school",
        "Vrije School (V)SO, 9405 HX",
        "111222334",
    ],
)
def test_other_texts_are_left_alone(text):
    assert personal_text(text) == ""


@pytest.mark.parametrize(
    "header",
    ["BSN", "Burgerservicenummer", "Achternaam", "Voornaam leerling", "Geboortedatum", "Geb.datum"]
    + ["GEBDAT", "Naam leerling", "Leerlingnaam", "Roepnaam", "Ouder 1", "Naam ouder", "PGN"],
)
def test_a_header_of_a_person_is_seen_in_every_file(header):
    assert personal_column(header, [], about_pupils=False) == "naam van de kolom"


@pytest.mark.parametrize("header", ["Naam", "Postcode", "Telefoonnummer", "E-mail", "Geslacht"])
def test_an_address_is_personal_in_a_list_of_pupils_only(header):
    assert personal_column(header, [], about_pupils=True)
    assert not personal_column(header, [], about_pupils=False)


@pytest.mark.parametrize("header", ["Schoolnaam", "Leerjaar", "Plaatsnaam", "Aantal", "Soort"])
def test_other_headers_are_left_alone(header):
    assert not personal_column(header, ["x", 12, 2023], about_pupils=True)


def test_a_column_is_personal_by_what_it_holds():
    chance = random.Random(1)
    numbers = [bsn(chance) for _ in range(20)]
    assert "BSN" in personal_column("nr", numbers, about_pupils=False)
    assert "BSN" in personal_column("nr", [int(n) for n in numbers], about_pupils=False)
    assert "BSN" in personal_column("nr", [float(n) for n in numbers], about_pupils=False)
    assert "e-mail" in personal_column("contact", ["x", "a@b.nl"], about_pupils=False)
    assert "BSN" in personal_column("iets", ["over 111222333 gebeld"], about_pupils=False)
    by_chance = [str(100_000_000 + n) for n in range(200)]
    assert not personal_column("nr", by_chance, about_pupils=False)


@pytest.mark.parametrize(
    ("birth", "until"),
    [
        (date(2007, 7, 31), date(2023, 7, 31)),
        (date(2007, 8, 1), date(2024, 7, 31)),
        (date(2007, 12, 31), date(2024, 7, 31)),
        (date(2008, 1, 1), date(2024, 7, 31)),
        (date(2008, 2, 29), date(2024, 7, 31)),
    ],
)
def test_leerplicht_ends_with_the_school_year_of_the_sixteenth_birthday(birth, until):
    assert compulsory_until(birth) == until


@pytest.mark.parametrize(
    ("birth", "until"),
    [
        (date(2006, 9, 1), date(2024, 9, 30)),
        (date(2006, 9, 30), date(2024, 9, 30)),
        (date(2006, 2, 10), date(2024, 2, 29)),
        (date(2004, 2, 29), date(2022, 2, 28)),
    ],
)
def test_kwalificatieplicht_is_kept_to_the_month(birth, until):
    assert qualification_until(birth) == until


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_both_dates_hold_for_every_birth_date(birth):
    until = compulsory_until(birth)
    assert (until.month, until.day) == (7, 31)
    # Sixteen at the end of that school year, and not yet at the end of the year before.
    assert until.year - birth.year - ((birth.month, birth.day) > (7, 31)) == 16
    month_end = qualification_until(birth)
    assert (month_end + timedelta(days=1)).day == 1
    assert (month_end.year, month_end.month) == (birth.year + 18, birth.month)


def test_a_pseudonym_depends_on_the_number_and_the_secret_only():
    code = pseudonym("00123", b"een")
    assert code == pseudonym("123", b"een") == pseudonym(" 12 3", b"een")
    assert code != pseudonym("123", b"twee")
    assert code != pseudonym("1230", b"een")
    assert pseudonym("a1", b"een") == pseudonym("A1", b"een")
    assert pseudonym("0", b"een") == pseudonym("000", b"een")


def test_what_is_masked_cannot_be_read():
    assert masked("111222333") == "11•••••••"
    assert masked("a") == "a"
