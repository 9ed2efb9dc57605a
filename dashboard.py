"""Start of the monitor: `streamlit run dashboard.py`.

The script behind the pages is not this file but pages/app/script.py. Beside a script Streamlit
takes a folder called `pages` for pages it may run by themselves, without the script; a script that
has no such folder beside it is always run first.
"""

import streamlit as st

from pages.app import packed, protection, server

app = st.App(
    "pages/app/script.py",
    lifespan=server.warm_up,
    middleware=[*protection.MIDDLEWARE, *packed.MIDDLEWARE],
    on_script_error=server.apologise,
)
