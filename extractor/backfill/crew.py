"""Keeps the worker processes of this machine alive: one that ends is started again."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from types import TracebackType
from typing import Self

_LOOK_SECONDS = 0.5
_CALM_SECONDS = 2.0
"""Pause before a worker that ended at once is started again."""
_END_SECONDS = 10.0


class Crew:
    """`size` worker processes of a scheduler, from entering to leaving."""

    def __init__(self, address: str, size: int) -> None:
        self.address, self.size = address, size
        self.started = 0
        self._hands: list[subprocess.Popen[bytes] | None] = [None] * size
        self._since = [0.0] * size
        self._over = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True, name="crew")

    def __enter__(self) -> Self:
        self._keeper.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._keeper.join()

    def _keep(self) -> None:
        # One thread starts them all: on Linux a child asks to die with the thread that started it.
        try:
            while not self._over.is_set():
                for place in range(self.size):
                    self._look_after(place)
                self._over.wait(_LOOK_SECONDS)
        finally:
            self._end()

    def _look_after(self, place: int) -> None:
        hand = self._hands[place]
        if hand is not None and hand.poll() is None:
            return
        if hand is not None and time.monotonic() - self._since[place] < _CALM_SECONDS:
            return
        with contextlib.suppress(OSError):  # no memory for another process just now: the next look tries again
            self._hands[place] = self._start(f"hand-{place}-{self.started}")
            self._since[place] = time.monotonic()
            self.started += 1

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            [sys.executable, "-m", "extractor.backfill.hand", self.address, name],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if not os.environ.get("EXTRACTOR_DEBUG") else None,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )

    def _end(self) -> None:
        hands = [hand for hand in self._hands if hand is not None]
        for hand in hands:
            hand.terminate()
        end = time.monotonic() + _END_SECONDS
        for hand in hands:
            try:
                hand.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                hand.kill()
                hand.wait()
