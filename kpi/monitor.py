"""Opening the monitor: which store, which profile, and everything calculated once per version."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from data.build import Swv, build
from data.calendar import Calendar, Period
from data.database import Database
from data.delivery import Delivery
from data.source import Source, load_sources
from data.store import Store
from kpi.calculate import calculate
from kpi.definition import Kpi, load_kpis
from kpi.demo import CODE, demo_store, show_demo, wants_demo
from kpi.profile import Profile, load_profile, local_targets
from kpi.register import target_rows
from kpi.result import Organisation
from kpi.settings import Settings, settings
from kpi.target import Target

__all__ = ["Monitor", "open_monitor", "show_demo"]

LARGEST_CACHE = 4000
T = TypeVar("T")
Series = tuple[str, str, str]  # kpi, measure, segment


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
    targets: dict[Series, list[Target]]
    opened_with: Settings
    # by series (kpi, measure, organisation, segment, period type) and then by period, see verdicts
    verdicts: dict[tuple[str, ...], dict[str, Any]] = field(default_factory=dict, repr=False)
    _cache: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
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
        return _shared(self.opened_with)


def open_monitor(
    store: Path | None = None,
    profile: str | None = None,
    *,
    definitions: Path | None = None,
    profiles: Path | None = None,
    demo: bool | None = None,
) -> Monitor:
    """The monitor on a store, built once per version of it and then shared by all callers.

    What is not given comes from the environment, see kpi.settings. Without deliveries of its own
    a store shows the made-up SWV. Raises DefinitionError, SourceError, StoreError, LedgerDamaged
    or OSError.
    """
    return _shared(settings(store, profile, definitions, profiles, demo))


_opened: dict[Settings, tuple[tuple[int, int], Monitor]] = {}
_lock = Lock()


def _shared(chosen: Settings) -> Monitor:
    mark = _mark(chosen.store)
    with _lock:
        opened = _opened.get(chosen)
        # The store of the demo has a ledger of its own, so the mark alone does not tell.
        if opened is None or opened[0] != mark or opened[1].store.version != opened[1].version:
            opened = _opened[chosen] = (mark, _open(chosen))
        return opened[1]


def _mark(store: Path) -> tuple[int, int]:
    """Changes with every line of the ledger, and costs one look at the disk."""
    try:
        found = (store / "ledger.jsonl").stat()
    except FileNotFoundError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _open(chosen: Settings) -> Monitor:
    every_kpi = load_kpis(chosen.definitions)
    profile = load_profile(chosen.profile, every_kpi, chosen.profiles)
    kpis = {name: every_kpi[name] for name in profile.kpis or every_kpi}
    sources = load_sources()
    own = Store(chosen.store)
    is_demo = chosen.demo or wants_demo(own)
    # The made-up files follow the usual calendar, and their SWV has its own code and name.
    store = demo_store(chosen.store, sources) if is_demo else own
    calendar = Calendar() if is_demo else profile.calendar
    swv = Swv(CODE, profile.demo_name) if is_demo else _own_swv(profile)
    version = store.version
    database = build(store, sources, calendar, swv)
    calculate(database, kpis)
    organisations = {
        row["organisation_id"]: Organisation(**row)
        for row in database.rows("select * from organisation")
    }
    agreed = [
        *profile.targets,
        *local_targets(database.rows("select * from target_row"), kpis, swv.code),
        *local_targets(target_rows(store), kpis, swv.code),
    ]
    return Monitor(
        profile=profile,
        kpis=kpis,
        sources=sources,
        calendar=calendar,
        database=database,
        store=store,
        own_store=own,
        is_demo=is_demo,
        version=version,
        swv=organisations[swv.code],
        organisations=organisations,
        periods=_periods(database),
        deliveries={found.delivery_id: found for found in store.deliveries()},
        targets=_by_series(agreed, swv.code),
        opened_with=chosen,
    )


def _own_swv(profile: Profile) -> Swv:
    own = profile.organisation
    return Swv(own.code, own.name, own.municipalities)


def _periods(database: Database) -> dict[str, Period]:
    rows = database.rows("select * from period order by period_type, position")
    return {row["period_id"]: Period(**row) for row in rows}


def _by_series(targets: Iterable[Target], swv: str) -> dict[Series, list[Target]]:
    """Targets by (kpi, measure, segment); within each the last one in force counts."""
    found: dict[Series, list[Target]] = {}
    for target in targets:
        named = replace(target, organisation_id=target.organisation_id or swv)
        found.setdefault((target.kpi, target.measure, target.segment), []).append(named)
    return found
