"""A document that crashes, hangs or bloats its process leaves the others alone."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.errors import CorruptError, ExtractorError, LimitError, ProcessingError
from extractor.sandbox import Limits, Worker
from extractor.sandbox import worker as worker_module

TEXT = "Số: 12/BC-UBND\n\nBÁO CÁO\nKết quả năm 2021\n"
DRILL = "EXTRACTOR_TEST_DRILL"
# The child imports this before the pipeline; a file's content picks what goes wrong while it is read.
SITE = f"""
import os
if os.environ.get({DRILL!r}):
    from extractor import ingest
    import ctypes, time
    real = ingest.read
    def read(path, **options):
        word = path.read_bytes()[:8]
        if word == b"CRASH!!!": ctypes.string_at(0)
        if word == b"HANG!!!!": time.sleep(60)
        if word == b"SPIN!!!!":
            while True: pass
        if word == b"BLOAT!!!": bytearray(64 << 30)
        if word == b"DEEP!!!!": raise RecursionError("deep")
        return real(path, **options)
    ingest.read = read
"""


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    site = tmp_path_factory.mktemp("site")
    (site / "sitecustomize.py").write_text(SITE, encoding="utf-8")
    patch = pytest.MonkeyPatch()
    patch.syspath_prepend(str(site))
    patch.setenv(DRILL, "1")
    yield
    patch.undo()


@pytest.fixture
def worker(drill: None) -> Iterator[Worker]:
    with Worker(Limits(cpu=3, wall=8)) as worker:
        yield worker


def _file(folder: Path, content: str, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def _pid(worker: Worker) -> int:
    assert worker._child is not None
    return worker._child._process.pid


def test_one_process_serves_many(worker: Worker, tmp_path: Path) -> None:
    first = worker.extract(_file(tmp_path, TEXT), filename="báo cáo.txt")
    pid = _pid(worker)
    assert first["record"]["identifier"] == "12/BC-UBND"
    assert first["source"]["filename"] == "báo cáo.txt"
    assert first["text"].startswith("Số: 12/BC-UBND")
    worker.extract(_file(tmp_path, TEXT))
    assert _pid(worker) == pid


@pytest.mark.parametrize(
    ("word", "kind", "says"),
    [
        ("CRASH!!!", ProcessingError, "sập"),
        ("HANG!!!!", LimitError, "8 giây"),
        ("SPIN!!!!", LimitError, "3 giây CPU"),
        ("BLOAT!!!", LimitError, "bộ nhớ"),
        ("DEEP!!!!", ProcessingError, "RecursionError"),
    ],
)
def test_a_bad_document_fails_alone(
    worker: Worker, tmp_path: Path, word: str, kind: type[Exception], says: str
) -> None:
    with pytest.raises(kind, match=rf"xấu\.txt.*{says}"):
        worker.extract(_file(tmp_path, word, "xấu.txt"))
    assert worker.extract(_file(tmp_path, TEXT))["record"]["doc_type"] == "BC"


def test_an_error_of_the_file_comes_through(worker: Worker, tmp_path: Path) -> None:
    with pytest.raises(CorruptError, match=r"a\.txt") as caught:
        worker.extract(_file(tmp_path, ""))
    assert caught.value.hint


def test_a_child_killed_from_outside(worker: Worker, tmp_path: Path) -> None:
    worker.extract(_file(tmp_path, TEXT))
    path = _file(tmp_path, "HANG!!!!")
    threading.Timer(0.5, os.kill, (_pid(worker), signal.SIGKILL)).start()
    with pytest.raises(ProcessingError, match="ngắt từ bên ngoài"):
        worker.extract(path)


def test_a_process_is_replaced_in_time(drill: None, tmp_path: Path) -> None:
    with Worker(Limits(documents=1)) as worker:
        worker.extract(_file(tmp_path, TEXT))
        first = _pid(worker)
        worker.extract(_file(tmp_path, TEXT))
        assert _pid(worker) != first


def test_close_ends_the_child(drill: None, tmp_path: Path) -> None:
    worker = Worker()
    worker.extract(_file(tmp_path, TEXT))
    pid = _pid(worker)
    worker.close()
    time.sleep(0.1)
    assert not Path(f"/proc/{pid}").exists()


def test_a_child_that_cannot_start_blames_no_file(tmp_path: Path) -> None:
    with Worker(Limits(memory=64 << 20)) as worker, pytest.raises(ExtractorError) as caught:
        worker.extract(_file(tmp_path, TEXT, "vô tội.txt"))
    assert "vô tội" not in str(caught.value)


def test_a_child_killed_while_starting_is_replaced(
    drill: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, killed = worker_module._Child, []

    def fragile(limits: Limits) -> object:
        child = real(limits)
        if not killed:
            killed.append(child._process.pid)
            os.kill(child._process.pid, signal.SIGKILL)
        return child

    monkeypatch.setattr(worker_module, "_Child", fragile)
    with Worker() as worker:
        assert worker.extract(_file(tmp_path, TEXT))["record"]["doc_type"] == "BC"
    assert killed
