"""The journey of a bureau: hand in files, repair them, point out columns, take one back."""

import shutil
import time
from collections.abc import Iterator
from io import BytesIO

import pytest
from acting import choose, download, fill, press
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from visiting import PATIENCE, Visitor, running_site, visiting

from data.deliveries.store import Store
from data.kept import FOLDER

HEADER = "Klachtnummer;Ontvangen op;Route;Soort;Uitkomst;Afgesloten op\n"
GOOD = """\
K-1;05-09-2023;directie;klacht;bemiddeld;26-09-2023
K-2;20-09-2023;LBT;bezwaar tegen TLV;;
"""
BAD = """\
K-3;31-02-2024;directie;klacht;;
K-4;12-03-2024;de buurman;klacht;;
K-5;14-03-2024;LBT;klacht;;
"""
STRANGE = "Dossier;Binnen;Waar;Wat;Klaar;Naam ouder\nK-7;03-06-2024;directie;klacht;;Jansen\n"
STRANGE_AGAIN = "Dossier;Binnen;Waar;Wat;Klaar;Naam ouder\nK-8;04-06-2024;LBT;klacht;;Pietersen\n"


@pytest.fixture(scope="module")
def visitor(browser, made_up, tmp_path_factory) -> Iterator[Visitor]:
    """A visitor of a bureau without deliveries: what it sees first, the made-up SWV, is filled."""
    store = tmp_path_factory.mktemp("own") / "store"
    shutil.copytree(made_up / "demo", store / "demo", ignore=shutil.ignore_patterns(FOLDER))
    with running_site(store, demo=False) as site, visiting(browser, site) as one:
        yield one


def hand_in(page: Page, name: str, text: str, outcome: str) -> None:
    """Give one file and wait for what becomes of it."""
    file = {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("input[type=file][multiple]").set_input_files([file])
    expect(page.get_by_test_id("stFileChip")).to_have_count(1)
    button = page.get_by_role("button", name="Lees in", exact=True)
    if "is opgeslagen" in outcome:
        press(button, until=page.locator("strong", has_text="Deze lijst van"))
        save(page, outcome)
    else:
        press(button, until=page.get_by_text(outcome))


def save(page: Page, outcome: str) -> None:
    """Answer that a list holds only what is new, where that is asked, and store it."""
    only_new = page.get_by_text("vergeten, of deze lijst bevat alleen het nieuwe")
    if only_new.count():
        only_new.first.click()
    press(page.get_by_role("button", name="Sla op", exact=True), until=page.get_by_text(outcome))


def test_a_good_file_is_stored_and_leaves_the_demo(visitor):
    page = visitor.open("gegevens")
    expect(page.get_by_text("zijn verzonnen")).to_be_visible()
    name = "klachten sept 2023.csv"
    hand_in(page, name, HEADER + GOOD, f"{name} is opgeslagen")
    counted = "2 rijen gelezen = 2 opgeslagen + 0 met fouten + 0 overgeslagen"
    expect(page.get_by_text(counted)).to_be_visible()
    expect(page.get_by_text("zijn verzonnen")).to_have_count(0)


def test_the_same_file_twice_is_one_delivery(visitor):
    page = visitor.open("gegevens")
    hand_in(page, "klachten sept 2023.csv", HEADER + GOOD, "was al aanwezig")


def test_a_file_with_errors_is_refused_with_a_list_to_repair_it(visitor):
    page = visitor.open("gegevens")
    name = "klachten mrt 2024.csv"
    hand_in(page, name, HEADER + BAD, f"{name} is niet opgeslagen")
    counted = "3 rijen gelezen = 1 goed + 2 met fouten + 0 overgeslagen"
    expect(page.get_by_text(counted)).to_be_visible()
    file = download(page.get_by_role("button", name="Download de meldingen"))
    assert file.suggested_filename == "meldingen klachten mrt 2024.xlsx"
    sheet = load_workbook(BytesIO(file.path().read_bytes())).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "31-02-2024" in cells and "de buurman" in cells
    good = page.get_by_role("button", name="Sla alleen de goede rijen op (1 rij)")
    press(good, until=page.locator("strong", has_text="Deze lijst van"))
    save(page, f"{name} is opgeslagen")


def test_an_unknown_file_is_asked_about_once(visitor):
    page = visitor.open("gegevens")
    hand_in(page, "klachten juni 2024.csv", STRANGE, "de monitor heeft een antwoord nodig")
    choose(page, "Wat voor gegevens zijn dit?", "Klachten en bezwaren")
    search = page.get_by_role("button", name="Zoek de kolommen")
    done = page.get_by_role("button", name="Lees in met deze kolommen")
    if search.count():
        press(search, until=done)
    for column, header in (
        ("Klachtnummer", "A: Dossier"), ("Ontvangen op", "B: Binnen"),
        ("Route", "C: Waar"), ("Soort", "D: Wat"), ("Afgesloten op", "E: Klaar"),
    ):  # fmt: skip
        choose(page, column, header)
    press(done, until=page.locator("strong", has_text="Deze lijst van"))
    save(page, "klachten juni 2024.csv is opgeslagen")
    expect(page.get_by_text("omdat de monitor het niet nodig heeft")).to_contain_text("Naam ouder")

    page = visitor.open("gegevens")
    name = "klachten september 2024.csv"
    hand_in(page, name, STRANGE_AGAIN, f"{name} is opgeslagen")


def test_a_delivery_can_be_taken_back(visitor):
    """The newest one, whichever that is; without a delivery left the demo is shown again."""
    take_back(visitor.open("gegevens"))
    assert is_undone(visitor, "verkeerd bestand")


def take_back(page: Page) -> None:
    """The newest delivery, with a reason and a confirmation."""
    reason, dialog = page.get_by_label("Waarom?"), page.get_by_role("dialog")
    press(page.get_by_text("Een levering ongedaan maken"), until=reason)
    fill(reason, "verkeerd bestand")
    sure = dialog.get_by_role("button", name="Ja, maak ongedaan")
    press(page.get_by_role("button", name="Maak ongedaan"), until=sure)
    press(sure, until=dialog, gone=True)


def is_undone(visitor: Visitor, reason: str) -> bool:
    """Whether the store says so; it may take a while to do it."""
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        if reason in [found.undone_reason for found in Store(visitor.site.store).history()]:
            return True
        time.sleep(0.5)
    return False
