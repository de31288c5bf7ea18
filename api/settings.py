"""What an operator may set. Sizes in bytes, times in seconds."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

_MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits of the service. The defaults suit one machine of two to sixteen cores."""

    cache: Path
    max_file: int = 100 * _MB
    max_body: int = 300 * _MB
    max_files: int = 100
    max_json: int = 2 * _MB
    max_waiting: int = 20_000
    min_free: int = 500 * _MB
    uploads_at_once: int = 16
    upload_patience: float = 20.0
    body_seconds: float = 30.0
    body_rate: float = 20_000.0
    """A body may take `body_seconds`, and a second more for each so many bytes."""
    requests_a_minute: int = 3_000
    uploads_a_minute: int = 1_200
    max_wait: float = 120.0
    max_streams: int = 100
    page_seconds: float = 30.0
    page_memory: int = 2_048 * _MB
    page_width: int = 1_654
    allowed_hosts: tuple[str, ...] = ()
    """Names under which the service may be called; empty: any, once keys exist."""


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine only."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
