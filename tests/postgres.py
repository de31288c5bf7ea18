"""A PostgreSQL server for tests, started here as a user who may run it."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    plain = shutil.which("initdb")
    return Path(plain).parent if plain else None


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_user() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def serve(listen: str = "127.0.0.1", allow: str | None = None) -> Iterator[int]:
    """The port of a running server; databases are made by the tests. `allow`: a further network that may connect."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (Debian package postgresql)")
    folder = Path("/tmp") / f"pg-{uuid.uuid4().hex[:8]}"
    folder.mkdir()
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    run: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **_as_user()}
    port = free_port()
    subprocess.run(
        [binaries / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "--no-sync"], check=True, **run
    )
    if allow is not None:
        with (folder / "data" / "pg_hba.conf").open("a") as rules:
            rules.write(f"host all all {allow} trust\n")
    options = ["-k", folder, "-p", str(port), "-c", f"listen_addresses={listen}", "-c", "fsync=off"]
    server = subprocess.Popen([binaries / "postgres", "-D", folder / "data", *options], **run)
    try:
        _wait(port, server)
        yield port
    finally:
        server.send_signal(2)  # fast shutdown: it does not wait for clients
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    import psycopg

    for _ in range(200):
        assert server.poll() is None, "PostgreSQL did not start"
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(f"host=127.0.0.1 port={port} user=postgres", connect_timeout=2).close()
            return
        time.sleep(0.05)
    raise AssertionError("PostgreSQL did not answer in ten seconds")


def new_database(port: int) -> str:
    """The name of a fresh database."""
    import psycopg

    name = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} STRATEGY = file_copy")
    return name
