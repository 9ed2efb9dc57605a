"""The commands that keep a store: status, backup, restore and repair."""

import argparse
from dataclasses import replace

from data.deliveries.status import StoreStatus, status_of
from kpi.cli import output
from kpi.cycle.verify import older_seals
from kpi.figure.settings import Settings, settings
from kpi.opening.demo import wants_demo


def show_status(options: argparse.Namespace) -> int:
    """What was delivered, and whether everything is as it was stored."""
    chosen = settings()
    status = whole_status(chosen)
    store = chosen.own_store() if status.chain_ok else None
    is_demo = store is not None and (chosen.demo or wants_demo(store))
    if options.json:
        output.show_json(output.status_dict(status, is_demo, store.version if store else ""))
    else:
        output.show_status(status, is_demo)
    return 0 if not status.damaged else 1


def whole_status(chosen: Settings) -> StoreStatus:
    """The state of the own store, with that of seals that only tell themselves what is in them."""
    found = status_of(chosen.store, chosen.key)
    if not found.chain_ok:
        return found
    return replace(found, damaged=(*found.damaged, *older_seals(chosen.own_store())))
