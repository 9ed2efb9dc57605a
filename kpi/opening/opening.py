"""Opening the monitor: which store, which profile, and everything calculated once per version.

Monitors with the same figures share them, see `kpi.figure.figures`.
"""

from dataclasses import replace
from pathlib import Path
from threading import Lock

from kpi.figure.monitor import Monitor, build_monitor, origin_of, renewed
from kpi.figure.settings import Settings, settings
from kpi.opening.demo import demo_store, wants_demo

MOST_EARLIER = 2  # states of earlier that stay open; each may hold a database of its own
_opened: dict[Settings, tuple[tuple[int, int], Monitor]] = {}
_lock = Lock()


def open_monitor(
    store: Path | None = None,
    profile: str | None = None,
    *,
    definitions: Path | None = None,
    profiles: Path | None = None,
    demo: bool | None = None,
) -> Monitor:
    """The monitor on a store, built once per version of it and then shared by all callers.

    What is not given comes from the environment, see kpi.figure.settings. A store without
    deliveries of its own shows the made-up SWV. Raises DefinitionError, StoreError,
    LedgerDamaged or OSError.
    """
    return _shared(settings(store, profile, definitions, profiles, demo))


def ready_monitor() -> Monitor | None:
    """What open_monitor() gives, when that is there already and nothing is to be built."""
    chosen = settings()
    opened = _opened.get(chosen)
    return opened[1] if opened and _is_current(*opened) else None


def reload_if_changed(monitor: Monitor) -> Monitor:
    """This monitor, or a new one when the store (or the choice for the demo) has changed."""
    return _shared(monitor.opened_with)


def forget(folder: Path) -> None:
    """Close the monitors on stores in a folder; their figures leave the memory."""
    with _lock:
        for chosen in [item for item in _opened if item.store.is_relative_to(folder)]:
            del _opened[chosen]


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
    own = before.own_store if before else chosen.own_store()
    is_demo = chosen.demo or (chosen.known_to is None and wants_demo(own))
    if before and before.is_demo == is_demo:
        store = before.store
    else:
        store = demo_store(chosen.store) if is_demo else own
    if chosen.known_to is not None:
        store = store.as_known(chosen.known_to)
    origin = origin_of(chosen, store.path, store.figures_version)
    open_ones = [before, *(monitor for _, monitor in _opened.values())]
    same = next((item for item in open_ones if item and item.origin == origin), None)
    return renewed(same, chosen, own, store) if same else build_monitor(chosen, own, store, is_demo)
