"""Values of the store → bodies of the API."""

from __future__ import annotations

import dataclasses
from typing import Any

from api.models import (
    CorrectionModel,
    DifferenceModel,
    DocumentError,
    DocumentModel,
    EventModel,
    ProductModel,
    RecordModel,
)
from extractor.store import DocumentRow, Event, ProductRow, RecordView


def document(row: DocumentRow) -> DocumentModel:
    """A document's body."""
    values: dict[str, Any] = {name: getattr(row, name, None) for name in DocumentModel.model_fields}
    error = DocumentError(code=row.error_code, message=row.error_message or "") if row.error_code else None
    return DocumentModel.model_validate(values | {"error": error, "lowest_confidence": row.lowest})


def product(row: ProductRow) -> ProductModel:
    """A product's body."""
    return ProductModel.model_validate({name: getattr(row, name) for name in ProductModel.model_fields})


def event(one: Event) -> EventModel:
    """A line of the audit trail."""
    return EventModel.model_validate(dataclasses.asdict(one))


def record(view: RecordView) -> RecordModel:
    """A record's body."""
    return RecordModel(
        id=view.document.id,
        version=view.version,
        review=view.document.review,
        record=view.record,
        corrections=[CorrectionModel.model_validate(dataclasses.asdict(one)) for one in view.corrections],
        differences=[DifferenceModel.model_validate(dataclasses.asdict(one)) for one in view.differences],
    )


def etag(version: int) -> str:
    """The entity tag of a document's version."""
    return f'"{version}"'
