"""The tables. Migrations build them; this module is what queries are written against.

`documents` holds what lists and filters need, taken from the record as corrected. `results` holds the contract's JSON
untouched. A job is unique per document and pipeline fingerprint: the key of idempotence.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData()
Json = JSON()
Id = String(26)
BigId = BigInteger().with_variant(Integer(), "sqlite")


class Moment(TypeDecorator[dt.datetime]):
    """An aware moment, kept as UTC on databases that know no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """UTC on the way in."""
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Aware on the way out."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def _document_id(**options: Any) -> Column[str]:
    return Column("document_id", Id, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, **options)


meta = Table("meta", metadata, Column("key", String(40), primary_key=True), Column("value", Text, nullable=False))

documents = Table(
    "documents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("filename", Text, nullable=False),
    Column("media_type", String(120)),
    Column("size", BigInteger, nullable=False),
    Column("pages", Integer),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("status", String(10), nullable=False, index=True),
    Column("error_code", String(60)),
    Column("error_message", Text),
    Column("version", Integer, nullable=False, default=0),
    Column("result_id", BigId),
    Column("review", String(10), nullable=False, default="open", index=True),
    Column("differences", Integer, nullable=False, default=0),
    Column("doc_type", String(20), index=True),
    Column("number", Text),
    Column("symbol", Text),
    Column("identifier", Text),
    Column("identifier_folded", Text, index=True),
    Column("issued_on", String(40), index=True),
    Column("issued_at", Text),
    Column("agency", Text),
    Column("agency_folded", Text),
    Column("subject", Text),
    Column("lowest", Float),
    Column("issues", Integer, nullable=False, default=0),
)

results = Table(
    "results",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    _document_id(index=True),
    Column("fingerprint", String(64), nullable=False),
    Column("engine", Json, nullable=False),
    Column("body", Json, nullable=False),
    Column("text", Text),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("document_id", "fingerprint", name="result_once"),
    sqlite_autoincrement=True,
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    _document_id(),
    Column("fingerprint", String(64), nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("lost", Integer, nullable=False, default=0),
    Column("worker", Text),
    Column("lease_until", Float),
    Column("created_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("finished_at", Moment),
    Column("error_code", String(60)),
    Column("error_message", Text),
    UniqueConstraint("document_id", "fingerprint", name="job_once"),
    Index("job_queue", "state", "lost", "id"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    _document_id(index=True),
    Column("result_id", BigId, nullable=False),
    Column("patch", Json, nullable=False),
    Column("contexts", Json, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String(40), nullable=False),
    Column("document_id", Id, index=True),
    Column("detail", Json, nullable=False),
)

keys = Table(
    "api_keys",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(10), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
)

products = Table(
    "products",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    _document_id(index=True),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_folded", Text, nullable=False),
    Column("producer", Text),
    Column("producer_folded", Text),
    Column("stars", Integer),
    Column("status", String(12)),
    Column("points", Float),
    Column("group", Text),
    Column("locality", Text),
    Column("locality_folded", Text),
    Column("year", String(4)),
    Column("page", Integer),
    Index("product_stars", "stars", "status"),
)

producers = Table(
    "producers",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    _document_id(index=True),
    Column("name", Text, nullable=False),
    Column("name_folded", Text, nullable=False),
    Column("kind", String(24)),
    Column("locality", Text),
)

star_counts = Table(
    "star_counts",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    _document_id(index=True),
    Column("stars", String(10)),
    Column("count", Integer, nullable=False),
    Column("comparison", String(2), nullable=False),
    Column("unit", String(10), nullable=False),
    Column("status", String(12)),
    Column("period", String(20)),
    Column("scope", Text),
    Column("year", String(4)),
)

issues = Table(
    "issues",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    _document_id(index=True),
    Column("code", String(60), nullable=False, index=True),
    Column("severity", String(10), nullable=False),
)

SEARCH = "search"
"""Full text: an FTS5 table on SQLite, a table with a generated tsvector on PostgreSQL. Columns: document_id, body."""
