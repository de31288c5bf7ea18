"""Ranges of pages of long documents: a shared job waits (state `shared`) until each of its ranges is done or failed.

Then the job is queued again, to be joined. What was read of a range outlives its worker; all goes with the job's end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)

from extractor.store.model import MAX_ATTEMPTS, MAX_LOST, Job
from extractor.store.queue import LOST_MESSAGE, clock, mark, mark_failed, now
from extractor.store.schema import BigId, documents, jobs, metadata

ranges = Table(
    "ranges",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("job_id", BigId, ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lost", Integer, nullable=False),
    Column("worker", Text),
    Column("lease_until", Float),
    Column("message", Text),
    Column("body", LargeBinary),
    UniqueConstraint("job_id", "first", name="range_once"),
    Index("range_queue", "state", "lost", "first"),
    sqlite_autoincrement=True,
)
_OPEN = ("queued", "running")
_FRESH = {"state": "queued", "attempts": 0, "lost": 0}


@dataclass(frozen=True, slots=True)
class Range:
    """A claimed piece of work: read the pages `first` to `last` of this document."""

    id: int
    job_id: int
    document_id: str
    sha256: str
    filename: str
    first: int
    last: int
    attempts: int
    worker: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a range: its reading, or why there is none."""

    first: int
    last: int
    body: bytes | None
    message: str | None


def share(connection: Connection, job: Job, pieces: Iterable[tuple[int, int]], fingerprint: str) -> bool:
    """Put a running job aside until its ranges (first and last page) are read; False when it is no longer ours."""
    mine = (jobs.c.id == job.id) & (jobs.c.state == "running") & (jobs.c.worker == job.worker)
    values = {"state": "shared", "worker": None, "lease_until": None}
    if not connection.execute(update(jobs).where(mine).values(**values)).rowcount:
        return False
    clear(connection, job.id)
    rows = [_FRESH | {"job_id": job.id, "fingerprint": fingerprint, "first": a, "last": b} for a, b in pieces]
    connection.execute(insert(ranges), rows)
    return True


def claim(connection: Connection, worker: str, lease_seconds: float, fingerprint: str) -> Range | None:
    """The next range, of all long documents in turn: the first ones of each before the second ones."""
    moment = clock(connection)
    _take_back(connection, moment)
    wanted = select(ranges, jobs.c.document_id, documents.c.sha256, documents.c.filename)
    wanted = wanted.join(jobs, jobs.c.id == ranges.c.job_id).join(documents, documents.c.id == jobs.c.document_id)
    wanted = wanted.where(ranges.c.state == "queued").order_by(ranges.c.lost, ranges.c.first, ranges.c.job_id)
    row = connection.execute(wanted.limit(1).with_for_update(skip_locked=True, of=ranges)).one_or_none()
    if row is None:
        return None
    if row.fingerprint != fingerprint:  # the program changed meanwhile: what it read before cannot be joined
        _start_over(connection, row.job_id, row.document_id)
        return None
    values = {"state": "running", "worker": worker, "lease_until": moment + lease_seconds}
    connection.execute(update(ranges).where(ranges.c.id == row.id).values(**values))
    known = (row.id, row.job_id, row.document_id, row.sha256, row.filename)
    return Range(*known, row.first, row.last, row.attempts, worker)


def _start_over(connection: Connection, job_id: int, document_id: str) -> None:
    clear(connection, job_id)
    shared = (jobs.c.id == job_id) & (jobs.c.state == "shared")
    connection.execute(update(jobs).where(shared).values(state="queued"))
    mark(connection, document_id, "queued")


def _take_back(connection: Connection, moment: Any) -> None:
    lapsed = (ranges.c.state == "running") & (ranges.c.lease_until < moment)
    wanted = select(ranges.c.id, ranges.c.job_id, ranges.c.lost).where(lapsed).with_for_update(skip_locked=True)
    for row in connection.execute(wanted).all():
        _lost(connection, row)


def _lost(connection: Connection, row: Any) -> None:
    values: dict[str, Any] = {"state": "queued", "worker": None, "lease_until": None, "lost": ranges.c.lost + 1}
    if row.lost >= MAX_LOST:
        _lock(connection, row.job_id)
        values |= {"state": "failed", "message": LOST_MESSAGE}
    connection.execute(update(ranges).where(ranges.c.id == row.id).values(**values))
    if row.lost >= MAX_LOST:
        _close(connection, row.job_id)


def heartbeat(connection: Connection, piece: Range, lease_seconds: float) -> bool:
    """Prolong a lease; False when the range is no longer the worker's."""
    values = {"lease_until": clock(connection) + lease_seconds}
    return bool(connection.execute(update(ranges).where(_mine(piece)).values(**values)).rowcount)


def _mine(piece: Range) -> Any:
    return (ranges.c.id == piece.id) & (ranges.c.state == "running") & (ranges.c.worker == piece.worker)


