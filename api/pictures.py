"""Page pictures: drawn in a limited process, kept in a cache folder, boxes and crops made on the way out."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from api.errors import Problem
from api.settings import Settings
from extractor.store import Store, StoredResult

Box = tuple[float, float, float, float]
_ONE_AT_A_TIME = threading.Semaphore(2)
_MARK = (196, 43, 28)


def is_paged(body: Mapping[str, Any]) -> bool:
    """Whether a result is of a format with pages, not of plain text."""
    return any(page["width"] for page in body["source"]["pages"])


def page(store: Store, settings: Settings, held: StoredResult, number: int) -> Path:
    """The PNG file of a page; raises a problem for a page that is not there or cannot be drawn."""
    pages = {one["number"]: one for one in held.body["source"]["pages"]}
    if number not in pages or not is_paged(held.body):
        raise Problem("page-not-found", f"Tài liệu không có ảnh trang {number}.")
    sha256 = held.document.sha256
    turn = (int(pages[number].get("rotation") or 0), float(pages[number].get("skew") or 0.0))
    target = settings.cache / "pages" / sha256[:2] / f"{sha256}-{number}-{turn[0]}-{turn[1]:.3f}.png"
    if not target.is_file():
        with _ONE_AT_A_TIME, store.blobs.path(sha256) as original:
            if not target.is_file():
                _keep(target, _draw(settings, original, number, turn))
    return target


def _draw(settings: Settings, path: Path, number: int, turn: tuple[int, float]) -> bytes:
    seconds = max(1, int(settings.page_seconds))
    command = [sys.executable, "-m", "extractor.pageimage", str(path), str(number)]
    command += [f"--rotation={turn[0]}", f"--skew={turn[1]}", f"--width={settings.page_width}"]
    command += [f"--memory={settings.page_memory}", f"--seconds={seconds}"]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds * 2, env=environment, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise Problem("document-failed", "Vẽ trang quá lâu.", hint="Xem tệp gốc.") from error
    if done.returncode or not done.stdout:
        raise Problem("document-failed", "Không vẽ được trang này.", hint="Xem tệp gốc.")
    return done.stdout


def tidy(settings: Settings, days: float = 30.0) -> int:
    """Remove pictures drawn long ago: they are drawn again when asked for."""
    limit = time.time() - days * 86_400
    stale = [path for path in (settings.cache / "pages").glob("*/*") if path.stat().st_mtime < limit]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def _keep(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.{uuid.uuid4().hex}.part")
    partial.write_bytes(content)
    partial.replace(target)


def finished(path: Path, size: tuple[float, float], boxes: list[Box], crop: Box | None, width: int | None) -> bytes:
    """The picture with boxes drawn, cut and scaled. `size` is the page in points."""
    with Image.open(path) as opened:
        image = opened.convert("RGB")
    scale = image.width / size[0]
    pen = ImageDraw.Draw(image)
    for box in boxes:
        pen.rectangle([edge * scale for edge in _grown(box, 1.5)], outline=_MARK, width=max(2, round(scale)))
    if crop is not None:
        image = image.crop(_inside(crop, scale, image.size))
    if width is not None and image.width != width:
        image = image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    image.save(target, "PNG", compress_level=3)
    return target.getvalue()


def _grown(box: Box, by: float) -> Box:
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def _inside(crop: Box, scale: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    x0, top, x1, bottom = (round(edge * scale) for edge in crop)
    x0, top = max(0, min(x0, size[0] - 1)), max(0, min(top, size[1] - 1))
    return x0, top, max(x0 + 1, min(x1, size[0])), max(top + 1, min(bottom, size[1]))
