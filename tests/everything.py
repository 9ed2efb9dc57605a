"""Write all that the monitor says to a folder, to compare before and after a move.

`python tests/everything.py STORE FOLDER` before the change, the same after it (with a copy of the
same STORE), then `diff -rq FOLDER FOLDER2`: all figures, all verdicts, all papers as files, and
what every page of the made-up SWV hands to the browser. No difference means that nobody can tell.
"""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).parent / "pages")]

from reading import PAGES, listed  # noqa: E402
from streamlit.testing.v1 import AppTest  # noqa: E402

from kpi.figure.monitor import Monitor  # noqa: E402
from kpi.meeting.meetings import Meeting  # noqa: E402
from kpi.meeting.order import bodies  # noqa: E402
from kpi.opening.opening import open_monitor  # noqa: E402
from kpi.paper.make import documents, papers_of, written  # noqa: E402
from kpi.paper.meeting import meeting_summary  # noqa: E402
from kpi.paper.scenario import scenario_paper  # noqa: E402
from kpi.scenario.history import NotEnough  # noqa: E402
from kpi.scenario.scenario import make_scenario  # noqa: E402
from kpi.verdict.judged import every_verdict  # noqa: E402

PROFILES = ("groningen_stad", "dordrecht")
QUARTERS = 3
DAY = date(2026, 7, 1)
# Keys of widgets follow from the code, not from what is shown.
NAMELESS = re.compile(r'(id|form_id|widget_id|element_id|url|active_script_hash): "[^"]*"')


def figures(monitor: Monitor) -> Iterator[tuple[str, bytes]]:
    """Every row of kpi_value, in an order of its own."""
    found = monitor.database.rows("select * from kpi_value order by all")
    yield "figures.txt", "\n".join(repr(list(row.items())) for row in found).encode()


def verdicts(monitor: Monitor) -> Iterator[tuple[str, bytes]]:
    """Every verdict with all its words and limits, of all measures, levels and periods."""
    found = (
        f"{tuple(key)} {period} {plain(verdict)}"
        for key, by_period in sorted(every_verdict(monitor).items())
        for period, verdict in sorted(by_period.items())
    )
    yield "verdicts.txt", "\n".join(found).encode()


def plain(value: Any) -> Any:
    """Values only: no name of a class, so that one may be renamed."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {str(plain(k)): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def papers(monitor: Monitor) -> Iterator[tuple[str, bytes]]:
    """Every file of the last quarters, the reports of meetings and the scenario."""
    quarters = [p for p in monitor.periods.values() if p.period_type == "kwartaal"][-QUARTERS:]
    for quarter in quarters:
        for paper in papers_of(monitor):
            for file in documents(monitor, paper, quarter):
                yield f"{quarter.period_id}/{file.name}", file.content
    for body in bodies():
        held = Meeting(
            body, DAY, quarters[-1].period_id, "A. de Vries", "2026-07-01T08:00:00+00:00"
        )
        yield f"verslag-{body}.pdf", written(meeting_summary(monitor, held), "pdf")
    with suppress(NotEnough):  # a profile without the KPIs that a scenario rests on
        made = scenario_paper(monitor, make_scenario(monitor, {}))
        for form in ("pdf", "xlsx"):
            yield f"scenario.{form}", written(made, form)


def addresses(monitor: Monitor) -> Iterator[tuple[str, dict[str, str]]]:
    """Every page as it opens, every measure of every KPI, and earlier quarters."""
    quarters = [p.period_id for p in monitor.periods.values() if p.period_type == "kwartaal"]
    for page in PAGES:
        yield page, {}
        yield page, {"kwartaal": quarters[-3], "periode": quarters[-3]}
    for kpi in monitor.kpis.values():
        for measure in kpi.measures.values():
            yield "kpi", {"kpi": kpi.id, "meting": measure.id}
        yield "locaties", {"kpi": kpi.id}
    organisations = monitor.organisations.values()
    board = min(o.organisation_id for o in organisations if o.organisation_type == "bestuur")
    for kpi in list(monitor.kpis)[:4]:
        yield "kpi", {"kpi": kpi, "org": board}


def pages(monitor: Monitor) -> Iterator[tuple[str, bytes]]:
    """What the browser gets at each of these addresses."""
    for name, choices in addresses(monitor):
        yield "-".join((name, *choices.values())) + ".txt", page(name, choices).encode()


def page(name: str, choices: dict[str, str]) -> str:
    """One page as it was handed to the browser, without the keys of widgets."""
    module, function = PAGES[name]
    app = AppTest.from_string(f"from {module} import {function}\n{function}()", default_timeout=600)
    for key, value in choices.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, (name, choices, app.exception)
    drawn = "\n".join(told(app._tree))
    behind = "\n".join(told(listed(app, "afspraak_", "andere_", "definitie_", "nergens")._tree))
    assert not app.exception, (name, choices, app.exception)
    return "\n".join((drawn, behind, repr(sorted(app.query_params.items()))))


def told(block: Any) -> Iterator[str]:
    """The elements of a block and what is in it, in order."""
    for child in block.children.values():
        if hasattr(child, "children"):
            yield NAMELESS.sub(r"\1", str(child.proto)) if child.proto else ""
            yield from told(child)
        elif child.type in ("arrow_table", "table", "arrow_data_frame", "dataframe"):
            yield child.value.to_csv()
        else:
            yield f"{child.type}: " + NAMELESS.sub(r"\1", str(child.proto))


PARTS = {"figures": figures, "verdicts": verdicts, "papers": papers, "pages": pages}


def main(store: Path, folder: Path, parts: Sequence[str]) -> None:
    """All of it, or only these parts; a folder per profile."""
    for profile in PROFILES:
        os.environ |= {"KPI_STORE": str(store), "KPI_PROFILE": profile, "KPI_DEMO": "1"}
        monitor, out = open_monitor(), folder / profile
        for part in parts or PARTS:
            for name, content in PARTS[part](monitor):
                path = out / part / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
