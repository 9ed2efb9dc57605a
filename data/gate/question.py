"""The question that must be answered before a file can be read, with the possible answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.gate.match import MOST_OTHERS, SheetFit, suggestions
from data.gate.problem import column_letter

MOST_CANDIDATES = 5
MOST_ANSWERS, MOST_HEADERS = 50, 500  # to choose from on a page
WORTH_NAMING = 0.5  # part of the required columns from which "this looks like" helps


@dataclass(frozen=True)
class Candidate:
    """A source a file may be, with what a person needs to point out the columns.

    `headers` holds every column as (letter, header); `found` per column of the source the header
    it was recognised by, `suggested` a header that looks like it, `missing` the required columns
    that were not found and `unclear` those that fit more than one column (with their letters).
    """

    source: str
    label: str
    sheet: str
    sheet_index: int
    header_row: int
    headers: tuple[tuple[str, str], ...]
    found: Mapping[str, str]
    suggested: Mapping[str, str]
    missing: tuple[str, ...]
    unclear: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What must be asked before a file can be read: the Dutch question and the possible answers."""

    message: str
    candidates: tuple[Candidate, ...] = ()


def not_recognised(fits: Sequence[SheetFit], chosen: bool) -> Question:
    """Which columns are missing, of the source that was chosen or that looks most like it."""
    best = sorted(fits, key=lambda fit: (fit.sheet.hidden, -fit.match.share, -fit.match.count))
    first = best[0].match
    if not chosen and (first.count < 2 or first.share < WORTH_NAMING):
        message = (
            "De kolommen van dit bestand zijn niet herkend. Kies wat voor gegevens het zijn en "
            "wijs de kolommen aan, of gebruik het sjabloon."
        )
        one_per_source = {fit.match.source.id: fit for fit in reversed(best)}
        return Question(message, candidates(list(reversed(one_per_source.values()))))
    columns = first.source.columns
    source = f"“{first.source.label}”"
    parts = [f"Dit lijkt op {source}, maar niet elke kolom is gevonden."]
    if chosen:
        parts = [f"Niet elke kolom van {source} is gevonden."]
    absent = [name for name in first.missing if name not in first.unclear]
    if absent:
        labels = ", ".join(f"“{columns[name].label}”" for name in absent)
        parts.append(f"Niet gevonden: {labels}.")
    for name, places in first.unclear.items():
        letters = " en ".join(map(column_letter, places[:MOST_OTHERS]))
        parts.append(f"“{columns[name].label}” past op meer dan één kolom: {letters}.")
    parts.append("Wijs aan welke kolom het is, of pas het bestand aan.")
    return Question(" ".join(parts), candidates(best if chosen else best[:MOST_CANDIDATES]))


def candidates(fits: Sequence[SheetFit]) -> tuple[Candidate, ...]:
    """The possible answers."""
    return tuple(map(_candidate, fits[:MOST_ANSWERS]))


def _candidate(fit: SheetFit) -> Candidate:
    match = fit.match
    texts = match.header.texts
    return Candidate(
        source=match.source.id,
        label=match.source.label,
        sheet=fit.sheet.name,
        sheet_index=fit.index,
        header_row=match.header.first_data_row - 1,
        headers=tuple(
            (column_letter(index), text) for index, text in enumerate(texts[:MOST_HEADERS])
        ),
        found={name: texts[index] or column_letter(index) for name, index in match.mapping.items()},
        suggested=suggestions(match),
        missing=match.missing,
        unclear={
            name: tuple(map(column_letter, at[:MOST_OTHERS])) for name, at in match.unclear.items()
        },
    )
