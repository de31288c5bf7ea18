"""Puts the service together."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles

from api import errors, pictures, security
from api.context import Context
from api.limits import BodyLimit, Rate
from api.metrics import Metrics
from api.models import Operation, ProblemModel
from api.routes import documents, export, meta, pages, products, streams, uploads
from api.settings import Settings
from api.ui import routes as ui
from extractor.pipeline import version
from extractor.store import Store
from extractor.work import Crew

_HERE = Path(__file__).parent


def create_app(store: Store, settings: Settings, crew: Crew | None = None) -> FastAPI:
    """The service over an open store. The crew, if any, starts and stops with it."""
    settings.cache.mkdir(parents=True, exist_ok=True)
    app = FastAPI(
        title="OCOP extractor", version=version(), docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan
    )
    app.state.context = Context(
        store=store,
        settings=settings,
        crew=crew,
        metrics=Metrics(store),
        requests=Rate(settings.requests_a_minute),
        uploads=Rate(settings.uploads_a_minute),
        upload_slots=asyncio.Semaphore(settings.uploads_at_once),
    )
    app.state.page_problem = ui.page_problem
    errors.install(app)
    for routes in (uploads, documents, streams, pages, products, export, meta, ui):
        app.include_router(routes.router)
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    app.middleware("http")(_observe)
    app.add_middleware(BodyLimit, settings=settings)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service: Context = app.state.context
    await asyncio.to_thread(pictures.tidy, service.settings)
    if service.crew is not None:
        await asyncio.to_thread(service.crew.start)
    yield
    if service.crew is not None:
        await asyncio.to_thread(service.crew.stop)


async def _observe(request: Request, following: Callable[[Request], Awaitable[Response]]) -> Response:
    """Counts and times each answer and puts the security headers on it."""
    started = time.perf_counter()
    answer = await following(request)
    security.with_headers(answer.headers)
    if "cache-control" not in answer.headers and not request.url.path.startswith("/static"):
        answer.headers["Cache-Control"] = "no-store"
    metrics: Metrics = request.app.state.context.metrics
    route = getattr(request.scope.get("route"), "path", "other")
    metrics.requests.labels(request.method, route, str(answer.status_code)).inc()
    metrics.seconds.labels(request.method, route).observe(time.perf_counter() - started)
    return answer


def _openapi(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        found = get_openapi(title=app.title, version=app.version, routes=app.routes, description=_DESCRIPTION)
        schemas = found["components"]["schemas"]
        for model in (ProblemModel, Operation):
            schemas[model.__name__] = model.model_json_schema(by_alias=True)
        found["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        found["security"] = [{"key": []}]
        app.openapi_schema = found
    return app.openapi_schema


_DESCRIPTION = """Upload Vietnamese administrative documents, get records with evidence.

Errors are problem documents (RFC 9457) with stable types. Where keys exist, each request needs
`Authorization: Bearer …`. Changes need `If-Match` with the ETag last seen."""
