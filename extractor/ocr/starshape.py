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
_ALIKE = 0.25  # how much stars of one row may differ in width and height


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
