"""From a file as the user has it to a delivery in the store, or to everything that is wrong."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, NoReturn

from data.calendar import Calendar, Period
from data.database import DatabaseError
from data.deliveries.disk import sha256_of
from data.deliveries.failures import told
from data.deliveries.store import Store, StoreError
from data.gate.apart import READABLE, imported_apart, packed_result
from data.gate.claim import EVERY, NOTHING_SAID, Answers, Claim
from data.gate.claim.claiming import claimed_by
from data.gate.covering import Covered, PeriodUnknown, chosen_period, covered, likely_period
from data.gate.draft import Draft, held_rows, ignored_by_reason, sums_as_text
from data.gate.earlier import known_codes, known_locations, remarks
from data.gate.import_result import (
    PRESENT,
    QUESTION,
    REFUSED,
    STORED,
    TRIAL,
    ImportOrder,
    ImportResult,
)
from data.gate.problem import ERROR, Problem
from data.gate.read import ReadFile, Unreadable, check_file, read_file, short_name
from data.gate.reading_doubts import settled, to_remember
from data.gate.recognise import Question, Recognised, recognise
from data.gate.validate import Validated, validate
from data.personal import HIDDEN, named_without_persons, without_persons
from data.source import Source
from data.source_file import load_sources

FILE_NAME = (
    "In de naam van dit bestand staan gegevens van een persoon. Dat deel van de naam wordt niet "
    "bewaard."
)
SAID_BEFORE = (
    "Er is niets opgeslagen, ook uw antwoorden niet: dit bestand is er al, met wat er toen is "
    "geantwoord. Is het antwoord nu anders? Maak dan {} ongedaan en lees het bestand opnieuw in."
)
TO_READ = "De monitor wil eerst weten hoe dit bestand te lezen is."


def import_file(
    store: Store,
    path: Path,
    *,
    source: str | None = None,
    period: str | None = None,
    mapping: Mapping[str, str] | None = None,
    quarantine: bool = False,
    dry_run: bool = False,
    author: str = "",
    isolated: bool = True,
    file_name: str | None = None,
    answers: Answers = NOTHING_SAID,
    show_first: bool = False,
    sources: Mapping[str, Source] | None = None,
    calendar: Calendar | None = None,
) -> ImportResult:
    """Import one file: store it whole, or say everything that is wrong and store nothing.

    `source` and `mapping` ({column: header or letter}) are for files that are not recognised;
    the mapping is remembered for the next file with the same headers. `quarantine` stores the
    rows without errors and leaves the others out; not while a column can be read in two ways.
    `dry_run` stores nothing. `file_name` is the name the user knows when `path` is a copy.
    `answers` is what its giver says of the delivery; what is not beyond doubt and not answered is
    asked. `show_first`: ask also when there is no doubt, so that a person sees the claim.
    `isolated` does all of it in a process of its own, with a budget of time and memory.

    Never raises for what is in the file; LedgerDamaged when the store is not sound.
    """
    order = ImportOrder(
        store.path, store.ledger.key.path, path.absolute(),
        named_without_persons(short_name(file_name or path.name)), dict(sources or load_sources()),
        calendar or Calendar(), author, source, period,
        dict(mapping or {}), quarantine, dry_run, answers, show_first,
    )  # fmt: skip
    return imported_apart(order, store) if isolated else imported_here(order, store)


def import_packed(order: ImportOrder) -> bytes:
    """What the child does."""
    return packed_result(imported_here(order, Store(order.store, key=order.key)))


def imported_here(order: ImportOrder, store: Store) -> ImportResult:
    """The same in this process."""
    task = _Import(store, order, ImportResult(REFUSED, order.file_name))
    try:
        sha256, read = task.read()
        recognised = task.recognise(read)
        chosen = task.choose_period(recognised)
        checked = task.validate(read, recognised, chosen)
        del read  # the trial needs the room
        cover = task.cover(recognised.source, chosen, checked)
        rows = held_rows(recognised.source, checked, cover)
        draft = Draft(order.file_name, sha256, order.author, recognised, checked, cover, rows)
        return task.finish(task.claim(draft))
    except _Stopped:
        return task.result


class _Stopped(Exception):
    """The import ends here; the result says why."""


@dataclass
class _Import:
    """One import; `result` is what is known so far."""

    store: Store
    order: ImportOrder
    result: ImportResult
    notes: list[str] = field(default_factory=list)

    def read(self) -> tuple[str, ReadFile]:
        """The hash and the cells, of the same bytes: somebody may save the file meanwhile."""
        path = self.order.path
        try:
            check_file(path)
            before = sha256_of(path)
            read = read_file(path, isolated=False)
            if sha256_of(path) != before:
                raise Unreadable("Het bestand werd net gewijzigd. Sluit het en probeer opnieuw.")
        except Unreadable as unreadable:
            self.stop(READABLE, str(unreadable))
        except OSError as error:
            self.stop(
                "een bestand dat te openen is",
                f"Het bestand is niet te openen. {told(error)}",
            )
        self.notes += [FILE_NAME] if HIDDEN in self.order.file_name else []
        self.notes += read.notes
        return before, self._without_persons(read)

    def _without_persons(self, read: ReadFile) -> ReadFile:
        """The file with another name for a sheet that is called like a person, and no school is."""
        sheets = []
        for number, sheet in enumerate(read.sheets, start=1):
            if sheet.name != without_persons(sheet.name) and not self._is_school(sheet.name):
                self.notes.append(f"De naam van tabblad {number} is van een persoon: niet bewaard.")
                sheet = replace(sheet, name=f"tabblad {number}")
            sheets.append(sheet)
        return replace(read, name=self.result.file_name, sheets=tuple(sheets))

    def _is_school(self, name: str) -> bool:
        with suppress(StoreError, OSError):
            return bool(known_locations(self.store).school(name))
        return False

    def recognise(self, read: ReadFile) -> Recognised:
        """Source, header row and columns; remembered mappings count."""
        source, sources, answers = self.order.source, self.order.sources, self.order.answers
        if source and source not in sources:
            self.stop(f"een van: {', '.join(sources)}", "Kies een bron.", value=source)
        allowed = {source: sources[source]} if source else sources
        by_hand = dict(self.order.mapping) or None
        named = () if answers.sheets == (EVERY,) else answers.sheets
        known = cache(partial(known_locations, self.store))
        try:
            found = recognise(
                read, allowed, self.store.mappings(), mapping=by_hand, sheets=named,
                school=lambda text: known().school(text),
            )  # fmt: skip
        except (StoreError, OSError) as error:
            self.stop("een map met leveringen die in orde is", told(error))
        if isinstance(found, Question):
            self.know(status=QUESTION, question=found, asks="bron", source=source)
            raise _Stopped
        found, doubts = settled(read, found, answers)
        self.notes += (f"Gelezen als “{found.source.label}”: {found.how}.", *found.notes)
        self.know(source=found.source.id)
        if doubts:
            self.know(status=QUESTION, asks="levering", claim=Claim(TO_READ, doubts))
            raise _Stopped
        return found

    def choose_period(self, recognised: Recognised) -> Period | None:
        """The period that was given, or that file name or titles mention."""
        texts = (self.result.file_name, *recognised.texts)
        try:
            period, where = chosen_period(
                recognised.source, self.order.period, texts, self.order.calendar
            )
        except PeriodUnknown as unknown:
            self.ask_period(unknown)
        if period:
            self.know(period=period.period_id)
        if period and where:
            code = "" if period.label == period.period_id else f" ({period.period_id})"
            self.notes.append(f"Periode {period.label}{code}, gelezen uit “{where}”.")
        return period

    def validate(self, read: ReadFile, recognised: Recognised, period: Period | None) -> Validated:
        """Typed rows and all problems."""
        try:
            secret = self.store.secret
            known = known_codes(self.store, self.order.sources)
        except (StoreError, OSError) as error:
            self.stop("een map met leveringen die in orde is", told(error))
        period_end = period.end_on if period else None
        checked = validate(read, recognised, secret=secret, known=known, period_end=period_end)
        self.notes += checked.notes
        self.know(
            rows_read=checked.rows_read,
            rows_good=len(checked.row_numbers),
            rows_quarantined=len(checked.quarantined),
            rows_ignored=len(checked.ignored),
            ignored=ignored_by_reason(checked),
            problems=checked.problems,
            problem_count=checked.problem_count,
            dropped=checked.dropped,
            sums=sums_as_text(checked),
        )
        return checked

    def cover(self, source: Source, period: Period | None, checked: Validated) -> Covered:
        """What is covered; stops when rows with errors may not be left out."""
        calendar = self.order.calendar
        errors = checked.doubted or (checked.error_count and not self.order.quarantine)
        if errors and source.delivery.period_column and not checked.row_numbers:
            raise _Stopped  # the rows say which period it is, and none of them could be read
        try:
            cover = covered(source, period, checked.columns, calendar)
        except PeriodUnknown as unknown:
            self.know(likely=likely_period(source, checked.columns, calendar, date.today()))
            self.ask_period(unknown, status=REFUSED if errors else QUESTION)
        if cover.period:
            self.know(period=cover.period.period_id)
        if errors:
            self.know()
            raise _Stopped
        return cover

    def claim(self, draft: Draft) -> Draft:
        """The draft with what it says of itself; stops when that is not beyond doubt."""
        order, answers, show_first = self.order, self.order.answers, self.order.show_first
        present = self.store.same_as(draft.fingerprint)
        # one of before claims may still be stated, by handing the same file in again
        as_it_was = present and (present.claim or not show_first)
        if as_it_was and answers in (NOTHING_SAID, replace(NOTHING_SAID, sure=True)):
            return draft
        try:
            claimed, claim = claimed_by(self.store, order.sources, order.calendar, draft, answers)
        except (StoreError, OSError, DatabaseError) as error:
            self.stop("een map met leveringen die in orde is", told(error))
        if present:
            now = claimed.claimed
            then = (present.scope, present.speaks_for, present.adds, present.parts)
            same = then == (now.scope, now.speaks_for, now.adds, claimed.parts)
            if same and present.claim and not now.at_once and not now.two_rows:
                self.notes.append(SAID_BEFORE.format(present.delivery_id))
                return draft
            claimed = replace(claimed, claimed=replace(now, anew=True))
        self.notes += claim.notes
        self.know(claim=claim)
        if not order.dry_run and (claim.doubts or (show_first and not answers.sure)):
            self.know(status=QUESTION, asks="levering")
            raise _Stopped
        return claimed

    def finish(self, draft: Draft) -> ImportResult:
        """Store, unless it is there already or only a trial; keep what was said of the layout."""
        mapping, author = self.order.mapping, self.order.author
        self.notes += remarks(self.store, draft.delivery)
        present = self.store.same_as(draft.fingerprint)
        if self.order.dry_run:
            return self.know(status=PRESENT if present else TRIAL, delivery=present)
        details = {**draft.left_out, "notes": self.notes}
        try:
            key, said = (
                draft.recognised.layout_key,
                to_remember(draft.recognised, self.order.answers),
            )
            if key and (mapping or said):
                known = {**draft.recognised.remembered, **mapping, **said}
                self.store.remember_mapping(key, draft.delivery.source, known, author)
            delivery, is_new = self.store.add(draft.delivery, draft.held, details)
        except (StoreError, OSError, DatabaseError) as error:
            self.stop(
                "genoeg ruimte, en een map waarin mag worden geschreven",
                f"Er is niets opgeslagen. {told(error)}",
            )
        return self.know(status=STORED if is_new else PRESENT, delivery=delivery)

    def know(self, **found: Any) -> ImportResult:  # noqa: ANN401
        """Add to the result."""
        self.result = replace(self.result, notes=tuple(self.notes), **found)
        return self.result

    def stop(
        self,
        expected: str,
        advice: str,
        value: str | None = None,
        **found: Any,  # noqa: ANN401
    ) -> NoReturn:
        """End the import with one problem more."""
        shown = self.result.file_name if value is None else value
        problem = Problem(self.result.file_name, "", None, "", shown, expected, advice, ERROR)
        self.know(
            problems=(*self.result.problems, problem),
            problem_count=self.result.problem_count + 1,
            **found,
        )
        raise _Stopped

    def ask_period(self, unknown: PeriodUnknown, status: str = QUESTION) -> NoReturn:
        """End the import with the question which period this file is for."""
        self.stop(
            unknown.expected, unknown.advice, value=unknown.given, status=status, asks="periode"
        )
