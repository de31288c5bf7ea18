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
from extractor.sharing import PAGES, Turns
from extractor.store import Job, Store
from extractor.store.ranges import Range
from extractor.work import heartbeat, run, worker_name


@dataclass(frozen=True, slots=True)
class Task:
    """Where to work and how. `seconds`: no new document is begun after this long.

    `share`: pages of a range; files of more than twice as many are read in ranges, 0 for never.
    """

    database: str
    data: str
    fingerprint: str
    memory: int
    lease: float
    seconds: float = 4.0
    share: int = PAGES


@dataclass(frozen=True, slots=True)
class Outcome:
    """A document's end: `done`, or `failed` for this attempt; `shared` and `range` when it goes on elsewhere."""

    document_id: str
    filename: str
    status: str


def work(task: Task) -> list[Outcome]:
    """Jobs and ranges until there are none or the time is over; empty when there was nothing."""
    store = _store(task.database, task.data, task.fingerprint)
    name, began, outcomes, turns = worker_name(0), time.monotonic(), [], _turns()
    while time.monotonic() - began < task.seconds:
        piece = turns.claim(store, name, task.lease)
        if piece is None:
            break
        with _alive(store, piece, task.lease), turns.spending(piece):
            ended = run(store, piece, _reader(task.memory), share=task.share)
        outcomes.append(Outcome(piece.document_id, piece.filename, ended))
    return outcomes


@functools.cache
def _store(database: str, data: str, fingerprint: str) -> Store:
    return Store.open(database, data, fingerprint)


@functools.cache
def _turns() -> Turns:
    return Turns()


@functools.cache
def _reader(memory: int) -> Worker:
    return Worker(Limits(memory=memory))


@contextlib.contextmanager
def _alive(store: Store, piece: Job | Range, lease: float) -> Iterator[None]:
    over = threading.Event()

    def beat() -> None:
        while not over.wait(lease / 4):
            with contextlib.suppress(Exception):  # the database is away: the next beat tries again
                heartbeat(store, piece, lease)

    thread = threading.Thread(target=beat, daemon=True, name="heartbeat")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
