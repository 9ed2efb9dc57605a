"""A number that is only known as "<5" is 0 to 4: what divides by it is a range and says so."""

from dataclasses import replace

import pytest
from handing_in import hand_in

from data.deliveries.store import Store
from kpi.figure import results
from kpi.opening.opening import open_monitor

LOCATIONS = """\
Vestiging;Naam vestiging;Soort onderwijs;Bestuursnummer;Naam bestuur
90AA00;School AA00;vo;99901;Bestuur 1
90BB00;School BB00;pro;99902;Bestuur 2
90CC00;School CC00;vo;99902;Bestuur 2
"""
PUPILS = """\
Vestiging;Peildatum;Soort onderwijs;Aantal leerlingen;Voorlopig
90AA00;01-10-2022;vo;40;nee
90BB00;01-10-2022;;<5;nee
90CC00;01-10-2022;;2.000;nee
90AA00;01-10-2023;vo;40;nee
90BB00;01-10-2023;;<5;ja
90CC00;01-10-2023;;2.000;nee
"""
OPPS = """\
Leerlingnummer;Vestiging;Begindatum OPP;Einddatum OPP
1;90AA00;01-09-2021;
2;90AA00;01-09-2021;
3;90BB00;01-09-2021;
4;90CC00;01-09-2021;
5;90AA00;01-09-2020;31-12-2021
"""


@pytest.fixture(scope="module")
def monitor(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bereik")
    store = Store(folder / "store")
    for source, period, text in (
        ("locaties", None, LOCATIONS), ("leerlingen", "2022-2023", PUPILS),
        ("leerlingen", "2023-2024", PUPILS), ("opp", "2023-2024-k4", OPPS),
    ):  # fmt: skip
        path = folder / f"{source}.csv"
        year = (period or "")[:4]
        lines = [one for one in text.splitlines() if source != "leerlingen" or year in one[:18]]
        head = [] if source != "leerlingen" else text.splitlines()[:1]
        path.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")
        hand_in(store, path, period, source)
    return open_monitor(store=store.path, profile="groningen_stad")


def opps(monitor, organisation, period="2022-2023", segment=""):
    return results.figure(monitor, "opp", organisation, period, "opp_per_100", segment)


def test_a_sum_with_a_mark_is_a_range_at_every_level(monitor):
    whole = opps(monitor, "SWV")
    assert (whole.numerator, whole.denominator, whole.denominator_more) == (4, 2040, 4)
    board = opps(monitor, "99902")
    assert (board.numerator, board.denominator, board.denominator_more) == (2, 2000, 4)
    assert opps(monitor, "99901").denominator_more == 0


def test_a_range_that_reads_the_same_is_one_number_with_the_remark(monitor):
    shown = opps(monitor, "SWV")
    assert shown.value_text == "0,2 OPP's"
    assert shown.status_text == "er telt een aantal <5 mee, dus dit is een bereik"
    assert opps(monitor, "99901").status_text == ""


def test_a_range_is_shown_with_both_ends(monitor):
    share = results.figure(monitor, "opp", "SWV", "2022-2023", "opp_per_100", "school_type=pro")
    assert share.value is None
    assert share.value_text == "n.v.t."
    narrow = opps(monitor, "99902")
    assert narrow.least < narrow.value


def test_the_ends_of_a_range_are_said_when_they_differ(monitor):
    shown = replace(opps(monitor, "SWV"), value=5.0, numerator=2, denominator=40)
    assert shown.least == pytest.approx(2 / 44 * 100)
    assert shown.value_text == "4,5 tot 5,0 OPP's"
    assert shown.short_text == "4,5 tot 5,0"


def test_a_provisional_mark_says_both(monitor):
    text = opps(monitor, "SWV", "2023-2024").status_text
    assert text == "voorlopig; er telt een aantal <5 mee, dus dit is een bereik"


@pytest.mark.parametrize(
    ("kpi", "measure"),
    [
        ("verwijzingen_vso", "referral_share"), ("verwijzingen_vso", "entrant_share"),
        ("verwijzingen_vso", "entrants_by_school"), ("deelname_vso", "participation_dpo"),
        ("deelname_vso", "participation_inspectie"), ("opp", "opp_per_100"),
    ],
)  # fmt: skip
def test_every_division_by_pupils_carries_the_mark(monitor, kpi, measure):
    rows = monitor.database.rows(
        f"select sum(denominator_more) as more from ({monitor.kpis[kpi].sql})"
        " where measure = ? and period_id = '2022-2023'",
        [measure],
    )
    assert rows == [{"more": 4}]
