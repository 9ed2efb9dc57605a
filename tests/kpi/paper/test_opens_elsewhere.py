"""Every form of a paper opens in another program, which finds the same words in it."""

import io
import re
import shutil
import subprocess

import pytest
from papers import board_paper
from pypdf import PdfReader

from kpi.paper.make import written

OFFICE = shutil.which("soffice")
FORMS = ("pptx", "docx", "xlsx")


@pytest.fixture(scope="module")
def paper():
    return board_paper()


@pytest.fixture(scope="module")
def printed(paper, tmp_path_factory):
    """What LibreOffice prints of each form."""
    if OFFICE is None:
        pytest.skip("LibreOffice ontbreekt; op Debian zet python3 tests/run.py het er zelf op")
    folder = tmp_path_factory.mktemp("kantoor")
    for form in FORMS:
        (folder / f"in-{form}.{form}").write_bytes(written(paper, form))
    subprocess.run(
        [OFFICE, "--headless", f"-env:UserInstallation={(folder / 'profiel').as_uri()}",
         "--convert-to", "pdf", "--outdir", folder, *folder.glob("in-*")],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return {form: (folder / f"in-{form}.pdf").read_bytes() for form in FORMS}


@pytest.mark.parametrize("form", FORMS)
def test_libreoffice_opens_it_and_prints_what_it_says(printed, paper, form):
    text = words(printed[form])
    for section in paper.for_paper:
        assert plain(section.title) in text
    for wanted in (paper.frame.swv, paper.frame.status):
        assert plain(wanted) in text


def test_the_pdf_is_read_by_another_program(paper):
    content = written(paper, "pdf")
    assert len(PdfReader(io.BytesIO(content)).pages) > 1
    text = words(content)
    for table in paper.tables:
        for row in table.rows:
            for cell in row:
                assert plain(cell.text) in text, cell


def words(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return plain(" ".join(page.extract_text() for page in pages))


def plain(text: str) -> str:
    """Letters and digits only: where a line or word is broken differs by program."""
    return re.sub(r"[^\w•%€]", "", text)
