"""Files that are not ours: refused or asked about in Dutch, never stored and never a traceback.

They are not part of this project: the tests run where somebody put them in ../shared/data/real.
"""

from pathlib import Path

import pytest

from data.deliveries.store import Store
from data.gate.import_result import QUESTION, REFUSED
from data.gate.importing import import_file

REAL = Path(__file__).parents[3] / "shared" / "data" / "real"
FOLDERS = ("cbs", "handmade", "robustness", "school-dashboard", "uk-dfe")
FILES = [path for folder in FOLDERS for path in sorted((REAL / folder).glob("*"))]
EXAMS = REAL / "duo" / "07.-geslaagden,-gezakten-en-cijfers-2015-2016.csv"
ENGLISH = ("Error", "Exception", "Traceback", "invalid", "expected", "not found")


@pytest.mark.parametrize(
    "path", [*FILES, EXAMS], ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_a_foreign_file_is_refused_or_asked_about(path, tmp_path) -> None:
    if not path.exists():
        pytest.skip(f"{path} is er niet: de echte bestanden horen niet bij dit project")
    store = Store(tmp_path)
    result = import_file(store, path)
    assert result.status in (REFUSED, QUESTION), result
    assert result.rows_stored == 0 and not store.deliveries()
    said = [problem.message for problem in result.problems]
    said += [result.question.message] if result.question else []
    assert said and all(text.strip() for text in said)
    for text in said:
        assert not [word for word in ENGLISH if word in text.replace(path.name, "")], text
        assert text.rstrip().endswith((".", "?", ":")), text


def test_the_foreign_files_are_there_or_we_say_why_not() -> None:
    if not FILES:
        pytest.skip(f"{REAL} is er niet: de echte bestanden horen niet bij dit project")
    assert len(FILES) > 30
