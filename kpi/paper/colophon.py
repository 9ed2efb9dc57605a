"""What every paper states about itself, in words that are the same in every form."""

from datetime import UTC, datetime

from data.calendar import TIME_ZONE
from kpi import formatting
from kpi.paper.document import Cell, Frame, Table, UsedDefinition

HEADING = "Over dit stuk"
DEFINITIONS = "Gebruikte definities"
NOTES = "Let op"
DEMO = "Verzonnen gegevens"
NO_SEAL = "geen zegel"


def made_at(frame: Frame) -> datetime:
    """The moment a file gets as its date, in UTC: that of the last thing it knows."""
    moment = datetime.fromisoformat(frame.known_on)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=TIME_ZONE)
    return aware.astimezone(UTC)


def known_text(frame: Frame) -> str:
    """Until when the ledger was read: "9 oktober 2026, 14:05 uur"; a day stays a day."""
    local = made_at(frame).astimezone(TIME_ZONE)
    day = formatting.date_text(local.date())
    return f"{day}, {local:%H:%M} uur" if "T" in frame.known_on else day


def state_text(frame: Frame) -> str:
    """ "vastgesteld, zegel 3f9a1c07be42" or "concept, geen zegel"."""
    return f"{frame.status}, {f'zegel {frame.seal}' if frame.seal else NO_SEAL}"


def facts(frame: Frame) -> tuple[tuple[str, str], ...]:
    """Label and text of everything a paper states, in the order in which people read it."""
    stated = (
        ("Samenwerkingsverband", frame.swv),
        ("Periode", frame.period),
        ("Peildatum", frame.peildatum),
        ("Status", frame.status),
        ("Zegel", frame.seal or f"{NO_SEAL}: {frame.status}"),
        ("Bekend tot en met", known_text(frame)),
        ("Voor wie", frame.audience),
        ("Gegevens", DEMO.lower() if frame.is_demo else ""),
    )
    return tuple((label, text) for label, text in stated if text)


def definitions(frame: Frame) -> Table:
    """The definitions a paper rests on, as a table."""
    rows = tuple(
        (Cell(item.kpi), Cell(item.label), Cell(str(item.version), item.version, "0"),
         Cell(item.text))
        for item in frame.definitions
    )  # fmt: skip
    return Table(DEFINITIONS, ("KPI", "Cijfer", "Versie", "Wat telt mee"), rows)


def definition_heading(definition: UsedDefinition) -> str:
    """ "1 Thuiszitters: stand op de peildatum (versie 2)"."""
    return f"{definition.kpi}: {definition.label} (versie {definition.version})"
