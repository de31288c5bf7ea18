"""How far it is: a bar on a terminal, a plain line now and then in a log."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

_LOG_SECONDS = 30.0


class Meter:
    """Counts documents; shows rate, time left and failures. Safe to call from threads."""

    def __init__(self, stream: TextIO | None = None, log_seconds: float = _LOG_SECONDS) -> None:
        self.stream = stream or sys.stderr
        self.log_seconds = log_seconds
        self.done = self.failed = self.total = 0
        self._began = self._logged = time.monotonic()
        self._lock = threading.Lock()
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        if self.stream.isatty():
            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[note]}"),
            )
            self._bar = Progress(*columns, console=Console(file=self.stream), transient=True)
            self._task = self._bar.add_task("Đang đọc", total=None, note="")
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
        self._line()

    def update(self, total: int, succeeded: bool | None = None) -> None:
        """`succeeded`: of one more document; None when only the total is news."""
        with self._lock:
            self.done += succeeded is True
            self.failed += succeeded is False
            self.total = max(total, self.done + self.failed)
            if self._bar is not None:
                ended = self.done + self.failed
                self._bar.update(self._task, completed=ended, total=self.total, note=self.note())
            elif time.monotonic() - self._logged >= self.log_seconds:
                self._line()

    def note(self) -> str:
        """Rate, time left, failures."""
        ended, seconds = self.done + self.failed, max(1e-6, time.monotonic() - self._began)
        parts = [f"{ended / seconds * 60:.0f} tệp/phút"]
        if ended and self.total > ended:
            parts.append(f"còn khoảng {_span((self.total - ended) * seconds / ended)}")
        if self.failed:
            parts.append(f"{self.failed} lỗi")
        return " · ".join(parts)

    def _line(self) -> None:
        if self._bar is None:
            print(f"{self.done + self.failed}/{self.total} tệp · {self.note()}", file=self.stream, flush=True)
            self._logged = time.monotonic()


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} giây"
    if seconds < 5400:
        return f"{seconds / 60:.0f} phút"
    return f"{seconds / 3600:.1f} giờ"
