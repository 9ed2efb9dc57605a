"""The registers of the bureau: handed in whole in June 2021, and up to the last known day.

Of every register one thing that was open in June is not in it any more later on, without a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from data.demo.generator import layout, quality, support, vso
from data.demo.generator.file import FROM_THE_START, WHOLE_SWV, DemoFile, Said, gone, window_to
from data.demo.generator.layout import Layout, table
from data.demo.generator.world import KNOWN_UNTIL, SWV_NAME

EARLIER = date(2021, 6, 30)
UNKNOWN, FORGOTTEN = gone("niet_te_volgen"), gone("vergeten")


@dataclass(frozen=True)
class Register:
    """What a register holds. gone: on the earlier file only, with what was said of it later.

    began and ends are attributes; what ends after a day is still open on it, and with the end go
    the attributes of `told_later`.
    """

    source: str
    suffix: str
    columns: Layout
    records: list[Any]
    began: str = ""
    ends: str = ""
    told_later: tuple[str, ...] = ()
    gone: Any = None
    says: Said = ()

    def on(self, day: date) -> list[Any]:
        """What it held on a day."""
        last = getattr(self.gone, self.began)
        found = [one for one in self.records if getattr(one, self.began) <= day]
        place = sum(getattr(one, self.began) <= last for one in found)
        return [self._as_known(one, day) for one in (*found[:place], self.gone, *found[place:])]

    def _as_known(self, one: Any, day: date) -> Any:  # noqa: ANN401
        end = getattr(one, self.ends) if self.ends else None
        if end is None or end <= day:
            return one
        return replace(one, **dict.fromkeys((self.ends, *self.told_later)))


def registers(enrolled: list[vso.Enrolment], cases: list[support.Case]) -> Iterator[DemoFile]:
    """Each register as a file with everything in it, as the bureau exports it."""
    found = list(_all(enrolled, cases))
    for one in found:
        if one.gone:
            yield _file(one, EARLIER, one.on(EARLIER), WHOLE_SWV + FROM_THE_START)
    for one in found:
        first = () if one.gone else FROM_THE_START
        yield _file(one, KNOWN_UNTIL, one.records, WHOLE_SWV + first + one.says)


def _file(one: Register, day: date, records: list[Any], says: Said) -> DemoFile:
    titles = (f"{one.source.upper()}: register {SWV_NAME}", f"Stand {day:%d-%m-%Y}")
    rows = table(one.columns, records, titles if one.suffix == "xlsx" else ())
    name = f"{one.source}-tot-{day}.{one.suffix}"
    return DemoFile(name, one.source, window_to(day).period, rows, says=says)


def _all(enrolled: list[vso.Enrolment], cases: list[support.Case]) -> Iterator[Register]:
    yield Register(
        "vso", "xlsx", layout.PLACED, enrolled, "start", "end", ("went_to", "tab"),
        vso.Enrolment("L199101", date(2006, 5, 9), "97ST01", date(2020, 8, 1), "4", "laag", "vo"),
        UNKNOWN,
    )  # fmt: skip
    yield Register(
        "tlv", "xlsx", layout.DECISIONS, vso.decisions(enrolled), "decided",
        gone=vso.Decision("TLV-6990", "L199102", "91CE00", "vso", date(2021, 3, 1),
                          date(2021, 4, 6), "afgewezen", True, None, None, "zij_instroom",
                          None, None),
        says=FORGOTTEN,
    )  # fmt: skip
    yield Register(
        "opp", "xlsx", layout.OPPS, support.opps(enrolled), "start", "end",
        gone=support.Opp("L199103", "95MN00", date(2020, 10, 5), None, True, True), says=UNKNOWN,
    )  # fmt: skip
    yield Register(
        "maatwerk", "ods", layout.PLACEMENTS, support.placements(), "referred", "end",
        ("outcome",),
        support.Placement("L199104", "92EF01", "ttvo", date(2021, 4, 12), date(2021, 4, 26), None,
                          None),
        UNKNOWN,
    )  # fmt: skip
    yield Register("klachten", "csv", layout.COMPLAINTS, quality.complaints())
    yield Register(
        "ect", "xlsx", layout.CASES, cases, "opened", "closed", ("hours",),
        support.Case("ECT-0990", "94KL01", date(2021, 5, 17), None, "begeleiding", "t07", None),
        UNKNOWN,
    )  # fmt: skip
    yield Register("tevredenheid", "csv", layout.FORMS, support.forms(cases))
    yield Register(
        "vrijstellingen", "xlsx", layout.EXEMPTIONS, quality.exemptions(), "start",
        gone=quality.Exemption("L799105", date(2006, 11, 2), "5 onder a", "9901",
                               date(2020, 10, 12), None),
        says=UNKNOWN,
    )  # fmt: skip
