"""The KPI page shows what should move the figure, what was promised and what was said, in time."""

from dataclasses import replace
from decimal import Decimal

from reading import listed, shown

from kpi.opening.opening import open_monitor
from kpi.plans.activities import activities, put_activity, take_back
from kpi.plans.activity import Direction, Effect

JUNE = {"kpi": "thuiszitters", "schooljaar": "2025-2026", "kwartaal": "k4"}
ROUTE = "jaarplan-2023-2024-1.1"
NOTHING = "niets in het jaarplan en op de lijst"


def in_time(app):
    """The table behind the drawing."""
    return next(
        (table.value for table in listed(app).table if table.value.index.name == "Wanneer"), None
    )


def said(app):
    return " ".join(shown(item.value) for item in app.markdown)


def test_activities_promises_and_words_stand_in_one_table_the_newest_first(visit, monitor):
    app = visit("kpi", **JUNE)
    assert not app.exception
    assert "In de tijd" in [item.value for item in app.header]
    rows = [shown(cell) for cell in in_time(app)["Wat"]]
    kinds = [row.partition("  \n")[0] for row in rows]
    linked = [item for item in activities(monitor) if "thuiszitters" in item.kpis]
    assert kinds.count("Activiteit") == len(linked) == 14
    assert {"Duiding", "Toezegging"} <= set(kinds)
    assert kinds.index("Duiding") < kinds.index("Activiteit")


def test_an_earlier_quarter_does_not_show_what_came_later(visit):
    assert shown(_words(in_time(visit("kpi", **JUNE)))[0]) == "juni 2026"
    earlier = in_time(visit("kpi", **JUNE | {"kwartaal": "k3"}))
    assert [shown(name) for name in _words(earlier)] == ["mrt 2026"]
    assert not len(_words(in_time(visit("kpi", **JUNE | {"kwartaal": "k2"}))))


def test_a_board_has_nothing_of_the_partnership_as_a_whole(visit, monitor):
    board = next(o for o in monitor.organisations.values() if o.organisation_type == "bestuur")
    app = visit("kpi", **JUNE, organisatie=board.organisation_id)
    assert not app.exception
    assert in_time(app) is None
    assert NOTHING in said(app)


def test_an_expected_effect_is_checked_with_what_was_known_then(visit, monitor):
    item = next(one for one in activities(monitor) if one.id == ROUTE)
    effect = Effect("thuiszitters", Direction.DOWN, Decimal(5), "2024-06")
    put_activity(monitor, replace(item, effect=effect), "Bureau", names_checked=True)
    try:
        found = {quarter: _effects(visit("kpi", **JUNE | {"kwartaal": quarter}))
                 for quarter in ("k1", "k4")}  # fmt: skip
    finally:
        take_back(open_monitor(), ROUTE, "Bureau", "proef")
    assert "juli 2022 t/m juni 2023 naast juli 2024 t/m juni 2025" in found["k1"]
    assert "5 leerlingen minder hadden wij waarschijnlijk gezien" in found["k4"]
    assert "Andere oorzaken zijn ook mogelijk." in found["k4"]
    assert "juli 2021 t/m juni 2023 naast juli 2024 t/m juni 2026" in found["k4"]


def test_an_effect_on_another_kpi_stands_on_the_page_of_that_one(visit, monitor):
    item = next(one for one in activities(monitor) if one.id == ROUTE)
    effect = Effect("maatwerk", Direction.DOWN, Decimal(5), "2024-06")
    put_activity(monitor, replace(item, effect=effect), "Bureau", names_checked=True)
    try:
        kinds = [shown(cell) for cell in in_time(visit("kpi", **JUNE))["Wat"]]
        assert not [kind for kind in kinds if kind.startswith("Verwacht effect")]
        assert "verwijzingen per kwartaal" in _effects(visit("kpi", **JUNE | {"kpi": "maatwerk"}))
    finally:
        take_back(open_monitor(), ROUTE, "Bureau", "proef")


def _words(rows):
    return [when for when, cell in rows["Wat"].items() if shown(cell).startswith("Duiding")]


def _effects(app):
    found = [shown(cell) for cell in in_time(app)["Wat"]]
    (effect,) = [cell for cell in found if cell.startswith("Verwacht effect")]
    return effect
