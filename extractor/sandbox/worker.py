"""The parent's side: keeps one child alive over many documents, ends it when a document goes wrong."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from extractor import errors
from extractor.errors import ExtractorError, LimitError, ProcessingError, ReaderError
from extractor.sandbox.limits import Limits

Pages = Callable[[int, int], None]

_START_SECONDS = 120.0
_STARTS = 3
_CHUNK = 1 << 16
_KINDS = {
    kind.__name__: kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ExtractorError)
}
_THREADS = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Worker:
    """One child process at a time. Not for several threads at once."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._child: _Child | None = None
        self._served = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def extract(
        self, path: Path, password: str | None = None, filename: str | None = None, pages: Pages | None = None
    ) -> dict[str, Any]:
        """The result of a file as plain values, with the document's text under `text`.

        `pages` is told how many pages have been read, of how many.
        Raises what reading raises; LimitError over a limit; ProcessingError when the process died.
        """
        name = filename or path.name
        request = {"do": "extract", "password": password, "pages": pages is not None}
        return self._asked("result", path, name, request, pages)  # type: ignore[no-any-return]

    def count(self, path: Path, filename: str) -> int:
        """How many pages a PDF or picture file has; raises as `extract` does."""
        return int(self._asked("count", path, filename, {"do": "count"}))

    def read_part(self, path: Path, filename: str, first: int, last: int) -> str:
        """The pages `first` to `last` of a long file as JSON; raises as `extract` does."""
        return str(self._asked("part", path, filename, {"do": "part", "range": [first, last]}))

    def join(self, path: Path, filename: str, folder: Path) -> dict[str, Any]:
        """The result of a file whose parts lie in a folder; raises as `extract` does."""
        request = {"do": "join", "parts": str(folder.absolute())}
        return self._asked("result", path, filename, request)  # type: ignore[no-any-return]

    def _asked(self, wanted: str, path: Path, name: str, request: dict[str, Any], pages: Pages | None = None) -> Any:
        """What the child answers under the key `wanted`."""
        child = self._ready()
        try:
            answer = child.ask(request | {"path": str(path.absolute()), "filename": name}, self.limits.wall, pages)
        except _GoneError as gone:
            self.close()
            raise gone.error(name, self.limits) from None
        self._served += 1
        if wanted in answer:
            return answer[wanted]
        raise self._failure(answer, name)

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
            self._child = None

    def _ready(self) -> _Child:
        if self._child is not None and self._served >= self.limits.documents:
            self.close()
        if self._child is None:
            self._child, self._served = self._start(), 0
        return self._child

    def _start(self) -> _Child:
        """A child that is ready. One killed while starting says nothing of a document: another is started."""
        status: int | None = None
        for _ in range(_STARTS):
            child = _Child(self.limits)
            try:
                child.wait_until_ready()
            except _GoneError as gone:
                child.kill()
                status = gone.status
            except ReaderError:
                child.kill()
                raise
            else:
                return child
        raise ReaderError(
            f"Không khởi động được tiến trình đọc: trạng thái {status}.",
            hint="Kiểm tra bộ nhớ còn trống và giới hạn bộ nhớ.",
        )

    def _failure(self, answer: dict[str, Any], name: str) -> ExtractorError:
        kind = answer["error"]
        if kind in _KINDS:
            return _KINDS[kind](answer["message"], hint=answer["hint"], code=answer["code"])
        self.close()  # what a failed allocation left behind is not worth trusting
        if kind == "memory":
            return _too_much_memory(name, self.limits)
        return ProcessingError(
            f"{name}: lỗi bất ngờ khi đọc tệp ({answer['detail']}).",
            hint="Thử lại; nếu vẫn lỗi, gửi tệp cho người phát triển.",
        )


class _GoneError(Exception):
    """The child ended, or had to be ended; `status` as subprocess gives it, None for the wall limit."""

    def __init__(self, status: int | None) -> None:
        super().__init__(status)
        self.status = status

    def error(self, name: str, limits: Limits) -> ExtractorError:
        if self.status is None:
            return LimitError(
                f"{name}: đọc quá {limits.wall:.0f} giây.", hint="Tách tệp thành phần nhỏ hơn rồi gửi lại."
            )
        if self.status == -signal.SIGXCPU:
            return LimitError(
                f"{name}: dùng quá {limits.cpu} giây CPU.", hint="Tách tệp thành phần nhỏ hơn rồi gửi lại."
            )
        if self.status == -signal.SIGKILL:
            return ProcessingError(f"{name}: tiến trình đọc bị ngắt từ bên ngoài.", hint="Kiểm tra bộ nhớ của máy.")
        return ProcessingError(
            f"{name}: tệp làm sập tiến trình đọc (trạng thái {self.status}).",
            hint="Mở và lưu lại tệp bằng một chương trình khác rồi gửi lại.",
        )


def _too_much_memory(name: str, limits: Limits) -> LimitError:
    return LimitError(
        f"{name}: cần nhiều hơn {limits.memory >> 20} MB bộ nhớ.", hint="Tách tệp hoặc giảm độ phân giải rồi gửi lại."
    )


class _Child:
    def __init__(self, limits: Limits) -> None:
        request_read, request_write = os.pipe()
        answer_read, answer_write = os.pipe()
        arguments = [str(number) for number in (request_read, answer_write, limits.memory, limits.cpu)]
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            [sys.executable, "-m", "extractor.sandbox.child", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if not os.environ.get("EXTRACTOR_DEBUG") else None,
            pass_fds=(request_read, answer_write),
            start_new_session=True,  # its own children (a converter, say) end with it
            env=os.environ | dict.fromkeys(_THREADS, "1") | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        os.close(request_read)
        os.close(answer_write)
        self._requests, self._answers = request_write, answer_read
        self._buffer = b""

    def ask(self, request: dict[str, Any], seconds: float, pages: Pages | None = None) -> dict[str, Any]:
        try:
            os.write(self._requests, json.dumps(request).encode() + b"\n")
        except BrokenPipeError:
            raise _GoneError(self._status()) from None
        deadline = time.monotonic() + seconds
        answer = self._receive(seconds)
        while "page" in answer:
            if pages is not None:
                pages(answer["page"], answer["of"])
            answer = self._receive(deadline - time.monotonic())
        return answer

    def wait_until_ready(self) -> None:
        first = self._receive(_START_SECONDS)
        if "start" in first:
            raise ReaderError(f"Không khởi động được tiến trình đọc: {first['start']}.", hint=first["hint"])

    def _receive(self, seconds: float) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        parts = [self._buffer]
        with selectors.DefaultSelector() as selector:
            selector.register(self._answers, selectors.EVENT_READ)
            while b"\n" not in parts[-1]:
                if not selector.select(max(0, deadline - time.monotonic())):
                    raise _GoneError(None)
                chunk = os.read(self._answers, _CHUNK)
                if not chunk:
                    raise _GoneError(self._status())
                parts.append(chunk)
        line, _, self._buffer = b"".join(parts).partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _status(self) -> int:
        return self._process.wait()

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for handle in (self._requests, self._answers):
            os.close(handle)
