"""A link reproduces a view: every choice stands in the address, and a wrong one is said."""

import pytest
from reading import listed


def asked(app, name):
    """What the address of the page becomes."""
    return app.session_state["adres"].get(name)


def test_a_page_without_choices_completes_its_address(visit):
    app = visit("kpi")
    assert asked(app, "organisatie") == "SWV"
    assert asked(app, "kpi") == "thuiszitters"
    assert asked(app, "meting") == "stock"
    assert asked(app, "per") == "kwartaal"
    assert asked(app, "schooljaar") and asked(app, "kwartaal")


def test_an_address_shows_exactly_what_it_says(visit):
    app = visit(
        "kpi", kpi="vsv", meting="leavers", per="schooljaar", organisatie="SWV",
        schooljaar="2023-2024", kwartaal="k4",
    )  # fmt: skip
    assert app.title[0].value.startswith("5 ")
    assert app.selectbox(key="keuze_meting").value == "leavers"
    assert app.selectbox(key="keuze_schooljaar").value == "2023-2024"
    expected, last = listed(app).table[0].value.index[:2]
    assert expected == r"**2024\-2025**" and last == r"**2023\-2024**"
    assert not app.warning


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("organisatie", "99ZZ99", "SWV"),
        ("kpi", "bestaatniet", "thuiszitters"),
        ("meting", "![x](https://example.org)", "stock"),
        ("per", "maand", "kwartaal"),
        ("deel", "kind=onzin", ""),
    ],
)
def test_a_wrong_value_falls_back_with_a_note(visit, name, wrong, right):
    app = visit("kpi", **{name: wrong})
    assert not app.exception
    assert app.selectbox(key=f"keuze_{name}").value == right
    assert len(app.warning) == 1
    assert "uit het adres bestaat hier niet" in app.warning[0].value
    assert "](https" not in app.warning[0].value


def test_a_choice_comes_in_the_address(visit):
    app = visit("overzicht", schooljaar="2024-2025", kwartaal="k2")
    app.selectbox(key="keuze_kwartaal").select("k3").run()
    assert asked(app, "kwartaal") == "k3"
    assert asked(app, "schooljaar") == "2024-2025"
    assert "mrt 2025" in "".join(item.value for item in app.markdown)


def test_another_school_year_keeps_the_quarter_when_it_has_one(visit, monitor):
    years = sorted({p.school_year for p in monitor.periods.values() if p.period_type == "kwartaal"})
    app = visit("overzicht", schooljaar="2024-2025", kwartaal="k1")
    app.selectbox(key="keuze_schooljaar").select("2023-2024").run()
    assert asked(app, "kwartaal") == "k1"
    app.selectbox(key="keuze_kwartaal").select("k4").run()
    app.selectbox(key="keuze_schooljaar").select(years[-1]).run()
    assert not app.warning
    assert asked(app, "kwartaal") in ("k1", "k2", "k3", "k4")


def test_another_kpi_starts_with_its_own_main_measure(visit):
    app = visit("kpi", kpi="thuiszitters", meting="stock", deel="kind=av")
    app.selectbox(key="keuze_kpi").select("reserve").run()
    assert not app.warning
    assert asked(app, "meting") == "ratio"
    assert asked(app, "deel") == ""


def test_the_search_box_finds_definitions_and_says_when_there_are_none(visit):
    app = visit("definities", zoek="signaleringswaarde")
    assert any("12 " in item.label for item in app.expander)
    assert len(app.expander) < 12
    app.text_input(key="keuze_zoek").set_value("xyzzy").run()
    assert not app.expander
    assert "xyzzy" in app.info[0].value
    assert asked(app, "zoek") == "xyzzy"
