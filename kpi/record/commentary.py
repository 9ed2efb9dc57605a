"""Duiding: what people say about a KPI in one quarter, in three short fields, every version kept.

It hangs on the quarter of the cycle, also for a KPI by year: four times a year someone says whether
the words still hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from data.calendar import KWARTAAL
from data.deliveries.store import Store
from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.figure.naming import kpi_named, organisation_named, period_named
from kpi.record.checks import Checks
from kpi.record.text_checks import findings
from kpi.register import Lines, Record, Refused

FIELDS = {"what_we_see": "Wat zien we", "why": "Waarom", "what_we_do": "Wat doen we"}
LONGEST_FIELD = 600
FIRST_WORDS = 8


@dataclass(frozen=True)
class Commentary:
    """One version of the words about a KPI, a quarter and an organisation; "" for an empty field.

    written_at is the moment (UTC, ISO 8601) at which `author` put it on record. confirmed_from: the
    quarter the words were written for first, when they were only said to hold still.
    """

    kpi: str
    period_id: str
    organisation_id: str
    what_we_see: str
    why: str
    what_we_do: str
    author: str = ""
    written_at: str = ""
    confirmed_from: str = ""

    @property
    def texts(self) -> dict[str, str]:
        """The three fields by name."""
        return {"what_we_see": self.what_we_see, "why": self.why, "what_we_do": self.what_we_do}

    @property
    def fields(self) -> list[tuple[str, str]]:
        """(heading, text) of every field that was filled in, in reading order."""
        return [(FIELDS[name], text) for name, text in self.texts.items() if text]

    @property
    def by(self) -> str:
        """ "A. de Vries, 3 oktober 2026"."""
        return formatting.signed_text(self.author, self.written_at)

    @property
    def first_words(self) -> str:
        """The first eight words, where room is short: why first, because a figure tells what."""
        words = (self.why or self.what_we_see or self.what_we_do).split()
        more = " …" if len(words) > FIRST_WORDS else ""
        return " ".join(words[:FIRST_WORDS]) + more


LINES = Lines(Record.COMMENTARY, Commentary, absent=dict.fromkeys(FIELDS, ""))


def commentary(store: Store, kpi: str, period: str, organisation: str) -> Commentary | None:
    """The words that count for a quarter (by its period_id); None when none.

    Words of an earlier quarter do not count until someone confirms them: see `last_text`.
    """
    return next(
        (found for found in _standing(store, kpi, organisation) if found.period_id == period),
        None,
    )


def last_text(store: Store, kpi: str, period: str, organisation: str) -> Commentary | None:
    """The words of the latest quarter before this one, as long as this one has none of its own."""
    if commentary(store, kpi, period, organisation):
        return None
    earlier = [found for found in _standing(store, kpi, organisation) if found.period_id < period]
    return max(earlier, key=lambda found: found.period_id, default=None)


def versions(store: Store, kpi: str, period: str, organisation: str) -> list[Commentary]:
    """Everything that was ever written for a quarter, the newest last."""
    about = (kpi, period, organisation)
    return [
        found
        for found in LINES.versions(store)
        if (found.kpi, found.period_id, found.organisation_id) == about
    ]


def write(
    monitor: Monitor,
    kpi: str,
    period: str,
    organisation: str,
    texts: Mapping[str, str],
    author: str,
) -> Commentary:
    """Put words on record; they take the place of earlier words for the same quarter.

    `texts`: by the names in FIELDS, at least one of them. Refused with everything that is wrong,
    personal data included; numbers that contradict the figure are told by
    `text_checks.findings` and do not stop anyone.
    """
    checks = Checks(monitor)
    filled = {name: checks.text(texts.get(name, ""), "", LONGEST_FIELD) for name in FIELDS}
    checks.need(any(filled.values()), "Vul ten minste een van de drie velden in.")
    return _record(monitor, Commentary(kpi, period, organisation, **filled), author, checks)


def confirm(monitor: Monitor, kpi: str, period: str, organisation: str, author: str) -> Commentary:
    """Say that the words of the quarter before still hold: the same text, for this quarter.

    Refused when there are none, or this quarter has words of its own.
    """
    found = last_text(monitor.store, kpi, period, organisation)
    if found is None:
        raise Refused(["Er is geen eerdere duiding om te bevestigen."])
    origin = found.confirmed_from or found.period_id
    same = Commentary(kpi, period, organisation, **found.texts, confirmed_from=origin)
    return _record(monitor, same, author, Checks(monitor))


def _record(monitor: Monitor, given: Commentary, author: str, checks: Checks) -> Commentary:
    about = (given.kpi, given.period_id, given.organisation_id)
    who = checks.author(author, "Vul in wie dit schrijft.")
    found = (
        checks.named(kpi_named, monitor, given.kpi)
        and checks.named(organisation_named, monitor, given.organisation_id)
        and checks.named(period_named, monitor, given.period_id)
    )
    if found:
        checks.need(
            found.period_type == KWARTAAL,
            f"Duiding schrijft u bij een kwartaal; {found.label} is een {found.period_type}.",
        )
    checks.done()
    checks.errors += [
        item.message for item in findings(monitor, *about, given.texts) if item.refuses
    ]
    checks.done()
    return LINES.record(monitor.store, given, who)


def _standing(store: Store, kpi: str, organisation: str) -> list[Commentary]:
    return _by_figure(store, store.last_line).get((kpi, organisation), [])


@lru_cache(maxsize=8)
def _by_figure(store: Store, version: str) -> dict[tuple[str, str], list[Commentary]]:
    """The words that count by (kpi, organisation), in the order they were recorded.

    `version` is there so that a new line is seen. A page asks for the words of every KPI, and a
    ledger of some years holds thousands of them.
    """
    found: dict[tuple[str, str], list[Commentary]] = {}
    for words in LINES.standing(store):
        found.setdefault((words.kpi, words.organisation_id), []).append(words)
    return found
