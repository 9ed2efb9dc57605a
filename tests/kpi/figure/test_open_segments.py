"""Segments whose codes are those that occur, such as municipalities."""

import pytest
from handing_in import hand_in, hand_in_example

from data.deliveries.store import Store
from kpi.figure import results
from kpi.figure.naming import segments_of
from kpi.meaning.load import load_kpis
from kpi.opening.opening import open_monitor

EXEMPTIONS = """\
Leerlingnummer;Artikel;Begindatum;Einddatum;Gemeentenummer
L1;5 onder a;01-08-2023;31-12-2023;0014
L2;5 onder a;01-08-2023;;1969
L3;5 onder a;01-08-2023;;
"""


@pytest.fixture(scope="module")
def monitor(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gemeenten")
    store = Store(folder / "store")
    hand_in_example(store, "locaties")
    path = folder / "vrijstellingen.csv"
    path.write_text(EXEMPTIONS, encoding="utf-8")
    hand_in(store, path, "2023-2024-k2", "vrijstellingen")
    return open_monitor(store=store.path, profile="groningen_stad")


def test_the_codes_are_those_that_occur_with_the_name_of_the_list_of_locations(monitor):
    values = monitor.kpis["thuiszitters"].segments["municipality"].values
    names = {
        row["municipality_code"]: row["municipality"]
        for row in monitor.database.rows("select municipality_code, municipality from location")
    }
    assert list(values) == ["0014", "1969", "onbekend"]
    assert values["0014"] == names.get("0014", "Gemeente 0014")
    assert values["1969"] == "Gemeente 1969"


def test_exemptions_of_a_municipality_are_a_figure_as_any_other(monitor):
    def figure(measure, segment):
        return results.figure(monitor, "thuiszitters", "SWV", "2023-2024-k2", measure, segment)

    assert figure("exemption_ended", "municipality=0014").value == 1
    assert figure("exemption_stock", "municipality=0014").value == 0
    assert figure("exemption_stock", "municipality=1969").value == 1
    assert figure("exemption_stock", "municipality=onbekend").segment_label == "Onbekend"
    measure = monitor.kpis["thuiszitters"].measures["exemption_stock"]
    assert len(segments_of(monitor.kpis["thuiszitters"], measure, "municipality")) == 3


def test_a_target_may_name_a_code_before_it_occurs():
    kpi = load_kpis()["thuiszitters"]
    assert kpi.segment_key("municipality=0034") == "municipality=0034"
    assert kpi.segment_label("municipality=0034") == "Gemeente 0034"
    with pytest.raises(ValueError, match="hoort niet bij"):
        kpi.segment_key("article=onzin")
