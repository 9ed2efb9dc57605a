"""The bureau's own store: empty, with a first list, and with a first quarter."""

from dataclasses import replace
from pathlib import Path

import pytest
from copies import copy_with_figures
from handing_in import WHOLE, hand_in, hand_in_example
from reading import PAGES, ROOT, listed, said, shown

from data.deliveries.store import Store

EXAMPLES = ROOT / "data" / "sources"


@pytest.fixture
def own(tmp_path, monkeypatch) -> Store:
    monkeypatch.setenv("KPI_STORE", str(tmp_path / "store"))
    return Store(tmp_path / "store")


@pytest.fixture
def beside_demo(demo, own) -> Store:
    """An own store in which the made-up SWV is filled already."""
    copy_with_figures(demo, own.path)
    return own


@pytest.fixture(scope="module")
def beginnings(tmp_path_factory) -> dict[str, Path]:
    """Stores of bureaus that have just begun."""
    folder = tmp_path_factory.mktemp("begin")
    hand_in_example(Store(folder / "locaties"), "locaties")
    hand_in_example(Store(folder / "klachten"), "klachten", "2023-2024-k1")
    return {path.name: path for path in folder.iterdir()}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("first", ["locaties", "klachten"])
def test_pages_open_when_only_one_list_is_in(beginnings, visit, monkeypatch, first, page):
    monkeypatch.setenv("KPI_STORE", str(beginnings[first]))
    app = visit(page)
    assert not app.exception
    assert len(app.title) == 1


def test_the_overview_says_where_to_start(own, visit):
    hand_in_example(own, "locaties")
    assert "Lees uw bestanden in" in visit("overzicht").info[0].value


def test_what_was_not_delivered_says_so_and_is_never_a_zero(own, visit):
    hand_in_example(own, "klachten", "2023-2024-k1")
    rows = {shown(name): shown(cells["Nu"]) for name, cells in
            visit("overzicht").table[0].value.to_dict("index").items()}  # fmt: skip
    numbers = [text for name, text in rows.items() if not name.startswith("7 ")]
    assert numbers
    assert not [text for text in numbers if text[0].isdigit()]


def test_every_delivery_says_what_was_answered_of_rows_that_are_gone(own, visit, tmp_path):
    hand_in_example(own, "locaties")
    head = "Leerlingnummer;Vestiging;Soort verzuim;Begindatum;Einddatum\n"
    rows = [f"{pupil};90AA00;AV;04-09-2023;\n" for pupil in (1, 2, 3)]
    for period, held in (("2023-2024-k1", rows), ("2023-2024-k2", rows[:1])):
        path = tmp_path / f"{period}.csv"
        path.write_text(head + "".join(held), encoding="utf-8")
        hand_in(own, path, period, "verzuim", answers=replace(WHOLE, missing="gestopt"))
    told = visit("gegevens").dataframe[0].value["Geantwoord"]
    assert list(told) == ["verdwenen: 2 gestopt", "", ""]


def test_an_own_delivery_leaves_the_demo_and_one_click_goes_back(beside_demo, visit):
    hand_in_example(beside_demo, "klachten", "2023-2024-k1")
    app = visit("gegevens")
    next(item for item in app.button if "verzonnen cijfers" in item.label).click().run()
    assert "verzonnen" in said(app)
    assert "Voorbeeldstad" in said(visit("overzicht"))
    back = next(item for item in app.button if item.label == "Toon de eigen cijfers")
    back.click().run()
    assert any("verzonnen cijfers" in item.label for item in app.button)
    assert "Voorbeeldstad" not in said(visit("overzicht"))


def test_a_hostile_name_from_a_file_is_text_on_the_page(own, visit, tmp_path):
    text = (EXAMPLES / "locaties" / "example.csv").read_text(encoding="utf-8-sig")
    path = tmp_path / "vestigingen.csv"
    name = "![x](https://example.org/x.png)"
    path.write_text(text.replace("Voorbeeldcollege Noord", name), encoding="utf-8")
    hand_in(own, path)
    hand_in_example(own, "leerlingen", "2023-2024")
    hand_in_example(own, "opp", "2023-2024-k4")
    app = visit("locaties", kpi="opp")
    drawn = "".join(item.value for item in app.markdown)
    cells = drawn + "".join(
        str(cell)
        for table in listed(app).table
        for cell in table.value.reset_index().to_numpy().ravel()
    )
    assert r"example\.org" in cells
    assert "](https" not in cells
