"""One page of a file as PNG on standard output, under limits: `python -m extractor.pageimage PATH PAGE …`.

A page is drawn in a process of its own because a hostile file can abort the renderer.
"""

from __future__ import annotations

import argparse
import io
import resource
import sys
from collections.abc import Sequence
from pathlib import Path

from extractor.errors import ExtractorError

FAILED = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw a page at most `--width` pixels wide; 3 and the reason on standard error when it cannot be drawn."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("page", type=int)
    parser.add_argument("--rotation", type=int, default=0)
    parser.add_argument("--skew", type=float, default=0.0)
    parser.add_argument("--width", type=int, default=1654)
    parser.add_argument("--memory", type=int, default=2 << 30)
    parser.add_argument("--seconds", type=int, default=30)
    given = parser.parse_args(arguments)
    resource.setrlimit(resource.RLIMIT_AS, (given.memory, given.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (given.seconds, given.seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sys.stdout.buffer.write(draw(given.path, given.page, given.rotation, given.skew, given.width))
    except (ExtractorError, MemoryError) as error:
        sys.stderr.write(str(error) or "Trang quá lớn.")
        return FAILED
    return 0


def draw(path: Path, page: int, rotation: int, skew: float, width: int) -> bytes:
    """PNG bytes of a page, upright and straightened as its boxes are."""
    from PIL import Image

    from extractor.ingest import page_picture

    picture = page_picture(path, page, rotation=rotation, skew=skew)
    image = Image.fromarray(picture.pixels)
    if image.width > width:
        image = image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    image.save(target, "PNG", compress_level=3)
    return target.getvalue()


if __name__ == "__main__":
    sys.exit(main())
