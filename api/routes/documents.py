"""Documents: list, one, its result, original, text, record, review, events."""

from __future__ import annotations

import json
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse, StreamingResponse

from api import present
from api.context import Service
from api.errors import Problem
from api.models import DocumentList, DocumentModel, EventList, Operation, RecordModel, ReprocessBody, ReviewBody
from api.routes.common import Cursor, DocumentId, Filtering, IfMatch, Limit, problems
from api.security import Reader, Reviewer
from extractor.result import Result
from extractor.store import NotFoundError

router = APIRouter(tags=["documents"])
_OPERATIONS = 1_000
_PATCH_TYPES = {"application/json-patch+json", "application/json"}
_PATCH_EXAMPLE = [{"op": "replace", "path": "/number", "value": "123"}]
_PATCH_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json-patch+json": {
                "schema": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": _OPERATIONS,
                    "items": {"$ref": "#/components/schemas/Operation"},
                },
                "example": _PATCH_EXAMPLE,
            }
        },
    }
}  # fmt: skip
OPERATION_SCHEMA = Operation


@router.get("/v1/documents", summary="List documents, newest first", responses=problems())
def list_documents(
    service: Service, _: Reader, filters: Filtering, limit: Limit = 50, cursor: Cursor = None
) -> DocumentList:
    """Documents that fulfil all filters."""
    part = service.store.documents(filters, limit, cursor)
    return DocumentList(items=[present.document(row) for row in part.items], next=part.next)


@router.get("/v1/documents/{document_id}", summary="One document", responses=problems(404))
def one_document(service: Service, _: Reader, document_id: DocumentId, response: Response) -> DocumentModel:
    """Its state and main values."""
    row = service.store.document(document_id)
    response.headers["ETag"] = present.etag(row.version)
    return present.document(row)


@router.get(
    "/v1/documents/{document_id}/result",
    summary="The result, as the engine read it",
    response_model=Result,
    responses={304: {"description": "Not changed"}, **problems(404)},
)
def result(
    service: Service,
    _: Reader,
    document_id: DocumentId,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Schema 1.0, without corrections; a document that failed or is waiting has none."""
    try:
        held = service.store.result(document_id)
    except NotFoundError as error:
        row = service.store.document(document_id)
        if row.status == "failed":
            detail = row.error_message or "Tài liệu không đọc được."
            raise Problem("document-failed", detail, code=row.error_code) from error
        raise
    tag = present.etag(held.document.version)
    if if_none_match is not None and if_none_match.strip() == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return JSONResponse(held.body, headers={"ETag": tag})


@router.get(
    "/v1/documents/{document_id}/original",
    summary="The file as it came",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/octet-stream": {}}}, **problems(404)},
)
def original(service: Service, _: Reader, document_id: DocumentId) -> Response:
    """Byte for byte, always as a download: a browser must not run what it holds."""
    row = service.store.document(document_id)
    stream = service.store.blobs.open(row.sha256)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(row.filename, safe='')}",
        "Content-Length": str(row.size),
        "ETag": f'"{row.sha256}"',
    }

    def pieces() -> Any:
        with stream:
            while chunk := stream.read(1 << 16):
                yield chunk

    return StreamingResponse(pieces(), media_type="application/octet-stream", headers=headers)


@router.get(
    "/v1/documents/{document_id}/text",
    summary="The document's text",
    response_class=PlainTextResponse,
    responses=problems(404),
)
def text(service: Service, _: Reader, document_id: DocumentId) -> str:
    """Of a text format verbatim, as spans point into it; of a paged one in reading order."""
    return service.store.result(document_id).text or ""


@router.get("/v1/documents/{document_id}/record", summary="The record as corrected", responses=problems(404))
def record(service: Service, _: Reader, document_id: DocumentId, response: Response) -> RecordModel:
    """With who corrected what and when, and where a newer reading differs."""
    view = service.store.record(document_id)
    response.headers["ETag"] = present.etag(view.version)
    return present.record(view)


@router.patch(
    "/v1/documents/{document_id}/record",
    summary="Correct or confirm values",
    openapi_extra=_PATCH_BODY,
    responses=problems(404, 409, 412, 413, 415, 428),
)
async def correct(
    request: Request, service: Service, who: Reviewer, document_id: DocumentId, version: IfMatch, response: Response
) -> RecordModel:
    """A JSON Patch against the record, kept beside it. `test` operations alone confirm values."""
    from anyio.to_thread import run_sync

    patch = await _operations(request)
    view = await run_sync(service.store.correct, document_id, patch, who.name, version)
    response.headers["ETag"] = present.etag(view.version)
    return present.record(view)


async def _operations(request: Request) -> list[dict[str, Any]]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _PATCH_TYPES:
        raise Problem("unsupported-media-type", "Gửi bản sửa dạng application/json-patch+json.")
    try:
        patch = json.loads(await request.body(), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Problem("patch-invalid", "Nội dung không phải JSON.") from error
    if not isinstance(patch, list) or not patch or not all(isinstance(one, dict) for one in patch):
        raise Problem("patch-invalid", "Bản sửa phải là một danh sách thao tác, ít nhất một.")
    if len(patch) > _OPERATIONS:
        raise Problem("too-large", f"Bản sửa có hơn {_OPERATIONS} thao tác.")
    return patch


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


@router.post("/v1/documents/{document_id}/review", summary="Confirm a document", responses=problems(404, 412, 428))
def review(
    service: Service, who: Reviewer, document_id: DocumentId, version: IfMatch, body: ReviewBody, response: Response
) -> DocumentModel:
    """Mark a document as confirmed by a person, or open again."""
    row = service.store.set_review(document_id, body.state, who.name, version)
    response.headers["ETag"] = present.etag(row.version)
    return present.document(row)


@router.post("/v1/documents/{document_id}/reprocess", status_code=202, summary="Read again", responses=problems(404))
def reprocess(
    service: Service, who: Reviewer, document_id: DocumentId, response: Response, body: ReprocessBody | None = None
) -> DocumentModel:
    """Queue the document for the rules of now; corrections stay, the earlier result is served until then."""
    if body is not None and body.password:
        if service.crew is None:
            raise Problem("invalid", "Máy chủ này không tự đọc tệp nên không nhận mật khẩu.")
        service.store.document(document_id)
        service.crew.remember(document_id, body.password)
    service.store.reprocess(document_id, who.name)
    if service.crew is not None:
        service.crew.wake()
    response.headers["Location"] = f"/v1/documents/{document_id}"
    return present.document(service.store.document(document_id))


@router.get("/v1/documents/{document_id}/history", summary="Who did what with it", responses=problems(404))
def history(
    service: Service, _: Reader, document_id: DocumentId, limit: Annotated[int, Query(ge=1, le=500)] = 100
) -> EventList:
    """The audit trail of one document, newest first."""
    service.store.document(document_id)
    return EventList(items=[present.event(one) for one in service.store.events(document_id, limit)])
