"""The months of the ECT add up to the quarters they are in."""

from collections import Counter
from dataclasses import replace

from kpi.chart.month import describe_months, months
from kpi.figure import results
from kpi.meaning.choices import State
from kpi.view import caseload
from kpi.view.flow_analysis import FlowQuarter, FlowRow


def months_up_to(monitor, quarter_id):
    asked = FlowQuarter(caseload.ECT, monitor, "SWV", monitor.periods[quarter_id])
    return caseload.by_month(asked)


def test_the_months_of_a_quarter_add_up_to_the_quarter(demo):
    for quarter_id in ("2026-2027-k1", "2025-2026-k2", "2021-2022-k3"):
        last = months_up_to(demo, quarter_id)[-3:]
        for place, measure in enumerate(("new", "closed")):
            whole = results.figure(demo, "ect", "SWV", quarter_id, measure, "")
            assert sum(month.row.figures[place].now.numerator for month in last) == whole.numerator
        assert last[-1].standing == results.figure(demo, "ect", "SWV", quarter_id, "open", "").value


def test_a_month_counts_the_cases_that_were_opened_in_it(demo):
    opened = Counter(
        row["opened_on"].strftime("%Y-%m")
        for row in demo.database.rows("select opened_on from ect_case")
    )
    found = months_up_to(demo, "2025-2026-k4")
    assert len(found) == 12
    assert [month.label for month in found][::11] == ["juli 2025", "juni 2026"]
    assert found[3].row.figures[0].now.value == opened["2025-10"]
    assert found[3].row.figures[0].then.value == opened["2024-10"]


def test_the_chart_and_its_sentence_hold_the_same_months(demo):
    found = months_up_to(demo, "2025-2026-k4")
    figure = months(found)
    assert list(figure.data[0].y) == [month.row.figures[0].now.value for month in found]
    assert "juli 2025" in describe_months(found)


def test_the_sentence_never_says_none_where_nothing_was_delivered(demo):
    *before, last = months_up_to(demo, "2025-2026-k4")
    new, *rest = last.row.figures
    missing = replace(new.now, state=State.MISSING, value=None)
    unknown = replace(last, row=FlowRow((replace(new, now=missing), *rest)))
    assert describe_months([*before, unknown]).endswith("in juni 2026 niet geleverd.")
    assert describe_months([unknown]).endswith("er zijn nog geen cijfers.")
