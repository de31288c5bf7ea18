"""Skew and orientation of a page picture."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractor.ocr import prepare
from extractor.ocr.engine import Grey

Ink = tuple[NDArray[np.float32], NDArray[np.float32]]

_WIDTH = 700  # pixels: enough to see the lines of text
_RANGE = 6.0  # degrees either way
LEAST_SKEW = 0.3  # degrees: below, straightening costs sharpness and gains nothing
_POINTS = 40_000


def skew(grey: Grey, ink: Ink | None = None) -> float:
    """Degrees clockwise by which the lines of text slope; 0.0 when no angle stands out. `ink`: its ink, if known."""
    rows, columns = ink or ink_of(grey)
    if rows.size < 200:
        return 0.0
    coarse = _best(rows, columns, np.arange(-_RANGE, _RANGE + 0.01, 0.5))
    fine = _best(rows, columns, np.arange(coarse - 0.4, coarse + 0.41, 0.1))
    flat, best = _sharpness(rows, columns, 0.0), _sharpness(rows, columns, fine)
    return float(round(fine, 2)) if abs(fine) > LEAST_SKEW and best > 1.02 * flat else 0.0


def sideways(grey: Grey, ink: Ink | None = None) -> bool:
    """Whether the lines of text seem to run up and down. `ink`: its ink, if known."""
    rows, columns = ink or ink_of(grey)
    if rows.size < 200:
        return False
    return _sharpness(columns, rows, 0.0) > 1.5 * _sharpness(rows, columns, 0.0)


def turn(pixels: NDArray[np.uint8], degrees: int) -> NDArray[np.uint8]:
    """The picture turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, k=-(degrees // 90) % 4)) if degrees % 360 else pixels


def unskew(
    pixels: NDArray[np.uint8], degrees: float, window: tuple[int, int, int, int] | None = None
) -> NDArray[np.uint8]:
    """The picture turned so that lines sloping by `degrees` clockwise become level; size stays, corners are white.

    `window`: only the part `(x0, top, x1, bottom)` of the result, in pixels, at the cost of that part alone.
    """
    height, width = pixels.shape[:2]
    x0, y0, x1, y1 = window or (0, 0, width, height)
    if not degrees or x1 <= x0 or y1 <= y0:
        return pixels[y0:y1, x0:x1] if window else pixels
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    matrix[:, 2] -= (x0, y0)
    white = (255, 255, 255) if pixels.ndim == 3 else (255,)
    return np.asarray(
        cv2.warpAffine(pixels, matrix, (x1 - x0, y1 - y0), flags=cv2.INTER_CUBIC, borderValue=white), dtype=np.uint8
    )


def ink_of(grey: Grey) -> Ink:
    """Places of ink, as rows and columns of the page at 700 pixels' width."""
    scale = _WIDTH / max(1, grey.shape[1])
    small = grey
    if scale < 1:
        small = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    margin_y, margin_x = small.shape[0] // 40, small.shape[1] // 40  # scanner shadows at the edges
    small = small[margin_y : small.shape[0] - margin_y, margin_x : small.shape[1] - margin_x]
    if small.size == 0:
        return np.zeros(0, np.float32), np.zeros(0, np.float32)
    level = prepare.paper(small) * 0.75
    rows, columns = np.nonzero(small < level)
    step = max(1, rows.size // _POINTS)
    return rows[::step].astype(np.float32), columns[::step].astype(np.float32)


def _sharpness(rows: NDArray[np.float32], columns: NDArray[np.float32], degrees: float) -> float:
    places = rows - columns * np.float32(np.tan(np.radians(degrees)))
    places -= places.min()
    counts = np.bincount(places.astype(np.int32)).astype(np.float64)
    return float(np.square(counts).sum() / max(1.0, counts.sum()))


def _best(rows: NDArray[np.float32], columns: NDArray[np.float32], angles: NDArray[np.float64]) -> float:
    scores = [_sharpness(rows, columns, float(angle)) for angle in angles]
    return float(angles[int(np.argmax(scores))])
