"""What a delivery claims, what is in doubt about it, and what was answered: before it is stored."""

from data.gate.claim.said import (
    ADDS,
    BLANK,
    BOARDS,
    COUNTED,
    EMPTY,
    EVERY,
    FIRST,
    LATEST,
    LEFT_OUT,
    NEEDED,
    NOTHING_SAID,
    OWN,
    REPLACES,
    ROWS,
    SAME,
    SWV,
    Answers,
    Claim,
    ClaimDoubt,
    ListHistory,
    is_enough,
)

__all__ = [
    "ADDS", "BLANK", "BOARDS", "COUNTED", "EMPTY", "EVERY", "FIRST", "LATEST", "LEFT_OUT", "NEEDED",
    "NOTHING_SAID", "OWN", "REPLACES", "ROWS", "SAME", "SWV", "Answers", "Claim",
    "ClaimDoubt", "ListHistory", "is_enough",
]  # fmt: skip
