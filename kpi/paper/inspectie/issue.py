"""Making the registration of a quarter: what is asked of the other modules, and put on record."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from data.calendar import Period
from data.deliveries.store import Store
from data.privacy import personal_text
from kpi.cycle.edition import Edition, edition
from kpi.figure.monitor import Monitor
from kpi.paper import colophon
from kpi.paper.document import Document
from kpi.paper.forms.to_xlsx import to_xlsx
from kpi.paper.inspectie.cover import paper
from kpi.paper.inspectie.filled_form import fill_form, remarks
from kpi.paper.inspectie.form import FormMapping, ReceivedForm, read_form, remember_form
from kpi.paper.inspectie.keys import WHAT, current_store, key_maker, salt_of
from kpi.paper.inspectie.layout import RegistrationLayout, load_layout
from kpi.paper.inspectie.row import RegistrationRow
from kpi.paper.inspectie.rows import registration
from kpi.paper.inspectie.totals import Total, totals
from kpi.paper.inspectie.values import Writer
from kpi.register import Record, Refused
from kpi.view.absence import cautions


@dataclass(frozen=True)
class Round:
    """Everything of one round: the rows of a quarter with their totals, and how they are shown.

    edition: the quarter as sealed, or as it is now. store: the one to write in.
    """

    edition: Edition
    layout: RegistrationLayout
    rows: Sequence[RegistrationRow]
    totals: tuple[Total, ...]
    store: Store
    salt: str
    writer: Writer

    @property
    def cautions(self) -> list[str]:
        """What to keep in mind with the totals, as Dutch sentences."""
        known = self.edition.monitor
        return cautions(known, known.swv.organisation_id, self.edition.quarter)

    def remarks(self, form: ReceivedForm) -> list[str]:
        """What to look at in the form after it was filled in, as Dutch sentences."""
        return remarks(form, self.rows, self.writer, self.layout)

    def document(self) -> Document:
        """The paper of this round. Refused when a text in it looks like data of a person."""
        made = paper(self.edition, self.rows, self.totals, self.writer, self.layout)
        _refuse_personal(made)
        return made

    def put_on_record(self, content: bytes, author: str) -> None:
        """Log that this file was made, for whom; the salt stays with it, see keys."""
        body = {
            "what": WHAT,
            "period_id": self.edition.quarter.period_id,
            "sha256": hashlib.sha256(content).hexdigest(),
            "audience": self.layout.audience,
            "rows": len(self.rows),
            "salt": self.salt,
        }
        self.store.record(Record.ISSUE, body, author)


def round_of(monitor: Monitor, quarter: Period) -> Round:
    """The round of a quarter; of a closed one as it was sealed, in the layout of now.

    DefinitionError for a wrong layout, TotalsDiffer when rows and figures differ.
    """
    opened, made = monitor.opened_with, edition(monitor, quarter)
    layout = load_layout(opened.profile, opened.profiles, monitor.calendar)
    rows = registration(made.monitor, quarter, layout)
    found = totals(made.monitor, quarter, rows, layout)
    store = current_store(monitor)
    salt = salt_of(store, quarter.period_id)
    schools = {name: item.name for name, item in made.monitor.organisations.items()}
    key_of = key_maker(store, salt, monitor.is_demo)
    writer = Writer(quarter, monitor.calendar, key_of, schools)
    return Round(made, layout, rows, found, store, salt, writer)


def inspectie_workbook(
    monitor: Monitor,
    quarter: Period,
    form: bytes | None = None,
    *,
    mapping: FormMapping | None = None,
    author: str = "",
) -> bytes:
    """The registration up to a quarter: our own workbook with its cover, or the form filled in.

    form: the empty form as received; mapping: what goes where, when a person pointed it out.
    Each making is put on record. Making it again gives the same content. Raises Refused,
    TotalsDiffer or DefinitionError, all with Dutch sentences.
    """
    made = round_of(monitor, quarter)
    document = made.document()  # also checks what would leave in a form
    if form is None:
        content = to_xlsx(document)
    else:
        read = read_form(form, made.store, mapping)
        label = colophon.DEMO if monitor.is_demo else ""
        content = fill_form(read, made.rows, made.writer, made.layout, label)
        remember_form(made.store, read, author)
    made.put_on_record(content, author)
    return content


def inspectie_form(
    monitor: Monitor, content: bytes, mapping: FormMapping | None = None
) -> ReceivedForm:
    """What the monitor sees in a received form. Refused when it cannot be used."""
    return read_form(content, current_store(monitor), mapping)


def _refuse_personal(made: Document) -> None:
    """No text in the paper may hold an e-mail address or BSN, wherever it came from."""
    texts = [
        cell.text for table in made.tables for row in table.rows for cell in row if not cell.value
    ]
    texts += [text for section in made.sections for item in section.texts for text in item]
    found = sorted({what for text in set(texts) if (what := personal_text(text))})
    if found:
        raise Refused([
            f"Er staat {what} in een tekst van de registratie. Haal dat weg uit de lijst van "
            "scholen of uit inspectie.toml." for what in found
        ])  # fmt: skip
