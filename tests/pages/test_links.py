"""Addresses and names that end up in Markdown."""

import re

import pytest

from pages.shared.links import address
from pages.shared.text import link, picture, plain

HOSTILE = (
    "![x](https://example.org/x.png)",
    "[klik](https://example.org)",
    "<img src=https://example.org/x.png>",
    "**vet** en `code` en $som$",
    ":red[rood] :material/warning:",
    "| tabel | cel |",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_every_sign_with_a_meaning_in_markdown_is_escaped(name):
    escaped = plain(name)
    assert re.sub(r"\\(.)", r"\1", escaped).replace("\N{WORD JOINER}", "") == name
    assert "http:" not in escaped and "https" not in escaped, "the browser would make it a link"
    assert not re.search(r"(?<!\\)[!\[\]()<>*`$:|_#~]", escaped)


def test_a_name_cannot_leave_its_table_cell():
    assert "\n" not in plain("eerste regel\n\n# kop")


def test_a_link_shows_a_hostile_name_as_text():
    assert link("a](https://example.org) [b", "kpi?kpi=opp").endswith(r"\[b](kpi?kpi=opp)")


def test_a_picture_tells_its_sentence():
    assert picture("van 3 naar 4", "data:image/svg+xml;base64,AA") == (
        "![van 3 naar 4](data:image/svg+xml;base64,AA)"
    )


def test_an_address_holds_every_choice_that_was_made():
    assert address("kpi", kpi="opp", organisatie="90AA00", meting="") == (
        "kpi?kpi=opp&organisatie=90AA00"
    )


def test_an_address_survives_signs_with_a_meaning_of_their_own():
    assert address("kpi", deel="kind=av,duration=x") == "kpi?deel=kind%3Dav%2Cduration%3Dx"
