"""Rows of stars: the engine has no such letter and makes `xx**` of four, so their shapes are counted."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import regex

from extractor.document import Word
from extractor.ocr.engine import Grey

_LOOKS = regex.compile(r"(?=.*[*x★☆®#¤])[*x×X★☆®#¤+k%&“”\"'.,°¬^~-]{1,9}")
_MOST = 5
_INK = 150
_SMALLEST, _LARGEST = 4.0, 24.0  # points: the size of a printed star
_NOTCHES = (5, 6)
_DEEP = 0.1  # how deep a notch between two tips goes, as a share of the star's size
_FILLED, _OUTLINED = 0.79, 0.75  # share of ink inside the outline
_PALE = 235  # grey: lighter ink is noise on paper
_ALIKE = 0.25  # how much stars of one row may differ in width and height


def drawn(piece: Grey, dpi: float) -> str:
    """A cell's ink that is nothing but one to five stars of one size, as `★` and `☆` (hollow); "" for anything else."""
    soft = cv2.GaussianBlur(piece, (0, 0), 0.6)
    level, ink = cv2.threshold(soft, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    edged = cv2.copyMakeBorder(ink, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    outlines = cv2.findContours(edged, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
    marks = [outline for outline in outlines if max(cv2.boundingRect(outline)[2:]) >= _SMALLEST * dpi / 72]
    if not 1 <= len(marks) <= _MOST or level > _PALE or not all(_notched(mark, dpi) for mark in marks):
        return ""
    widths = [cv2.boundingRect(mark)[2] for mark in marks]
    shares = [_share(mark, edged) for mark in marks]
    if max(widths) > (1 + 1.4 * _ALIKE) * min(widths) or any(_OUTLINED < share < _FILLED for share in shares):
        return ""
    filled = sum(share >= _FILLED for share in shares)
    return "★" * filled + "☆" * (len(shares) - filled)


def _notched(outline: np.ndarray, dpi: float) -> bool:
    """As wide as high, with a notch between each two of five or six tips."""
    _, _, width, height = cv2.boundingRect(outline)
    if max(width, height) > _LARGEST * dpi / 72 or not 0.75 <= width / height <= 1.35:
        return False
    hull = cv2.convexHull(outline, returnPoints=False)
    defects = cv2.convexityDefects(outline, hull) if len(hull) > 3 else None
    depths = [] if defects is None else [defect[3] / 256 for defect in defects.reshape(-1, 4)]
    return sum(depth >= _DEEP * width for depth in depths) in _NOTCHES


def _share(outline: np.ndarray, ink: np.ndarray) -> float:
    """The share of ink inside an outline: 1 when filled."""
    mask = np.zeros_like(ink)
    cv2.drawContours(mask, [outline], -1, 255, cv2.FILLED)
    return float((ink[mask > 0] > 0).mean())


def restore(words: list[Word], grey: Grey, dpi: float) -> list[Word]:
    """The words with rows of stars written as `★`; words of one row that the engine split are joined.

    Only words made of nothing but signs that the engine writes for stars are looked at, and only a row of one to five
    alike star shapes is rewritten.
    """
    found: list[Word] = []
    for word in _joined(words):
        count = _count(word, grey, dpi) if _LOOKS.fullmatch(word.text) else 0
        found.append(replace(word, text="★" * count) if count else word)
    return found


def _joined(words: list[Word]) -> list[Word]:
    found: list[Word] = []
    for word in words:
        last = found[-1] if found else None
        if last and _LOOKS.fullmatch(last.text) and _LOOKS.fullmatch(word.text) and _beside(last, word):
            found[-1] = Word(last.text + word.text, last.bbox.union(word.bbox), min(last.confidence, word.confidence))
        else:
            found.append(word)
    return found


def _beside(first: Word, second: Word) -> bool:
    height = max(first.bbox.height, second.bbox.height)
    return second.bbox.overlap_y(first.bbox) > 0 and 0 <= second.bbox.x0 - first.bbox.x1 + height < 2 * height


def _count(word: Word, grey: Grey, dpi: float) -> int:
    scale, box = dpi / 72, word.bbox
    margin = int(0.3 * box.height * scale) + 2
    crop = grey[
        max(0, int(box.top * scale) - margin) : int(box.bottom * scale) + margin,
        max(0, int(box.x0 * scale) - margin) : int(box.x1 * scale) + margin,
    ]
    if crop.size == 0:
        return 0
    ink = (crop < _INK).astype(np.uint8)
    outlines, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    shapes = [(cv2.boundingRect(outline), outline) for outline in outlines if cv2.contourArea(outline) > 12]
    if not 1 <= len(shapes) <= _MOST:
        return 0
    tallest = max(shape[0][3] for shape in shapes)
    widest = max(shape[0][2] for shape in shapes)
    alike = all(
        rect[3] >= (1 - _ALIKE) * tallest and rect[2] >= (1 - _ALIKE) * widest and _is_star(outline)
        for rect, outline in shapes
    )
    return len(shapes) if alike else 0


def _is_star(outline: np.ndarray) -> bool:
    """As wide as high, five tips, and half of its hull filled: the hull of a letter x has four corners."""
    _, _, width, height = cv2.boundingRect(outline)
    around = cv2.convexHull(outline)
    tips = cv2.approxPolyDP(around, 0.07 * cv2.arcLength(around, True), True)
    filled = cv2.contourArea(outline) / max(1.0, cv2.contourArea(around))
    return 0.75 <= width / max(1, height) <= 1.35 and 0.3 <= filled <= 0.75 and len(tips) == 5
