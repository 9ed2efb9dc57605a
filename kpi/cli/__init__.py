"""The command line: `python -m kpi`."""
