"""The sheet of one school: what schools have in common is hidden too when they are few."""

from dataclasses import replace

from kpi.figure.naming import organisations_of
from kpi.paper import school
from kpi.verdict.judged import verdict


class Everything:
    """A reader from whom no figure is hidden."""

    def __init__(self, monitor):
        self.monitor = monitor

    def of(self, result):
        return result

    def verdict(self, result):
        return verdict(self.monitor, result)


def fair_rows(monitor, quarter):
    location = next(
        item
        for item in organisations_of(monitor, "locatie", None, quarter)
        if item.school_type == "vo"
    )
    parts = school.sections(monitor, location, quarter, Everything(monitor))
    (table,) = next(part for part in parts if part.id == "vergelijking").tables
    return [[cell.text for cell in row] for row in table.rows]


def test_the_common_value_of_a_small_group_is_hidden(demo):
    quarter = [p for p in demo.periods.values() if p.period_type == "kwartaal"][-1]
    shown = fair_rows(demo, quarter)
    small = [row for row in shown if "•" in row[2:4]]  # who left home, at all schools together
    assert [row[0].split(",")[0] for row in small] == ["Thuiszitters: Deel niet meer thuis"]
    assert len(shown) > len(small)
    strict = replace(demo, profile=replace(demo.profile, smallest_shown=10**6))
    hidden = fair_rows(strict, quarter)
    about_people = [row for row in hidden if row[2] == "•"]
    assert len(about_people) > len(small) and all(row[3] == "•" for row in about_people)
