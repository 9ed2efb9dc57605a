"""A passphrase that was typed counts, however somebody goes on to the button."""

import zipfile
from pathlib import Path

import pytest
from handing_in import single_list
from visiting import WIDE, running_site, visiting

from data.deliveries.backup import read_backup
from data.deliveries.passphrase import MAGIC

PHRASE = "paard batterij nietje juist"


@pytest.fixture(scope="module")
def bureau(tmp_path_factory):
    path = tmp_path_factory.mktemp("bureau") / "store"
    single_list(path)
    with running_site(path, demo=False) as site:
        yield site


@pytest.fixture(scope="module")
def visitor(browser, bureau):
    with visiting(browser, bureau) as visitor:
        yield visitor


def asked(visitor):
    page = visitor.open("gegevens", WIDE)
    page.get_by_text("Reservekopie", exact=True).first.click()
    box = page.get_by_label("Wachtwoordzin (mag leeg blijven)", exact=True)
    box.wait_for()
    return page, box


def made(page, folder: Path) -> Path:
    """What is downloaded in the end."""
    with page.expect_download() as started:
        page.get_by_role("button", name="Download de reservekopie").click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


@pytest.mark.parametrize("then", ["klik", "Tab en klik", "Enter", "alleen toetsen"])
def test_a_typed_passphrase_locks_the_backup(visitor, tmp_path, then):
    page, box = asked(visitor)
    box.fill("")
    box.press_sequentially(PHRASE)
    button = page.get_by_role("button", name="Maak een reservekopie")
    if then == "Enter":
        box.press("Enter")
    elif then == "alleen toetsen":
        while not button.evaluate("it => it === document.activeElement"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    else:
        if then == "Tab en klik":
            page.keyboard.press("Tab")
        button.click()
    page.get_by_text("Deze reservekopie zit op slot").wait_for()
    path = made(page, tmp_path)
    assert path.suffix == ".age"
    assert path.read_bytes().startswith(MAGIC)
    assert read_backup(path, PHRASE).has_rows


def test_without_one_it_is_said_that_anybody_can_read_it(visitor, tmp_path):
    page, box = asked(visitor)
    page.get_by_role("button", name="Maak een reservekopie").click()
    page.get_by_text("Deze reservekopie zit niet op slot").wait_for()
    assert zipfile.is_zipfile(made(page, tmp_path))
