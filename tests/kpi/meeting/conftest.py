"""A store made once per test process; a copy of it for the tests of a module that write in one."""

import shutil
from functools import partial

import pytest
from small_bureau import fill, opened


@pytest.fixture(scope="session")
def met_before(tmp_path_factory):
    """Only to be read or copied."""
    return fill(tmp_path_factory.mktemp("vergaderen") / "store")


@pytest.fixture(scope="module")
def now(met_before, tmp_path_factory):
    """A store to write in: a function that gives the monitor as it is now."""
    folder = tmp_path_factory.mktemp("vergaderd") / "store"
    return partial(opened, shutil.copytree(met_before, folder))
