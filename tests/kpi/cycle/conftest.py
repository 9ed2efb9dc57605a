"""Stores made once per test process and copied for every test that writes in one."""

import pytest
from copies import copy_with_figures
from small_quarter import FIRST, close_it, copy_of, deliver, make_ready, opened

from kpi.opening.opening import forget


@pytest.fixture(autouse=True)
def forget_copies(tmp_path):
    """Every copy would stay open, with its figures in memory."""
    yield
    forget(tmp_path)


@pytest.fixture(scope="session")
def ready_store(tmp_path_factory):
    """A store in which nothing stands in the way of closing; only to be copied."""
    folder = tmp_path_factory.mktemp("klaar") / "store"
    deliver(folder, *FIRST)
    make_ready(folder)
    return folder


@pytest.fixture(scope="session")
def closed_store(tmp_path_factory, ready_store):
    """The same after closing; only to be copied."""
    folder = copy_of(ready_store, tmp_path_factory.mktemp("dicht") / "store")
    close_it(folder)
    return folder


@pytest.fixture
def ready(ready_store, tmp_path):
    """A copy of the store before closing."""
    return copy_with_figures(opened(ready_store), tmp_path / "klaar")


@pytest.fixture
def closed(closed_store, tmp_path):
    """A copy of the store after closing."""
    return copy_with_figures(opened(closed_store), tmp_path / "dicht")
