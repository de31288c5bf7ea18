"""Filters → SQL, and pages of lists with cursors."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, exists, false, func, select, text

from extractor.errors import InputError
from extractor.store.folding import fold, phrases
from extractor.store.model import DocumentRow, Filters, ProductRow, Slice
from extractor.store.schema import documents, issues, jobs, producers, products, results

DOCUMENT_COLUMNS = [documents.c[name] for name in DocumentRow.__dataclass_fields__]
_PRODUCT_OWN = [name for name in ProductRow.__dataclass_fields__ if name in products.c]


class CursorError(InputError):
    """A cursor that this store did not give."""

    code = "cursor-invalid"


def encode_cursor(value: str) -> str:
    """An opaque cursor."""
    return base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> str:
    """What `encode_cursor` was given."""
    try:
        value = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise CursorError("Con trỏ trang không hợp lệ.", hint="Dùng giá trị `next` của trang trước.") from error
    if not value.isalnum():
        raise CursorError("Con trỏ trang không hợp lệ.", hint="Dùng giá trị `next` của trang trước.")
    return value


def like(text_value: str) -> str:
    """A LIKE pattern for part of a folded name; folded text holds no wildcard."""
    return f"%{fold(text_value)}%"


def conditions(filters: Filters, dialect: str) -> list[ColumnElement[bool]]:
    """What a document must fulfil."""
    found = _own_conditions(filters)
    if filters.issue:
        found.append(_has(issues, issues.c.code == filters.issue))
    if filters.stale_for:
        found.append(_stale(filters.stale_for))
    own = product_conditions(filters)
    if own:
        found.append(_has(products, *own))
    if filters.producer and not filters.product:
        found.append(_producer(filters.producer))
    if filters.search:
        found += _search(filters.search, dialect)
    return found


def _own_conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """On the document's own columns."""
    equal = {"status": filters.status, "doc_type": filters.doc_type, "review": filters.review}
    found = [documents.c[name] == value for name, value in equal.items() if value is not None]
    if filters.agency:
        found.append(documents.c.agency_folded.like(like(filters.agency)))
    if filters.issued_from:
        found.append(documents.c.issued_on >= filters.issued_from)
    if filters.issued_to:
        found.append(documents.c.issued_on <= filters.issued_to + "~")
    if filters.differs is not None:
        found.append((documents.c.differences > 0) == filters.differs)
    return found


def _has(table: Any, *wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(select(1).where(table.c.document_id == documents.c.id, *wanted).correlate(documents))


def _stale(fingerprint: str) -> ColumnElement[bool]:
    return ~_has(jobs, jobs.c.fingerprint == fingerprint)


def _producer(name: str) -> ColumnElement[bool]:
    named = _has(producers, producers.c.name_folded.like(like(name)))
    return named | _has(products, products.c.producer_folded.like(like(name)))


def product_conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """What one product must fulfil, all at once."""
    found: list[ColumnElement[bool]] = []
    if filters.product:
        found.append(products.c.name_folded.like(like(filters.product)))
        if filters.producer:
            found.append(products.c.producer_folded.like(like(filters.producer)))
    if filters.stars is not None:
        found.append(products.c.stars == filters.stars)
    if filters.product_status:
        found.append(products.c.status == filters.product_status)
    if filters.locality:
        found.append(products.c.locality_folded.like(like(filters.locality)))
    if filters.year:
        found.append(products.c.year == filters.year)
    return found


def _search(query: str, dialect: str) -> list[ColumnElement[bool]]:
    runs = phrases(query)
    if not runs:
        return [false()]
    if dialect == "sqlite":
        matches = " AND ".join(f'"{" ".join(run)}" *' for run in runs)
        clause = "documents.id IN (SELECT document_id FROM search WHERE search MATCH :search_query)"
    else:
        matches = " & ".join(_tsquery(run) for run in runs)
        clause = "documents.id IN (SELECT document_id FROM search WHERE words @@ to_tsquery('simple', :search_query))"
    return [text(clause).bindparams(bindparam("search_query", matches))]  # type: ignore[list-item]


def _tsquery(run: list[str]) -> str:
    """Words that stand together, the last as a beginning."""
    return "(" + " <-> ".join(f"'{word}'" for word in run) + ":*)"


def document_row(row: Any) -> DocumentRow:
    """A selected row as a value."""
    return DocumentRow(*row[: len(DOCUMENT_COLUMNS)])


def list_documents(connection: Connection, filters: Filters, limit: int, cursor: str | None) -> Slice:
    """Newest first."""
    wanted = select(*DOCUMENT_COLUMNS).where(*conditions(filters, connection.dialect.name))
    if cursor:
        wanted = wanted.where(documents.c.id < decode_cursor(cursor))
    rows = connection.execute(wanted.order_by(documents.c.id.desc()).limit(limit + 1)).all()
    items = tuple(document_row(row) for row in rows[:limit])
    return Slice(items, encode_cursor(items[-1].id) if len(rows) > limit else None)


def count_documents(connection: Connection, filters: Filters) -> int:
    """How many documents the filters leave."""
    wanted = select(func.count()).select_from(documents).where(*conditions(filters, connection.dialect.name))
    return int(connection.execute(wanted).scalar_one())


def list_products(connection: Connection, filters: Filters, limit: int, cursor: str | None) -> Slice:
    """Products of done documents, newest document first, in the order of the document."""
    wanted = _product_select(connection.dialect.name, filters)
    if cursor:
        wanted = wanted.where(products.c.id < int(_number(decode_cursor(cursor))))
    rows = connection.execute(wanted.order_by(products.c.id.desc()).limit(limit + 1)).all()
    items = tuple(ProductRow(**row._mapping) for row in rows[:limit])
    return Slice(items, encode_cursor(str(items[-1].id)) if len(rows) > limit else None)


def _number(value: str) -> str:
    if not value.isdigit() or len(value) > 18:
        raise CursorError("Con trỏ trang không hợp lệ.", hint="Dùng giá trị `next` của trang trước.")
    return value


def _product_select(dialect: str, filters: Filters) -> Select[Any]:
    columns = [products.c[name] for name in _PRODUCT_OWN]
    columns += [documents.c[name] for name in ("identifier", "issued_on", "filename")]
    wanted = select(*columns).join(documents, documents.c.id == products.c.document_id)
    wanted = wanted.where(*conditions(filters, dialect), *product_conditions(filters))
    if filters.producer:
        wanted = wanted.where(products.c.producer_folded.like(like(filters.producer)))
    return wanted


def result_rows(connection: Connection, filters: Filters, size: int) -> Iterator[Any]:
    """Documents that have a result, oldest first, with it; read in pieces of `size`."""
    last = ""
    extra = [results.c.body, results.c.fingerprint, results.c.created_at, results.c.text]
    while True:
        wanted = select(*DOCUMENT_COLUMNS, *extra).join(results, results.c.id == documents.c.result_id)
        wanted = wanted.where(*conditions(filters, connection.dialect.name), documents.c.id > last)
        rows = connection.execute(wanted.order_by(documents.c.id).limit(size)).all()
        yield from rows
        if len(rows) < size:
            return
        last = rows[-1][0]
