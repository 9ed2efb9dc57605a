"""Source definitions are checked as a whole: every error at once, with the nearest good word."""

import pytest
from small_sources import ABSENCE, HEAD, sources_of

from data.source_file import SOURCES, SourceError, load_sources


def errors_of(text: str) -> str:
    with pytest.raises(SourceError) as caught:
        sources_of(bron=text)
    return "\n".join(caught.value.errors)


def test_the_sources_of_the_product_load():
    sources = load_sources(SOURCES)
    assert "verzuim" in sources
    assert all(source.columns for source in sources.values())


def test_a_definition_becomes_a_source_with_its_stored_columns():
    source = sources_of(verzuim=ABSENCE)["verzuim"]
    assert source.stored == {
        "pupil_id": "VARCHAR",
        "location_id": "VARCHAR",
        "kind": "VARCHAR",
        "start_on": "DATE",
        "end_on": "DATE",
        "hours": "BIGINT",
        "hours_mark": "VARCHAR",
        "remark": "VARCHAR",
    }
    assert source.columns["location_id"].headers == ("Vestiging", "BRIN6", "Vestigingscode")
    assert source.columns["kind"].filled
    assert not source.columns["end_on"].filled


def test_a_birth_date_is_never_a_stored_column():
    text = ABSENCE.replace('type = "text"', 'type = "birth_date"')
    stored = sources_of(verzuim=text)["verzuim"].stored
    assert "remark" not in stored
    assert stored["remark_compulsory_until"] == stored["remark_qualification_until"] == "DATE"


def test_the_thousands_sign_of_the_file_holds_for_a_column_unless_it_says_otherwise():
    text = ABSENCE.replace('title = "Verzuim"', 'thousands = "."').replace(
        'marks = ["<5"]', 'thousands = ""'
    )
    columns = sources_of(verzuim=text)["verzuim"].columns
    assert columns["remark"].thousands == "."
    assert columns["hours"].thousands == ""


def test_all_errors_of_all_folders_come_at_once():
    with pytest.raises(SourceError) as caught:
        sources_of(een=ABSENCE.replace('"date"', '"datum"'), twee="label = ", drie=HEAD)
    text = "\n".join(caught.value.errors)
    assert text.count('type = "datum"') == 2
    assert "twee/source.toml: cannot be read" in text
    assert 'drie/source.toml: key "columns" is missing' in text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('topic = "absence"', "", 'key "topic" is missing'),
        ('type = "date"', 'type = "dat"', 'did you mean "date"?'),
        ("required = true", "requird = true", 'unknown key "requird"'),
        ("required = true", "requird = true", 'did you mean "required"?'),
        ("version = 1", 'version = "1"', "version = '1' must be of type int"),
        ("version = 1", "version = true", "version = True must be of type int"),
        ('headers = ["BRIN6"', 'headers = ["Soort"', 'header "Soort" belongs to both'),
        ('lrv = ["LRV"]', 'lrv = ["a-v", "av"]', 'spelling "av" stands for both'),
        ('type = "text"', 'type = "text"\nminimum = 1', "does not go with type text"),
        ('type = "date"', 'type = "date"\nminimum = 2020-01-01T00:00:00', "does not go with"),
        ('type = "date"', 'type = "date"\npattern = "x"', "pattern goes with"),
        ('type = "text"', 'type = "text"\nmarks = ["<5"]', "marks go with"),
        ('type = "text"', 'type = "text"\npattern = "("', "not a regular expression"),
        ('type = "text"', 'type = "category"', "[values] belongs to"),
        ('type = "integer"', 'type = "integer"\nminimum = 5\nmaximum = 4', "above maximum"),
        ('type = "integer"', 'type = "integer"\nthousands = ","', "both the decimal and"),
        ('"pupil_id", "kind"', '"pupil", "kind"', 'did you mean "pupil_id"?'),
        ('[["end_on", "start_on"]]', '[["end_on", "kind"]]', "pairs of date columns"),
        ('[["end_on", "start_on"]]', '["end_on"]', "list of lists of texts"),
        ('period = "none"', 'period = "none"\nexpected = ["9"]', 'expected holds "9"'),
        ('period = "none"', 'period = "none"\ncovers_by = "begin"', "covers_by names column"),
        ("[columns.remark]", "[columns.row_id]", "cannot be the name of a column"),
        ("[columns.remark]", "[columns.hours_mark]", 'stored column "hours_mark" comes from both'),
        ("required = true", "", "at least one column must be required"),
    ],
)
def test_an_error_says_where_it_is_and_what_was_meant(old, new, message):
    assert message in errors_of(ABSENCE.replace(old, new))
