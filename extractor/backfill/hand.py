"""A worker process of this machine: `python -m extractor.backfill.hand tcp://127.0.0.1:PORT NAME`.

What `dask worker` does on other machines, without its watcher process: the coordinator itself starts lost ones again.
"""

from __future__ import annotations

import asyncio
import ctypes
import logging
import signal
import sys

import dask
from distributed import Worker

from extractor.backfill.settings import SETTINGS

_PR_SET_PDEATHSIG = 1
_ALONE_SECONDS = 20


def main(address: str, name: str) -> None:
    """Work until the scheduler says that it is over, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal; the coordinator decides
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with dask.config.set(SETTINGS):
        asyncio.run(_work(address, name))


async def _work(address: str, name: str) -> None:
    async with Worker(
        address, name=name, nthreads=1, memory_limit=0, dashboard=False, death_timeout=_ALONE_SECONDS
    ) as worker:
        await worker.finished()


if __name__ == "__main__":
    main(*sys.argv[1:3])
