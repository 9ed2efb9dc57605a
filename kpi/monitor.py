"""Opening the monitor: which store, which profile, and everything calculated once per version.

Monitors with the same figures share them, see `kpi.figures`.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from data.source import load_sources
from data.store import Store
from kpi.demo import demo_store, show_demo, wants_demo
from kpi.figures import Figures, Series, agreed_targets, build_figures, kept
from kpi.settings import Folders, Settings, settings
from kpi.target import Target

__all__ = [
    "Monitor",
    "build_monitor",
    "open_as_known",
    "open_monitor",
    "ready_monitor",
    "show_demo",
]

MOST_EARLIER = 2  # states of earlier that stay open; each may hold a database of its own
T = TypeVar("T")


@dataclass(frozen=True, eq=False, kw_only=True)
class Monitor(Figures):
    """The figures with what people agreed; ready to be read by any number of threads.

    store is where the figures come from; own_store is the bureau's own, which is another one while
    the demo is shown. version changes with every line of the ledger. targets: see
    `kpi.figures.agreed_targets`.
    """

    store: Store
    own_store: Store
    is_demo: bool
    version: str
    targets: dict[Series, list[Target]]
    opened_with: Settings
    # by series (kpi, measure, organisation, segment, period type) and then by period, see verdicts
    verdicts: dict[tuple[str, ...], dict[str, Any]] = field(default_factory=dict, repr=False)
    judged: set[Series] = field(default_factory=set, repr=False)  # of which all verdicts are there
    _cache: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once per key until the next line of the ledger.

        Two threads may both make it, which is harmless.
        """
        return kept(self._cache, key, make)

    @property
    def figures_origin(self) -> tuple[Hashable, ...]:
        """All that the figures follow from: monitors of the same origin have the same figures."""
        return _origin(self.opened_with, self.store.path, self.figures_version)

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


def ready_monitor() -> Monitor | None:
    """What open_monitor() gives, when that is there already and nothing is to be built."""
    chosen = settings()
    opened = _opened.get(chosen)
    return opened[1] if opened and _is_current(*opened) else None


def open_as_known(
    monitor: Monitor,
    seq: int,
    *,
    definitions: Path | None = None,
    profiles: Path | None = None,
) -> Monitor:
    """The monitor as it was when line `seq` of the ledger of `monitor.store` was the last one.

    Deliveries, undo, targets, deviations, events and notes of later do not exist for it; its store
    can only be read. definitions, profiles: folders to read instead of those of `monitor`, as they
    were then. Figures are built again only when they are others than those of an open monitor, so
    give no folders when nothing changed in them. Of these monitors the last ones stay open. Raises
    StoreError when there is no such line, and what open_monitor raises.
    """
    opened = monitor.opened_with
    return _shared(
        replace(
            opened,
            demo=monitor.is_demo,
            known_to=seq,
            definitions=definitions or opened.definitions,
            profiles=profiles or opened.profiles,
        )
    )


_opened: dict[Settings, tuple[tuple[int, int], Monitor]] = {}
_lock = Lock()


def _shared(chosen: Settings) -> Monitor:
    mark = _mark(chosen)
    with _lock:
        opened = _opened.pop(chosen, None)  # and put back as the newest
        if opened is None or not _is_current(*opened):
            opened = (mark, _open(chosen, opened[1] if opened else None))
        _opened[chosen] = opened
        for earlier in [item for item in _opened if item.known_to is not None][:-MOST_EARLIER]:
            del _opened[earlier]
        return opened[1]


def _is_current(mark: tuple[int, int], monitor: Monitor) -> bool:
    # The store of the demo has a ledger of its own, so the mark alone does not tell.
    return mark == _mark(monitor.opened_with) and monitor.store.version == monitor.version


def _mark(chosen: Settings) -> tuple[int, int]:
    """Changes with every line of the ledger that counts, and costs one look at the disk."""
    if chosen.known_to is not None:
        return (0, 0)
    try:
        found = (chosen.store / "ledger.jsonl").stat()
    except FileNotFoundError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _open(chosen: Settings, before: Monitor | None) -> Monitor:
    """A new monitor, with the figures of an open one when they are the same."""
    own = before.own_store if before else Store(chosen.store)
    is_demo = chosen.demo or (chosen.known_to is None and wants_demo(own))
    if before and before.is_demo == is_demo:
        store = before.store
    else:
        store = demo_store(chosen.store, load_sources()) if is_demo else own
    if chosen.known_to is not None:
        store = store.as_known(chosen.known_to)
    origin = _origin(chosen, store.path, store.figures_version)
    open_ones = [before, *(monitor for _, monitor in _opened.values())]
    same = next((item for item in open_ones if item and item.figures_origin == origin), None)
    return (
        _renewed(same, chosen, own, store) if same else build_monitor(chosen, own, store, is_demo)
    )


def _origin(chosen: Settings, store: Path, figures_version: str) -> tuple[Hashable, ...]:
    return (store, figures_version, chosen.profile, chosen.definitions, chosen.profiles)


def _renewed(same: Monitor, chosen: Settings, own: Store, store: Store) -> Monitor:
    """The same figures with what people put on record; what has another target is judged again."""
    version = store.version
    targets = agreed_targets(same, store)
    changed = {
        series
        for series in targets.keys() | same.targets.keys()
        if targets.get(series) != same.targets.get(series)
    }
    verdicts, judged = same.verdicts, same.judged
    if changed:
        # In one go, because a page may be adding to them meanwhile.
        verdicts = {
            key: found
            for key, found in verdicts.copy().items()
            if (key[0], key[1], key[3]) not in changed
        }
        judged = judged - changed
    return replace(
        same,
        store=store,
        own_store=own,
        version=version,
        targets=targets,
        opened_with=chosen,
        verdicts=verdicts,
        judged=judged,
        _cache={},
    )


def build_monitor(
    chosen: Settings, own: Store, store: Store, is_demo: bool, folders: Folders | None = None
) -> Monitor:
    """A monitor of its own on `store`, built from the files and shared with nobody.

    folders: texts that come with the software, when they are others than those of now.
    """
    version = store.version
    figures = build_figures(chosen, store, is_demo, folders)
    return Monitor(
        **vars(figures),
        store=store,
        own_store=own,
        is_demo=is_demo,
        version=version,
        targets=agreed_targets(figures, store),
        opened_with=chosen,
    )
