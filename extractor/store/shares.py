"""The store's face for ranges of pages: each method one transaction."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Engine

from extractor.errors import ExtractorError
from extractor.store import engine, ranges
from extractor.store.model import Job
from extractor.store.ranges import Kept, Range


class Shares:
    """Long documents that are read in ranges of pages. Safe to share between threads."""

    def __init__(self, database: Engine, fingerprint: str) -> None:
        self._engine, self._fingerprint = database, fingerprint

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        options = {engine.FLEETING: True}  # what a power cut takes is read again
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._engine.connect().execution_options(reading=True) as connection, connection.begin():
            yield connection

    def share(self, job: Job, pieces: Iterable[tuple[int, int]]) -> bool:
        """Put a running job aside until its ranges are read; False when it is no longer the worker's."""
        with self._writing() as connection:
            return ranges.share(connection, job, pieces, self._fingerprint)

    def claim(self, worker: str, lease_seconds: float) -> Range | None:
        """The next range, this worker's until the lease runs out; None when there is none."""
        if not self.waiting(1):  # asked after every document: costs no write lock
            return None
        with self._writing() as connection:
            return ranges.claim(connection, worker, lease_seconds, self._fingerprint)

    def heartbeat(self, piece: Range, lease_seconds: float) -> bool:
        """Prolong a lease; False when the range is no longer the worker's."""
        with self._writing() as connection:
            return ranges.heartbeat(connection, piece, lease_seconds)

    def finish(self, piece: Range, body: bytes) -> bool:
        """Keep what was read of a range."""
        with self._writing() as connection:
            return ranges.finish(connection, piece, body)

    def fail(self, piece: Range, error: ExtractorError, retry: bool) -> bool:
        """Count a failed attempt; True when the whole document has failed by it."""
        with self._writing() as connection:
            return ranges.fail(connection, piece, error.code, str(error), retry)

    def kept(self, job: Job) -> Iterator[Kept]:
        """What became of a job's ranges, in page order; nothing for a job that was never shared."""
        with self._reading() as connection:
            yield from ranges.kept(connection, job, self._fingerprint)

    def waiting(self, most: int | None = None) -> int:
        """Ranges queued or running, counted as far as `most`."""
        with self._reading() as connection:
            return ranges.waiting(connection, most)
