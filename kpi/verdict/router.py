"""Choose the method from the shape of the series, and say why in one sentence.

The order of the gates is the order of honesty: first whether there is a figure at all, then
whether it may be tested, then which test fits. Every route ends in one `Finding`.
"""

from __future__ import annotations

from kpi.meaning.choices import JudgedBy, Shows
from kpi.verdict import reasons
from kpi.verdict import sentences as say
from kpi.verdict.by_quarter import judge_quarters
from kpi.verdict.by_year import judge_years
from kpi.verdict.findings import no_verdict
from kpi.verdict.means import judge_mean
from kpi.verdict.paired import judge_paired
from kpi.verdict.series import Series
from kpi.verdict.verdict import Change, Finding, Method

DECLARED = {
    JudgedBy.THRESHOLD: (Method.THRESHOLD, reasons.THRESHOLD),
    JudgedBy.SHARE: (Method.NONE, reasons.OUTFLOW),
    JudgedBy.NONE: (Method.NONE, reasons.UNJUDGED),
}


def judge(series: Series) -> Finding:
    """The answer to "is something really changing?" for the last point of the series."""
    if series.judged_by == JudgedBy.PAIRED:
        return judge_paired(series)
    if not series.run:
        return no_verdict(Change.TOO_FEW, say.not_usable(series), reasons.NOT_USABLE)
    untested = why_not_tested(series)
    if untested:
        method, reason = untested
        return no_verdict(Change.NOT_TESTED, say.difference(series), reason, method)
    if series.shows is Shows.MEAN:
        return judge_mean(series)
    return judge_years(series) if series.per_year == 1 else judge_quarters(series)


def why_not_tested(series: Series) -> tuple[Method, str] | None:
    """Why no test fits this kind of figure, whatever its values; None when one does."""
    if series.judged_by != JudgedBy.ROUTER:
        return DECLARED[JudgedBy(series.judged_by)]
    if series.holds_same_pupils:
        carried = series.shows is Shows.PERSONS
        return Method.NONE, reasons.CARRIED_OVER if carried else reasons.STANDING
    if series.shows is not Shows.MEAN and not series.counts_cases:
        return Method.NONE, reasons.AMOUNT
    return None
