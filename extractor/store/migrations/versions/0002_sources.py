"""Where files came from: one row a path that a backfill has seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of sources."""
    op.create_table(
        "sources",
        sa.Column("path", sa.Text(), primary_key=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.String(26), sa.ForeignKey("documents.id", ondelete="SET NULL"), index=True),
        sa.Column("outcome", sa.String(12), nullable=False, index=True),
        sa.Column("message", sa.Text()),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("sources")
