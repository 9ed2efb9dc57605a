"""The code of a pupil in one round: made of a salt of that round, and of no use outside it.

The Inspectie wants an anonymous registration that stays readable as one: rows of one pupil belong
together. So a pupil has one code in a round, and another code in every other round. The code is an
HMAC of the stored pupil code, which is an HMAC of the pupil number itself; its key is made of the
secret of the installation and a salt that is drawn once per round and kept in the ledger. Making
the round again therefore gives the same codes, so that a corrected file can take the place of the
first one. Who has two rounds but not the secret cannot tell which codes are the same pupil, and who
has the secret but not the ledger cannot either.

What this cannot do: the registration is cumulative, so a row of the next round may be known again
by its dates and school. That lies in what the Inspectie asks, not in the code. It is why the
default columns hold as little as possible.
"""

import base64
import hmac
import secrets
from collections.abc import Callable

from data.deliveries.store import Store
from kpi.figure.monitor import Monitor
from kpi.register import Record

WHAT = "inspectie"
SALT_BYTES, KEY_BYTES = 32, 5
PREFIX = "L-"  # or a code of digits and an E would be a number for a spreadsheet
DEMO_PREFIX = "DEMO-"  # so that a form filled with made-up pupils says so in every row


def salt_of(store: Store, quarter: str) -> str:
    """The salt of the round of a quarter: that of its first making, else a fresh one."""
    for entry in store.entries(Record.ISSUE):
        if entry.body.get("what") == WHAT and entry.body.get("period_id") == quarter:
            return str(entry.body["salt"])
    return secrets.token_hex(SALT_BYTES)


def key_maker(store: Store, salt: str, is_demo: bool = False) -> Callable[[str], str]:
    """A function: the stored code of a pupil → the code in the round with this salt."""
    prefix = DEMO_PREFIX if is_demo else PREFIX
    key = hmac.digest(store.secret, f"{WHAT}:{salt}".encode(), "sha256")

    def make(pupil: str) -> str:
        digest = hmac.digest(key, pupil.encode(), "sha256")[:KEY_BYTES]
        return prefix + base64.b32encode(digest).decode().rstrip("=")

    return make


def current_store(monitor: Monitor) -> Store:
    """The store as it is now, to write in, also when the monitor shows a state of earlier."""
    store = monitor.store
    return store if store.known_to is None else Store(store.path)
