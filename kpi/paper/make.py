"""All papers of a quarter as files: what pages offer to download and the command line writes."""

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from importlib import import_module
from typing import NamedTuple

from data.calendar import KWARTAAL, Period
from kpi.cycle.edition import Edition, edition
from kpi.cycle.status import QuarterStatus
from kpi.figure.monitor import Monitor
from kpi.figure.naming import organisations_of
from kpi.figure.result import Organisation
from kpi.guard.guard import Audience
from kpi.guard.shown import Shown, protected
from kpi.meaning.choices import Labelled
from kpi.paper import alv, annual, improvement, school
from kpi.paper.document import Document, Section
from kpi.paper.frame import document, known_on
from kpi.paper.publication import publication
from kpi.plans.orders import improvement_plan

Progress = Callable[[float, str], object]
Write = Callable[[], bytes]


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


def documents(
    monitor: Monitor, paper: Paper, quarter: Period, progress: Progress | None = None
) -> list[File]:
    """The files of one paper. `progress` hears the part that is done (0–1) and what comes next."""
    made = edition(monitor, quarter)
    files = _written(list(_steps(monitor, made, paper)), progress)
    if paper is Paper.SCHOOL:
        name = f"schoolbladen-{quarter.period_id}.zip"
        files.append(_all_in_one(name, files, known_on(made.monitor)))
    return files


def plan_documents(monitor: Monitor, on: date, progress: Progress | None = None) -> list[File]:
    """The improvement plan as it stood on a day; none without a plan.

    On the last day of a quarter it is the paper of that quarter, with its status and seal. Of any
    other day it is a concept, because only quarters are closed.
    """
    for period in monitor.periods.values():
        if period.period_type == KWARTAAL and period.end_on == on:
            return documents(monitor, Paper.VERBETERPLAN, period, progress)
    report = improvement.report(monitor, on, (QuarterStatus.CONCEPT, ""))
    return _written(list(_plan_forms(report)), progress)


def files_of(made: Document, forms: Sequence[str], progress: Progress | None = None) -> list[File]:
    """A paper in these forms."""
    return _written(list(_forms(made, *forms)), progress)


def _written(steps: Sequence[tuple[str, Write]], progress: Progress | None) -> list[File]:
    say = progress or (lambda part, text: None)
    files = []
    for number, (name, write) in enumerate(steps):
        say(number / len(steps), f"{name} ({number + 1} van {len(steps)})")
        files.append(File(name, write()))
    say(1.0, "")
    return files


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


def _steps(monitor: Monitor, made: Edition, paper: Paper) -> Iterator[tuple[str, Write]]:
    """Each file with how it is made; a document is made once for all its forms."""
    if paper is Paper.INSPECTIE:
        name = f"inspectie-thuiszitters-{made.quarter.period_id}.xlsx"
        yield name, lambda: _registration(monitor, made.quarter)
    elif paper is Paper.ALV:
        yield from _forms(board_paper(made), "pptx", "pdf", "xlsx")
    elif paper is Paper.JAARVERSLAG:
        yield from _forms(annual_figures(made), "docx", "xlsx")
    elif paper is Paper.VERBETERPLAN:
        state = (made.status, made.seal)
        yield from _plan_forms(improvement.report(made.monitor, made.quarter.end_on, state))
    else:
        for location in organisations_of(made.monitor, "locatie", None, made.quarter):
            yield (
                f"school-{location.organisation_id}-{made.quarter.period_id}.pdf",
                partial(_sheet, made, location),
            )


def _registration(monitor: Monitor, quarter: Period) -> bytes:
    from kpi.paper.inspectie import inspectie_workbook

    return inspectie_workbook(monitor, quarter)


def _sheet(made: Edition, location: Organisation) -> bytes:
    return written(school_sheet(made, location), "pdf")


def _forms(made: Document, *forms: str) -> Iterator[tuple[str, Write]]:
    for form in forms:
        yield f"{made.name}.{form}", partial(written, made, form)


def _plan_forms(made: Document | None) -> Iterator[tuple[str, Write]]:
    if made:
        yield from _forms(made, "docx", "pdf")


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
