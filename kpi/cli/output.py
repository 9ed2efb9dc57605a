"""What the command line shows: JSON for programs, lines of Dutch for people."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from data.deliveries.status import StoreStatus
from data.source import Source
from kpi import formatting
from kpi.figure.explain import Explanation
from kpi.figure.export import figure_dict
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult

if TYPE_CHECKING:
    from data.gate.claim import Claim
    from data.gate.import_result import ImportResult

MOST_LINES = 50
NO_FIGURE = (
    "Hier is geen cijfer van. Kijk of de KPI over deze organisatie, periode en maat gaat: "
    "`kpi figures --kpi NAAM` geeft alles wat er is."
)
# For whom a list speaks: the word on the command line, and what it says.
SPEAKS_FOR = {"swv": "swv", "besturen": "boards", "lijst": "locations"}


def show_json(document: Mapping[str, Any]) -> None:
    """One document on stdout."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1, default=_plain)
    sys.stdout.write("\n")


def import_dict(result: "ImportResult") -> dict[str, Any]:
    """What became of one file."""
    question = result.question
    return {
        "file": result.file_name,
        "status": result.status,
        "delivery": result.delivery and result.delivery.delivery_id,
        "source": result.source,
        "period": result.period,
        "rows_read": result.rows_read,
        "rows_stored": result.rows_stored,
        "rows_quarantined": result.rows_quarantined,
        "rows_ignored": result.rows_ignored,
        "ignored": dict(result.ignored),
        "dropped": list(result.dropped),
        "sums": dict(result.sums),
        "notes": list(result.notes),
        "asks": result.asks,
        "question": question and question.message,
        "claim": result.claim and asdict(result.claim),
        "candidates": [asdict(item) for item in question.candidates] if question else [],
        "problem_count": result.problem_count,
        "problems": [{**asdict(item), "message": item.message} for item in result.problems],
    }


def show_import(result: "ImportResult") -> None:
    """The result of one file in lines."""
    rows = formatting.count(result.rows_read, "rijen")
    print(f"{result.file_name}: {result.status}")
    if result.source:
        period = f", periode {result.period}" if result.period else ""
        print(f"  bron {result.source}{period}")
    print(
        f"  {rows} gelezen: {formatting.number(result.rows_stored)} opgeslagen, "
        f"{formatting.number(result.rows_quarantined)} met fouten, "
        f"{formatting.number(result.rows_ignored)} overgeslagen"
    )
    for reason, number in result.ignored.items():
        print(f"  overgeslagen ({reason}): {formatting.number(number)}")
    if result.dropped:
        print(f"  niet opgeslagen kolommen: {', '.join(result.dropped)}")
    for note in result.notes:
        print(f"  {note}")
    if result.claim:
        _show_claim(result.claim)
    if result.delivery:
        print(f"  levering {result.delivery.delivery_id}")
    for problem in result.problems[:MOST_LINES]:
        print(f"  {problem.severity}: {problem.message}")
    if result.problem_count > MOST_LINES:
        more = formatting.number(result.problem_count - MOST_LINES)
        print(f"  en nog {more} meldingen; zie --json")


FLAGS = {
    "sure": "--sure", "since": "--since", "speaks_for": "--speaks-for", "second": "--second",
    "missing": "--missing", "at_once": "--at-once", "two_rows": "--two-rows",
    "sheets": "--sheet, met één of meer namen", "struck": "--struck", "above": "--above",
    "numbers": "--numbers",
}  # fmt: skip


def _show_claim(claim: "Claim") -> None:
    """What the delivery says, and what must be answered, with the option that answers it."""
    print(f"  {claim.sentence}")
    for doubt in claim.doubts:
        print(f"  ? {doubt.text} ({FLAGS[doubt.settled_by]})")
        for value, words in doubt.choices:
            print(f"      {_word(doubt.settled_by, value)}: {words}")
        for row in doubt.rows[:MOST_LINES]:
            print(f"      - {row.about}")


def _word(settled_by: str, value: str) -> str:
    """The word of the command line for an answer."""
    words = {code: word for word, code in SPEAKS_FOR.items()}
    return words[value] if settled_by == "speaks_for" else value


def refusal(result: "ImportResult") -> str:
    """Why a file was not accepted, in one line."""
    if result.question:
        return result.question.message
    if result.asks == "levering" and result.claim:
        asked = result.claim.doubts
        flags = sorted({FLAGS[doubt.settled_by] for doubt in asked})
        flags += ["--missing-on"] if any(doubt.asks_day for doubt in asked) else []
        flags += ["--also-for"] if any(doubt.may_name for doubt in asked) else []
        texts = " ".join(doubt.text for doubt in result.claim.doubts)
        return f"niet opgeslagen. {texts} Antwoord met {' en '.join(flags)}."
    if result.asks == "periode":
        return f"{result.problems[0].message} Geef die mee met --period."
    first = result.problems[0].message if result.problems else "het bestand is geweigerd."
    others = result.problem_count - 1
    more = f" En nog {formatting.count(others, 'meldingen')}." if others > 0 else ""
    return f"niet opgeslagen. {first}{more}"


