"""Which column of a table of a plan holds what: by the words above it."""

import re
from collections.abc import Sequence

from data.gate.read import Value

_ALSO = r"(\s*[(/].*)?"  # "Periode (wanneer)", "Actie / activiteit"
# All of a heading must fit: an activity may well begin with "Actieplan" or "Kosten van".
_HEADINGS = {
    "number": r"(nr|nummer|no|#)\.?",
    "period": rf"(periode|wanneer|planning|tijd|tijdpad){_ALSO}",
    "what": rf"(activiteit(en)?|acties?|wat){_ALSO}",
    "who": rf"(betrokken(en)?|wie|partijen){_ALSO}",
    "result": rf"((gewenste?|beoogde?)\s+)?(resultaat|resultaten|doel(en)?|opbrengst(en)?){_ALSO}",
    "people": r"(middelen\W*)?(personeel|personele inzet|formatie|menskracht)\W*",
    "money_text": r"(middelen\W*)?(financieel|financiën|financiële middelen|geld|kosten|budget)\W*",
    "kpis": rf"kpi['’]?s?{_ALSO}",
}
NAMES = {
    "period": "Periode (wanneer)", "what": "Activiteiten (wat)", "who": "Betrokkenen (wie)",
    "result": "Gewenst resultaat", "people": "Middelen (personeel)",
    "money_text": "Middelen (financieel)",
}  # fmt: skip
NEEDED = ("period", "what")
_FEWEST = 3  # words that fit before a row counts as the headings

Columns = dict[str, int]


def columns_of(row: Sequence[Value]) -> Columns | None:
    """Which column holds what, when this row has the headings of a plan; None when it has not."""
    found: Columns = {}
    for place, cell in enumerate(row):
        heading = re.sub(r"\s+", " ", cell).strip().lower() if isinstance(cell, str) else ""
        name = next((name for name, fits in _HEADINGS.items() if re.fullmatch(fits, heading)), None)
        if name and name not in found:
            found[name] = place
    if len(found) < _FEWEST:
        return None
    if "number" not in found and found.get("period", 0) > 0:
        found["number"] = found["period"] - 1  # the column without a heading, left of the period
    return found


def missing(columns: Columns) -> list[str]:
    """The headings that are needed and not there, as bureaus write them."""
    return [NAMES[name] for name in NEEDED if name not in columns]
