"""The command line: exit codes, one JSON document, Dutch refusals, and the figures of the pages."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from kpi.cli.main import main
from kpi.figure import results
from kpi.figure.explain import explain
from kpi.figure.export import csv_cell, figure_dict, table_csv
from kpi.opening.demo import FILES

pytestmark = pytest.mark.xdist_group("demo")
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """A function: arguments → (exit code, stdout, stderr), on a store of its own."""
    monkeypatch.setenv("KPI_STORE", str(tmp_path / "store"))

    def command(*arguments):
        try:
            code = main(list(arguments))
        except SystemExit as stop:
            code = stop.code
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return command


@pytest.fixture
def run_demo(run, demo, monkeypatch):
    """The same on the made-up SWV of the session."""
    monkeypatch.setenv("KPI_STORE", str(demo.opened_with.store))
    monkeypatch.setenv("KPI_DEMO", "1")
    monkeypatch.setenv("KPI_PROFILE", "groningen_stad")
    return run


def figures_of(answer):
    code, out, _ = answer
    assert code == 0
    return json.loads(out)["figures"]


def test_every_figure_is_the_same_on_the_command_line_in_explain_and_in_results(run_demo, demo):
    """For every KPI of the profile, and for the SWV, a board and a location."""
    seen = 0
    for shown in results.overview(demo, "SWV", "2025-2026-k4"):
        for organisation in ("SWV", "90003", "90AB00"):
            place = (shown.kpi.id, organisation, shown.period.period_id)
            on_page = results.figure(demo, *place)
            segment = ["--segment", on_page.segment] if on_page.segment else []
            expected = json.loads(json.dumps(figure_dict(on_page, True), default=str))
            listed = figures_of(
                run_demo(
                    "figures", "--kpi", place[0], "--org", place[1], "--period", place[2],
                    "--measure", shown.measure.id, *segment, "--json",
                )
            )  # fmt: skip
            assert listed == ([expected] if on_page.expected else [])
            code, out, _ = run_demo("explain", *place, "--json")
            assert code == 0
            assert json.loads(out)["figure"] == expected
            assert figure_dict(explain(demo, on_page).result, True) == figure_dict(on_page, True)
            seen += len(listed)
    assert seen > 20


def test_json_holds_every_column_of_kpi_value(run_demo, demo):
    (figure,) = figures_of(
        run_demo("figures", "--kpi", "thuiszitters", "--org", "SWV", "--period", "2025-2026-k4",
                 "--measure", "stock", "--json")
    )  # fmt: skip
    columns = {row["column_name"] for row in demo.database.rows("describe kpi_value")}
    renamed = {"not_comparable": "not_comparable_reason"}
    assert {renamed.get(name, name) for name in columns} <= figure.keys()
    assert figure["demo"] is True
    assert figure["kpi_label"] == "Thuiszitters"


def test_the_demo_says_it_is_made_up_on_stderr_only(run_demo):
    code, out, err = run_demo("figures", "--kpi", "opp", "--org", "SWV", "--json")
    assert code == 0
    assert "verzonnen" in err
    json.loads(out)


def test_csv_has_semicolons_and_decimal_commas(run_demo):
    code, out, _ = run_demo("figures", "--kpi", "vsv", "--org", "SWV", "--csv")
    rows = list(csv.DictReader(io.StringIO(out), delimiter=";"))
    assert code == 0
    share = next(row for row in rows if row["measure"] == "vsv_share" and row["value"])
    assert "," in share["value"]
    assert "." not in share["value"]
    assert {row["demo"] for row in rows} == {"ja"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_can_never_become_a_formula(start):
    assert csv_cell(f"{start}1+1") == f"'{start}1+1"
    assert table_csv([{"a": f"{start}x"}]).startswith("a\r\n")


@pytest.mark.parametrize(
    ("value", "cell"),
    [(-3, "-3"), (2.5, "2,5"), (1e16, "10000000000000000"), (0.1 + 0.2, "0,30000000000000004"),
     (None, ""), (True, "ja"), (["a", "b"], "a b"), ("−3 leerlingen", "−3 leerlingen")],
)  # fmt: skip
def test_cells_of_a_csv(value, cell):
    assert csv_cell(value) == cell


def test_a_file_is_imported_undone_and_said_in_the_status(run, tmp_path):
    file = tmp_path / "00-vestigingen.xlsx"
    shutil.copy(FILES / file.name, file)
    code, out, err = run("import", str(file), "--json", "--author", "Proef")
    assert (code, err) == (0, "")
    (imported,) = json.loads(out)["files"]
    assert imported["status"] == "opgeslagen"
    rows = ("rows_stored", "rows_quarantined", "rows_ignored")
    assert imported["rows_read"] == sum(imported[name] for name in rows)
    code, out, _ = run("status", "--json")
    status = json.loads(out)
    assert [item["delivery_id"] for item in status["deliveries"]] == [imported["delivery"]]
    assert status["demo"] is False
    assert run("undo", imported["delivery"], "--reason", "fout")[0] == 0
    assert json.loads(run("status", "--json")[1])["deliveries"] == []


def test_an_own_delivery_leaves_the_demo_behind_and_undo_brings_it_back(run):
    assert json.loads(run("status", "--json")[1])["demo"] is True
    run("import", str(FILES / "00-vestigingen.xlsx"))
    code, out, err = run("figures", "--kpi", "thuiszitters", "--json")
    assert code == 0
    assert json.loads(out)["demo"] is False
    assert "verzonnen" not in err


def test_a_dry_run_stores_nothing(run):
    code, out, _ = run("import", str(FILES / "00-vestigingen.xlsx"), "--dry-run")
    assert code == 0
    assert "proef" in out
    assert json.loads(run("status", "--json")[1])["deliveries"] == []


def test_a_refused_file_gives_exit_code_1_and_one_json_document(run, tmp_path):
    file = tmp_path / "brief.csv"
    file.write_text("Beste collega;\nhierbij;\n", encoding="utf-8")
    code, out, err = run("import", str(file), "--json")
    assert code == 1
    assert json.loads(out)["files"][0]["rows_stored"] == 0
    assert "brief.csv" in err
    code, _, err = run("import", str(tmp_path / "niet-daar.xlsx"))
    assert code == 1
    assert "niet-daar.xlsx" in err


def test_a_mapping_is_passed_on(run, tmp_path):
    file = tmp_path / "eigen.csv"
    file.write_text("School;Naam;Type;Nr;Wie\n90AA00;Een;vo;12345;Bestuur Een\n", encoding="utf-8")
    pairs = ["location_id=School", "name=Naam", "school_type=Type", "board_id=Nr", "board_name=Wie"]
    code, out, err = run("import", str(file), "--source", "locaties", "--mapping", *pairs)
    assert (code, err) == (0, "")
    assert "1 opgeslagen" in out
    assert run("import", str(file), "--mapping", "zonder-is")[0] == 2


def test_sources_lists_columns(run):
    code, out, _ = run("sources", "--json")
    by_id = {item["id"]: item for item in json.loads(out)["sources"]}
    assert code == 0
    assert {"verzuim", "leerlingen", "tlv"} <= by_id.keys()
    assert any(column["required"] for column in by_id["verzuim"]["columns"])
    assert "Vestiging*" in run("sources")[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("figures", "--kpi", "opps"), "Bedoelde u 'opp'?"),
        (("figures", "--org", "90AB99"), "Organisatie '90AB99' bestaat niet."),
        (("figures", "--period", "1999"), "Over 1999 zijn er geen gegevens"),
        (("figures", "--kpi", "opp", "--segment", "soort"), "Kies uit: school_type"),
        (("figures", "--audience", "openbaar"), "Doelgroep 'openbaar' kan hier niet"),
        (("explain", "opp", "SWV", "2023-2024", "--measure", "x"), "heeft geen maat 'x'"),
        (("undo", "bestaat-niet"), "bestaat niet"),
    ],
)
def test_a_refusal_is_exit_code_1_with_a_dutch_sentence(run_demo, arguments, message):
    code, out, err = run_demo(*arguments)
    assert (code, out) == (1, "")
    assert message in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "deze onderdelen ontbreken: opdracht"),
        (("figure",), "onbekende keuze"),
        (("explain", "opp"), "deze onderdelen ontbreken: ORGANISATIE, PERIODE"),
        (("figures", "--kpi"), "verwacht één waarde"),
        (("figures", "--los"), "onbekende onderdelen: --los"),
        (("purge", "--before", "2020-01-01"), "zit niet in deze versie"),
        (("report", "inspectie"), "deze onderdelen ontbreken: --period"),
        (("report", "krant", "--period", "x", "--out", "y"), "onbekende keuze"),
    ],
)
def test_wrong_use_is_exit_code_2_in_dutch(run, arguments, message):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_the_papers_of_a_quarter_are_written_in_a_folder(run_demo, tmp_path):
    folder = tmp_path / "stukken"
    code, out, _ = run_demo("report", "alv", "--period", "2025-2026-k4", "--out", str(folder))
    assert code == 0
    names = [f"alv-2025-2026-k4.{form}" for form in ("pptx", "pdf", "xlsx")]
    assert out.split() == [str(folder / name) for name in names]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    assert all(path.stat().st_size > 10_000 for path in folder.iterdir())


def test_papers_are_about_a_quarter(run_demo, tmp_path):
    code, out, err = run_demo("report", "alv", "--period", "2025", "--out", str(tmp_path))
    assert (code, out) == (1, "")
    assert "2025 is geen kwartaal" in err


def test_a_broken_definition_is_a_refusal_and_no_traceback(run, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "kpi" / "definitions", tmp_path / "definitions")
    toml = tmp_path / "definitions" / "opp" / "kpi.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + "\nonzin = 1\n", encoding="utf-8")
    monkeypatch.setenv("KPI_DEFINITIONS", str(tmp_path / "definitions"))
    code, _, err = run("figures", "--kpi", "opp")
    assert code == 1
    assert "opp/kpi.toml" in err


def test_it_runs_as_a_module_and_writes_utf_8(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "kpi", "status"],
        cwd=ROOT, capture_output=True, timeout=600,
        env={"KPI_STORE": str(tmp_path), "PYTHONIOENCODING": "latin-1", "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 0
    assert "De opslag is in orde." in done.stdout.decode("utf-8")


def test_sheets_of_one_kind_are_chosen_with_an_option(run, tmp_path):
    book = Workbook()
    for name, place in (("Noord", "90AA00"), ("Zuid", "90AA01")):
        sheet = book.create_sheet(name)
        sheet.append(["Leerlingnummer", "Vestiging", "Soort verzuim", "Begindatum", "Einddatum"])
        sheet.append(["1001", place, "AV", "04-09-2023", None])
    del book["Sheet"]
    book.save(tmp_path / "verzuim.xlsx")
    given = ("import", str(tmp_path / "verzuim.xlsx"), "--period", "2023-2024-k1")
    code, out, err = run(*given)
    assert code == 1 and "Antwoord met --sheet, met één of meer namen." in err
    assert "alle: beide tabbladen: samen zijn zij één lijst" in out
    given = (*given, "--sheet", "alle")
    code, out, err = run(*given)  # and then that a pupil is on both
    assert code == 1 and "Antwoord met --two-rows." in err
    assert "regel 2 van “Noord”: Leerlingnummer …" in out
    code, out, _ = run(*given, "--two-rows", "laatste")
    assert code == 0 and "2 rijen gelezen: 2 opgeslagen" in out


def test_a_backup_a_damage_and_back_again(run, tmp_path):
    assert run("import", str(FILES / "00-vestigingen.xlsx"))[0] == 0
    code, out, err = run("backup", str(tmp_path / "reserve.zip"))
    assert (code, err) == (0, "")
    assert "gemaakt en nagelezen" in out
    assert "1 levering" in out
    assert "bestaat al" in run("backup", str(tmp_path / "reserve.zip"))[2]
    (tmp_path / "store" / "ledger.jsonl").unlink()
    code, out, _ = run("status", "--json")
    assert code == 1
    assert json.loads(out)["chain_ok"] is False
    assert "het bestand is leeg of ontbreekt" in json.loads(out)["remarks"][0]
    refused = run("repair")
    assert refused[0] == 1
    assert "1 levering" in refused[2] and "--yes" in refused[2]
    assert "terzijde" not in [path.name for path in (tmp_path / "store").iterdir()]
    code, out, err = run("repair", "--yes")
    assert (code, err) == (0, "")
    assert "Wat dit kost:" in out
    assert "terzijde" in out
    assert json.loads(run("status", "--json")[1])["deliveries"] == []
    code, out, err = run("restore", str(tmp_path / "reserve.zip"))
    assert (code, err) == (0, "")
    assert len(json.loads(run("status", "--json")[1])["deliveries"]) == 1


def test_figures_say_that_a_delivery_is_damaged(run, tmp_path):
    assert run("import", str(FILES / "00-vestigingen.xlsx"))[0] == 0
    code, out, err = run("figures", "--kpi", "opp", "--json")
    assert (code, err, json.loads(out)["warnings"]) == (0, "", [])
    (rows,) = (tmp_path / "store").glob("deliveries/*/rows.parquet")
    rows.unlink()
    code, out, err = run("figures", "--kpi", "opp", "--json")
    assert code == 0
    assert rows.parent.name in err
    assert rows.parent.name in json.loads(out)["warnings"][0]


def test_who_has_read_enough_of_the_output_is_no_fault(tmp_path):
    command = [sys.executable, "-m", "kpi", "sources", "--json"]
    environment = {**os.environ, "KPI_STORE": str(tmp_path / "store")}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_the_key_apart(run, tmp_path, monkeypatch):
    monkeypatch.setenv("KPI_KEY", str(tmp_path / "kluis" / "sleutel"))
    assert run("import", str(FILES / "00-vestigingen.xlsx"))[0] == 0
    assert "zonder de sleutel" in run("backup", str(tmp_path / "a.zip"), "--without-key")[1]
    assert "alleen de sleutel" in run("backup", str(tmp_path / "b.zip"), "--only-key")[1]
    (tmp_path / "kluis" / "sleutel").unlink()
    assert "ontbreekt" in run("status")[1]
    refused = run("import", str(FILES / "00-vestigingen.xlsx"))
    assert refused[0] == 1
    assert "De sleutel" in refused[2]
    assert run("restore", str(tmp_path / "b.zip"))[0] == 0
    assert run("status")[0] == 0
