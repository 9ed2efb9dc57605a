"""What people typed, looked at in one way: everything that is wrong with it at once, in Dutch."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TypeVar

from data.strict import nearest
from kpi.figure.monitor import Monitor
from kpi.figure.naming import UnknownName
from kpi.formatting import date_text
from kpi.record.persons import about_persons
from kpi.register import Refused

LONGEST_AUTHOR = 80
T = TypeVar("T")


class Checks:
    """Collects everything that is wrong with what someone filled in, in Dutch."""

    def __init__(self, monitor: Monitor) -> None:
        self.errors: list[str] = []
        self._monitor = monitor

    def need(self, holds: bool, otherwise: str) -> None:
        """Note the sentence when the condition does not hold."""
        if not holds:
            self.errors.append(otherwise)

    def text(self, given: str, missing: str, longest: int) -> str:
        """The text on one line; noted when it is too long, or empty while `missing` is said."""
        found = " ".join(given.split())
        self.need(bool(found) or not missing, missing)
        self.need(len(found) <= longest, f"“{found[:30]}…” is te lang: hoogstens {longest} tekens.")
        return found

    def day(self, given: date | str | None, missing: str) -> date | None:
        """The day that is meant; noted when it is none, or empty while `missing` is said."""
        if isinstance(given, datetime):
            return given.date()
        if isinstance(given, date):
            return given
        text = (given or "").strip()
        for form in ("%Y-%m-%d", "%d-%m-%Y"):
            try:
                return datetime.strptime(text, form).date()
            except ValueError:
                continue
        self.need(not text, f"“{text}” is geen datum. Schrijf het zo: 31-07-2026")
        self.need(bool(text) or not missing, missing)
        return None

    def order(self, first: date | None, last: date | None) -> None:
        """Note that the last day lies before the first one."""
        if first and last and last < first:
            self.errors.append(
                f"De laatste dag ({date_text(last)}) ligt voor de eerste ({date_text(first)})."
            )

    def choice(self, given: str, known: Iterable[str], what: str) -> None:
        """Note that there is no such kind, status or KPI, with the nearest one there is."""
        choices = [str(item) for item in known]
        self.need(given in choices, f"{what} '{given}' bestaat niet.{nearest(given, choices)}")

    def named(self, find: Callable[..., T], *given: object) -> T | None:
        """What is found under a name; noted when there is no such thing."""
        try:
            return find(*given)
        except UnknownName as error:
            self.errors.append(str(error))
            return None

    def without_persons(self, *texts: str, names_checked: bool | None = None) -> None:
        """Note what looks like data of a person, see `about_persons`."""
        self.errors += about_persons(self._monitor, texts, names_checked=names_checked)

    def author(self, given: str, missing: str = "Vul in wie dit vastlegt.") -> str:
        """Who puts it on record."""
        return self.text(given, missing, LONGEST_AUTHOR)

    def done(self) -> None:
        """Refused, with everything that was noted; nothing when all is well."""
        if self.errors:
            raise Refused(self.errors)
