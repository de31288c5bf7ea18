"""Where tasks run: processes of this machine, or a Dask scheduler's workers anywhere. One code path for both."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

import dask
from distributed import Client, LocalCluster

from extractor.backfill.crew import Crew
from extractor.backfill.settings import SETTINGS
from extractor.errors import ConfigurationError, ProcessingError


@contextlib.contextmanager
def connect(address: str | None, workers: int) -> Iterator[Client]:
    """A client; of workers of this machine without `address`. Raises `ConfigurationError` when nobody answers."""
    logging.getLogger("distributed").setLevel(logging.ERROR)
    with dask.config.set(SETTINGS):
        if address is not None:
            with _remote(address) as client:
                yield client
            return
        with _scheduler() as cluster, Client(cluster) as client, Crew(cluster.scheduler_address, workers):
            yield client


def _scheduler() -> LocalCluster:
    """A scheduler in this process, for this machine only."""
    try:
        return LocalCluster(
            n_workers=0, dashboard_address="127.0.0.1:0", host="127.0.0.1", silence_logs=logging.CRITICAL
        )
    except (RuntimeError, OSError, TimeoutError) as error:
        raise ProcessingError(
            f"Không khởi động được bộ điều phối: {error}", hint="Kiểm tra bộ nhớ còn trống rồi chạy lại."
        ) from error


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
