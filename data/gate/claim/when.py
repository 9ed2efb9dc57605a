"""What is in doubt about the time a delivery speaks of: another period, days outside, silence."""

from collections.abc import Iterator
from datetime import date

from data.calendar import KALENDERJAAR, KWARTAAL, Calendar, Period
from data.gate.claim.said import ClaimDoubt
from data.gate.claim.sentence import rows_text
from data.gate.claim.tried import Tried
from data.gate.convert import days_in_text, periods_in_text
from data.gate.convert.refused import dutch_date


def other_period(tried: Tried) -> Iterator[ClaimDoubt]:
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


def outside_stretch(tried: Tried) -> Iterator[ClaimDoubt]:
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


def since_when(tried: Tried) -> Iterator[ClaimDoubt]:
    """A register that would count zero in quarters before this school year that it never names.

    Nothing in a list tells a quarter in which nothing happened from one that was not kept, nor an
    old row from a slip in its year. What an earlier list of these schools said is not asked again.
    """
    source, draft, calendar = tried.source, tried.delivery, tried.calendar
    start, until, known = draft.covers_from, draft.covers_to, tried.history.known_from
    if not source.delivery.covers_by or not start or not until or (known and known <= start):
        return
    named = {day for day in tried.columns[source.delivery.covers_by] if day and day <= until}
    this_year = calendar.schooljaar(int(calendar.school_year_of(until)[:4])).start_on
    silent = list(calendar.quarters_without(named, start, this_year))
    if not named or not (silent or (known and start < this_year)):
        return
    label = source.columns[source.delivery.covers_by].label
    text = f"De eerste datum bij “{label}” is {dutch_date(min(named))}."
    if known:
        text += f" Eerdere lijsten waren volledig vanaf {dutch_date(known)}."
    text += (
        " Vanaf wanneer is deze lijst volledig? Voor elk kwartaal daarna waarin zij niets noemt, "
        "telt de monitor nul."
    )
    if silent:
        told = "Nu is dat" if len(silent) == 1 else f"Nu zijn dat {len(silent)} kwartalen, zoals"
        text += f" {told} {silent[-1].label}."
    years = sorted({calendar.school_year_of(day) for day in (*named, this_year)})
    yield ClaimDoubt("since", text, tuple(_from_year(calendar, year) for year in years))


def _from_year(calendar: Calendar, year: str) -> tuple[str, str]:
    opens = calendar.schooljaar(int(year[:4])).start_on
    return opens.isoformat(), f"vanaf schooljaar {year} ({dutch_date(opens)})"
