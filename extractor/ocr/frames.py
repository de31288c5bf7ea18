"""Frames around a few words (KHẨN, MẬT, a receipt): painted out, for the engine drops marks that touch a line."""

from __future__ import annotations

import cv2
import numpy as np

from extractor.ocr import prepare
from extractor.ocr.engine import Grey

_WIDTHS, _HEIGHTS = (0.4, 3.0), (0.15, 0.7)  # inches
_TOP = 0.5  # of the page: stamps stand in its upper half
_DRAWN = 0.85  # share of each side that must be ink
_ALIKE = 0.06  # inches: how far the ends of top and bottom may be apart


def without_frames(grey: Grey, dpi: float) -> Grey:
    """The page with small frames in its upper half painted out; the same array when there are none."""
    half = grey[: int(grey.shape[0] * _TOP)]
    bare = prepare.paper(half)
    small = prepare.halved(half)
    found = _frames((small < 0.75 * bare).astype(np.uint8), dpi / 2)
    if not found:
        return grey
    clean, paper = grey.copy(), int(bare)
    for frame in found:
        x0, y0, x1, y1, thick = (2 * value for value in frame)
        for rows, columns in (
            (slice(y0, y0 + thick), slice(x0, x1)),
            (slice(y1 - thick, y1), slice(x0, x1)),
            (slice(y0, y1), slice(x0, x0 + thick)),
            (slice(y0, y1), slice(x1 - thick, x1)),
        ):
            clean[rows, columns] = paper
    return clean


def _frames(ink: Grey, dpi: float) -> list[tuple[int, int, int, int, int]]:
    """Frames as (x0, y0, x1, y1, thickness of a side) in pixels."""
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, int(_WIDTHS[0] * dpi)), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(level, connectivity=8)
    sides = [box for box in boxes[1:count].tolist() if box[2] <= _WIDTHS[1] * dpi and box[3] <= 0.1 * dpi]
    found = []
    for upper in sides:
        for lower in sides:
            distance = lower[1] + lower[3] - upper[1]
            ends = abs(upper[0] - lower[0]) + abs(upper[0] + upper[2] - lower[0] - lower[2])
            if _HEIGHTS[0] * dpi <= distance <= _HEIGHTS[1] * dpi and ends <= _ALIKE * dpi:
                x0, x1 = min(upper[0], lower[0]), max(upper[0] + upper[2], lower[0] + lower[2])
                thick = max(upper[3], lower[3]) + 2
                if _upright(ink, x0, upper[1], distance, thick) and _upright(
                    ink, x1 - thick, upper[1], distance, thick
                ):
                    found.append((max(0, x0 - 2), max(0, upper[1] - 2), x1 + 2, upper[1] + distance + 2, thick))
    return found


def _upright(ink: Grey, x: int, y: int, height: int, thick: int) -> bool:
    strip = ink[y : y + height, max(0, x - 2) : x + thick + 2]
    return strip.size > 0 and float(strip.any(axis=1).mean()) >= _DRAWN
