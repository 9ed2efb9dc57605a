"""Every package that is installed is listed with its hash, and the lists follow pyproject.toml.

When a list lags behind: `python3 tests/run.py --lock`.
"""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
GROUPS = tomllib.loads(PYPROJECT)["dependency-groups"]
LISTS = {"monitor": ROOT / "requirements.txt", "test": ROOT / "tests" / "requirements.txt"}
# name==version ; for which systems, its hashes, and who asks for it
ENTRY = re.compile(
    r"^(?P<pin>[\w.-]+==[\w.+!-]+)(?: ; [^\\\n]+)? \\\n"
    r"(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+"
    r"(?P<asked>(?:    #.*\n)+)",
    re.MULTILINE,
)


def listed(group: str) -> dict[str, str]:
    """Every pin in a list, with who asks for it."""
    text = LISTS[group].read_text(encoding="utf-8")
    return {found["pin"]: found["asked"] for found in ENTRY.finditer(text)}


def asked(group: str) -> set[str]:
    """The pins of a group, with those of the groups in it."""
    pins = set()
    for item in GROUPS[group]:
        pins |= {item} if isinstance(item, str) else asked(item["include-group"])
    return pins


def test_every_package_we_ask_for_is_pinned_and_has_its_reason():
    table = PYPROJECT.split("[dependency-groups]")[1].split("\n[")[0]
    lines = [line for line in table.splitlines() if line.startswith('    "')]
    assert len(lines) == len(asked("test"))
    for line in lines:
        assert re.fullmatch(r' {4}"[\w-]+==[\w.]+", +# .{10,}', line), line


@pytest.mark.parametrize("group", LISTS)
def test_a_list_holds_what_is_asked_for_and_what_that_brings_along(group):
    found = {pin for pin, by in listed(group).items() if f"(pyproject.toml:{group})" in by}
    assert found == asked(group), "python3 tests/run.py --lock makes the lists anew"


@pytest.mark.parametrize("group", LISTS)
def test_every_line_has_its_hashes_and_no_address(group):
    text = LISTS[group].read_text(encoding="utf-8")
    assert len(re.findall(r"^[^#\s]", text, re.MULTILINE)) == len(ENTRY.findall(text))
    assert "://" not in text


def test_testing_installs_the_same_versions_as_the_monitor():
    assert set(listed("monitor")) <= set(listed("test"))
