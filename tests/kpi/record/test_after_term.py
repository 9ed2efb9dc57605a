"""What applies after the term of a target: asked until the bureau decides, then kept to."""

from datetime import date
from decimal import Decimal

import pytest
from copies import copy_with_figures

from kpi.figure import results
from kpi.meaning.choices import PeriodType
from kpi.meaning.target import AfterTerm, Target, TargetKind
from kpi.opening.opening import forget, open_monitor, reload_if_changed
from kpi.paper.texts import asked_decisions
from kpi.record.after_term import decide_after_term, rule_to_decide, term_decisions
from kpi.record.taken_back import on_record, take_back
from kpi.record.targets import set_target
from kpi.record.typed import record_after_term, record_target
from kpi.register import Refused
from kpi.verdict.judged import verdict
from kpi.verdict.verdict import Goal
from kpi.view.goals import target_card
from kpi.view.overview import overview

LRV = ("thuiszitters", "SWV", "2025-2026", "persons", "kind=lrv")
QUARTER = "2025-2026-k4"
DAY = date(2026, 6, 11)


@pytest.fixture(scope="module")
def opened(demo, tmp_path_factory):
    """The made-up SWV on a store to write in."""
    folder = copy_with_figures(demo, tmp_path_factory.mktemp("looptijd") / "store")
    yield open_monitor(store=folder, profile="groningen_stad", demo=True)
    forget(folder)


@pytest.fixture
def written(opened):
    """The same for one test: what it puts on record is taken back after it."""
    before = {item.text for item in about(opened)}
    yield reload_if_changed(opened)
    for item in about(opened):
        if item.text not in before:
            take_back(opened, item, "Opgeruimd", "Toets")


def about(monitor):
    now = reload_if_changed(monitor)
    return on_record(now, now.kpis["thuiszitters"])


def lrv(monitor):
    return results.figure(monitor, *LRV)


def standing(monitor):
    """How that target stands on the overview, and its line."""
    lines = overview(monitor, "SWV", monitor.periods[QUARTER]).lines
    line = next(line for line in lines if line.result.kpi.id == "thuiszitters")
    return next(item for item in line.targets if item.result.segment == "kind=lrv"), line, lines


def asked_about(lines):
    """What the ALV is asked to decide, and what it is told that was decided."""
    tables = {table.title: table.rows for table in asked_decisions(lines).tables}
    asked = [row[2].text for row in tables["Te beslissen"] if "(LRV)" in row[1].text]
    known = tables.get("Wat na de looptijd van een doel geldt", ())
    return asked, [row[2].text for row in known]


def decide(monitor, choice, **more):
    given = {"body": "ALV", "decided_on": DAY, "reason": "Het pact is voorbij", "author": "Bureau"}
    decide_after_term(monitor, lrv(monitor), choice, **{**given, **more})
    return reload_if_changed(monitor)


def test_until_it_is_decided_nothing_is_held_against_the_target_and_it_is_asked(written):
    found, line, lines = standing(written)
    now = lrv(written)
    assert (now.target, now.gap, now.reached) == (None, None, None)
    assert rule_to_decide(now).about == ("thuiszitters", "persons", "kind=lrv")
    assert found.goal.goal is Goal.ENDED_MISSED and found.is_open
    asked, known = asked_about(lines)
    assert len(asked) == 1 and asked[0].startswith("Wat geldt nu: ")
    assert not known
    assert dict(target_card(written, now).lines)["Na de looptijd"] == "nog niet besloten"


def test_a_target_that_stays_is_a_norm_for_every_year(written):
    again = decide(written, AfterTerm.STAYS)
    now = lrv(again)
    assert (now.target, now.reached, now.ended) == (15, False, None)
    assert verdict(again, now).goal.sentence == (
        "Het doel is niet gehaald: gevraagd was hoogstens 15 leerlingen."
    )
    found, line, lines = standing(again)
    assert found.goal.goal is Goal.MISSED and not found.is_open and line.needs_word
    asked, known = asked_about(lines)
    assert asked == ["Wat gaan wij anders doen, of passen wij het doel aan?"]
    (told,) = known
    assert told.startswith(
        "wat het laatst gevraagd was, blijft gelden (ALV, 11 juni 2026: Het pact is voorbij). "
        "Vastgelegd door Bureau, "
    )
    assert dict(target_card(again, now).lines)["Na de looptijd"] == told


