"""Disks that are full or away, clocks that jump, archives still being copied: no document is blamed, none is lost."""

from __future__ import annotations

import errno
import io
import os
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from extractor.backfill.intake import Intake
from extractor.backfill.options import Summary
from extractor.backfill.sources import walk
from extractor.errors import StorageError
from extractor.store import Job, Store
from extractor.store import queue as queue_module
from extractor.work import run_job

RESULT: dict[str, Any] = {
    "record": {"number": "1"},
    "evidence": {},
    "issues": [],
    "engine": {},
    "source": {"pages": []},
}


class Reader:
    """Answers with a result, or raises what it was given."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    def extract(self, path: Path, password: str | None, filename: str) -> dict[str, Any]:
        if self.error is not None:
            raise self.error
        return dict(RESULT)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/s.sqlite", fingerprint="f")
    yield opened
    opened.close()


def _claimed(store: Store) -> Job:
    job = store.claim("w")
    assert job is not None
    return job


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("error", [FULL, OSError(errno.EIO, "Input/output error"), StorageError.of(FULL)])
def test_a_full_disk_blames_no_document(store: Store, error: Exception) -> None:
    identity, _ = store.accept(b"a", "a.txt")
    for _ in range(3):  # more often than a document is tried
        with pytest.raises(StorageError) as caught:
            run_job(store, _claimed(store), Reader(error))  # type: ignore[arg-type]
        assert caught.value.hint
    assert store.document(identity).status == "queued"
    assert run_job(store, _claimed(store), Reader())  # type: ignore[arg-type]


def test_a_storage_that_is_away_blames_no_document(store: Store, tmp_path: Path) -> None:
    identity, _ = store.accept(b"a", "a.txt")
    (tmp_path / "originals").rename(tmp_path / "away")
    with pytest.raises(StorageError, match="originals"):
        run_job(store, _claimed(store), Reader())  # type: ignore[arg-type]
    (tmp_path / "away").rename(tmp_path / "originals")
    assert run_job(store, _claimed(store), Reader())  # type: ignore[arg-type]
    assert store.document(identity).status == "done"


class _FullFile(io.FileIO):
    def write(self, data: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def _full_at(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    real = Path.open

    def opened(self: Path, mode: str = "r", *rest: Any, **options: Any) -> Any:
        if folder in self.parts and "w" in mode:
            return _FullFile(self, "w")
        return real(self, mode, *rest, **options)

    monkeypatch.setattr(Path, "open", opened)


def test_no_room_for_originals_stops_the_intake(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"Số: {number}/BC", encoding="utf-8")
    summary = Summary()
    _full_at(monkeypatch, "incoming")
    with pytest.raises(StorageError, match="Hết chỗ"):
        Intake(store, summary, 0).take_all(walk(folder))
    assert summary.problems == [], "the files are well"
    assert list((tmp_path / "originals" / "incoming").iterdir()) == []
    monkeypatch.undo()
    Intake(store, summary, 0).take_all(walk(folder))
    assert store.waiting() == 3


def test_an_upload_without_room_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    _full_at(monkeypatch, "incoming")
    with pytest.raises(StorageError, match="Hết chỗ"):
        store.accept(b"a", "a.txt")
    monkeypatch.undo()
    assert store.accept(b"a", "a.txt")[1] is False


def test_an_archive_that_is_still_being_copied(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "Số: 1/BC")
        archive.writestr("b.txt", "Số: 2/BC")
    path = folder / "kho.zip"
    path.write_bytes(packed.getvalue()[:60])
    threading.Timer(0.3, path.write_bytes, (packed.getvalue(),)).start()
    summary = Summary()
    intake = Intake(store, summary, 1.0)
    real = time.sleep

    def settle(seconds: float) -> None:
        real(seconds)
        os.utime(path, (time.time() - 60, time.time() - 60))

    time_module = pytest.MonkeyPatch()
    time_module.setattr("extractor.backfill.intake.time.sleep", settle)
    intake.take_all(walk(folder))
    time_module.undo()
    assert (summary.problems, store.waiting()) == ([], 2)


def test_a_clock_that_jumps_ahead_doubles_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    identity, _ = store.accept(b"a", "a.txt")
    first = _claimed(store)
    later = time.time() + 3600
    monkeypatch.setattr(queue_module.time, "time", lambda: later)
    second = store.claim("w2")
    assert second is not None
    assert store.finish(second, dict(RESULT))
    assert not store.finish(first, dict(RESULT))
    assert [event.action for event in store.events(identity)].count("read") == 1


def test_the_same_file_from_many_sides_at_once(store: Store) -> None:
    given: list[tuple[str, bool]] = []

    def submit() -> None:
        stream: BinaryIO = io.BytesIO(b"x" * 100_000)
        given.append(store.accept(stream, "a.txt"))

    threads = [threading.Thread(target=submit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({identity for identity, _ in given}) == 1
    assert sorted(known for _, known in given) == [False] + [True] * 7
    assert store.waiting() == 1
