"""A number that is only known as "<5" is 0 to 4: what divides by it is a range and says so."""

from dataclasses import replace

import pytest
from handing_in import hand_in

from data.deliveries.store import Store
from kpi.figure import results
from kpi.figure.comparable import why_not
from kpi.figure.explain import explain
from kpi.figure.result import Leeway
from kpi.guard.guard import Audience, guard
from kpi.opening.opening import open_monitor
from kpi.view.absence import THUISZITTERS
from kpi.view.flow_analysis import NO_START, ONLY_FEW, FlowQuarter

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
COUNTS = """\
Vestiging;Kwartaal;Soort verzuim;Aantal op peildatum;Nieuw;Beëindigd;Langer dan 3 maanden;\
Langer dan 3 maanden zonder aanbod
90AA00;2023-2024-k1;AV;<5;0;0;0;0
90AA00;2023-2024-k1;LRV;7;<5;0;<5;1
90BB00;2023-2024-k1;AV;0;0;0;0;0
90BB00;2023-2024-k1;LRV;6;0;0;2;1
90CC00;2023-2024-k1;AV;0;0;0;0;0
90CC00;2023-2024-k1;LRV;2;0;0;<5;0
"""
AFTER = """\
Vestiging;Kwartaal;Soort verzuim;Aantal op peildatum;Nieuw;Beëindigd;Langer dan 3 maanden;\
Langer dan 3 maanden zonder aanbod
90AA00;{0};AV;0;0;0;0;0
90AA00;{0};LRV;7;0;0;0;0
90BB00;{0};AV;0;0;0;0;0
90BB00;{0};LRV;6;0;0;0;0
90CC00;{0};AV;0;0;0;0;0
90CC00;{0};LRV;2;0;0;0;0
"""
VSV = """\
Vestiging;Schooljaar;Aantal leerlingen;Aantal vsv'ers;Status;Naar mbo zonder diploma
90AA00;2022-2023;400;<5;definitief;<5
90BB00;2022-2023;<5;2;definitief;0
90CC00;2022-2023;500;5;definitief;
"""


@pytest.fixture(scope="module")
def monitor(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bereik")
    store = Store(folder / "store")
    for source, period, text in (
        ("locaties", None, LOCATIONS), ("leerlingen", "2022-2023", PUPILS),
        ("leerlingen", "2023-2024", PUPILS), ("opp", "2023-2024-k4", OPPS),
        ("verzuim_aantallen", "2023-2024-k1", COUNTS),
        ("verzuim_aantallen", "2023-2024-k2", AFTER.format("2023-2024-k2")),
        ("verzuim_aantallen", "2023-2024-k3", AFTER.format("2023-2024-k3")),
        ("vsv", "2022-2023", VSV),
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
    assert narrow.ends[0] < narrow.ends[1] == narrow.value


def test_the_ends_of_a_range_are_said_when_they_differ(monitor):
    shown = replace(opps(monitor, "SWV"), value=5.0, numerator=2, denominator=40)
    assert shown.ends == (pytest.approx(2 / 44 * 100), 5)
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


def at_home(monitor, organisation, measure="stock", segment=""):
    found = results.figure(monitor, "thuiszitters", organisation, "2023-2024-k1", measure, segment)
    return found.value_text


def test_a_number_of_pupils_that_holds_a_mark_is_a_range_at_every_level(monitor):
    assert at_home(monitor, "90AA00") == "7 tot 11 leerlingen"
    assert at_home(monitor, "90AA00", segment="kind=av") == "0 tot 4 leerlingen"
    assert at_home(monitor, "99902") == "8 leerlingen"
    assert at_home(monitor, "SWV") == "15 tot 19 leerlingen"
    assert at_home(monitor, "SWV", "new") == "0 tot 4 leerlingen"


def test_what_may_be_nobody_is_no_zero(monitor):
    found = results.figure(monitor, "thuiszitters", "SWV", "2023-2024-k1", "new", "")
    assert (found.state, found.value, found.numerator_more) == ("value", 0, 4)
    assert found.status_text.endswith("er telt een aantal <5 mee, dus dit is een bereik")


def test_a_part_is_no_more_than_its_whole(monitor):
    assert at_home(monitor, "90CC00", "over_3_months") == "0 tot 2 leerlingen"
    share = results.figure(monitor, "vsv", "90BB00", "2022-2023", "vsv_share", "")
    assert (share.numerator, share.denominator, share.ends) == (2, 2, (50, 100))


def test_a_share_can_have_a_mark_above_and_below(monitor):
    share = results.figure(monitor, "vsv", "SWV", "2022-2023", "vsv_share", "")
    assert share.value_text == "0,77% tot 1,22%"
    assert share.ends == (pytest.approx(700 / 904), pytest.approx(1100 / 902))
    went = results.figure(monitor, "vsv", "90AA00", "2022-2023", "mbo_without_diploma", "")
    assert went.value_text == "0 tot 4 leerlingen"


def test_a_share_that_went_is_never_more_than_everyone(monitor):
    """Of 2 who stay and <5 who went, 0 to 4 went: no 200%, though both sums hold the same mark."""
    share = monitor.kpis["thuiszitters"].measures["ended_share"]
    assert Leeway(2, 4, 4).ends(share, 0.0) == (0.0, 100.0)
    assert Leeway(10, 4, 0).ends(share, 50.0) == (pytest.approx(500 / 14), 50.0)


def test_who_could_go_holds_the_mark_of_who_is_there(monitor):
    """0 went, and 7 and <5 are still there."""
    found = results.figure(monitor, "thuiszitters", "90AA00", "2023-2024-k1", "ended_share")
    assert (found.numerator, found.denominator, found.denominator_more) == (0, 7, 4)


def test_nothing_is_concluded_from_a_range(monitor):
    found = results.figure(monitor, "thuiszitters", "SWV", "2023-2024-k1", "stock", "")
    assert not found.is_final
    before = replace(found, numerator_more=0)
    assert why_not(found, before) == why_not(before, found) == "mark"
    assert why_not(before, before) == ""


def test_no_bridge_is_drawn_over_a_range_and_it_says_why(monitor):
    whys = {"2023-2024-k1": NO_START, "2023-2024-k2": ONLY_FEW, "2023-2024-k3": ""}
    for period, why in whys.items():
        asked = FlowQuarter(THUISZITTERS, monitor, "SWV", monitor.periods[period])
        whole = [bridge for bridge in asked.bridges if bridge.subject == "Totaal"]
        assert [bridge.closes for bridge in whole] == ([] if why else [True]), period
        assert not why or asked.why_no_bridge == why


def test_a_range_that_may_be_small_is_hidden_from_others(monitor):
    wanted = [
        results.figure(monitor, "thuiszitters", organisation, "2023-2024-k1", "stock", segment)
        for organisation, segment in (("SWV", ""), ("90AA00", "kind=av"))
    ]
    made = guard(monitor, wanted, Audience.BUITEN)
    assert [made.of(one).value_text for one in wanted] == [
        "15 tot 19 leerlingen", "•, niet getoond",
    ]  # fmt: skip
    assert made.of(wanted[1]).numerator_more == 0


def test_every_row_says_what_it_adds(monitor):
    found = results.figure(monitor, "thuiszitters", "SWV", "2023-2024-k1", "stock", "kind=av")
    rows = [(row.organisation_id, row.numerator, row.numerator_more) for row in
            explain(monitor, found).rows]  # fmt: skip
    assert rows == [("90AA00", 0, 4), ("90BB00", 0, 0), ("90CC00", 0, 0)]
