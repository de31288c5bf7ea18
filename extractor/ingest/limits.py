"""How much of a file is too much."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one file. Sizes in bytes, pixels a page, points a side."""

    file_bytes: int = 500 * _MB
    unpacked_bytes: int = 300 * _MB
    unpacked_ratio: int = 200
    pages: int = 5_000
    page_pixels: int = 100_000_000
    page_side: float = 14_400.0
    text_chars: int = 20_000_000


DEFAULT = Limits()
