"""Whether there is ink at a place of a page: an empty slot is told from one that the reader could not read."""

from __future__ import annotations

import cv2
import numpy as np

from extractor.document import BBox, Document

#: Darker than this share of the paper's brightness is ink.
_DARK = 0.62


def has_ink(document: Document, page: int, box: BBox, line_height: float) -> bool | None:
    """Whether strokes of letter size stand inside the box; None when the page has no picture.

    Dots of a leader line, rules and specks are no strokes. `line_height` is the height of printed letters in points.
    """
    if document.picture is None:
        return None
    picture = document.picture(page)
    crop = picture.crop(box)
    if crop.size == 0:
        return False
    grey = crop[..., 0] if crop.ndim == 3 else crop
    paper = float(np.percentile(grey, 90))
    mask = (grey < _DARK * paper).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    tall = 0.45 * line_height * picture.dpi / 72
    return any(stats[i, cv2.CC_STAT_HEIGHT] >= tall and stats[i, cv2.CC_STAT_WIDTH] >= 2 for i in range(1, count))
