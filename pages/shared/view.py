"""Which organisation, quarter, KPI and measure a page shows; all of them stand in the address."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from data.calendar import KWARTAAL, Period
from kpi.figure.monitor import Monitor
from kpi.figure.naming import periods_of
from kpi.figure.result import KpiResult, Organisation
from kpi.formatting import sort_key_nl
from kpi.meaning.load import Kpi, Measure
from kpi.record.commitments import meeting_day
from pages.shared.choices import TitleRow
from pages.shared.links import address
from pages.shared.text import link

WIDE = 290
WHOLE = ""
KINDS = {"swv": "", "bestuur": "Bestuur: ", "locatie": "Locatie: "}


@dataclass(frozen=True)
class View:
    """The organisation and the quarter that are looked at."""

    organisation: Organisation
    quarter: Period

    def link(
        self, page: str, kpi: str = "", measure: str = "", part: str = "", organisation_id: str = ""
    ) -> str:
        """The address of a page that shows the same, with these things changed."""
        return address(
            page,
            kpi=kpi,
            meting=measure,
            deel=part,
            organisatie=organisation_id or self.organisation.organisation_id,
            schooljaar=self.quarter.school_year,
            kwartaal=_short(self.quarter),
        )

    def named(self, who: Organisation, about: KpiResult, part: str = "") -> str:
        """The name of an organisation, with a link to its own page about the same figure."""
        return link(
            who.name,
            self.link("kpi", about.kpi.id, about.measure.id, part, who.organisation_id),
        )

    def meeting_day(self, monitor: Monitor) -> date:
        """The day as of which promises about this quarter are told."""
        return meeting_day(monitor.calendar, self.quarter, date.today())


def has_figures(monitor: Monitor, view: View) -> bool:
    """Whether there are figures over the quarter; otherwise it is said what to do."""
    if view.quarter.period_id in monitor.periods:
        return True
    there = link("Gegevens", view.link("gegevens"))
    st.info(f"Er zijn nog geen cijfers. Lees uw bestanden in bij {there}.")
    return False


def choose_view(row: TitleRow, monitor: Monitor) -> View:
    """Let the user choose organisation, school year and quarter."""
    return View(choose_organisation(row, monitor), choose_quarter(row, monitor))


def choose_organisation(row: TitleRow, monitor: Monitor) -> Organisation:
    """Let the user choose the SWV (the default), a board or a location, each kind by name."""
    names = monitor.remember_figures("names to choose", lambda: _names(monitor))
    swv = monitor.swv.organisation_id
    chosen = row.choose("Organisatie", "organisatie", names, swv, WIDE, remembered=True)
    return monitor.organisations[chosen]


def _names(monitor: Monitor) -> dict[str, str]:
    found = sorted(monitor.organisations.values(), key=_by_kind_and_name)
    return {item.organisation_id: KINDS[item.organisation_type] + item.name for item in found}


def choose_quarter(row: TitleRow, monitor: Monitor) -> Period:
    """Let the user choose a school year and one of its quarters; the last one by default.

    As long as no delivery reaches a quarter, that is the last quarter that is over.
    """
    quarters = periods_of(monitor, KWARTAAL) or [_last_closed(monitor)]
    years = list(dict.fromkeys(quarter.school_year for quarter in reversed(quarters)))
    year = row.choose(
        "Schooljaar", "schooljaar", {item: item for item in years}, years[0], 130,
        remembered=True, resets=("kwartaal",),
    )  # fmt: skip
    here = {_short(quarter): quarter for quarter in quarters if quarter.school_year == year}
    labels = {code: quarter.label for code, quarter in here.items()}
    last = list(here)[-1]
    return here[row.choose("Kwartaal", "kwartaal", labels, last, 130, remembered=True)]


def _last_closed(monitor: Monitor) -> Period:
    now = monitor.calendar.quarter_of(date.today())
    return monitor.calendar.parse(now.previous_period_id)


def kpi_names(monitor: Monitor) -> dict[str, str]:
    """The KPIs of the profile to choose from, by id."""
    return {kpi.id: kpi.name for kpi in monitor.kpis.values()}


def choose_kpi(row: TitleRow, monitor: Monitor) -> tuple[Kpi, Measure]:
    """Let the user choose a KPI and one of its measures; the main measure by default."""
    names = kpi_names(monitor)
    chosen = row.choose(
        "KPI", "kpi", names, next(iter(names)), WIDE,
        remembered=True, resets=("meting", "deel", "per", "naar"),
    )  # fmt: skip
    kpi = monitor.kpis[chosen]
    labels = {measure.id: measure.label for measure in kpi.measures.values()}
    measure = row.choose(
        "Maat", "meting", labels, kpi.main_measure, WIDE, resets=("deel", "per", "naar")
    )
    return kpi, kpi.measures[measure]


def choose_period_type(row: TitleRow, kpi: Kpi, measure: Measure) -> str:
    """Let the user choose what one point stands for; the main kind of the KPI by default."""
    kinds = {str(kind): f"per {kind}" for kind in measure.periods}
    main = str(kpi.main_period)
    return row.choose("Periode", "per", kinds, main if main in kinds else next(iter(kinds)), 180)


def choose_part(row: TitleRow, kpi: Kpi, measure: Measure) -> str:
    """Let the user choose the whole (the default) or one code of a single split."""
    parts = {WHOLE: "alles"}
    for (name, *more), segment in (
        (split, kpi.segments[split[0]]) for split in kpi.splits(measure)
    ):
        if not more:
            for code, label in segment.values.items():
                parts[f"{name}={code}"] = f"{segment.label}: {label}"
    return row.choose("Deel", "deel", parts, WHOLE, 250)


def choose_split(row: TitleRow, kpi: Kpi, measure: Measure) -> str:
    """Let the user choose how the figure is split."""
    names = {
        "+".join(split): " en ".join(kpi.segments[name].label.lower() for name in split)
        for split in kpi.splits(measure)
    }
    return row.choose("Naar", "naar", names, next(iter(names)), WIDE)


def _by_kind_and_name(organisation: Organisation) -> tuple[int, object]:
    return list(KINDS).index(organisation.organisation_type), sort_key_nl(organisation.name)


def _short(quarter: Period) -> str:
    """The last part of the id: 2023-2024-k4 → k4."""
    return quarter.period_id.rsplit("-", 1)[-1]
