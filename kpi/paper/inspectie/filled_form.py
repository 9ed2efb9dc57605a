"""A received form with the rows of a round in it, and what to look at in it afterwards."""

from collections.abc import Iterator, Sequence

from data.personal import personal
from kpi.formatting import enumeration
from kpi.paper.inspectie import filling
from kpi.paper.inspectie.cells import column_number
from kpi.paper.inspectie.fields import FIELDS
from kpi.paper.inspectie.form import FIXED, ReceivedForm
from kpi.paper.inspectie.layout import ColumnRule, RegistrationLayout
from kpi.paper.inspectie.parts import sound
from kpi.paper.inspectie.row import RegistrationRow
from kpi.paper.inspectie.values import Writer
from kpi.register import Refused


def fill_form(
    form: ReceivedForm,
    rows: Sequence[RegistrationRow],
    writer: Writer,
    layout: RegistrationLayout,
    label: str = "",
) -> bytes:
    """The form with the rows in it; everything else in it stays. Refused when there is no room.

    label: what is printed above every page, for made-up data.
    """
    fixed = [name for name in form.mapping.columns.values() if name.startswith(FIXED)]
    found = [item for text in fixed for item in personal(text.removeprefix(FIXED))]
    if found:
        raise Refused(f"“{item.words}” lijkt {item.what}. Haal dat weg." for item in found)
    if form.missing:
        fields = enumeration(form.missing)
        raise Refused([f"Wijs aan in welke kolom van het formulier dit komt: {fields}."])
    rules = {
        column_number(letter): (_rule(name, layout), form.choices.get(letter, ()))
        for letter, name in form.mapping.columns.items()
        if name
    }
    filled = [
        {column: writer.value(row, number, *rule) for column, rule in rules.items()}
        for number, row in enumerate(writer.ordered(rows), start=1)
    ]
    with sound():
        sheet = filling.FormSheet(form.content, form.mapping.sheet)
        if label:
            sheet.label(label)
        return sheet.fill(form.first_row, filled)


def remarks(
    form: ReceivedForm, rows: Sequence[RegistrationRow], writer: Writer, layout: RegistrationLayout
) -> list[str]:
    """What to look at in the filled form, as Dutch sentences."""
    last = form.first_row + len(rows) - 1
    found = [*form.notes, *_strange_words(form, rows, writer, layout)]
    if form.prepared_to and last > form.prepared_to:
        found.append(
            f"Het formulier is opgemaakt tot en met rij {form.prepared_to}; de registratie loopt "
            f"tot en met rij {last}. Kijk of formules in het formulier alle rijen meetellen."
        )
    return found


def _strange_words(
    form: ReceivedForm, rows: Sequence[RegistrationRow], writer: Writer, layout: RegistrationLayout
) -> Iterator[str]:
    """Words the form does not accept in a column; solved in the layout."""
    headers = dict(form.headers)
    for letter, allowed in form.choices.items():
        name = form.mapping.columns.get(letter, "")
        if name not in FIELDS or not FIELDS[name].words:
            continue
        rule = _rule(name, layout)
        written = {writer.value(row, 1, rule, allowed) for row in rows} - {None, *allowed}
        if written:
            words = enumeration(sorted(f"“{word}”" for word in written))
            yield (
                f"In kolom “{headers[letter]}” kent het formulier {words} niet. "
                "Zet het woord van het formulier in inspectie.toml, bij words."
            )


def _rule(name: str, layout: RegistrationLayout) -> ColumnRule:
    if name.startswith(FIXED):
        return ColumnRule("", text=name.removeprefix(FIXED))
    return layout.rule_for(name)
