"""From a file as the user has it to a delivery in the store, or to everything that is wrong."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from pathlib import Path
from typing import Any, NoReturn

from data.calendar import Calendar, Period
from data.covering import Covered, PeriodUnknown, chosen_period, covered
from data.database import DatabaseError, read_columns
from data.delivery import ROW_COLUMNS, Delivery
from data.disk import sha256_of
from data.import_result import PRESENT, QUESTION, REFUSED, STORED, TRIAL, ImportResult
from data.problem import ERROR, Problem
from data.read import ReadFile, Unreadable, read_file
from data.recognise import Question, Recognised, recognise
from data.source import Source, load_sources
from data.store import Store, StoreError
from data.validate import Checked, Known, validate

KNOWN_FROM = "locaties"  # the SWV's own list; a national list knows every code, so says nothing


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
    sources: Mapping[str, Source] | None = None,
    calendar: Calendar | None = None,
) -> ImportResult:
    """Import one file: store it whole, or say everything that is wrong and store nothing.

    `source` and `mapping` ({column: header or letter}) are for files that are not recognised;
    the mapping is remembered for the next file with the same headers. `quarantine` stores the
    rows without errors and leaves the others out. `dry_run` stores nothing. `file_name` is the
    name the user knows when `path` is a copy. `isolated` reads in a limited child process.

    Never raises for what is in the file; LedgerDamaged when the store is not sound.
    """
    name = (file_name or path.name).encode("utf-8", "replace").decode()
    task = _Import(
        store, path, dict(sources or load_sources()), calendar or Calendar(), author,
        ImportResult(REFUSED, name),
    )  # fmt: skip
    try:
        sha256, read = task.read(isolated)
        recognised = task.recognise(read, source, mapping)
        chosen = task.choose_period(recognised, period)
        checked = task.validate(read, recognised)
        cover = task.cover(recognised.source, chosen, checked, quarantine)
        draft = task.draft(sha256, recognised, checked, cover)
        if dry_run:
            return task.try_out(draft)
        result = task.store_it(draft, recognised, checked, cover)
        if mapping and recognised.layout_key:
            key, source_id = recognised.layout_key, recognised.source.id
            store.remember_mapping(key, source_id, mapping, author)
        return result
    except _Stopped:
        return task.result


class _Stopped(Exception):
    """The import ends here; the result says why."""


@dataclass
class _Import:
    """One import; `result` is what is known so far."""

    store: Store
    path: Path
    sources: dict[str, Source]
    calendar: Calendar
    author: str
    result: ImportResult
    notes: list[str] = field(default_factory=list)

    def read(self, isolated: bool) -> tuple[str, ReadFile]:
        """The hash and the cells, of the same bytes: somebody may save the file meanwhile."""
        try:
            before = sha256_of(self.path)
            read = read_file(self.path, isolated=isolated)
            if sha256_of(self.path) != before:
                raise Unreadable("Het bestand werd net gewijzigd. Sluit het en probeer opnieuw.")
        except Unreadable as unreadable:
            self.stop("een Excel-, ODS- of csv-bestand dat te lezen is", str(unreadable))
        except OSError as error:
            self.stop(
                "een bestand dat te openen is",
                f"Het bestand is niet te openen ({error.strerror or error}). "
                "Sluit het in andere programma's en probeer het opnieuw.",
            )
        self.notes += read.notes
        return before, replace(read, name=self.result.file_name)

    def recognise(
        self, read: ReadFile, source: str | None, mapping: Mapping[str, str] | None
    ) -> Recognised:
        """Source, header row and columns; remembered mappings count."""
        if source and source not in self.sources:
            self.stop(f"een van: {', '.join(self.sources)}", "Kies een bron.", value=source)
        allowed = {source: self.sources[source]} if source else self.sources
        by_hand = dict(mapping) if mapping else None
        found = recognise(read, allowed, self.store.mappings(), mapping=by_hand)
        if isinstance(found, Question):
            self.know(status=QUESTION, question=found, asks="bron", source=source)
            raise _Stopped
        self.notes += (f"Gelezen als “{found.source.label}”: {found.how}.", *found.notes)
        self.know(source=found.source.id)
        return found

    def choose_period(self, recognised: Recognised, given: str | None) -> Period | None:
        """The period that was given, or that file name or titles mention."""
        texts = (self.result.file_name, recognised.sheet, *recognised.titles)
        try:
            period, where = chosen_period(recognised.source, given, texts, self.calendar)
        except PeriodUnknown as unknown:
            self.ask_period(unknown)
        if period:
            self.know(period=period.period_id)
        if period and where:
            self.notes.append(
                f"Periode {period.label} ({period.period_id}), gelezen uit “{where}”."
            )
        return period

    def validate(self, read: ReadFile, recognised: Recognised) -> Checked:
        """Typed rows and all problems."""
        try:
            secret = self.store.secret
        except StoreError as error:
            self.stop("een sleutel", str(error))
        checked = validate(read, recognised, secret=secret, known=self.known(recognised.source))
        self.notes += checked.notes
        self.know(
            rows_read=checked.rows_read,
            rows_good=len(checked.row_numbers),
            rows_quarantined=len(checked.quarantined),
            rows_ignored=len(checked.ignored),
            ignored=dict(Counter(row.reason for row in checked.ignored)),
            problems=checked.problems,
            problem_count=checked.problem_count,
            dropped=checked.dropped,
            sums={column: str(total) for column, total in checked.sums.items()},
        )
        return checked

    def known(self, source: Source) -> Known:
        """The codes in the newest list of locations of the SWV itself."""
        lists = [found for found in self.store.deliveries() if found.source == KNOWN_FROM]
        if source.id == KNOWN_FROM or not lists:
            return Known()
        path = self.store.rows_path(lists[-1].delivery_id)
        codes = read_columns(path, ("location_id", "board_id"))
        return Known(locations=frozenset(codes["location_id"]), boards=frozenset(codes["board_id"]))

    def cover(
        self, source: Source, period: Period | None, checked: Checked, quarantine: bool
    ) -> Covered:
        """What is covered; stops when rows with errors may not be left out."""
        errors = checked.error_count and not quarantine
        try:
            cover = covered(source, period, checked.columns, self.calendar)
        except PeriodUnknown as unknown:
            self.ask_period(unknown, status=REFUSED if errors else QUESTION)
        if cover.period:
            self.know(period=cover.period.period_id)
        if errors:
            self.know()
            raise _Stopped
        return cover

    def draft(
        self, sha256: str, recognised: Recognised, checked: Checked, cover: Covered
    ) -> Delivery:
        """The delivery as it will be stored."""
        source = recognised.source
        way = [
            sha256, source.id, source.version, self.result.period, recognised.sheet_index,
            recognised.first_data_row, recognised.mapping, len(checked.row_numbers),
            len(checked.quarantined),
        ]  # fmt: skip
        return Delivery(
            delivery_id="",
            source=source.id,
            topic=source.topic,
            source_version=source.version,
            period=self.result.period or "",
            period_type=source.delivery.period,
            scope=source.delivery.scope,
            parts=cover.parts,
            file_name=self.result.file_name,
            sha256=sha256,
            fingerprint=hashlib.sha256(json.dumps(way, sort_keys=True).encode()).hexdigest(),
            rows=len(checked.row_numbers),
            ignored=self.result.ignored,
            quarantined=len(checked.quarantined),
            dropped=checked.dropped,
            sums=self.result.sums,
            author=self.author,
        )

    def try_out(self, draft: Delivery) -> ImportResult:
        """The result without storing."""
        present = self.present(draft)
        return self.know(status=PRESENT if present else TRIAL, delivery=present)

    def store_it(
        self, draft: Delivery, recognised: Recognised, checked: Checked, cover: Covered
    ) -> ImportResult:
        """The result after storing."""
        self.present(draft)
        details = {
            "notes": self.notes,
            "columns": recognised.headers,
            "ignored_rows": [[row.sheet, row.row, row.reason] for row in checked.ignored],
            "quarantined_rows": [[checked.sheet, row] for row in checked.quarantined],
        }
        try:
            delivery, is_new = self.store.add(
                draft,
                {**recognised.source.stored, **ROW_COLUMNS},
                lambda delivery_id: _rows(recognised.source, checked, cover.slots, delivery_id),
                details,
            )
        except (OSError, DatabaseError) as error:
            self.stop(
                "genoeg ruimte, en een map waarin mag worden geschreven",
                f"Opslaan is niet gelukt ({error}). Er is niets opgeslagen. Probeer het opnieuw.",
            )
        return self.know(status=STORED if is_new else PRESENT, delivery=delivery)

    def present(self, draft: Delivery) -> Delivery | None:
        """The same delivery when it is there already; adds what the user should know about it."""
        present = self.store.same_as(draft.fingerprint)
        self.notes += self.replaced(present) if present else self.shrunk(draft)
        return present

    def replaced(self, delivery: Delivery) -> Iterator[str]:
        """A remark when a newer delivery says something about the same time."""
        slots = {part.slot for part in delivery.parts}
        for other in self.store.deliveries():
            same = other.source == delivery.source and other.seq > delivery.seq
            if same and slots & {part.slot for part in other.parts}:
                yield (
                    f"Er is een nieuwere levering voor dezelfde periode: {other.delivery_id}. "
                    "Maak die ongedaan als dit bestand weer moet gelden."
                )

    def shrunk(self, draft: Delivery) -> Iterator[str]:
        """A remark when a whole register starts later than the one it takes the place of."""
        older = [found for found in self.store.deliveries() if found.source == draft.source]
        spans = self.sources[draft.source].delivery.spans
        starts = [found.covers_from for found in older if found.covers_from]
        start = draft.covers_from
        if spans == "all" and start and starts and min(starts) < start:
            yield (
                f"Dit bestand begint op {start:%d-%m-%Y}; een eerdere levering begon op "
                f"{min(starts):%d-%m-%Y}. De tijd ervoor telt nu als niet geleverd. Klopt dat "
                "niet, maak deze levering dan ongedaan en lever het hele overzicht aan."
            )

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


def _rows(
    source: Source, checked: Checked, slots: Sequence[str], delivery_id: str
) -> Iterator[tuple[Any, ...]]:
    """The rows in the order of Source.stored and ROW_COLUMNS; an absent column is empty."""
    stored = [checked.columns.get(name) or repeat(None) for name in source.stored]
    numbers = checked.row_numbers
    ids = (f"{delivery_id}#{checked.sheet}!{number}" for number in numbers)
    return zip(
        *stored, repeat(delivery_id), repeat(checked.sheet), numbers, ids, slots, strict=False
    )
