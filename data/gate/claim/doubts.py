"""What is not beyond doubt about a delivery, in the order in which one asks."""

from collections.abc import Iterator
from itertools import chain, islice

from data.gate.claim.closed_doubt import goes_on_at_closed, left_behind
from data.gate.claim.named_quarter import other_quarter
from data.gate.claim.said import ClaimDoubt
from data.gate.claim.same_list import same_list
from data.gate.claim.tried import Tried
from data.gate.claim.unlike_before import far, fewer, other_board, returned
from data.gate.claim.when import other_period, outside_stretch, since_when
from data.gate.claim.which_counts import two_kinds, two_rows
from data.gate.claim.whom import for_whom, missing, second, settles


def doubts(tried: Tried) -> Iterator[ClaimDoubt]:
    """Everything that is not beyond doubt and not answered.

    What decides about the rest is asked first: a part of a list is not asked for whom it speaks,
    and which rows are gone is only known when it is clear for whom and beside what it speaks.
    """
    said = tried.answers
    if not said.sure:
        named_otherwise = other_quarter(tried.delivery, tried.texts, tried.calendar)
        yield from islice(chain(other_period(tried), named_otherwise), 1)
        yield from same_list(tried.source, tried.history, tried.columns, tried.calendar)
        yield from outside_stretch(tried)
        yield from fewer(tried)
        yield from far(tried)
        yield from returned(tried)
        yield from other_board(tried)
        yield from goes_on_at_closed(tried.effect.at_closed)
        yield from left_behind(tried.effect.lost)
    if not said.since:
        yield from since_when(tried)
    deciding = [] if said.second else [*second(tried)]
    if not deciding:
        deciding = [doubt for doubt in for_whom(tried) if not settles(doubt, tried)]
    yield from deciding
    yield from two_kinds(tried)
    yield from two_rows(tried)
    if not deciding:
        yield from missing(tried)
