"""The rows of the registration: every spell and exemption since the start, as on a count date.

Rows come from the tables the figures come from. The Inspectie wants them to stay, also when a later
list of the same school year no longer has them: those come from `earlier`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from data.calendar import Period
from kpi.figure.monitor import Monitor
from kpi.paper.inspectie.earlier import dropped
from kpi.paper.inspectie.layout import RegistrationLayout
from kpi.paper.inspectie.row import RegistrationRow, exemption_row, spell_row
from kpi.view.absence import FLOW, KPI

DERIVED = "Einddatum afgeleid"


def registration(
    monitor: Monitor, quarter: Period, layout: RegistrationLayout
) -> list[RegistrationRow]:
    """Every row that is in the registration on the last day of a quarter, in no set order."""
    # a quarter that closes in September holds days of before the school year
    first = monitor.calendar.quarter(int(layout.first_school_year[:4]), 1).start_on
    listed = _listed(monitor, quarter)
    found = [
        replace(row, counted=row.location_id in listed) if row.is_spell and not row.dropped else row
        for row in _ever(monitor, layout.exemptions)
    ]
    return [_as_on(row, quarter.end_on) for row in found if _belongs(row, first, quarter.end_on)]


def _ever(monitor: Monitor, articles: tuple[str, ...]) -> list[RegistrationRow]:
    """Every row of every quarter; read once, because the files do not change."""

    def read() -> list[RegistrationRow]:
        present = [*_spells(monitor), *_exemptions(monitor, articles)]
        return [*present, *dropped(monitor, present, articles)]

    return monitor.remember_figures(("registration", articles), read)


def _belongs(row: RegistrationRow, first: date, last: date) -> bool:
    if row.kind == "lrv" and row.end_on and row.end_on <= row.counts_from:
        return False  # back within four weeks
    return row.counts_from <= last and (row.end_on is None or row.end_on >= first)


def _as_on(row: RegistrationRow, day: date) -> RegistrationRow:
    """What is known on a day: what ends later goes on, an offer of later is not there yet."""
    if row.end_on and row.end_on > day:
        row = replace(row, end_on=None, end_reason=None, remark=row.remark.replace(DERIVED, ""))
    if row.offer and row.offer_on and row.offer_on > (row.end_on or day):
        row = replace(row, offer=False, offer_on=None)
    return row


def _listed(monitor: Monitor, quarter: Period) -> set[str]:
    """The locations whose list of pupils of this quarter is in the figures of the SWV."""
    found = monitor.database.rows(
        """
        select distinct delivered.organisation_id
        from delivered
        inner join membership as member
            on delivered.organisation_id = member.organisation_id
            and delivered.period_id = member.period_id
        inner join kpi_coverage as coverage
            on delivered.organisation_id = coverage.organisation_id
            and delivered.period_id = coverage.period_id
        where delivered.topic = 'absence' and delivered.period_id = ? and member.ancestor_id = ?
            and coverage.kpi_id = ? and coverage.measure = ? and coverage.observed > 0
        """,
        [quarter.period_id, monitor.swv.organisation_id, KPI, FLOW.stock],
    )
    return {row["organisation_id"] for row in found}


def _spells(monitor: Monitor) -> Iterator[RegistrationRow]:
    rows = monitor.database.rows(
        """
        select spell.*, staged.end_on as own_end_on
        from absence_spell as spell
        inner join stg_verzuim as staged on spell.row_id = staged.row_id
        where spell.kind in ('av', 'lrv')
        """
    )
    for row in rows:
        derived = row["end_on"] and not row["own_end_on"]
        yield spell_row(row, row["permitted"], remark=DERIVED if derived else "")


def _exemptions(monitor: Monitor, articles: Iterable[str]) -> Iterator[RegistrationRow]:
    rows = monitor.database.rows(
        "select * from exemption where list_contains(?, article)", [list(articles)]
    )
    for row in rows:
        yield exemption_row(row, row["article"])
