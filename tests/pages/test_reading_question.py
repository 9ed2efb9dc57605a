"""On Gegevens: how a file is to be read is asked first, then what it says, then it is stored."""

from dataclasses import replace
from io import BytesIO

import pytest
from handing_in import WHOLE, hand_in, hand_in_example
from openpyxl import Workbook
from openpyxl.styles import Font

from data.deliveries.store import Store

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADERS = ["Leerlingnummer", "Vestiging", "Soort verzuim", "Begindatum", "Einddatum"]


def some_sheets() -> bytes:
    book = Workbook()
    schools = (("Noord", "90AA00"), ("Zuid", "90AA01"), ("Oud", "90AA01"))
    for number, (name, place) in enumerate(schools, start=1):
        sheet = book.create_sheet(name)
        sheet.append(HEADERS)
        sheet.append([f"10{number}1", place, "AV", "04-09-2023", None])
        sheet.append([f"10{number}2", place, "AV", "05-09-2023", None])
    del book["Sheet"]
    book["Zuid"]["A3"].font = Font(strike=True)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def press(app, label):
    """The last button of that name: the form of a question stands below that of the files."""
    return [button for button in app.button if button.label == label][-1].click().run()


def answer(app, word, value):
    radio = next(one for one in app.radio if word in one.label)
    radio.set_value(value)
    return app


def test_sheets_and_struck_rows_are_asked_before_the_claim(tmp_path, monkeypatch, visit):
    monkeypatch.setenv("KPI_STORE", str(tmp_path / "store"))
    store = Store(tmp_path / "store")
    hand_in_example(store, "locaties")
    app = visit("gegevens")
    app.file_uploader[0].upload("verzuim sept 2023.xlsx", some_sheets(), XLSX)
    app = press(app, "Lees in")
    boxes = {box.label: box for box in app.checkbox}
    assert [label for label in boxes if not label.startswith("alle 3")] == ["Noord", "Zuid", "Oud"]
    app = press(app, "Lees in")
    assert any("Nog een antwoord nodig" in error.value for error in app.error)
    for box in app.checkbox:
        if box.label in ("Noord", "Zuid"):
            box.check()
    app = press(app, "Lees in")
    app = press(answer(app, "doorgehaald", "weg"), "Lees in")
    assert any("Deze lijst van 3 rijen" in text.value for text in app.markdown)
    if app.radio:
        answer(app, "Voor wie", "swv")
    app = press(app, "Sla op")
    assert not app.exception
    assert [found.rows for found in store.deliveries()][1:] == [3]


def absence(*rows):
    return "\n".join(";".join(row) for row in (HEADERS, *rows)).encode()


def upload(app, content):
    app.file_uploader[0].upload("verzuim sept 2023.csv", content, "text/csv")
    return press(app, "Lees in")


def test_the_question_about_the_quarter_starts_where_the_last_day_of_the_file_is(
    tmp_path, monkeypatch, visit
):
    monkeypatch.setenv("KPI_STORE", str(tmp_path / "store"))
    hand_in_example(Store(tmp_path / "store"), "locaties")
    app = visit("gegevens")
    rows = absence(["1001", "90AA00", "AV", "04-09-2023", ""],
                   ["1002", "90AA00", "AV", "11-09-2023", "06-11-2023"])  # fmt: skip
    app.file_uploader[0].upload("verzuim.csv", rows, "text/csv")
    app = press(app, "Lees in")
    (box,) = [one for one in app.selectbox if "welk kwartaal" in one.label]
    assert box.value.period_id == "2023-2024-k2"


@pytest.mark.parametrize(
    ("kind", "asked", "value", "said"),
    [
        ("LRV", "tegelijk met", "lrv", ("lrv", "")),
        ("AV", "meer dan één regel", "eerste", ("", "eerste")),
    ],
)
def test_a_pupil_on_two_lists_is_asked_about_with_the_rows_by_pseudonym(
    tmp_path, monkeypatch, visit, kind, asked, value, said
):
    monkeypatch.setenv("KPI_STORE", str(tmp_path / "store"))
    store = Store(tmp_path / "store")
    hand_in_example(store, "locaties")
    app = upload(visit("gegevens"), absence(["1001", "90AA00", kind, "01-08-2023", ""]))
    app = press(answer(app, "Voor wie", "locations"), "Sla op")
    app = upload(app, absence(["1001", "90AA01", "AV", "04-09-2023", ""]))
    if any("Voor wie" in one.label for one in app.radio):
        answer(app, "Voor wie", "locations")
    (shown,) = [one.value for one in app.dataframe if list(one.value.columns) == ["Rij"]]
    assert len(shown) == 2 and all(": Leerlingnummer …" in row for row in shown["Rij"])
    app = press(answer(app, asked, value), "Sla op")
    assert not app.exception
    first, second = store.deliveries()[1:]
    assert (first.at_once, first.two_rows) == ("", "")
    assert (second.at_once, second.two_rows) == said


def test_an_answer_for_all_missing_rows_is_about_the_rows_that_were_shown(
    tmp_path, monkeypatch, visit
):
    """What becomes gone between the question and the answer is asked in its own right."""
    monkeypatch.setenv("KPI_STORE", str(tmp_path / "store"))
    store = Store(tmp_path / "store")
    hand_in_example(store, "locaties")
    one, other = (["100" + str(n), "90AA00", "AV", "04-09-2023", ""] for n in (1, 2))
    first, second = tmp_path / "een.csv", tmp_path / "twee.csv"
    first.write_bytes(absence(one))
    second.write_bytes(absence(other))
    hand_in(store, first, "2023-2024-k1", "verzuim")
    app = visit("gegevens")
    app.file_uploader[0].upload("verzuim dec 2023.csv", absence(), "text/csv")
    app = press(app, "Lees in")
    app = press(answer(app, "Voor wie", "swv"), "Sla op")
    said = replace(WHOLE, second="vult_aan")
    hand_in(store, second, "2023-2024-k1", "verzuim", answers=said)  # by somebody else
    app = press(answer(app, "verdwenen", "gestopt"), "Sla op")
    asked = [radio.label for radio in app.radio if "verdwenen" in radio.label]
    assert not app.exception and len(asked) == 1 and "1 rij " in asked[0]
    app = press(answer(app, "verdwenen", "vergeten"), "Sla op")
    (last,) = [found for found in store.deliveries() if found.period == "2023-2024-k2"]
    assert {row.answer for row in last.missing} == {"gestopt", "vergeten"}
