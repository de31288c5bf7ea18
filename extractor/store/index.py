"""Takes from a record what lists, filters and search need."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

from sqlalchemy import Connection, delete, insert, text
from sqlalchemy.exc import OperationalError

from extractor.store import schema
from extractor.store.alignment import realigned
from extractor.store.folding import fold

_SEARCH_LIMIT = 2_000_000
"""Code points of folded text kept for search: about a thousand pages."""

_ALWAYS_FITS = 100_000
"""Code points below which no text can be too much for PostgreSQL, which allows 1 MiB of distinct words."""


def write(
    connection: Connection, document_id: str, body: Mapping[str, Any], record: Mapping[str, Any], *, fresh: bool
) -> None:
    """The rows of lists derived from a result and its corrected record. `fresh`: the document has none yet."""
    if not fresh:
        for table in (schema.products, schema.producers, schema.star_counts, schema.issues):
            connection.execute(delete(table).where(table.c.document_id == document_id))
    year = (record.get("issued_on") or "")[:4] or None
    place = record.get("issued_at")
    _insert(connection, schema.products, _products(document_id, body, record, year, place))
    _insert(connection, schema.producers, [_producer(document_id, item) for item in record.get("producers") or ()])
    _insert(connection, schema.star_counts, [_count(document_id, x, year) for x in record.get("star_counts") or ()])
    found = [(issue["code"], issue["severity"]) for issue in body.get("issues") or ()]
    _insert(
        connection,
        schema.issues,
        [{"document_id": document_id, "code": code, "severity": severity} for code, severity in found],
    )


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def columns(body: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    """The document's own columns."""
    agency = (record.get("agency") or {}).get("name")
    evidence = body.get("evidence") or {}
    source = body.get("source") or {}
    identifier = record.get("identifier")
    plain = {name: record.get(name) for name in ("doc_type", "number", "symbol", "issued_on", "issued_at", "subject")}
    return plain | {
        "identifier": identifier,
        "identifier_folded": fold(identifier) if identifier else None,
        "agency": agency,
        "agency_folded": fold(agency) if agency else None,
        "media_type": source.get("media_type"),
        "pages": len(source.get("pages") or ()),
        "lowest": min((item["confidence"] for item in evidence.values()), default=None),
        "issues": sum(issue["severity"] != "info" for issue in body.get("issues") or ()),
    }


def _products(
    document_id: str, body: Mapping[str, Any], record: Mapping[str, Any], year: str | None, place: str | None
) -> list[dict[str, Any]]:
    if not record.get("products"):
        return []
    evidence = realigned(body, record)["evidence"]
    rows = []
    for position, item in enumerate(record.get("products") or ()):
        regions = (evidence.get(f"/products/{position}/name") or {}).get("regions") or ()
        locality = item.get("locality") or place
        row = {key: item.get(key) for key in ("name", "producer", "stars", "status", "points", "group")}
        row |= {
            "document_id": document_id,
            "position": position,
            "name_folded": fold(item["name"]),
            "producer_folded": fold(item["producer"]) if item.get("producer") else None,
            "locality": locality,
            "locality_folded": fold(locality) if locality else None,
            "year": str(item.get("year") or year or "")[:4] or None,
            "page": regions[0]["page"] if regions else None,
        }
        rows.append(row)
    return rows


def _producer(document_id: str, item: Mapping[str, Any]) -> dict[str, Any]:
    row = {key: item.get(key) for key in ("name", "kind", "locality")}
    return row | {"document_id": document_id, "name_folded": fold(item["name"])}


def _count(document_id: str, item: Mapping[str, Any], year: str | None) -> dict[str, Any]:
    stars = item.get("stars")
    row = {key: item.get(key) for key in ("count", "comparison", "unit", "status", "period", "scope")}
    row |= {"document_id": document_id, "stars": "".join(map(str, stars)) if stars else None}
    return row | {"year": str(item.get("period") or year or "")[:4] or None}


def searchable(filename: str, body: Mapping[str, Any], record: Mapping[str, Any], full: str | None) -> str:
    """Folded words of the file name, the record, its evidence and, where it is known, the whole text."""
    parts = [filename, *_strings(record)]
    parts += [full] if full else [item["raw"] for item in (body.get("evidence") or {}).values()]
    return fold("\n".join(parts))[:_SEARCH_LIMIT]


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for item in value.values() for text in _strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in _strings(item)]
    return []


def write_search(
    connection: Connection, document_id: str, before: int | None, result_id: int | None, body: str
) -> None:
    """The document's searchable words, replacing those of the result `before`.

    On SQLite the full-text table knows rows by number alone, so that a row bears the number of its result.
    """
    if connection.dialect.name == "sqlite":
        if before is not None:
            connection.execute(text("DELETE FROM search WHERE rowid = :row"), {"row": before})
        added = "INSERT INTO search (rowid, document_id, body) VALUES (:row, :id, :body)"
    else:
        if before is not None:
            connection.execute(text("DELETE FROM search WHERE document_id = :id"), {"id": document_id})
        added = "INSERT INTO search (document_id, body) VALUES (:id, :body)"
    _insert_words(connection, added, {"row": result_id, "id": document_id, "body": body})


def _insert_words(connection: Connection, statement: str, values: dict[str, Any]) -> None:
    """What is too much for one row of the search index is kept from its beginning, as far as it fits."""
    while True:
        try:
            with connection.begin_nested() if len(values["body"]) > _ALWAYS_FITS else nullcontext():
                connection.execute(text(statement), values)
        except OperationalError:
            if len(values["body"]) <= _ALWAYS_FITS:
                raise
            values = values | {"body": values["body"][: len(values["body"]) // 2]}
        else:
            return