def source_dict(source: Source) -> dict[str, Any]:
    """What an import must look like."""
    return {
        "id": source.id,
        "label": source.label,
        "publisher": source.publisher,
        "topic": source.topic,
        "purpose": source.purpose,
        "retention_years": source.retention_years,
        "period": source.delivery.period,
        "columns": [
            {
                "id": column.name,
                "label": column.label,
                "headers": list(column.headers),
                "type": column.type,
                "required": column.required,
                "values": {code: list(texts) for code, texts in column.values.items()},
                "note": column.note,
            }
            for column in source.columns.values()
        ],
    }


def show_sources(sources: Mapping[str, Source]) -> None:
    """Every source with its columns; a star marks what must be there."""
    for source in sources.values():
        period = "" if source.delivery.period == "none" else f" (per {source.delivery.period})"
        print(f"{source.id}: {source.label}{period}")
        labels = [item.label + ("*" if item.required else "") for item in source.columns.values()]
        print(f"  {', '.join(labels)}")


def figures_dict(monitor: Monitor, results: Iterable[KpiResult]) -> dict[str, Any]:
    """The figures with where they come from."""
    return {
        "demo": monitor.is_demo,
        "swv": monitor.swv.name,
        "profile": monitor.profile.id,
        "version": monitor.version,
        "warnings": list(monitor.store.doubts),
        "figures": [figure_dict(result, monitor.is_demo) for result in results],
    }


def show_figures(results: Iterable[KpiResult]) -> None:
    """One line per figure; when there is none, that is said beside it."""
    shown = False
    for result in results:
        shown = True
        name = " · ".join(filter(None, (result.measure.label, result.segment_label)))
        extras = filter(None, (result.coverage_text, result.status_text, result.change_text))
        place = f"{result.kpi.label} | {name} | {result.organisation.name} | {result.period.label}"
        print(f"{place} | {result.value_text} | {', '.join(extras)}")
    if not shown:
        print(NO_FIGURE, file=sys.stderr)


def explanation_dict(found: Explanation, is_demo: bool) -> dict[str, Any]:
    """A figure with everything it rests on."""
    return {
        "figure": figure_dict(found.result, is_demo),
        "definition": found.definition,
        "numerator": found.result.numerator,
        "numerator_more": found.result.numerator_more,
        "denominator": found.result.denominator,
        "denominator_more": found.result.denominator_more,
        "sql": found.sql,
        "deliveries": [asdict(item) for item in found.deliveries],
        "rows": [asdict(item) for item in found.rows],
    }


def show_explanation(found: Explanation) -> None:
    """The same in lines; of many rows the first ones."""
    result = found.result
    print(f"{result.kpi.label}: {result.measure.label}")
    for part in (result.segment_label, result.organisation.name, result.when_text):
        if part:
            print(f"  {part}")
    print(f"  {result.value_text} ({result.coverage_text})")
    if result.observed:  # what nobody delivered has no sums
        print(f"  teller {result.numerator_text}", end="")
        print(f", noemer {result.denominator_text}" * result.measure.is_ratio)
    for heading, text in found.definition.items():
        print(f"\n{heading}: {text}")
    print("\nLeveringen:")
    for item in found.deliveries:
        day = formatting.date_text(item.delivered_on)
        rows = formatting.count(item.rows, "rijen")
        print(f"  {item.file_name} ({item.source_label}), geleverd op {day}: {rows}")
    print(f"\nRijen: {formatting.number(len(found.rows))}")
    for row in found.rows[:MOST_LINES]:
        cells = [f"{name} {formatting.cell_text(value)}" for name, value in row.values.items()]
        print(f"  {row.file_name}, {row.sheet}, regel {row.row}: {', '.join(cells)}")
    if len(found.rows) > MOST_LINES:
        print(f"  en nog {formatting.number(len(found.rows) - MOST_LINES)}; zie --json")
    print(f"\nBerekening ({result.kpi.id}/kpi.sql):\n{found.sql}")


def status_dict(status: StoreStatus, is_demo: bool, version: str) -> dict[str, Any]:
    """The state of the store."""
    return {
        "store": str(status.path),
        "demo": is_demo,
        "version": version,
        "undone": status.undone,
        "chain_ok": status.chain_ok,
        "remarks": list(status.remarks),
        "deliveries": [asdict(item) for item in status.deliveries],
    }


def show_status(status: StoreStatus, is_demo: bool) -> None:
    """The same in lines."""
    print(f"Opslag: {status.path}")
    if is_demo:
        print("Getoond worden de verzonnen gegevens.")
    if status.chain_ok:  # or nobody can tell
        print(f"Leveringen: {formatting.number(len(status.deliveries))}", end="")
        print(f", ongedaan gemaakt: {formatting.number(status.undone)}")
    for item in status.deliveries:
        came = formatting.short_date(item.received_on)
        rows = formatting.count(item.rows, "rijen")
        print(f"  {item.delivery_id}: {item.file_name}, {came}, {rows}")
    for remark in status.remarks:
        print(remark)
    if not status.remarks:
        print("De opslag is in orde.")


def _plain(value: object) -> object:
    """What JSON itself has no form for."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    raise TypeError(f"{type(value)} in JSON")
