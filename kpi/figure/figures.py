"""What follows from deliveries, definitions and profile alone: built once, shared by monitors.

A line that people add to the ledger (a note, a target, an event) leaves it as it is.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock, RLock
from typing import Any, TypeVar

from data import kept as files
from data.build import Swv, build
from data.calendar import Calendar, Period
from data.database import Database
from data.deliveries.delivery import Delivery
from data.deliveries.store import Store
from data.progress import step
from data.source import Source
from data.source_file import load_sources
from kpi.figure.calculate import calculate, with_found_codes
from kpi.figure.fingerprint import fingerprint
from kpi.figure.result import Organisation
from kpi.figure.settings import CODE, Folders, Settings
from kpi.meaning.load import Kpi, load_kpis
from kpi.meaning.profile import Profile, load_profile, local_targets
from kpi.meaning.target import AfterTerm, Target, TargetKey
from kpi.register import after_terms, target_rows

LARGEST_CACHE = 4000
KIND = "figures"  # of the file they are kept in
T = TypeVar("T")
_NOTHING: Any = object()


class _Turn:
    """Who makes something now, and how many are there for it."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.waiting = 0


_turns: dict[tuple[int, Hashable], _Turn] = {}
_turns_lock = Lock()


@dataclass(frozen=True, eq=False, kw_only=True)
class Figures:
    """All figures of one store, with the names and periods they are about.

    kpis: those of the profile, in its order. figures_version changes only with a line of the
    ledger that figures can follow from, see `Store.figures_version`. fingerprint: under which they
    are kept beside the store; "" when they are not, because they come from texts of before.
    """

    profile: Profile
    kpis: dict[str, Kpi]
    sources: dict[str, Source]
    calendar: Calendar
    database: Database
    swv: Organisation
    organisations: dict[str, Organisation]
    periods: dict[str, Period]
    deliveries: dict[str, Delivery]
    figures_version: str
    fingerprint: str = ""
    _figures_cache: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def remember_figures(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once per key; only for what no line of people can change."""
        return kept(self._figures_cache, key, make)


def build_figures(
    chosen: Settings, store: Store, is_demo: bool, folders: Folders | None = None
) -> Figures:
    """The figures of a store, opened when they were built before.

    folders: texts of the software, when others than those of now; then they are always built, from
    the files, and not kept. Raises DefinitionError or StoreError.
    """
    texts = folders or Folders()
    every_kpi = load_kpis(chosen.definitions)
    profile = load_profile(chosen.profile, every_kpi, chosen.profiles)
    kpis = {name: every_kpi[name] for name in profile.kpis or every_kpi}
    sources = load_sources(texts.sources)
    # The made-up files follow the usual calendar, and their SWV has its own code and name.
    calendar = Calendar() if is_demo else profile.calendar
    swv = Swv(CODE, profile.demo_name) if is_demo else _own_swv(profile)
    figures_version = store.figures_version

    def made(copy: Path | None = None) -> Database:
        with step(1, 2, "De leveringen worden gelezen."):
            database = build(store, sources, calendar, swv, texts.tables, texts.counting, copy=copy)
        with step(2, 2, "De cijfers worden berekend."):
            calculate(database, kpis, texts.steps)
        return database

    key = "" if folders else fingerprint(chosen, store, is_demo)
    database = _opened_or(store, key, made) if key else made()
    kpis = with_found_codes(database, kpis)
    organisations = {
        row["organisation_id"]: Organisation(**row)
        for row in database.rows("select * from organisation")
    }
    return Figures(
        profile=profile,
        kpis=kpis,
        sources=sources,
        calendar=calendar,
        database=database,
        swv=organisations[swv.code],
        organisations=organisations,
        periods=_periods(database),
        deliveries={found.delivery_id: found for found in store.counting()},
        figures_version=figures_version,
        fingerprint=key,
    )


def _opened_or(store: Store, key: str, make: Callable[[Path | None], Database]) -> Database:
    """The database that was kept under this key, or a new one. The key tells what is damaged."""
    folder = store.path / files.FOLDER
    return files.opened(folder, KIND, key) or files.keep(folder, KIND, key, make)


def agreed_targets(figures: Figures, store: Store) -> dict[TargetKey, list[Target]]:
    """All targets by (kpi, measure, segment), in order of weight: the last one in force counts.

    Those of the profile, those delivered and those on record in the ledger of `store`, with the
    code of the organisation and what was decided about the time after their term filled in.
    """
    swv = figures.swv.organisation_id
    delivered = figures.database.rows("select * from target_row")
    agreed = [
        *figures.profile.targets,
        *local_targets(delivered, figures.kpis, swv),
        *local_targets(target_rows(store), figures.kpis, swv),
    ]
    decided = after_terms(store)
    found: dict[TargetKey, list[Target]] = {}
    for target in agreed:
        since = target.valid_from.isoformat() if target.valid_from else ""
        after = decided.get((*target.about, target.organisation_id, since), "")
        named = replace(
            target,
            organisation_id=target.organisation_id or swv,
            after=AfterTerm(after) if after in [*AfterTerm] else AfterTerm.UNDECIDED,
        )
        found.setdefault(target.about, []).append(named)
    return found


def kept(cache: dict[Hashable, Any], key: Hashable, make: Callable[[], T]) -> T:
    """What is in the cache under this key, made when it is not; a full cache starts again.

    One thread makes it and the others wait: what takes seconds would take each of fifty visitors
    fifty times as long.
    """
    found: T = cache.get(key, _NOTHING)
    if found is _NOTHING:
        with _turn(cache, key):
            found = cache.get(key, _NOTHING)
            if found is _NOTHING:
                found = make()
                if len(cache) >= LARGEST_CACHE:
                    cache.clear()
                cache[key] = found
    return found


@contextmanager
def _turn(cache: dict[Hashable, Any], key: Hashable) -> Iterator[None]:
    """Only one thread at a time within the block, for this key of this cache.

    What is made may need other keys, but never one that needs this one: so nobody waits in a ring.
    """
    name = (id(cache), key)
    with _turns_lock:
        turn = _turns.setdefault(name, _Turn())
        turn.waiting += 1
    try:
        with turn.lock:
            yield
    finally:
        with _turns_lock:
            turn.waiting -= 1
            if not turn.waiting:
                del _turns[name]


def _own_swv(profile: Profile) -> Swv:
    own = profile.organisation
    return Swv(own.code, own.name, own.municipalities)


def _periods(database: Database) -> dict[str, Period]:
    rows = database.rows("select * from period order by period_type, position")
    return {row["period_id"]: Period(**row) for row in rows}
