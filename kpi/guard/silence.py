"""What is said of a figure when its verdict would tell a hidden number."""

from dataclasses import replace

from kpi.figure.result import KpiResult
from kpi.verdict.assess import Verdict
from kpi.verdict.verdict import Change, Confidence, Finding, Goal, GoalFinding, Method

HIDDEN = "Dit cijfer wordt niet getoond. Daarom is er geen oordeel."
BESIDE = "Een deel van deze reeks wordt niet getoond. Daarom is er geen oordeel."
WHY = "kleine aantallen worden niet getoond"


def silent(result: KpiResult) -> Verdict:
    """The verdict of a hidden figure: the same whatever its number is."""
    return Verdict(_finding(HIDDEN), _goal(result, HIDDEN), Confidence("–", (WHY,)))


def silent_beside(judged: Verdict, result: KpiResult) -> Verdict:
    """The verdict of a shown figure in a series with hidden ones; how sure it is may be said."""
    return replace(
        judged,
        finding=_finding(BESIDE),
        goal=_goal(result, BESIDE),
        expected_next=None,
        was_expected=None,
    )


def _finding(sentence: str) -> Finding:
    return Finding(Method.NONE, Change.HIDDEN, sentence, WHY)


def _goal(result: KpiResult, sentence: str) -> GoalFinding:
    return GoalFinding(Goal.HIDDEN if result.has_target else Goal.NONE, sentence)
