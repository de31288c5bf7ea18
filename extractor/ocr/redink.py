"""Words in red ink: stamps such as HỎA TỐC or MẬT, which the red channel fades along with the seal.

Only small upright blocks are looked at, never round seals, and only words that read clearly are kept.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractor.document import BBox, Word
from extractor.ocr.engine import Engine

_RED = 60  # by how much red must outshine green and blue
_LEAST_SHARE = 0.00005  # of the page: less red is dust
_WIDTHS, _HEIGHTS = (0.35, 3.0), (0.12, 0.8)  # inches: a line or two of stamped words
_SQUARE = 1.25  # seals are as wide as high
_CLEAR = 0.7
_TOP = 0.5  # of the page: stamps of urgency and secrecy stand in its upper half (Nghị định 30/2020/NĐ-CP)
_PADDING = 12
_SHRUNK = 4  # red blocks are looked for at a quarter of the size
_EDGE = 6  # pixels around a block


def words(pixels: NDArray[np.uint8], dpi: float, engine: Engine) -> list[Word]:
    """The clear words of red blocks in the upper half of an upright RGB page, boxes in points."""
    top = pixels[: int(pixels.shape[0] * _TOP)]
    found: list[Word] = []
    for x0, y0, x1, y1 in _blocks(top, dpi):
        crop = _ink(top[y0:y1, x0:x1])
        framed = np.pad(crop, _PADDING, constant_values=255)
        read = [word for word in engine.recognise(framed, dpi, "block") if _is_clear(word)]
        dx, dy = (x0 - _PADDING) * 72 / dpi, (y0 - _PADDING) * 72 / dpi
        found += [replace(word, bbox=_moved(word.bbox, dx, dy)) for word in read]
    return found


def merged(words_read: list[Word], red: list[Word]) -> list[Word]:
    """The page's words with the red ones, which take the place of what was read of them in grey."""
    kept = [word for word in words_read if not any(_covers(other.bbox, word.bbox) for other in red)]
    return [*kept, *red]


def _blocks(top: NDArray[np.uint8], dpi: float) -> list[tuple[int, int, int, int]]:
    small = cv2.resize(top, None, fx=1 / _SHRUNK, fy=1 / _SHRUNK, interpolation=cv2.INTER_AREA).astype(np.int16)
    mask = (small[:, :, 0] - small[:, :, 1:].max(axis=2) > _RED).astype(np.uint8)
    if float(mask.mean()) < _LEAST_SHARE:
        return []
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, max(3, int(dpi / 25))), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = []
    for x, y, width, height, _area in boxes[1:count].tolist():
        x0, y0, x1, y1 = (_SHRUNK * value for value in (x, y, x + width, y + height))
        wide, high = (x1 - x0) / dpi, (y1 - y0) / dpi
        if _WIDTHS[0] <= wide <= _WIDTHS[1] and _HEIGHTS[0] <= high <= _HEIGHTS[1] and wide > _SQUARE * high:
            found.append((max(0, x0 - _EDGE), max(0, y0 - _EDGE), x1 + _EDGE, y1 + _EDGE))
    return [box for box in found if not any(_inside(box, other) for other in found if other is not box)]


def _inside(box: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    """The letters of a stamp lie inside its frame: they are one block."""
    return other[0] <= box[0] and other[1] <= box[1] and box[2] <= other[2] and box[3] <= other[3]


def _ink(crop: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Red on any paper as black on white, without the frame of the stamp."""
    strength = np.clip(crop[:, :, 0].astype(np.int16) - crop[:, :, 1:].max(axis=2) - 20, 0, 100)
    grey = np.asarray(255 - strength * 2.55, dtype=np.uint8)
    height, width = grey.shape
    dark = (grey < 160).astype(np.uint8)
    for size in ((max(9, width // 2), 1), (1, max(9, int(height * 0.7)))):
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
        grey[cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0] = 255
    return grey


def _is_clear(word: Word) -> bool:
    return word.confidence >= _CLEAR and sum(char.isalpha() for char in word.text) >= 2


def _moved(box: BBox, dx: float, dy: float) -> BBox:
    return BBox(max(0.0, box.x0 + dx), max(0.0, box.top + dy), box.x1 + dx, box.bottom + dy)


def _covers(box: BBox, other: BBox) -> bool:
    shared = max(0.0, box.overlap_x(other)) * max(0.0, box.overlap_y(other))
    return shared > 0.5 * max(1.0, other.width * other.height)
