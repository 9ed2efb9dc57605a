"""What pages say about figures: signals first, nothing where nothing may be said, one scale."""

import pytest
from reading import listed, rows_of, said, shown

from kpi.figure import results
from kpi.meaning.choices import JudgedBy
from kpi.opening.opening import open_monitor
from kpi.record.deviations import deviations
from kpi.record.events import events
from kpi.verdict.judged import every_verdict, verdict
from kpi.verdict.judged import tested as judged_by
from kpi.verdict.verdict import Change, Goal, Method
from pages.shared.monitor import judged_monitor

ARROWS = {change.icon for change in Change if change.is_signal}


def by_name(table) -> dict[str, dict[str, str]]:
    """By the first line of the name of the row."""
    return {name.split("  \n")[0]: cells for name, cells in rows_of(table)}


def test_signals_stand_first_on_the_overview(visit, monitor):
    for quarter in ("k2", "k3", "k4"):
        app = visit("overzicht", schooljaar="2025-2026", kwartaal=quarter)
        words = [cells["Verandering"] for cells in by_name(app.table[0]).values()]
        signals = [word[0] in ARROWS for word in words]
        assert signals == sorted(signals, reverse=True)


def test_the_overview_says_in_one_sentence_what_needs_a_word(visit):
    app = visit("overzicht")
    sentence = next(shown(item.value) for item in app.markdown if "slechter" in item.value)
    assert "1 slechter, 1 beter, 1 hoger; 4 doelen niet gehaald, waarvan 1 bewust" in sentence
    assert "Nog niet compleet: Basisondersteuning en Thuiszitters" in sentence
    assert "mist nog" in sentence


def test_a_figure_that_is_not_complete_or_final_has_no_arrow(visit, monitor):
    """But for schools held against themselves: who is missing takes no part in that."""
    app = visit("overzicht")
    rows = by_name(app.table[0])
    last = [p for p in monitor.periods.values() if p.period_type == "kwartaal"][-1]
    for result in results.overview(monitor, "SWV", last.period_id):
        incomplete = result.provisional or not result.is_complete
        if incomplete and result.measure.judged_by is not JudgedBy.PAIRED:
            word = rows[f"{result.kpi.number} {result.kpi.label}"]["Verandering"]
            assert not ARROWS & set(word), result.kpi.id
            assert word.startswith(f"{Change.TOO_FEW.icon} {Change.TOO_FEW}")


@pytest.mark.parametrize("organisation", ["SWV", "90001", "94KL01"])
def test_that_there_is_no_verdict_is_said_once(seen, organisation):
    """Below it stands why; that no method was used is no reason."""
    app = seen("overzicht", organisatie=organisation, schooljaar="2023-2024", kwartaal="k3")
    for cells in by_name(app.table[0]).values():
        word, *below = cells["Verandering"].split("  \n")
        assert str(Method.NONE) not in below, cells


def test_every_word_on_the_overview_is_that_of_its_verdict(visit, monitor):
    app = visit("overzicht", schooljaar="2025-2026", kwartaal="k4")
    rows = by_name(app.table[0])
    for result in results.overview(monitor, "SWV", "2025-2026-k4"):
        cells = rows[f"{result.kpi.number} {result.kpi.label}"]
        change = judged_by(monitor, result)[1].finding.change
        assert cells["Verandering"].startswith(change.icon)
        assert str(change) in cells["Verandering"]
        assert cells["Zeker?"] == verdict(monitor, result).confidence.label


@pytest.mark.parametrize("kpi", ["thuiszitters", "vsv", "maatwerk", "tevredenheid", "reserve"])
def test_the_kpi_page_opens_with_its_verdict(visit, monitor, kpi):
    app = visit("kpi", kpi=kpi, schooljaar="2025-2026", kwartaal="k4")
    kind = app.session_state["keuze_per"]
    series = [
        result
        for result in results.trend(monitor, kpi, "SWV", None, "", kind)
        if result.period.needed_to <= monitor.periods["2025-2026-k4"].end_on
    ]
    found = verdict(monitor, series[-1])
    text = said(app)
    assert found.sentence in text
    assert found.goal.sentence in text
    assert found.confidence.label in text
    assert text.index(found.sentence) < text.index("Waarom dit telt")


@pytest.mark.parametrize("measure", ["mark", "forms", "response"])
def test_while_forms_come_back_a_figure_is_provisional_and_not_judged(visit, measure):
    quarter = {"per": "kwartaal", "schooljaar": "2026-2027", "kwartaal": "k1"}
    app = visit("kpi", kpi="tevredenheid", meting=measure, **quarter)
    assert "voorlopig: er kunnen nog formulieren terugkomen" in said(app)
    assert "Nog geen oordeel: het cijfer is voorlopig." in said(app)
    last, before = list(by_name(listed(app).table[0]).values())[:2]
    assert "voorlopig" in last["Cijfer"] and "voorlopig" not in before["Cijfer"]


