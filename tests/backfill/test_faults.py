"""Kills in the middle: everything is accounted for afterwards. (`python -m bench.faults` is the long trial.)"""

from pathlib import Path

import pytest

from bench.archive import make
from bench.faults import Trial, compare, tally

KINDS = {"text": 12, "pdf": 3, "duplicate": 2, "truncated": 1, "zip": 2, "link": 1}


@pytest.mark.slow
def test_nothing_is_lost_or_done_twice(tmp_path: Path) -> None:
    folder, database = tmp_path / "archive", str(tmp_path / "store.sqlite")
    fates = make(folder, 40, seed=3, kinds=KINDS)
    trial = Trial({"worker": 2, "reader": 1, "coordinator": 1}, seed=3, pause=3.0)
    trial.run(folder, database)
    assert compare(database, folder, fates) == {}
    assert sum(tally(database, folder).values()) == len(fates)
    assert trial.killed["worker"] + trial.killed["coordinator"] >= 1


def test_the_comparison_sees_what_is_missing(tmp_path: Path) -> None:
    folder, database = tmp_path / "archive", str(tmp_path / "store.sqlite")
    fates = make(folder, 4, seed=1, kinds={"text": 1})
    assert set(compare(database, folder, fates)) == set(fates)
