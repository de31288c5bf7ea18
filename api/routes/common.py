"""Parameters that several routes share."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from fastapi import Depends, Header, Path, Query

from api.errors import Problem
from api.models import EXAMPLE_ID, ProblemModel
from extractor.store import STATUSES, Filters

ProductStatus = Literal["registered", "assessed", "proposed", "recognized", "target", "potential", "revoked"]
AnyStatus = Literal[
    "queued", "running", "done", "failed",
    "registered", "assessed", "proposed", "recognized", "target", "potential", "revoked",
]  # fmt: skip
_EDTF = r"^\d{4}(-\d{2}){0,2}$"
DocumentId = Annotated[str, Path(max_length=64, pattern=r"^[^/\x00]+$", examples=[EXAMPLE_ID])]
Limit = Annotated[int, Query(ge=1, le=500, description="How many at most.")]
Cursor = Annotated[str | None, Query(max_length=200, description="`next` of the part before.")]
_Text = Annotated[str | None, Query(max_length=200)]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The refusals of a route, for OpenAPI."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemModel"}}}
    told = {400, 401, 403, 421, 422, 429, *statuses}
    return {status: {"description": "Problem", "content": content} for status in sorted(told)}


PROBLEM_SCHEMA = ProblemModel


def filters(
    status: Annotated[AnyStatus | None, Query(description="Of the document, or of its products.")] = None,
    doc_type: Annotated[str | None, Query(alias="type", max_length=20, examples=["KH"])] = None,
    agency: Annotated[str | None, Query(max_length=200, description="Part of the name, marks do not matter.")] = None,
    issued_from: Annotated[str | None, Query(alias="from", pattern=_EDTF, examples=["2021-04"])] = None,
    issued_to: Annotated[str | None, Query(alias="to", pattern=_EDTF, examples=["2021"])] = None,
    product: _Text = None,
    producer: _Text = None,
    stars: Annotated[int | None, Query(ge=1, le=5)] = None,
    product_status: Annotated[ProductStatus | None, Query()] = None,
    locality: _Text = None,
    year: Annotated[str | None, Query(pattern=r"^\d{4}$")] = None,
    issue: Annotated[str | None, Query(max_length=60, examples=["number-blank"])] = None,
    review: Annotated[Literal["open", "corrected", "confirmed"] | None, Query()] = None,
    differs: Annotated[bool | None, Query(description="A newer reading differs from a correction.")] = None,
    doc_type_too: Annotated[str | None, Query(alias="doc_type", max_length=20, include_in_schema=False)] = None,
    q: Annotated[str | None, Query(max_length=500, description="Full text; marks do not matter.")] = None,
) -> Filters:
    """The filters of lists, products and exports."""
    of_products = status if status in get_args(ProductStatus) else product_status
    return Filters(
        status=status if status in STATUSES else None,
        doc_type=doc_type or doc_type_too,
        agency=agency,
        issued_from=issued_from,
        issued_to=issued_to,
        product=product,
        producer=producer,
        stars=stars,
        product_status=of_products,
        locality=locality,
        year=year,
        issue=issue,
        review=review,
        differs=differs,
        search=q or None,
    )


Filtering = Annotated[Filters, Depends(filters)]


def if_match(value: Annotated[str | None, Header(alias="If-Match", examples=['"1"'])] = None) -> int | None:
    """The version a change builds on; None for `*`. Raises 428 without the header, 412 for a tag never given."""
    if value is None:
        raise Problem("if-match-required", "Thiếu tiêu đề If-Match.", hint="Gửi ETag nhận được khi đọc bản ghi.")
    if value.strip() == "*":
        return None
    tag = value.strip().removeprefix("W/").strip('"')
    if not tag.isascii() or not tag.isdigit() or len(tag) > 9:
        raise Problem("version-conflict", "If-Match không phải ETag của bản ghi này.", hint="Tải lại rồi sửa.")
    return int(tag)


IfMatch = Annotated[int | None, Depends(if_match)]
