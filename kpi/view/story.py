"""One figure told in full: what the KPI page says beside its chart, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from data.calendar import KWARTAAL
from kpi import formatting
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.naming import periods_of
from kpi.figure.result import KpiResult
from kpi.meaning.load import Measure
from kpi.record.deviations import deviation_text
from kpi.verdict.assess import Verdict
from kpi.verdict.judged import forecast_score, tested, verdict
from kpi.verdict.verdict import Method
from kpi.view.drawing import Drawing, drawing
from kpi.view.line import change_words, is_here, letter_of
from kpi.view.quarterly import beside
from kpi.view.standing import counts_text, standings

NO_EXPECTATION = "Voor dit cijfer is geen verwachting te geven."
NOT_HERE = "Dit cijfer bestaat hier niet."
WHOLE = 100


@dataclass(frozen=True)
class Flows:
    """Who came and who went in the period of the figure; ended is None where nobody counts it."""

    new: KpiResult
    ended: KpiResult | None

    @property
    def text(self) -> str:
        """ "12 nieuw, 9 eraf"."""
        if self.ended is None:
            return f"{self.new.short_text} nieuw"
        return f"{self.new.short_text} nieuw, {self.ended.short_text} eraf"

    @property
    def note(self) -> str:
        """What those two count, and when."""
        names = [self.new.measure.label, self.ended.measure.label if self.ended else ""]
        return f"{' en '.join(filter(None, names))}, {self.new.when_short}"


class StoryChange(NamedTuple):
    """The difference with before, and since when; or that there is none, and why."""

    text: str
    note: str


@dataclass(frozen=True)
class Story:
    """A figure with its verdict. judged and change as in kpi.view.line.Line.

    since: the change as it may be told; a quarter is held against the same quarter a year before.
    targets: how the targets on other measures stand; deviation and score in words; "" for none.
    """

    result: KpiResult
    verdict: Verdict
    judged: KpiResult
    change: Verdict
    drawing: Drawing
    since: StoryChange
    flows: Flows | None
    targets: str
    deviation: str
    score: str

    @property
    def sentence(self) -> str:
        """The verdict: on top of the page and the alternative text of the chart."""
        return self.verdict.sentence if is_here(self.result) else NOT_HERE

    @property
    def change_words(self) -> str:
        """The sign and word for the change, with whose it is when it is not the figure itself."""
        return change_words(self.result, self.judged, self.change.finding)

    @property
    def tested_text(self) -> str:
        """What is said of the measure that is tested in the place of the figure, or ""."""
        if self.judged is self.result:
            return ""
        return f"{self.judged.measure.label}: {self.change.sentence}"

    @property
    def reason_text(self) -> str:
        """Why it was judged in this way; "" of a figure that does not exist here."""
        return self.change.finding.reason if is_here(self.result) else ""

    @property
    def method_text(self) -> str:
        """By which method the change was judged; "" when it was not."""
        method = self.change.finding.method
        return "" if method is Method.NONE else f"Methode: {method}."

    @property
    def odds_text(self) -> str:
        """The chance as a number, "" when there is none."""
        odds = self.verdict.goal.odds
        if odds is None:
            return ""
        return f"Kans in een getal: {formatting.quantity(WHOLE * odds, formatting.PERCENT)}."

    @property
    def letter(self) -> str:
        """How solid the figure is."""
        return letter_of(self.result, self.verdict)

    @property
    def confidence_text(self) -> str:
        """Why the letter is what it is."""
        return formatting.sentence(self.verdict.confidence.text)

    @property
    def expected_text(self) -> str:
        """The interval for the next period, or that none can be given."""
        expected = self.drawing.expected
        if expected is None:
            return NO_EXPECTATION
        return f"{expected.period.label}: {expected.text} (8 van de 10 keer)."


def story(monitor: Monitor, series: Sequence[KpiResult]) -> Story:
    """The last figure of a series, told."""
    now = series[-1]
    own = verdict(monitor, now)
    judged, change = tested(monitor, now)
    return Story(
        result=now,
        verdict=own,
        judged=judged,
        change=change,
        drawing=drawing(monitor, series, own),
        since=_since(monitor, now),
        flows=_flows(monitor, now),
        targets=_elsewhere(monitor, now),
        deviation=formatting.sentence(deviation_text(monitor, now)),
        score=forecast_score(monitor, series).text,
    )


def _elsewhere(monitor: Monitor, now: KpiResult) -> str:
    """How the targets on other measures and parts of the KPI stand; or ""."""
    organisation = now.organisation.organisation_id
    latest = [p for p in periods_of(monitor, KWARTAAL) if p.end_on <= now.period.needed_to]
    if not latest:
        return ""
    found = results.targeted(monitor, now.kpi.id, organisation, latest[-1].period_id)
    others = [result for result in found if result.series != now.series]
    told = counts_text(standings(monitor, others, latest[-1]))
    return f"Op andere maten {told}." if told else ""


def _since(monitor: Monitor, now: KpiResult) -> StoryChange:
    """Quarters have a season, so neighbours would mislead."""
    if now.period.period_type != KWARTAAL:
        since = f"sinds {now.previous_period.label}" if now.previous_period else ""
        return StoryChange(now.change_text or "–", now.not_comparable_reason or since)
    found = beside(monitor, now)
    if found.then is None or found.change is None:
        return StoryChange("–", found.why_not or "Er is nog geen cijfer van een jaar eerder.")
    text = formatting.change(found.change, now.unit, now.decimals)
    return StoryChange(text, f"sinds {found.then.period.label}, hetzelfde kwartaal")


def _flows(monitor: Monitor, now: KpiResult) -> Flows | None:
    """The inflow and outflow of the standing count this figure is, or is the flow of."""
    stock = next((m for m in now.kpi.measures.values() if _belongs(now.measure, m)), None)
    if stock is None:
        return None
    new, ended = (
        _beside(monitor, now, now.kpi.measures.get(name))
        for name in (stock.tested_by, stock.ended_by)
    )
    return Flows(new, ended) if new and new.has_number else None


def _belongs(measure: Measure, stock: Measure) -> bool:
    flows = (stock.tested_by, stock.ended_by)
    return bool(stock.counts_again and stock.tested_by) and measure.id in (stock.id, *flows)


def _beside(monitor: Monitor, now: KpiResult, measure: Measure | None) -> KpiResult | None:
    """Another measure of the same moment, organisation and part; None when there is none."""
    split = tuple(now.kpi.segment_parts(now.segment))
    if measure is None or now.period.period_type not in measure.periods:
        return None
    if split and split not in now.kpi.splits(measure):
        return None
    return results.figure_with(monitor, now, measure)
