"""What a name says of the quarter, though not in full, is held to the quarter that was chosen."""

import pytest
from claim_world import NORTH, Bureau, asked, spell
from hypothesis import given
from hypothesis import strategies as st

from data.calendar import Calendar
from data.gate.claim import Answers
from data.gate.convert import half_said, periods_in_text

CALENDAR = Calendar()
QUARTERS = [f"2025-2026-k{number}" for number in (1, 2, 3, 4)]  # closes in 09, 12, 03, 06
# What a name says → the quarters of 2025-2026 that it can mean; "" when it says nothing.
NAMES = {
    # by its number: of the school year or of the calendar year
    "verzuim_k1.xlsx": "k1 k3",
    "verzuim K2": "k2 k4",
    "Q3": "k1 k3",
    "verzuim-q4.csv": "k2 k4",
    "verzuim kwartaal 1": "k1 k3",
    "kwartaal_2": "k2 k4",
    "kw 4": "k2 k4",
    "1e kwartaal": "k1 k3",
    "1ste kwartaal": "k1 k3",
    "2de kw": "k2 k4",
    "derde kwartaal": "k1 k3",
    "Vierde kwartaalrapportage": "k2 k4",
    "k1-k2": "k1 k2 k3 k4",
    # with a calendar year: of that year, or the quarter of the school year that falls in it
    "eerste kwartaal 2025": "k1",
    "kwartaal 1 2026": "k3",
    "verzuim 4e kwartaal 2025": "k2",
    "Q2 2025": "k2",
    "k2 van 2026": "k4",
    "kwartaal 3 2025": "k1",
    "kwartaal 1 2024": "none",
    # by a month: one that closes a quarter is that quarter, another one may be when it was made
    "thuiszitters maart": "k3",
    "thuiszitters sept": "k1",
    "december": "k2",
    "JUNI": "k4",
    "verzuim okt": "k1 k2",
    "verzuim_mei": "k3 k4",
    "aug-dec": "k1 k2 k4",
    "november 2025": "k1 k2",
    "jan 2026": "k1 k2 k3",
    "mei 2025": "none",
    # in full: with the school year beside it
    "1e kwartaal 2526": "k1",
    "eerste kwartaal 2025-2026": "k1",
    "kwartaal 3 25-26": "k3",
    "dec 2025 k3": "k1 k2 k3",
    # nothing
    "blok1": "", "blok 1": "", "90AK1": "", "77k100": "", "klas 2k3": "", "ak1 lijst": "",
    "2e klas": "", "1e keer": "", "k5": "", "q 12": "", "verzuim": "", "lijst Jan": "",
    "marter": "", "decaan": "", "septet": "", "meisjes": "", "april-mavo 2025-2026": "k3 k4",
    "Blad1": "", "": "", "k1a": "", "verzuim 2025-2026": "", "export 03-02-2026": "",
}  # fmt: skip


def possible(name: str) -> set[str]:
    """The quarters that a name can mean; all of them when it says nothing."""
    found = set()
    for period_id in QUARTERS:
        chosen = CALENDAR.parse(period_id)
        said = [fits for _, fits in half_said(name, chosen, CALENDAR)]
        full = [p for p in periods_in_text(name, CALENDAR) if "-k" in p]
        if (not said and not full) or any(said) or period_id in full:
            found.add(period_id[-2:])
    return found


@pytest.mark.parametrize(("name", "meant"), NAMES.items())
def test_a_name_means_these_quarters_and_no_other(name, meant):
    assert possible(name) == set(meant.replace("none", "").split() or ["k1", "k2", "k3", "k4"]) or (
        meant == "none" and not possible(name)
    )


@given(
    st.sampled_from(["k", "q", "kw", "kwartaal"]),
    st.sampled_from(["", " ", "-", "_"]),
    st.integers(1, 4),
    st.sampled_from(["verzuim ", "verzuim_", "(", ""]),
    st.sampled_from([".xlsx", "", " definitief", ")", "_v2"]),
)
def test_a_number_beside_the_word_is_read_however_it_is_written(word, gap, number, before, after):
    expected = possible(f"kwartaal {number}")
    assert len(expected) == 2
    assert possible(f"{before}{word}{gap}{number}{after}") == expected


@given(st.text(max_size=40), st.sampled_from(QUARTERS))
def test_any_text_may_be_searched_for_quarters(text, period_id):
    list(half_said(text, CALENDAR.parse(period_id), CALENDAR))


@pytest.mark.parametrize(
    ("name", "period", "told"),
    [
        ("verzuim_k1.csv", "2023-2024-k2", "“k1”"),
        ("thuiszitters maart.csv", "2023-2024-k2", "“maart”"),
        ("eerste kwartaal 2023.csv", "2023-2024-k2", "“eerste kwartaal 2023”"),
        ("1e kwartaal 2324.csv", "2023-2024-k2", "sept 2023"),
        ("sept 2023 k1.csv", "2023-2024-k2", "sept 2023"),
        ("verzuim_k2.csv", "2023-2024-k2", ""),
        ("verzuim 4e kwartaal 2023.csv", "2023-2024-k2", ""),
        ("verzuim dec 2023 bijlage q1.csv", "2023-2024-k2", ""),
    ],
)
def test_a_name_that_contradicts_the_choice_is_asked_once(tmp_path, name, period, told):
    bureau = Bureau(tmp_path, [NORTH])
    header = ("Leerlingnummer", "Vestiging", "Soort verzuim", "Begindatum", "Einddatum")
    result = bureau.give("verzuim", header, [spell(1)], period, name=name)
    assert asked(result) == (["sure"] if told else [])
    if told:
        text = result.claim.doubts[0].text
        assert text.startswith(f"U koos dec 2023, maar “{name}” noemt ") and told in text
        sure = Answers(sure=True)
        assert bureau.give("verzuim", header, [spell(1)], period, sure, name).accepted
