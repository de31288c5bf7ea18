"""`extractor serve`: the API and the review page."""

from __future__ import annotations

import importlib
import logging
import os
import socket
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import click

from extractor.cli.failures import DONE, say
from extractor.errors import ConfigurationError

if TYPE_CHECKING:
    from extractor.store import Store

_MB = 1 << 20


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ nghe; ngoài máy này thì cần có khóa.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Cổng.")
@click.option("--db", "url", help="Cơ sở dữ liệu (mặc định: tệp SQLite trong thư mục dữ liệu).")
@click.option("--data", default="data", show_default=True, help="Thư mục dữ liệu, hoặc địa chỉ fsspec của tệp gốc.")
@click.option("--workers", type=click.IntRange(0), help="Số tiến trình đọc (mặc định: số nhân của máy; 0: chỉ nhận).")
@click.option("--memory", type=click.IntRange(256), default=4096, show_default=True, help="MB bộ nhớ cho một tài liệu.")
@click.option("--max-file", type=click.IntRange(1), default=100, show_default=True, help="MB lớn nhất của một tệp.")
@click.option("--allow-host", "hosts", multiple=True, help="Tên máy khác được gọi khi chưa có khóa.")
def command(
    host: str, port: int, url: str | None, data: str, workers: int | None, memory: int, max_file: int,
    hosts: tuple[str, ...],
) -> int:  # fmt: skip
    """Mở dịch vụ: API và trang duyệt."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    service, settings_of, uvicorn = _load("api.app"), _load("api.settings"), _load("uvicorn")
    folder = Path("data" if "://" in data else data).absolute()
    store = open_store(url, data, folder)
    if not settings_of.is_loopback(host) and not store.has_keys():
        raise ConfigurationError(
            f"Chưa có khóa nào nên chỉ nghe được trên 127.0.0.1, không nghe trên {host}.",
            hint="Tạo khóa trước: extractor keys create --name … --role admin.",
        )
    settings = settings_of.Settings(cache=folder / "cache", max_file=max_file * _MB, allowed_hosts=hosts)
    crew = _crew(store, os.cpu_count() or 1 if workers is None else workers, memory)
    app = service.create_app(store, settings, crew)
    listener = _listen(host, port)
    say(f"Mở trang tại http://{host}:{listener.getsockname()[1]}/")
    config = uvicorn.Config(
        app,
        log_level="warning",
        timeout_keep_alive=10,
        timeout_graceful_shutdown=10,
        h11_max_incomplete_event_size=64 * 1024,
    )
    uvicorn.Server(config).run(sockets=[listener])
    store.close()
    return DONE


def open_store(url: str | None, data: str, folder: Path) -> Store:
    """The store of a service: by URL, or SQLite in the data folder."""
    from extractor.store import Store

    originals = data if "://" in data else str(folder / "originals")
    return Store.open(url or f"sqlite:///{folder / 'store.sqlite'}", originals)


def _crew(store: Store, size: int, memory: int) -> object:
    from extractor.sandbox import Limits, Worker
    from extractor.sandbox.child import NICE
    from extractor.work import Crew

    os.environ.setdefault(NICE, "10")
    return Crew(store, lambda: Worker(Limits(memory=memory * _MB)), size) if size else None


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        raise ConfigurationError(
            f"Không nghe được trên {host}:{port}: {error.strerror}.", hint="Chọn cổng khác."
        ) from error
    return listener


def _load(name: str) -> ModuleType:
    """The service lies beside the package, not inside it: in the checkout or the image."""
    beside = Path(__file__).parents[3]
    if (beside / "api" / "app.py").is_file() and str(beside) not in sys.path:
        sys.path.append(str(beside))
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"Không mở được dịch vụ: thiếu {error.name}.",
            hint="Chạy từ thư mục mã nguồn hoặc ảnh container, với phần cài thêm [service].",
        ) from error
