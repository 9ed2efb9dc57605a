"""The command line on a store, as somebody gives commands one after another."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kpi.cli.main import main

Command = Callable[..., tuple[int, str]]


def commanded(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Gives (exit code, everything that was said) for the words of a command."""

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setenv("KPI_STORE", str(store))
        code = main(list(arguments))
        said = capsys.readouterr()
        return code, said.out + said.err

    return run
