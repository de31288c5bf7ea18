"""Worker processes of this machine: lost ones come back, nothing stays behind."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from extractor.backfill import Options, run
from extractor.backfill.cluster import connect, size
from extractor.errors import ReaderError


def _hands() -> list[psutil.Process]:
    found = []
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if "extractor.backfill.hand" in child.cmdline():
                found.append(child)
    return found


def _until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_workers_killed_while_starting_or_working_come_back() -> None:
    with connect(None, 2) as client:
        for _ in range(2):  # the first time they are still starting
            _until(lambda: len(_hands()) == 2)
            killed = _hands()
            for hand in killed:
                hand.kill()
            _until(lambda killed=killed: not {one.pid for one in killed} & {one.pid for one in _hands()})
        _until(lambda: size(client) == 2)
        assert client.submit(len, "abc").result(timeout=30) == 3
    assert _hands() == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.txt").write_text("Số: 1/BC-UBND\n", encoding="utf-8")
    return folder


def test_a_machine_that_can_start_no_reader_is_told(folder: Path) -> None:
    options = Options(folder, str(folder.parent / "s.sqlite"), workers=1, memory=64 << 20, settle=0)
    with pytest.raises(ReaderError, match="bộ nhớ"):
        run(options)
