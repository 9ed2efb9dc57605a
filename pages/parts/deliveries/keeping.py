"""Keeping the store: a delivery that is damaged, and a backup to download or to put back."""

import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from data.deliveries.backup import Backup, read_backup, write_backup
from data.deliveries.failures import told
from data.deliveries.ledger import LedgerDamaged
from data.deliveries.passphrase import is_locked
from data.deliveries.restore import restore, restore_delivery, would_lose
from data.deliveries.status import status_of
from data.deliveries.store import Store, StoreError
from kpi.figure.monitor import Monitor
from kpi.figure.settings import settings
from pages.parts.deliveries.delivered import UNDONE
from pages.shared.blocks import download, wrong
from pages.shared.choices import start_again
from pages.shared.recording import user_name
from pages.shared.text import plain

MADE = "reservekopie"
BROKEN = "beschadigd, door gebruiker ongedaan gemaakt"
HOW = (
    "Een reservekopie is één bestand met alle leveringen, het logboek, de zegels en de sleutel. Er "
    "staan gegevens van leerlingen in: bewaar hem op een plek waar alleen het bureau bij kan, en "
    "nooit alleen op deze computer."
)
AGE = ".zip.age"  # how the name of a backup behind a passphrase ends
LOCKED = ":material/lock: Deze reservekopie zit op slot met uw wachtwoordzin."
OPEN = (
    ":material/lock_open: Deze reservekopie zit niet op slot: wie het bestand heeft, kan het lezen."
)
PHRASE = (
    "Met een wachtwoordzin, zoals vier woorden achter elkaar, kan alleen wie de zin kent de "
    "reservekopie openen. Bewaar de zin ergens anders: zonder haar krijgt niemand hem open."
)
PUT_BACK = (
    "Terugzetten maakt de opslag gelijk aan de reservekopie. Wat er nu staat, wordt niet gewist "
    "maar in de map “terzijde” bewaard. Staat er hier iets dat niet in de reservekopie zit, dan "
    "vraagt de monitor eerst of dat mag vervallen."
)


def damaged(monitor: Monitor) -> None:
    """Per delivery that is damaged: no longer let it count, or take it from a backup."""
    store = monitor.store
    if not store.damaged:
        return
    st.header("Beschadigde leveringen", anchor="beschadigd")
    for name, why in store.damaged.items():
        with st.container(border=True):
            st.markdown(plain(why))
            if st.button("Maak ongedaan", key=f"weg_{name}", icon=":material/undo:"):
                _try(partial(store.undo, name, user_name(), BROKEN), UNDONE)
            _ask_delivery(store, name)


def _ask_delivery(store: Store, name: str) -> None:
    given = st.file_uploader("Of zet haar terug uit een reservekopie", key=f"kopie_{name}")
    if not given:
        return
    passphrase = _asked(given.getvalue(), f"zin_{name}")
    if st.button("Zet terug", key=f"terug_{name}", icon=":material/restore:"):
        backup = partial(handed_in, given.getvalue(), passphrase)
        _try(lambda: restore_delivery(store, backup(), name), "De levering is teruggezet.")


def backups(monitor: Monitor) -> None:
    """Download a backup of what is there now, and put one back, also on a computer that is new."""
    store = monitor.own_store
    with st.expander("Reservekopie", key="reservekopie", icon=":material/save:"):
        if store.lines():
            st.markdown(HOW)
            _make(store)
        _ask_backup(store.path, store.ledger.key.path)


def _make(store: Store) -> None:
    """Ask for a passphrase or none, make a backup, and offer it with what it is.

    In a form: a box on its own keeps what was typed to itself as long as its eye has the focus.
    """
    with st.form("kopie_maken"):
        st.markdown(PHRASE)
        phrase = st.text_input("Wachtwoordzin (mag leeg blijven)", type="password", key="zin_nieuw")
        if st.form_submit_button("Maak een reservekopie", icon=":material/save:"):
            _try(lambda: st.session_state.update({MADE: _made(store, phrase)}))
    version, made, ending = st.session_state.get(MADE, ("", b"", ""))
    if version == store.version:
        st.markdown(LOCKED if ending == AGE else OPEN)
        download("Download de reservekopie", made, f"reservekopie-{date.today()}{ending}")


def rescue() -> None:
    """When the own ledger does not add up, no page opens: then a backup can be put back at once."""
    chosen = settings()
    if not status_of(chosen.store, chosen.key).chain_ok:
        _ask_backup(chosen.store, chosen.key)


def _ask_backup(path: Path, key: Path | None) -> None:
    st.markdown(PUT_BACK)
    given = st.file_uploader("Reservekopie om terug te zetten", key="reservekopie_terug")
    if not given:
        return
    passphrase = _asked(given.getvalue(), "zin_terug")
    if passphrase or not is_locked(given.getvalue()):
        _try(lambda: _put_back(path, handed_in(given.getvalue(), passphrase), key))


def _asked(content: bytes, key: str) -> str:
    """The passphrase of a file that needs one; "" when it does not, or none was typed yet."""
    if not is_locked(content):
        return ""
    with st.form(f"{key}_vraag"):
        typed = st.text_input("Wachtwoordzin van deze reservekopie", type="password", key=key)
        st.form_submit_button("Maak open", icon=":material/lock_open:")
    return typed


def _put_back(path: Path, backup: Backup, key: Path | None) -> None:
    """The button; what would no longer count, must be ticked first."""
    lost = would_lose(path, backup)
    if lost:
        st.warning(f"Deze opslag bevat meer dan de reservekopie: {lost}.")
    agreed = bool(lost) and st.checkbox("Dat mag vervallen; bewaar het in de map “terzijde”.")
    ready = agreed or not lost
    if st.button("Zet alles terug", icon=":material/restore:", disabled=not ready):
        _try(lambda: restore(path, backup, key, sure=agreed), "De reservekopie is teruggezet.")


def _try(act: Callable[[], object], said: str = "") -> None:
    """Do it, and show the page anew when there is something to say; or why it could not be done."""
    try:
        act()
    except (StoreError, LedgerDamaged, OSError) as error:
        wrong(told(error))
        return
    if said:
        start_again(said)


def _made(store: Store, passphrase: str) -> tuple[str, bytes, str]:
    """The version that is in a backup, the backup, and how its name ends."""
    version = store.version
    with tempfile.TemporaryDirectory(prefix="kpi-") as folder:
        path = Path(folder) / "reservekopie"
        write_backup(store, path, passphrase=passphrase or None)
        return version, path.read_bytes(), AGE if passphrase else ".zip"


def handed_in(content: bytes, passphrase: str = "") -> Backup:
    """A backup that was handed in, found whole; the copy on disk is gone when this returns."""
    with tempfile.TemporaryDirectory(prefix="kpi-") as folder:
        path = Path(folder) / "Dit bestand"  # as which a refusal names it
        path.write_bytes(content)
        return read_backup(path, passphrase)
