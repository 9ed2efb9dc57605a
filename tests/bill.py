"""What is installed with the monitor, and its licences, as CycloneDX: docs/stuklijst.cdx.json.

`python3 tests/run.py --lock` makes it anew, from requirements.txt and what is installed.
"""

import importlib.metadata as installed
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST, BILL = ROOT / "requirements.txt", ROOT / "docs" / "stuklijst.cdx.json"
# Whose metadata hold no short name of the licence: read from the text of the licence they bring.
READ = {"altair": "BSD-3-Clause", "scipy": "BSD-3-Clause", "pyrage": "MIT"}
# Only there on another system, so not installed where the list is made.
ELSEWHERE = {"watchdog": "Apache-2.0"}
# How the older way of naming a licence reads in the newer (SPDX).
NAMES = {
    "Apache License 2.0": "Apache-2.0", "3-Clause BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
}  # fmt: skip


def packages(listed: str) -> list[tuple[str, str]]:
    """Name and version of each package in a list, of every system and version of Python."""
    return re.findall(r"^([a-z0-9-]+)==([^ \\]+)", listed, re.MULTILINE)


def licence(name: str) -> str:
    """The licence of a package. LookupError when nobody says which."""
    if name in READ:
        return READ[name]
    try:
        about = installed.metadata(name)
    except installed.PackageNotFoundError:
        return ELSEWHERE[name]
    classes = [line for line in about.get_all("Classifier") or () if line.startswith("License ::")]
    for said in (about.get("License-Expression"), about.get("License"), *classes):
        if said and len(said) < 60:
            return NAMES.get(said, said)
    raise LookupError(f"{name}: geen licentie gevonden; zet haar in tests/bill.py")


def bill(listed: str) -> dict[str, object]:
    """The bill of materials, form CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/)."""
    components = [
        {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "licenses": [{"expression": licence(name)}],
        }
        for name, version in packages(listed)
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "components": components,
    }


def write() -> None:
    """Write the bill that goes with the list of now."""
    text = json.dumps(bill(LIST.read_text(encoding="utf-8")), indent=1, ensure_ascii=False)
    BILL.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
