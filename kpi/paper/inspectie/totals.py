"""The totals for the Internet Schooldossier: figures, held against the rows of the registration."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from data.calendar import Period
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.figure.results import figure
from kpi.paper.inspectie.layout import RegistrationLayout
from kpi.paper.inspectie.row import SPELLS, RegistrationRow
from kpi.paper.inspectie.values import is_long
from kpi.view.absence import KPI


class TotalsDiffer(ValueError):
    """The rows do not add up to the figures. `errors`: a Dutch sentence per figure."""

    def __init__(self, errors: Sequence[str]) -> None:
        self.errors = list(errors)
        super().__init__("\n".join(errors))


class _Wanted(NamedTuple):
    label: str
    measure: str
    segment: str = ""


@dataclass(frozen=True)
class Total:
    """One number to type over. from_counts: of schools that handed in numbers and no list."""

    label: str
    figure: KpiResult
    from_rows: int
    from_counts: int

    @property
    def counted(self) -> int:
        """What the rows and numbers add up to."""
        return self.from_rows + self.from_counts

    @property
    def agrees(self) -> bool:
        """Whether the figure is what was counted; a missing one has nothing to agree with."""
        return not self.figure.has_number or self.figure.numerator == self.counted

    @property
    def difference_text(self) -> str:
        """What is wrong, naming the figure."""
        name = ", ".join(filter(None, (self.figure.measure.label, self.figure.segment_label)))
        return (
            f"{name} is {self.figure.short_text}, maar de rijen van de registratie tellen op tot "
            f"{self.counted}. Het werkblad is niet gemaakt."
        )


def totals(
    monitor: Monitor, quarter: Period, rows: Sequence[RegistrationRow], layout: RegistrationLayout
) -> tuple[Total, ...]:
    """The totals in the order of the cover. TotalsDiffer when a figure is not what the rows say."""
    swv = monitor.swv.organisation_id
    counts = _school_counts(monitor, quarter)
    found = tuple(
        Total(
            wanted.label,
            figure(monitor, KPI, swv, quarter.period_id, wanted.measure, wanted.segment),
            _from_rows(rows, wanted, quarter),
            counts.get((wanted.measure, wanted.segment), 0),
        )
        for wanted in _wanted(monitor, layout)
    )
    wrong = [total.difference_text for total in found if not total.agrees]
    if wrong:
        raise TotalsDiffer(wrong)
    return found


def _wanted(monitor: Monitor, layout: RegistrationLayout) -> list[_Wanted]:
    articles = monitor.kpis[KPI].segments["article"].values
    return [
        _Wanted("Absoluut verzuim (AV) op de peildatum", "stock", "kind=av"),
        _Wanted("Langdurig relatief verzuim (LRV) op de peildatum", "stock", "kind=lrv"),
        _Wanted("Thuiszitters op de peildatum (AV en LRV samen)", "stock"),
        _Wanted("Waarvan langer dan 3 maanden thuis", "over_3_months"),
        _Wanted("Waarvan langer dan 3 maanden, zonder aanbod", "over_3_months_no_offer"),
        *(
            _Wanted(f"Vrijstellingen op de peildatum: {articles[code]}", "exemption_stock",
                    f"article={code}")
            for code in layout.exemptions
        ),
        _Wanted("Nieuw in het kwartaal (AV en LRV)", "new"),
        _Wanted("Gestopt in het kwartaal (AV en LRV)", "ended"),
    ]  # fmt: skip


def _from_rows(rows: Sequence[RegistrationRow], wanted: _Wanted, quarter: Period) -> int:
    """The rows counted again, from their dates alone."""
    kind = wanted.segment.partition("=")[2]
    in_figures = [row for row in rows if row.counted and kind in ("", row.kind)]
    if wanted.measure == "exemption_stock":
        return sum(row.end_on is None for row in in_figures)
    spells = [row for row in in_figures if row.is_spell]
    if wanted.measure == "new":
        return sum(row.counts_from >= quarter.start_on for row in spells)
    if wanted.measure == "ended":
        return sum(row.end_on is not None and row.end_on >= quarter.start_on for row in spells)
    standing = [row for row in spells if row.end_on is None]
    if wanted.measure == "stock":
        return len(standing)
    long = [row for row in standing if is_long(row.months_from, quarter.end_on)]
    if wanted.measure == "over_3_months":
        return len(long)
    return sum(not row.offer for row in long)


def _school_counts(monitor: Monitor, quarter: Period) -> dict[tuple[str, str], int]:
    """Per (measure, segment) what schools handed in as a number, because they have no list."""
    found = monitor.database.rows(
        """
        select number.kind, number.stock, number.new, number.ended, number.over_3_months,
            number.over_3_months_no_offer
        from absence_count as number
        inner join membership as member
            on number.location_id = member.organisation_id
            and number.period_id = member.period_id
        where number.period_id = ? and member.ancestor_id = ?
            and not exists (
                select 1 from delivered
                where delivered.topic = 'absence'
                    and delivered.organisation_id = number.location_id
                    and delivered.period_id = number.period_id
            )
        """,
        [quarter.period_id, monitor.swv.organisation_id],
    )
    sums: dict[tuple[str, str], int] = {}
    for row in found:
        kind = row.pop("kind")
        for measure, value in row.items():
            for segment in ("", f"kind={kind}") if kind in SPELLS else ():
                sums[measure, segment] = sums.get((measure, segment), 0) + (value or 0)
    return sums
