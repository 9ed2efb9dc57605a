"""The house rules that a diagram cannot enforce: who may import what, and complete folders."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# layer: (packages it may never import, why)
FORBIDDEN = {
    "data": (
        {"kpi", "pages", "streamlit", "plotly", "pandas"},
        "data knows files and tables, not what a figure means or how it is shown",
    ),
    "kpi": (
        {"pages", "streamlit", "duckdb", "openpyxl"},
        "kpi reaches DuckDB through data and is used by pages and command line alike",
    ),
    "pages": (
        {"duckdb", "openpyxl", "python_calamine", "sqlite3"},
        "a page shows what kpi and data hand it",
    ),
}
TOP_LEVEL = {
    ".ci": "the gate",
    ".gitignore": "keeps a bureau's own deliveries out of git",
    ".pre-commit-config.yaml": "what is checked before a commit, the same as the gate",
    ".streamlit": "offline, localhost, theme",
    "ARCHITECTURE.md": "the line and the decisions",
    "CHANGELOG.md": "what changed, in the user's terms",
    "CONTRIBUTING.md": "recipes",
    "GLOSSARY.md": "the words",
    "LICENSE": "MIT",
    "README.md": "first thing read",
    "dashboard.py": "asked for",
    "data": "asked for",
    "docs": "screenshots",
    "kpi": "asked for",
    "pages": "asked for",
    "pyproject.toml": "packages with their reasons; settings of ruff, mypy and pytest",
    "requirements.txt": "asked for",
    "tests": "asked for",
}


def tracked(pattern: str = "") -> list[Path]:
    """Files git tracks (or would: untracked ones that are not ignored)."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    paths = sorted({Path(line) for line in listing.stdout.splitlines()})
    return [path for path in paths if str(path).endswith(pattern) and (ROOT / path).exists()]


def imported(path: Path) -> set[str]:
    """Top-level names of every package a module imports, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("layer", FORBIDDEN)
def test_a_layer_never_imports_what_lies_above_it(layer):
    forbidden, reason = FORBIDDEN[layer]
    modules = [path for path in tracked(".py") if path.parts[0] == layer]
    offenders = {str(path): sorted(imported(path) & forbidden) for path in modules}
    offenders = {path: names for path, names in offenders.items() if names}
    assert modules
    assert not offenders, f"{reason}: {offenders}"


def test_only_one_module_imports_duckdb():
    importers = [
        str(path)
        for path in tracked(".py")
        if path.parts[0] != "tests" and "duckdb" in imported(path)
    ]
    assert importers == [str(Path("data/database.py"))]


def test_page_files_do_nothing_on_their_own():
    """Streamlit may run a page file without the entry script, so it must be free of effects."""
    allowed = (ast.FunctionDef, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.ClassDef)
    for path in tracked(".py"):
        if path.parts[0] == "pages" and len(path.parts) == 2:
            for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
                docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
                assert docstring or isinstance(node, allowed), f"{path}:{node.lineno}"


def test_pages_hold_no_sql():
    query = re.compile(r"\b(select\b.+\bfrom|insert\s+into|update\b.+\bset|delete\s+from)\b", re.S)
    for path in tracked(".py"):
        if path.parts[0] == "pages":
            tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
            prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    is_sql = id(node) not in prose and query.search(node.value.lower())
                    assert not is_sql, f"{path}:{node.lineno}"


def test_everything_at_the_top_level_has_a_reason():
    assert {path.parts[0] for path in tracked()} == set(TOP_LEVEL)


@pytest.mark.parametrize(
    "folder", sorted((ROOT / "kpi" / "definitions").iterdir()), ids=lambda path: path.name
)
def test_a_kpi_folder_is_complete(folder):
    if folder.name != "__pycache__":
        assert {item.name for item in folder.iterdir()} == {"kpi.toml", "kpi.sql", "example.toml"}


@pytest.mark.parametrize(
    "folder", sorted((ROOT / "data" / "sources").iterdir()), ids=lambda path: path.name
)
def test_a_source_folder_is_complete(folder):
    if folder.is_dir() and folder.name != "__pycache__":
        names = {item.name for item in folder.iterdir()}
        assert "source.toml" in names
        assert len([name for name in names if name.startswith("example.")]) == 1


def test_spreadsheets_lie_only_where_made_up_files_belong():
    """A real pupil file must never reach git by accident."""
    homes = ("data/demo/files/", "data/sources/", "tests/bad_files/", "tests/data/duo/")
    sheets = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".parquet", ".duckdb")
    strays = [
        path.as_posix()
        for path in tracked()
        if path.suffix.lower() in sheets and not path.as_posix().startswith(homes)
    ]
    assert not strays


def test_nothing_is_bigger_than_a_megabyte_and_a_half():
    assert not [str(path) for path in tracked() if (ROOT / path).stat().st_size > 1_500_000]