def test_the_column_on_the_right_has_a_fixed_order(visit):
    for kpi in ("thuiszitters", "vsv", "reserve"):
        text = said(visit("kpi", kpi=kpi))
        places = [
            text.index(heading)
            for heading in ("Waarom dit telt", "Wat zien we", "Betrouwbaarheid", "Verwachting",
                            "Verder kijken")
        ]  # fmt: skip
        assert places == sorted(places)


def test_the_table_holds_what_the_chart_draws(visit):
    app = listed(visit("kpi", kpi="maatwerk", schooljaar="2025-2026", kwartaal="k4"))
    rows = by_name(app.table[0])
    drawn = [cells for cells in rows.values() if "gemiddeld" in cells["Gewone schommeling"]]
    # the limits hold for the unbroken stretch only, and that may start after the first quarter
    assert len(drawn) >= 13
    assert any("corona" in cells["Gebeurtenis"] for cells in rows.values())


def test_without_limits_there_is_no_column_for_them(visit):
    app = listed(visit("kpi", kpi="thuiszitters", meting="stock"))
    assert "Gewone schommeling" not in next(iter(by_name(app.table[0]).values()))


def test_locations_are_compared_by_name_and_never_ranked(visit):
    app = visit("kpi", kpi="vsv", schooljaar="2025-2026", kwartaal="k1")
    text = said(app)
    assert "Dit is geen oordeel over de kwaliteit van een school." in text
    assert not {"rang", "slechtste", "beste"} & set(text.lower().split())


def test_the_explanation_lists_every_word(visit):
    app = visit("uitleg")
    cells = {name for table in app.table for name in by_name(table)}
    for item in (*Change, *Goal):
        assert f"{item.icon} {item}" in cells
    assert set(map(str, Method)) <= cells


def test_figures_are_judged_before_a_page_asks(visit, monitor):
    found = judged_monitor()
    assert found is monitor
    judged = {key: len(periods) for key, periods in every_verdict(found).items()}
    for page in ("overzicht", "kpi"):
        visit(page)
    assert {key: len(periods) for key, periods in found.verdicts.items()} == judged


def fill(app, **texts):
    for label, text in texts.items():
        next(item for item in app.text_input if item.label == label).set_value(text)


def send(app, place):
    [item for item in app.button if item.label == "Leg vast"][place].click()
    return app.run()


def opened(visit, kpi):
    """The page with the fold-out of the forms open."""
    app = visit("kpi", kpi=kpi)
    app.session_state["vastleggen"] = True
    return app.run()


def test_a_deviation_is_put_on_record_with_its_end(own, visit):
    app = opened(visit, "reserve")
    before = len(deviations(open_monitor()))
    fill(app, **{"Waarom?": "Verbouwing", "Wie gaat hierover?": "Directeur"})
    since, until = (item for item in app.text_input if item.label in ("Vanaf", "Tot en met"))
    since.set_value("01-02-2025")
    until.set_value("31-12-2027")
    app = send(app, 0)
    assert not app.exception
    assert "bewust niet gehaald tot en met 31 december 2027" in shown(app.success[0].value)
    assert len(deviations(open_monitor())) == before + 1


def test_what_is_wrong_in_a_form_is_said_at_once_in_dutch(own, visit):
    app = opened(visit, "reserve")
    next(item for item in app.text_input if item.label == "Vanaf").set_value("1 mei")
    errors = shown(send(app, 0).error[0].value)
    assert "“1 mei” is geen datum" in errors
    assert "Schrijf op waarom" in errors and "wie hierover gaat" in errors


def test_a_target_takes_dutch_numbers_and_refuses_others(own, visit):
    app = opened(visit, "vsv")
    fill(app, **{"Waarde of percentage": "1.5", "Vastgesteld door": "ALV"})
    assert "is geen getal" in shown(send(app, 1).error[0].value)
    fill(app, **{"Waarde of percentage": "0,5", "Geldt vanaf": "01-08-2026"})
    app = send(app, 1)
    assert not app.error
    assert "Vastgelegd" in app.success[0].value


def test_an_event_comes_in_the_chart(own, visit):
    app = opened(visit, "ect")
    fill(app, **{"Wat gebeurde er?": "Nieuw registratiesysteem", "Op, of vanaf": "15-01-2025"})
    app = send(app, 2)
    assert not app.exception
    assert any(e.label == "Nieuw registratiesysteem" for e in events(open_monitor(), "ect"))
    assert "Nieuw registratiesysteem, 15 januari 2025" in said(app)
    fill(app, **{"Waarom neemt u dit terug?": "Verkeerde dag"})
    next(item for item in app.button if item.label == "Neem terug").click()
    assert "Teruggenomen" in app.run().success[0].value
    assert not any(e.label == "Nieuw registratiesysteem" for e in events(open_monitor(), "ect"))
