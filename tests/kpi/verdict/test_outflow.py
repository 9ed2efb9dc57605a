"""Fewer pupils at home means fewer who can go: that is never told as bad news, anywhere."""

import csv
import io
import zipfile
from collections import Counter

import pytest
from handing_in import hand_in

from data.deliveries.store import Store
from kpi.figure import results
from kpi.figure.naming import periods_of
from kpi.meaning.choices import JudgedBy, Shows
from kpi.meaning.load import load_kpis
from kpi.opening.opening import open_monitor
from kpi.paper.make import Paper, documents
from kpi.verdict.judged import tested as judged_by
from kpi.verdict.judged import verdict
from kpi.verdict.verdict import Change
from kpi.view.overview import overview
from kpi.view.story import story

SCHOOL = "90AA00"
PLACES = (
    "Vestiging;Naam vestiging;Soort onderwijs;Bestuursnummer;Naam bestuur\n"
    f"{SCHOOL};Het Rietveld;vo;99901;Stichting Voorbeeld\n"
)
NUMBERS = (
    "Vestiging", "Kwartaal", "Soort verzuim", "Aantal op peildatum", "Nieuw", "Beëindigd",
    "Langer dan 3 maanden", "Langer dan 3 maanden zonder aanbod",
)  # fmt: skip
AT_HOME = (90, 88, 91, 89, 90, 88, 91, 89, 60, 58, 60, 58, 44, 36, 32, 30)
CHANCE = (0.55, 0.44, 0.53, 0.48, 0.45, 0.56, 0.47, 0.52) * 2
# who goes, beside one who stays: about a third of those who could
HALF = tuple(round(part * there) for part, there in zip(CHANCE, AT_HOME, strict=True))
STEADY = AT_HOME[:8] * 2
OUTFLOWS = [
    (kpi.id, stock.id, stock.ended_by, kpi.measures[stock.ended_by].tested_by)
    for kpi in load_kpis().values() for stock in kpi.measures.values() if stock.ended_by
] + [("deelname_vso", "pupils", "left", "back_share")]  # fmt: skip
PAPERS, OFFICE = (Paper.ALV, Paper.SCHOOL), (".docx", ".pptx")
FEWER = (*HALF[:8], *(there // 6 for there in STEADY[8:]))


def handed_in(folder, standing, gone):
    """A bureau that gave the numbers of one school: four school years of quarters."""
    names = [f"{year}-{year + 1}-k{k}" for year in range(2020, 2024) for k in range(1, 5)]
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(NUMBERS)
    before = standing[0]
    for quarter, there, went in zip(names, standing, gone, strict=True):
        rows.writerow([SCHOOL, quarter, "AV", there, there - before + went, went, 0, 0])
        rows.writerow([SCHOOL, quarter, "LRV", 0, 0, 0, 0, 0])
        before = there
    store = Store(folder / "store")
    for source, content in (("locaties", PLACES), ("verzuim_aantallen", text.getvalue())):
        path = folder / f"{source}.csv"
        path.write_text(content, encoding="utf-8")
        hand_in(store, path, None, source)
    return open_monitor(store=folder / "store", profile="groningen_stad", demo=False)


@pytest.fixture
def falling(tmp_path):
    """Every quarter a third of those who could go went, of fewer and fewer pupils."""
    return handed_in(tmp_path, AT_HOME, HALF)


@pytest.fixture
def slowing(tmp_path):
    """As many pupils every year, of whom fewer went in the last two."""
    return handed_in(tmp_path, STEADY, FEWER)


def ended_course(monitor, measure="ended"):
    return results.trend(monitor, "thuiszitters", "SWV", measure, "", "kwartaal")


def said_everywhere(monitor):
    """Every word about a change: overview, KPI page and what is judged, at every place."""
    for quarter in periods_of(monitor, "kwartaal"):
        for place in ("SWV", "99901", SCHOOL):
            for line in overview(monitor, place, quarter).lines:
                yield line.change_text
    kpi = monitor.kpis["thuiszitters"]
    for measure in kpi.measures.values():
        for segment in ("", "kind=av"):
            if segment and ("kind",) not in kpi.splits(measure):
                continue
            for place in ("SWV", "99901", SCHOOL):
                series = results.trend(monitor, kpi.id, place, measure.id, segment, "kwartaal")
                for end, result in enumerate(series, 1):
                    yield str(verdict(monitor, result).finding.change)
                    yield str(judged_by(monitor, result)[1].finding.change)
                    if result.has_number:
                        yield story(monitor, series[:end]).change_words


def test_when_fewer_can_go_nothing_is_called_worse(falling):
    gone = [round(result.numerator) for result in ended_course(falling)]
    assert (gone[0], gone[-1]) == (50, 16)
    said = [*said_everywhere(falling)]
    assert len(said) > 1000
    assert {word for word in said if str(Change.WORSE) in word} == set()
    shares = ended_course(falling, "ended_share")
    assert {verdict(falling, one).finding.change for one in shares[-4:]} == {Change.ORDINARY}
    assert all(30 < one.value < 37 for one in shares)


def test_no_paper_calls_it_worse_either(falling):
    quarter = periods_of(falling, "kwartaal")[-1]
    made = [file for paper in PAPERS for file in documents(falling, paper, quarter)]
    said = " ".join(spoken(file.content) for file in made if file.name.endswith(OFFICE))
    assert "Instroom: " in said  # there are words about a change
    assert str(Change.WORSE) not in said


def spoken(content):
    """All text of an office file."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return " ".join(package.read(name).decode("utf-8", "ignore") for name in package.namelist())


def test_a_smaller_share_that_goes_is_bad_news(slowing):
    series = ended_course(slowing)
    assert verdict(slowing, series[-1]).finding.change is Change.NOT_TESTED
    judged, found = judged_by(slowing, series[-1])
    assert judged.measure.id == "ended_share"
    assert found.finding.change is Change.WORSE
    told = story(slowing, series)
    assert told.change_words == f"{Change.WORSE.icon} Als deel: {Change.WORSE}"
    assert told.tested_text.startswith("Deel niet meer thuis: 14%: lager dan de gewone schommeling")
    assert told.flows.ended is not None


def test_every_outflow_is_judged_by_a_share_that_says_what_it_is_a_part_of():
    """Also of definitions that are still to come: who left is never judged by his number."""
    seen = 0
    for kpi in load_kpis().values():
        for stock in kpi.measures.values():
            if not stock.ended_by:
                continue
            gone = kpi.measures[stock.ended_by]
            share = kpi.measures[gone.tested_by]
            assert gone.judged_by is JudgedBy.SHARE
            assert share.shows is Shows.SHARE and not share.is_standing
            assert f"{share.id} = {gone.id}" in kpi.relations
            assert f"{share.id}.denominator = {stock.id} + {gone.id}" in kpi.relations
            seen += 1
    assert seen == 5


def test_who_could_go_are_those_who_went_and_those_still_there(demo):
    """At every level and in every part, wherever the last day is known at every school."""
    found = {
        (row["kpi_id"], row["measure"], *spot_of(row)): row
        for row in demo.database.rows("select * from kpi_value where observed = expected")
        if not row["partial"]
    }
    seen = Counter()
    for kpi, stock, gone, share in OUTFLOWS:
        for (own, measure, *spot), row in found.items():
            if (own, measure) != (kpi, share) or (kpi, stock, *spot) not in found:
                continue
            if kpi == "deelname_vso" and row["period_type"] == "schooljaar":
                continue  # its stock is of the count date
            went = found[kpi, gone, *spot]["numerator"] if (kpi, gone, *spot) in found else 0
            there = found[kpi, stock, *spot]["numerator"]
            assert row["denominator"] == went + there, (kpi, share, spot)
            if share != "back_share":
                assert row["numerator"] == went, (kpi, share, spot)
            seen[kpi, share, bool(spot[2])] += bool(went)
    assert len(seen) == 10 and min(seen.values()) > 20, seen


def test_in_a_school_year_the_last_day_counts_and_not_the_count_date(demo):
    """Of 2024-2025: who left until 31 July, and who is in VSO on that day."""
    year = results.figure(demo, "deelname_vso", "SWV", "2024-2025", "left_share")
    last = open_on(demo, year.period.end_on)
    gone = results.figure(demo, "deelname_vso", "SWV", "2024-2025", "left")
    assert (year.numerator, year.denominator) == (gone.numerator, gone.numerator + last)


def open_on(monitor, day):
    """Pupils in VSO at the end of a day, from the list of enrolments itself."""
    (row,) = monitor.database.rows(
        "select count(*) as pupils from vso_enrolment"
        " where start_on <= ? and (end_on is null or end_on > ?)",
        [day, day],
    )
    return row["pupils"]


def spot_of(row):
    return row["organisation_id"], row["period_id"], row["segment"]
