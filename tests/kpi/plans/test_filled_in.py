"""An activity from the texts of a form: what was not touched stays exactly as it was."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpi.plans.activities import activities, put_activity
from kpi.plans.activity import Direction, Effect
from kpi.plans.amount import Amount
from kpi.plans.filled_in import ActivityForm, filled_in, form_of
from kpi.register import Refused

YEAR = "2023-2024"
NEW = ActivityForm(
    "jaarplan", 3, "2", "sept 2023 - jan 2024", " Een  audit doen. ", "ECT (2 leden, met CvA), OPR",
    "Beter.", "ECT", "ca. € 5.000 per jaar", ["vsv", "thuiszitters"],
)  # fmt: skip


@pytest.fixture
def groningen(with_profile):
    return with_profile("groningen_stad")


def test_the_form_of_every_activity_gives_that_activity_again(groningen):
    for item in activities(groningen):
        assert filled_in(groningen, form_of(item), YEAR, item) == item


def test_a_new_activity_is_read_as_a_row_of_the_plan(groningen):
    item = filled_in(groningen, NEW, YEAR)
    assert (item.id, item.theme) == ("jaarplan-2023-2024-3.2", "Kwaliteit")
    assert (item.from_on, item.until_on) == (date(2023, 9, 1), date(2024, 1, 31))
    assert item.who == ("ECT (2 leden, met CvA)", "OPR")
    assert item.kpis == ("thuiszitters", "vsv")  # in the order of the profile
    assert item.money == (Amount(Decimal(5000), "€ per jaar", about=True),)
    assert item.what == "Een audit doen."
    put_activity(groningen, item, "Bureau")
    with pytest.raises(Refused, match="jaarplan 3.2 bestaat al"):
        filled_in(groningen, NEW, YEAR)


def test_a_change_keeps_the_id_and_only_a_new_amount_loses_its_source(groningen):
    item = next(one for one in activities(groningen) if one.id == "jaarplan-2023-2024-9.5")
    changed = filled_in(groningen, replace(form_of(item), number="6", what="Anders."), YEAR, item)
    assert (changed.id, changed.place, changed.money) == (item.id, "9.6", item.money)
    changed = filled_in(groningen, replace(form_of(item), money="€ 50.000"), YEAR, item)
    assert [(one.text, one.source) for one in changed.money] == [("€ 50.000", "")]


def test_a_period_a_number_or_a_place_that_cannot_be_is_refused_at_once(groningen):
    with pytest.raises(Refused) as refused:
        filled_in(groningen, replace(NEW, period="ooit", number="x"), YEAR)
    assert len(refused.value.errors) == 2
    with pytest.raises(Refused, match="jaarplan 3.1 bestaat al"):
        filled_in(groningen, replace(NEW, number="1"), YEAR)
    item = next(one for one in activities(groningen) if one.id == "jaarplan-2023-2024-9.5")
    with pytest.raises(Refused, match="jaarplan 9.4 bestaat al"):
        filled_in(groningen, replace(form_of(item), number="4"), YEAR, item)


EXPECTED = {"effect_kpi": "vsv", "effect_size": "0,1", "effect_by": "juni 2024"}


def test_an_expected_effect_is_read_links_its_kpi_and_comes_back_in_the_form(groningen):
    item = filled_in(groningen, replace(NEW, kpis=[], **EXPECTED), YEAR)
    assert item.effect == Effect("vsv", Direction.DOWN, Decimal("0.1"), "2024-06")
    assert item.kpis == ("vsv",)
    form = form_of(item)
    assert (form.effect_kpi, form.effect_size, form.effect_by) == ("vsv", "0,1", "juni 2024")
    assert filled_in(groningen, form, YEAR, item) == item
    without = replace(form, effect_kpi="", effect_size="", effect_by="")
    assert filled_in(groningen, without, YEAR, item).effect is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"effect_size": ""}, "Vul bij een verwacht effect"),
        ({"effect_size": "veel"}, "is geen getal"),
        ({"effect_by": "ooit"}, "‘ooit’ van het effect is niet te lezen"),
        ({"effect_size": "0"}, "meer dan nul"),
        ({"effect_by": "juni 2023"}, "voordat de activiteit begint"),
    ],
)
def test_an_effect_that_cannot_be_is_refused(groningen, wrong, said):
    with pytest.raises(Refused, match=said):
        put_activity(groningen, filled_in(groningen, replace(NEW, **EXPECTED | wrong), YEAR), "A")


def test_an_empty_form_is_refused_when_it_is_stored(groningen):
    empty = ActivityForm("jaarplan", 3, "9", "", "", "", "", "", "", ())
    with pytest.raises(Refused) as refused:
        put_activity(groningen, filled_in(groningen, empty, YEAR), "")
    assert len(refused.value.errors) == 3
