"""What a worker process does: claim jobs, read them in a limited child process, commit, and say which ids are done.

Nothing of a document travels through the cluster: jobs, originals and results lie in the store, so a task that is run
twice, lost, or run elsewhere changes nothing.
"""

from __future__ import annotations

import contextlib
import functools
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.sandbox import Limits, Worker
from extractor.store import Job, Store
from extractor.work import run_job, worker_name


@dataclass(frozen=True, slots=True)
class Task:
    """Where to work and how. `seconds`: no new document is begun after this long."""

    database: str
    data: str
    fingerprint: str
    memory: int
    lease: float
    seconds: float = 4.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """A document's end: `done`, or `failed` for this attempt."""

    document_id: str
    filename: str
    status: str


def work(task: Task) -> list[Outcome]:
    """Jobs until the queue is empty or the time is over; empty when there was none."""
    store = _store(task.database, task.data, task.fingerprint)
    name, began, outcomes = worker_name(0), time.monotonic(), []
    while time.monotonic() - began < task.seconds:
        job = store.claim(name, task.lease)
        if job is None:
            break
        with _alive(store, job, task.lease):
            done = run_job(store, job, _reader(task.memory))
        outcomes.append(Outcome(job.document_id, job.filename, "done" if done else "failed"))
    return outcomes


@functools.cache
def _store(database: str, data: str, fingerprint: str) -> Store:
    return Store.open(database, data, fingerprint)


@functools.cache
def _reader(memory: int) -> Worker:
    return Worker(Limits(memory=memory))


@contextlib.contextmanager
def _alive(store: Store, job: Job, lease: float) -> Iterator[None]:
    over = threading.Event()

    def beat() -> None:
        while not over.wait(lease / 4):
            with contextlib.suppress(Exception):  # the database is away: the next beat tries again
                store.heartbeat(job, lease)

    thread = threading.Thread(target=beat, daemon=True, name="heartbeat")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
