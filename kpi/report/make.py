"""All papers of a quarter as files: what pages offer to download and the command line writes."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from data.calendar import Period
from kpi.cycle.status import document_status
from kpi.guard.guard import Audience
from kpi.monitor import Monitor
from kpi.naming import organisations_of
from kpi.report import alv, annual, school
from kpi.report.document import Document, Section
from kpi.report.inspectie import inspectie_workbook
from kpi.report.paper import document, known_on
from kpi.report.shown import Shown, protected
from kpi.report.to_docx import to_docx
from kpi.report.to_pdf import to_pdf
from kpi.report.to_pptx import to_pptx
from kpi.report.to_xlsx import to_xlsx
from kpi.result import Organisation

Progress = Callable[[float, str], None]
Write = Callable[[], bytes]


class Paper(StrEnum):
    """The papers there are."""

    INSPECTIE = "inspectie"
    ALV = "alv"
    SCHOOL = "school"
    JAARVERSLAG = "jaarverslag"

    @property
    def label(self) -> str:
        """How it is called on screen."""
        return LABELS[self]


LABELS = {
    Paper.INSPECTIE: "Registratie thuiszitters voor de Inspectie",
    Paper.ALV: "Stuk voor de ALV",
    Paper.SCHOOL: "Blad per school",
    Paper.JAARVERSLAG: "Cijfers voor het jaarverslag",
}


class File(NamedTuple):
    """A file to write: a name that is safe on every computer, and what is in it."""

    name: str
    content: bytes


def documents(
    monitor: Monitor, paper: Paper, quarter: Period, progress: Progress | None = None
) -> list[File]:
    """The files of one paper. `progress` hears the part that is done (0–1) and what comes next."""
    say = progress or (lambda part, text: None)
    steps = list(_steps(monitor, paper, quarter))
    files = []
    for number, (name, write) in enumerate(steps):
        say(number / len(steps), name)
        files.append(File(name, write()))
    if paper is Paper.SCHOOL:
        files.append(_all_in_one(f"schoolbladen-{quarter.period_id}.zip", files, known_on(monitor)))
    say(1.0, "")
    return files


def board_paper(monitor: Monitor, quarter: Period) -> Document:
    """The paper for the ALV."""
    title = f"KPI’s, {quarter.label}"
    return _paper(
        monitor, Paper.ALV, title, quarter, lambda shown: alv.sections(monitor, quarter, shown)
    )


def annual_figures(monitor: Monitor, quarter: Period) -> Document:
    """The figures for the annual report."""
    title = f"Cijfers voor het jaarverslag, stand {quarter.label}"
    return _paper(
        monitor, Paper.JAARVERSLAG, title, quarter,
        lambda shown: annual.sections(monitor, quarter, shown),
    )  # fmt: skip


def school_sheet(monitor: Monitor, location: Organisation, quarter: Period) -> Document:
    """The two pages about one location."""
    title = f"{location.name}, {quarter.label}"
    return _paper(
        monitor, Paper.SCHOOL, title, quarter,
        lambda shown: school.sections(monitor, location, quarter, shown), location.organisation_id,
    )  # fmt: skip


def locations(monitor: Monitor, quarter: Period) -> list[Organisation]:
    """The locations that are open in the quarter, by name."""
    return organisations_of(monitor, "locatie", None, quarter)


def _paper(
    monitor: Monitor,
    paper: Paper,
    title: str,
    quarter: Period,
    build: Callable[[Shown], tuple[Section, ...]],
    subject: str = "",
) -> Document:
    sections, shown = protected(monitor, Audience.BUITEN, build)
    state = document_status(monitor, quarter)
    return document(monitor, paper, title, quarter, sections, shown, state, subject)


def _steps(monitor: Monitor, paper: Paper, quarter: Period) -> Iterator[tuple[str, Write]]:
    """Each file with how it is made; a document is made once for all its forms."""
    if paper is Paper.INSPECTIE:
        name = f"inspectie-thuiszitters-{quarter.period_id}.xlsx"
        yield name, lambda: inspectie_workbook(monitor, quarter)
    elif paper is Paper.ALV:
        yield from _forms(board_paper(monitor, quarter), pptx=to_pptx, pdf=to_pdf, xlsx=to_xlsx)
    elif paper is Paper.JAARVERSLAG:
        yield from _forms(annual_figures(monitor, quarter), docx=to_docx, xlsx=to_xlsx)
    else:
        for location in locations(monitor, quarter):
            code = location.organisation_id
            yield (
                f"school-{code}-{quarter.period_id}.pdf",
                lambda place=location: to_pdf(school_sheet(monitor, place, quarter)),
            )


def _forms(made: Document, **forms: Callable[[Document], bytes]) -> Iterator[tuple[str, Write]]:
    for ending, write in forms.items():
        yield f"{made.name}.{ending}", lambda write=write: write(made)


def _all_in_one(name: str, files: list[File], moment: str) -> File:
    """A zip of all files; its dates are those of the papers, so making it twice is the same."""
    stamp = datetime.fromisoformat(moment).timetuple()[:6]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name, stamp), file.content)
    return File(name, buffer.getvalue())
