"""`POST /v1/documents`: files in, durable before the answer."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Sequence
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import UploadFile

from api import present
from api.context import Context, Service
from api.errors import Problem, body, of_library
from api.models import EXAMPLE_DOCUMENT, EXAMPLE_ID, Receipt, Receipts, Refusal
from api.routes.common import problems
from api.security import Person, Reviewer, too_many
from extractor.errors import ExtractorError
from extractor.ingest import sniff

router = APIRouter(tags=["documents"])
_HEAD = 4096
_POLL = 0.1

_EXAMPLE = {
    "items": [
        {"filename": "ke-hoach-122.pdf", "known": False, "document": EXAMPLE_DOCUMENT | {"status": "queued"},
         "location": f"/v1/documents/{EXAMPLE_ID}", "problem": None}
    ],
    "id": EXAMPLE_ID, "sha256": EXAMPLE_DOCUMENT["sha256"], "status": "queued", "known": False,
}  # fmt: skip
_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}}
                    },
                }
            }
        },
    }
}


@router.post(
    "/v1/documents",
    status_code=202,
    response_model=Receipts,
    openapi_extra=_FORM,
    summary="Upload one or many files",
    responses={
        200: {"description": "Known bytes, or the result within `wait`."},
        202: {"description": "Accepted", "content": {"application/json": {"example": _EXAMPLE}}},
        **problems(408, 413, 415, 503),
    },
)
async def upload(
    request: Request,
    service: Service,
    who: Reviewer,
    wait: Annotated[float, Query(ge=0, le=3600, description="Seconds to wait for the result.")] = 0,
) -> Response:
    """Keep files and queue them. One file: its result with `wait`. The same bytes again: the same document."""
    await run_sync(_check_room, service, who)
    try:
        await asyncio.wait_for(service.upload_slots.acquire(), service.settings.upload_patience)
    except TimeoutError:
        raise _busy("Đang nhận quá nhiều tệp cùng lúc.") from None
    try:
        receipts = await _receive(request, service, who)
    finally:
        service.upload_slots.release()
    taken = [receipt for receipt in receipts if receipt.document is not None]
    if taken and service.crew is not None:
        service.crew.wake()
    if wait and taken:
        await _wait(service, taken, min(wait, service.settings.max_wait))
    return await run_sync(_answer, service, receipts, wait > 0)


def _check_room(service: Context, who: Person) -> None:
    delay = service.uploads.take(who.name)
    if delay:
        raise too_many(delay)
    if service.store.waiting() >= service.settings.max_waiting:
        raise _busy("Hàng đợi đã đầy.", 60)
    if shutil.disk_usage(service.settings.cache).free < service.settings.min_free:
        hint = "Báo quản trị viên giải phóng ổ đĩa."
        raise Problem("storage-full", "Ổ đĩa sắp đầy.", hint=hint, headers={"Retry-After": "600"})


def _busy(detail: str, seconds: int = 5) -> Problem:
    return Problem("busy", detail, hint="Đợi rồi gửi lại.", headers={"Retry-After": str(seconds)})


async def _receive(request: Request, service: Context, who: Person) -> list[Receipt]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise Problem("unsupported-media-type", "Gửi tệp bằng multipart/form-data.", hint="Tên trường là `files`.")
    limit = service.settings.max_files
    async with request.form(max_files=limit, max_fields=limit, max_part_size=1 << 16) as form:
        files = [item for _, item in form.multi_items() if isinstance(item, UploadFile)]
        if not files:
            raise Problem("no-files", "Yêu cầu không có tệp nào.", hint="Gửi tệp trong trường `files`.")
        receipts = [await run_sync(_keep, service, who, item) for item in files]
    if len(receipts) == 1 and receipts[0].problem is not None:
        told = receipts[0].problem
        raise Problem(told.type.rsplit("/", 1)[-1], told.detail)
    return receipts


def _keep(service: Context, who: Person, upload: UploadFile) -> Receipt:
    name = upload.filename or ""
    try:
        _check_file(service, upload, name)
        identity, known = service.store.accept(upload.file, name, who.name)
    except Problem as problem:
        service.metrics.uploads.labels("refused").inc()
        return Receipt(filename=name, problem=_refusal(problem))
    except ExtractorError as error:
        service.metrics.uploads.labels("refused").inc()
        return Receipt(filename=name, problem=_refusal(of_library(error)))
    service.metrics.uploads.labels("known" if known else "new").inc()
    row = service.store.document(identity)
    location = f"/v1/documents/{identity}"
    return Receipt(filename=row.filename, known=known, document=present.document(row), location=location)


def _refusal(problem: Problem) -> Refusal:
    found = body(problem.slug, problem.detail, "")
    return Refusal.model_validate(found)


def _check_file(service: Context, upload: UploadFile, name: str) -> None:
    size = upload.size or 0
    if size == 0:
        raise Problem("corrupt", f"{name}: tệp rỗng.")
    if size > service.settings.max_file:
        raise Problem("too-large", f"{name}: tệp lớn hơn {service.settings.max_file >> 20} MB.")
    head = upload.file.read(_HEAD)
    upload.file.seek(0)
    if not head.startswith(b"PK\x03\x04"):  # packed formats are told apart by their reader, under its limits
        sniff.media_type(head, name)


async def _wait(service: Context, receipts: Sequence[Receipt], seconds: float) -> None:
    end = time.monotonic() + seconds
    for receipt in receipts:
        assert receipt.document is not None
        while receipt.document.status in {"queued", "running"} and time.monotonic() < end:
            await asyncio.sleep(_POLL)
            row = await run_sync(service.store.document, receipt.document.id)
            receipt.document = present.document(row)


def _answer(service: Context, receipts: list[Receipt], waited: bool) -> Response:
    content = Receipts(items=receipts)
    headers: dict[str, str] = {}
    ended = all(item.document is None or item.document.status in {"done", "failed"} for item in receipts)
    status = 200 if waited and ended else 202
    only = receipts[0].document if len(receipts) == 1 else None
    if only is not None:
        headers = {"Location": f"/v1/documents/{only.id}", "ETag": present.etag(only.version)}
        status = 200 if receipts[0].known else status
        if waited and only.status == "done":
            return JSONResponse(service.store.result(only.id).body, 200, headers)
        content.id, content.sha256, content.status = only.id, only.sha256, only.status
        content.known = receipts[0].known
    return JSONResponse(content.model_dump(mode="json"), status, headers)
