"""How a verdict looks: a sign, a word and a line; the words come from `kpi.verdict`."""

from kpi.verdict.verdict import Change, Confidence, Goal, GoalFinding
from kpi.view.overview import Line
from pages.shared.text import lines, mind, plain, soft, strong

ONE_LINE = 40  # signs in small letters in its column at 1440 pixels


def change_word(change: Change, text: str) -> str:
    """The sign and the word. What needs a word stands out by weight too, not by colour alone."""
    words = f"{change.icon} {text}"
    if change is Change.WORSE:
        return f"**{mind(words)}**"
    return strong(words) if change.is_signal else plain(words)


def goal_word(finding: GoalFinding) -> str:
    """The sign and the word for a goal; in soft letters when nothing was agreed."""
    words = f"{finding.goal.icon} {finding.goal}"
    if finding.goal is Goal.NONE:
        return soft(finding.goal)
    return strong(words) if finding.goal in (Goal.MISSED, Goal.UNLIKELY) else plain(words)


def change_cell(line: Line) -> str:
    """The word, and in small letters the sentence, or the method when that is too long a line."""
    finding, note = line.change.finding, line.change_note
    below = note if line.is_signal or len(note) <= ONE_LINE else finding.method
    return lines(change_word(finding.change, line.change_text), small(below))


def goal_cell(line: Line) -> str:
    """The word, the odds, how several stand, and an agreed deviation."""
    if line.goal.goal is Goal.NONE:
        return soft("–")
    note = " · ".join(filter(None, [line.odds_text, line.others_text]))
    return lines(goal_word(line.goal), small(note), small(line.deviation_text))


def confidence_cell(confidence: Confidence) -> str:
    """The letter."""
    return strong(confidence.label)


def small(text: str) -> str:
    """A line of less weight below a word."""
    return f":small[{soft(text)}]" if text else ""
