"""A file or sheet whose name says another quarter than was chosen, though not in full."""

from collections.abc import Iterator, Sequence

from data.calendar import KWARTAAL, Calendar
from data.deliveries.delivery import Delivery
from data.gate.claim.said import ClaimDoubt
from data.gate.convert import half_said, periods_in_text


def other_quarter(
    draft: Delivery, texts: Sequence[str], calendar: Calendar
) -> Iterator[ClaimDoubt]:
    """The first name of file, sheet or table in which nothing can mean the chosen quarter."""
    if draft.period_type != KWARTAAL or not draft.period or len(draft.parts) != 1:
        return
    chosen = calendar.parse(draft.period)
    for text in texts:
        said = list(half_said(text, chosen, calendar))
        fits = chosen.period_id in periods_in_text(text, calendar) or any(fit for _, fit in said)
        if said and not fits:
            yield ClaimDoubt(
                "sure",
                f"U koos {chosen.label}, maar “{text}” noemt “{said[0][0]}”. "
                f"Is dit bestand echt over {chosen.label}?",
            )
            return
