"""Watches the processes of a backfill: who is coordinator, worker and reader, and how much memory each kind holds."""

from __future__ import annotations

import contextlib
import statistics
import threading
import time
from collections import defaultdict
from types import TracebackType
from typing import Self

import psutil

READER, WORKER, COORDINATOR = "reader", "worker", "coordinator"
_MARKS = {READER: "extractor.sandbox.child", WORKER: "extractor.backfill.hand"}


def role(process: psutil.Process) -> str | None:
    """`reader` or `worker`; None for anything else below a coordinator."""
    with contextlib.suppress(psutil.Error):
        line = " ".join(process.cmdline())
        return next((kind for kind, mark in _MARKS.items() if mark in line), None)
    return None


def family(pid: int) -> dict[str, list[psutil.Process]]:
    """Processes by role, the coordinator at `pid` among them; empty when it has ended."""
    found: dict[str, list[psutil.Process]] = defaultdict(list)
    with contextlib.suppress(psutil.Error):
        root = psutil.Process(pid)
        found[COORDINATOR].append(root)
        for child in root.children(recursive=True):
            if (kind := role(child)) is not None:
                found[kind].append(child)
    return found


class Watch:
    """Samples memory (MiB, the largest process of each role) and processor seconds until left."""

    def __init__(self, pid: int, every: float = 1.0) -> None:
        self.pid, self.every = pid, every
        self.memory: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self._cpu: dict[tuple[str, int], float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        began = time.monotonic()
        while not self._over.wait(self.every):
            for kind, processes in family(self.pid).items():
                held = [self._look(kind, process) for process in processes]
                self.memory[kind].append((time.monotonic() - began, max(held)))

    def _look(self, kind: str, process: psutil.Process) -> float:
        with contextlib.suppress(psutil.Error), process.oneshot():
            times = process.cpu_times()
            self._cpu[kind, process.pid] = times.user + times.system
            return float(process.memory_info().rss) / (1 << 20)
        return 0.0

    def processor(self) -> dict[str, float]:
        """Processor seconds by role, as last seen of each process."""
        spent: dict[str, float] = defaultdict(float)
        for (kind, _), seconds in self._cpu.items():
            spent[kind] += seconds
        return {kind: round(seconds, 1) for kind, seconds in sorted(spent.items())}

    def quarters(self) -> dict[str, list[int]]:
        """Median MiB of each role in the four quarters of the time watched: flat when they are alike."""
        return {kind: _quarters(rows) for kind, rows in sorted(self.memory.items())}


def _quarters(rows: list[tuple[float, float]]) -> list[int]:
    first, last = rows[0][0], rows[-1][0]
    parts: list[list[float]] = [[], [], [], []]
    for moment, held in rows:
        parts[min(3, int(4 * (moment - first) / max(1e-9, last - first)))].append(held)
    return [round(statistics.median(part)) for part in parts if part]
