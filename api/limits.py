"""What one client may take: bytes of a body, time to send it, requests a minute."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request

from api.errors import Problem, response
from api.settings import Settings

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
_BIG = "/v1/documents"


class BodyLimit:
    """ASGI middleware: a body over its size is answered 413, one that comes too slowly 408, before it is kept."""

    def __init__(self, app: Any, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Guard one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.settings.max_body if scope["path"] == _BIG else self.settings.max_json
        guard = _Guard(receive, limit, self.settings)
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            if guard.problem is None or (started and message["type"] != "http.response.start"):
                await send(message)

        try:
            guard.check(_length(scope))
            await self.app(scope, guard.receive, sending)
        except Problem as problem:
            guard.problem = problem
        except Exception:
            if guard.problem is None:
                raise
        if guard.problem is not None:
            guard.problem.headers["Connection"] = "close"
            await response(Request(scope), guard.problem)(scope, receive, send)  # type: ignore[arg-type]


def _length(scope: Scope) -> int | None:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return None


class _Guard:
    """Counts what one request sends."""

    def __init__(self, receive: Receive, limit: int, settings: Settings) -> None:
        self._receive, self._limit, self._settings = receive, limit, settings
        self._bytes, self._started = 0, time.monotonic()
        self._complete = False
        self.problem: Problem | None = None

    def check(self, size: int | None) -> None:
        """Refuse a size over the limit."""
        if size is not None and size > self._limit:
            detail = f"Yêu cầu lớn hơn {self._limit // (1 << 20)} MB."
            self.problem = Problem("too-large", detail, hint="Chia nhỏ tệp hoặc gửi ít tệp hơn một lần.")
            raise self.problem

    async def receive(self) -> Message:
        """The next piece, in time."""
        if self._complete:
            return await self._receive()  # waits for the client to go away
        allowed = self._settings.body_seconds + self._bytes / self._settings.body_rate
        left = allowed - (time.monotonic() - self._started)
        try:
            message = await asyncio.wait_for(self._receive(), max(0.001, left))
        except TimeoutError:
            self.problem = Problem("too-slow", "Yêu cầu gửi quá chậm nên bị ngắt.", hint="Kiểm tra đường truyền.")
            raise self.problem from None
        self._bytes += len(message.get("body", b""))
        self._complete = not message.get("more_body", False)
        self.check(self._bytes)
        return message


class Rate:
    """Token buckets by client; `take` gives the seconds to wait, 0.0 when the request may pass."""

    def __init__(self, a_minute: int, clients: int = 10_000) -> None:
        self._rate, self._burst, self._clients = a_minute / 60, float(a_minute), clients
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: str, moment: float | None = None) -> float:
        """One request of a client."""
        moment = time.monotonic() if moment is None else moment
        with self._lock:
            tokens, last = self._buckets.pop(client, (self._burst, moment))
            tokens = min(self._burst, tokens + (moment - last) * self._rate)
            allowed = tokens >= 1
            self._buckets[client] = (tokens - 1 if allowed else tokens, moment)
            while len(self._buckets) > self._clients:
                self._buckets.popitem(last=False)
            return 0.0 if allowed else (1 - tokens) / self._rate
