"""What page tests share: the pages by their address, and what a reader sees of them."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages.app import script

ROOT = Path(__file__).resolve().parents[2]
PAGES = {path: (show.__module__, show.__name__) for path, _, show in script.PAGES}
PATIENCE = 600  # seconds; only what hangs takes this long, also on a slow machine
WEIGHT = re.compile(r"(?<!\\):(?:gray|orange|small)\[((?:\\.|[^\[\]\\])*)\]", re.DOTALL)


def opened(page: str, **choices: str) -> AppTest:
    """A page that has run with these choices in its address."""
    module, function = PAGES[page]
    script = f"from {module} import {function}\n{function}()"
    app = AppTest.from_string(script, default_timeout=PATIENCE)
    for name, value in choices.items():
        app.query_params[name] = value
    return app.run()


def listed(app: AppTest, *fold_outs: str) -> AppTest:
    """The same page with every table in front of its drawing, as somebody turns to it.

    fold_outs: how the keys begin of those that are opened too.
    """
    for key in list(app.session_state):
        if key.startswith("tabs_"):
            app.session_state[key] = "Tabel"
        elif key.startswith(fold_outs):
            app.session_state[key] = True
    return app.run()


def shown(markdown: object) -> str:
    """What a reader sees of a Markdown cell: without escapes, weights, links and pictures."""
    text = re.sub(r"!\[.*?(?<!\\)\]\(data:[^)]*\)", "", str(markdown))
    text = re.sub(r"(?<!\\)\[(.*?)(?<!\\)\]\([^)]*\)", r"\1", text)
    while (lighter := WEIGHT.sub(r"\1", text)) != text:  # one may stand within another
        text = lighter
    text = re.sub(r"(?<!\\)\*\*", "", text)
    return re.sub(r"\\(.)", r"\1", text)


def said(app) -> str:
    """All running text of a page."""
    blocks = [*app.markdown, *app.warning, *app.info]
    return "\n".join(shown(block.value) for block in blocks)


def rows_of(table) -> list[tuple[str, dict[str, str]]]:
    """(name of the row, text by column), in order."""
    records = table.value.to_dict("records")
    return [
        (shown(name), {column: shown(cell) for column, cell in cells.items()})
        for name, cells in zip(table.value.index, records, strict=True)
    ]


def table_with(app, column: str):
    """The first table with this column; that of the names counts too."""
    return next(t for t in app.table if column in (t.value.index.name, *t.value.columns))


def stored(monitor, kpi, measure, organisation, period, segment=""):
    """The value in kpi_value, past everything the pages use; None when there is none."""
    rows = monitor.database.rows(
        "select value from kpi_value where kpi_id = ? and measure = ? "
        "and organisation_id = ? and period_id = ? and segment = ?",
        [kpi, measure, organisation, period, segment],
    )
    return rows[0]["value"] if rows else None
