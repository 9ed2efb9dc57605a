"""What can be proven here of a computer with Windows: its names, line ends and code pages.

Not proven here: its own locks and rights. `data/deliveries/lock.py` and `disk.py` say what differs.
"""

import re
import subprocess
from collections import Counter
from pathlib import Path, PureWindowsPath

import pytest

from data.database import read_rows
from data.deliveries.store import Store
from data.gate.importing import import_file

ROOT = Path(__file__).resolve().parents[1]
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
FORBIDDEN = set('<>:"|?*\\')
HEADER = (
    "Vestiging;Naam vestiging;Soort onderwijs;Bestuursnummer;Naam bestuur;Gemeentenummer;Gemeente"
)
LONGEST = 150  # of the 260 that Windows allows, so that it fits in a folder of somebody


def listed():
    shown = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, text=True
    )
    if shown.returncode:
        pytest.skip("geen git: welke bestanden erbij horen, is niet te zien")
    return [name for name in shown.stdout.split("\0") if name]


def fits_windows(name: str) -> bool:
    """Can this path be a file on Windows?"""
    parts = PureWindowsPath(name).parts
    return len(name) <= LONGEST and not any(
        RESERVED.fullmatch(part) or set(part) & FORBIDDEN or part[-1] in ". " for part in parts
    )


def test_every_file_of_the_monitor_can_be_there():
    assert [name for name in listed() if not fits_windows(name)] == []
    same = Counter(name.lower() for name in listed())
    assert [name for name, times in same.items() if times > 1] == []


@pytest.mark.parametrize("name", ["con.xlsx", "AUX", "a:b", "tabel?.csv", "eind.", "x" * 151])
def test_what_windows_refuses_is_seen(name):
    assert not fits_windows(name)


def test_whatever_a_file_is_called_what_is_stored_can_be_there(tmp_path):
    store = Store(tmp_path / "store")
    file = tmp_path / "list.csv"
    for number, name in enumerate(("con.csv", "a:b?.csv", "lpt1", "eind. ")):
        row = f"90AA0{number};Lyceum;vo;99901;Stichting;0001;Stad\n"
        file.write_text(f"{HEADER}\n{row}", encoding="utf-8")
        result = import_file(store, file, source="locaties", file_name=name, isolated=False)
        assert result.status in ("opgeslagen", "vraag"), result.problems
    assert store.deliveries()
    names = [path.relative_to(store.path).as_posix() for path in store.path.rglob("*")]
    assert names
    assert [name for name in names if not fits_windows(name)] == []


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "cp850", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_code_pages_of_windows_give_the_same_rows(tmp_path, coding, end):
    lines = [
        HEADER,
        "90AA00;Lyceum De Brêge;vo;99901;Stichting Één;0001;Súdwest",
        "90AA01;Collège Noord;vo;99901;Stichting Één;0001;Súdwest",
    ]
    file = tmp_path / "vestigingen.csv"
    file.write_bytes(end.join([*lines, ""]).encode(coding))
    store = Store(tmp_path / "store")
    result = import_file(store, file, source="locaties", isolated=False)
    assert result.accepted, result.problems
    rows = read_rows(store.rows_path(result.delivery.delivery_id))
    assert [(row["name"], row["board_name"], row["municipality"]) for row in rows] == [
        ("Lyceum De Brêge", "Stichting Één", "Súdwest"),
        ("Collège Noord", "Stichting Één", "Súdwest"),
    ]
