"""Stars counted in the picture of a cell: OCR reads "★★★" as dots, crosses or letters.

Every mark of letter height in the cell must be a five- or six-pointed star of one size, or nothing is said.
"""

from __future__ import annotations

import cv2
import numpy as np
import regex
from cv2.typing import MatLike
from numpy.typing import NDArray

from extractor.document import Cell, Document, TextSource

_SMALLEST, _LARGEST = 4.0, 24.0
"""Points: the size of a printed star."""
_POINTS = (5, 6)
_DEEP = 0.1
"""How deep a notch between two points goes, as a share of the star's size."""
_FILLED, _OUTLINE = 0.75, 0.68
_EDGE = -1.5
_WORDS = regex.compile(r"\p{L}{3}|\d\d")


def count_stars(document: Document, cell: Cell) -> int | None:
    """The filled stars in a scanned cell (all of them where none is filled); None when it holds anything else."""
    text = document.text[cell.span.start : cell.span.end]
    if document.picture is None or cell.bbox is None or not text.strip() or _WORDS.search(text):
        return None
    number = document.page_at(cell.span.start)
    if _source(document, number) != "ocr":
        return None
    picture = document.picture(number)
    return stars_in(picture.crop(cell.bbox, _EDGE), picture.dpi)


def _source(document: Document, number: int) -> TextSource:
    return next((page.text_source for page in document.pages if page.number == number), "none")


def stars_in(pixels: NDArray[np.uint8], dpi: float) -> int | None:
    """The stars in an RGB crop of shape (height, width, 3): 1 to 5, None when there are other marks."""
    if min(pixels.shape[:2]) < 8:
        return None
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    level, ink = cv2.threshold(cv2.GaussianBlur(grey, (0, 0), 0.6), 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    least = _SMALLEST * dpi / 72
    outlines = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
    marks = [outline for outline in outlines if max(cv2.boundingRect(outline)[2:]) >= least]
    if not 1 <= len(marks) <= 5 or level > 200 or not all(_is_star(mark, dpi) for mark in marks):
        return None
    widths = [cv2.boundingRect(mark)[2] for mark in marks]
    if max(widths) > 1.35 * min(widths):
        return None
    shares = [_ink_share(mark, ink) for mark in marks]
    if any(_OUTLINE < share < _FILLED for share in shares):
        return None
    return sum(share >= _FILLED for share in shares) or len(shares)


def _is_star(outline: MatLike, dpi: float) -> bool:
    _, _, width, height = cv2.boundingRect(outline)
    if max(width, height) > _LARGEST * dpi / 72 or not 0.75 <= width / height <= 1.35:
        return False
    hull = cv2.convexHull(outline, returnPoints=False)
    defects = cv2.convexityDefects(outline, hull) if len(hull) > 3 else None
    deep = 0 if defects is None else sum(1 for defect in defects.reshape(-1, 4) if defect[3] / 256 >= _DEEP * width)
    return deep in _POINTS


def _ink_share(outline: MatLike, ink: MatLike) -> float:
    """The share of ink inside an outline, its rim aside: 1 when filled."""
    mask = np.zeros_like(ink)
    cv2.drawContours(mask, [outline], -1, 255, cv2.FILLED)
    return float((ink[mask > 0] > 0).mean())
