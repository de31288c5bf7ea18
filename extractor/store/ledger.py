"""The ledger of a backfill: every path that was seen, what became of it, and the document that holds its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import BigInteger, Column, ColumnElement, Connection, ForeignKey, String, Table, Text, func, select

from extractor.store.queue import insert_for, now
from extractor.store.schema import Moment, documents, metadata

Outcome = Literal["accepted", "duplicate", "unreadable", "skipped"]

sources = Table(
    "sources",
    metadata,
    Column("path", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("modified_ns", BigInteger, nullable=False),
    Column("document_id", String(26), ForeignKey("documents.id", ondelete="SET NULL"), index=True),
    Column("outcome", String(12), nullable=False, index=True),
    Column("message", Text),
    Column("seen_at", Moment, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A path as the ledger knows it; `modified_ns` and `size` tell whether it has changed since."""

    path: str
    size: int
    modified_ns: int
    document_id: str | None
    outcome: Outcome
    message: str | None = None

    def same(self, size: int, modified_ns: int) -> bool:
        """Whether the file still looks as it did."""
        return self.size == size and self.modified_ns == modified_ns


def look_up(connection: Connection, path: str) -> Seen | None:
    """What is known of a path."""
    row = connection.execute(select(sources).where(sources.c.path == path)).one_or_none()
    return None if row is None else _seen(row)


def note(connection: Connection, seen: Seen) -> None:
    """Keep what became of a path, over what was known."""
    values = {
        "path": seen.path,
        "size": seen.size,
        "modified_ns": seen.modified_ns,
        "document_id": seen.document_id,
        "outcome": seen.outcome,
        "message": seen.message,
        "seen_at": now(),
    }
    statement = insert_for(connection, sources).values(**values)
    statement = statement.on_conflict_do_update(index_elements=["path"], set_=values)
    connection.execute(statement)


def below(connection: Connection, root: str, outcome: Outcome | None = None) -> Iterator[tuple[Seen, str | None]]:
    """Every path below a folder with the status of its document, in path order, in constant memory."""
    wanted = select(sources, documents.c.status).outerjoin(documents, documents.c.id == sources.c.document_id)
    wanted = wanted.where(inside(root)).order_by(sources.c.path)
    if outcome is not None:
        wanted = wanted.where(sources.c.outcome == outcome)
    for row in connection.execution_options(yield_per=500).execute(wanted):
        yield _seen(row), row.status


def counts(connection: Connection, root: str) -> dict[str, int]:
    """How many paths below a folder had which outcome."""
    wanted = select(sources.c.outcome, func.count()).where(inside(root)).group_by(sources.c.outcome)
    return {str(outcome): int(number) for outcome, number in connection.execute(wanted)}


def inside(root: str) -> ColumnElement[bool]:
    """Paths below a folder."""
    # A range, not LIKE: it uses the primary key, and "%" and "_" in folder names stay themselves.
    stem = root.rstrip("/") + "/"
    return (sources.c.path >= stem) & (sources.c.path < stem[:-1] + "0")


def _seen(row: Any) -> Seen:
    return Seen(row.path, row.size, row.modified_ns, row.document_id, row.outcome, row.message)
