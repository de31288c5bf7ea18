"""Many machines: a Dask scheduler, workers, PostgreSQL and one place of originals; one worker is cut off."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

from extractor.backfill import Options, run
from extractor.backfill.options import Summary
from extractor.store import Store
from extractor.store.schema import audit, jobs
from tests.postgres import free_port, new_database, serve

FILES = 40
LEASE = 3.0


@dataclass(frozen=True, slots=True)
class Machine:
    """A worker process with its address; `cut` takes it off the network or stops it."""

    process: subprocess.Popen[bytes]
    cut: Callable[[], None]
    mend: Callable[[], None]


def _python(*arguments: str, inside: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen([*inside, sys.executable, "-m", *arguments], stdout=quiet, stderr=quiet)


def _worker(scheduler: str, inside: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
    options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0")
    return _python("distributed.cli.dask_worker", scheduler, *options, inside=inside)


@contextlib.contextmanager
def _ended(processes: list[subprocess.Popen[bytes]]) -> Iterator[None]:
    try:
        yield
    finally:
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.wait()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(FILES):
        path = folder / f"{number:03}.txt"
        path.write_text(f"Số: {number}/BC-UBND\n\nBÁO CÁO\nKết quả năm 2021\n", encoding="utf-8")
        os.utime(path, (1_600_000_000, 1_600_000_000))
    return folder


def _backfill(archive: Path, database: str, scheduler: str, machines: list[Machine]) -> Summary:
    """Run; cut the first machine off while it holds a job, and let it come back at the end."""
    options = Options(archive, database, str(archive.parent / "originals"), cluster=scheduler, lease=LEASE)
    store = Store.open(database, archive.parent / "originals", "watch")
    found: list[Summary] = []
    thread = threading.Thread(target=lambda: found.append(run(options)))
    thread.start()
    _until(lambda: _holds(store, machines[0].process.pid), 90)
    machines[0].cut()
    thread.join(150)
    machines[0].mend()
    time.sleep(1)
    try:
        assert found, "the backfill did not end"
        _check(store)
    finally:
        store.close()
    return found[0]


def _holds(store: Store, pid: int) -> bool:
    """Whether the worker has begun and others have work left."""
    with store.engine.connect() as connection:
        names = list(connection.execute(select(jobs.c.worker).where(jobs.c.state == "running")).scalars())
    return any(f"/{pid}/" in name for name in names) and store.status_counts().get("done", 0) >= 5


def _check(store: Store) -> None:
    assert store.status_counts() == {"done": FILES}
    identifiers = sorted(held.record["number"] for held in store.results())
    assert identifiers == sorted(str(number) for number in range(FILES))
    times = select(audit.c.document_id, func.count()).where(audit.c.action == "read").group_by(audit.c.document_id)
    with store.engine.connect() as connection:
        assert {number for _, number in connection.execute(times)} == {1}


def _until(true: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


@pytest.mark.slow
def test_a_worker_that_is_stopped_and_then_killed_loses_nothing(archive: Path) -> None:
    with serve() as port, contextlib.ExitStack() as ends:
        address = f"tcp://127.0.0.1:{free_port()}"
        processes = [_python("distributed.cli.dask_scheduler", "--host", address, "--no-dashboard")]
        processes += [_worker(address) for _ in range(3)]
        ends.enter_context(_ended(processes))
        machines = [Machine(worker, _signal(worker, signal.SIGSTOP), worker.kill) for worker in processes[1:]]
        database = f"postgresql://postgres@127.0.0.1:{port}/{new_database(port)}"
        _backfill(archive, database, address, machines)


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> Callable[[], None]:
    return lambda: os.kill(process.pid, number)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


@contextlib.contextmanager
def _spaces(count: int) -> Iterator[tuple[str, list[str]]]:
    """Network namespaces beside this one, each on a line of its own to a bridge; gives our address and their names."""
    if os.getuid() != 0 or shutil.which("ip") is None:
        pytest.skip("network namespaces want root and iproute2")
    mark = uuid.uuid4().hex[:4]
    bridge, names = f"xb{mark}", [f"x{mark}{number}" for number in range(count)]
    net = f"10.{200 + int(mark[:2], 16) % 50}.{int(mark[2:], 16)}"
    try:
        try:
            _ip("link", "add", bridge, "type", "bridge")
        except subprocess.CalledProcessError as error:
            pytest.skip(f"no network namespaces here: {error.stderr.decode().strip()}")
        _ip("addr", "add", f"{net}.1/24", "dev", bridge)
        _ip("link", "set", bridge, "up")
        for number, name in enumerate(names):
            _ip("netns", "add", name)
            _ip("link", "add", f"{name}o", "type", "veth", "peer", "name", "eth0", "netns", name)
            _ip("link", "set", f"{name}o", "master", bridge, "up")
            _ip("-n", name, "addr", "add", f"{net}.{number + 2}/24", "dev", "eth0")
            _ip("-n", name, "link", "set", "eth0", "up")
            _ip("-n", name, "link", "set", "lo", "up")
        yield f"{net}.1", names
    finally:
        for name in names:
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)
        subprocess.run(["ip", "link", "del", bridge], check=False, capture_output=True)


@pytest.mark.slow
def test_a_worker_whose_network_is_cut_loses_nothing(archive: Path) -> None:
    with _spaces(3) as (here, spaces), serve(f"127.0.0.1,{here}", f"{here}/24") as port, contextlib.ExitStack() as ends:
        address = f"tcp://{here}:{free_port()}"
        processes = [_python("distributed.cli.dask_scheduler", "--host", address, "--no-dashboard")]
        processes += [_worker(address, ("ip", "netns", "exec", space)) for space in spaces]
        ends.enter_context(_ended(processes))
        machines = [
            Machine(worker, _line(f"{space}o", "down"), _line(f"{space}o", "up"))
            for worker, space in zip(processes[1:], spaces, strict=True)
        ]
        _backfill(archive, f"postgresql://postgres@{here}:{port}/{new_database(port)}", address, machines)


def _line(name: str, state: str) -> Callable[[], None]:
    return lambda: _ip("link", "set", name, state)
