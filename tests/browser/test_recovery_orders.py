"""The improvement plan of a profile that has one: from the table to an order and its forms."""

import pytest
from acting import choose, fill, press
from handing_in import single_list
from playwright.sync_api import expect
from test_views import SERIOUS, barriers
from visiting import NARROW, WIDE, running_site, visiting

ORDER = "BKA3 Evaluatie, verantwoording en dialoog: overleg toezicht en OPR"


@pytest.fixture(scope="module")
def plan_site(tmp_path_factory):
    """A store with a single list, which is built at once, for the profile with a plan."""
    store = single_list(tmp_path_factory.mktemp("plan") / "store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_PROFILE", "dordrecht")
        with running_site(store.path, demo=False) as running:
            yield running


def test_from_a_contradiction_to_the_order_where_it_is_repaired(browser, plan_site):
    with visiting(browser, plan_site) as visitor:
        page = visitor.open("verbeterplan", WIDE)
        assert not serious(page)
        status = page.get_by_role("table").nth(1)
        expect(status.get_by_role("row")).to_have_count(12)
        link = page.get_by_role("table").first.get_by_role("link", name=ORDER)
        heading = page.get_by_role("heading", level=2, name=ORDER)
        press(link, until=heading)
        page.set_viewport_size(NARROW)
        form = page.get_by_role("tabpanel", name="Notitie")
        press(page.get_by_role("tab", name="Notitie"), until=form)
        fill(form.get_by_label("Wat is er gebeurd?"), "Het tweede overleg is gehouden.")
        fill(form.get_by_label("Uw naam"), "Bureau")
        assert not serious(page)
        said = page.get_by_text("Vastgelegd: notitie over")
        press(form.get_by_role("button", name="Leg vast"), until=said)
        notes = page.get_by_role("cell", name="Het tweede overleg is gehouden.")
        expect(notes).to_be_visible()
        choose(page, "Opdracht", "alle opdrachten")
        expect(page.get_by_role("table").first.get_by_role("link", name=ORDER)).to_have_count(0)
        assert not visitor.errors and not visitor.strangers()


def serious(page):
    return [line for line in barriers(page) if line.startswith(SERIOUS)]
