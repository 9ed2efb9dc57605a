"""How a bureau writes what it knows in the rows of its lists."""

from collections.abc import Iterator
from datetime import date

from random_years import NOWHERE, VSO, Place, Thing, begun

ABSENCE = (
    "Leerlingnummer", "Vestiging", "Soort verzuim", "Begindatum", "Einddatum", "Gemeentenummer",
)  # fmt: skip
ECT = ("Casusnummer", "Vestiging", "Soort inzet", "Geopend op", "Gesloten op")
LOCATIONS = (
    "Vestiging", "Naam vestiging", "Soort onderwijs", "Bestuursnummer", "Naam bestuur", "Vanaf",
    "Tot en met", "Opgegaan in",
)  # fmt: skip
MAATWERK = (
    "Leerlingnummer", "Vestiging", "Voorziening", "Datum verwijzing", "Begindatum", "Einddatum",
)  # fmt: skip
NUMBERS = (
    "Vestiging", "Kwartaal", "Soort verzuim", "Aantal op peildatum", "Nieuw", "Beëindigd",
    "Langer dan 3 maanden", "Langer dan 3 maanden zonder aanbod",
)  # fmt: skip

TLV = (
    "TLV-nummer", "Leerlingnummer", "Vestiging", "Soort TLV", "Datum besluit", "Besluit",
    "Soort aanvraag",
)  # fmt: skip


def absence_row(thing: Thing, end: date | None) -> list[str]:
    """A spell; who is at no school has a municipality."""
    pupil, school, kind, start = thing
    return [str(pupil), school, kind, _day(start), _day(end), "0014" if school == NOWHERE else ""]


def maatwerk_row(thing: Thing, end: date | None) -> list[str]:
    """A referral, which may not have begun."""
    pupil, school, kind, referred = thing
    return [str(pupil), school, kind, _day(referred), _day(begun(thing)), _day(end)]


def ect_row(thing: Thing, end: date | None) -> list[str]:
    """A case of the ECT."""
    case, school, kind, opened = thing
    return [str(case), school, kind, _day(opened), _day(end)]


def tlv_row(thing: Thing, end: date | None) -> list[str]:
    """A decision on a TLV, of one day."""
    number, school, kind, day = thing
    words = {"pro": ("PrO", "toegekend", "eerste"), "afgewezen": ("VSO", kind, "eerste")}
    what, result, request = words.get(kind, ("VSO", "toegekend", kind))
    return [str(number), str(number), school, what, _day(day), result, request]


LISTS = {
    "verzuim": (ABSENCE, absence_row),
    "maatwerk": (MAATWERK, maatwerk_row),
    "ect": (ECT, ect_row),
    "tlv": (TLV, tlv_row),
}


def location_rows(name: str, place: Place) -> Iterator[list[str]]:
    """A school, with a row per board."""
    for number, (since, board) in enumerate(place.boards):
        last = number == len(place.boards) - 1
        until = (
            place.to_on if last else date.fromordinal(place.boards[number + 1][0].toordinal() - 1)
        )
        kind = "vso" if name == VSO else "vo"
        yield [name, f"School {name}", kind, board, f"Bestuur {board}", _day(since), _day(until),
               place.into if last else ""]  # fmt: skip


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""