def test_a_target_that_lapses_asks_for_no_word_any_more(written):
    assert "5 doelen niet gehaald" in overview(written, "SWV", written.periods[QUARTER]).sentence
    again = decide(written, "lapses", reason="")
    now = lrv(again)
    assert now.target is None and now.ended.text == "liep tot juli 2024, vervallen"
    found, line, lines = standing(again)
    assert found.goal.goal is Goal.ENDED_MISSED  # how it stood then stays so
    assert not (found.is_missed or found.asks_change or found.is_open)
    assert "4 doelen niet gehaald" in overview(again, "SWV", again.periods[QUARTER]).sentence
    asked, known = asked_about(lines)
    assert not asked and known[0].startswith("het doel vervalt (ALV, 11 juni 2026). ")


def test_a_new_target_takes_over_and_is_about_the_period_it_was_set_for(written):
    texts = {
        "kind": "at_most", "amount": "30", "base_period": "", "method": "linear", "steps": "",
        "from": "01-08-2025", "until": "", "origin": "ALV", "document": "",
    }  # fmt: skip
    record_target(written, lrv(written), texts, "Bureau")
    again = reload_if_changed(written)
    assert lrv(again).target == 30 and lrv(again).ended is None
    assert lrv(again).target_rule.period_type is PeriodType.SCHOOLJAAR
    quarter = results.figure(again, "thuiszitters", "SWV", QUARTER, "persons", "kind=lrv")
    assert quarter.target is None and not quarter.has_target
    year = results.figure(again, "thuiszitters", "SWV", "2025", "persons", "kind=lrv")
    assert year.target is None and not year.has_target


def test_a_target_is_about_the_usual_period_when_nobody_says_another(written):
    given = {"amount": Decimal(20), "valid_from": date(2025, 8, 1), "origin": "ALV"}
    set_target(written, Target("thuiszitters", "stock", TargetKind.AT_MOST, **given), "Bureau")
    again = reload_if_changed(written)
    asked = {
        period: results.figure(again, "thuiszitters", "SWV", period, "stock").target
        for period in (QUARTER, "2025-2026", "2025")
    }
    assert asked == {QUARTER: 20, "2025-2026": None, "2025": None}


def test_it_can_be_decided_again_and_taken_back(written):
    again = decide(decide(written, "lapses"), AfterTerm.STAYS)
    (found,) = term_decisions(again)
    assert found.choice is AfterTerm.STAYS
    (item,) = (i for i in on_record(again, again.kpis["thuiszitters"]) if "looptijd" in i.text)
    take_back(again, item, "Vergissing", "Bureau")
    back = reload_if_changed(again)
    assert term_decisions(back) == [] and lrv(back).ended.is_open


def test_everything_that_is_wrong_is_said_at_once(written):
    running = results.figure(written, "thuiszitters", "SWV", QUARTER, "stock")
    with pytest.raises(Refused) as refused:
        decide_after_term(written, running, "", "OPR", "ooit", "Kevin de Vries wil het", " ")
    said = "\n".join(refused.value.errors)
    parts = ("geen looptijd voorbij", "Kies wat nu geldt", "Kies wie", "geen datum", "naam",
             "wie dit vastlegt")  # fmt: skip
    assert all(part in said for part in parts)
    texts = {"choice": "stays", "body": "ALV", "on": "11-06-2026", "reason": ""}
    assert record_after_term(written, lrv(written), texts, "Bureau") == (
        "Vastgelegd: wat het laatst gevraagd was, blijft gelden (ALV, 11 juni 2026)."
    )
