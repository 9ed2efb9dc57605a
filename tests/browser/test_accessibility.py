"""axe-core on every page: nothing serious or critical that is ours."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from visiting import NARROW, WIDE, settle

PAGES = (
    "", "kpi?kpi=thuiszitters", "locaties?kpi=opp", "thuiszitters", "ect", "kwartaal",
    "jaarplan", "gegevens",
    "definities?zoek=TLV", "uitleg",
)  # fmt: skip
# What Streamlit 1.67 itself gets wrong, by rule and a part of the selector; nothing of ours.
STREAMLIT: dict[str, str] = {}
FOLDS = 8
SERIOUS = ("serious", "critical")


def open_everything(page) -> None:
    """What is folded away counts too."""
    for fold in page.locator("[data-testid=stExpander] summary").all()[:FOLDS]:
        fold.click()
        settle(page)


def violations(page) -> list[str]:
    found = []
    for violation in Axe().run(page).response["violations"]:
        for node in violation["nodes"]:
            target = " ".join(map(str, node["target"]))
            known = STREAMLIT.get(violation["id"])
            if not known or known not in target + node["html"]:
                found.append(f"{violation['impact']}: {violation['id']}: {target}: {node['html']}")
    return found


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1440", "768"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_serious_barrier(visitor, path, size):
    page = visitor.open(path, size)
    open_everything(page)
    found = violations(page)
    print("\n".join(found))
    assert not [line for line in found if line.startswith(SERIOUS)]
