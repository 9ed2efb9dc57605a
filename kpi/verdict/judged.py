"""Verdicts by figure: judged once per figures and targets, read by pages, reports and exports."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from data.progress import tell
from kpi import formatting
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.naming import organisations_of
from kpi.figure.path import end_of_path, why_not_asked
from kpi.figure.result import Ended, KpiResult, SeriesKey
from kpi.figure.rows import read_wholes
from kpi.meaning.choices import JudgedBy, PeriodType
from kpi.meaning.load import Kpi, Measure
from kpi.meaning.target import Target, TargetKey, TargetKind
from kpi.verdict.assess import MeasuredSchool, Verdict, assess
from kpi.verdict.compare import Funnel, funnel
from kpi.verdict.goal import Asked
from kpi.verdict.kept import Judged, all_kept, is_kept, keep, kept_series
from kpi.verdict.verdict import Change

FEWEST_UNITS = 2
SILENT = (Change.TOO_FEW, Change.NOT_TESTED)
GiveWay = Callable[[], object]  # called before every series: it may keep the judging waiting


@dataclass(frozen=True)
class ForecastScore:
    """How earlier forecasts of a series came out: `inside` of the `made` 80 % intervals."""

    inside: int
    made: int

    @property
    def text(self) -> str:
        """The score in one Dutch sentence, "" when nothing was forecast yet."""
        if not self.made:
            return ""
        made = formatting.count(self.made, "verwachtingen")
        return f"{self.inside} van {made} kwamen uit; 8 van de 10 is de bedoeling."


def judge_all(monitor: Monitor, give_way: GiveWay = lambda: None) -> None:
    """Judge every whole and every series with a target, so that no page has to; and keep it.

    All KPIs, measures, levels and period types of the profile; about fifty thousand verdicts for
    one SWV. What was judged before, with the same figures and targets, is not judged again: it is
    there, or it was kept beside the store and is read when somebody asks.
    """
    new = False
    for done, kpi in enumerate(monitor.kpis.values()):
        tell(how_far(monitor, done), done, len(monitor.kpis))
        for about, measure in _abouts_of(monitor, kpi):
            if not is_kept(monitor, about):
                read_wholes(monitor)
                _judge_everywhere(monitor, about, measure.periods, give_way)
                new = True
            monitor.judged.add(about)
    if new:
        keep(monitor)


def how_far(monitor: Monitor, done: int) -> str:
    """That so many KPIs are judged."""
    return f"De cijfers worden beoordeeld: {done} van {len(monitor.kpis)} KPI's."


def every_verdict(monitor: Monitor) -> dict[SeriesKey, Judged]:
    """What `judge_all` judged, all of it read: for who wants everything."""
    judge_all(monitor)
    for key, judged in all_kept(monitor):
        monitor.verdicts.setdefault(key, judged)
    return monitor.verdicts


def verdict(monitor: Monitor, result: KpiResult) -> Verdict:
    """What may be said about one figure."""
    if result.period.period_type not in result.measure.periods:
        return assess([result])[0]  # a yearly figure of which no year was delivered yet
    known = _known(monitor, result.series) or {}
    if result.period.period_id not in known:
        series = results.trend_of(monitor, result)
        known = _judged(monitor, series) if series else {}
    return known.get(result.period.period_id) or assess([result])[0]


def verdicts(monitor: Monitor, series: Sequence[KpiResult]) -> list[Verdict]:
    """The verdict at every point of a trend."""
    return [verdict(monitor, result) for result in series]


def tested(monitor: Monitor, result: KpiResult) -> tuple[KpiResult, Verdict]:
    """The figure that answers whether something changes, and what may be said about it.

    It is another one only when the definition names what is tested in its place (the inflow of who
    is there, the share that went of who went), and that has something to say.
    """
    own = verdict(monitor, result)
    instead = result.kpi.measures.get(result.measure.tested_by)
    if instead is None or not result.has_number or not _may_replace(instead, result):
        return result, own
    other = results.figure_with(monitor, result, instead)
    found = verdict(monitor, other)
    return (result, own) if found.finding.change in SILENT else (other, found)


def compare(
    monitor: Monitor,
    kpi_id: str,
    period_id: str,
    measure: str | None = None,
    school_type: str = "vo",
) -> Funnel | None:
    """Fair comparison of the locations of one school type; None for what is not a share or rate.

    Only complete figures take part. A standing share may be compared too: at one moment each
    pupil counts once. Schools of different types are never compared: every pupil of a PrO school
    has an OPP, for instance.
    """
    key = ("funnel", kpi_id, period_id, measure, school_type)
    return monitor.remember(key, lambda: _funnel(monitor, kpi_id, period_id, measure, school_type))


def _funnel(
    monitor: Monitor, kpi_id: str, period_id: str, measure: str | None, school_type: str
) -> Funnel | None:
    found = [
        result
        for result in results.by_organisation(monitor, kpi_id, period_id, "locatie", measure)
        if result.organisation.school_type == school_type
        and result.has_number
        and result.is_complete
        and result.denominator > 0
    ]
    if len(found) < FEWEST_UNITS or not _is_rate(found[0].measure):
        return None
    units = [
        (item.organisation.organisation_id, round(item.numerator), float(item.denominator))
        for item in found
    ]
    return funnel(units, rate=any(count > size for _, count, size in units))


def forecast_score(monitor: Monitor, series: Sequence[KpiResult]) -> ForecastScore:
    """Every earlier forecast of the series held against what came."""
    made = inside = 0
    for result, judged in zip(series, verdicts(monitor, series), strict=True):
        if judged.was_expected is None or result.value is None or result.provisional:
            continue
        low, high = judged.was_expected
        made += 1
        inside += low <= result.value <= high
    return ForecastScore(inside, made)


def _abouts_of(monitor: Monitor, kpi: Kpi) -> Iterator[tuple[TargetKey, Measure]]:
    """What of a KPI is judged beforehand, and was not yet: the wholes, and what has a target."""
    for measure in kpi.measures.values():
        segments = {"", *(s for k, m, s in monitor.targets if (k, m) == (kpi.id, measure.id))}
        for about in {(kpi.id, measure.id, segment) for segment in segments} - monitor.judged:
            yield about, measure


def _judge_everywhere(
    monitor: Monitor, about: TargetKey, period_types: Iterable[str], give_way: GiveWay
) -> None:
    kpi, measure, segment = about
    for kind in period_types:
        for level in ("swv", "bestuur", "locatie"):
            found = results.trends_by_organisation(monitor, kpi, level, measure, segment, kind)
            for one in found.values():
                give_way()
                _judged(monitor, one)


def _may_replace(instead: Measure, result: KpiResult) -> bool:
    """Whether what is tested exists for this period type and this part."""
    split = tuple(result.kpi.segment_parts(result.segment))
    has_part = not split or split in result.kpi.splits(instead)
    return result.period.period_type in instead.periods and has_part


def _judged(monitor: Monitor, series: Sequence[KpiResult]) -> Judged:
    key = series[0].series
    known = _known(monitor, key)
    if known is None:
        ends = [_asked(monitor, result) for result in series]
        found = assess(series, ends, [*_schools(monitor, series)], _quarters(monitor, series))
        periods = (result.period.period_id for result in series)
        known = monitor.verdicts[key] = dict(zip(periods, found, strict=True))
    return known


def _known(monitor: Monitor, key: SeriesKey) -> Judged | None:
    """The verdicts of a series when they were made before, here or at an earlier start."""
    known: Judged | None = monitor.verdicts.get(key)
    if known is None:
        known = kept_series(monitor, key)
        if known is not None:
            monitor.verdicts[key] = known
    return known


def _schools(monitor: Monitor, series: Sequence[KpiResult]) -> Iterator[list[MeasuredSchool]]:
    """Per figure the schools under it, when each school is held against itself."""
    first = series[0]
    if first.measure.judged_by is not JudgedBy.PAIRED:
        return
    place = first.organisation
    if place.organisation_type == "locatie":
        yield from ([MeasuredSchool("", series)] for _ in series)
        return
    trends = results.trends_by_organisation(
        monitor, first.kpi.id, "locatie", first.measure.id, first.segment, first.period.period_type
    )
    whole = place.organisation_type != "bestuur"
    for result in series:
        boards = organisations_of(monitor, "bestuur", None, result.period) if whole else [place]
        found = {
            school.organisation_id: MeasuredSchool(
                board.organisation_id, trends[school.organisation_id]
            )
            for board in boards
            for school in organisations_of(monitor, "locatie", board.organisation_id, result.period)
            if school.organisation_id in trends
        }
        yield [*found.values()]


def _quarters(monitor: Monitor, series: Sequence[KpiResult]) -> Sequence[KpiResult]:
    """The same figure per quarter, of a yearly one; () when it has none."""
    first = series[0]
    quarter = PeriodType.KWARTAAL
    if first.period.period_type == quarter or quarter not in first.measure.periods:
        return ()
    place = first.organisation
    trends = results.trends_by_organisation(
        monitor, first.kpi.id, place.organisation_type, first.measure.id, first.segment, quarter
    )
    return trends.get(place.organisation_id, ())


def _asked(monitor: Monitor, result: KpiResult) -> Asked | None:
    """What the agreement asks now and at the end of its path, or asked of a term that is over."""
    if result.ended:
        return _asked_of_term(monitor, result, result.ended)
    rule = result.target_rule
    if rule is None:
        return None
    end = end_of_path(monitor, result)
    why_not = "" if result.target is not None else why_not_asked(monitor, rule, result.period)
    return Asked(
        now=result.target,
        at_end=end.value if end else None,
        ahead=end.ahead if end else 0,
        end_label=end.label if end else "",
        wants_more=rule.wants_more,
        agreed=rule.is_bound,
        is_norm=not rule.is_reduction,
        why_not=why_not,
        margin=_margin(rule),
    )


def _margin(rule: Target) -> float | None:
    return float(rule.margin or 0) if rule.kind is TargetKind.AGREED else None


def _asked_of_term(monitor: Monitor, result: KpiResult, ended: Ended) -> Asked:
    rule, last = ended
    value, why_not = None, ""
    if last.period_id in monitor.periods:
        then = results.figure_at(monitor, result, last.period_id)
        value = then.target
        why_not = "" if then.target is not None else why_not_asked(monitor, rule, last)
    return Asked(
        now=None,
        at_end=value,
        ahead=0,
        end_label=ended.until,
        wants_more=rule.wants_more,
        agreed=rule.is_bound,
        why_not=why_not,
        margin=_margin(rule),
        ended=last.position,
    )


def _is_rate(measure: Measure) -> bool:
    return measure.shows.factor in (100, 1000)
