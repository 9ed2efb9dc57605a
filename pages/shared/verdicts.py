"""How a verdict looks: a sign, a word and a line; the words come from `kpi.verdict`."""

from kpi.verdict.verdict import Change, Goal, GoalFinding
from pages.shared.text import plain, remark, soft, strong, urgent


def change_word(change: Change, words: str) -> str:
    """The sign with its word. What needs a word stands out by weight too, not by colour alone."""
    if change is Change.WORSE:
        return urgent(words)
    return strong(words) if change.is_signal else plain(words)


def goal_word(finding: GoalFinding) -> str:
    """The sign and the word for a goal; in soft letters when nothing was agreed."""
    words = f"{finding.goal.icon} {finding.goal}"
    if finding.goal is Goal.NONE:
        return soft(finding.goal)
    return strong(words) if finding.goal.asks_change else plain(words)


def small(text: str) -> str:
    """A line of less weight below a word."""
    return remark(text) if text else ""
