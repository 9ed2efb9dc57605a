"""The monitor: the figures of a store together with what people put on record."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from data.deliveries.store import Store
from kpi.figure.figures import Figures, agreed_targets, build_figures, kept
from kpi.figure.result import SeriesKey
from kpi.figure.settings import Folders, Settings
from kpi.meaning.target import Target, TargetKey

T = TypeVar("T")


@dataclass(frozen=True, eq=False, kw_only=True)
class Monitor(Figures):
    """The figures with what people agreed; ready to be read by any number of threads.

    store is where the figures come from; own_store is the bureau's own, which is another one while
    the demo is shown. version changes with every line of the ledger. targets: see
    `kpi.figure.figures.agreed_targets`.
    """

    store: Store
    own_store: Store
    is_demo: bool
    version: str
    targets: dict[TargetKey, list[Target]]
    opened_with: Settings
    # by series and then by period, see kpi.verdict.judged
    verdicts: dict[SeriesKey, dict[str, Any]] = field(default_factory=dict, repr=False)
    judged: set[TargetKey] = field(
        default_factory=set, repr=False
    )  # of which all verdicts are there
    _cache: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once per key until the next line of the ledger."""
        return kept(self._cache, key, make)

    @property
    def origin(self) -> tuple[Hashable, ...]:
        """All that the figures follow from: monitors of the same origin have the same figures."""
        return origin_of(self.opened_with, self.store.path, self.figures_version)


def origin_of(chosen: Settings, store: Path, figures_version: str) -> tuple[Hashable, ...]:
    """All that figures follow from, as something to compare."""
    return (store, figures_version, chosen.profile, chosen.definitions, chosen.profiles)


def renewed(same: Monitor, chosen: Settings, own: Store, store: Store) -> Monitor:
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
            key: found for key, found in verdicts.copy().items() if key.target_key not in changed
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
