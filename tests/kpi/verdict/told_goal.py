"""Every sentence about a target, held against the figure and what was asked of it."""

import re
from typing import NamedTuple

from told import FIGURE, PERIOD, Told, amount, check_figure, is_final, reads

from kpi.verdict.verdict import Goal, GoalFinding

ASKED = rf"(?:(?P<word>hoogstens|minstens) (?P<asked>{FIGURE})|tussen (?P<low>{FIGURE}) en "
ASKED += rf"(?P<high>{FIGURE}))"
WHEN = rf"(?P<end>{PERIOD}|[a-z]+ \d{{4}})"
ODDS = r"(?P<odds>(?:minder dan|meer dan|ongeveer) \d+ op \d+)"
HOW = {
    "naar verwachting gehaald": Goal.LIKELY,
    "misschien wel, misschien niet gehaald": Goal.UNCERTAIN,
    "waarschijnlijk niet gehaald": Goal.UNLIKELY,
}
WHY = (
    r"het cijfer is voorlopig|maar een deel van de periode is geleverd|er is niet geleverd|"
    r"dit cijfer is er niet|"
    r"het cijfer is hier n\.v\.t\.?|[\d.]+ van [\d.]+ locaties leverden|er telt een aantal <5 mee|"
    r"deze periode is niet te vergelijken met de periode ervoor|er is geen cijfer over die tijd|"
    rf"er zijn te weinig metingen|er is geen cijfer over {PERIOD}, dus er is geen basis"
)
FORMS = {
    "none": r"Voor dit cijfer is geen streefwaarde afgesproken\.",
    "decided": rf"Het doel is (?P<no>niet )?gehaald: gevraagd was {ASKED}"
    rf"(?:; het is (?P<exact>{FIGURE}))?\."
    rf"(?: Kans voor {WHEN}: {ODDS}\.)?",
    "ended": rf"Het doel liep tot {WHEN} en is (?P<no>niet )?gehaald: (?P<then>{FIGURE}), "
    rf"gevraagd was {ASKED}\.(?: Nu: (?P<now>{FIGURE})\.)?",
    "on path": rf"Nu (?P<no>niet )?volgens het pad: gevraagd is {ASKED}\. "
    r"Een kans is bij dit cijfer niet te geven\.",
    "expected": rf"Met de huidige werkwijze wordt het doel voor {WHEN} (?P<how>{'|'.join(HOW)}) "
    rf"\(kans {ODDS}\)\.",
    "too far": rf"Het pad loopt tot {WHEN}; dat is te ver weg om nu een kans te geven\.",
    "too few": rf"Gemiddeld {FIGURE} uit (?P<forms>\d) meting(?:en)?: te weinig voor een oordeel\.",
    "no answer": rf"(?:Niet te toetsen|Nog niet te toetsen aan het doel|Het doel liep tot {WHEN}; "
    rf"niet te toetsen): (?P<why>{WHY})\.?",
}
FORMS = {name: re.compile(form) for name, form in FORMS.items()}
SAYS = {True: (Goal.REACHED, Goal.ENDED_REACHED, Goal.UNKNOWN),
        False: (Goal.MISSED, Goal.ENDED_MISSED, Goal.UNKNOWN)}  # fmt: skip


class Agreement(NamedTuple):
    """What is asked of the figure that decides, or of the path at this moment; None is nothing."""

    value: float | None
    wants_more: bool = False
    margin: float | None = None

    def met(self, value: float) -> bool:
        """The bare comparison."""
        if self.margin is not None:
            return abs(value - self.value) <= self.margin + 1e-9
        return value >= self.value if self.wants_more else value <= self.value


def check_goal(told: Told, goal: GoalFinding, asked: Agreement) -> str:
    """Which form the sentence has; fails when figure and agreement do not say so."""
    found = {name: form.fullmatch(goal.sentence) for name, form in FORMS.items()}
    known = [name for name, match in found.items() if match]
    assert len(known) == 1, f"{len(known)} vormen passen op: {goal.sentence}"
    match = found[known[0]].groupdict()
    if "no" in match:
        check_asked(told, goal, asked, match)
    if match.get("exact"):
        assert match["no"] and reads(match["exact"].split()[0].rstrip("%"), told.now.value)
    if match.get("odds"):
        check_odds(match["odds"], goal)
        assert "how" not in match or HOW[match["how"]] is goal.goal
    if known[0] == "too few":
        assert reads(match["forms"], told.now.denominator)
    if known[0] == "none":
        assert asked.value is None and goal.goal is Goal.NONE
    if known[0] == "no answer":
        assert goal.goal is Goal.NOT_TESTABLE
    return known[0]


def check_asked(told: Told, goal: GoalFinding, asked: Agreement, match) -> None:
    """The figure is (not) on the right side of the number that is told, as the word says."""
    now = told.now
    assert is_final(now) and asked.met(now.value) == (not match["no"])
    assert goal.goal in SAYS[not match["no"]]
    if match.get("then"):
        check_figure(match["then"], now)
    if match["low"]:
        assert reads(match["low"], asked.value - asked.margin)
        assert reads(match["high"], asked.value + asked.margin)
        return
    assert (match["word"] == "minstens") == asked.wants_more
    number, _, size = match["asked"].partition(" van de ")
    if not size:
        assert reads(number, asked.value), f"{number} ≠ {asked.value}"
        return
    bound = amount(number)[0]
    assert reads(size, now.denominator)
    met = now.numerator >= bound if asked.wants_more else now.numerator <= bound
    assert met == (not match["no"]), f"{now.numerator}: {goal.sentence}"


def check_odds(text: str, goal: GoalFinding) -> None:
    """ "ongeveer 7 op 10" is a chance of about 0.7; of a norm the chance is only told."""
    part, whole = map(int, re.findall(r"\d+", text))
    assert 0 < part < whole
    if goal.odds is None:
        return
    if text.startswith("ongeveer"):
        assert abs(part / whole - goal.odds) <= 0.05 + 1e-9, f"{text} ≠ {goal.odds}"
    else:
        assert (goal.odds < part / whole) == text.startswith("minder"), f"{text} ≠ {goal.odds}"
