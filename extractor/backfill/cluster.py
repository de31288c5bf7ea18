"""Where tasks run: processes of this machine, or a Dask scheduler's workers anywhere. One code path for both."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

import dask
from distributed import Client, LocalCluster

from extractor.errors import ConfigurationError, ProcessingError

_SETTINGS = {
    "distributed.scheduler.allowed-failures": 10,  # a lost worker is no verdict on a task: the store counts attempts
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,  # the reading child has its own hard limit
    "distributed.comm.timeouts.connect": "10s",
    "distributed.admin.tick.limit": "60s",
}
_STARTS = 3
_CALM = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
"""Ctrl-C reaches the whole terminal group; only the coordinator decides when workers end."""


@contextlib.contextmanager
def connect(address: str | None, workers: int) -> Iterator[Client]:
    """A client; of a local cluster without `address`. Raises `ConfigurationError` when nobody answers."""
    logging.getLogger("distributed").setLevel(logging.ERROR)
    with dask.config.set(_SETTINGS):
        if address is not None:
            with _remote(address) as client:
                yield client
            return
        with _local(workers) as cluster, Client(cluster) as client:
            yield client


def _local(workers: int) -> LocalCluster:
    """A cluster of this machine. A process that dies while starting is no reason to give up at once."""
    for attempt in range(1, _STARTS + 1):
        try:
            return _started(workers)
        except (RuntimeError, OSError, TimeoutError) as error:
            if attempt == _STARTS:
                raise ProcessingError(
                    f"Không khởi động được tiến trình đọc: {error}", hint="Kiểm tra bộ nhớ còn trống rồi chạy lại."
                ) from error
    raise AssertionError("unreachable")


def _started(workers: int) -> LocalCluster:
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        memory_limit=0,
        dashboard_address=None,
        host="127.0.0.1",
        silence_logs=logging.CRITICAL,
        preload=[_CALM],
    )


def _remote(address: str) -> Client:
    try:
        return Client(address, timeout="15s")
    except (OSError, TimeoutError, ValueError) as error:
        raise ConfigurationError(
            f"Không kết nối được cụm {address}: {error}",
            hint="Chạy 'dask scheduler' trước rồi dùng địa chỉ tcp://máy:8786.",
        ) from error


def size(client: Client) -> int:
    """How many worker processes there are now."""
    return len(client.scheduler_info(n_workers=-1)["workers"])
