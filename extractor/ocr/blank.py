"""Telling blank backs from pages with ink."""

from __future__ import annotations

import cv2
import numpy as np

from extractor.ocr import prepare
from extractor.ocr.engine import Grey

_FULL = (0.015, 0.25)  # share of ink on pages of text
_SLIVER = 12  # pixels: no letter stands in less
_LEAST_MARKS = 6  # letters a page must have to be worth reading


def is_blank(grey: Grey) -> bool:
    """Whether a page holds no print: bleed-through, ghost seals, edges of the scanner and dust do not count."""
    if min(grey.shape) < _SLIVER:
        return True
    small = prepare.halved(grey)
    margin_y, margin_x = small.shape[0] // 30, small.shape[1] // 30
    small = small[margin_y : small.shape[0] - margin_y, margin_x : small.shape[1] - margin_x]
    if small.size == 0:
        return True
    ink = (small < 0.6 * prepare.paper(small)).astype(np.uint8)
    if _FULL[0] < float(ink.mean()) < _FULL[1]:
        return False  # a page of text: no need to count letters
    count, _, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    marks = sum(1 for box in boxes[1:count] if _letter(box))
    return marks < _LEAST_MARKS


def _letter(box: np.ndarray) -> bool:
    width, height, area = int(box[2]), int(box[3]), int(box[4])
    return area >= 6 and 4 <= height <= 120 and 2 <= width <= 300
