"""Schools that were merged: the one named goes on, so nobody who stood there gets lost."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from data.gate.convert import CellFinding, meant
from data.gate.convert.nearest import Nearest
from data.gate.convert.refused import dutch_date
from data.gate.row_rules import Columns
from data.source import Merger, Source

NOT_MERGED = "Is deze vestiging nergens in opgegaan, maak de cel dan leeg."
OUTSIDE = "Ligt zij buiten het samenwerkingsverband, laat de cel dan leeg."


def merger_findings(
    source: Source,
    columns: Columns,
    row_numbers: Sequence[object],
    schools: Collection[str],
    refused: Collection[tuple[int, str]],
) -> Iterator[tuple[int, str, CellFinding]]:
    """What cannot be true of a merger: (place of the row, column, finding).

    `schools` are the codes of schools in the list before. `refused` names the cells (place of the
    row, column) that have no value because they were refused.
    """
    rule = source.rows.merger
    if not rule:
        return
    last = _last_rows(rule, columns)
    whole = None not in columns[rule.of]  # or a school that is there would seem to be missing
    for place, into in enumerate(columns[rule.into]):
        own, end = columns[rule.of][place], columns[rule.end][place]
        if into is None or own is None:
            continue
        finding = None
        if into == own:
            finding = _into_itself(into)
        elif into not in last and into not in schools:
            finding = _unknown(into, {*schools, *last} - {own}) if whole else None
        elif circle := _circle(rule, columns, last, place):
            finding = _in_a_circle(into, own, [row_numbers[at] for at in circle])
        elif end is None:
            finding = None if (place, rule.end) in refused else _without_day(source, rule, into)
        elif into in last and _before(columns[rule.end][last[into]], end):
            finding = _closed_by_then(into, columns[rule.end][last[into]], end)
        if finding:
            yield place, rule.into, finding


def _before(closed: date | None, end: date) -> bool:
    return closed is not None and closed <= end


def _last_rows(rule: Merger, columns: Columns) -> dict[str, int]:
    """The place of the row that says how each school ends: the one that lasts longest."""
    last: dict[str, int] = {}
    ends = [day or date.max for day in columns[rule.end]]
    for place, code in enumerate(columns[rule.of]):
        if code is not None and (code not in last or ends[place] > ends[last[code]]):
            last[code] = place
    return last


def _circle(rule: Merger, columns: Columns, last: dict[str, int], place: int) -> list[int]:
    """The rows along which this school goes on into itself, in their order; [] when it does not."""
    passed = [place]
    while columns[rule.into][passed[-1]] in last:
        after = last[columns[rule.into][passed[-1]]]
        if after == place:
            return sorted(passed)
        if after in passed:
            return []
        passed.append(after)
    return []


def _into_itself(into: str) -> CellFinding:
    advice = f"Vul de vestiging in waar de leerlingen naartoe gingen. {NOT_MERGED}"
    return CellFinding(into, "een andere vestiging dan die van deze regel", advice)


def _unknown(into: str, known: Collection[str]) -> CellFinding:
    near = meant(into, Nearest(known, 0.8))
    advice = f"{near}Verbeter de code, of zet die vestiging ook in de lijst. {OUTSIDE}"
    return CellFinding(into, "een vestiging die in deze lijst staat", advice)


def _without_day(source: Source, rule: Merger, into: str) -> CellFinding:
    label = source.columns[rule.end].label
    expected = f"ook een laatste dag (“{label}”) op deze regel"
    return CellFinding(into, expected, f"Vul “{label}” in. {NOT_MERGED}")


def _in_a_circle(into: str, own: str, rows: Sequence[object]) -> CellFinding:
    numbers = f"{', '.join(map(str, rows[:-1]))} en {rows[-1]}"
    advice = (
        f"De vestigingen op regel {numbers} gaan in elkaar op, dus er blijft er geen over. Maak de "
        "cel leeg bij de vestiging die blijft bestaan."
    )
    return CellFinding(into, f"een vestiging die zelf niet weer opgaat in {own}", advice)


def _closed_by_then(into: str, closed: date, end: date) -> CellFinding:
    expected = f"een vestiging die na {dutch_date(end)} nog open is"
    advice = f"{into} sloot op {dutch_date(closed)}. Vul in waar de leerlingen daarna staan."
    return CellFinding(into, expected, advice)
