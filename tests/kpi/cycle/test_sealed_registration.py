"""The registration for the Inspectie of a closed quarter is that of its seal."""

from small_quarter import QUARTER, close_it, deliver_text, opened

from kpi.paper.inspectie import inspectie_workbook
from kpi.paper.inspectie.issue import round_of

HEADERS = "Leerlingnummer;Vestiging;Soort verzuim;Begindatum;Einddatum\n"


def registration(folder):
    monitor = opened(folder)
    return round_of(monitor, monitor.periods[QUARTER])


def told(made):
    """Rows and totals, as far as they say something about pupils."""
    rows = sorted((row.kind, row.location_id, row.start_on, str(row.end_on)) for row in made.rows)
    return rows, [total.figure.value for total in made.totals]


def test_what_comes_in_after_closing_does_not_change_the_registration(closed):
    before = registration(closed)
    place = next(row.location_id for row in before.rows if row.location_id)
    late = HEADERS + f"9999;{place};AV;03-06-2024;\n"
    deliver_text(closed, "verzuim", QUARTER, late)
    after = registration(closed)
    assert told(after) == told(before)
    assert after.edition.status == "vastgesteld"
    assert after.edition.seal
    assert opened(closed).deliveries.keys() > after.edition.monitor.deliveries.keys()


def test_an_open_quarter_takes_in_what_comes_in(ready):
    before = registration(ready)
    place = next(row.location_id for row in before.rows if row.location_id)
    deliver_text(ready, "verzuim", QUARTER, HEADERS + f"9999;{place};AV;03-06-2024;\n")
    after = registration(ready)
    assert len(after.rows) == len(before.rows) + 1
    assert after.edition.status != "vastgesteld"


def test_codes_of_a_round_stay_the_same_when_the_quarter_is_closed(ready):
    monitor = opened(ready)
    inspectie_workbook(monitor, monitor.periods[QUARTER])
    before = registration(ready)
    close_it(ready)
    after = registration(ready)
    assert after.salt == before.salt
    assert told(after) == told(before)
