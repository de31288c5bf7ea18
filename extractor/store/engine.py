"""Opens a database: SQLite by file or PostgreSQL by URL, brought to the newest migration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, OperationalError, ProgrammingError

from extractor.errors import ConfigurationError

_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 0x0C0B
FLEETING = "fleeting"
"""Execution option of a transaction that need not outlive a power cut by itself: it is on disk at the latest with the
next one that must, in the order in which they were made."""


def parse(url: str) -> URL:
    """A database URL; a bare path is an SQLite file, `postgresql://` uses the psycopg driver."""
    if "://" not in url:
        url = f"sqlite:///{url}"
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigurationError(f"Địa chỉ cơ sở dữ liệu không hợp lệ: {url}.", hint=_HINT) from error
    if parsed.drivername in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ConfigurationError(f"Không dùng được cơ sở dữ liệu {parsed.drivername}.", hint=_HINT)
    return parsed


_HINT = "Dùng sqlite:///đường/dẫn.sqlite hoặc postgresql://người:mật-khẩu@máy/tên."


def connect(url: str) -> Engine:
    """An engine for the URL, its schema at the newest migration."""
    parsed = parse(url)
    engine = _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed)
    try:
        _migrate(engine)
    except (OperationalError, ProgrammingError) as error:
        raise ConfigurationError(
            f"Không mở được cơ sở dữ liệu {parsed.render_as_string(hide_password=True)}: {error.orig}", hint=_HINT
        ) from error
    return engine


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise ConfigurationError("Cơ sở dữ liệu SQLite phải là một tệp.", hint=_HINT)
    Path(url.database).absolute().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        connect_args={"timeout": 30, "check_same_thread": False},
        pool_size=10,
        max_overflow=30,
        pool_use_lifo=True,
        json_serializer=_json,
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin by itself
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        # A deferred BEGIN that writes after reading fails with "database is locked" under several writers.
        options = connection.get_execution_options()
        if not options.get("reading", False):
            connection.exec_driver_sql(f"PRAGMA synchronous={'NORMAL' if options.get(FLEETING) else 'FULL'}")
        connection.exec_driver_sql("BEGIN" if options.get("reading", False) else "BEGIN IMMEDIATE")

    return engine


_LINE = {
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "options": "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3",
}
"""Seconds, the timeout milliseconds: a cut line is noticed in half a minute on both sides, not in fifteen or more."""
_HELD = "SET LOCAL idle_in_transaction_session_timeout TO '20s'"
"""A worker that went away in the middle of writing holds its rows no longer than that. Reading locks none, and an
export may wait for its reader."""


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url,
        connect_args=_LINE,
        pool_size=10,
        max_overflow=30,
        pool_pre_ping=True,
        pool_use_lifo=True,
        json_serializer=_json,
    )

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("reading", False):
            return
        fleeting = "; SET LOCAL synchronous_commit TO off" if options.get(FLEETING) else ""
        connection.exec_driver_sql(_HELD + fleeting)

    return engine


def _json(value: Any) -> str:
    """Half the bytes of the default for Vietnamese."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
