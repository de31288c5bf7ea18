"""API keys (only their hash is kept) and the audit trail."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from extractor.store import schema
from extractor.store.model import ApiKey, Event, KeyRole
from extractor.store.queue import now

PREFIX = "ocx"
_PUBLIC = [schema.keys.c[name] for name in ApiKey.__dataclass_fields__]


def _hash(secret: str) -> str:
    # A key is 256 random bits: one plain hash is as strong as a slow one and cheap on every request.
    return hashlib.sha256(secret.encode()).hexdigest()


def create_key(connection: Connection, name: str, role: KeyRole, expires_at: dt.datetime | None) -> tuple[ApiKey, str]:
    """A new key and its secret, which is shown this once."""
    identity = secrets.token_hex(4)
    secret = f"{PREFIX}_{identity}_{secrets.token_urlsafe(32)}"
    key = ApiKey(identity, name, role, now(), expires_at, None)
    values = {field: getattr(key, field) for field in ApiKey.__dataclass_fields__}
    connection.execute(insert(schema.keys).values(**values, hash=_hash(secret)))
    return key, secret


def find_key(connection: Connection, secret: str) -> ApiKey | None:
    """The key of a secret; None when unknown, revoked or expired."""
    row = connection.execute(select(*_PUBLIC).where(schema.keys.c.hash == _hash(secret))).one_or_none()
    key = None if row is None else ApiKey(*row)
    if key is None or key.revoked_at is not None:
        return None
    return None if key.expires_at is not None and key.expires_at <= now() else key


def revoke_key(connection: Connection, identity: str) -> bool:
    """Make a key worthless; False when there is no such live key."""
    live = (schema.keys.c.id == identity) & schema.keys.c.revoked_at.is_(None)
    return bool(connection.execute(update(schema.keys).where(live).values(revoked_at=now())).rowcount)


def list_keys(connection: Connection) -> list[ApiKey]:
    """All keys, oldest first."""
    return [ApiKey(*row) for row in connection.execute(select(*_PUBLIC).order_by(schema.keys.c.created_at))]


def has_keys(connection: Connection) -> bool:
    """Whether any live key exists: if so, every request needs one."""
    wanted = select(func.count()).select_from(schema.keys).where(schema.keys.c.revoked_at.is_(None))
    return bool(connection.execute(wanted).scalar_one())


def record_event(connection: Connection, who: str, action: str, document_id: str | None = None, **detail: Any) -> None:
    """Add a line to the audit trail."""
    values = {"at": now(), "who": who, "action": action, "document_id": document_id, "detail": detail}
    connection.execute(insert(schema.audit).values(**values))


def events(connection: Connection, document_id: str | None, limit: int) -> list[Event]:
    """The newest lines of the audit trail."""
    table = schema.audit
    wanted = select(table.c.at, table.c.who, table.c.action, table.c.document_id, table.c.detail)
    if document_id is not None:
        wanted = wanted.where(table.c.document_id == document_id)
    return [Event(*row) for row in connection.execute(wanted.order_by(table.c.id.desc()).limit(limit))]
