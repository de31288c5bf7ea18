"""The store's public face: one object over the database and the originals."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Engine, func, select, update

from extractor.errors import ExtractorError
from extractor.store import access, engine, intake, ledger, query, queue, ranges, review, schema
from extractor.store.blobs import Blobs, Source, digest
from extractor.store.model import (
    ApiKey,
    DocumentRow,
    Event,
    Filters,
    Job,
    KeyRole,
    RecordView,
    Review,
    Slice,
    Stats,
    StoredResult,
)
from extractor.store.naming import data_place
from extractor.store.shares import Shares
from extractor.store.statistics import collect, count_by_status

SYSTEM = "system"


class Store:
    """Documents, originals, results, corrections, jobs, keys and the audit trail. Safe to share between threads."""

    def __init__(self, database: Engine, blobs: Blobs, fingerprint: str) -> None:
        self.engine = database
        self.blobs = blobs
        self.fingerprint = fingerprint
        self.shares = Shares(database, fingerprint)

    @classmethod
    def open(cls, url: str, data: str | Path | None = None, fingerprint: str | None = None) -> Store:
        """Open, and create or migrate where needed.

        `data`: folder or fsspec URL of the originals, remembered in the database after the first time; by default
        `originals` beside an SQLite file. `fingerprint`: the pipeline's, by default that of this installation.
        """
        if fingerprint is None:
            from extractor.store.fingerprint import pipeline_fingerprint  # loads every rule file

            fingerprint = pipeline_fingerprint()
        database = engine.connect(url)
        with database.begin() as connection:
            place = data_place(connection, database, data)
        return cls(database, Blobs(place), fingerprint)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self.engine.connect().execution_options(reading=True) as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def _fleeting(self) -> Iterator[Connection]:
        """A transaction whose loss in a power cut only means that the work is done again."""
        with self.engine.connect().execution_options(**{engine.FLEETING: True}) as connection, connection.begin():
            yield connection

    # Documents

    def accept(self, source: Source, filename: str, who: str = SYSTEM) -> tuple[str, bool]:
        """Keep a file and queue it; both are durable on return. Gives its id and whether the bytes were known."""
        sha256, size = digest(source)
        self.blobs.put(source, sha256)
        with self.engine.begin() as connection:
            return intake.accept(connection, self.fingerprint, who, sha256, size, filename)

    def accept_many(self, deliveries: Sequence[intake.Delivery], who: str = SYSTEM) -> list[str]:
        """Keep staged files, queue them and note their paths, in one transaction; durable on return."""
        self.blobs.keep([delivery.staged for delivery in deliveries])
        with self.engine.begin() as connection:
            return [intake.deliver(connection, self.fingerprint, who, delivery) for delivery in deliveries]

    def find(self, sha256: str) -> DocumentRow | None:
        """The document with these bytes."""
        with self._reading() as connection:
            wanted = select(schema.documents.c.id).where(schema.documents.c.sha256 == sha256)
            identity = connection.execute(wanted).scalar_one_or_none()
            return None if identity is None else review.document(connection, identity)

    def document(self, document_id: str) -> DocumentRow:
        """A document; raises `NotFoundError`."""
        with self._reading() as connection:
            return review.document(connection, document_id)

    def documents(self, filters: Filters | None = None, limit: int = 50, cursor: str | None = None) -> Slice:
        """Documents, newest first."""
        with self._reading() as connection:
            return query.list_documents(connection, filters or Filters(), limit, cursor)

    def count(self, filters: Filters | None = None) -> int:
        """How many documents the filters leave."""
        with self._reading() as connection:
            return query.count_documents(connection, filters or Filters())

    def products(self, filters: Filters | None = None, limit: int = 50, cursor: str | None = None) -> Slice:
        """Products of all documents, newest first."""
        with self._reading() as connection:
            return query.list_products(connection, filters or Filters(), limit, cursor)

    def original(self, document_id: str) -> BinaryIO:
        """The file as it came, byte for byte."""
        return self.blobs.open(self.document(document_id).sha256)

    # Results and corrections

    def result(self, document_id: str) -> StoredResult:
        """The current result; raises `NotFoundError` while there is none."""
        with self._reading() as connection:
            row = review.document(connection, document_id)
            wanted = select(schema.results).where(schema.results.c.id == row.result_id)
            found = connection.execute(wanted).one_or_none()
            body, words = review.body(connection, row)
            assert found is not None
            record, _ = review.effective(connection, row, body["record"])
            return StoredResult(row, body, record, found.fingerprint, found.created_at, words)

    def results(self, filters: Filters | None = None, size: int = 100) -> Iterator[StoredResult]:
        """Every done document's result, oldest first, in constant memory."""
        with self._reading() as connection:
            for row in query.result_rows(connection, filters or Filters(), size):
                known = query.document_row(row)
                record = row.body["record"]
                if known.review != "open" or known.differences:
                    record, _ = review.effective(connection, known, record)
                yield StoredResult(known, row.body, record, row.fingerprint, row.created_at, row.text)

    def record(self, document_id: str) -> RecordView:
        """The record as corrected, its corrections, and where a newer reading differs."""
        with self._reading() as connection:
            return review.view(connection, document_id)

    def correct(
        self, document_id: str, patch: list[dict[str, Any]], who: str, version: int | None = None
    ) -> RecordView:
        """Keep a JSON Patch beside the record. `version` as last seen, or None for whatever it is now."""
        with self.engine.begin() as connection:
            review.patch(connection, document_id, patch, version, who)
            access.record_event(connection, who, "corrected", document_id, patch=patch)
            return review.view(connection, document_id)

    def set_review(self, document_id: str, state: Review, who: str, version: int | None = None) -> DocumentRow:
        """Mark a document as `confirmed`, or `open` again."""
        with self.engine.begin() as connection:
            review.set_review(connection, document_id, state, version)
            access.record_event(connection, who, f"review-{state}", document_id)
            return review.document(connection, document_id)

    # Jobs

    def reprocess(self, document_id: str, who: str = SYSTEM) -> bool:
        """Queue a document to be read again by this pipeline; False when it is waiting already."""
        with self.engine.begin() as connection:
            review.document(connection, document_id, lock=True)
            queued = queue.enqueue(connection, document_id, self.fingerprint, again=True)
            if queued:
                queue.mark(connection, document_id, "queued")
                access.record_event(connection, who, "reprocess", document_id)
            return queued

    def stale(self) -> Iterator[str]:
        """Documents that this pipeline has never been asked to read."""
        cursor, filters = None, Filters(stale_for=self.fingerprint)
        while True:
            part = self.documents(filters, 500, cursor)
            yield from (row.id for row in part.items)
            cursor = part.next
            if cursor is None:
                return

    def claim(self, worker: str, lease_seconds: float = 60.0) -> Job | None:
        """The next job, this worker's until the lease runs out; None when there is nothing to do."""
        with self._fleeting() as connection:
            return queue.claim(connection, worker, lease_seconds, self.fingerprint)

    def heartbeat(self, job: Job, lease_seconds: float = 60.0) -> bool:
        """Prolong a lease; False when the job is no longer the worker's: stop working on it."""
        with self._fleeting() as connection:
            return queue.heartbeat(connection, job, lease_seconds)

    def finish(self, job: Job, result: Mapping[str, Any], text: str | None = None) -> bool:
        """Keep a result and close its job in one transaction; False when it was closed or taken over already."""
        with self._fleeting() as connection:
            if not queue.complete(connection, job):
                return False
            ranges.clear(connection, job.id)
            review.save_result(connection, job.document_id, job.fingerprint, result, text)
            access.record_event(connection, SYSTEM, "read", job.document_id, fingerprint=job.fingerprint)
            return True

    def fail(self, job: Job, error: ExtractorError, retry: bool = False) -> bool:
        """Count a failed attempt; with `retry` it is tried once more. True: failed for good."""
        with self._fleeting() as connection:
            final = queue.fail(connection, job, error.code, str(error), retry)
            if final:
                ranges.clear(connection, job.id)
                access.record_event(connection, SYSTEM, "failed", job.document_id, code=error.code)
            return final

    def release(self, worker: str) -> int:
        """Queue again at once what a dead worker held."""
        with self.engine.begin() as connection:
            return queue.release(connection, worker) + ranges.release(connection, worker)

    def workers(self) -> list[str]:
        """Names of the workers that hold jobs or ranges."""
        with self._reading() as connection:
            return sorted({*queue.workers(connection), *ranges.workers(connection)})

    def waiting(self, most: int | None = None) -> int:
        """Jobs queued or running, counted as far as `most`."""
        with self._reading() as connection:
            return queue.waiting(connection, most)

    def settle(self) -> None:
        """On return all that was committed outlives a power cut."""
        with self.engine.begin() as connection:
            connection.execute(update(schema.meta).values(value=schema.meta.c.value))

    # Sources of a backfill

    def source(self, path: str) -> ledger.Seen | None:
        """What the ledger knows of a path."""
        with self._reading() as connection:
            return ledger.look_up(connection, path)

    def note_source(self, seen: ledger.Seen) -> None:
        """Keep what became of a path."""
        with self.engine.begin() as connection:
            ledger.note(connection, seen)

    def sources(self, root: str) -> Iterator[tuple[ledger.Seen, str | None]]:
        """Every path below a folder with its document's status, in path order, in constant memory."""
        with self._reading() as connection:
            yield from ledger.below(connection, root)

    # Keys, trail, figures

    def create_key(self, name: str, role: KeyRole, expires_at: dt.datetime | None = None) -> tuple[ApiKey, str]:
        """A new API key and its secret, shown this once."""
        with self.engine.begin() as connection:
            key, secret = access.create_key(connection, name, role, expires_at)
            access.record_event(connection, SYSTEM, "key-created", None, key=key.id, role=role)
            return key, secret

    def find_key(self, secret: str) -> ApiKey | None:
        """The live key of a secret."""
        with self._reading() as connection:
            return access.find_key(connection, secret)

    def revoke_key(self, identity: str) -> bool:
        """Make a key worthless at once."""
        with self.engine.begin() as connection:
            done = access.revoke_key(connection, identity)
            if done:
                access.record_event(connection, SYSTEM, "key-revoked", None, key=identity)
            return done

    def api_keys(self) -> list[ApiKey]:
        """All keys."""
        with self._reading() as connection:
            return access.list_keys(connection)

    def has_keys(self) -> bool:
        """Whether requests need a key."""
        with self._reading() as connection:
            return access.has_keys(connection)

    def events(self, document_id: str | None = None, limit: int = 100) -> list[Event]:
        """The newest lines of the audit trail."""
        with self._reading() as connection:
            return access.events(connection, document_id, limit)

    def stats(self) -> Stats:
        """Counts over the whole store."""
        with self._reading() as connection:
            return collect(connection)

    def status_counts(self) -> dict[str, int]:
        """Documents by status."""
        with self._reading() as connection:
            return count_by_status(connection)

    def ready(self) -> bool:
        """Whether the database answers."""
        with self._reading() as connection:
            return connection.execute(select(func.count()).select_from(schema.meta)).scalar_one() > 0
