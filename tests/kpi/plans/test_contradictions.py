"""Contradictions that were planted in a plan without any: each is found, and nothing else."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from kpi.plans.contradictions import BrokenRule, contradictions
from kpi.plans.order import Colour, Due, Evidence, ImprovementPlan, Note, OrderStatus, RecoveryOrder

NOW = date(2024, 5, 31)


STATUSES = (
    OrderStatus("2023-11", Colour.YELLOW, met=("2023-02",)),
    OrderStatus("2024-05", Colour.GREEN),
)
NOTES = (Note("Klaar.", "2023-10"), Note("Verder.", "2024-03", evidence=("2",)))


def order(number, **changes):
    """An order that is on schedule at the second report, with a note and a proof in between."""
    clean = RecoveryOrder(
        f"o{number}", "BKA1", f"Opdracht {number}", "a", "a", "a", evidence=("1a",),
        due=(Due("2023-02"), Due("2024-12", "het handboek")), statuses=STATUSES, notes=NOTES,
    )  # fmt: skip
    return replace(clean, **changes)


def plan_of(*orders, listed=("1a", "2")):
    evidence = tuple(Evidence(number, f"Stuk {number}") for number in listed)
    return ImprovementPlan("Plan", "Stuk", "2022", "2024", orders=orders, evidence=evidence)


def green(*, met=(), reported="2024-05"):
    return (STATUSES[0], OrderStatus(reported, Colour.GREEN, met=met))


PLANTED = [
    (BrokenRule.NO_EVIDENCE, {"evidence": (), "notes": (Note("Verder.", "2024-03"),)},
     "BKA1 Opdracht 0: staat op groen, maar er is geen bewijsstuk bij genoemd."),
    (BrokenRule.NO_EVIDENCE, {"evidence": (), "notes": (*NOTES[:1], Note("Bijna.", "2024-05"))},
     "BKA1 Opdracht 1: staat op groen, maar er is geen bewijsstuk bij genoemd."),
    (BrokenRule.LATE_BUT_GREEN, {"due": (Due("2023-02"), Due("2024-04"))},
     "BKA1 Opdracht 2: staat op groen, maar april 2024 is voorbij en niet als gehaald gemeld."),
    (BrokenRule.LATE_BUT_GREEN, {"due": (Due("2024-05-30", "het handboek"),)},
     "BKA1 Opdracht 3: staat op groen, maar 30 mei 2024: het handboek is voorbij en niet als "
     "gehaald gemeld."),
    (BrokenRule.LATE_BUT_GREEN, {"due": (Due("2023"), Due("2024-12"))},
     "BKA1 Opdracht 4: staat op groen, maar 2023 is voorbij en niet als gehaald gemeld."),
    (BrokenRule.NO_NOTE, {"notes": (Note("Klaar.", "2023-10"),)},
     "BKA1 Opdracht 5: er is geen notitie sinds het rapport van 30 november 2023."),
    (BrokenRule.NO_NOTE,
     {"notes": (Note("Klaar.", "2023-11"), Note("Ooit."), Note("Straks.", "2024-09"))},
     "BKA1 Opdracht 6: er is geen notitie sinds het rapport van 30 november 2023."),
    (BrokenRule.NOT_LISTED, {"evidence": ("1a", "7")},
     "BKA1 Opdracht 7: bijlage 7 wordt genoemd, maar staat niet in de lijst."),
    (BrokenRule.NOT_LISTED, {"notes": (Note("Verder.", "2024-03", evidence=("1b",)),)},
     "BKA1 Opdracht 8: bijlage 1b wordt genoemd, maar staat niet in de lijst."),
    (BrokenRule.NOT_LISTED, {"notes": (Note("Zie bijlage 1a, 2 en 6c.", "2024-03"),)},
     "BKA1 Opdracht 9: bijlage 6c wordt genoemd, maar staat niet in de lijst."),
]  # fmt: skip


def test_a_plan_without_contradictions_has_none():
    clean = plan_of(*(order(number) for number in range(10)))
    assert contradictions(clean, NOW) == []


def test_ten_that_were_planted_are_found_and_nothing_else():
    orders = [order(number, **changes) for number, (_, changes, _) in enumerate(PLANTED)]
    found = contradictions(plan_of(*orders), NOW)
    assert [(item.order_id, item.kind, item.message) for item in found] == [
        (f"o{number}", kind, message) for number, (kind, _, message) in enumerate(PLANTED)
    ]
    assert len(found) == 10
    assert Counter(item.kind for item in found) == {
        BrokenRule.NO_EVIDENCE: 2,
        BrokenRule.LATE_BUT_GREEN: 3,
        BrokenRule.NO_NOTE: 2,
        BrokenRule.NOT_LISTED: 3,
    }


@pytest.mark.parametrize(("kind", "changes", "message"), PLANTED)
def test_one_among_clean_orders_is_found_alone(kind, changes, message):
    number = next(place for place, item in enumerate(PLANTED) if item[2] == message)
    orders = [order(place) for place in range(20, 30)]
    orders.insert(5, order(number, **changes))
    assert [item.kind for item in contradictions(plan_of(*orders), NOW)] == [kind]


def test_several_in_one_order_are_all_said():
    worst = order(1, evidence=(), notes=(), due=(Due("2023-02"), Due("2024-01"), Due("2024-02")))
    kinds = [item.kind for item in contradictions(plan_of(worst), NOW)]
    assert kinds == [
        BrokenRule.NO_EVIDENCE,
        BrokenRule.LATE_BUT_GREEN,
        BrokenRule.LATE_BUT_GREEN,
        BrokenRule.NO_NOTE,
    ]


@pytest.mark.parametrize("colour", [Colour.YELLOW, Colour.ORANGE, Colour.RED, Colour.UNREAD])
def test_only_green_promises_evidence_and_dates(colour):
    late = order(1, evidence=(), due=(Due("2023-02"), Due("2024-01")),
                 statuses=(STATUSES[0], OrderStatus("2024-05", colour)),
                 notes=(Note("Verder.", "2024-03"),))  # fmt: skip
    assert contradictions(plan_of(late), NOW) == []


def test_a_date_that_is_met_is_not_late_nor_is_the_last_day_itself():
    assert contradictions(plan_of(order(1, due=(Due("2024-05"),))), NOW) == []
    met = order(1, due=(Due("2024-04"),), statuses=green(met=("2024-04",)))
    assert contradictions(plan_of(met), NOW) == []


def test_in_a_first_report_every_note_is_news():
    first = order(1, statuses=STATUSES[:1], notes=(Note("Ooit."),))
    assert contradictions(plan_of(first), date(2023, 11, 30)) == []
    silent = order(1, statuses=STATUSES[:1], notes=())
    (found,) = contradictions(plan_of(silent), date(2023, 11, 30))
    assert found.message == "BKA1 Opdracht 1: er is geen notitie."
