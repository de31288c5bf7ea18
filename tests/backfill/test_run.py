"""A backfill from folder to store: resumable, exact, contained."""

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.backfill import Options, run
from extractor.backfill.report import as_csv, as_page, as_text, failures, sections
from extractor.errors import ConfigurationError, InputError
from extractor.store import Store

TEXT = "Số: {number}/BC-UBND\n\nBÁO CÁO\nKết quả năm 2021\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(1, 6):
        (folder / f"{number:02}.txt").write_text(TEXT.format(number=number), encoding="utf-8")
    (folder / "twin.txt").write_text(TEXT.format(number=1), encoding="utf-8")
    (folder / "hỏng.pdf").write_bytes(b"%PDF-1.7 truncated")
    (folder / "empty.txt").write_bytes(b"")
    for path in folder.iterdir():
        os.utime(path, (time.time() - 60, time.time() - 60))
    return folder


def _options(folder: Path, **more: object) -> Options:
    return Options(folder, str(folder.parent / "store.sqlite"), workers=1, **more)  # type: ignore[arg-type]


def test_everything_is_accounted_for_and_nothing_twice(folder: Path) -> None:
    summary = run(_options(folder))
    assert summary.taken == {"accepted": 7, "duplicate": 1}
    assert summary.read == {"done": 5, "failed": 2}
    store = Store.open(_options(folder).database)
    try:
        _check_store(store, folder)
        again = run(_options(folder))
        assert again.taken == {"known": 8}
        assert again.read == {}
        assert store.stats().statuses == {"done": 5, "failed": 2}
    finally:
        store.close()


def _check_store(store: Store, folder: Path) -> None:
    numbers = sorted(stored.record["identifier"] for stored in store.results())
    assert numbers == [f"{number}/BC-UBND" for number in range(1, 6)]
    failed = failures(store, folder)
    assert [Path(item.path).name for item in failed] == ["empty.txt", "hỏng.pdf"]
    assert all(item.message for item in failed)
    parts = sections(store)
    assert ("BC", 5) in next(part.rows for part in parts if part.title == "Loại văn bản")
    summary = run(_options(folder, dry_run=True))
    assert "hỏng.pdf" in as_text(summary, parts, failed)
    assert "Loại văn bản,BC,5," in as_csv(parts, failed)
    assert "hỏng.pdf" in as_page(summary, parts, failed)


def test_a_rehearsal_leaves_no_database(folder: Path) -> None:
    options = _options(folder, dry_run=True)
    assert run(options).taken == {"new": 8}
    assert not Path(options.database).exists()


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Không có thư mục"):
        run(Options(tmp_path / "nowhere", str(tmp_path / "a.sqlite")))


def test_a_far_cluster_wants_a_server_database(folder: Path) -> None:
    with pytest.raises(ConfigurationError, match="PostgreSQL"):
        run(_options(folder, cluster="tcp://archive.example:8786"))


def test_file_names_cannot_run_in_a_spreadsheet(folder: Path) -> None:
    from extractor.backfill.report import Failure

    assert "'=cmd" in as_csv((), [Failure("=cmd|x", "corrupt", "hỏng")])


def test_a_watch_takes_in_what_comes_until_it_is_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["extractor.backfill.run"], "_WATCH_SECONDS", 0.2)
    stop, found = threading.Event(), []
    options = _options(folder, watch=True, settle=0.1)
    thread = threading.Thread(target=lambda: found.append(run(options, stop)))
    thread.start()
    store = Store.open(options.database)
    try:
        _until(lambda: store.status_counts().get("done") == 5)
        (folder / "mới.txt").write_text(TEXT.format(number=9), encoding="utf-8")
        _until(lambda: store.status_counts().get("done") == 6)
    finally:
        stop.set()
        thread.join(60)
        store.close()
    assert found[0].read == {"done": 6, "failed": 2}


def _until(true: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)
