"""Who may do what: API keys with roles, host and origin checks, headers that contain the browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Request

from api.context import Context, context
from api.errors import Problem
from api.settings import is_loopback
from extractor.store import KEY_ROLES

COOKIE = "extractor_key"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self';"
        " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_SAFE = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: the name of the key, or of the machine itself while there are no keys."""

    name: str
    role: str

    def may(self, role: str) -> bool:
        """Whether the role includes another."""
        return KEY_ROLES.index(self.role) >= KEY_ROLES.index(role)


LOCAL = Person("local", "admin")


def secret_of(request: Request) -> tuple[str | None, bool]:
    """The key that a request shows, and whether a browser sent it by itself."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and value:
        return value.strip(), False
    if "x-api-key" in request.headers:
        return request.headers["x-api-key"], False
    return request.cookies.get(COOKIE), True


def person(request: Request, service: Annotated[Context, Depends(context)]) -> Person:
    """Who asks; raises 401 without a live key where keys exist, 429 over the rate."""
    _check_origin(request)
    secret, _ = secret_of(request)
    key = service.store.find_key(secret) if secret else None
    if key is None and (secret_needed := service.store.has_keys()):
        _check_rate(service, _address(request))
        told = "Khóa không đúng, đã bị thu hồi hoặc hết hạn." if secret and secret_needed else "Chưa có khóa truy cập."
        headers = {"WWW-Authenticate": 'Bearer realm="extractor"'}
        raise Problem("key-required", told, hint="Xin quản trị viên một khóa (extractor keys create).", headers=headers)
    if key is None:
        _check_local(request)
        _check_rate(service, _address(request))
        return LOCAL
    _check_rate(service, key.id)
    return Person(key.name, key.role)


def _address(request: Request) -> str:
    return request.client.host if request.client else "?"


def _check_rate(service: Context, client: str) -> None:
    wait = service.requests.take(client)
    if wait:
        raise too_many(wait)


def too_many(wait: float) -> Problem:
    """A refusal that says when to come again."""
    headers = {"Retry-After": str(max(1, round(wait + 0.5)))}
    return Problem("too-many-requests", "Gửi yêu cầu quá nhanh.", hint="Đợi rồi thử lại.", headers=headers)


def _check_origin(request: Request) -> None:
    """A page of another site must not act in the name of who is looking at it."""
    origin = request.headers.get("origin")
    if request.method in _SAFE or origin is None:
        return
    if urlsplit(origin).netloc != request.headers.get("host"):
        raise Problem("cross-site", "Yêu cầu này đến từ một trang khác.", hint="Mở trang của chính dịch vụ.")


def _check_local(request: Request) -> None:
    """Without keys only this machine's own names are served, so that no foreign name can be pointed here."""
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    allowed = request.app.state.context.settings.allowed_hosts
    if not is_loopback(host) and host not in allowed:
        raise Problem("host-unknown", "Khi chưa có khóa, dịch vụ chỉ nghe trên máy này.", hint="Gọi 127.0.0.1.")


def needs(role: str) -> Callable[[Person], Person]:
    """A dependency: the person must have the role."""

    def check(who: Annotated[Person, Depends(person)]) -> Person:
        if not who.may(role):
            raise Problem("forbidden", f"Việc này cần quyền {role}; khóa này có quyền {who.role}.")
        return who

    return check


Reader = Annotated[Person, Depends(needs("reader"))]
Reviewer = Annotated[Person, Depends(needs("reviewer"))]
Admin = Annotated[Person, Depends(needs("admin"))]


def with_headers(headers: Any) -> None:
    """Put the security headers on an answer."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
