"""For whom, over which time and instead of what a delivery speaks: said before it is stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from data.calendar import KALENDERJAAR, MONTH_NAMES, Calendar, Period
from data.deliveries.delivery import Delivery, Missing, MissingRow
from data.gate.convert import periods_in_text
from data.gate.convert.refused import dutch_date
from data.gate.effect import EarlierRow, Effect
from data.source import Source

SWV, BOARDS, ROWS = "swv", "boards", "locations"
REPLACES, ADDS = "vervangt", "vult_aan"
GAP = timedelta(days=730)  # longer without a single row is not a register any more
HALF = 0.5  # of the rows of the list before, when there is no history to measure by


@dataclass(frozen=True)
class Answers:
    """What whoever hands in a file says about it; empty is: not said.

    speaks_for: SWV, BOARDS (of the locations in the rows) or ROWS (only those locations). named:
    codes of boards and locations it speaks for as well. second: REPLACES or ADDS. missing: what
    became of rows that are gone (on which last day, for a location that closed), unless `rows` says
    it per row_id. since: the first day from which
    a register is complete. sure: everything that only has to be confirmed is right.
    """

    speaks_for: str = ""
    named: tuple[str, ...] = ()
    second: str = ""
    missing: str = ""
    missing_on: date | None = None
    rows: Mapping[str, MissingRow] = field(default_factory=dict)
    since: date | None = None
    sure: bool = False


@dataclass(frozen=True)
class Doubt:
    """What is not certain, in Dutch. settled_by: the field of Answers; choices: (value, words)."""

    settled_by: str
    text: str
    choices: tuple[tuple[str, str], ...] = ()
    rows: tuple[EarlierRow, ...] = ()


@dataclass(frozen=True)
class Claim:
    """What a delivery says, in one sentence, and what its giver still has to answer."""

    sentence: str
    doubts: tuple[Doubt, ...] = ()
    taken: tuple[EarlierRow, ...] = ()

    @property
    def certain(self) -> bool:
        """It can be stored as it is."""
        return not self.doubts


def spoken_for(source: Source, answers: Answers, history: "History") -> tuple[str, tuple[str, ...]]:
    """The scope and the organisations beside it that follow from what was said, now or before.

    A list of which nothing was ever said speaks for the schools in it; a register of the SWV
    itself for the whole SWV.
    """
    if "location_id" not in source.columns:
        return SWV, ()
    if answers.speaks_for or answers.named:
        return answers.speaks_for or ROWS, answers.named
    said = history.said_before
    if said and source.delivery.scope != ROWS:
        return said.scope, said.speaks_for
    return (SWV if source.delivery.scope == SWV else ROWS), ()


@dataclass(frozen=True)
class History:
    """The earlier deliveries of the source, oldest first, and the locations with rows in each.

    held: those of the list that is handed in; known: every location of the SWV with its board.
    """

    earlier: tuple[Delivery, ...]
    held_by: Mapping[str, frozenset[str]]
    held: frozenset[str]
    known: Mapping[str, str]

    @property
    def said_before(self) -> Delivery | None:
        """The last list of the same boards for which somebody said for whom it speaks.

        None when this list has far fewer schools than lists with such a claim used to have: then
        it may be another kind of list.
        """
        mine = self._boards(self.held)
        said = [
            found
            for found in self.earlier
            if found.claim and mine and mine <= self._boards(self.held_by[found.delivery_id])
        ]
        if not said:
            return None
        sizes = [len(self.held_by[d.delivery_id]) for d in said if d.scope == said[-1].scope]
        enough = said[-1].scope == ROWS or len(self.held) >= _least(sizes)
        return said[-1] if enough else None

    def _boards(self, codes: frozenset[str]) -> set[str]:
        return {self.known.get(code, code) for code in codes}


def _least(sizes: Sequence[int]) -> float:
    """How small a list can be beside the last one: half of the largest fall it ever showed."""
    steps = [late / early for early, late in pairwise(sizes) if early]
    return min([*steps, 1.0]) * HALF * sizes[-1]


def doubts(
    source: Source,
    draft: Delivery,
    effect: Effect,
    columns: Mapping[str, Sequence[Any]],
    history: History,
    texts: Sequence[str],
    calendar: Calendar,
    answers: Answers,
) -> Iterator[Doubt]:
    """Everything that is not beyond doubt and not answered, in the order in which one asks."""
    if not answers.sure:
        yield from _other_period(draft, texts, calendar)
        yield from _outside(source, draft, columns)
        yield from _fewer(source, draft, history.earlier)
    if not answers.since and not answers.sure:
        yield from _too_long(source, draft, columns, history.earlier, calendar)
    if not (answers.speaks_for or answers.named):
        yield from _for_whom(source, draft, effect, history, answers)
    if not answers.second:
        yield from _second(source, draft, effect)
    yield from _missing(source, draft, effect, answers)


def sentence(draft: Delivery, effect: Effect, earlier: Sequence[Delivery]) -> str:
    """The claim in one Dutch sentence, with its numbers."""
    said = f"Deze lijst van {_rows(draft.rows)} spreekt voor {_whom(draft, effect)}"
    if draft.covers_from and draft.covers_to:
        said += f", {stretch(draft.covers_from, draft.covers_to)}"
    days = {found.delivery_id: found.received_on for found in earlier}
    replaced = {name: rows for name, rows in effect.replaced.items() if name in days}
    if replaced:
        when = dutch_date(max(days[name] for name in replaced))
        said += f", en vervangt {_rows(sum(replaced.values()))} van {when}"
    if replaced and effect.taken:
        stand = "staat" if len(effect.taken) == 1 else "staan"
        said += f"; {_rows(len(effect.taken))} daarvan {stand} er niet meer in"
    if draft.adds:
        said += ", en vult aan wat er al was"
    return f"{said}."


def stretch(first: date, last: date) -> str:
    """ "juli t/m september 2023"."""
    start, end = MONTH_NAMES[first.month - 1], MONTH_NAMES[last.month - 1]
    year = f" {first.year}" if first.year != last.year else ""
    return f"{start}{year} t/m {end} {last.year}"


def _whom(draft: Delivery, effect: Effect) -> str:
    among = effect.spoken & effect.known.keys()
    if len(among) == len(effect.known) and (among or draft.scope == SWV):
        return f"alle {len(among)} vestigingen" if among else "het hele SWV"
    outside = len(effect.spoken) - len(among)
    more = f" en {outside} daarbuiten" if outside else ""
    if not effect.known:
        return f"{len(effect.spoken)} vestigingen"
    return f"{len(among)} van {len(effect.known)} vestigingen{more}"


def _rows(count: int) -> str:
    return f"{count} rij" if count == 1 else f"{count} rijen"


def _other_period(draft: Delivery, texts: Sequence[str], calendar: Calendar) -> Iterator[Doubt]:
    """The name of the file, sheet or table says another period than was chosen."""
    if not draft.period or len(draft.parts) != 1:
        return
    chosen = calendar.parse(draft.period)
    for text in texts:
        named = [calendar.parse(found) for found in periods_in_text(text, calendar)]
        # a bare year or the day of the export says little about the time it is over
        if chosen.period_type != KALENDERJAAR:
            named = [found for found in named if found.period_type != KALENDERJAAR]
        if named and not any(_overlap(chosen, found) for found in named):
            yield Doubt(
                "sure",
                f"U koos {chosen.label}, maar “{text}” noemt {named[0].label}. "
                f"Is dit bestand echt over {chosen.label}?",
            )
            return


def _overlap(one: Period, other: Period) -> bool:
    return one.start_on <= other.end_on and other.start_on <= one.end_on


def _outside(
    source: Source, draft: Delivery, columns: Mapping[str, Sequence[Any]]
) -> Iterator[Doubt]:
    """Rows from after the stretch: another quarter was chosen, or a year is wrong."""
    by, until = source.delivery.dated_by, draft.covers_to
    days = [day for day in columns.get(by, ()) if day]
    later = [day for day in days if until and day > until]
    if later and until:
        label = source.columns[by].label
        yield Doubt(
            "sure",
            f"{_rows(len(later))} van deze lijst {'is' if len(later) == 1 else 'zijn'} van na "
            f"{dutch_date(until)}, zoals “{label}” {dutch_date(max(later))}. Is de goede periode "
            "gekozen, en klopt het jaar?",
        )
    ends = (
        [day for day in columns.get(source.rows.ends_by, ()) if day] if source.rows.ends_by else []
    )
    last = max([*days, *ends], default=None)
    start = draft.parts[-1].covers_from
    if last and start and until and source.delivery.spans == "school_year" and last < start:
        yield Doubt(
            "sure",
            f"De laatste datum in deze lijst is {dutch_date(last)}. Dat is vóór "
            f"{dutch_date(start)}, waar deze lijst begint. Is de goede periode gekozen?",
        )


def _too_long(
    source: Source,
    draft: Delivery,
    columns: Mapping[str, Sequence[Any]],
    earlier: Sequence[Delivery],
    calendar: Calendar,
) -> Iterator[Doubt]:
    """A register that starts long before its other rows, or before it ever did."""
    start = draft.covers_from
    if source.delivery.spans != "all" or not start or not draft.covers_to:
        return
    usual = min((found.covers_from for found in earlier if found.covers_from), default=None)
    until = draft.covers_to
    days = sorted(
        {day for day in columns.get(source.delivery.covers_by, ()) if day and day <= until}
    )
    current = calendar.schooljaar(int(calendar.school_year_of(draft.covers_to)[:4])).start_on
    gaps = [late for early, late in pairwise(sorted([*days, current])) if late - early > GAP]
    first = usual if usual and usual > start else gaps[-1] if gaps else None
    if usual and usual <= start:
        return
    if first and (gaps or usual):
        year = calendar.school_year_of(first)
        opens = calendar.schooljaar(int(year[:4])).start_on
        yield Doubt(
            "since",
            f"Volgens de data loopt deze lijst van {start.year} tot en met {draft.covers_to.year}. "
            "Over alles waar zij niets noemt, zou de monitor dan nul tellen. Vanaf wanneer is de "
            "lijst volledig?",
            (
                (
                    opens.isoformat(),
                    f"vanaf schooljaar {year}; een eerder jaartal is een vergissing",
                ),
                (start.isoformat(), f"echt vanaf {start.year}"),
            ),
        )


def _fewer(source: Source, draft: Delivery, earlier: Sequence[Delivery]) -> Iterator[Doubt]:
    """Far fewer rows than the list before, by what its own history shows is usual."""
    if not draft.rows or not draft.period or source.delivery.period_column:
        return
    before = [found for found in earlier if found.period < draft.period and found.rows]
    one_stretch = source.delivery.spans == "all"
    before = [found for found in before if one_stretch or found.slot == draft.slot]
    if not before:
        return
    sizes = [found.rows for found in before]
    if draft.rows < _least(sizes):
        yield Doubt(
            "sure",
            f"Deze lijst heeft {_rows(draft.rows)}; de vorige ({before[-1].period}) had er "
            f"{sizes[-1]}. Is de lijst volledig?",
        )


def _for_whom(
    source: Source,
    draft: Delivery,
    effect: Effect,
    history: History,
    answers: Answers,
) -> Iterator[Doubt]:
    """An empty list, or schools about which the list is silent and nobody ever said why."""
    known = effect.known
    if "location_id" not in source.columns or not known:
        if not draft.rows and not answers.sure:
            yield Doubt("sure", "Deze lijst is leeg. Waren er in deze periode echt geen?")
        return
    held = history.held
    silent = known.keys() - held
    if draft.rows and (source.delivery.scope == ROWS or not source.delivery.dated_by or not silent):
        return
    if draft.rows and history.said_before:
        return
    choices = [
        (SWV, f"alle {len(known)} vestigingen van het SWV: waar geen rij staat, was er geen"),
        (ROWS, f"alleen de vestigingen in de lijst ({len(held)}); van de andere weten wij niets"),
    ]
    boards = {known[code] for code in held & known.keys()}
    inside = [code for code, board in known.items() if board in boards]
    if len(held) < len(inside) < len(known):
        text = f"de besturen van deze vestigingen ({len(inside)} vestigingen)"
        choices.insert(1, (BOARDS, f"{text}: waar geen rij staat, was er geen"))
    if not draft.rows:
        yield Doubt(
            "speaks_for",
            "Deze lijst is leeg. Voor wie zegt zij dat er geen waren? Is dit een vergissing, lees "
            "dan het goede bestand in.",
            choices[:1],  # type: ignore[arg-type]
        )
        return
    names = ", ".join(sorted(silent)[:5]) + (" …" if len(silent) > 5 else "")
    yield Doubt(
        "speaks_for",
        f"In deze lijst {'staat' if len(held) == 1 else 'staan'} {len(held & known.keys())} van de "
        f"{len(known)} vestigingen; {names} niet. Voor wie spreekt deze lijst?",
        tuple(choices),
    )


def _second(source: Source, draft: Delivery, effect: Effect) -> Iterator[Doubt]:
    """A second list for the same stretch that does not hold all that the first one held."""
    if source.delivery.period == "none" or not effect.taken:
        return
    yield Doubt(
        "second",
        f"Over deze tijd is al een lijst geleverd. Daarvan {_stand(len(effect.taken))} niet in "
        "deze. Wat is deze lijst?",
        (
            (REPLACES, "een verbetering: zij komt in de plaats van de vorige"),
            (ADDS, "een aanvulling: beide lijsten tellen"),
        ),
        effect.taken,
    )


def _missing(source: Source, draft: Delivery, effect: Effect, answers: Answers) -> Iterator[Doubt]:
    """What an earlier list held and this one should have held as well."""
    if draft.adds or answers.missing:
        return
    rows = tuple(row for row in effect.gone if row.row_id not in answers.rows)
    if not rows:
        return
    if source.delivery.period == "none":
        yield Doubt(
            "missing",
            f"Van de vorige lijst {_stand(len(rows))} niet meer in deze: "
            f"{'; '.join(row.about for row in rows[:5])}. Is die vestiging gesloten, en wanneer?",
            (
                (Missing.ENDED, "gesloten; geef de laatste dag"),
                (Missing.FORGOTTEN, "vergeten: zij bestaat nog"),
                (Missing.WRONG, "een fout in de vorige lijst: zij hoort niet bij het SWV"),
            ),
            rows,
        )
        return
    stays = "Zij blijven tellen in de tijd waarover die lijst ging. "
    forgotten = (
        Missing.FORGOTTEN,
        "vergeten, of deze lijst bevat alleen het nieuwe: zij tellen door",
    )
    wrong = (Missing.WRONG, "een fout in de vorige lijst: zij tellen nergens meer")
    unknown = (Missing.UNKNOWN, "dat weten wij niet: zij heten vanaf nu ‘niet te volgen’")
    ended = (Missing.ENDED, "gestopt: zij tellen als beëindigd")
    choices = (unknown, ended, forgotten, wrong) if source.rows.ends_by else (forgotten, wrong)
    yield Doubt(
        "missing",
        f"Van de vorige lijst {_stand(len(rows))} niet meer in deze: uit de lijst verdwenen. "
        f"{stays if source.rows.ends_by else ''}Wat is er gebeurd?",
        tuple((str(value), words) for value, words in choices),
        rows,
    )


def _stand(count: int) -> str:
    return f"{'staat' if count == 1 else 'staan'} {_rows(count)}"


def answered(effect: Effect, answers: Answers) -> tuple[MissingRow, ...]:
    """What was said of every row that is gone."""
    day = answers.missing_on
    of_all = [
        MissingRow(row.row_id, answers.missing, day) for row in effect.gone if answers.missing
    ]
    said = {row.row_id: row for row in of_all} | dict(answers.rows)
    return tuple(said[row.row_id] for row in effect.gone if row.row_id in said)
