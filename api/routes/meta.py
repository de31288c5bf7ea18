"""About the service: health, metrics, schema, statistics, problem types."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from api.context import Service
from api.errors import TITLES, Problem
from api.metrics import CONTENT_TYPE
from api.models import StatsModel
from api.routes.common import problems
from api.security import Reader
from extractor.result import Result

router = APIRouter(tags=["service"])


@router.get("/health/live", summary="The process answers")
def live() -> dict[str, str]:
    """Needs no key and asks nobody."""
    return {"status": "ok"}


@router.get("/health/ready", summary="Database and workers answer", responses=problems(503))
def ready(service: Service) -> dict[str, str]:
    """Needs no key."""
    try:
        well = service.store.ready()
    except Exception as error:
        raise Problem("not-ready", "Cơ sở dữ liệu không trả lời.", headers={"Retry-After": "5"}) from error
    if not well:
        raise Problem("not-ready", "Kho chưa mở xong.", headers={"Retry-After": "5"})
    return {"status": "ok"}


@router.get(
    "/metrics",
    summary="Figures for Prometheus",
    response_class=PlainTextResponse,
    responses={200: {"content": {"text/plain": {}}}, **problems()},
)
def metrics(service: Service, _: Reader) -> Response:
    """Requests, seconds, uploads, documents by status."""
    return Response(service.metrics.text(), media_type=CONTENT_TYPE)


@router.get("/v1/schema", summary="JSON Schema of a result", responses=problems())
def schema(_: Reader) -> dict[str, Any]:
    """Of schema 1.0, as `/result` and the JSON Lines export give it."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | Result.model_json_schema(by_alias=True)


@router.get("/v1/stats", summary="Counts over the store", responses=problems())
def stats(service: Service, _: Reader) -> StatsModel:
    """Documents by status, review state, type; issues and failures by code."""
    found = service.store.stats()
    return StatsModel.model_validate({name: dict(getattr(found, name)) for name in StatsModel.model_fields})


@router.get("/problems/{slug}", summary="What a problem type means", responses=problems(404))
def problem(slug: str) -> dict[str, Any]:
    """The `type` of a problem document leads here."""
    if slug not in TITLES:
        raise Problem("not-found", "Không có loại lỗi này.")
    status, title = TITLES[slug]
    return {"type": f"/problems/{slug}", "title": title, "status": status}


@router.get("/v1/openapi.json", include_in_schema=False)
def openapi(request: Request, _: Reader) -> JSONResponse:
    """The description of this API."""
    return JSONResponse(request.app.openapi())
