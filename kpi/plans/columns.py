"""Which column of a table of a plan holds what: by the words above it."""

import re
from collections.abc import Sequence

from data.read import Value

_HEADINGS = {
    "number": r"^(nr|nummer|no)\b|^#$",
    "period": r"^(periode|wanneer|planning|tijd)",
    "what": r"^(activiteit|wat\b|actie)",
    "who": r"^(betrokken|wie\b|partijen)",
    "result": r"^(gewenste?|beoogde?)?\s*(resultaat|resultaten|doel|opbrengst)",
    "people": r"^(middelen\W*)?(personeel|formatie|menskracht)",
    "money_text": r"^(middelen\W*)?(financi|geld|kosten|budget)",
    "kpis": r"^kpi",
}
NAMES = {
    "period": "Periode (wanneer)", "what": "Activiteiten (wat)", "who": "Betrokkenen (wie)",
    "result": "Gewenst resultaat", "people": "Middelen (personeel)",
    "money_text": "Middelen (financieel)",
}  # fmt: skip
NEEDED = ("period", "what")
_FEWEST = 3  # words that fit before a row counts as the headings
_LONGEST = 40  # signs of a heading; a longer text is what an activity says

Columns = dict[str, int]


def columns_of(row: Sequence[Value]) -> Columns | None:
    """Which column holds what, when this row has the headings of a plan; None when it has not."""
    found: Columns = {}
    for place, cell in enumerate(row):
        heading = re.sub(r"\s+", " ", cell).strip().lower() if isinstance(cell, str) else ""
        name = next((name for name, fits in _HEADINGS.items() if re.search(fits, heading)), None)
        if name and len(heading) <= _LONGEST and name not in found:
            found[name] = place
    if len(found) < _FEWEST:
        return None
    if "number" not in found and found.get("period", 0) > 0:
        found["number"] = found["period"] - 1  # the column without a heading, left of the period
    return found


def missing(columns: Columns) -> list[str]:
    """The headings that are needed and not there, as bureaus write them."""
    return [NAMES[name] for name in NEEDED if name not in columns]
