"""Verdicts are kept: a second start judges nothing again, and never says anything else."""

import shutil
from datetime import date
from decimal import Decimal

import pytest

from data import kept
from data.deliveries.store import Store
from data.gate.importing import import_file
from data.progress import heard_by
from kpi.figure import results
from kpi.meaning.target import Target, TargetKind
from kpi.opening.demo import FILES
from kpi.opening.opening import forget, open_as_known, open_monitor
from kpi.record.targets import set_target
from kpi.verdict.judged import every_verdict, judge_all, verdict
from kpi.verdict.kept import KIND

RESERVE = ("reserve", "ratio", "")


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A store with some years of reserves, and all verdicts on them as judged without a file."""
    path = tmp_path_factory.mktemp("oordelen") / "store"
    store = Store(path)
    assert import_file(store, FILES / "00-vestigingen.xlsx", isolated=False).accepted
    for year in (2020, 2021, 2022, 2023, 2024):
        file = FILES / f"vermogen-{year}.xlsx"
        assert import_file(store, file, period=str(year), isolated=False).accepted
    return path, judged_without_a_file(path)


@pytest.fixture
def store(filled, tmp_path):
    """A copy of that store of which the verdicts were kept."""
    path = shutil.copytree(filled[0], tmp_path / "store")
    judge_all(opened(path))
    forget(path)
    return path


def opened(path):
    return open_monitor(store=path, profile="groningen_stad", demo=False)


def again(path):
    """Opened as another process would."""
    forget(path)
    return opened(path)


def judged_without_a_file(path):
    (path / kept.FOLDER).touch()  # a folder that cannot be made: nothing is kept
    found = dict(every_verdict(again(path)))
    (path / kept.FOLDER).unlink()
    forget(path)
    assert found
    return found


def files(path):
    return {file.name: file.stat().st_ino for file in (path / kept.FOLDER).glob(f"{KIND}-*")}


def ceiling(amount):
    return Target(
        "reserve", "ratio", TargetKind.AT_MOST, amount=Decimal(amount), origin="ALV",
        valid_from=date(2020, 1, 1),
    )  # fmt: skip


def test_the_second_time_nothing_is_judged_and_all_is_the_same(store, filled):
    before, monitor = files(store), again(store)
    judge_all(monitor)
    assert monitor.verdicts == {}, "read when somebody asks"
    (figure,) = results.figures(monitor, "reserve", "SWV", "2024", "ratio")
    assert verdict(monitor, figure) == filled[1][figure.series]["2024"]
    assert monitor.verdicts.keys() == {figure.series}
    assert every_verdict(monitor) == filled[1]
    assert files(store) == before


def test_a_page_is_served_before_everything_is_judged(store, filled):
    shutil.rmtree(store / kept.FOLDER)
    monitor = again(store)
    (figure,) = results.figures(monitor, "reserve", "SWV", "2024", "ratio")
    assert verdict(monitor, figure) == filled[1][figure.series]["2024"]
    assert monitor.verdicts.keys() == {figure.series}


def test_another_target_is_judged_again_and_the_rest_is_read(store, filled, tmp_path):
    set_target(again(store), ceiling(100))
    monitor = again(store)
    judge_all(monitor)
    assert {key.target_key for key in monitor.verdicts} == {RESERVE}
    bare = shutil.copytree(store, tmp_path / "kaal", ignore=shutil.ignore_patterns(kept.FOLDER))
    expected = judged_without_a_file(bare)
    assert expected != filled[1]
    assert every_verdict(monitor) == expected
    after = again(store)
    judge_all(after)
    assert after.verdicts == {}, "what was judged again was kept, with the rest"
    assert every_verdict(after) == expected


def test_an_earlier_state_does_not_read_the_verdicts_of_later(store, filled):
    monitor = again(store)
    before = len(monitor.store.lines())
    set_target(monitor, ceiling(100))
    later = again(store)
    judge_all(later)
    earlier = open_as_known(later, before)
    assert every_verdict(earlier) == filled[1]


def test_a_file_of_which_a_bit_fell_over_is_not_read(store, filled):
    (name,) = files(store)
    path = store / kept.FOLDER / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    monitor = again(store)
    judge_all(monitor)
    assert monitor.verdicts == filled[1]
    assert every_verdict(again(store)) == filled[1]


def test_other_figures_are_judged_anew(store, filled):
    own = Store(store)
    own.undo(own.deliveries()[-1].delivery_id, "Proef", "fout")
    monitor = again(store)
    judge_all(monitor)
    assert monitor.verdicts
    assert monitor.verdicts != filled[1]


def test_it_tells_how_far_it_is(store):
    shutil.rmtree(store / kept.FOLDER)
    monitor, heard = again(store), []
    with heard_by(lambda part, text: heard.append(text)):
        judge_all(monitor)
    of = len(monitor.kpis)
    assert heard == [f"De cijfers worden beoordeeld: {done} van {of} KPI's." for done in range(of)]
