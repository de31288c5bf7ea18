"""The same suite on SQLite and on a PostgreSQL that is started here, as a user who may run it."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.store import Store


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    plain = shutil.which("initdb")
    return Path(plain).parent if plain else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_user() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL prefix of a running server; databases are made by the tests."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (Debian package postgresql)")
    folder = Path("/tmp") / f"pg-{uuid.uuid4().hex[:8]}"
    folder.mkdir()
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    run: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **_as_user()}
    port = _free_port()
    subprocess.run(
        [binaries / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "--no-sync"], check=True, **run
    )
    options = ["-k", folder, "-p", str(port), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    server = subprocess.Popen([binaries / "postgres", "-D", folder / "data", *options], **run)
    try:
        _wait(port, server)
        yield f"postgresql://postgres@127.0.0.1:{port}"
    finally:
        server.terminate()
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


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store.sqlite"
    import psycopg

    server = request.getfixturevalue("postgresql")
    name = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} STRATEGY = file_copy")
    return f"{server}/{name}"


@pytest.fixture
def open_store(url: str, tmp_path: Path) -> Iterator[Callable[..., Store]]:
    """Opens the same store again and again, as several processes would."""
    opened: list[Store] = []

    def open_it(fingerprint: str = "rules-1") -> Store:
        opened.append(Store.open(url, tmp_path / "originals", fingerprint))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[..., Store]) -> Store:
    return open_store()


@pytest.fixture
def result() -> Callable[..., dict[str, Any]]:
    return make_result


def make_result(**record: Any) -> dict[str, Any]:
    """A result of the contract around a record; the evidence of `subject` and of products points at page 1."""
    found = {"/subject": _evidence("V/v phân hạng")} if record.get("subject") else {}
    found |= {f"/products/{n}/name": _evidence(item["name"]) for n, item in enumerate(record.get("products", ()))}
    page = {"number": 1, "width": 595.0, "height": 842.0, "text_source": "ocr", "rotation": 0, "mean_confidence": 0.9}
    return {
        "schema": "1.0",
        "source": {"filename": "a.pdf", "sha256": "0" * 64, "media_type": "application/pdf", "pages": [page]},
        "record": record,
        "evidence": found,
        "issues": [],
        "engine": {"version": "1", "rules": "r", "ocr": "o", "models": "m", "seconds": {}},
    }


def _evidence(raw: str) -> dict[str, Any]:
    region = {"page": 1, "bbox": [10.0, 20.0, 30.0, 40.0]}
    return {"confidence": 0.8, "rule": "x.y", "reasons": [], "raw": raw, "regions": [region], "span": None}
