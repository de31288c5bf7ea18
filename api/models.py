"""Bodies of API v1, as OpenAPI shows them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

EXAMPLE_ID = "01k5zv7w3n8q2r4t6y8a0c2e4g"
EXAMPLE_SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
EXAMPLE_DOCUMENT: dict[str, Any] = {
    "id": EXAMPLE_ID, "sha256": EXAMPLE_SHA, "filename": "ke-hoach-122.pdf", "media_type": "application/pdf",
    "size": 248120, "pages": 3, "status": "done", "error": None, "created_at": "2026-03-02T08:15:00Z",
    "updated_at": "2026-03-02T08:15:04Z", "doc_type": "KH", "number": "122", "symbol": "KH-UBND",
    "identifier": "122/KH-UBND", "issued_on": "2026-02-27", "issued_at": "Đồng Mẫu",
    "agency": "Ủy ban nhân dân xã Đồng Mẫu", "subject": "Triển khai Chương trình OCOP năm 2026", "issues": 1,
    "lowest_confidence": 0.71, "review": "open", "differences": 0, "version": 1,
}  # fmt: skip


class DocumentError(BaseModel):
    """Why a document failed."""

    code: str
    message: str


class DocumentModel(BaseModel):
    """A document; its values are those of the record as corrected."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_DOCUMENT]})

    id: str
    sha256: str
    filename: str
    media_type: str | None
    size: int
    pages: int | None
    status: Literal["queued", "running", "done", "failed"]
    error: DocumentError | None = None
    created_at: dt.datetime
    updated_at: dt.datetime
    doc_type: str | None
    number: str | None
    symbol: str | None
    identifier: str | None
    issued_on: str | None
    issued_at: str | None
    agency: str | None
    subject: str | None
    issues: int = Field(description="Issues that are warnings or errors.")
    lowest_confidence: float | None
    review: Literal["open", "corrected", "confirmed"]
    differences: int = Field(description="Corrected values that a newer reading sees otherwise.")
    version: int


class DocumentList(BaseModel):
    """Part of the list; `next` is the cursor of the rest."""

    items: list[DocumentModel]
    next: str | None


class Refusal(BaseModel):
    """Why one file of several was not taken."""

    type: str
    title: str
    status: int
    detail: str


class Receipt(BaseModel):
    """What became of one file."""

    filename: str
    known: bool = Field(default=False, description="The same bytes were here before.")
    document: DocumentModel | None = None
    location: str | None = None
    problem: Refusal | None = None


class Receipts(BaseModel):
    """What became of the files; for one file also its document's identity."""

    items: list[Receipt]
    id: str | None = None
    sha256: str | None = None
    status: str | None = None
    known: bool | None = None


class CorrectionModel(BaseModel):
    """One reviewer's change."""

    id: int
    patch: list[dict[str, Any]]
    who: str
    at: dt.datetime


class DifferenceModel(BaseModel):
    """A person's value beside that of a newer reading. `placed` false: its entry is gone from the reading."""

    pointer: str
    corrected: Any
    was: Any
    reading: Any
    placed: bool


class RecordModel(BaseModel):
    """A record with its corrections applied. The ETag is `"version"`."""

    id: str
    version: int
    review: Literal["open", "corrected", "confirmed"]
    record: dict[str, Any]
    corrections: list[CorrectionModel]
    differences: list[DifferenceModel]


class Operation(BaseModel):
    """One operation of a JSON Patch (RFC 6902); `test` alone confirms a value."""

    model_config = ConfigDict(populate_by_name=True)

    op: Literal["add", "remove", "replace", "move", "copy", "test"]
    path: str
    from_: str | None = Field(default=None, alias="from")
    value: Any = None


class ReviewBody(BaseModel):
    """The state to set."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"state": "confirmed"}]})

    state: Literal["open", "confirmed"]


class ReprocessBody(BaseModel):
    """What reading again needs."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"password": "mật khẩu"}]})

    password: str | None = Field(default=None, max_length=200, description="Of a protected file; never stored.")


class ProductModel(BaseModel):
    """A product with the document that names it."""

    document_id: str
    position: int = Field(description="Index in the record's `products`.")
    name: str
    producer: str | None
    stars: int | None
    status: str | None
    points: float | None
    group: str | None
    locality: str | None
    year: str | None
    page: int | None
    identifier: str | None
    issued_on: str | None
    filename: str


class ProductList(BaseModel):
    """Part of the list; `next` is the cursor of the rest."""

    items: list[ProductModel]
    next: str | None


class EventModel(BaseModel):
    """A line of the audit trail."""

    at: dt.datetime
    who: str
    action: str
    document_id: str | None
    detail: dict[str, Any]


class EventList(BaseModel):
    """The newest lines first."""

    items: list[EventModel]


class StatsModel(BaseModel):
    """Counts over the store."""

    statuses: dict[str, int]
    reviews: dict[str, int]
    types: dict[str, int]
    issues: dict[str, int]
    failures: dict[str, int]


class ProblemModel(BaseModel):
    """A problem document (RFC 9457). `type` never changes, `title` and `detail` are Vietnamese."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "type": "/problems/not-found", "title": "Không tìm thấy", "status": 404,
                    "detail": "Không có tài liệu này trong kho.", "instance": "/v1/documents/x",
                }
            ]
        },
    )  # fmt: skip

    type: str
    title: str
    status: int
    detail: str
    instance: str | None = None
    hint: str | None = None


DocumentId = Annotated[str, Field(description="26 letters and digits.", examples=[EXAMPLE_ID], max_length=64)]
