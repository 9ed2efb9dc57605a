"""What is not beyond doubt about a delivery, in the order in which one asks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, islice, pairwise
from typing import Any

from data.calendar import KALENDERJAAR, KWARTAAL, Calendar, Period
from data.deliveries.delivery import Delivery, Missing
from data.gate.claim import (
    ADDS,
    BOARDS,
    REPLACES,
    ROWS,
    SWV,
    Answers,
    ClaimDoubt,
    ListHistory,
    answered,
    is_enough,
)
from data.gate.claim_sentence import named, rows_text
from data.gate.closed_doubt import goes_on_at_closed, left_behind
from data.gate.convert import days_in_text, periods_in_text
from data.gate.convert.refused import dutch_date
from data.gate.effect import DeliveryEffect
from data.gate.named_quarter import other_quarter
from data.gate.own_history import usual
from data.gate.same_list import same_list
from data.gate.two_kinds import two_kinds, two_rows
from data.source import Source

MOST_FAR = 3  # numbers in one question
GAP = timedelta(days=730)  # longer without a single row is not a register any more
Choices = tuple[tuple[str, str], ...]
REPLACED: Choices = (
    (REPLACES, "een verbetering: zij komt in de plaats van de vorige"),
    (ADDS, "een aanvulling: beide lijsten tellen"),
)
CLOSED: Choices = (
    (Missing.ENDED, "gesloten; geef de laatste dag"),
    (Missing.FORGOTTEN, "vergeten: zij bestaat nog"),
    (Missing.WRONG, "een fout in de vorige lijst: zij hoort niet bij het SWV"),
)
HAPPENED: Choices = (
    (Missing.FORGOTTEN, "vergeten, of deze lijst bevat alleen het nieuwe: zij tellen door"),
    (Missing.WRONG, "een fout in de vorige lijst: zij tellen nergens meer"),
)
LASTED: Choices = (
    (Missing.UNKNOWN, "dat weten wij niet: zij heten vanaf nu ‘niet te volgen’"),
    (Missing.ENDED, "gestopt: zij tellen als beëindigd"),
    *HAPPENED,
)


@dataclass(frozen=True)
class Tried:
    """A delivery as it would be, with what it would change and what is known around it.

    columns: its values by stored column. texts: names of file, sheet and table. answers: what was
    said of it so far.
    """

    source: Source
    delivery: Delivery
    effect: DeliveryEffect
    columns: Mapping[str, Sequence[Any]]
    history: ListHistory
    texts: Sequence[str]
    calendar: Calendar
    answers: Answers

    def knows(self, code: str) -> bool:
        """The code of a location or board of the SWV, or of one in the list."""
        known, earlier = self.effect.known, self.history.known
        codes = known.keys() | set(known.values()) | earlier.keys() | set(earlier.values())
        return code in codes | self.history.held


def doubts(tried: Tried) -> Iterator[ClaimDoubt]:
    """Everything that is not beyond doubt and not answered.

    What decides about the rest is asked first: a part of a list is not asked for whom it speaks,
    and which rows are gone is only known when it is clear for whom and beside what it speaks.
    """
    said = tried.answers
    if not said.sure:
        named_otherwise = other_quarter(tried.delivery, tried.texts, tried.calendar)
        yield from islice(chain(_other_period(tried), named_otherwise), 1)
        yield from same_list(tried.source, tried.history, tried.columns, tried.calendar)
        yield from _outside(tried)
        yield from _fewer(tried)
        yield from _far(tried)
        yield from _returned(tried)
        yield from _other_board(tried)
        yield from goes_on_at_closed(tried.effect.at_closed)
        yield from left_behind(tried.effect.lost)
    if not said.since:
        yield from _too_long(tried)
    deciding = [] if said.second else [*_second(tried)]
    if not deciding:
        deciding = [doubt for doubt in _for_whom(tried) if not _settles(doubt, tried)]
    yield from deciding
    yield from two_kinds(tried.source, tried.effect.clashes, said)
    yield from two_rows(tried.source, tried.effect.clashes, said)
    if not deciding:
        yield from _missing(tried)


def _other_period(tried: Tried) -> Iterator[ClaimDoubt]:
    """The name of the file, sheet or table says another period than was chosen."""
    draft, calendar = tried.delivery, tried.calendar
    if not draft.period or len(draft.parts) != 1:
        return
    chosen = calendar.parse(draft.period)
    for text in tried.texts:
        named = [calendar.parse(found) for found in periods_in_text(text, calendar)]
        # a bare year or the day of the export says little about the time it is over
        if chosen.period_type != KALENDERJAAR:
            named = [found for found in named if found.period_type != KALENDERJAAR]
        if named and not any(_overlap(chosen, found) for found in named):
            yield ClaimDoubt(
                "sure",
                f"U koos {chosen.label}, maar “{text}” noemt {named[0].label}. "
                f"Is dit bestand echt over {chosen.label}?",
            )
            return
        early = [day for day in days_in_text(text) if day < _known_from(chosen)]
        if early and not named and not tried.source.delivery.period_column:
            yield ClaimDoubt(
                "sure",
                f"U koos {chosen.label}, maar “{text}” noemt {dutch_date(early[0])}; dat is voor "
                f"{dutch_date(_known_from(chosen))}. Is dit bestand echt over {chosen.label}?",
            )
            return


def _known_from(chosen: Period) -> date:
    """Before this day nobody can have made the list: a quarter is known when it has ended.

    A count of a school year is made during that year, a budget even before it.
    """
    if chosen.period_type == KWARTAAL:
        return chosen.needed_to
    return date.min if chosen.period_type == KALENDERJAAR else chosen.start_on


def _overlap(one: Period, other: Period) -> bool:
    return one.start_on <= other.end_on and other.start_on <= one.end_on


def _outside(tried: Tried) -> Iterator[ClaimDoubt]:
    """Rows from after the stretch: another quarter was chosen, or a year is wrong."""
    source, draft, columns = tried.source, tried.delivery, tried.columns
    by, until = source.delivery.dated_by, draft.covers_to
    days = [day for day in columns.get(by, ()) if day]
    later = [day for day in days if until and day > until]
    if later and until:
        label = source.columns[by].label
        yield ClaimDoubt(
            "sure",
            f"{rows_text(len(later))} van deze lijst {'is' if len(later) == 1 else 'zijn'} van na "
            f"{dutch_date(until)}, zoals “{label}” {dutch_date(max(later))}. Is de goede periode "
            "gekozen, en klopt het jaar?",
        )
    ends = (
        [day for day in columns.get(source.rows.ends_by, ()) if day] if source.rows.ends_by else []
    )
    last = max([*days, *ends], default=None)
    start = draft.parts[-1].covers_from
    if last and start and until and source.delivery.spans == "school_year" and last < start:
        yield ClaimDoubt(
            "sure",
            f"De laatste datum in deze lijst is {dutch_date(last)}. Dat is vóór "
            f"{dutch_date(start)}, waar deze lijst begint. Is de goede periode gekozen?",
        )


def _too_long(tried: Tried) -> Iterator[ClaimDoubt]:
    """A register that starts long before its other rows, or before it ever did."""
    source, draft, calendar = tried.source, tried.delivery, tried.calendar
    earlier, columns = tried.history.earlier, tried.columns
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
        yield ClaimDoubt(
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


def _fewer(tried: Tried) -> Iterator[ClaimDoubt]:
    """Far fewer rows than the list before, by what its own history shows is usual."""
    source, draft, earlier = tried.source, tried.delivery, tried.history.earlier
    if not draft.rows or not draft.period or source.delivery.period_column:
        return
    if draft.adds or tried.effect.lacks:  # a part is not all, and what a second list lacks is asked
        return
    one_stretch = source.delivery.spans == "all"
    size: dict[str, int] = {}  # by period, with what was added to it
    for found in earlier:
        same = (one_stretch or found.slot == draft.slot) and tried.history.shares(found)
        if same and found.period < draft.period and found.rows:
            size[found.period] = found.rows + (size.get(found.period, 0) if found.adds else 0)
    sizes = [size[period] for period in sorted(size)]
    if sizes and draft.rows < usual(sizes)[0]:
        yield ClaimDoubt(
            "sure",
            f"Deze lijst heeft {rows_text(draft.rows)}; de vorige ({max(size)}) had er "
            f"{sizes[-1]}. Is de lijst volledig?",
        )


def _far(tried: Tried) -> Iterator[ClaimDoubt]:
    """A number far from what was told of the same school or SWV before."""
    far = tried.effect.far
    if far:
        more = f", en nog {len(far) - MOST_FAR}" if len(far) > MOST_FAR else ""
        euros = any(column.type == "euro" for column in tried.source.steady)
        thousands = " Zijn het hele euro's, geen duizenden?" if euros else ""
        yield ClaimDoubt(
            "sure",
            f"Dit is heel anders dan eerder: {'; '.join(far[:MOST_FAR])}{more}. Klopt dat?"
            f"{thousands}",
        )


def _returned(tried: Tried) -> Iterator[ClaimDoubt]:
    """What had left the lists is on this one again."""
    rows = tried.effect.returned
    if rows:
        yield ClaimDoubt(
            "sure",
            f"Op deze lijst {_stand(len(rows))} die eerder van de lijst "
            f"{'was' if len(rows) == 1 else 'waren'} verdwenen "
            f"({'; '.join(row.about for row in rows[:3])}). Die tellen dan ook weer in de tijd "
            f"ertussen. Klopt dat? {_anew(tried.source)}",
            rows=rows,
        )


def _anew(source: Source) -> str:
    """What to do when something stopped and then began again: it is not the same row."""
    names = source.stored_keys
    by = source.delivery.dated_by
    day = by in names
    label = source.columns[by if day else names[0]].label
    after = ", na de dag waarop het stopte," if day else ""
    return (
        "Stopte het echt en begon het later opnieuw, geef die rij dan in de lijst een andere "
        f"“{label}”{after} en lees de lijst opnieuw in."
    )


def _other_board(tried: Tried) -> Iterator[ClaimDoubt]:
    """A school with another board than before and no day from which: that changes its past too."""
    if tried.source.delivery.period != "none" or "board_id" not in tried.columns:
        return
    columns = tried.columns
    boards: dict[str, set[str]] = {}
    for school, board in zip(columns["location_id"], columns["board_id"], strict=True):
        boards.setdefault(school, set()).add(board)
    before = tried.history.known
    changed = sorted(code for code in before if code in boards and before[code] not in boards[code])
    if changed:
        yield ClaimDoubt(
            "sure",
            f"{named(changed)} {'heeft' if len(changed) == 1 else 'hebben'} een ander bestuur dan "
            "in de vorige lijst. Het oude bestuur staat er niet meer bij, dus dat geldt dan ook "
            "voor vroeger. Is dat goed? Zet anders ook een regel met het oude bestuur, met als "
            "laatste dag de dag voor de wissel, in de lijst.",
        )


def _for_whom(tried: Tried) -> Iterator[ClaimDoubt]:
    """An empty list, or schools about which the list is silent and nobody ever said why."""
    known, held, rules = tried.effect.known, tried.history.held, tried.source.delivery
    if "location_id" not in tried.source.columns or not known:
        if not tried.delivery.rows:
            yield ClaimDoubt("sure", "Deze lijst is leeg. Waren er in deze periode echt geen?")
        return
    whole = (SWV, f"alle {len(known)} vestigingen van het SWV: waar geen rij staat, was er geen")
    if not tried.delivery.rows:
        yield ClaimDoubt(
            "speaks_for",
            "Deze lijst is leeg. Voor wie zegt zij dat er geen waren? Is dit een vergissing, lees "
            "dan het goede bestand in.",
            (whole,),
            may_name=True,
        )
        return
    silent = sorted(known.keys() - held)
    if not silent or rules.scope == ROWS or not rules.dated_by:
        return
    if tried.history.said_before or tried.delivery.adds:
        return
    among = len(held & known.keys())
    only = f"alleen de vestigingen in de lijst ({among}); van de andere weten wij niets"
    yield ClaimDoubt(
        "speaks_for",
        f"In deze lijst {'staat' if among == 1 else 'staan'} {among} van de {len(known)} "
        f"vestigingen; {named(silent)} niet. Voor wie spreekt deze lijst?",
        (whole, *_for_boards(tried), (ROWS, only)),
    )


def _settles(doubt: ClaimDoubt, tried: Tried) -> bool:
    """Whether what was said answers this question, and not another one.

    Of an empty list only what was offered is an answer: it has no schools or boards of its own.
    """
    said = tried.answers
    if doubt.settled_by == "sure":
        return said.sure
    if any(map(tried.knows, said.named)):
        return True
    offered = {value for value, _ in doubt.choices}
    return said.speaks_for in offered or bool(said.speaks_for and tried.delivery.rows)


def _for_boards(tried: Tried) -> Choices:
    """The boards of the schools in the list, when that says something else than all or these."""
    known, held = tried.effect.known, tried.history.held
    boards = {known[code] for code in held & known.keys()}
    inside = [code for code, board in known.items() if board in boards]
    if not len(held) < len(inside) < len(known):
        return ()
    text = f"de besturen van deze vestigingen ({len(inside)} vestigingen)"
    return ((BOARDS, f"{text}: waar geen rij staat, was er geen"),)


def _second(tried: Tried) -> Iterator[ClaimDoubt]:
    """A second list for the same stretch that does not hold all that the first one held."""
    lacks = tried.effect.lacks
    if lacks and tried.source.delivery.period != "none":
        yield ClaimDoubt(
            "second",
            f"Over deze tijd is al een lijst geleverd. Daarvan {_stand(len(lacks))} niet in deze. "
            "Wat is deze lijst?",
            REPLACED,
            lacks,
        )


def _missing(tried: Tried) -> Iterator[ClaimDoubt]:
    """What an earlier list held and this one should have held as well."""
    said = tried.answers
    of_schools = tried.source.delivery.period == "none"
    told = {row.row_id: row for row in answered(tried.effect, said)}
    rows = tuple(
        row for row in tried.effect.gone if not is_enough(told.get(row.row_id), of_schools)
    )
    if tried.delivery.adds or not rows:
        return
    gone = f"Van de vorige lijst {_stand(len(rows))} niet meer in deze"
    if of_schools:
        about = "; ".join(row.about for row in rows[:5])
        text = f"{gone}: {about}. Is die vestiging gesloten, en wat was haar laatste dag?"
        yield ClaimDoubt("missing", text, CLOSED, rows, asks_day=True)
    else:
        lasts = bool(tried.source.rows.ends_by)
        stays = "Zij blijven tellen in de tijd waarover die lijst ging. " if lasts else ""
        text = f"{gone}: uit de lijst verdwenen. {stays}Wat is er gebeurd?"
        yield ClaimDoubt("missing", text, LASTED if lasts else HAPPENED, rows)


def _stand(count: int) -> str:
    return f"{'staat' if count == 1 else 'staan'} {rows_text(count)}"
