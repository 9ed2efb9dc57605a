"""The words a definition may choose from."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """Codes with the Dutch words people see: each member is (code, label)."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        """A member whose value is the code; a default because mypy sees a look-up as this too."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class Theme(StrEnum):
    """Groups of KPIs, in the order in which people read them."""

    ATTENDANCE = "Aanwezigheid"
    PLACEMENT = "Plaatsing"
    SUPPORT = "Ondersteuning"
    QUALITY = "Kwaliteit"
    FINANCE = "Financiën"


class PeriodType(StrEnum):
    """The kinds of period a figure can belong to."""

    KWARTAAL = "kwartaal"
    SCHOOLJAAR = "schooljaar"
    KALENDERJAAR = "kalenderjaar"


class Level(StrEnum):
    """Who is expected to deliver: every location, or the SWV itself."""

    LOCATION = "location"
    SWV = "swv"


class Better(StrEnum):
    """Which way is good news; a band and neutral have no good side."""

    LOWER = "lower"
    HIGHER = "higher"
    NEUTRAL = "neutral"
    BAND = "band"


class Shows(StrEnum):
    """What the sums of a measure become."""

    STOCK = "stock"
    TOTAL = "total"
    PERSONS = "persons"
    SHARE = "share"
    RATIO = "ratio"
    MEAN = "mean"
    PER_100 = "per_100"
    PER_1000 = "per_1000"

    @property
    def factor(self) -> int | None:
        """What numerator ÷ denominator is multiplied by; None for plain counts."""
        return {"share": 100, "per_100": 100, "per_1000": 1000, "ratio": 1, "mean": 1}.get(self)


class StockOn(StrEnum):
    """The day of a standing count in a school year: its last day or the count date (teldatum)."""

    END = "end"
    COUNT_DATE = "count_date"


class JudgedBy(StrEnum):
    """How a change is judged: by the shape of the series, a bound, per school, or not at all.

    share: not by itself, because who goes depends on who is there; by the share that went.
    """

    ROUTER = "router"
    THRESHOLD = "threshold"
    PAIRED = "paired"
    SHARE = "share"
    NONE = "none"


class SplitDenominator(StrEnum):
    """Whether a segment splits the denominator too, or only the numerator."""

    SEGMENT = "segment"
    TOTAL = "total"


class State(StrEnum):
    """Whether there is a number, and if not, why."""

    VALUE = "value"
    ZERO = "zero"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"

    @property
    def has_number(self) -> bool:
        """Only a value and a real zero are numbers."""
        return self in (State.VALUE, State.ZERO)


# Each kind of "no number" has its own text; none of them can be taken for another or for a value.
HIDDEN = "•"
NO_NUMBER = {
    State.MISSING: "niet geleverd",
    State.NOT_APPLICABLE: "n.v.t.",
    State.SUPPRESSED: f"{HIDDEN}, niet getoond",
}
PROVISIONAL = "voorlopig"
MARKED = "er telt een aantal <5 mee, dus dit is een bereik"
