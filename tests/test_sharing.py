"""Long documents read in ranges: the same result, a bad page alone, kills cost no page twice, short ones go on."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from extractor import pipeline
from extractor.errors import LimitError, ProcessingError, TooLargeError
from extractor.ingest.parts import Part
from extractor.store import Job, Store
from extractor.store.ranges import Range
from extractor.work import recover, run, worker_name

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
PARTS = ("ke-hoach-pdf", "quyet-dinh-bang-pdf", "bao-cao-pdf")


def long_pdf(times: int = 2, scan: bool = False) -> bytes:
    """Samples one behind the other."""
    whole = pikepdf.new()
    for _ in range(times):
        for name in (*PARTS, *(["cong-van-scan"] if scan else [])):
            with pikepdf.open(SAMPLES / name / "source.pdf") as piece:
                whole.pages.extend(piece.pages)
    out = io.BytesIO()
    whole.save(out, deterministic_id=True)
    return out.getvalue()


class InProcess:
    """Reads without a child; `bad` pages raise, each call is noted."""

    def __init__(self, bad: dict[int, Exception] | None = None) -> None:
        self.bad, self.asked = bad or {}, []

    def extract(self, path: Path, password: str | None, filename: str) -> dict[str, Any]:
        result, text = pipeline.run_with_text(path, filename=filename, password=password)
        return result.to_dict() | {"text": text}

    def count(self, path: Path, filename: str) -> int:
        return pipeline.count_pages(path, filename=filename)

    def read_part(self, path: Path, filename: str, first: int, last: int) -> str:
        self.asked.append((first, last))
        for page in range(first, last + 1):
            if page in self.bad:
                raise self.bad[page]
        return pipeline.read_part(path, filename=filename, first=first, last=last).dumps()

    def join(self, path: Path, filename: str, folder: Path) -> dict[str, Any]:
        parts = []
        for kept in sorted(folder.iterdir()):
            first, last = map(int, kept.stem.split("-"))
            text = kept.read_text("utf-8")
            parts.append(Part.loads(text) if kept.suffix == ".json" else Part.lost(first, last, text))
        result, text = pipeline.run_joined(path, parts, filename=filename)
        return result.to_dict() | {"text": text}

    def close(self) -> None:
        pass


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/s.sqlite", fingerprint="f")
    yield opened
    opened.close()


def drain(store: Store, reader: InProcess, pages: int = 2) -> list[str]:
    """All work, ranges before documents; what each piece of work ended as."""
    ended = []
    while (piece := store.shares.claim("w", 60) or store.claim("w")) is not None:
        ended.append(run(store, piece, reader, share=pages))
    return ended


def _comparable(result: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in result.items() if key not in ("engine", "text")}


def test_the_result_is_that_of_one_reading(store: Store, tmp_path: Path) -> None:
    data = long_pdf(scan=True)
    path = tmp_path / "dài.pdf"
    path.write_bytes(data)
    whole, text = pipeline.run_with_text(path)
    identity, _ = store.accept(data, "dài.pdf")
    reader = InProcess()
    ended = drain(store, reader)
    assert ended[0] == "shared"
    assert ended[-1] == "done"
    assert reader.asked[:2] == [(1, 2), (3, 4)]
    held = store.result(identity)
    assert _comparable(held.body) == json.loads(json.dumps(_comparable(whole.to_dict())))
    assert held.text == text
    assert held.body["engine"]["ocr"] == whole.to_dict()["engine"]["ocr"]
    assert store.shares.waiting() == 0
    assert list(store.shares.kept(Job(1, identity, "", "", 0, "f", 0, 0, "w"))) == [], "nothing is left lying"


def test_a_page_that_crashes_twice_is_lost_alone(store: Store) -> None:
    identity, _ = store.accept(long_pdf(), "dài.pdf")
    crash = ProcessingError("dài.pdf: tệp làm sập tiến trình đọc (trạng thái -6).", hint="Mở và lưu lại.")
    reader = InProcess({3: crash})
    assert drain(store, reader)[-1] == "done"
    assert reader.asked.count((3, 3)) == 1, "once in its range, once alone"
    held = store.result(identity).body
    assert held["record"]["identifier"]
    assert held["source"]["pages"][2]["text_source"] == "none"
    (issue,) = [one for one in held["issues"] if one["code"] == "page-unreadable"]
    assert "Trang 3 " in issue["message"]
    assert "sập tiến trình đọc" in issue["message"]


@pytest.mark.parametrize(
    ("error", "code"), [(TooLargeError("dài.pdf: trang 3 quá lớn.", hint="Xuất lại."), "too-large")]
)
def test_the_files_own_fault_ends_the_document(store: Store, error: Exception, code: str) -> None:
    identity, _ = store.accept(long_pdf(), "dài.pdf")
    assert drain(store, InProcess({3: error}))[-1] == "failed"
    row = store.document(identity)
    assert (row.status, row.error_code) == ("failed", code)
    assert store.waiting() == store.shares.waiting() == 0


def test_a_document_without_one_readable_page_fails(store: Store) -> None:
    identity, _ = store.accept(long_pdf(), "dài.pdf")
    slow = LimitError("dài.pdf: dùng quá 20 giây CPU.", hint="Tách tệp.")
    drain(store, InProcess(dict.fromkeys(range(1, 99), slow)))
    row = store.document(identity)
    assert row.status == "failed"
    assert "20 giây CPU" in (row.error_message or "")


def test_long_documents_take_turns(store: Store) -> None:
    for times in (2, 3):
        store.accept(long_pdf(times), f"{times}.pdf")
    reader = InProcess()
    for _ in range(2):
        job = store.claim("w")
        assert job is not None
        run(store, job, reader, share=2)
    order = []
    while (piece := store.shares.claim("w", 60)) is not None:
        order.append((piece.filename, piece.first))
    assert order[:4] == [("2.pdf", 1), ("3.pdf", 1), ("2.pdf", 3), ("3.pdf", 3)]


def test_another_program_starts_over(store: Store, tmp_path: Path) -> None:
    identity, _ = store.accept(long_pdf(), "dài.pdf")
    job = store.claim("w")
    assert job is not None
    reader = InProcess()
    assert run(store, job, reader, share=2) == "shared"
    piece = store.shares.claim("w", 60)
    assert piece is not None
    run(store, piece, reader)
    newer = Store.open(f"sqlite:///{tmp_path}/s.sqlite", fingerprint="g")
    assert newer.shares.claim("w", 60) is None, "what the older one read cannot be joined"
    assert drain(newer, reader)[-1] == "done"
    assert newer.document(identity).status == "done"
    newer.close()


def test_a_range_of_a_dead_worker_is_free_at_once(store: Store) -> None:
    store.accept(long_pdf(), "dài.pdf")
    job = store.claim("w")
    assert job is not None
    run(store, job, InProcess(), share=2)
    code = "from extractor.work import worker_name; print(worker_name(0))"
    name = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    first = store.shares.claim(name, 600)
    assert first is not None
    assert recover(store) == 1
    again = store.shares.claim(worker_name(0), 600)
    assert again is not None
    kept = [again] + [piece for piece in iter(lambda: store.shares.claim(worker_name(0), 600), None) if piece]
    assert (first.first, first.last) in [(piece.first, piece.last) for piece in kept]
    assert not store.shares.finish(first, b""), "the dead worker's range is no longer its own"


BACKFILL = """
import os, sys, time
from pathlib import Path
from extractor import ingest, pipeline
real = pipeline.read_part
def read_part(path, *, filename, first, last):
    with open(os.environ["READ_LOG"], "a") as log:
        log.write(f"{first}\\n")
    time.sleep(0.3)
    part = real(path, filename=filename, first=first, last=last)
    with open(os.environ["READ_LOG"], "a") as log:
        log.write(f"ended {first}\\n")
    return part
