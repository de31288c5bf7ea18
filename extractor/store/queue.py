"""The durable job queue: queued → running (leased) → done or failed.

A job whose lease ran out was lost with its server and is queued again, behind the others, without blame: only its own
failed attempts count, so that ten power cuts fail no innocent document.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from sqlalchemy import Connection, case, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from extractor.store.model import MAX_ATTEMPTS, MAX_LOST, Job
from extractor.store.schema import documents, jobs

LOST_CODE = "worker-lost"
LOST_MESSAGE = "Máy chủ dừng đột ngột nhiều lần trong lúc đọc tệp này. Kiểm tra bộ nhớ của máy rồi cho đọc lại."


def now() -> dt.datetime:
    """The moment, aware, UTC."""
    return dt.datetime.now(dt.UTC)


def clock(connection: Connection) -> Any:
    """Seconds for leases by one clock for all: the server's, or this machine's with a database in a file."""
    if connection.dialect.name == "sqlite":
        return time.time()
    return func.extract("epoch", func.clock_timestamp())


def insert_for(connection: Connection, table: Any) -> Any:
    """An INSERT of the connection's dialect, which knows ON CONFLICT."""
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)


def enqueue(connection: Connection, document_id: str, fingerprint: str, *, again: bool = False) -> bool:
    """A job for document and pipeline; with `again` a finished one is queued anew. False: nothing to do."""
    values = {"document_id": document_id, "fingerprint": fingerprint, "state": "queued", "created_at": now()}
    values |= {"attempts": 0, "lost": 0}
    statement = insert_for(connection, jobs).values(**values)
    if again:
        fresh: dict[str, Any] = dict.fromkeys(("error_code", "error_message", "finished_at", "worker"))
        fresh |= {"state": "queued", "attempts": 0, "lost": 0, "created_at": values["created_at"]}
        statement = statement.on_conflict_do_update(
            index_elements=["document_id", "fingerprint"], set_=fresh, where=jobs.c.state.in_(("done", "failed"))
        )
    else:
        statement = statement.on_conflict_do_nothing()
    return connection.execute(statement.returning(jobs.c.id)).one_or_none() is not None


def claim(connection: Connection, worker: str, lease_seconds: float, fingerprint: str) -> Job | None:
    """The next job, leased to the worker; None when there is none.

    A job that waited through a change of rules is done with those of now and bears their fingerprint.
    """
    moment = clock(connection)
    _take_back(connection, moment)
    wanted = select(jobs, documents.c.sha256, documents.c.filename, documents.c.size)
    wanted = wanted.join(documents, documents.c.id == jobs.c.document_id).where(jobs.c.state == "queued")
    wanted = wanted.order_by(jobs.c.lost, jobs.c.id).limit(1).with_for_update(skip_locked=True, of=jobs)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        return None
    chosen = _newest(connection, row, fingerprint)
    values = {"state": "running", "worker": worker, "lease_until": moment + lease_seconds, "fingerprint": chosen}
    connection.execute(update(jobs).where(jobs.c.id == row.id).values(**values, started_at=now()))
    mark(connection, row.document_id, "running")
    known = (row.id, row.document_id, row.sha256, row.filename, row.size)
    return Job(*known, chosen, row.attempts, row.lost, worker)


def _newest(connection: Connection, row: Any, fingerprint: str) -> str:
    """The worker's own fingerprint, unless a job of that fingerprint exists already."""
    if row.fingerprint == fingerprint:
        return fingerprint
    same = (jobs.c.document_id == row.document_id) & (jobs.c.fingerprint == fingerprint) & (jobs.c.id != row.id)
    taken = connection.execute(select(jobs.c.id).where(same)).one_or_none() is not None
    return str(row.fingerprint) if taken else fingerprint


