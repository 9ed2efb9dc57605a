"""Random spells of a few pupils at schools that close, merge and change board: the laws that hold.

What is expected is counted day by day, from the spells and the organisation alone.
"""

from datetime import date, timedelta
from itertools import permutations

from closing_schools import CLOSED, board_on, counted, organisations, place_on, tree
from hand_made_tables import default_tables, rows_of
from hypothesis import given, settings
from hypothesis import strategies as st
from small_swv import EXAMPLES

BEGIN = date(2022, 8, 1)


def at_home(spells, day, chosen):
    """(pupil, kind, place) of everybody at home on a day, each in one kind.

    Of two kinds at once it is the chosen one, else the one that began last; on one day: AV.
    """
    found, best = set(), {}
    for one in spells:
        first = one["start_on"]
        if one["kind"] == "lrv":
            first = stay_of(spells, one) + timedelta(days=29)
        place = place_on(one["location_id"], day)
        if max(first, one["start_on"]) <= day < (one["end_on"] or date.max) and place:
            found.add((one["pupil_id"], one["kind"], place))
            rank = (one["kind"] == chosen, one["start_on"], one["kind"] == "av", one["kind"])
            best[one["pupil_id"]] = max(best.get(one["pupil_id"], rank), rank)
    return {item for item in found if item[1] == best[item[0]][-1]}


def stay_of(spells, one):
    """The first day of the spells that are tied together by this one and those before it."""
    first, changed = one["start_on"], True
    while changed:
        changed = False
        for other in spells:
            same = (other["pupil_id"], other["kind"]) == (one["pupil_id"], one["kind"])
            end = other["end_on"] or date.max
            if other["location_id"] == "L3":
                end = max(min(end, CLOSED), other["start_on"])
            if same and other["start_on"] < first <= end:
                first, changed = other["start_on"], True
    return first


DAYS = st.dates(date(2022, 9, 1), date(2024, 5, 30))
SPELL = st.builds(
    lambda pupil, location, kind, start, days: {
        "pupil_id": pupil, "location_id": location, "kind": kind, "start_on": start,
        "end_on": None if days is None else start + timedelta(days=days), "delivery_id": "d",
    },
    st.sampled_from("pq"), st.sampled_from(["L1", "L2", "L3"]), st.sampled_from(["av", "lrv"]),
    DAYS, st.none() | st.integers(1, 400),
)  # fmt: skip


@settings(max_examples=EXAMPLES * 3, deadline=None)
@given(st.lists(SPELL, max_size=6), st.sampled_from([None, "av", "lrv"]))
def test_a_pupil_counts_once_per_level_and_flows_explain_the_stock(spells, chosen):
    spells = [
        {**one, "row_id": str(number)}
        for number, one in enumerate(spells)
        if one["location_id"] == "L1" or one["start_on"] < date(2023, 8, 1)
    ]
    rows = rows_of(
        "thuiszitters",
        absence_spell=spells,
        organisation=organisations(),
        organisation_tree=tree(),
        delivery=[
            {
                "delivery_id": "d",
                "covers_from": BEGIN,
                "covers_to": date(2024, 6, 30),
            }
        ],
        chosen_kind=[
            {"row_id": one["row_id"], "other_row_id": other["row_id"]}
            for one, other in permutations(spells, 2)
            if one["pupil_id"] == other["pupil_id"] and chosen == one["kind"] != other["kind"]
        ],
    )
    quarters = [row for row in default_tables()["period"] if row["period_type"] == "kwartaal"]
    quarters.sort(key=lambda row: row["end_on"])
    levels = [("SWV", "swv"), ("B1", "bestuur"), ("B2", "bestuur"), ("L1", "locatie")]
    for kind in ("av", "lrv"):
        for name, level in levels:
            before = 0
            for quarter in quarters:
                period, day = quarter["period_id"], quarter["end_on"]
                stock, new, ended = (
                    counted(rows, measure, name, level, period, kind=kind)
                    for measure in ("stock", "new", "ended")
                )
                here = {
                    pupil
                    for pupil, own, place in at_home(spells, day, chosen)
                    if own == kind and name in ("SWV", place, board_on(place, day))
                }
                assert stock == len(here), (name, period, kind)
                assert before + new - ended == stock, (name, period, kind, before, new, ended)
                before = stock
    for name, level in levels:  # and whatever his kinds, a pupil is one
        for quarter in quarters:
            here = {
                pupil
                for pupil, _, place in at_home(spells, quarter["end_on"], chosen)
                if name in ("SWV", place, board_on(place, quarter["end_on"]))
            }
            both = [
                counted(rows, "stock", name, level, quarter["period_id"], kind=kind)
                for kind in ("av", "lrv")
            ]
            assert sum(both) == len(here), (name, quarter["period_id"])
