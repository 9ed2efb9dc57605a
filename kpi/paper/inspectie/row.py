"""One row of the registration, made of a row of a table or of a delivery."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

LONGER_THAN = timedelta(
    days=29
)  # LRV counts from 29 days after its first day, as in absence_stretch.sql
SPELLS = ("av", "lrv")
Key = tuple[str, str, str | None, date]


@dataclass(frozen=True)
class RegistrationRow:
    """One spell (AV, LRV) or exemption, as it stood on the count date.

    `pupil` is the stored code; it never leaves, see kpi.paper.inspectie.keys. Dates after the
    count date are not known yet: None. home_since: the first day at home, also in another kind.
    counted: whether its school handed in a list of this quarter, so that the row is in the figures.
    dropped: no longer on the list that counts now.
    """

    pupil: str
    kind: str
    start_on: date
    counts_from: date
    end_on: date | None = None
    sub_kind: str | None = None
    permitted: bool | None = None
    offer: bool | None = None
    offer_on: date | None = None
    end_reason: str | None = None
    location_id: str | None = None
    school_type: str | None = None
    municipality: str | None = None
    compulsory_until: date | None = None
    qualification_until: date | None = None
    home_since: date | None = None
    counted: bool = True
    dropped: bool = False
    remark: str = ""

    @property
    def months_from(self) -> date:
        """The day from which the months at home are counted."""
        return self.home_since or self.start_on

    @property
    def is_spell(self) -> bool:
        """A spell of absence, not an exemption."""
        return self.kind in SPELLS

    @property
    def key(self) -> Key:
        """What makes two rows the same one."""
        return (self.pupil, self.kind, self.location_id, self.start_on)

    def may_be(self, other: "RegistrationRow") -> bool:
        """Whether both can be one spell, written down in two ways: the same pupil at the same
        time, and not another kind and school and first day all at once."""
        alike = (
            self.kind == other.kind,
            self.location_id == other.location_id,
            self.start_on == other.start_on,
        )
        return (
            self.pupil == other.pupil
            and any(alike)
            and (self.kind == other.kind or (self.is_spell and other.is_spell))
            and (self.end_on is None or other.start_on <= self.end_on)
            and (other.end_on is None or self.start_on <= other.end_on)
        )


def spell_row(row: dict[str, Any], permitted: bool | None, **more: Any) -> RegistrationRow:  # noqa: ANN401
    """A spell of absence from a row with the columns of table absence_spell."""
    wait = LONGER_THAN if row["kind"] == "lrv" else timedelta()
    return RegistrationRow(
        pupil=row["pupil_id"],
        kind=row["kind"],
        start_on=row["start_on"],
        counts_from=row["start_on"] + wait,
        end_on=row["end_on"],
        sub_kind=row["sub_kind"],
        permitted=permitted,
        offer=row["offer"],
        offer_on=row["offer_on"],
        end_reason=row["end_reason"],
        location_id=row["location_id"],
        school_type=row.get("school_type"),
        compulsory_until=row.get("compulsory_until"),
        qualification_until=row.get("qualification_until"),
        **more,
    )


def exemption_row(row: dict[str, Any], article: str, **more: Any) -> RegistrationRow:  # noqa: ANN401
    """An exemption from a row with the columns of table exemption."""
    return RegistrationRow(
        pupil=row["pupil_id"],
        kind=article,
        start_on=row["start_on"],
        counts_from=row["start_on"],
        end_on=row["end_on"],
        municipality=row["municipality_code"],
        **more,
    )
