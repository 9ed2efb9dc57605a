"""How the registration looks: registration.toml, or inspectie.toml of a profile, strictly read."""

import dataclasses
import re
from dataclasses import dataclass
from pathlib import Path

from data.calendar import Calendar
from data.personal import personal
from data.strict import Findings, nearest, read_table, read_toml
from kpi.meaning.profile import PROFILES
from kpi.paper.inspectie.fields import FIELDS

FILE = "inspectie.toml"
OURS = Path(__file__).with_name("registration.toml")
LONGEST_SHEET = 31  # what a spreadsheet allows
NOT_IN_SHEET = r"[\[\]:*?/\\]|^'|'$"
DATE_FORMATS = ("dd-mm-yyyy", "yyyy-mm-dd", "d-m-yyyy", "mm-yyyy", "yyyy")


@dataclass(frozen=True)
class ColumnRule:
    """One column: a field of fields.toml, or a fixed text in every row.

    words: other words for the codes of the field. dates: how dates are shown.
    """

    header: str
    field: str = ""
    text: str = ""
    words: dict[str, str] = dataclasses.field(default_factory=dict)
    dates: str = DATE_FORMATS[0]


@dataclass(frozen=True)
class RoundQuestion:
    """A one-off question of a round, with the answer per quarter; it stands on the cover."""

    text: str
    quarters: tuple[str, ...]
    answers: dict[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class RegistrationLayout:
    """The registration of one SWV.

    first_school_year: whoever sat at home from this school year on is in it. exemptions: the
    articles that stand in the same form. audience: for whom it is.
    """

    first_school_year: str
    exemptions: tuple[str, ...] = ("art5_a",)
    sheet: str = "Registratie"
    audience: str = "Inspectie van het Onderwijs"
    columns: tuple[ColumnRule, ...] = ()
    questions: tuple[RoundQuestion, ...] = ()

    def questions_of(self, quarter: str) -> list[tuple[str, str]]:
        """The questions of this round, each with its answer ("" when there is none yet)."""
        asked = [item for item in self.questions if quarter in item.quarters]
        return [(item.text, item.answers.get(quarter, "")) for item in asked]

    def rule_for(self, name: str) -> ColumnRule:
        """How a field is shown here, also when it has no column of its own."""
        own = next((rule for rule in self.columns if rule.field == name), None)
        return own or ColumnRule(FIELDS[name].label, name)


def load_layout(
    profile: str, folder: Path = PROFILES, calendar: Calendar | None = None
) -> RegistrationLayout:
    """The layout of this profile, or ours when it has none. DefinitionError with all errors."""
    own = folder / profile / FILE
    path = own if own.is_file() else OURS
    where = f"{path.parent.name}/{path.name}"
    findings = Findings()
    table = read_toml(path, where, findings)
    layout = read_table(RegistrationLayout, table, where, findings) if table is not None else None
    if layout is not None:
        _check(layout, where, findings, calendar or Calendar())
    return findings.checked(layout)


def _check(layout: RegistrationLayout, where: str, findings: Findings, calendar: Calendar) -> None:
    if not re.fullmatch(r"\d{4}-\d{4}", layout.first_school_year):
        findings.add(where, "first_school_year is geen schooljaar, zoals 2019-2020.")
    if not layout.columns:
        findings.add(where, "er is geen enkele kolom ([[columns]]).")
    if not 0 < len(layout.sheet) <= LONGEST_SHEET or re.search(NOT_IN_SHEET, layout.sheet):
        findings.add(where, "sheet is geen naam voor een tabblad (31 tekens, zonder []:*?/\\).")
    for article in layout.exemptions:
        if not article.startswith("art5_") or article not in FIELDS["kind"].words:
            known = [code for code in FIELDS["kind"].words if code.startswith("art5_")]
            findings.add(where, f"vrijstelling '{article}' bestaat niet.{nearest(article, known)}")
    headers = [rule.header for rule in layout.columns]
    for header in {header for header in headers if headers.count(header) > 1}:
        findings.add(where, f"twee kolommen heten '{header}'.")
    for number, rule in enumerate(layout.columns, start=1):
        _check_column(rule, f"{where} [[columns]] {number}", findings)
    for number, asked in enumerate(layout.questions, start=1):
        _check_question(asked, f"{where} [[questions]] {number}", findings, calendar)


def _check_column(rule: ColumnRule, where: str, findings: Findings) -> None:
    if bool(rule.field) == bool(rule.text):
        findings.add(where, "geef field (een gegeven) of text (een vaste tekst), en niet allebei.")
    if not rule.header.strip():
        findings.add(where, "header is leeg.")
    if rule.dates not in DATE_FORMATS:
        findings.add(where, f"dates is '{rule.dates}'; kies uit: {', '.join(DATE_FORMATS)}.")
    if rule.field and rule.field not in FIELDS:
        findings.add(where, f"gegeven '{rule.field}' bestaat niet.{nearest(rule.field, FIELDS)}")
    elif rule.words:
        known = FIELDS[rule.field].words if rule.field else {}
        for code in rule.words.keys() - known.keys():
            hint = nearest(code, known) if known else " Deze kolom heeft geen vaste woorden."
            findings.add(where, f"woord voor '{code}', maar die code bestaat niet.{hint}")
    _check_texts((rule.header, rule.text, *rule.words.values()), where, findings)


def _check_question(
    asked: RoundQuestion, where: str, findings: Findings, calendar: Calendar
) -> None:
    for quarter in {*asked.quarters, *asked.answers}:
        try:
            known = calendar.parse(quarter).period_id == quarter
        except ValueError:
            known = False
        if not known or "-k" not in quarter:
            findings.add(where, f"'{quarter}' is geen kwartaal, zoals 2025-2026-k4.")
    for quarter in asked.answers.keys() - set(asked.quarters):
        findings.add(where, f"er is een antwoord voor {quarter}, maar daar is niets gevraagd.")
    _check_texts((asked.text, *asked.answers.values()), where, findings)


def _check_texts(texts: tuple[str, ...], where: str, findings: Findings) -> None:
    for text in texts:
        for found in personal(text):
            findings.add(where, f"“{found.words}” lijkt {found.what}. Haal dat weg.")
