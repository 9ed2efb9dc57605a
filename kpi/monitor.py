"""Opening the monitor: which store, which profile, and everything calculated once per version."""

import hashlib
import os
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from data.build import Swv, build
from data.calendar import Calendar, Period
from data.database import Database
from data.delivery import Delivery
from data.importing import import_file
from data.source import SOURCES, Source, load_sources
from data.store import Store, StoreError
from kpi.calculate import calculate
from kpi.definition import DEFINITIONS, Kpi, load_kpis
from kpi.profile import DEFAULT_PROFILE, DEMO_CODE, PROFILES, Profile, load_profile, local_targets
from kpi.result import Organisation
from kpi.target import Target

ROOT = Path(__file__).resolve().parent.parent
STORE = ROOT / "data" / "store"
DEMO_FILES = ROOT / "data" / "demo" / "files"
DEMO_SETTING = "demo"
LARGEST_CACHE = 4000
T = TypeVar("T")
Key = tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class Monitor:
    """Everything of one version of one store, ready to be read by any number of threads.

    kpis: those of the profile, in its order. targets: per (kpi, measure, segment), in order of
    weight, with the code of the organisation filled in. store is where the figures come from;
    own_store is the bureau's own, which is another one while the demo is shown.
    """

    profile: Profile
    kpis: dict[str, Kpi]
    sources: dict[str, Source]
    calendar: Calendar
    database: Database
    store: Store
    own_store: Store
    is_demo: bool
    version: str
    swv: Organisation
    organisations: dict[str, Organisation]
    periods: dict[str, Period]
    deliveries: dict[str, Delivery]
    targets: dict[Key, list[Target]]
    opened_with: dict[str, Any] = field(repr=False)
    _cache: dict[Any, Any] = field(default_factory=dict, repr=False)

    def remember(self, key: Any, make: Callable[[], T]) -> T:  # noqa: ANN401 - any hashable
        """What `make` gives, made once per key; two threads may both make it, which is harmless."""
        if key in self._cache:
            found: T = self._cache[key]
            return found
        made = make()
        if len(self._cache) >= LARGEST_CACHE:
            self._cache.clear()
        self._cache[key] = made
        return made

    def reload_if_changed(self) -> "Monitor":
        """This monitor, or a new one when the store (or the choice for the demo) has changed."""
        return open_monitor(**self.opened_with)


def open_monitor(
    store: Path | None = None,
    profile: str | None = None,
    *,
    definitions: Path | None = None,
    profiles: Path | None = None,
    demo: bool | None = None,
) -> Monitor:
    """The monitor on a store, built once per version of it and then shared.

    Defaults come from the environment: KPI_STORE (a folder), KPI_PROFILE (an id), KPI_DEFINITIONS
    and KPI_PROFILES (folders), KPI_DEMO=1. Without deliveries of its own a store shows the
    made-up SWV. Raises DefinitionError, SourceError, StoreError or LedgerDamaged, all with Dutch
    text.
    """
    chosen = {
        "store": Path(store or os.environ.get("KPI_STORE") or STORE),
        "profile": profile or os.environ.get("KPI_PROFILE") or DEFAULT_PROFILE,
        "definitions": Path(definitions or os.environ.get("KPI_DEFINITIONS") or DEFINITIONS),
        "profiles": Path(profiles or os.environ.get("KPI_PROFILES") or PROFILES),
        "demo": os.environ.get("KPI_DEMO") == "1" if demo is None else demo,
    }
    key = tuple(map(str, chosen.values()))
    mark = _mark(chosen["store"])
    with _lock:
        opened = _opened.get(key)
        if opened is None or opened[0] != mark:
            opened = _opened[key] = (mark, _open(opened_with=chosen, **chosen))
        return opened[1]


def show_demo(store: Store, show: bool, author: str = "") -> None:
    """Choose between the made-up SWV and the own deliveries; kept in the ledger."""
    store.set(DEMO_SETTING, show, author)


_opened: dict[tuple[str, ...], tuple[tuple[int, int], Monitor]] = {}
_lock = Lock()


