"""Events of a document's job, as server-sent events."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from api import present
from api.context import Context, Service
from api.errors import Problem
from api.routes.common import DocumentId, problems
from api.security import Reader
from extractor.store import DocumentRow

router = APIRouter(tags=["documents"])
_POLL, _LONGEST, _KEEP_ALIVE = 0.4, 3600.0, 15.0


@router.get(
    "/v1/documents/{document_id}/events",
    summary="Follow a document until it is done",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}, **problems(404, 503)},
)
async def events(request: Request, service: Service, _: Reader, document_id: DocumentId) -> StreamingResponse:
    """An event `status` with the document each time it changes; the stream ends with `done` or `failed`."""
    row = await run_sync(service.store.document, document_id)
    if service.streams >= service.settings.max_streams:
        raise Problem("busy", "Quá nhiều người đang theo dõi.", hint="Hỏi lại sau.", headers={"Retry-After": "5"})
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_follow(request, service, row), media_type="text/event-stream", headers=headers)


async def _follow(request: Request, service: Context, row: DocumentRow) -> AsyncIterator[str]:
    service.streams += 1
    try:
        end, told = time.monotonic() + _LONGEST, time.monotonic()
        yield _event(row)
        while row.status in {"queued", "running"} and time.monotonic() < end:
            await asyncio.sleep(_POLL)
            if await request.is_disconnected():
                return
            newer = await run_sync(service.store.document, row.id)
            if (newer.status, newer.version) != (row.status, row.version):
                yield _event(newer)
                told = time.monotonic()
            elif time.monotonic() - told > _KEEP_ALIVE:
                yield ": \n\n"
                told = time.monotonic()
            row = newer
    finally:
        service.streams -= 1


def _event(row: DocumentRow) -> str:
    data = json.dumps(present.document(row).model_dump(mode="json"), ensure_ascii=False)
    return f"event: status\nid: {row.version}-{row.status}\ndata: {data}\n\n"
