"""The rows of the registration: every spell and exemption since the start, as on a count date.

Rows come from the tables the figures come from. The Inspectie wants them to stay, also when a later
list of the same school year no longer has them: those come from `earlier`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from data.calendar import Period
from kpi.figure.monitor import Monitor
from kpi.formatting import short_date
from kpi.paper.inspectie.earlier import DROPPED, dropped
from kpi.paper.inspectie.layout import RegistrationLayout
from kpi.paper.inspectie.row import RegistrationRow, exemption_row, spell_row
from kpi.view.absence import FLOW, KPI

LOST = "niet_te_volgen"
DERIVED = "Einddatum afgeleid"


def registration(
    monitor: Monitor, quarter: Period, layout: RegistrationLayout
) -> list[RegistrationRow]:
    """Every row that is in the registration on the last day of a quarter, in no set order."""
    # a quarter that closes in September holds days of before the school year
    first = monitor.calendar.quarter(int(layout.first_school_year[:4]), 1).start_on
    listed = _listed(monitor, quarter)
    ever = _ever(monitor, layout.exemptions)
    if monitor.database.has("absence_stay"):
        found = [row for row in ever if row.dropped or not row.is_spell]
        found += _stays(monitor, quarter, listed)
    else:  # the tables of an earlier seal
        found = [
            replace(row, counted=row.location_id in listed)
            if row.is_spell and not row.dropped
            else row
            for row in ever
        ]
    return [_as_on(row, quarter.end_on) for row in found if _belongs(row, first, quarter.end_on)]


def _left_the_lists(
    monitor: Monitor, row: RegistrationRow, delivery_id: str, day: date
) -> RegistrationRow:
    """The row as it was last seen, when nobody knows what became of it."""
    if row.end_on is None or row.end_on > day:
        return row
    delivery = monitor.deliveries[delivery_id]
    last = delivery.covers_to or row.start_on
    return replace(
        row,
        end_on=None,
        end_reason=None,
        counted=False,
        dropped=True,
        remark=DROPPED.format(day=short_date(last)),
    )


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
    places = {row["organisation_id"] for row in found}
    # who has no school is counted at the SWV as soon as somebody handed in a list
    return places | {monitor.swv.organisation_id} if places else places


def _spells(monitor: Monitor) -> Iterator[RegistrationRow]:
    # of a row that counts in pieces its own first day, by which the next list knows it
    rows = monitor.database.rows(
        """
        select spell.* replace (staged.start_on as start_on), staged.end_on as own_end_on
        from absence_spell as spell
        inner join stg_verzuim as staged on spell.row_id = staged.row_id
        where spell.kind in ('av', 'lrv')
        qualify row_number() over (
            partition by spell.row_id order by spell.start_on desc, spell.end_on desc
        ) = 1
        """
    )
    for row in rows:
        derived = row["end_on"] and not row["own_end_on"]
        yield spell_row(row, row["permitted"], remark=DERIVED if derived else "")


def _stays(monitor: Monitor, quarter: Period, listed: set[str]) -> Iterator[RegistrationRow]:
    """Every stay once, at the place where the SWV counts it on the last day of the quarter."""
    rows = monitor.database.rows(
        """
        select stay.*, staged.end_on as own_end_on
        from (
            select
                * replace (
                    min(counts_from) over whole as counts_from,
                    nullif(max(coalesce(end_on, date '9999-12-31')) over whole, date '9999-12-31')
                        as end_on
                ),
                row_number() over (
                    partition by person_id, kind, start_on
                    order by
                        coalesce(end_on > $day, true) desc,
                        list_contains($listed, location_id) desc,
                        precedence desc,
                        counts_from desc
                ) as place
            from absence_stay
            where counts_from <= $day
            window whole as (partition by person_id, kind, start_on)
        ) as stay
        left join stg_verzuim as staged on stay.row_id = staged.row_id
        where stay.place = 1
        """,
        {"day": quarter.end_on, "listed": [*listed]},
    )
    before = _listed_before(monitor, quarter)
    for row in rows:
        derived = row["end_on"] and not row["own_end_on"]
        # a school that closed hands in nothing more, and who left with it counts
        left = row["leaves_closed"] and row["end_on"] and row["end_on"] >= quarter.start_on
        place = row["location_id"]
        made = replace(
            spell_row(
                {**row, "pupil_id": row["person_id"]},
                row["permitted"],
                remark=DERIVED if derived else "",
            ),
            counts_from=row["counts_from"],
            home_since=row.get("home_since"),
            counted=place in listed or (bool(left) and place in before),
        )
        lost = row["end_reason"] == LOST
        yield _left_the_lists(monitor, made, row["delivery_id"], quarter.end_on) if lost else made


def _listed_before(monitor: Monitor, quarter: Period) -> set[str]:
    """The same of the quarter before."""
    earlier = monitor.periods.get(quarter.previous_period_id or "")
    return _listed(monitor, earlier) if earlier else set()


def _exemptions(monitor: Monitor, articles: Iterable[str]) -> Iterator[RegistrationRow]:
    rows = monitor.database.rows(
        "select * from exemption where list_contains(?, article)", [list(articles)]
    )
    for row in rows:
        yield exemption_row(row, row["article"])
