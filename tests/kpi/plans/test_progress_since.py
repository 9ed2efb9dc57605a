"""What changed since the report before: changes that were planted, and nothing else."""

from dataclasses import replace
from datetime import date

from kpi.plans.order import Colour, Due, Evidence, ImprovementPlan, Note, OrderStatus, RecoveryOrder
from kpi.plans.order_state import intended_results, status_table
from kpi.plans.progress_since import FIRST, NOTHING, What, progress_since

BEFORE, NOW = date(2023, 11, 30), date(2024, 5, 31)


def order(number, **changes):
    """An order that is reported twice without any change."""
    still = RecoveryOrder(
        f"o{number}", "BKA1", f"Opdracht {number}", "a", "a", "a", evidence=("1a",),
        due=(Due("2023-02"), Due("2024-12", "het handboek")),
        statuses=(OrderStatus("2023-11", Colour.YELLOW, met=("2023-02",)),
                  OrderStatus("2024-05", Colour.YELLOW)),
        notes=(Note("Begonnen.", "2023-10"), Note("Ooit.")),
    )  # fmt: skip
    return replace(still, **changes)


LISTED = (Evidence("1a", "Handboek"), Evidence("2", "Memo"))


def plan_of(*orders, evidence=LISTED):
    return ImprovementPlan("Plan", "Stuk", "2022", "2024", orders=orders, evidence=evidence)


def reported(*colours, met=()):
    first, last = colours
    return (OrderStatus("2023-11", first, met=("2023-02",)), OrderStatus("2024-05", last, met=met))


def changes(plan, on=NOW):
    return [(item.order, item.what, item.text) for item in progress_since(plan, on).changes]


def test_a_plan_in_which_nothing_changed_says_so():
    found = progress_since(plan_of(order(0), order(1)), NOW)
    assert (found.since, found.changes, found.sentence) == (BEFORE, (), NOTHING)
    assert found.heading == "Wat is veranderd sinds het vorige rapport van 30 november 2023"


def test_a_first_report_has_nothing_to_compare_with():
    found = progress_since(plan_of(order(0)), BEFORE)
    assert (found.since, found.changes, found.sentence) == (None, (), FIRST)


def test_every_change_that_was_planted_is_found_and_nothing_else():
    later = date(2024, 3, 4)
    plan = plan_of(
        order(0),
        order(1, statuses=reported(Colour.YELLOW, Colour.GREEN)),
        order(2, statuses=reported(Colour.UNREAD, Colour.RED)),
        order(3, statuses=(OrderStatus("2024-05", Colour.ORANGE),)),  # 2023-02 is not met by then
        order(4, statuses=reported(Colour.YELLOW, Colour.YELLOW, met=("2024-12",))),
        order(5, due=(Due("2023-02"), Due("2024-04"))),
        order(6, notes=(Note("Begonnen.", "2023-10"), Note("Verder.", "2024-03"))),
        order(7, notes=(Note("Vergeten.", "2023-09", recorded_on=later),)),
        order(8, notes=(Note("Klaar.", "2024-02", evidence=("1a", "2")),)),
        order(9, evidence=("1a", "3")),
        order(10),
        evidence=(Evidence("1a", "Handboek"), Evidence("2", "Memo"),
                  Evidence("3", "Verslag", "B", later), Evidence("4", "Brief", "B", later)),
    )  # fmt: skip
    assert changes(plan) == [
        ("BKA1 Opdracht 1", What.STATUS,
         "● op schema (groen) (was: ◐ in ontwikkeling, met aandachtspunten (geel))"),
        ("BKA1 Opdracht 2", What.STATUS,
         "✕ ligt stil of lukt niet (rood) (was: ? kleur niet te lezen in de bron)"),
        ("BKA1 Opdracht 3", What.STATUS,
         "○ achter op schema (oranje) (was: – nog niet gemeld)"),
        ("BKA1 Opdracht 4", What.MET, "december 2024: het handboek"),
        ("BKA1 Opdracht 5", What.PASSED, "april 2024"),
        ("BKA1 Opdracht 6", What.NOTE, "maart 2024: Verder."),
        ("BKA1 Opdracht 7", What.NOTE, "september 2023: Vergeten."),
        ("BKA1 Opdracht 8", What.NOTE, "februari 2024: Klaar."),
        ("BKA1 Opdracht 8", What.EVIDENCE, "bijlage 2: Memo"),
        ("BKA1 Opdracht 9", What.EVIDENCE, "bijlage 3: Verslag"),
        ("–", What.EVIDENCE, "bijlage 4: Brief"),
    ]  # fmt: skip


def test_what_comes_after_the_day_is_not_in_it():
    later = order(
        0,
        statuses=(*order(0).statuses, OrderStatus("2024-11", Colour.GREEN, met=("2024-12",))),
        notes=(*order(0).notes, Note("Later.", "2024-09", recorded_on=date(2024, 9, 3))),
    )
    plan = plan_of(later, evidence=(Evidence("1a", "Handboek", "B", date(2024, 10, 1)),))
    assert changes(plan.at(NOW)) == []
    assert status_table(plan.at(NOW), NOW)[0].status.reported == "2024-05"
    assert [note.text for note in plan.at(NOW).orders[0].notes] == ["Begonnen.", "Ooit."]
    november = date(2024, 11, 30)
    assert [what for _, what, _ in changes(plan, november)] == [
        What.STATUS, What.MET, What.NOTE, What.EVIDENCE,
    ]  # fmt: skip


def test_now_is_today_until_this_month_is_reported():
    plan = plan_of(order(0))
    assert plan.now(date(2024, 5, 3)) == NOW
    assert plan.now(date(2024, 4, 30)) == date(2024, 4, 30)
    assert plan.now(date(2024, 6, 1)) == date(2024, 6, 1)


def test_a_status_of_an_earlier_report_says_of_when_it_is():
    plan = plan_of(order(0), order(1, statuses=order(1).statuses[:1]), order(2, statuses=()))
    assert [line.status_text for line in status_table(plan, NOW)] == [
        "◐ in ontwikkeling, met aandachtspunten (geel)",
        "◐ in ontwikkeling, met aandachtspunten (geel), gemeld november 2023",
        "– nog niet gemeld",
    ]


def test_intended_results_are_first_those_to_come():
    plan = plan_of(
        order(0, intended_by="voorjaar 2024", intended=("a", "b")),
        order(1, intended_by="najaar 2024", intended=("c",)),
        order(2, intended_by="voorjaar 2024", intended=("d",)),
        order(3),
    )
    found = [(item.heading, [order.id for order, _ in item.results])
             for item in intended_results(plan, date(2024, 6, 1))]  # fmt: skip
    assert found == [("najaar 2024", ["o1"]), ("voorjaar 2024 (voorbij)", ["o0", "o2"])]
