"""Taking in: each path once, each content once."""

import os
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.backfill.intake import Intake
from extractor.backfill.options import Summary
from extractor.backfill.sources import Entry, walk
from extractor.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(str(tmp_path / "store" / "a.sqlite"), fingerprint="f" * 32)
    yield store
    store.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    return folder


def _file(path: Path, data: bytes, age: float = 60) -> None:
    path.write_bytes(data)
    os.utime(path, (time.time() - age, time.time() - age))


def _take(store: Store | None, folder: Path, settle: float = 1, dry_run: bool = False) -> Summary:
    summary = Summary()
    Intake(store, summary, settle, dry_run).take_all(walk(folder))
    return summary


def test_again_is_known(store: Store, folder: Path) -> None:
    _file(folder / "a.txt", b"a")
    _file(folder / "b.txt", b"b")
    assert _take(store, folder).taken == {"accepted": 2}
    assert _take(store, folder).taken == {"known": 2}
    assert store.waiting() == 2


def test_same_content_is_read_once(store: Store, folder: Path) -> None:
    _file(folder / "a.txt", b"same")
    _file(folder / "copy.txt", b"same")
    assert _take(store, folder).taken == {"accepted": 1, "duplicate": 1}
    assert store.waiting() == 1


def test_a_changed_file_comes_again(store: Store, folder: Path) -> None:
    _file(folder / "a.txt", b"one")
    _take(store, folder)
    _file(folder / "a.txt", b"two", age=30)
    assert _take(store, folder).taken == {"accepted": 1}
    assert store.waiting() == 2


def test_a_file_that_has_just_settled_is_taken_at_the_end(store: Store, folder: Path) -> None:
    _file(folder / "a.txt", b"one", age=0)
    assert _take(store, folder, settle=0.3).taken == {"accepted": 1}


def test_a_clock_that_runs_ahead_does_not_hold_a_file_back(store: Store, folder: Path) -> None:
    _file(folder / "a.txt", b"one", age=-3600)
    assert _take(store, folder).taken == {"accepted": 1}


def test_a_file_that_is_still_growing_is_left_for_later(store: Store, folder: Path) -> None:
    _file(folder / "a.txt", b"one")
    entries = list(walk(folder))
    _file(folder / "a.txt", b"one and more", age=0)
    summary = Summary()
    Intake(store, summary, 1).take_all(_growing(folder / "a.txt", entries))
    assert summary.taken == {}
    assert summary.later == [str(folder / "a.txt")]
    assert summary.failed
    assert store.waiting() == 0


def _growing(path: Path, entries: list[Entry]) -> Iterator[Entry]:
    yield from entries
    threading.Timer(0.8, _file, (path, b"one and more and more", 0)).start()


def test_members_of_archives_are_taken(store: Store, folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("x/1.txt", b"1")
        archive.writestr("2.txt", b"2")
    os.utime(folder / "a.zip", (1, 1))
    assert _take(store, folder).taken == {"accepted": 2}
    assert {row.filename for row in store.documents().items} == {"1.txt", "2.txt"}


def test_unreadable_is_noted_and_tried_again(store: Store, folder: Path) -> None:
    (folder / "gone.txt").symlink_to(folder / "nothing")
    summary = _take(store, folder)
    assert summary.taken == {"unreadable": 1}
    assert summary.failed
    _file(folder / "nothing", b"here now")
    assert _take(store, folder).taken == {"accepted": 1, "duplicate": 1}


def test_a_rehearsal_writes_nothing(store: Store, folder: Path) -> None:
    _file(folder / "a.txt", b"a")
    assert _take(store, folder, dry_run=True).taken == {"new": 1}
    assert _take(None, folder, dry_run=True).taken == {"new": 1}
    assert store.waiting() == 0
    assert store.source(str(folder / "a.txt")) is None


def test_an_archive_of_many_is_opened_once(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.zip", "b.zip"):
        with zipfile.ZipFile(folder / name, "w") as archive:
            for number in range(30):
                archive.writestr(f"{number}.txt", f"Số: {number}/BC của {name}")
    opened: list[object] = []
    real = zipfile.ZipFile.__init__

    def counted(self: zipfile.ZipFile, file: object, *rest: object, **more: object) -> None:
        opened.append(file)
        real(self, file, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(zipfile.ZipFile, "__init__", counted)
    Intake(store, Summary(), 0).take_all(walk(folder))
    assert store.waiting() == 60
    assert len(opened) == 4, "each once for its list and once for its members"
