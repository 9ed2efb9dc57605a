"""What the documents say is held against what is there, so they cannot go stale unseen."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from data.source_file import load_sources
from kpi.cli.parser import parser
from kpi.figure.settings import Settings
from kpi.meaning.load import load_kpis

ROOT = Path(__file__).resolve().parent.parent


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pages() -> list[tuple[str, str]]:
    """(address, title) of every page, in the order of the navigation."""
    for node in ast.parse(text("pages/app/script.py")).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "PAGES":
            return [(item.elts[0].value, item.elts[1].value) for item in node.value.elts]
    raise AssertionError("there is no list of pages")


def test_the_gate_runs_exactly_the_test_command_of_the_readme():
    assert "python3 tests/run.py\n" in text("README.md")
    assert text(".ci/run").rstrip().endswith("python3 tests/run.py")


@pytest.mark.parametrize("page", pages(), ids=lambda page: page[0])
def test_every_page_is_in_the_readme_and_has_its_screenshots(page):
    address, title = page
    assert f"| {title} |" in text("README.md")
    for width in (1440, 768):
        assert (ROOT / "docs" / "screenshots" / f"{address}-{width}.png").is_file()


def test_every_command_is_in_the_readme():
    actions = [action for action in parser()._actions if action.choices]
    commands = [name for action in actions for name in action.choices]
    assert commands
    missing = [name for name in commands if f"python -m kpi {name}" not in text("README.md")]
    assert not missing


def test_pictures_and_links_in_the_documents_exist():
    for document in ROOT.glob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (ROOT / target).exists(), f"{document.name}: {target}"


def test_every_module_that_architecture_names_exists():
    for path in re.findall(r"`((?:data|kpi|pages|tests)/[\w/.]+)`", text("ARCHITECTURE.md")):
        assert (ROOT / path).exists(), path


def test_every_kpi_has_a_definition_people_can_read():
    for kpi in load_kpis().values():
        for part in (kpi.question, kpi.why, kpi.counts, kpi.owner):
            assert part.strip(), kpi.id


def test_every_source_says_why_and_how_long():
    for source in load_sources().values():
        assert source.purpose.strip() and source.retention_years > 0, source.id


def test_every_setting_from_the_environment_is_in_the_readme():
    documented = text("README.md") + text("CONTRIBUTING.md")
    for name in re.findall(r"KPI_[A-Z]+", text("kpi/figure/settings.py")):
        assert name in documented, name
    assert Settings


def test_a_word_stands_once_in_the_glossary():
    rows = re.findall(r"^\| (.+?) \|", text("GLOSSARY.md"), re.M)
    words = [word for row in rows for word in re.split(r", (?![^(]*\))", row)]
    plain = [re.sub(r" \(.*\)", "", word).lower() for word in words if word not in ("word", "---")]
    assert not {word for word in plain if plain.count(word) > 1}


def test_before_a_commit_the_same_is_checked_and_nothing_is_fetched():
    hooks = text(".pre-commit-config.yaml")
    assert re.findall(r"repo: (.+)", hooks) == ["local"]
    assert re.findall(r"entry: (.+)", hooks) == ["python3 tests/run.py --check"]
