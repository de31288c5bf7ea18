"""Line pictures with their truth in the container that `lstmtraining` reads (imagedata.cpp of Tesseract 5)."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from pathlib import Path


def write(path: Path, lines: Iterable[tuple[bytes, int, int, str]], language: str = "vie") -> None:
    """Writes lines given as (PNG bytes, width, height, truth)."""
    records = [b"\x01" + _record(number, language, *line) for number, line in enumerate(lines)]
    path.write_bytes(struct.pack("<I", len(records)) + b"".join(records))


def _record(number: int, language: str, picture: bytes, width: int, height: int, truth: str) -> bytes:
    # One box around the whole line: without boxes the trainer would also try the inverted picture.
    box = struct.pack("<I4h", 1, 0, 0, min(width, 32767), min(height, 32767))
    texts = struct.pack("<I", 1) + _string(truth)
    head = _string(f"line{number}") + struct.pack("<i", number)
    return head + _string(picture) + _string(language) + _string(truth) + box + texts + b"\x00"


def _string(value: str | bytes) -> bytes:
    data = value.encode("utf-8") if isinstance(value, str) else value
    return struct.pack("<I", len(data)) + data
