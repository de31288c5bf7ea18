"""Keeps the cluster busy with a small window of tasks, and copes with futures that never end."""

from __future__ import annotations

import time
from collections.abc import Callable

from distributed import Client, Future

from extractor.backfill.cluster import size
from extractor.backfill.patience import Away, Patience
from extractor.backfill.tasks import Outcome, Task, work
from extractor.errors import ReaderError, StorageError
from extractor.store import Store
from extractor.work import recover

_PAUSE = 0.2
_REFUSALS = 4
_FAREWELL = 8.0
"""Seconds for tasks to come home once no job is left: one on a machine that was cut off would take minutes."""
_STALE = 3 * 3600.0
"""Seconds after which a future that says nothing is given up; its job comes back by its lease."""


class Dispatcher:
    """Submits tasks while there are jobs. `on_outcome` is told of each document's end."""

    def __init__(self, client: Client, store: Store, task: Task, on_outcome: Callable[[Outcome], None]) -> None:
        self.client, self.store, self.task, self.on_outcome = client, store, task, on_outcome
        self._flying: dict[Future[list[Outcome]], float] = {}
        self._calm_until = 0.0
        self._refusals = 0
        self._idle_since: float | None = None

    def drain(self, more: Callable[[], bool]) -> None:
        """Work until the queue is empty and `more()` says that nothing will come."""
        patience = Patience()
        while True:
            try:
                if self._step(more):
                    return
                patience.well()
            except Away as error:
                patience.lost(error)

    def _step(self, more: Callable[[], bool]) -> bool:
        """Take what has ended, submit what is wanted; True when all is done."""
        expecting = more()
        self._collect()
        window = 2 * max(1, size(self.client))
        waiting = self.store.waiting(window)
        if waiting or expecting:
            self._idle_since = None
        elif not self._flying or self._idle() > _FAREWELL:
            return True
        self._submit(min(waiting + self.store.shares.waiting(window), window))
        time.sleep(_PAUSE if waiting else _PAUSE * 2)
        return False

    def stop(self) -> None:
        """Forget what was submitted; jobs return to the queue."""
        self.client.cancel(list(self._flying), force=True)
        self._flying.clear()

    def _idle(self) -> float:
        """Seconds since nothing was left to do."""
        self._idle_since = self._idle_since or time.monotonic()
        return time.monotonic() - self._idle_since

    def _submit(self, wanted: int) -> None:
        if time.monotonic() < self._calm_until:
            return
        for _ in range(wanted - len(self._flying)):
            future = self.client.submit(work, self.task, pure=False)
            self._flying[future] = time.monotonic()

    def _collect(self) -> None:
        for future, since in list(self._flying.items()):
            if future.status == "pending" and time.monotonic() - since < _STALE:
                continue
            del self._flying[future]
            self._take(future)
            future.release()

    def _count_refusal(self, future: Future[list[Outcome]]) -> None:
        """Workers that can start no reader, one after the other, are told to the user instead of going round."""
        error = future.exception() if future.status == "error" else None
        if isinstance(error, ReaderError | StorageError):
            self._refusals += 1
            if self._refusals >= _REFUSALS:
                raise error

    def _take(self, future: Future[list[Outcome]]) -> None:
        if future.status != "finished":
            # Lost with its worker, cancelled, or an error outside any document: the job's lease brings it back.
            self._calm_until = time.monotonic() + 1
            self._count_refusal(future)
            recover(self.store)
            return
        self._refusals = 0
        outcomes = future.result()
        for outcome in outcomes:
            self.on_outcome(outcome)
        if not outcomes:
            # What is left is held by others, perhaps by a worker that died: free it if so, and do not spin.
            self._calm_until = time.monotonic() + 1
            recover(self.store)
