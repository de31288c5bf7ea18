"""Ranges of pages: a long document is read in pieces by several workers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of ranges."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "ranges",
        sa.Column("id", big, primary_key=True, autoincrement=True),
        sa.Column("job_id", big, sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("worker", sa.Text()),
        sa.Column("lease_until", sa.Float()),
        sa.Column("message", sa.Text()),
        sa.Column("body", sa.LargeBinary()),
        sa.UniqueConstraint("job_id", "first", name="range_once"),
    )
    op.create_index("range_queue", "ranges", ["state", "lost", "first"])


def downgrade() -> None:
    """Drop it; shared jobs are read whole."""
    op.execute("UPDATE jobs SET state = 'queued' WHERE state = 'shared'")
    op.drop_table("ranges")
