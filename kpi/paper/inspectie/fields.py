"""What a column of the registration can hold: fields.toml, with words and usual headers."""

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path

from data.plain import plain
from data.source import Column, DeliveryRules, FileRules, Source
from data.strict import Findings, key, read_table
from kpi.meaning.load import DefinitionError

FILE = Path(__file__).with_name("fields.toml")


@dataclass(frozen=True)
class Field:
    """One thing a row can tell. `about` says what, in Dutch.

    other_headers: spellings seen in forms. words: code → the word that is shown, for a field that
    is one of a few words; spellings: code → other words for it.
    """

    id: str
    label: str
    about: str
    other_headers: tuple[str, ...] = key("headers", default=())
    words: dict[str, str] = dataclasses.field(default_factory=dict)
    spellings: dict[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers it is recognised by, our own first."""
        return (self.label, *self.other_headers)

    def word_of(self, code: str, own: dict[str, str], allowed: tuple[str, ...] = ()) -> str:
        """The word for a code: one the form allows, else that of the layout, else our own."""
        usual = own.get(code, self.words.get(code, code))
        spelled = (usual, self.words.get(code, code), code, *self.spellings.get(code, ()))
        known = {plain(word) for word in spelled}
        return next((word for word in allowed if plain(word) in known), usual)


def _load() -> dict[str, Field]:
    findings = Findings()
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found = {
        name: read_table(Field, table, f"{FILE.name} [{name}]", findings, id=name)
        for name, table in tables.items()
    }
    if findings.errors:
        raise DefinitionError(findings.errors)
    return {name: field for name, field in found.items() if field}


FIELDS = _load()


def as_source() -> Source:
    """The fields as a kind of file, so that a form is recognised as an import file is."""
    columns = {
        item.id: Column(item.id, item.label, "text", item.headers, note=item.about)
        for item in FIELDS.values()
    }
    return Source(
        "inspectie", "Registratie van thuiszitters", "Inspectie van het Onderwijs", "inspectie",
        "Herkennen van het formulier van de Inspectie", 0, 1, DeliveryRules("none"),
        columns, FileRules("Registratie"),
    )  # fmt: skip
