"""A row of the full-text table bears the number of its result, so that replacing one does not read them all."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLE = "CREATE VIRTUAL TABLE {} USING fts5(document_id UNINDEXED, body, tokenize='ascii')"


def upgrade() -> None:
    """Number the rows anew; PostgreSQL finds them by document."""
    _renumber("documents.result_id")


def downgrade() -> None:
    """Any numbers will do."""
    _renumber("search.rowid")


def _renumber(number: str) -> None:
    if op.get_context().dialect.name != "sqlite":
        return
    op.execute(_TABLE.format("renumbered"))
    op.execute(
        f"INSERT INTO renumbered (rowid, document_id, body) SELECT {number}, search.document_id, search.body"  # noqa: S608
        " FROM search JOIN documents ON documents.id = search.document_id"
    )
    op.execute("DROP TABLE search")
    op.execute("ALTER TABLE renumbered RENAME TO search")
