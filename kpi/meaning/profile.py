"""What one SWV uses: its organisation, calendar, KPIs in order and agreed targets."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from data.calendar import Calendar, Period
from data.strict import (
    DefinitionError,
    Findings,
    derived,
    key,
    nearest,
    parts,
    read_rows,
    read_table,
    read_toml,
)
from kpi.meaning.event import Event
from kpi.meaning.house_style import HouseStyle, read_logo
from kpi.meaning.load import Kpi
from kpi.meaning.target import EVERYWHERE, Target

PROFILES = Path(__file__).parent.parent / "profiles"
DEFAULT_PROFILE = "groningen_stad"
DEMO_NAME = "SWV VO Voorbeeldstad (verzonnen)"


@dataclass(frozen=True)
class OwnOrganisation:
    """The SWV itself."""

    code: str
    name: str
    municipalities: tuple[str, ...] = ()
    rmc_region: str = ""


@dataclass(frozen=True)
class CountDate:
    """The yearly count date ("mm-dd") from a school year on; "" is from the beginning."""

    on: str
    from_year: str = key("from", default="")


@dataclass(frozen=True)
class CalendarTable:
    """The [calendar] of a profile, as written."""

    quarter_ends: tuple[str, ...] = Calendar().quarter_ends
    school_year_start: str = Calendar().school_year_start
    count_dates: tuple[CountDate, ...] = parts("count_dates", default=())

    @property
    def calendar(self) -> Calendar:
        """What it means."""
        dates = tuple((item.from_year or None, item.on) for item in self.count_dates)
        return Calendar(
            quarter_ends=self.quarter_ends,
            school_year_start=self.school_year_start,
            count_dates=dates or Calendar().count_dates,
        )


@dataclass(frozen=True)
class Profile:
    """One file kpi/profiles/<id>/profile.toml. `targets` are in order of date.

    smallest_shown: numbers of persons or cases below it do not leave the bureau.
    """

    name: str
    organisation: OwnOrganisation
    id: str = derived()
    calendar: Calendar = derived()
    targets: tuple[Target, ...] = derived()
    kpis: tuple[str, ...] = field(default=())
    demo_name: str = DEMO_NAME
    smallest_shown: int = 5
    events: tuple[Event, ...] = derived(default=())
    house_style: HouseStyle = derived(default=HouseStyle())


def load_profile(profile: str, kpis: dict[str, Kpi], folder: Path = PROFILES) -> Profile:
    """The profile with this id. DefinitionError with everything wrong in it."""
    path = folder / profile / "profile.toml"
    known = sorted(item.parent.name for item in folder.glob("*/profile.toml"))
    if profile not in known:
        raise DefinitionError([f"Profiel '{profile}' bestaat niet.{nearest(profile, known)}"])
    where = f"{profile}/profile.toml"
    findings = Findings()
    table = findings.checked(read_toml(path, where, findings))
    table.pop("id", None)
    dates = read_table(CalendarTable, table.pop("calendar", {}), f"{where} [calendar]", findings)
    calendar = dates.calendar if dates else Calendar()
    loaded = read_table(
        Profile, table, where, findings,
        id=profile,
        calendar=calendar,
        targets=_targets(table.pop("targets", []), calendar, kpis, where, findings),
        events=_events(table.pop("events", []), kpis, f"{where} [[events]]", findings),
        house_style=_house_style(table.pop("house_style", {}), path.parent, where, findings),
    )  # fmt: skip
    findings.add(where, *_unknown(loaded.kpis if loaded else (), kpis))
    return findings.checked(loaded)


def _house_style(table: dict[str, Any], folder: Path, where: str, findings: Findings) -> HouseStyle:
    logo = read_logo(folder, str(table.get("logo_file", "")))
    place = f"{where} [house_style]"
    return read_table(HouseStyle, table, place, findings, logo=logo) or HouseStyle()


def local_targets(rows: Iterable[dict[str, Any]], kpis: dict[str, Kpi], swv: str) -> list[Target]:
    """The SWV's own targets (table target_row) as `Target`, in order of date.

    An empty measure is the main measure of the KPI. Rows for a KPI, measure or segment that does
    not exist are left out: a wrong row must not take down the figures.
    """
    findings = Findings()
    found = []
    for row in rows:
        filled = {name: value for name, value in row.items() if value not in (None, "")}
        kpi = kpis.get(str(filled.get("kpi")))
        if kpi is None:
            continue
        filled.setdefault("measure", kpi.main_measure)
        if filled.get("organisation_id") == swv:
            del filled["organisation_id"]
        if str(filled.get("organisation_id")).lower() == EVERYWHERE:
            filled["organisation_id"] = EVERYWHERE
        table = {_TOML_NAMES.get(name, name): filled[name] for name in filled if name in _COLUMNS}
        target = read_table(Target, table, "target_row", findings)
        if target and not _wrong_parts(target, kpis):
            found.append(target)
    return sorted(found, key=_since)


_TOML_NAMES = {"valid_from": "from", "valid_to": "until"}
_COLUMNS = frozenset(Target.__dataclass_fields__)


def _targets(
    tables: list[dict[str, Any]],
    calendar: Calendar,
    kpis: dict[str, Kpi],
    where: str,
    findings: Findings,
) -> tuple[Target, ...]:
    place = f"{where} [[targets]]"
    for number, table in enumerate(tables, start=1):
        for name in ("value", "percent"):
            if name in table:
                table["amount"] = table.pop(name)
        for name, end in (("from", False), ("until", True)):
            if isinstance(table.get(name), str):
                period = _period(table[name], calendar, f"{place} {number} {name}", findings)
                table[name] = (period.end_on if end else period.start_on) if period else date.min
    found = read_rows(Target, tables, place, findings)
    for number, target in found.items():
        if target.base_period:
            _period(target.base_period, calendar, f"{place} {number} base_period", findings)
        findings.add(f"{place} {number}", *_wrong_parts(target, kpis))
    return tuple(sorted(found.values(), key=_since))


def _events(
    tables: object, kpis: dict[str, Kpi], where: str, findings: Findings
) -> tuple[Event, ...]:
    found = read_rows(Event, tables, where, findings)
    for number, event in found.items():
        findings.add(f"{where} {number}", *_unknown(event.kpis, kpis))
    return tuple(found.values())


def _unknown(names: Iterable[str], kpis: dict[str, Kpi]) -> list[str]:
    return [
        f"KPI '{name}' bestaat niet.{nearest(name, kpis)}" for name in names if name not in kpis
    ]


def _wrong_parts(target: Target, kpis: dict[str, Kpi]) -> list[str]:
    kpi = kpis.get(target.kpi)
    if kpi is None:
        return _unknown([target.kpi], kpis)
    messages = [f"sleutel '{name}' ontbreekt." for name in target.missing_parts()]
    if target.measure not in kpi.measures:
        hint = nearest(target.measure, kpi.measures)
        messages.append(f"maat '{target.measure}' bestaat niet bij {kpi.id}.{hint}")
    if target.bound and target.bound not in kpi.measures:
        hint = nearest(target.bound, kpi.measures)
        messages.append(f"maat '{target.bound}' bestaat niet bij {kpi.id}.{hint}")
    try:
        kpi.segment_parts(target.segment)
    except ValueError as error:
        messages.append(str(error))
    return messages


def _period(text: str, calendar: Calendar, where: str, findings: Findings) -> Period | None:
    try:
        return calendar.parse(text)
    except ValueError as error:
        findings.add(where, str(error))
        return None


def _since(target: Target) -> date:
    return target.valid_from or date.min
