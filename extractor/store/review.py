"""Results and corrections of one document: write, view, patch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, delete, insert, select, update

from extractor.errors import InputError
from extractor.result import Record
from extractor.store import corrections, index, schema
from extractor.store.folding import fold
from extractor.store.model import Correction, Difference, DocumentRow, RecordView
from extractor.store.query import DOCUMENT_COLUMNS, document_row
from extractor.store.queue import now


class NotFoundError(InputError):
    """No such document, or no result of it yet."""

    code = "not-found"


class VersionError(InputError):
    """Someone else changed the record meanwhile."""

    code = "version-conflict"


class RecordError(InputError):
    """A correction that leaves a record against the contract."""

    code = "record-invalid"


def document(connection: Connection, document_id: str, *, lock: bool = False) -> DocumentRow:
    """A document's row; raises `NotFoundError`."""
    wanted = select(*DOCUMENT_COLUMNS).where(schema.documents.c.id == document_id)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        raise NotFoundError("Không có tài liệu này trong kho.", hint="Kiểm tra mã tài liệu.")
    return document_row(row)


def body(connection: Connection, row: DocumentRow) -> tuple[dict[str, Any], str | None]:
    """The current result's JSON and text; raises `NotFoundError` while there is none."""
    wanted = select(schema.results.c.body, schema.results.c.text).where(schema.results.c.id == row.result_id)
    found = connection.execute(wanted).one_or_none() if row.result_id is not None else None
    if found is None:
        raise NotFoundError("Tài liệu chưa có kết quả.", hint="Đợi xử lý xong rồi thử lại.", code="no-result")
    return found.body, found.text


def save_result(
    connection: Connection, document_id: str, fingerprint: str, result: Mapping[str, Any], text: str | None
) -> None:
    """Keep a result (once per fingerprint: a later one of the same replaces it) and derive what search needs."""
    row = document(connection, document_id, lock=True)
    clean = _storable(dict(result))
    clean["issues"] = list(clean.get("issues") or ()) + _duplicates(connection, row, clean)
    values = {"document_id": document_id, "fingerprint": fingerprint, "body": clean, "created_at": now()}
    values |= {"engine": clean.get("engine") or {}, "text": _storable(text)}
    if row.result_id is not None:
        same = (schema.results.c.document_id == document_id) & (schema.results.c.fingerprint == fingerprint)
        connection.execute(delete(schema.results).where(same))
    result_id = connection.execute(insert(schema.results).values(**values).returning(schema.results.c.id)).scalar_one()
    changes = {"result_id": result_id, "status": "done", "error_code": None, "error_message": None}
    changes |= {"version": row.version + 1, "updated_at": now()}
    _derive(connection, row, replace(row, result_id=result_id), (clean, values["text"]), changes)


def _storable(value: Any) -> Any:
    """The value itself where a database takes it as it is; PostgreSQL takes neither NUL nor half a surrogate pair."""
    try:
        plain = json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return _mended(value)
    return _mended(value) if b"\\u0000" in plain else value


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _mended(item) for key, item in value.items()}
    return [_mended(item) for item in value] if isinstance(value, list | tuple) else value


