"""All papers of a quarter as files: what pages offer to download and the command line writes."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from importlib import import_module
from typing import NamedTuple

from data.calendar import KWARTAAL, Period
from data.progress import part, tell
from kpi.cycle.edition import Edition, edition
from kpi.cycle.status import QuarterStatus
from kpi.figure.monitor import Monitor
from kpi.figure.naming import organisations_of
from kpi.figure.result import Organisation
from kpi.figure.rows import read_wholes
from kpi.guard.guard import Audience
from kpi.guard.shown import Shown, protected
from kpi.meaning.choices import Labelled
from kpi.paper import alv, annual, improvement, school
from kpi.paper.document import Document, Section
from kpi.paper.frame import document, known_on
from kpi.paper.publication import publication
from kpi.plans.orders import improvement_plan

Write = Callable[[], bytes]
PLAN_FORMS = ("docx", "pdf")


class Paper(Labelled):
    """The papers there are, and how they are called on screen."""

    INSPECTIE = "inspectie", "Registratie thuiszitters voor de Inspectie"
    ALV = "alv", "Stuk voor de ALV"
    SCHOOL = "school", "Blad per school"
    JAARVERSLAG = "jaarverslag", "Cijfers voor het jaarverslag"
    VERBETERPLAN = "verbeterplan", "Verbeterplan"


class File(NamedTuple):
    """A file to write: a name that is safe on every computer, and what is in it."""

    name: str
    content: bytes


def papers_of(monitor: Monitor) -> list[Paper]:
    """The papers that can be made: one about a plan only when there is a plan."""
    has_plan = improvement_plan(monitor) is not None
    return [paper for paper in Paper if has_plan or paper is not Paper.VERBETERPLAN]


def documents(monitor: Monitor, paper: Paper, quarter: Period) -> list[File]:
    """The files of one paper. Tells how far it is, as all that makes files does."""
    made = edition(monitor, quarter)
    if paper is Paper.ALV:
        return files_of(partial(board_paper, made), ("pptx", "pdf", "xlsx"))
    if paper is Paper.JAARVERSLAG:
        return files_of(partial(annual_figures, made), ("docx", "xlsx"))
    if paper is Paper.VERBETERPLAN:
        state = (made.status, made.seal)
        report = partial(improvement.report, made.monitor, made.quarter.end_on, state)
        return files_of(report, PLAN_FORMS)
    if paper is Paper.SCHOOL:
        return _school_sheets(made)
    name = f"inspectie-thuiszitters-{made.quarter.period_id}.xlsx"
    return _written([(name, partial(_registration, monitor, made.quarter))])


def plan_documents(monitor: Monitor, on: date) -> list[File]:
    """The improvement plan as it stood on a day; none without a plan.

    On the last day of a quarter it is the paper of that quarter, with its status and seal. Of any
    other day it is a concept, because only quarters are closed.
    """
    for period in monitor.periods.values():
        if period.period_type == KWARTAAL and period.end_on == on:
            return documents(monitor, Paper.VERBETERPLAN, period)
    state = (QuarterStatus.CONCEPT, "")
    return files_of(partial(improvement.report, monitor, on, state), PLAN_FORMS)


def files_of(make: Callable[[], Document | None], forms: Sequence[str]) -> list[File]:
    """A paper in these forms, made once for all of them; nothing when there is none."""
    with part(1, len(forms) + 1, "Het stuk wordt samengesteld"):
        made = make()
    if made is None:
        return []
    return _written(
        [(f"{made.name}.{form}", partial(written, made, form)) for form in forms], before=1
    )


def _written(files: Sequence[tuple[str, Write]], before: int = 0) -> list[File]:
    """Each file under its name; before: parts of the work that are done already."""
    found = []
    for number, (name, write) in enumerate(files, start=1):
        of = len(files)
        with part(before + number, before + of, f"{name} ({number} van {of})"):
            found.append(File(name, write()))
    tell("Klaar.", 1, 1)
    return found


def board_paper(made: Edition) -> Document:
    """The paper for the ALV."""
    return _paper(
        made, Paper.ALV, f"KPI’s, {made.quarter.label}",
        lambda shown: alv.sections(made.monitor, made.quarter, made.notes, shown),
    )  # fmt: skip


def annual_figures(made: Edition) -> Document:
    """The figures for the annual report."""
    return _paper(
        made, Paper.JAARVERSLAG, f"Cijfers voor het jaarverslag, stand {made.quarter.label}",
        lambda shown: annual.sections(made.monitor, made.quarter, shown),
    )  # fmt: skip


def school_sheet(made: Edition, location: Organisation) -> Document:
    """The two pages about one location."""
    return _paper(
        made, Paper.SCHOOL, f"{location.name}, {made.quarter.label}",
        lambda shown: school.sections(made.monitor, location, made.quarter, shown),
        location.organisation_id,
    )  # fmt: skip


def _paper(
    made: Edition,
    paper: Paper,
    title: str,
    build: Callable[[Shown], tuple[Section, ...]],
    subject: str = "",
) -> Document:
    together = publication(made.monitor, made.quarter)
    sections, shown = protected(made.monitor, Audience.BUITEN, build, together)
    state = (made.status, made.seal)
    return document(made.monitor, paper, title, made.quarter, sections, shown, state, subject)


def _registration(monitor: Monitor, quarter: Period) -> bytes:
    from kpi.paper.inspectie import inspectie_workbook

    return inspectie_workbook(monitor, quarter)


def _school_sheets(made: Edition) -> list[File]:
    """The sheet of every location, and all of them in one file."""
    quarter = made.quarter.period_id
    read_wholes(made.monitor)
    files = _written(
        [
            (f"school-{location.organisation_id}-{quarter}.pdf", partial(_sheet, made, location))
            for location in organisations_of(made.monitor, "locatie", None, made.quarter)
        ]
    )
    return [*files, _all_in_one(f"schoolbladen-{quarter}.zip", files, known_on(made.monitor))]


def _sheet(made: Edition, location: Organisation) -> bytes:
    return written(school_sheet(made, location), "pdf")


def written(made: Document, form: str) -> bytes:
    """A paper as "pdf", "pptx", "docx" or "xlsx".

    A writer is loaded when it is needed: together they would double the start of the monitor.
    """
    write: Callable[[Document], bytes] = getattr(
        import_module(f"kpi.paper.forms.to_{form}"), f"to_{form}"
    )
    return write(made)


def _all_in_one(name: str, files: list[File], moment: str) -> File:
    """A zip of all files; its dates are those of the papers, so making it twice is the same."""
    stamp = datetime.fromisoformat(moment).timetuple()[:6]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name, stamp), file.content)
    return File(name, buffer.getvalue())