def _take_back(connection: Connection, moment: Any) -> None:
    """Queue again what ran out of its lease, and fail what took its server down too often."""
    lapsed = (jobs.c.state == "running") & (jobs.c.lease_until < moment)
    wanted = select(jobs.c.id, jobs.c.document_id, jobs.c.lost).where(lapsed).with_for_update(skip_locked=True)
    for row in connection.execute(wanted).all():
        if row.lost < MAX_LOST:
            _queue_again(connection, row)
            continue
        values = {"state": "failed", "error_code": LOST_CODE, "error_message": LOST_MESSAGE, "finished_at": now()}
        connection.execute(update(jobs).where(jobs.c.id == row.id).values(**values))
        mark_failed(connection, row.document_id, LOST_CODE, LOST_MESSAGE)


def _queue_again(connection: Connection, row: Any) -> None:
    values = {"state": "queued", "worker": None, "lease_until": None, "lost": jobs.c.lost + 1}
    connection.execute(update(jobs).where(jobs.c.id == row.id).values(**values))
    mark(connection, row.document_id, "queued")


def heartbeat(connection: Connection, job: Job, lease_seconds: float) -> bool:
    """Prolong the lease; False: the job is no longer this worker's."""
    values = {"lease_until": clock(connection) + lease_seconds}
    return bool(connection.execute(update(jobs).where(_mine(job)).values(**values)).rowcount)


def _mine(job: Job) -> Any:
    return (jobs.c.id == job.id) & (jobs.c.state == "running") & (jobs.c.worker == job.worker)


def complete(connection: Connection, job: Job) -> bool:
    """Close a job as done; False: another worker closed it or holds it."""
    values = {"state": "done", "finished_at": now(), "lease_until": None, "error_code": None, "error_message": None}
    return bool(connection.execute(update(jobs).where(_mine(job)).values(**values)).rowcount)


def fail(connection: Connection, job: Job, code: str, message: str, retry: bool) -> bool:
    """Count a failed attempt. With `retry` it is queued once more, then fails. True: it has failed for good."""
    attempts = job.attempts + 1
    final = not retry or attempts >= MAX_ATTEMPTS
    values: dict[str, Any] = {"attempts": attempts, "error_code": code, "error_message": message, "lease_until": None}
    values |= {"state": "failed", "finished_at": now()} if final else {"state": "queued", "worker": None}
    if not connection.execute(update(jobs).where(_mine(job)).values(**values)).rowcount:
        return False
    if final:
        mark_failed(connection, job.document_id, code, message)
    else:
        mark(connection, job.document_id, "queued")
    return final


def release(connection: Connection, worker: str) -> int:
    """Queue at once what a worker that is known to be dead still held."""
    held = (jobs.c.state == "running") & (jobs.c.worker == worker)
    wanted = select(jobs.c.id, jobs.c.document_id).where(held).with_for_update(skip_locked=True)
    rows = connection.execute(wanted).all()
    for row in rows:
        _queue_again(connection, row)
    return len(rows)


def workers(connection: Connection) -> list[str]:
    """Who holds running jobs."""
    held = select(jobs.c.worker).where(jobs.c.state == "running", jobs.c.worker.is_not(None)).distinct()
    return [str(name) for name in connection.execute(held).scalars()]


def waiting(connection: Connection, most: int | None = None) -> int:
    """Jobs queued, running or shared out, counted as far as `most`."""
    left = select(jobs.c.id).where(jobs.c.state.in_(("queued", "running", "shared"))).limit(most).subquery()
    return int(connection.execute(select(func.count()).select_from(left)).scalar_one())


def mark(connection: Connection, document_id: str, status: str) -> None:
    """Set a document's status."""
    values = {"status": status, "updated_at": now()}
    connection.execute(update(documents).where(documents.c.id == document_id).values(**values))


def mark_failed(connection: Connection, document_id: str, code: str, message: str) -> None:
    """The document failed; one that has an earlier result keeps it and stays done, with the error beside it."""
    status = case((documents.c.result_id.is_not(None), "done"), else_="failed")
    values = {"status": status, "error_code": code, "error_message": message, "updated_at": now()}
    connection.execute(update(documents).where(documents.c.id == document_id).values(**values))
