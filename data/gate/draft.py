"""A delivery in the making: checked rows, what they cover, and the file they came from."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from data.database import HeldRows
from data.deliveries.delivery import ROW_COLUMNS, SLOT, Delivery, DeliveryPart, MissingRow
from data.gate.covering import Covered
from data.gate.recognise import Recognised
from data.gate.validate import Validated
from data.source import Source


@dataclass(frozen=True)
class Claimed:
    """For whom and instead of what it speaks, see `Delivery`.

    since: the first day from which a register is complete, None is as its rows say. carried: rows
    of the list before that stay, with the sheet and row they stood in. at_once: which of two kinds
    at once counts; two_rows: which of two rows. said: in one sentence. anew: the same file was
    stored with another claim.
    """

    scope: str = ""
    speaks_for: tuple[str, ...] = ()
    adds: bool = False
    since: date | None = None
    missing: tuple[MissingRow, ...] = ()
    at_once: str = ""
    two_rows: str = ""
    carried: tuple[Mapping[str, Any], ...] = ()
    said: str = ""
    anew: bool = False

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes it another claim."""
        # what was not asked leaves it as it was before there was such a question
        also = [said for said in (self.at_once, self.two_rows and f"regel {self.two_rows}") if said]
        return (self.scope, self.speaks_for, self.adds, self.since, self.missing, *also)


@dataclass(frozen=True)
class Draft:
    """Everything the store needs to know about a file. own_rows: those that stand in it."""

    file_name: str
    sha256: str
    author: str
    recognised: Recognised
    checked: Validated
    cover: Covered
    own_rows: HeldRows
    claimed: Claimed = Claimed()

    @property
    def fingerprint(self) -> str:
        """The same for the same bytes that give the same rows in the same way."""
        found = self.recognised
        way = [
            self.sha256, found.source.id, found.source.version, self.period, found.sheet_index,
            found.first_data_row, dict(found.mapping), len(self.checked.row_numbers),
            len(self.checked.quarantined),
        ]  # fmt: skip
        along = [[one.sheet_index, one.first_data_row, dict(one.mapping)] for one in found.along]
        way += [*along, *found.above, *(["doorgehaald telt"] if found.struck else [])]
        way += ["doorgehaalde cel is leeg"] if found.blank_struck else []
        way += ["naam van het tabblad"] if found.of_tab else []
        way += ["leeg waar het mag"] if found.free_left else []
        once = _digest(way)
        return _digest([once, *map(str, self.claimed.key)]) if self.claimed.anew else once

    @property
    def period(self) -> str:
        """The period id, "" when none is needed."""
        return self.cover.period.period_id if self.cover.period else ""

    @property
    def delivery(self) -> Delivery:
        """The delivery, without the id, moment and number that storing gives it."""
        source, claimed = self.recognised.source, self.claimed
        return Delivery(
            delivery_id="",
            source=source.id,
            topic=source.topic,
            source_version=source.version,
            period=self.period,
            period_type=source.delivery.period,
            scope=claimed.scope or source.delivery.scope,
            parts=self.parts,
            file_name=self.file_name,
            sha256=self.sha256,
            fingerprint=self.fingerprint,
            rows=len(self.checked.row_numbers),
            ignored=ignored_by_reason(self.checked),
            quarantined=len(self.checked.quarantined),
            dropped=self.checked.dropped,
            sums=sums_as_text(self.checked),
            speaks_for=claimed.speaks_for,
            adds=claimed.adds,
            missing=claimed.missing,
            at_once=claimed.at_once,
            two_rows=claimed.two_rows,
            claim=claimed.said,
            author=self.author,
        )

    @property
    def parts(self) -> tuple[DeliveryPart, ...]:
        """The stretches it covers; a register only from the day on which it is complete."""
        since, parts = self.claimed.since, self.cover.parts
        is_register = self.recognised.source.delivery.spans == "all"
        if since is None or not is_register or parts[0].covers_from is None:
            return parts
        return (replace(parts[0], covers_from=max(since, parts[0].covers_from)),)

    @property
    def held(self) -> HeldRows:
        """The rows as they are stored, with those that stay of the list before."""
        if not self.claimed.carried:
            return self.own_rows
        return held_rows(self.recognised.source, self.checked, self.cover, self.claimed.carried)

    @property
    def left_out(self) -> dict[str, Any]:
        """For the sidecar: how the columns were found, and every row that is not stored."""
        checked = self.checked
        return {
            "columns": self.recognised.headers,
            "ignored_rows": [[row.sheet, row.row, row.reason] for row in checked.ignored],
            "quarantined_rows": [
                [sheet, row]
                for sheet, row in zip(checked.quarantined_sheets, checked.quarantined, strict=True)
            ],
        }


def held_rows(
    source: Source, checked: Validated, cover: Covered, carried: Sequence[Mapping[str, Any]] = ()
) -> HeldRows:
    """The rows as they are stored, without what follows from the name of the delivery."""
    places = {"sheet": checked.sheets, "row_number": checked.row_numbers, SLOT: cover.slots}
    values = {**{name: checked.columns[name] for name in source.stored}, **places}
    if carried:
        before = [{**row, "sheet": f"{row['sheet']} (vorige lijst)", SLOT: ""} for row in carried]
        values = {n: [*of, *(row.get(n) for row in before)] for n, of in values.items()}
    return HeldRows({**source.stored, **ROW_COLUMNS}, values)


def _digest(way: list[Any]) -> str:
    return hashlib.sha256(json.dumps(way, sort_keys=True).encode()).hexdigest()


def ignored_by_reason(checked: Validated) -> dict[str, int]:
    """How many rows were knowingly passed over, per reason."""
    return dict(Counter(row.reason for row in checked.ignored))


def sums_as_text(checked: Validated) -> dict[str, str]:
    """The sum of every number column over the rows that may be stored."""
    return {column: str(total) for column, total in checked.sums.items()}
