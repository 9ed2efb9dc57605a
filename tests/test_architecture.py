"""The house rules that a diagram cannot enforce: who may import what, and complete folders."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import lint_imports
from rooms import LAYERS, room_of

ROOT = Path(__file__).resolve().parent.parent

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


def contracts() -> dict[str, dict]:
    """The contracts of pyproject.toml, by name."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {item["name"]: item for item in settings["tool"]["importlinter"]["contracts"]}


def test_a_room_uses_only_what_lies_below_it(capsys, monkeypatch):
    """The contracts of pyproject.toml; a broken one names the line that imports too much."""
    monkeypatch.chdir(ROOT)
    failed = lint_imports("pyproject.toml", no_cache=True, no_logo=True)
    assert not failed, capsys.readouterr().out


def test_every_room_is_in_the_contract_and_in_the_table_of_the_architecture():
    """A new folder or module in kpi first gets a place among the others, and a sentence."""
    modules = {".".join(path.with_suffix("").parts) for path in tracked(".py")}
    found = {room_of(name.removesuffix(".__init__")) for name in modules if name.startswith(LAYERS)}
    ordered = {name for line in contracts()["rooms"]["layers"] for name in line.split(" | ")}
    assert found - {"kpi"} == ordered - {"kpi.__main__"}
    told = set(re.findall(r"`([a-z/]+?)(?:\.py|/)`", section("ARCHITECTURE.md", "## Rooms")))
    assert {name.replace(".", "/") for name in found - {"kpi"}} <= told


def section(document: str, heading: str) -> str:
    """The text below a heading, up to the next one."""
    return (ROOT / document).read_text(encoding="utf-8").split(heading, 1)[1].split("\n## ")[0]


def test_a_class_name_stands_once():
    """Who searches for a name finds one thing."""
    found: dict[str, list[str]] = {}
    for path in tracked(".py"):
        if path.parts[0] in LAYERS:
            for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    found.setdefault(node.name, []).append(str(path))
    assert not {name: paths for name, paths in found.items() if len(paths) > 1}


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
    homes = ("data/demo/files/", "data/sources/", "tests/bad_files/", "tests/data/duo/",
             "tests/kpi/figure/lists/", "tests/data/store_of_before/")  # fmt: skip
    sheets = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".parquet", ".duckdb")
    strays = [
        path.as_posix()
        for path in tracked()
        if path.suffix.lower() in sheets and not path.as_posix().startswith(homes)
    ]
    assert not strays


def test_nothing_is_bigger_than_a_megabyte_and_a_half():
    assert not [str(path) for path in tracked() if (ROOT / path).stat().st_size > 1_500_000]


def test_every_fold_out_has_a_key():
    """Without one it closes under the hands of a reader as soon as a line comes above it."""
    for path in sorted((ROOT / "pages").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "st.expander":
                assert "key" in {given.arg for given in call.keywords}, (path, call.lineno)
