"""The layout of the registration: strictly read, and wrong ones refused in Dutch, all at once."""

import pytest

from kpi.meaning.load import DefinitionError
from kpi.paper.inspectie.fields import FIELDS
from kpi.paper.inspectie.layout import OURS, load_layout

BEGIN = 'first_school_year = "2019-2020"\n'
COLUMN = '[[columns]]\nheader = "Code"\nfield = "key"\n'


def load(tmp_path, text):
    folder = tmp_path / "proef"
    folder.mkdir()
    (folder / "inspectie.toml").write_text(text, encoding="utf-8")
    return load_layout("proef", tmp_path)


@pytest.mark.parametrize("profile", ["groningen_stad", "dordrecht"])
def test_both_profiles_have_a_layout_without_names_or_birth_dates(profile):
    layout = load_layout(profile)
    fields = [rule.field for rule in layout.columns]
    assert fields[0] == "key"
    assert {"kind", "start_on", "end_on", "offer", "status"} <= set(fields)
    assert not {"location", "birth_year", "age", "municipality"} & set(fields)


def test_a_profile_without_a_layout_gets_ours(tmp_path):
    (tmp_path / "proef").mkdir()
    assert load_layout("proef", tmp_path) == load_layout("groningen_stad")


def test_questions_of_a_round_come_with_their_answer_in_that_round_only(tmp_path):
    layout = load(
        tmp_path,
        BEGIN + COLUMN + '[[questions]]\ntext = "Doorzettingsmacht geregeld?"\n'
        'quarters = ["2025-2026-k3", "2025-2026-k4"]\nanswers = { "2025-2026-k3" = "Ja." }\n',
    )
    assert layout.questions_of("2025-2026-k3") == [("Doorzettingsmacht geregeld?", "Ja.")]
    assert layout.questions_of("2025-2026-k4") == [("Doorzettingsmacht geregeld?", "")]
    assert layout.questions_of("2026-2027-k1") == []


WRONG = {
    "geen geldige TOML": "x = [",
    "sleutel 'first_school_year' ontbreekt": COLUMN,
    "geen schooljaar": 'first_school_year = "2019"\n' + COLUMN,
    "geen enkele kolom": BEGIN,
    "onbekende sleutel 'kop'": BEGIN + '[[columns]]\nheader = "A"\nkop = "b"\nfield = "key"\n',
    "gegeven 'keyy' bestaat niet. Bedoelde u 'key'?": BEGIN + COLUMN.replace("key", "keyy"),
    "geef field (een gegeven) of text": BEGIN + '[[columns]]\nheader = "A"\n',
    "twee kolommen heten 'Code'": BEGIN + COLUMN + COLUMN,
    "die code bestaat niet": BEGIN
    + '[[columns]]\nheader = "A"\nfield = "offer"\nwords = {j = "J"}',
    "deze kolom heeft geen vaste woorden": (
        BEGIN + '[[columns]]\nheader = "A"\nfield = "start_on"\nwords = {j = "J"}'
    ),
    "dates is 'dd/mm'": BEGIN + COLUMN + 'dates = "dd/mm"\n',
    "geen naam voor een tabblad": BEGIN + 'sheet = "A/B"\n' + COLUMN,
    "vrijstelling 'art5a' bestaat niet": BEGIN + 'exemptions = ["art5a"]\n' + COLUMN,
    "is geen kwartaal": BEGIN + COLUMN + '[[questions]]\ntext = "?"\nquarters = ["2025-2026"]\n',
    "daar is niets gevraagd": (
        BEGIN + COLUMN + '[[questions]]\ntext = "?"\nquarters = []\n'
        'answers = { "2025-2026-k1" = "Ja" }\n'
    ),
    "een e-mailadres": BEGIN + '[[columns]]\nheader = "A"\ntext = "vraag jan@school.nl"\n',
    "een naam van een persoon": (
        BEGIN + COLUMN + '[[questions]]\ntext = "Wie beslist?"\nquarters = ["2025-2026-k1"]\n'
        'answers = { "2025-2026-k1" = "Mevrouw Postma heeft het mandaat." }\n'
    ),
    "verwacht een lijst van tabellen": BEGIN + 'columns = "key"\n',
}


@pytest.mark.parametrize("said", WRONG)
def test_what_is_wrong_is_said_in_dutch(tmp_path, said):
    with pytest.raises(DefinitionError) as error:
        load(tmp_path, WRONG[said])
    assert said.lower() in str(error.value).lower()
    assert "proef/inspectie.toml" in str(error.value)


def test_everything_wrong_is_said_at_once(tmp_path):
    text = BEGIN + 'sheet = "A/B"\n' + COLUMN.replace("key", "sleutel") + 'dates = "x"\n'
    with pytest.raises(DefinitionError) as error:
        load(tmp_path, text)
    assert len(error.value.errors) == 3


def test_every_field_is_explained_and_the_file_names_them_all():
    text = OURS.read_text(encoding="utf-8")
    for name, field in FIELDS.items():
        assert field.about.endswith((".", ";")), name
        assert name in text, f"{name} staat niet bij de gegevens om uit te kiezen"


def test_no_two_fields_claim_the_same_header():
    taken = {}
    for name, field in FIELDS.items():
        for header in field.headers:
            assert taken.setdefault(header.lower(), name) == name, header
