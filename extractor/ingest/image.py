"""Pictures: PNG, JPEG, BMP, WebP, GIF and TIFF of many pages."""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from extractor.document import Reading
from extractor.errors import CorruptError, InputError, TooLargeError
from extractor.ingest import notices, sniff, stamps
from extractor.ingest.parts import Part, joined
from extractor.ingest.pictures import Pictures, Shelf
from extractor.ingest.source import Source
from extractor.ocr.engine import engine
from extractor.ocr.page import PageScan, Scan, Turn, read_scan

_LONG_SIDE = 841.9  # points: a page of unknown resolution is taken to be A4
_LEAST_DPI, _BEST_DPI, _MOST_DPI = 150.0, 200.0, 300.0
_FAULTS = (
    UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError,
    TypeError, LookupError, ArithmeticError, AttributeError, RuntimeError, struct.error,
)  # fmt: skip
"""What Pillow's readers raise of damaged files: they check little of what they unpack."""


def read(source: Source) -> Reading:
    """A picture's pages, one for each frame. Raises CorruptError, TooLargeError."""
    return join(source, [read_part(source)])


def count(source: Source) -> int:
    """How many frames there are."""
    with _opened(source) as picture:
        return int(getattr(picture, "n_frames", 1))


def read_part(source: Source, first: int = 1, last: int | None = None) -> Part:
    """Some of the frames, numbered from 1."""
    reader = engine()
    scans: list[PageScan] = []
    shelf = Shelf()
    for number, scan in _frames(source, first, last):
        shelf.put(number, scan)
        found = read_scan(scan, number, reader)
        scans.append(replace(found, page=stamps.clean(found.page)[0]))
    return Part(
        pages=tuple(scan.page for scan in scans),
        turns=tuple((s.page.number, s.turn) for s in scans if s.turn != Turn()),
        blank=tuple(s.page.number for s in scans if s.blank),
        unreadable=tuple(s.page.number for s in scans if s.unreadable),
        engine=reader.name,
        shelf=shelf,
    )


def join(source: Source, parts: Sequence[Part]) -> Reading:
    """The reading of parts in page order."""
    found = joined(parts)
    said = list(found.notices)
    for numbers, notice in ((found.blank, notices.blank), (found.unreadable, notices.unreadable)):
        if numbers:
            said.append(notice(found.of(numbers)))
    kind = sniff.media_type(source.data, source.filename)
    return Reading(
        filename=source.filename,
        sha256=source.sha256,
        media_type=kind,
        pages=found.pages,
        notices=tuple(said),
        picture=Pictures(source, kind, found.turns, found.shelf),
        engines=(("ocr", found.engine),),
    )


def draw(source: Source, number: int) -> Scan:
    """One frame as pixels. Raises InputError when there is no such page."""
    for _, scan in _frames(source, number, number):
        return scan
    raise InputError(f"{source.filename}: không có trang {number}.", hint="Kiểm tra lại số trang.")


def _frames(source: Source, first: int = 1, last: int | None = None) -> Iterator[tuple[int, Scan]]:
    with _opened(source) as picture:
        count = int(getattr(picture, "n_frames", 1))
        for index in range(first - 1, count if last is None else min(last, count)):
            picture.seek(index)
            yield index + 1, _scan(picture, source)


@contextlib.contextmanager
def _opened(source: Source) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # size is checked below, odd metadata does not matter
            with Image.open(io.BytesIO(source.data)) as picture:
                count = getattr(picture, "n_frames", 1)
                if count > source.limits.pages:
                    raise _too_many(source, count)
                yield picture
    except _FAULTS as error:
        raise CorruptError(
            f"{source.filename}: tệp ảnh bị hỏng hoặc tải chưa hết.", hint="Lấy lại tệp từ nơi lưu gốc hoặc quét lại."
        ) from error


def _scan(picture: Image.Image, source: Source) -> Scan:
    width, height = picture.size
    if width * height > source.limits.page_pixels:
        raise TooLargeError(
            f"{source.filename}: ảnh {width}×{height} điểm ảnh, quá giới hạn.", hint="Giảm độ phân giải xuống 300 dpi."
        )
    bilevel = picture.mode == "1"
    dpi = _resolution(picture)
    upright = ImageOps.exif_transpose(picture) or picture
    return _fit(np.asarray(_on_white(upright), dtype=np.uint8), dpi, bilevel)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(picture) >> 8).astype(np.uint8)).convert("RGB")
    if "A" in picture.getbands() or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
    return picture.convert("RGB")


def _resolution(picture: Image.Image) -> float:
    """The stated resolution if it makes a page of a sensible size, or the one that makes the picture A4."""
    long_side = max(picture.size)
    try:
        stated = float(picture.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, IndexError):
        stated = 0.0
    if stated > 0 and 400 <= long_side * 72 / stated <= 1800:
        return stated
    return max(20.0, long_side * 72 / _LONG_SIDE)


def _fit(pixels: NDArray[np.uint8], dpi: float, bilevel: bool) -> Scan:
    """The picture at a resolution that the engine reads well: 200 dpi, 300 for one-bit pages, 150 at least."""
    best = _MOST_DPI if bilevel else _BEST_DPI
    target = best if dpi > best * 1.05 else (_BEST_DPI if dpi < _LEAST_DPI else dpi)
    if target == dpi:
        return Scan(np.ascontiguousarray(pixels), dpi, bilevel)
    how = cv2.INTER_AREA if target < dpi else cv2.INTER_CUBIC
    factor = target / dpi
    if min(pixels.shape[:2]) * factor > 1:
        scaled = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=how)
    else:  # a sliver: no side may vanish
        height, width = (max(1, round(side * factor)) for side in pixels.shape[:2])
        scaled = cv2.resize(pixels, (width, height), interpolation=how)
    return Scan(np.asarray(scaled, dtype=np.uint8), target, bilevel)


def _too_many(source: Source, count: int) -> TooLargeError:
    return TooLargeError(
        f"{source.filename}: có {count} trang, quá giới hạn {source.limits.pages} trang.",
        hint="Tách tệp thành nhiều phần rồi gửi từng phần.",
    )
