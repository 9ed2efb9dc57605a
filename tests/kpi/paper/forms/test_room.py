"""The room a text takes: never less than real letters need."""

import pytest
from filled import WORDS
from PIL import ImageFont

from kpi.paper.forms.office import room

TEXTS = (
    WORDS,
    "Leerlingen die langer dan vier weken zonder geldige reden geen onderwijs volgen.",
    "KWARTAAL 3 VAN 2026: € 1.234.567,89 (−12,4 procentpunt) – “goed” & wel; 100%?",
    "wwwwwwwwwwMMMMMMMMMMiiiiiiiiii",
    "’t Hogeland, Ĳmuiden, Şahin, coördinatie, ↓ aantoonbaar beter ≈ gewoon ✓ ✗ •",
    "Sint-Maartenscollege, locatie Haren-Noord/Zuid",
)


@pytest.fixture(params=("Regular", "Bold"))
def face(request):
    """The letters Arial is replaced with, which are as wide; only where they are installed."""
    try:
        name = f"LiberationSans-{request.param}.ttf"
        return request.param == "Bold", ImageFont.truetype(name, 100)
    except OSError:
        pytest.skip("Liberation Sans ontbreekt; installeer fonts-liberation")


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_never_wider_than_estimated(text, face):
    bold, letters = face
    real = letters.getlength(text)
    assert real <= room.width(text, 100, bold) <= real * 1.35


def test_a_house_font_that_is_not_known_gets_more_room():
    assert room.width("Verzuim", 10, font="Verdana") > room.width("Verzuim", 10, font="Arial")


@pytest.mark.parametrize("wide", [40, 80, 150, 400, 900])
def test_lines_hold_what_really_fits_on_them(wide, face):
    bold, letters = face
    for text in TEXTS:
        assert _real_lines(text, wide, letters) <= room.lines(text, 12, wide, bold)


def _real_lines(text, wide, letters):
    """Greedy, as Office does it; letters are measured at 100 points and asked at 12."""
    count, line = 1, ""
    for word in room._WORDS.findall(text):
        if line and letters.getlength((line + word).rstrip()) * 0.12 > wide:
            count, line = count + 1, ""
        for sign in word:
            if line and letters.getlength(line + sign.strip()) * 0.12 > wide:
                count, line = count + 1, ""
            line += sign
    return count


def test_line_ends_of_a_person_count():
    assert room.lines("een\ntwee\n\nvier", 12, 500) == 4
    assert room.height("een\ntwee", 10, 500) == pytest.approx(2 * 10 * room.LINE_HEIGHT)


def test_a_text_that_fits_is_not_cut():
    assert room.cut("Kort en goed", 12, 500, 1) == "Kort en goed"


@pytest.mark.parametrize("most", [1, 2, 5])
def test_a_cut_text_fits_and_says_so(most):
    kept = room.cut(WORDS * 5, 12, 200, most)
    assert room.lines(kept, 12, 200) <= most
    assert kept.endswith("…")
    assert WORDS.startswith(kept[:-1]) or (WORDS * 5).startswith(kept[:-1])


def test_no_break_spaces_keep_words_together():
    assert room.longest_word("€\N{NO-BREAK SPACE}1.200", 12) == room.width(
        "€\N{NO-BREAK SPACE}1.200", 12
    )
