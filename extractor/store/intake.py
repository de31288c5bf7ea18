"""Takes a kept file into the books: its document, its job, its line in the trail, and the path it came from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from extractor.store import access, ledger, queue, schema
from extractor.store.blobs import Staged
from extractor.store.naming import clean_name, new_id


@dataclass(frozen=True, slots=True)
class Delivery:
    """A staged file with the name to show and the path it came from."""

    staged: Staged
    filename: str
    seen: ledger.Seen


def accept(
    connection: Connection, fingerprint: str, who: str, sha256: str, size: int, filename: str
) -> tuple[str, bool]:
    """The id of the document with these bytes, and whether they were known; a new one is queued."""
    name, moment, identity = clean_name(filename), queue.now(), new_id()
    values = {"id": identity, "sha256": sha256, "filename": name, "size": size, "status": "queued"}
    values |= {"created_at": moment, "updated_at": moment, "version": 0, "review": "open"}
    values |= {"differences": 0, "issues": 0}
    statement = queue.insert_for(connection, schema.documents).values(**values)
    statement = statement.on_conflict_do_nothing(index_elements=["sha256"]).returning(schema.documents.c.id)
    if connection.execute(statement).one_or_none() is None:
        wanted = select(schema.documents.c.id).where(schema.documents.c.sha256 == sha256)
        identity = connection.execute(wanted).scalar_one()
        access.record_event(connection, who, "received-again", identity, filename=name)
        return identity, True
    queue.enqueue(connection, identity, fingerprint)
    access.record_event(connection, who, "received", identity, filename=name, size=size)
    return identity, False


def deliver(connection: Connection, fingerprint: str, who: str, delivery: Delivery) -> str:
    """Accept a file and note its path in one go: a path that is noted has its document, and the other way round.

    Gives `accepted`, `duplicate`, or `known` for a path whose bytes are what they were.
    """
    staged, path = delivery.staged, delivery.seen.path
    document, known = accept(connection, fingerprint, who, staged.sha256, staged.size, delivery.filename)
    before = ledger.look_up(connection, path) if known else None
    same = before is not None and before.document_id == document
    outcome: ledger.Outcome = before.outcome if before is not None and same else "duplicate" if known else "accepted"
    ledger.note(connection, replace(delivery.seen, document_id=document, outcome=outcome))
    return "known" if same else outcome
