"""Workbooks with a sheet per school, where only the name of the sheet says which school it is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from data.gate.match import SheetFit

MOST_NAMED = 3
School = Callable[[str], str]  # a name or code → the code of the one known location, or ""


def unknown_school(_: str) -> str:
    """What a name says of a school when no list of locations is there."""
    return ""


def by_tab(fits: Sequence[SheetFit], school: School) -> list[SheetFit]:
    """The fits, with the school from the name of the sheet where that is all they lack.

    Only when every such sheet of the source is named after one known location.
    """
    strange = {fit.match.source.id for fit in _without_school(fits, school)}
    return [
        replace(fit, match=replace(fit.match, of_tab=fit.match.lacks_only))
        if fit.match.lacks_only and fit.match.source.id not in strange
        else fit
        for fit in fits
    ]


def advice(fits: Sequence[SheetFit], school: School) -> str:
    """What to do when sheets lack only the school and are not all named after one."""
    without = list(_without_school(fits, school))
    if len({fit.index for fit in fits if fit.match.lacks_only}) < 2 or not without:
        return ""
    label = without[0].match.source.columns[without[0].match.lacks_only].label
    names = list(dict.fromkeys(f"“{fit.sheet.name}”" for fit in without))
    more = " en meer" if len(names) > MOST_NAMED else ""
    return (
        f" Staat de vestiging alleen in de naam van het tabblad, noem elk tabblad dan naar de "
        f"code of de naam van één vestiging uit uw lijst van vestigingen; dat is het niet bij "
        f"{', '.join(names[:MOST_NAMED])}{more}. Of zet in elk blad een kolom “{label}”."
    )


def _without_school(fits: Sequence[SheetFit], school: School) -> Iterator[SheetFit]:
    """Visible sheets with rows that lack only the school and are not named after one."""
    for fit in fits:
        lacks = fit.match.lacks_only and fit.has_data and not fit.sheet.hidden
        if lacks and not school(fit.sheet.name):
            yield fit
