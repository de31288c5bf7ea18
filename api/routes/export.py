"""`/v1/export`: what the store holds, streamed in constant memory."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from api.context import Service
from api.routes.common import Filtering, problems
from api.security import Reader
from extractor.export import open_writer
from extractor.store import Filters, Store

router = APIRouter(tags=["export"])
_TYPES = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CHUNK = 1 << 16


@router.get(
    "/v1/export",
    summary="Results as JSON Lines, CSV or XLSX",
    response_class=StreamingResponse,
    responses={200: {"content": {kind.partition(";")[0]: {} for kind in _TYPES.values()}}, **problems()},
)
def export(
    service: Service,
    _: Reader,
    filters: Filtering,
    kind: Annotated[Literal["jsonl", "csv", "xlsx"], Query(alias="format")] = "jsonl",
    corrected: Annotated[
        bool | None, Query(description="Records as corrected. By default in CSV and XLSX, not in JSON Lines.")
    ] = None,
) -> StreamingResponse:
    """Done documents only, oldest first. JSON Lines: one result (schema 1.0) a line; CSV: the table of documents."""
    use = corrected if corrected is not None else kind != "jsonl"
    found = results(service.store, filters, corrected=use)
    pieces = _spooled(kind, found) if kind == "xlsx" else _streamed(kind, found)
    headers = {"Content-Disposition": f'attachment; filename="extractor.{kind}"'}
    return StreamingResponse(pieces, media_type=_TYPES[kind], headers=headers)


def results(store: Store, filters: Filters, *, corrected: bool) -> Iterator[dict[str, Any]]:
    """Results as the contract spells them, with the record as corrected where wanted."""
    for held in store.results(filters):
        yield held.body | {"record": held.record} if corrected else held.body


class _Drain(io.BytesIO):
    """Takes what a writer writes and gives it away piece by piece."""

    def take(self) -> bytes:
        """What was written since the last time."""
        content = self.getvalue()
        self.seek(0)
        self.truncate()
        return content


def _streamed(kind: str, found: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    drain = _Drain()
    with open_writer(kind, drain) as writer:
        for result in found:
            writer.write(result)
            yield drain.take()
    yield drain.take()


def _spooled(kind: str, found: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as spool:
        with open_writer(kind, spool) as writer:
            for result in found:
                writer.write(result)
        spool.seek(0)
        while chunk := spool.read(_CHUNK):
            yield chunk
