"""A small SWV whose lists come in by file, and readers of the workbooks it makes."""

import csv
import io
import shutil
import subprocess
import zipfile
from collections import Counter
from datetime import date, datetime
from pathlib import Path

from handing_in import hand_in
from openpyxl import Workbook, load_workbook

from data.deliveries.store import Store
from kpi.opening.opening import open_monitor

YEAR = 2023
QUARTERS = ("2023-2024-k1", "2023-2024-k2", "2023-2024-k3", "2023-2024-k4")
LAST_DAYS = (date(2023, 9, 30), date(2023, 12, 31), date(2024, 3, 31), date(2024, 6, 30))
ABSENCE = (
    "Leerlingnummer", "Vestiging", "Soort verzuim", "Nadere soort", "Geoorloofd", "Begindatum",
    "Einddatum", "Aanbod", "Datum aanbod", "Reden einde", "Geboortedatum",
)  # fmt: skip
EXEMPTION = ("Leerlingnummer", "Artikel", "Begindatum", "Einddatum", "Gemeentenummer")
LOCATION = (
    "Vestiging", "Naam vestiging", "Soort onderwijs", "Bestuursnummer", "Naam bestuur",
    "Gemeentenummer", "Gemeente",
)  # fmt: skip
SCHOOLS = (
    ("90AA00", "Voorbeeldcollege Noord", "vo", "99901", "Stichting Voorbeeld", "0001", "Dorp"),
    ("90BB00", "Praktijkschool De Proef", "pro", "99902", "Stichting Proef", "0001", "Dorp"),
)
NORTH, PRO = "90AA00", "90BB00"
AV, LRV = "absoluut verzuim", "LRV"


def spell(pupil, place, kind, start, end=None, **more):
    """A row of a list of absence; dates as ISO text."""
    row = dict.fromkeys(ABSENCE, "")
    row |= {"Leerlingnummer": pupil, "Vestiging": place, "Soort verzuim": kind}
    row |= {"Begindatum": _dutch(start), "Einddatum": _dutch(end), "Geoorloofd": "nee"}
    if end:
        row["Reden einde"] = "terug naar school"
    return row | more


def exemption(pupil, article, start, end=None):
    """A row of a list of exemptions."""
    values = (pupil, article, _dutch(start), _dutch(end), "0001")
    return dict(zip(EXEMPTION, values, strict=True))


def _dutch(day):
    return date.fromisoformat(day).strftime("%d-%m-%Y") if day else ""


class World:
    """A store in a folder, to deliver to."""

    def __init__(self, folder: Path, schools=SCHOOLS, profiles: Path | None = None):
        self.folder, self.profiles = folder, profiles
        self.store = Store(folder / "store")
        if schools:
            rows = [dict(zip(LOCATION, row, strict=True)) for row in schools]
            self.deliver("locaties", None, rows)

    def deliver(self, source, period, rows, columns=None, answers=None):
        """Hand in rows as a csv file."""
        path = self.folder / f"{source}-{len(self.store.history())}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns or rows[0].keys(), delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
        return self.import_path(path, source, period, answers)

    def import_path(self, path, source, period, answers=None):
        """Hand in a file."""
        return hand_in(self.store, path, period, source, answers, author="test")

    def monitor(self):
        """The monitor as the store is now."""
        return open_monitor(
            store=self.folder / "store",
            profile="proef" if self.profiles else "groningen_stad",
            profiles=self.profiles,
            demo=False,
        )


def rows_of(content: bytes, sheet="Registratie", first="Code") -> list[dict]:
    """The registration as a reader sees it: one dict per row, by header."""
    found = list(load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True))
    at = next(number for number, row in enumerate(found) if row[0] == first)
    headers = [text for text in found[at] if text is not None]
    rows = []
    for row in found[at + 1 :]:
        if not any(row):
            break
        rows.append(dict(zip(headers, map(_plain, row), strict=False)))
    return rows


def _plain(value):
    return value.date() if isinstance(value, datetime) else value


def known(rows) -> Counter:
    """What tells one row from another in every round."""
    return Counter((row["Soort"], row["Vestiging (BRIN)"], row["Begindatum"]) for row in rows)


def cells(content: bytes):
    """Every cell of every sheet."""
    for sheet in load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            yield from row


def raw(content: bytes) -> dict[str, bytes]:
    """Every part of the file as it is written."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def workbook_bytes(book: Workbook) -> bytes:
    """The file a workbook becomes."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


OFFICE = shutil.which("soffice")


def converted(folder: Path, content: bytes, kind: str) -> Path:
    """The folder with registratie.* as LibreOffice makes it."""
    path = folder / "registratie.xlsx"
    path.write_bytes(content)
    profile = (folder / "profiel").as_uri()
    subprocess.run(
        [OFFICE, "--headless", f"-env:UserInstallation={profile}", "--convert-to", kind,
         "--outdir", folder / "uit", path],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return folder / "uit"