pipeline.read_part = read_part
"""


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["reader", "coordinator"])
def test_a_kill_costs_only_the_ranges_at_hand(tmp_path: Path, victim: str) -> None:
    folder, site, log = tmp_path / "kho", tmp_path / "site", tmp_path / "log"
    folder.mkdir()
    site.mkdir()
    (site / "sitecustomize.py").write_text(f"import os\nif os.environ.get('READ_LOG'):\n    exec({BACKFILL!r})\n")
    (folder / "dài.pdf").write_bytes(long_pdf(6))
    (folder / "ngắn.txt").write_text("Số: 12/BC-UBND\n\nBÁO CÁO\nKết quả năm 2021\n", encoding="utf-8")
    for path in folder.iterdir():
        os.utime(path, (1_600_000_000, 1_600_000_000))
    environment = os.environ | {"READ_LOG": str(log), "PYTHONPATH": str(site)}
    command = [sys.executable, "-m", "extractor", "backfill", str(folder), "--db", str(tmp_path / "s.sqlite")]
    command += ["--workers", "2", "--share-pages", "2"]
    first = subprocess.Popen(command, env=environment, start_new_session=True, stderr=subprocess.DEVNULL)
    _until(lambda: log.exists() and log.read_text().count("ended") >= 3)
    if victim == "coordinator":
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        assert subprocess.run(command, env=environment, check=False, stderr=subprocess.DEVNULL).returncode == 0
    else:
        _kill_reader(first.pid)
        assert first.wait() == 0
    store = Store.open(str(tmp_path / "s.sqlite"))
    assert store.stats().statuses == {"done": 2}
    ended = [line for line in log.read_text().splitlines() if line.startswith("ended")]
    # A kill may fall between the end of the reading and its being kept: at most the two ranges then at hand.
    assert len(ended) - len(set(ended)) <= 2
    store.close()


def _kill_reader(pid: int) -> None:
    import psutil

    family = psutil.Process(pid).children(recursive=True)
    readers = [one for one in family if "extractor.sandbox.child" in " ".join(one.cmdline())]
    readers[0].kill()


def _until(done: Any, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "took too long"
        time.sleep(0.05)


def test_turns_are_by_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.sharing import Turns

    now = [0.0]
    monkeypatch.setattr("extractor.sharing.time.monotonic", lambda: now[0])

    store.accept(long_pdf(), "dài.pdf")
    job = store.claim("w")
    assert job is not None
    run(store, job, InProcess(), share=2)
    for number in range(6):
        store.accept(b"%d" % number, "a.txt")
    turns, kinds = Turns(), []
    for _ in range(6):
        piece = turns.claim(store, "w", 60)
        assert piece is not None
        with turns.spending(piece):
            now[0] += 20 if isinstance(piece, Range) else 7
        kinds.append("range" if isinstance(piece, Range) else "document")
    assert kinds.count("document") > kinds.count("range") > 0
