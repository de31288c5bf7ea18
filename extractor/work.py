"""Workers of a server: threads that claim jobs, each with a limited child process that does the reading.

A document that kills its child is tried once more, then fails alone. What a killed server left behind is taken up
again: at once when the old process is seen to be gone on this machine, otherwise when its lease runs out.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, Protocol

from extractor.errors import ExtractorError, InputError, ProcessingError, ReaderError, StorageError
from extractor.sharing import PAGES, PartReader, Turns, is_candidate, joined, run_range, share_out
from extractor.store import Job, Store
from extractor.store.ranges import Range

LEASE_SECONDS = 60.0
IDLE_SECONDS = 0.5
TEXT_KEY = "text"
Ended = Literal["done", "failed", "shared", "range"]
_log = logging.getLogger("extractor.work")


class Extractor(PartReader, Protocol):
    """A child process that reads one document, or some of its pages, at a time under limits."""

    def extract(self, path: Path, password: str | None, filename: str) -> dict[str, Any]:
        """A result as the contract spells it; raises the errors of the library."""
        ...

    def close(self) -> None:
        """End the child process."""
        ...


def worker_name(number: int) -> str:
    """Host, process, the moment the process started, and a number: enough to see that it is gone."""
    return f"{socket.gethostname()}/{os.getpid()}/{_started(os.getpid())}/{number}"


def _started(pid: int) -> str:
    """When a process started, in clock ticks since boot; empty when there is none."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return ""
    return fields[19]


def is_gone(name: str) -> bool:
    """Whether a worker of this machine has ended; False for those of other machines."""
    parts = name.split("/")
    if len(parts) != 4 or parts[0] != socket.gethostname() or not parts[1].isdigit():
        return False
    return _started(int(parts[1])) != parts[2]


def recover(store: Store) -> int:
    """Queue again what dead workers of this machine held, and remove the files they had begun to write."""
    store.blobs.tidy()
    return sum(store.release(name) for name in store.workers() if is_gone(name))


def run(store: Store, piece: Job | Range, extractor: Extractor, password: str | None = None, share: int = 0) -> Ended:
    """Do a claimed job or range to its end. `range` and `shared`: the document goes on later."""
    if isinstance(piece, Range):
        return "failed" if run_range(store, piece, extractor) else "range"
    done = run_job(store, piece, extractor, password, share)
    return "shared" if done is None else "done" if done else "failed"


def run_job(store: Store, job: Job, extractor: Extractor, password: str | None = None, share: int = 0) -> bool | None:
    """Do a claimed job to its end; True when it gave a result, False when it failed for good.

    None when it goes on later: shared out in ranges of `share` pages, or to be tried once more.

    Raises ReaderError or StorageError, the job back in the queue, where this machine can read nothing at all.
    """
    try:
        result = _result(store, job, extractor, password, share)
    except (ReaderError, StorageError):
        store.release(job.worker)
        raise
    except OSError as error:  # of this machine's disk or process table: no document's fault
        store.release(job.worker)
        raise StorageError.of(error) from error
    except InputError as error:
        store.fail(job, error)
        return False
    except ExtractorError as error:
        return _failed(store, job, error, retry=isinstance(error, ProcessingError))
    except Exception:
        _log.exception("unexpected failure on document %s", job.document_id)
        unknown = ProcessingError("Lỗi bất ngờ khi đọc tệp.", hint="Báo người phát triển, kèm tệp.")
        return _failed(store, job, unknown, retry=True)
    if result is None:
        return None
    text = result.pop(TEXT_KEY, None)
    return store.finish(job, result, text)


def _result(store: Store, job: Job, extractor: Extractor, password: str | None, share: int) -> dict[str, Any] | None:
    """The result of a document, joined when it had been shared out; None when it has been now."""
    with store.blobs.path(job.sha256) as path:
        if password is None and is_candidate(job, path, share):
            result = joined(store, job, path, extractor)
            if result is not None:
                return result
            if share_out(store, job, path, extractor, share):
                return None
        return extractor.extract(path, password, job.filename)


def _failed(store: Store, job: Job, error: ExtractorError, *, retry: bool) -> bool | None:
    return False if store.fail(job, error, retry=retry) else None


def heartbeat(store: Store, piece: Job | Range, lease_seconds: float) -> bool:
    """Prolong the lease of what is being worked on; False when it is no longer the worker's."""
    if isinstance(piece, Range):
        return store.shares.heartbeat(piece, lease_seconds)
    return store.heartbeat(piece, lease_seconds)


class Crew:
    """Worker threads over one store. `start` takes up old work first; `stop` lets running documents finish."""

    def __init__(
        self,
        store: Store,
        make: Callable[[], Extractor],
        size: int,
        lease_seconds: float = LEASE_SECONDS,
        share: int = PAGES,
    ) -> None:
        self.store, self.size, self.lease_seconds, self.share = store, size, lease_seconds, share
        self._make = make
        self._stop = threading.Event()
        self._wake = threading.Condition()
        self._active: dict[int, Job | Range] = {}
        self._passwords: dict[str, str] = {}
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start all threads."""
        recover(self.store)
        self._threads = [threading.Thread(target=self._work, args=(n,), daemon=True) for n in range(self.size)]
        self._threads.append(threading.Thread(target=self._beat, daemon=True))
        for thread in self._threads:
            thread.start()

    def remember(self, document_id: str, password: str) -> None:
        """A document's password for its next reading. It is kept in memory until then and never written down."""
        self._passwords[document_id] = password

    def wake(self) -> None:
        """There is new work."""
        with self._wake:
            self._wake.notify_all()

    def stop(self, timeout: float = 15.0) -> None:
        """Finish what runs, then end; what does not finish in time is taken up at the next start."""
        self._stop.set()
        self.wake()
        end = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    @property
    def running(self) -> int:
        """How many documents are being read."""
        return len(self._active)

    def _work(self, number: int) -> None:
        name, turns = worker_name(number), Turns()
        with contextlib.closing(self._make()) as extractor:
            while not self._stop.is_set():
                try:
                    if not self._one(name, number, extractor, turns):
                        with self._wake:
                            self._wake.wait(IDLE_SECONDS)
                except Exception:  # the database is away for a moment: the lease brings the job back
                    _log.exception("worker %s could not go on", name)
                    self._stop.wait(IDLE_SECONDS * 4)

    def _one(self, name: str, number: int, extractor: Extractor, turns: Turns) -> bool:
        piece = turns.claim(self.store, name, self.lease_seconds)
        if piece is None:
            return False
        self._active[number] = piece
        try:
            with turns.spending(piece):
                run(self.store, piece, extractor, self._passwords.pop(piece.document_id, None), self.share)
        finally:
            self._active.pop(number, None)
        return True

    def _beat(self) -> None:
        while not self._stop.wait(self.lease_seconds / 4):
            for piece in list(self._active.values()):
                try:
                    heartbeat(self.store, piece, self.lease_seconds)
                except Exception:
                    _log.exception("no heartbeat for document %s", piece.document_id)
