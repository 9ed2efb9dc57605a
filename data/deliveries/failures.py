"""What went wrong with a disk or a store, in Dutch, with what to do: one sentence per cause.

What the system or DuckDB says itself is English and never reaches a user.
"""

import errno

from data.database import DatabaseError

FULL = "De schijf is vol{at}. Maak ruimte vrij en probeer het opnieuw. Er is niets half opgeslagen."
RIGHTS = (
    "De monitor mag hier niet lezen of schrijven{at}. Laat uw beheerder dit account rechten geven "
    "op die map, of kies met KPI_STORE een andere map."
)
READ_ONLY = (
    "Op deze schijf kan niet worden geschreven{at}. Maak de schijf beschrijfbaar, of kies met "
    "KPI_STORE een map op een andere schijf."
)
NO_FOLDER = (
    "Waar een map hoort te staan, staat een bestand{at}. Geef dat bestand een andere naam of "
    "plaats, of kies met KPI_STORE een andere map."
)
IS_FOLDER = "Dit is een map en geen bestand{at}. Kies het bestand zelf."
TOO_LONG = "Deze naam is te lang voor de schijf{at}. Kies een kortere naam of een map hoger."
GONE = "Dit bestand of deze map is er niet{at}. Kijk of de naam klopt en of de schijf is verbonden."
THERE = "Er is hier al een bestand of map met deze naam{at}. Kies een andere naam."
BROKEN = (
    "De schijf geeft fouten{at}. Laat uw beheerder de schijf nakijken en houd een reservekopie "
    "achter de hand."
)
BUSY = "Een ander programma houdt dit bestand bezet{at}. Sluit het daar en probeer het opnieuw."
OTHER = (
    "Lezen of schrijven is niet gelukt{at}. Probeer het opnieuw. Blijft dit gebeuren? Laat uw "
    "beheerder dan de schijf nakijken."
)
ROWS = (
    "De rijen konden niet worden gelezen of geschreven. Is de schijf vol? Maak dan ruimte vrij en "
    "probeer het opnieuw. Er is niets half opgeslagen."
)
BY_CAUSE = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EACCES: RIGHTS,
    errno.EPERM: RIGHTS,
    errno.EROFS: READ_ONLY,
    errno.ENOTDIR: NO_FOLDER,
    errno.EISDIR: IS_FOLDER,
    errno.ENAMETOOLONG: TOO_LONG,
    errno.EINVAL: TOO_LONG,
    errno.ENOENT: GONE,
    errno.EEXIST: THERE,
    errno.EIO: BROKEN,
    errno.ENXIO: BROKEN,
    errno.EBUSY: BUSY,
    errno.ETXTBSY: BUSY,
}


def told(error: Exception) -> str:
    """An error as a user reads it. Errors of our own are Dutch already and stay as they are."""
    if isinstance(error, OSError):
        return _of_system(error)
    return ROWS if isinstance(error, DatabaseError) else str(error)


def _of_system(error: OSError) -> str:
    if error.errno is None:  # raised by us, with a text of its own
        return str(error)
    name = error.filename2 or error.filename
    return BY_CAUSE.get(error.errno, OTHER).format(at=f": {name}" if name else "")
