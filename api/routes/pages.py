"""`/pages/{n}.png`: the picture of a page, with boxes when asked for."""

from __future__ import annotations

import math
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import FileResponse, Response

from api import pictures
from api.context import Service
from api.errors import Problem
from api.routes.common import DocumentId, problems
from api.security import Reader

router = APIRouter(tags=["documents"])
_ALL = {"", "all", "1", "true"}


@router.get(
    "/v1/documents/{document_id}/pages/{number}.png",
    summary="A page as a picture",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}}, **problems(404)},
)
def page(
    service: Service,
    _: Reader,
    document_id: DocumentId,
    number: Annotated[int, Path(ge=1, le=100_000)],
    boxes: Annotated[
        str | None,
        Query(max_length=2_000, description="`all`, JSON Pointers joined by commas, or `x0,top,x1,bottom` in points."),
    ] = None,
    crop: Annotated[str | None, Query(max_length=100, description="`x0,top,x1,bottom` in points.")] = None,
    width: Annotated[int | None, Query(ge=16, le=2_480, description="In pixels.")] = None,
) -> Response:
    """Upright and straightened, in step with the regions of the evidence."""
    held = service.store.result(document_id)
    path = pictures.page(service.store, service.settings, held, number)
    headers = {"Cache-Control": "private, max-age=3600"}
    if boxes is None and crop is None and width is None:
        return FileResponse(path, media_type="image/png", headers=headers)
    info = next(one for one in held.body["source"]["pages"] if one["number"] == number)
    wanted = _boxes(held.body, number, boxes) if boxes is not None else []
    cut = _box(crop) if crop else None
    content = pictures.finished(path, (info["width"], info["height"]), wanted, cut, width)
    return Response(content, media_type="image/png", headers=headers)


def _boxes(body: dict[str, Any], number: int, asked: str) -> list[pictures.Box]:
    if asked not in _ALL and asked[:1] in "0123456789-.":
        return [_box(asked)]
    evidence = body["evidence"]
    pointers = list(evidence) if asked in _ALL else asked.split(",")
    regions = [region for pointer in pointers for region in (evidence.get(pointer) or {}).get("regions", ())]
    return [tuple(region["bbox"]) for region in regions if region["page"] == number]


def _box(text: str) -> pictures.Box:
    try:
        x0, top, x1, bottom = (float(part) for part in text.split(","))
    except ValueError as error:
        raise Problem("invalid", "Khung phải là x0,top,x1,bottom tính bằng point.") from error
    if not all(math.isfinite(edge) and abs(edge) < 1e6 for edge in (x0, top, x1, bottom)) or x1 <= x0 or bottom <= top:
        raise Problem("invalid", "Khung phải có x0 < x1 và top < bottom.")
    return x0, top, x1, bottom
