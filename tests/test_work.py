"""Workers: a document fails alone, lost work is taken up again, killed servers lose nothing."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import CorruptError, LimitError, ReaderError
from extractor.store import Store
from extractor.work import Crew, is_gone, recover, run_job, worker_name

RESULT: dict[str, Any] = {
    "schema": "1.0",
    "source": {"filename": "a", "sha256": "0", "media_type": "text/plain", "pages": []},
    "record": {"number": "1"},
    "evidence": {},
    "issues": [],
    "engine": {},
}


class Reader:
    """Answers with what it was told, counting."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked = 0

    def extract(self, path: Path, password: str | None, filename: str) -> dict[str, Any]:
        self.asked += 1
        answer = self.answers[min(self.asked, len(self.answers)) - 1]
        if isinstance(answer, BaseException):
            raise answer
        return dict(answer)

    def close(self) -> None:
        pass


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/s.sqlite", fingerprint="f")
    yield opened
    opened.close()


def drain(store: Store, reader: Reader) -> None:
    while (job := store.claim("w")) is not None:
        run_job(store, job, reader)


@pytest.mark.parametrize(
    ("answers", "asked", "status", "code"),
    [
        ((RESULT,), 1, "done", None),
        ((LimitError("Hết bộ nhớ."), RESULT), 2, "done", None),
        ((LimitError("Hết bộ nhớ."),), 2, "failed", "limit"),
        ((CorruptError("Tệp hỏng."),), 1, "failed", "corrupt"),
        ((ValueError("x"),), 2, "failed", "processing"),
    ],
)
def test_a_document_fails_alone(store: Store, answers: Any, asked: int, status: str, code: str | None) -> None:
    identity, _ = store.accept(b"a", "a")
    reader = Reader(*answers)
    drain(store, reader)
    row = store.document(identity)
    assert (reader.asked, row.status, row.error_code) == (asked, status, code)


def test_text_is_kept_beside_the_result(store: Store) -> None:
    identity, _ = store.accept(b"a", "a")
    drain(store, Reader(RESULT | {"text": "toàn văn"}))
    held = store.result(identity)
    assert (held.text, "text" in held.body) == ("toàn văn", False)


def test_dead_workers_are_seen(store: Store) -> None:
    assert not is_gone(worker_name(1))
    assert not is_gone("elsewhere/1/2/3")
    assert not is_gone("backfill")
    child = subprocess.Popen([sys.executable, "-c", "from extractor.work import worker_name; print(worker_name(0))"],
                             stdout=subprocess.PIPE)  # fmt: skip
    name = child.communicate()[0].decode().strip()
    assert is_gone(name)
    store.accept(b"a", "a")
    assert store.claim(name, 600) is not None
    assert recover(store) == 1
    assert store.claim("w") is not None


def test_crew_reads_what_comes_and_stops(store: Store) -> None:
    crew = Crew(store, lambda: Reader(RESULT), 2)
    crew.start()
    for number in range(10):
        store.accept(b"%d" % number, "a")
    crew.wake()
    _until(lambda: store.status_counts() == {"done": 10})
    crew.stop()
    assert crew.running == 0


def _until(done: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "took too long"
        time.sleep(0.02)


SERVER = """
import sys, time
from pathlib import Path
from extractor.store import Store
from extractor.work import Crew

class Reader:
    def extract(self, path, password, filename):
        time.sleep(0.05)
        with open(sys.argv[2], "a") as log:
            log.write(filename + "\\n")
        return {RESULT}
    def close(self): pass

crew = Crew(Store.open(sys.argv[1], fingerprint="f"), Reader, 2, lease_seconds=2)
crew.start()
time.sleep(600)
"""


@pytest.mark.parametrize("count", [50])
def test_killed_servers_lose_nothing_and_double_nothing(tmp_path: Path, count: int) -> None:
    """Fifty documents; the server with its workers is killed ten times at random moments."""
    url = f"sqlite:///{tmp_path}/s.sqlite"
    script = tmp_path / "server.py"
    script.write_text(SERVER.replace("{RESULT}", json.dumps(RESULT)), encoding="utf-8")
    store = Store.open(url, fingerprint="f")
    accepted = [store.accept(b"%d" % number, f"{number}")[0] for number in range(count)]
    chance = random.Random(7)
    command = [sys.executable, str(script), url, str(tmp_path / "log")]
    for _ in range(10):
        server = subprocess.Popen(command)
        time.sleep(0.55 + chance.random() * 0.4)
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
    server = subprocess.Popen(command)
    try:
        _until(lambda: store.status_counts() == {"done": count}, 60)
    finally:
        server.kill()
        server.wait()
    assert sorted(held.document.id for held in store.results()) == sorted(accepted)
    read = [event for one in accepted for event in store.events(one) if event.action == "read"]
    assert len(read) == count
    store.close()


def test_a_machine_that_can_read_nothing_blames_no_document(store: Store) -> None:
    identity, _ = store.accept(b"a", "a.txt")
    job = store.claim("w")
    assert job is not None
    with pytest.raises(ReaderError):
        run_job(store, job, Reader(ReaderError("Không khởi động được.")))
    assert store.document(identity).status == "queued"
    drain(store, Reader(RESULT))
    assert store.document(identity).status == "done"