def _duplicates(connection: Connection, row: DocumentRow, result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A warning where another file has the same number, symbol, agency and year."""
    record = result.get("record") or {}
    agency = (record.get("agency") or {}).get("name")
    if not record.get("number") or not record.get("identifier") or not agency:
        return []
    known = schema.documents.c
    wanted = select(known.filename).where(
        known.id != row.id,
        known.identifier_folded == fold(record["identifier"]),
        known.agency_folded == fold(agency),
        known.issued_on.like(str(record.get("issued_on") or "")[:4] + "%"),
    )
    name = connection.execute(wanted.order_by(known.id).limit(1)).scalar_one_or_none()
    if name is None:
        return []
    message = f"Trong kho đã có văn bản cùng số, ký hiệu và cơ quan: {name}. Hãy so hai tệp rồi giữ bản đúng."
    issue = {"code": "duplicate", "severity": "warning", "pointers": ["/identifier"], "message": message}
    return [issue | {"regions": [], "span": None}]


def _touch(connection: Connection, row: DocumentRow, changes: Mapping[str, Any]) -> None:
    values = {"version": row.version + 1, "updated_at": now(), **changes}
    connection.execute(update(schema.documents).where(schema.documents.c.id == row.id).values(**values))


def _refresh(connection: Connection, document_id: str) -> None:
    row = document(connection, document_id)
    _derive(connection, row, row, body(connection, row), {})


def _derive(
    connection: Connection,
    before: DocumentRow,
    row: DocumentRow,
    content: tuple[dict[str, Any], str | None],
    changes: Mapping[str, Any],
) -> None:
    """Everything that follows from a result: rows of lists, search words, the document's own columns."""
    result, text = content
    record = result["record"]
    differences: tuple[Difference, ...] = ()
    if before.result_id is not None:
        record, differences = effective(connection, row, record)
    index.write(connection, row.id, result, record, fresh=before.result_id is None)
    words = index.searchable(row.filename, result, record, text)
    index.write_search(connection, row.id, before.result_id, row.result_id, words)
    values = {**index.columns(result, record), "differences": len(differences), **changes}
    connection.execute(update(schema.documents).where(schema.documents.c.id == row.id).values(**values))


def effective(
    connection: Connection, row: DocumentRow, record: dict[str, Any]
) -> tuple[dict[str, Any], tuple[Difference, ...]]:
    """The record as corrected: older corrections carried over to the current reading, newer ones as they are."""
    table = schema.corrections
    made = connection.execute(select(table).where(table.c.document_id == row.id).order_by(table.c.id)).all()
    older = [step for one in made if one.result_id != row.result_id for step in one.contexts]
    differences: tuple[Difference, ...] = ()
    if older:
        record, differences = corrections.rebase(record, older)
    for one in made:
        if one.result_id == row.result_id:
            try:
                record = corrections.apply(record, one.patch)
            except corrections.PatchError:
                record, more = corrections.rebase(record, one.contexts)
                differences += more
            settled = {step["path"] for step in one.contexts}
            differences = tuple(item for item in differences if item.pointer not in settled)
    return record, differences


def view(connection: Connection, document_id: str) -> RecordView:
    """The record as corrected, with its history and the differences to the current reading."""
    row = document(connection, document_id)
    content, _ = body(connection, row)
    record, differences = effective(connection, row, content["record"])
    table = schema.corrections
    wanted = select(table.c.id, table.c.patch, table.c.who, table.c.at).where(table.c.document_id == document_id)
    made = tuple(Correction(*one) for one in connection.execute(wanted.order_by(table.c.id)))
    return RecordView(row, row.version, record, made, differences)


def patch(
    connection: Connection, document_id: str, operations: list[dict[str, Any]], version: int | None, who: str
) -> None:
    """Keep a correction after trying it; raises `VersionError`, `PatchError` or `RecordError`."""
    row = _current(connection, document_id, version)
    content, _ = body(connection, row)
    before, _ = effective(connection, row, content["record"])
    after = corrections.apply(before, operations)
    try:
        Record.model_validate(after)
    except ValidationError as error:
        first = error.errors()[0]
        where = "/" + "/".join(map(str, first["loc"]))
        raise RecordError(f"Giá trị ở {where} không hợp lệ: {first['msg']}.", hint="Xem /v1/schema.") from error
    values = {"document_id": document_id, "result_id": row.result_id, "patch": operations, "who": who, "at": now()}
    values["contexts"] = corrections.steps(before, operations)
    connection.execute(insert(schema.corrections).values(**_mended(values)))
    changed = after != before
    review = "corrected" if changed or row.review == "corrected" else row.review
    _touch(connection, row, {"review": "corrected" if row.review == "confirmed" and changed else review})
    _refresh(connection, document_id)


def set_review(connection: Connection, document_id: str, state: str, version: int | None) -> None:
    """Mark a document as confirmed, or open again."""
    row = _current(connection, document_id, version)
    body(connection, row)
    _touch(connection, row, {"review": state})


def _current(connection: Connection, document_id: str, version: int | None) -> DocumentRow:
    row = document(connection, document_id, lock=True)
    if version is not None and version != row.version:
        raise VersionError("Bản ghi đã được người khác sửa trong lúc này.", hint="Tải lại, so sánh rồi sửa tiếp.")
    return row
