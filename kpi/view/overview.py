"""The overview in words: per KPI one line with its verdict, and one sentence for all of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from data.calendar import Period
from kpi import formatting
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.naming import organisations_of
from kpi.figure.result import KpiResult
from kpi.verdict.judged import tested, verdict
from kpi.verdict.verdict import Change
from kpi.view.intake import intake
from kpi.view.line import Line
from kpi.view.standing import standings

MOST_WORDS = 25
NAMED = {
    Change.WORSE: "slechter",
    Change.BETTER: "beter",
    Change.UP: "hoger",
    Change.DOWN: "lager",
}
Named = Callable[[Line], str]


@dataclass(frozen=True)
class Overview:
    """Everything the overview says about one organisation and quarter."""

    lines: tuple[Line, ...]
    sentence: str
    missing: str


def overview(monitor: Monitor, organisation_id: str, quarter: Period) -> Overview:
    """The lines in the order in which they need a word, with what they say together."""
    found = results.overview(monitor, organisation_id, quarter.period_id)
    lines = sorted((_line(monitor, result, quarter) for result in found), key=_by_weight)
    return Overview(tuple(lines), headline(lines), missing_text(monitor, quarter, organisation_id))


def headline(lines: Sequence[Line]) -> str:
    """What changed for better and for worse and how targets stand, in at most 25 words."""
    for names, due in ((True, _with_coverage), (True, _name), (False, _name), (False, None)):
        sentence = " ".join(_parts(lines, names, due))
        if len(sentence.split()) <= MOST_WORDS:
            break
    return sentence


def missing_text(monitor: Monitor, quarter: Period, organisation_id: str) -> str:
    """ "Over sept 2026 mist nog: Verzuim per leerling (31 van 34 locaties).".

    Of a board or a location only what is its own, or the SWV hands in for all.
    """
    found = intake(monitor, quarter)
    if organisation_id != monitor.swv.organisation_id:
        under = organisations_of(monitor, "locatie", organisation_id, quarter)
        own = {organisation_id, *(place.organisation_id for place in under)}
        found = [item.only(own | {monitor.swv.organisation_id}) for item in found]
    owed = [item for item in found if item.by_quarter]
    late = [f"{item.label} ({item.text})" for item in owed if not item.is_complete]
    if late:
        return f"Over {quarter.label} mist nog: {formatting.enumeration(late)}."
    return f"Alles over {quarter.label} is binnen." if owed else ""


def _line(monitor: Monitor, result: KpiResult, quarter: Period) -> Line:
    judged, change = tested(monitor, result)
    organisation = result.organisation.organisation_id
    targeted = results.targeted(monitor, result.kpi.id, organisation, quarter.period_id)
    own = verdict(monitor, result)
    return Line(result, own, judged, change, standings(monitor, targeted, quarter))


def _by_weight(line: Line) -> int:
    return line.weight


def _parts(lines: Sequence[Line], names: bool, due: Named | None) -> Iterator[str]:
    changes = [*_changes(lines, names)]
    yield "; ".join([", ".join(changes) or "Geen signalen", *_targets(lines)]) + "."
    late = [line for line in lines if line.is_due]
    if late and due:
        yield f"Nog niet compleet: {formatting.enumeration([due(line) for line in late])}."
    elif late:
        yield f"Nog niet compleet: {formatting.count(len(late), 'KPI’s')}."


def _changes(lines: Sequence[Line], names: bool) -> Iterator[str]:
    """ "1 slechter: Formele klachten", bad news first."""
    for change, word in NAMED.items():
        found = [line.name for line in lines if line.change.finding.change is change]
        if found:
            whose = f": {formatting.enumeration(found)}" if names else ""
            yield f"{formatting.number(len(found))} {word}{whose}"


def _targets(lines: Sequence[Line]) -> Iterator[str]:
    """Every target that is not met, also when that was agreed, and deviations that are over."""
    missed = [item for line in lines for item in line.targets if item.is_missed]
    if missed:
        excused = sum(item.is_excused for item in missed)
        knowingly = f", waarvan {formatting.number(excused)} bewust" if excused else ""
        yield f"{formatting.count(len(missed), 'doelen')} niet gehaald{knowingly}"
    lapsed = sum(line.has_lapsed for line in lines)
    if lapsed:
        yield f"{formatting.count(lapsed, 'afwijkingen')} verlopen"


def _name(line: Line) -> str:
    return line.name


def _with_coverage(line: Line) -> str:
    return f"{line.name} ({line.result.coverage_text})"
