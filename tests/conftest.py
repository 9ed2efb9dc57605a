"""What holds for every test: random examples are the same every time, and none has a deadline.

No test is run again when it fails. An act in the browser may be (tests/browser/acting.py); the run
says at its end which were.

The gate must say the same thing twice, also on a slow machine. For new examples each time:
`pytest --hypothesis-profile=default`.
"""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "gate", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("gate")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name every act in the browser that only worked when it was done again."""
    reports = [report for kind in terminalreporter.stats.values() for report in kind]
    lines = [
        f"{report.nodeid}: {act}"
        for report in reports
        if getattr(report, "when", "") == "teardown"
        for name, act in report.user_properties
        if name == "repeated"
    ]
    if lines:
        terminalreporter.section("in de browser opnieuw gedaan, daarna gelukt of niet")
        terminalreporter.write_line("\n".join(lines))
