"""Documents, results, jobs, corrections, audit trail, keys, what filters need, and full text."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text()


def needed(name: str, kind: Any, **options: Any) -> sa.Column[Any]:
    """A column that is never null."""
    return sa.Column(name, kind, nullable=False, **options)


def serial() -> sa.Column[Any]:
    """A counted primary key."""
    return needed("id", BIG, primary_key=True, autoincrement=True)


def belongs() -> sa.ForeignKeyConstraint:
    """Rows go with their document."""
    return sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE")


def texts(*names: str) -> list[sa.Column[Any]]:
    """Text columns that may be null."""
    return [sa.Column(name, TEXT) for name in names]


def upgrade() -> None:
    """Everything of the first version."""
    op.create_table("meta", needed("key", sa.String(40), primary_key=True), needed("value", TEXT))
    _documents()
    _work()
    _people()
    _contents()
    if op.get_context().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE search USING fts5(document_id UNINDEXED, body, tokenize='ascii')")
    else:
        op.execute(
            "CREATE TABLE search (document_id VARCHAR(26) PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,"
            " body TEXT NOT NULL,"
            " words tsvector GENERATED ALWAYS AS (to_tsvector('simple', body)) STORED)"
        )
        op.execute("CREATE INDEX search_words ON search USING gin (words)")


def _documents() -> None:
    op.create_table(
        "documents",
        needed("id", sa.String(26), primary_key=True),
        needed("sha256", sa.String(64), unique=True),
        needed("filename", TEXT),
        sa.Column("media_type", sa.String(120)),
        needed("size", sa.BigInteger()),
        sa.Column("pages", sa.Integer()),
        needed("created_at", MOMENT),
        needed("updated_at", MOMENT),
        needed("status", sa.String(10), index=True),
        sa.Column("error_code", sa.String(60)),
        sa.Column("error_message", TEXT),
        needed("version", sa.Integer()),
        sa.Column("result_id", BIG),
        needed("review", sa.String(10), index=True),
        needed("differences", sa.Integer()),
        sa.Column("doc_type", sa.String(20), index=True),
        *texts("number", "symbol", "identifier"),
        sa.Column("identifier_folded", TEXT, index=True),
        sa.Column("issued_on", sa.String(40), index=True),
        *texts("issued_at", "agency", "agency_folded", "subject"),
        sa.Column("lowest", sa.Float()),
        needed("issues", sa.Integer()),
    )


def _work() -> None:
    op.create_table(
        "results",
        serial(),
        needed("document_id", sa.String(26), index=True),
        needed("fingerprint", sa.String(64)),
        needed("engine", sa.JSON()),
        needed("body", sa.JSON()),
        *texts("text"),
        needed("created_at", MOMENT),
        belongs(),
        sa.UniqueConstraint("document_id", "fingerprint", name="result_once"),
        sqlite_autoincrement=True,  # corrections remember a result's number: it must not come again
    )
    op.create_table(
        "jobs",
        serial(),
        needed("document_id", sa.String(26)),
        needed("fingerprint", sa.String(64)),
        needed("state", sa.String(10)),
        needed("attempts", sa.Integer()),
        needed("lost", sa.Integer()),
        *texts("worker"),
        sa.Column("lease_until", sa.Float()),
        needed("created_at", MOMENT),
        sa.Column("started_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        sa.Column("error_code", sa.String(60)),
        *texts("error_message"),
        belongs(),
        sa.UniqueConstraint("document_id", "fingerprint", name="job_once"),
    )
    op.create_index("job_queue", "jobs", ["state", "lost", "id"])


def _people() -> None:
    op.create_table(
        "corrections",
        serial(),
        needed("document_id", sa.String(26), index=True),
        needed("result_id", BIG),
        needed("patch", sa.JSON()),
        needed("contexts", sa.JSON()),
        needed("who", TEXT),
        needed("at", MOMENT),
        belongs(),
    )
    op.create_table(
        "audit",
        serial(),
        needed("at", MOMENT),
        needed("who", TEXT),
        needed("action", sa.String(40)),
        sa.Column("document_id", sa.String(26), index=True),
        needed("detail", sa.JSON()),
    )
    op.create_table(
        "api_keys",
        needed("id", sa.String(12), primary_key=True),
        needed("name", TEXT),
        needed("role", sa.String(10)),
        needed("hash", sa.String(64), unique=True),
        needed("created_at", MOMENT),
        sa.Column("expires_at", MOMENT),
        sa.Column("revoked_at", MOMENT),
    )


def _contents() -> None:
    op.create_table(
        "products",
        serial(),
        needed("document_id", sa.String(26), index=True),
        needed("position", sa.Integer()),
        needed("name", TEXT),
        needed("name_folded", TEXT),
        *texts("producer", "producer_folded"),
        sa.Column("stars", sa.Integer()),
        sa.Column("status", sa.String(12)),
        sa.Column("points", sa.Float()),
        *texts("group", "locality", "locality_folded"),
        sa.Column("year", sa.String(4)),
        sa.Column("page", sa.Integer()),
        belongs(),
    )
    op.create_index("product_stars", "products", ["stars", "status"])
    op.create_table(
        "producers",
        serial(),
        needed("document_id", sa.String(26), index=True),
        needed("name", TEXT),
        needed("name_folded", TEXT),
        sa.Column("kind", sa.String(24)),
        *texts("locality"),
        belongs(),
    )
    op.create_table(
        "star_counts",
        serial(),
        needed("document_id", sa.String(26), index=True),
        sa.Column("stars", sa.String(10)),
        needed("count", sa.Integer()),
        needed("comparison", sa.String(2)),
        needed("unit", sa.String(10)),
        sa.Column("status", sa.String(12)),
        sa.Column("period", sa.String(20)),
        *texts("scope"),
        sa.Column("year", sa.String(4)),
        belongs(),
    )
    op.create_table(
        "issues",
        serial(),
        needed("document_id", sa.String(26), index=True),
        needed("code", sa.String(60), index=True),
        needed("severity", sa.String(10)),
        belongs(),
    )
