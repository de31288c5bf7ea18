"""How far it is: a bar on a terminal, a plain line now and then in a log."""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from extractor.backfill import words

_LOG_SECONDS = 30.0
_WINDOW_SECONDS = 120.0
"""The rate is that of the last minutes: scans after texts change it."""


class Meter:
    """Counts documents; shows rate, time left and failures. Safe to call from threads."""

    def __init__(self, stream: TextIO | None = None, log_seconds: float = _LOG_SECONDS) -> None:
        self.stream = stream or sys.stderr
        self.log_seconds = log_seconds
        self.done = self.failed = self.total = 0
        self.taking_in = False
        self._began = self._logged = time.monotonic()
        self._recent: deque[tuple[float, int]] = deque([(self._began, 0)])
        self._lock = threading.Lock()
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        if self.stream.isatty():
            columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[note]}"))
            self._bar = Progress(*columns, console=Console(file=self.stream), transient=True, refresh_per_second=4)
            self._task = self._bar.add_task("Đang đọc", total=None, note=self.note())
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
        self._line()

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self._began

    def update(self, total: int, succeeded: bool | None = None) -> None:
        """`succeeded`: of one more document; None when only the total is news."""
        with self._lock:
            self.done += succeeded is True
            self.failed += succeeded is False
            self.total = max(total, self.done + self.failed)
            if self._bar is not None:
                ended = self.done + self.failed
                self._bar.update(self._task, completed=ended, total=self.total or None, note=self.note())
            elif time.monotonic() - self._logged >= self.log_seconds:
                self._line()

    def rate(self) -> float:
        """Documents a second of late."""
        moment, ended = time.monotonic(), self.done + self.failed
        if moment - self._recent[-1][0] > 1:
            self._recent.append((moment, ended))
        while len(self._recent) > 2 and moment - self._recent[1][0] > _WINDOW_SECONDS:
            self._recent.popleft()
        since, before = self._recent[0]
        return (ended - before) / max(1e-6, moment - since)

    def note(self) -> str:
        """Counts, rate, time left, failures."""
        ended, rate = self.done + self.failed, self.rate()
        more = " (đang nhận thêm)" if self.taking_in else ""
        parts = [f"{words.number(ended)}/{words.number(self.total)} tệp{more}"]
        if ended:
            parts.append(f"{rate * 60:.0f} tệp/phút")
        if rate > 0 and self.total > ended:
            parts.append(f"còn khoảng {words.span((self.total - ended) / rate)}")
        if self.failed:
            parts.append(f"{words.number(self.failed)} lỗi")
        return " · ".join(parts)

    def _line(self) -> None:
        if self._bar is None:
            stamp = time.strftime("%H:%M:%S")
            print(f"{stamp} {self.note()}", file=self.stream, flush=True)
            self._logged = time.monotonic()
