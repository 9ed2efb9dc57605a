"""Texts of a plan: where it comes from."""

from kpi.figure.monitor import Monitor


def origin(monitor: Monitor, document: str) -> str:
    """Where a plan comes from; in the made-up SWV also that the plan is a real one."""
    real = " In onze woorden; dit plan is niet verzonnen." if monitor.is_demo else ""
    return f"Bron: {document}.{real}"
