"""Waits while the database is away, for a restart or a broken line, and gives up with a clear word."""

from __future__ import annotations

import threading
import time

from sqlalchemy.exc import DBAPIError

from extractor.errors import ProcessingError

_PAUSE = 1.0
Away = DBAPIError


class Patience:
    """`lost` after a failed attempt, `well` after a good one. Gives up after `seconds` without one."""

    def __init__(self, seconds: float = 300.0) -> None:
        self.seconds = seconds
        self._since: float | None = None

    def well(self) -> None:
        """The database answers."""
        self._since = None

    def lost(self, error: DBAPIError, stop: threading.Event | None = None) -> None:
        """Wait a little; raises `ProcessingError` when it has been away too long."""
        self._since = self._since or time.monotonic()
        if time.monotonic() - self._since > self.seconds:
            raise ProcessingError(
                f"Mất kết nối cơ sở dữ liệu quá {self.seconds:.0f} giây: {error.orig}",
                hint="Khởi động lại cơ sở dữ liệu rồi chạy lại đúng lệnh này: việc dở dang được làm tiếp.",
            ) from error
        if stop is None:
            time.sleep(_PAUSE)
        else:
            stop.wait(_PAUSE)
