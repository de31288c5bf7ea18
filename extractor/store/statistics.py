"""Counts over the store, for the dashboard, `extractor status` and the metrics."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, distinct, func, literal, select

from extractor.store.model import Stats
from extractor.store.schema import documents, issues, products


def collect(connection: Connection) -> Stats:
    """One pass a table."""
    found = products.c
    columns = (found.stars, found.status, found.year, found.locality)
    # One product that several documents name is one product: name and producer tell it apart.
    told_apart = found.name_folded + literal("|") + func.coalesce(found.producer_folded, "")
    rows = connection.execute(select(*columns, func.count(distinct(told_apart))).group_by(*columns)).all()
    return Stats(
        statuses=count_by_status(connection),
        reviews=_counts(connection, documents.c.review, documents.c.status == "done"),
        types=_counts(connection, documents.c.doc_type, documents.c.doc_type.is_not(None)),
        issues=_counts(connection, issues.c.code),
        failures=_counts(connection, documents.c.error_code, documents.c.status == "failed"),
        stars=tuple((row[0], row[1], row[2], row[3], int(row[4])) for row in rows),
    )


def count_by_status(connection: Connection) -> dict[str, int]:
    """Documents by status."""
    return _counts(connection, documents.c.status)


def _counts(connection: Connection, column: Any, *wanted: Any) -> dict[str, int]:
    rows = connection.execute(select(column, func.count()).where(*wanted).group_by(column))
    return {str(value): int(count) for value, count in rows}
