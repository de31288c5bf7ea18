"""Settings of Dask for coordinator and workers."""

from __future__ import annotations

SETTINGS = {
    "distributed.scheduler.allowed-failures": 10,  # a lost worker is no verdict on a task: the store counts attempts
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,  # the reading child has its own hard limit
    "distributed.worker.profile.enabled": False,
    "distributed.comm.timeouts.connect": "10s",
    "distributed.admin.tick.limit": "60s",
}
