"""A meeting held without a mouse: open, step through it, record a decision, and go back."""

from collections.abc import Iterator

import pytest
from acting import insist
from handing_in import hand_in
from playwright.sync_api import Page, expect
from visiting import Visitor, running_site, visiting

from data.deliveries.store import Store
from kpi.meeting.meetings import meetings
from kpi.opening.demo import FILES

FIRST, LAST = "Dit vraagt geen gesprek", "Besluiten en nieuwe toezeggingen"
DECISION = "Het doel blijft zoals het is"
MOST_TABS = 80
AROUND = 40  # letters of an icon or a shortcut beside the name


@pytest.fixture(scope="module")
def visitor(browser, tmp_path_factory) -> Iterator[Visitor]:
    """A visitor of a bureau with a single list of figures, so that it is built at once."""
    store = Store(tmp_path_factory.mktemp("meeting") / "store")
    for name, period in (("00-vestigingen.xlsx", None), ("klachten-tot-2026-09-30.csv", None)):
        hand_in(store, FILES / name, period)
    with running_site(store.path, demo=False) as site, visiting(browser, site) as one:
        yield one


def walk_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on something with this name or text, and not on all the rest."""
    for _ in range(MOST_TABS):
        here = page.evaluate(
            "() => [document.activeElement.getAttribute('aria-label') || '',"
            " document.activeElement.innerText || '']"
        )
        if any(name in text and len(text) < len(name) + AROUND for text in here):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"met Tab komt u niet bij {name}")


def type_in(page: Page, name: str, text: str) -> None:
    """Fill in a box and leave it, as a person with a keyboard does."""

    def act() -> None:
        walk_to(page, name)
        page.keyboard.press("Control+a")
        page.keyboard.type(text)
        page.keyboard.press("Tab")

    box = page.get_by_role("textbox", name=name)
    insist(
        page,
        f"typ in {name}",
        act,
        lambda timeout: expect(box).to_have_value(text, timeout=timeout),
    )


def key(page: Page, name: str, until: str) -> None:
    """Press a key until a heading is there."""
    title = page.get_by_role("heading", level=2, name=until)
    insist(
        page,
        f"toets {name}",
        lambda: page.keyboard.press(name),
        lambda timeout: expect(title).to_be_visible(timeout=timeout),
    )


def enter(page: Page, name: str, until: str) -> None:
    """Walk to a button or fold-out and press Enter until a text is there."""

    told = page.get_by_text(until).first

    def act() -> None:
        if not told.is_visible():  # or a fold-out would close again
            walk_to(page, name)
            page.keyboard.press("Enter")

    def came(timeout: float) -> None:
        expect(told).to_be_visible(timeout=timeout)

    insist(page, f"Enter op {name}", act, came)


def test_a_meeting_is_held_with_the_keyboard_alone(visitor):
    page = visitor.open("vergadering?overleg=ALV")
    title = page.get_by_role("heading", level=2, name="Wat is er toegezegd?")
    expect(title).to_be_in_viewport()
    enter(page, "Vergadering openen", "U vergadert over")
    type_in(page, "Uw naam", "Anna de Boer")
    enter(page, "Open de vergadering", "De vergadering is open.")
    assert len(meetings(Store(visitor.site.store), "ALV")) == 1

    key(page, "PageDown", FIRST)
    assert "onderdeel=gesprek-2" in page.url
    key(page, "PageDown", LAST)
    page.go_back()
    expect(page.get_by_role("heading", level=2, name=FIRST)).to_be_visible()
    key(page, "PageDown", LAST)
    key(page, "PageUp", FIRST)
    key(page, "PageDown", LAST)

    type_in(page, "Wat is er afgesproken?", DECISION)
    enter(page, "Zet op de lijst", "Vastgelegd in deze vergadering")
    expect(page.get_by_role("rowheader", name=DECISION)).to_be_visible()
    expect(page.get_by_role("rowheader")).to_have_count(1)