def finish(connection: Connection, piece: Range, body: bytes) -> bool:
    """Keep what was read; False when the range is no longer the worker's."""
    _lock(connection, piece.job_id)
    values = {"state": "done", "body": body, "lease_until": None, "message": None}
    if not connection.execute(update(ranges).where(_mine(piece)).values(**values)).rowcount:
        return False
    _close(connection, piece.job_id)
    return True


def fail(connection: Connection, piece: Range, code: str, message: str, retry: bool) -> bool:
    """Count a failed attempt. After the first its pages are tried one by one, after the second the page is given up.

    Without `retry` it is the file's own fault: the document fails. True: the document has failed.
    """
    _lock(connection, piece.job_id)
    attempts = piece.attempts + 1
    if not retry:
        return _fail_job(connection, piece.job_id, code, message)
    if piece.last > piece.first:
        values = {"attempts": attempts, "lost": 0, "state": "queued", "message": message}
        single = [{**values, "job_id": piece.job_id, "first": n, "last": n} for n in range(piece.first, piece.last + 1)]
        kept = select(ranges.c.fingerprint).where(_mine(piece))
        fingerprint = connection.execute(kept).scalar_one_or_none()
        if fingerprint is not None:
            connection.execute(delete(ranges).where(ranges.c.id == piece.id))
            connection.execute(insert(ranges), [row | {"fingerprint": fingerprint} for row in single])
        return False
    state = "failed" if attempts >= MAX_ATTEMPTS else "queued"
    ended = {"attempts": attempts, "state": state, "message": message, "worker": None, "lease_until": None}
    if connection.execute(update(ranges).where(_mine(piece)).values(**ended)).rowcount and state == "failed":
        return _close(connection, piece.job_id)
    return False


def _lock(connection: Connection, job_id: int) -> None:
    """One at a time closes ranges of a job: of two that end together the later one must see the other."""
    connection.execute(select(jobs.c.id).where(jobs.c.id == job_id).with_for_update())


def _close(connection: Connection, job_id: int) -> bool:
    """Queue the job once all ranges have ended; True when it failed because not one could be read."""
    counts = select(ranges.c.state, func.count()).where(ranges.c.job_id == job_id).group_by(ranges.c.state)
    ended = {str(state): int(count) for state, count in connection.execute(counts)}
    if any(ended.get(state) for state in _OPEN):
        return False
    if not ended.get("done"):
        message = select(ranges.c.message).where(ranges.c.job_id == job_id).order_by(ranges.c.first).limit(1)
        return _fail_job(connection, job_id, "processing", str(connection.execute(message).scalar_one_or_none() or ""))
    shared = (jobs.c.id == job_id) & (jobs.c.state == "shared")
    connection.execute(update(jobs).where(shared).values(state="queued"))
    return False


def _fail_job(connection: Connection, job_id: int, code: str, message: str) -> bool:
    shared = (jobs.c.id == job_id) & (jobs.c.state == "shared")
    values = {"state": "failed", "error_code": code, "error_message": message, "finished_at": now()}
    found = connection.execute(update(jobs).where(shared).values(**values).returning(jobs.c.document_id)).one_or_none()
    if found is None:
        return False
    clear(connection, job_id)
    mark_failed(connection, found.document_id, code, message)
    return True


def kept(connection: Connection, job: Job, fingerprint: str) -> Iterator[Kept]:
    """What became of a job's ranges in page order; nothing when it was never shared, or by another program."""
    wanted = select(ranges.c.first, ranges.c.last, ranges.c.body, ranges.c.message)
    mine = (ranges.c.job_id == job.id) & (ranges.c.fingerprint == fingerprint)
    for row in connection.execution_options(yield_per=16).execute(wanted.where(mine).order_by(ranges.c.first)):
        yield Kept(*row)


def clear(connection: Connection, job_id: int) -> None:
    """Forget a job's ranges."""
    connection.execute(delete(ranges).where(ranges.c.job_id == job_id))


def release(connection: Connection, worker: str) -> int:
    """Queue at once what a worker that is known to be dead still held."""
    held = (ranges.c.state == "running") & (ranges.c.worker == worker)
    wanted = select(ranges.c.id, ranges.c.job_id, ranges.c.lost).where(held).with_for_update(skip_locked=True)
    rows = connection.execute(wanted).all()
    for row in rows:
        _lost(connection, row)
    return len(rows)


def workers(connection: Connection) -> list[str]:
    """Who holds ranges."""
    held = select(ranges.c.worker).where(ranges.c.state == "running").distinct()
    return [str(name) for name in connection.execute(held).scalars() if name]


def waiting(connection: Connection, most: int | None = None) -> int:
    """Ranges queued or running, counted as far as `most`."""
    left = select(ranges.c.id).where(ranges.c.state.in_(_OPEN)).limit(most).subquery()
    return int(connection.execute(select(func.count()).select_from(left)).scalar_one())
