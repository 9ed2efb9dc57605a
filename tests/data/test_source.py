"""Source definitions are checked as a whole: every error at once, with the nearest good word."""

import pytest
from small_sources import ABSENCE, HEAD, sources_of

from data.source_file import SOURCES, load_sources
from data.strict import DefinitionError


def errors_of(text: str) -> str:
    with pytest.raises(DefinitionError) as caught:
        sources_of(bron=text)
    return "\n".join(caught.value.errors)


def test_the_sources_of_the_product_load():
    sources = load_sources(SOURCES)
    assert "verzuim" in sources
    assert all(source.columns for source in sources.values())


def test_a_source_that_was_changed_is_read_again(tmp_path):
    file = tmp_path / "verzuim" / "source.toml"
    file.parent.mkdir()
    for label in ("Vestiging", "School"):
        file.write_text(ABSENCE.replace('"Vestiging"', f'"{label}"'), encoding="utf-8")
        assert load_sources(tmp_path)["verzuim"].columns["location_id"].label == label


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
    with pytest.raises(DefinitionError) as caught:
        sources_of(een=ABSENCE.replace('"date"', '"datum"'), twee="label = ", drie=HEAD)
    text = "\n".join(caught.value.errors)
    assert text.count("type 'datum' bestaat niet. Bedoelde u 'date'?") == 2
    assert "twee/source.toml: geen geldige TOML" in text
    assert "drie/source.toml: minstens één kolom moet required zijn" in text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('topic = "absence"', "", "sleutel 'topic' ontbreekt"),
        ('[delivery]\nperiod = "none"', "", "sleutel 'delivery' ontbreekt"),
        ('type = "date"', 'type = "dat"', "Bedoelde u 'date'?"),
        ("required = true", "requird = true", "onbekende sleutel 'requird'"),
        ("required = true", "requird = true", "Bedoelde u 'required'?"),
        ("version = 1", 'version = "1"', "sleutel 'version' is '1'; verwacht een geheel getal"),
        ("version = 1", "version = true", "sleutel 'version' is True; verwacht een geheel getal"),
        ('period = "none"', 'period = "maand"', "verwacht een van: 'kwartaal'"),
        ('headers = ["BRIN6"', 'headers = ["Soort"', "kop 'soort' hoort bij location_id en bij"),
        ('lrv = ["LRV"]', 'lrv = ["a-v", "av"]', "spelling 'av' hoort bij av en bij lrv"),
        ('type = "text"', 'type = "text"\nminimum = 1', "past niet bij type 'text'"),
        ('type = "date"', 'type = "date"\nminimum = 2020-01-01T00:00:00', "of een datum"),
        ('type = "date"', 'type = "date"\npattern = "x"', "pattern hoort alleen bij"),
        ('type = "text"', 'type = "text"\nmarks = ["<5"]', "marks hoort alleen bij"),
        ('type = "text"', 'type = "text"\npattern = "("', "geen reguliere expressie"),
        ('type = "text"', 'type = "category"', "[values] hoort bij"),
        ('type = "integer"', 'type = "integer"\nminimum = 5\nmaximum = 4', "hoger dan maximum"),
        ('type = "integer"', 'type = "integer"\nthousands = ","', "decimaalteken én"),
        ('"pupil_id", "kind"', '"pupil", "kind"', "Bedoelde u 'pupil_id'?"),
        ('[["end_on", "start_on"]]', '[["end_on", "kind"]]', "paren van datumkolommen"),
        ('[["end_on", "start_on"]]', '["end_on"]', "verwacht een lijst"),
        ('[["end_on", "start_on"]]', '[["end_on"]]', "verwacht een lijst"),
        ('period = "none"', 'period = "none"\nexpected = ["9"]', "expected noemt '9'"),
        ('period = "none"', 'period = "none"\ncovers_by = "begin"', "covers_by noemt kolom"),
        ("[columns.remark]", "[columns.row_id]", "kan niet de naam van een kolom zijn"),
        (
            "[columns.remark]",
            "[columns.hours_mark]",
            "bewaarde kolom 'hours_mark' hoort bij hours en bij hours_mark",
        ),
        ("required = true", "", "minstens één kolom"),
    ],
)
def test_an_error_says_where_it_is_and_what_was_meant(old, new, message):
    assert message in errors_of(ABSENCE.replace(old, new))


def test_a_limit_is_kept_exactly_as_written():
    text = ABSENCE.replace('type = "integer"', 'type = "decimal"\nmaximum = 0.10')
    assert str(sources_of(verzuim=text)["verzuim"].columns["hours"].maximum) == "0.10"
