"""The sentences for a file that cannot be read: what is wrong, and what to do about it."""

from __future__ import annotations

from data.gate.read.cells import Unreadable


def damaged() -> Unreadable:
    """Broken in a way the user cannot see."""
    return Unreadable(
        "Dit bestand is beschadigd of niet volledig: maak de export opnieuw, "
        "of open het bestand in Excel en sla het op als .xlsx."
    )


def password() -> Unreadable:
    """Encrypted, in any way."""
    return Unreadable(
        "Dit bestand is met een wachtwoord beveiligd: open het in Excel, "
        "haal het wachtwoord eraf en sla het opnieuw op."
    )


def not_a_table(what: str) -> Unreadable:
    """Something else altogether; `what` is like `een PDF`."""
    return Unreadable(f"Dit is {what} en geen tabel: lever een Excel- of csv-bestand aan.")


def save_as_xlsx(what: str) -> Unreadable:
    """Readable by Excel but not by us; `what` is like `een binaire werkmap (.xlsb)`."""
    return Unreadable(f"Dit is {what}: open het bestand in Excel en sla het op als .xlsx.")


def suspicious(what: str) -> Unreadable:
    """Made in a way no spreadsheet program does; `what` says which, after `Dit bestand`."""
    return Unreadable(
        f"Dit bestand {what} en is daarom niet geopend: "
        "maak de export opnieuw, of open het in Excel en sla het op als .xlsx."
    )


def unpacks_too_big() -> Unreadable:
    """A zip bomb, or a very big workbook."""
    return suspicious("wordt bij het uitpakken veel te groot")


def too_many_cells(limit: int) -> Unreadable:
    """More cells than one delivery ever has."""
    millions = f"{limit / 1e6:g}".replace(".", ",")
    return Unreadable(
        f"Dit bestand heeft meer dan {millions} miljoen cellen: "
        "splits het in kleinere bestanden, bijvoorbeeld per schooljaar."
    )


def too_many(count: int, what: str, limit: int) -> Unreadable:
    """More sheets, columns or merged cells than a table has; `what` is their Dutch name."""
    return Unreadable(
        f"Dit bestand heeft {_dotted(count)} {what}, en dat mogen er hoogstens {_dotted(limit)} "
        "zijn: sla alleen het blad met de gegevens op als .xlsx."
    )


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def too_heavy() -> Unreadable:
    """It needs more memory than it may have."""
    return Unreadable(
        "Dit bestand vraagt te veel geheugen of is beschadigd: sla alleen het blad met de "
        "gegevens op als .xlsx, of splits het bestand."
    )


def too_slow(seconds: float) -> Unreadable:
    """It takes more time than it may."""
    return Unreadable(
        f"Het lezen van dit bestand duurde langer dan {seconds:g} seconden en is gestopt: "
        "sla alleen het blad met de gegevens op als .xlsx, of splits het bestand."
    )
