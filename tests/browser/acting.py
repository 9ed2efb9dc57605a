"""What a visitor does on a page: every act waits for a calm page, and is done again when lost.

On a slow machine Streamlit may draw a page anew between the press and the release of a button. The
click is then gone, without a trace. So every act says what must come of it, and one that had to be
done again is named in `repeated`, which the run tells at its end.
"""

from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Download, Locator, Page, TimeoutError, expect
from visiting import settle

TRIES = 5
SOON, AT_ONCE = 10_000, 500  # milliseconds

Result = Callable[[float], None]

repeated: list[str] = []  # in the test that runs now


def insist(page: Page, name: str, act: Callable[[], object], result: Result) -> None:
    """Act until `result(milliseconds)` raises no more; never while the script still runs.

    Fails as `result` does when the last try brought nothing either.
    """
    for attempt in range(TRIES):
        note(name, attempt)
        settle(page)
        with suppress(TimeoutError, AssertionError):
            act()
            result(SOON)
        settle(page)  # what takes longer comes of the script that runs, and not of another click
        with suppress(AssertionError):
            result(AT_ONCE)
            return
    result(SOON)


def note(name: str, attempt: int) -> None:
    """Keep the name of an act that is done again."""
    if attempt:
        repeated.append(f"{name} (keer {attempt + 1})")


def press(button: Locator, until: Locator, gone: bool = False) -> None:
    """Click until something is visible, or gone."""

    def came(timeout: float) -> None:
        expect(until).to_be_visible(timeout=timeout, visible=not gone)

    insist(button.page, f"klik op {button}", lambda: button.click(timeout=SOON), came)


def fill(box: Locator, text: str) -> None:
    """Type a text and leave the box: only then Streamlit hears of it."""

    def type_and_leave() -> None:
        box.fill(text, timeout=SOON)
        box.press("Tab", timeout=SOON)

    def kept(timeout: float) -> None:
        expect(box).to_have_value(text, timeout=timeout)

    insist(box.page, f"vul in {box}", type_and_leave, kept)


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option of a select box, as a person with a keyboard does: type, and take it."""
    box = page.get_by_role("combobox", name=label, exact=True)
    offered = page.get_by_role("option", name=option, exact=True)

    def pick() -> None:
        box.click(timeout=SOON)
        box.fill(option, timeout=SOON)
        offered.click(timeout=SOON)

    def taken(timeout: float) -> None:
        expect(box).to_have_value(option, timeout=timeout)

    insist(page, f"kies {option} bij {label}", pick, taken)


def download(button: Locator) -> Download:
    """The file behind a button."""
    for attempt in range(TRIES):
        note(f"download {button}", attempt)
        settle(button.page)
        with suppress(TimeoutError):
            with button.page.expect_download(timeout=SOON) as found:
                button.click(timeout=SOON)
            return found.value
    raise AssertionError(f"Er kwam geen bestand van {button}.")
