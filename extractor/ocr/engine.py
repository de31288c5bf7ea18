"""The engine interface, and the one engine of this process."""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass
from typing import Literal, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from extractor.document import BBox, Word
from extractor.errors import ConfigurationError
from extractor.text.normalise import normalise_word

Mode = Literal["page", "block", "line", "sparse"]
Grey = NDArray[np.uint8]

PAGE_SEGMENTATION: dict[Mode, int] = {"page": 3, "block": 6, "line": 7, "sparse": 11}
"""Tesseract's page segmentation modes by what they are used for."""


@dataclass(frozen=True, slots=True)
class Orientation:
    """By how many degrees clockwise the picture must be turned to be upright, and how sure that is (0 to about 30)."""

    turn: int
    confidence: float


class Engine(Protocol):
    """Reads words from a grey picture of shape (height, width), uint8, ink dark."""

    @property
    def name(self) -> str:
        """Engine, version and model: part of the fingerprint of a reading."""

    def recognise(self, grey: Grey, dpi: float, mode: Mode = "page") -> list[Word]:
        """Words with boxes in points of the picture, in the engine's reading order."""

    def orientation(self, grey: Grey, dpi: float) -> Orientation | None:
        """How to turn the page upright; None when there is too little text to tell."""


_MISREAD = str.maketrans({"¡": "i", "⁄": "/", "ﬁ": "fi", "ﬂ": "fl"})


def clean_text(text: str) -> str:
    """A word as the engine gave it, normalised, without spaces and without signs that Vietnamese does not have."""
    return "".join(normalise_word(text).translate(_MISREAD).split())


def to_points(box: tuple[int, int, int, int], dpi: float) -> BBox:
    """A box in pixels `(x0, top, x1, bottom)` in points."""
    scale = 72 / dpi
    return BBox(box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)


@functools.cache
def engine(kind: str | None = None) -> Engine:
    """The engine of this process: `tesserocr` in process, or `pytesseract` where its wheel does not load.

    `EXTRACTOR_OCR_ENGINE` names one of the two. Raises ConfigurationError when neither works or the Vietnamese
    model is missing.
    """
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # more threads only burn CPU time (measured)
    cv2.setNumThreads(1)
    kind = kind or os.environ.get("EXTRACTOR_OCR_ENGINE", "auto")
    if kind in ("auto", "tesserocr"):
        try:
            from extractor.ocr.tesserocr_engine import TesserocrEngine

            return TesserocrEngine()
        except ImportError as error:
            if kind == "tesserocr":
                raise ConfigurationError(
                    "Không nạp được thư viện tesserocr.", hint="Cài bằng: pip install tesserocr", code="ocr-missing"
                ) from error
    elif kind != "pytesseract":
        raise ConfigurationError(
            f"Không có bộ nhận dạng chữ tên “{kind}”.", hint="Đặt EXTRACTOR_OCR_ENGINE là tesserocr hoặc pytesseract."
        )
    from extractor.ocr.pytesseract_engine import PytesseractEngine

    return PytesseractEngine()