def _mark(store: Path) -> tuple[int, int]:
    """Changes with every line of the ledger, and costs one look at the disk."""
    try:
        found = (store / "ledger.jsonl").stat()
    except FileNotFoundError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _open(
    store: Path,
    profile: str,
    definitions: Path,
    profiles: Path,
    demo: bool,
    opened_with: dict[str, Any],
) -> Monitor:
    every_kpi = load_kpis(definitions)
    chosen = load_profile(profile, every_kpi, profiles)
    kpis = {name: every_kpi[name] for name in chosen.kpis or every_kpi}
    sources = load_sources()
    own_store = Store(store)
    is_demo = demo or _wants_demo(own_store)
    used, calendar, swv = own_store, chosen.calendar, _own_swv(chosen)
    if is_demo:
        used, calendar = _demo_store(store, sources), Calendar()
        swv = Swv(DEMO_CODE, chosen.demo_name)
    database = build(used, sources, calendar, swv)
    calculate(database, kpis)
    organisations = {
        row["organisation_id"]: Organisation(**row)
        for row in database.rows("select * from organisation")
    }
    rows = database.rows("select * from target_row")
    targets = [*chosen.targets, *local_targets(rows, kpis, swv.code)]
    return Monitor(
        profile=chosen,
        kpis=kpis,
        sources=sources,
        calendar=calendar,
        database=database,
        store=used,
        own_store=own_store,
        is_demo=is_demo,
        version=used.version,
        swv=organisations[swv.code],
        organisations=organisations,
        periods=_periods(database),
        deliveries={found.delivery_id: found for found in used.deliveries()},
        targets=_by_measure(targets, swv.code),
        opened_with=opened_with,
    )


def _own_swv(profile: Profile) -> Swv:
    own = profile.organisation
    return Swv(own.code, own.name, own.municipalities)


def _periods(database: Database) -> dict[str, Period]:
    rows = database.rows("select * from period order by period_type, position")
    return {row["period_id"]: Period(**row) for row in rows}


def _by_measure(targets: Iterable[Target], swv: str) -> dict[Key, list[Target]]:
    """Targets by (kpi, measure, segment); within each the last one in force counts."""
    found: dict[Key, list[Target]] = {}
    for target in targets:
        named = replace(target, organisation_id=target.organisation_id or swv)
        found.setdefault((target.kpi, target.measure, target.segment), []).append(named)
    return found


def _wants_demo(store: Store) -> bool:
    """Without deliveries always; with them only when asked for after the last one came in."""
    deliveries = store.deliveries()
    choices = [entry for entry in store.entries("setting") if entry.body["name"] == DEMO_SETTING]
    if not deliveries:
        return True
    return bool(choices) and choices[-1].seq > deliveries[-1].seq and bool(choices[-1].body["value"])


def _demo_store(store: Path, sources: dict[str, Source]) -> Store:
    """The made-up SWV's store: its files imported once, and again when they or sources change."""
    files = sorted(path for path in DEMO_FILES.iterdir() if path.is_file())
    rules = sorted(SOURCES.glob("*/source.toml"))
    digest = hashlib.sha256()
    for path in (*files, *rules):
        digest.update(path.name.encode() + path.read_bytes())
    demo = Store(store / "demo" / digest.hexdigest()[:12])
    finished = demo.path / "compleet"
    if not finished.exists():
        _fill(demo, sources)
        finished.touch()
    return demo


def _fill(demo: Store, sources: dict[str, Source]) -> None:
    manifest = tomllib.loads((DEMO_FILES / "manifest.toml").read_text(encoding="utf-8"))
    for item in manifest["file"]:
        result = import_file(
            demo,
            DEMO_FILES / item["name"],
            source=item["source"],
            period=item.get("period"),
            author=item.get("author", ""),
            isolated=False,
            sources=sources,
        )
        if not result.accepted:
            reasons = " ".join(problem.message for problem in result.problems[:3])
            raise StoreError(f"Het voorbeeldbestand {item['name']} wordt geweigerd. {reasons}")
