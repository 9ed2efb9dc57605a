"""Make the pictures in docs/screenshots: `python tests/browser/screenshots.py`.

Every page of the made-up SWV in its full length, at the width of a laptop (1440) and of a tablet
(768), and what becomes of a few files that a bureau hands in.
"""

import os
import shutil
import tempfile
from pathlib import Path

from acting import press
from playwright.sync_api import Page, sync_playwright
from visiting import BROWSERS, FLAGS, NARROW, ROOT, WIDE, running_site, settle, visiting

TARGET = ROOT / "docs" / "screenshots"
PAGES = {
    "overzicht": "",
    "kpi": "kpi?kpi=thuiszitters&meting=persons&deel=kind%3Dlrv&per=schooljaar",
    "locaties": "locaties?kpi=thuiszitters",
    "thuiszitters": "thuiszitters",
    "ect": "ect",
    "kwartaal": "kwartaal",
    "vergadering": "vergadering",
    "jaarplan": "jaarplan",
    "scenario": "scenario",
    "gegevens": "gegevens",
    "uitleg": "uitleg",
    "definities": "definities?zoek=signaleringswaarde",
}
WITH_PLAN = "dordrecht"  # the profile that has an improvement plan
HEADER = "Klachtnummer;Ontvangen op;Route;Soort;Uitkomst;Afgesloten op\n"
FILES = {
    "klachten juni 2026.csv": HEADER + "K-1;05-05-2026;directie;klacht;bemiddeld;26-05-2026\n",
    "klachten sept 2026.csv": HEADER
    + "K-2;31-06-2026;directie;klacht;;\nK-3;02-09-2026;de buurman;klacht;;\n"
    + "K-4;03-09-2026;LBT;bezwaar tegen TLV;;\n",
    "uit ons systeem.csv": "Dossier;Binnen;Waar;Wat\nK-5;04-09-2026;directie;klacht\n",
}


def picture(page: Page, name: str, size: dict[str, int]) -> None:
    """The whole page, but never less than a screen."""
    settle(page)
    length = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], length)})
    page.wait_for_timeout(1500)
    page.screenshot(path=TARGET / f"{name}-{size['width']}.png")


def main() -> None:
    """All pictures anew."""
    TARGET.mkdir(parents=True, exist_ok=True)
    chromium = next(filter(None, map(shutil.which, BROWSERS)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        store = Path(folder) / "demo"
        with running_site(store, demo=True) as site, visiting(browser, site) as visitor:
            for name, path in PAGES.items():
                for size in (WIDE, NARROW):
                    picture(visitor.open(path, size), name, size)
        os.environ["KPI_PROFILE"] = WITH_PLAN
        with running_site(store, demo=True) as site, visiting(browser, site) as visitor:
            for size in (WIDE, NARROW):
                picture(visitor.open("verbeterplan", size), "verbeterplan", size)
        del os.environ["KPI_PROFILE"]
        store = Path(folder) / "own"
        with running_site(store, demo=False) as site, visiting(browser, site) as visitor:
            page = visitor.open("gegevens")
            page.locator("input[type=file][multiple]").set_input_files(
                [
                    {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
                    for name, text in FILES.items()
                ]
            )
            read = page.get_by_role("button", name="Lees in", exact=True)
            press(read, until=page.get_by_text("Verberg deze uitkomsten"))
            picture(page, "gegevens-uitkomst", WIDE)
        browser.close()


if __name__ == "__main__":
    main()
