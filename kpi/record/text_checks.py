"""What is wrong with a text before it goes on record: persons in it, or numbers that are not so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data.personal import personal
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.naming import organisation_named, period_named
from kpi.figure.result import KpiResult
from kpi.record.figure_numbers import contradictions
from kpi.record.persons import institutions, refusal

# Plans hold numbers that are no figures yet, so only the fields that look back are checked on them.
LOOKS_BACK = ("what_we_see", "why")


@dataclass(frozen=True)
class TextFinding:
    """Words of a text that ask for attention, with a Dutch sentence about them.

    refuses: the text may not be stored with these words in it; otherwise someone may keep them.
    """

    words: str
    message: str
    refuses: bool


def findings(
    monitor: Monitor, kpi: str, period: str, organisation: str, texts: Mapping[str, str]
) -> list[TextFinding]:
    """Everything that catches the eye in the three fields about a KPI in a quarter.

    Data of persons refuse; a number that is neither the figure, the one before, the target, the
    difference nor a part of it warns. UnknownName when KPI, quarter or organisation do not exist.
    """
    found = [item for text in texts.values() for item in persons(text, institutions(monitor))]
    figure = _headline(monitor, kpi, period, organisation)
    for name in LOOKS_BACK:
        text = texts.get(name, "")
        for words in contradictions(monitor, kpi, organisation, period, text):
            message = (
                f"“{words}” staat niet bij {figure.kpi.label} "
                f"({figure.when_short}: {figure.value_text}). Klopt het getal?"
            )
            found.append(TextFinding(words, message, refuses=False))
    return found


def persons(text: str, known: Iterable[str] = ()) -> list[TextFinding]:
    """Names and other data of persons in a text; `known` are names of schools and places."""
    return [TextFinding(item.words, refusal(item), refuses=True) for item in personal(text, known)]


def _headline(monitor: Monitor, kpi: str, period: str, organisation: str) -> KpiResult:
    """The figure that the overview shows for this KPI in this quarter."""
    shown = results.overview(
        monitor,
        organisation_named(monitor, organisation).organisation_id,
        period_named(monitor, period).period_id,
    )
    return next(item for item in shown if item.kpi.id == kpi)
