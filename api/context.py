"""What every request can reach: the store, the workers, settings, counters."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request

from api.limits import Rate
from api.metrics import Metrics
from api.settings import Settings
from extractor.store import Store
from extractor.work import Crew


@dataclass(slots=True)
class Context:
    """One service. `crew` is None where other machines do the work."""

    store: Store
    settings: Settings
    crew: Crew | None
    metrics: Metrics
    requests: Rate
    uploads: Rate
    upload_slots: asyncio.Semaphore
    streams: int = 0
    labels: dict[str, Any] = field(default_factory=dict)


def context(request: Request) -> Context:
    """The service that a request belongs to."""
    found: Context = request.app.state.context
    return found


Service = Annotated[Context, Depends(context)]
