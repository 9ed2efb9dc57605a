"""The server around the pages: what it sends along, does first, and says when something breaks."""

import gc
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from pages.shared.monitor import judged_monitor

SORRY = (
    "Er ging iets mis in de monitor. Uw leveringen zijn niet veranderd. Laad de pagina opnieuw. "
    "Blijft dit gebeuren? Stuur dan de laatste regels van het venster waarin de monitor draait "
    "naar uw beheerder."
)


@asynccontextmanager
async def warm_up(app: st.App) -> AsyncIterator[None]:
    """Build and judge while the browser is still opening, so that nobody waits for it twice."""
    threading.Thread(target=_build, name="figures", daemon=True).start()
    yield


def _build() -> None:
    gc.disable()  # all that is made here stays; to look for what may go costs a tenth of the time
    try:
        judged_monitor()
    except Exception:  # the first page meets the same error and shows it
        logging.getLogger(__name__).warning("De cijfers zijn nog niet op te bouwen.")
    finally:
        gc.enable()


def apologise(error: Exception) -> bool:
    """What a visitor sees instead of a traceback; the traceback is in the log."""
    logging.getLogger(__name__).error("Onverwachte fout", exc_info=error)
    st.error(SORRY, icon=":material/error:")
    return True
