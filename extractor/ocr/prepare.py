"""Making a page picture fit for recognition. Measured recipe: help dark and uneven pages, leave good ones alone."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractor.ocr.engine import Grey

_DARK_PAPER = 200  # 5th percentile of the background below this: uneven light or a grey copy
_NOISY = 6.0  # spread of the paper's grey after removing its slow changes
_BLACK, _WHITE = 60, 225


def red(pixels: NDArray[np.uint8]) -> Grey:
    """The red channel of an RGB picture as grey: red seals fade, black and blue ink stay."""
    return np.ascontiguousarray(pixels[:, :, 0]) if pixels.ndim == 3 else pixels


def paper(grey: Grey) -> float:
    """The grey of the paper: the median of every eighth pixel each way."""
    return float(np.median(grey[::8, ::8])) if grey.size else 255.0


def halved(grey: Grey) -> Grey:
    """The page at half its size; an odd last row or column is left out, which makes it several times faster."""
    height, width = (max(2, side - side % 2) for side in grey.shape[:2])
    even = grey[:height, :width]
    return np.asarray(cv2.resize(even, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def background(grey: Grey) -> Grey:
    """The paper without its ink, at a quarter of the size."""
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21), dtype=np.uint8)


def prepare(grey: Grey, bilevel: bool = False) -> Grey:
    """The page ready for the engine; the same array when nothing needs doing.

    One-bit pages stay as they are: despeckling takes tone marks with it.
    """
    if bilevel:
        return grey
    bare = background(grey)
    if float(np.percentile(bare, 5)) >= _DARK_PAPER:
        return grey
    return _flatten(grey, bare)


def _flatten(grey: Grey, bare: Grey) -> Grey:
    height, width = grey.shape
    full = np.asarray(cv2.resize(bare, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    if noise(grey, full) > _NOISY:
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.6), dtype=np.uint8)
    even = cv2.divide(grey, np.maximum(full, 1), scale=255)
    table = np.clip((np.arange(256) - _BLACK) * 255.0 / (_WHITE - _BLACK), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(even, table), dtype=np.uint8)


def noise(grey: Grey, bare: Grey) -> float:
    """Spread of grey on bare paper, in grey levels."""
    sample, under = grey[::4, ::4].astype(np.int16), bare[::4, ::4].astype(np.int16)
    near = sample > under - 40
    return float(np.std(sample[near] - under[near])) if int(near.sum()) > 100 else 0.0
