"""One table: errors of the library and of HTTP → problem documents (RFC 9457). Types never change."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

from extractor.errors import (
    ConfigurationError,
    CorruptError,
    EncryptedError,
    ExtractorError,
    InputError,
    ProcessingError,
    TooLargeError,
    UnsupportedFormatError,
)
from extractor.store import (
    CursorError,
    NotFoundError,
    PatchError,
    PatchTestError,
    RecordError,
    VersionError,
)

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger("api")

TITLES = {
    "bad-request": (400, "Yêu cầu không hợp lệ"),
    "cursor-invalid": (400, "Con trỏ trang không hợp lệ"),
    "patch-invalid": (400, "Bản sửa không hợp lệ"),
    "key-required": (401, "Cần khóa truy cập"),
    "forbidden": (403, "Không đủ quyền"),
    "cross-site": (403, "Yêu cầu từ trang khác bị từ chối"),
    "not-found": (404, "Không tìm thấy"),
    "no-result": (404, "Chưa có kết quả"),
    "page-not-found": (404, "Không có trang này"),
    "method-not-allowed": (405, "Phương thức không được dùng ở đây"),
    "not-acceptable": (406, "Không có dạng được yêu cầu"),
    "too-slow": (408, "Gửi quá chậm"),
    "patch-test-failed": (409, "Giá trị hiện tại đã khác"),
    "version-conflict": (412, "Bản ghi đã thay đổi"),
    "too-large": (413, "Tệp quá lớn"),
    "unsupported-format": (415, "Định dạng không được hỗ trợ"),
    "unsupported-media-type": (415, "Kiểu nội dung của yêu cầu không được hỗ trợ"),
    "host-unknown": (421, "Tên máy không được phục vụ"),
    "invalid": (422, "Tham số không hợp lệ"),
    "no-files": (422, "Không có tệp nào"),
    "record-invalid": (422, "Giá trị trái với lược đồ"),
    "document-failed": (422, "Tài liệu không đọc được"),
    "corrupt": (422, "Tệp hỏng"),
    "encrypted": (422, "Tệp có mật khẩu"),
    "if-match-required": (428, "Cần nêu phiên bản (If-Match)"),
    "too-many-requests": (429, "Quá nhiều yêu cầu"),
    "internal": (500, "Lỗi của máy chủ"),
    "processing": (500, "Xử lý không thành công"),
    "configuration": (500, "Cấu hình máy chủ chưa đúng"),
    "busy": (503, "Máy chủ đang bận"),
    "storage-full": (503, "Kho đã đầy"),
    "not-ready": (503, "Máy chủ chưa sẵn sàng"),
}

_SLUGS: dict[type[ExtractorError], str] = {
    NotFoundError: "not-found",
    CursorError: "cursor-invalid",
    PatchTestError: "patch-test-failed",
    PatchError: "patch-invalid",
    VersionError: "version-conflict",
    RecordError: "record-invalid",
    UnsupportedFormatError: "unsupported-format",
    EncryptedError: "encrypted",
    CorruptError: "corrupt",
    TooLargeError: "too-large",
    InputError: "bad-request",
    ConfigurationError: "configuration",
    ProcessingError: "processing",
    ExtractorError: "internal",
}
_MACHINES = ("/v1", "/health", "/metrics", "/problems", "/static")
_STATUS_SLUGS = {404: "not-found", 405: "method-not-allowed", 415: "unsupported-media-type", 413: "too-large"}


class Problem(Exception):  # noqa: N818  (the name that RFC 9457 gives it)
    """A refusal with a stable slug out of `TITLES`."""

    def __init__(
        self, slug: str, detail: str, *, hint: str = "", headers: dict[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(detail)
        self.slug, self.detail, self.hint, self.headers, self.more = slug, detail, hint, headers or {}, more


def body(slug: str, detail: str, instance: str, hint: str = "", **more: Any) -> dict[str, Any]:
    """A problem document."""
    status, title = TITLES[slug]
    found: dict[str, Any] = {"type": f"/problems/{slug}", "title": title, "status": status, "detail": detail}
    if hint:
        found["hint"] = hint
    return found | {"instance": instance} | more


def response(request: Request, problem: Problem) -> Response:
    """The answer for a problem: a page to who looks at pages, a problem document to everyone else."""
    on_page = getattr(request.app.state, "page_problem", None) if "app" in request.scope else None
    if on_page is not None and not request.url.path.startswith(_MACHINES):
        return on_page(request, problem)  # type: ignore[no-any-return]
    content = body(problem.slug, problem.detail, request.url.path, problem.hint, **problem.more)
    return JSONResponse(content, TITLES[problem.slug][0], problem.headers, MEDIA_TYPE)


def of_library(error: ExtractorError) -> Problem:
    """An error of the library as a problem: its nearest class in the table."""
    slug = next(_SLUGS[kind] for kind in type(error).__mro__ if kind in _SLUGS)
    if error.code in TITLES:
        slug = error.code
    headers = {"Retry-After": "2"} if slug == "no-result" else {}
    return Problem(slug, error.message, hint=error.hint, headers=headers)


def install(app: FastAPI) -> None:
    """Answer every failure with a problem document."""

    @app.exception_handler(Problem)
    def _problem(request: Request, error: Problem) -> Response:
        return response(request, error)

    @app.exception_handler(ExtractorError)
    def _library(request: Request, error: ExtractorError) -> Response:
        problem = of_library(error)
        if TITLES[problem.slug][0] >= 500:
            _log.error("%s %s: %s", request.method, request.url.path, error)
        return response(request, problem)

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> Response:
        errors = [{"where": "/".join(map(str, one["loc"])), "message": one["msg"]} for one in error.errors()]
        detail = f"Tham số {errors[0]['where']} không hợp lệ." if errors else "Tham số không hợp lệ."
        return response(request, Problem("invalid", detail, hint="Xem /v1/openapi.json.", errors=errors))

    @app.exception_handler(DBAPIError)
    def _database(request: Request, error: DBAPIError) -> Response:
        _log.error("%s %s: %s", request.method, request.url.path, error.orig)
        headers = {"Retry-After": "5"}
        return response(
            request, Problem("not-ready", "Cơ sở dữ liệu không trả lời.", hint="Thử lại sau.", headers=headers)
        )

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        slug = _STATUS_SLUGS.get(error.status_code, "bad-request" if error.status_code < 500 else "internal")
        headers = dict(error.headers or {})
        return response(request, Problem(slug, TITLES[slug][1] + ".", headers=headers))

    @app.exception_handler(Exception)
    def _unexpected(request: Request, error: Exception) -> Response:
        _log.exception("%s %s", request.method, request.url.path, exc_info=error)
        return response(request, Problem("internal", "Máy chủ gặp lỗi bất ngờ.", hint="Xem nhật ký máy chủ."))
