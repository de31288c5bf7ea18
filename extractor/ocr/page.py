"""A scanned page from pixels to words: orient, straighten, prepare, recognise."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extractor.document import BBox, Page, Word
from extractor.ocr import prepare, straighten
from extractor.ocr.blank import is_blank
from extractor.ocr.engine import Engine, Grey

_DOUBTFUL = 0.65  # mean confidence: upright pages never fell below 0.80
_SURE_TURN = 4.0  # orientation confidence below this is noise
_UNREADABLE = 0.45


@dataclass(frozen=True, slots=True)
class Scan:
    """A page as pixels, not yet straightened: RGB uint8; `bilevel` for one-bit originals."""

    pixels: NDArray[np.uint8]
    dpi: float
    bilevel: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """How the page was straightened: first clockwise by `rotation`, then against a slope of `skew` degrees."""

    rotation: int = 0
    skew: float = 0.0

    def apply(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The picture upright and level."""
        return straighten.unskew(straighten.turn(pixels, self.rotation), self.skew)

    def box(self, box: BBox, width: float, height: float) -> BBox:
        """A box of the page as its viewer shows it (`width` by `height` points) on the straightened page."""
        if self.rotation == 90:
            box, width, height = BBox(height - box.bottom, box.x0, height - box.top, box.x1), height, width
        elif self.rotation == 180:
            box = BBox(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
        elif self.rotation == 270:
            box, width, height = BBox(box.top, width - box.x1, box.bottom, width - box.x0), height, width
        return _swung(box, -self.skew, width, height) if self.skew else box


@dataclass(frozen=True, slots=True)
class PageScan:
    """A page as recognised, how its picture is made straight, and whether it is blank or beyond reading."""

    page: Page
    turn: Turn
    blank: bool = False
    unreadable: bool = False


def _swung(box: BBox, degrees: float, width: float, height: float) -> BBox:
    """A box moved as its centre moves when the page turns clockwise around the middle; its size stays."""
    angle = math.radians(degrees)
    dx, dy = box.centre - width / 2, box.middle - height / 2
    x = width / 2 + dx * math.cos(angle) - dy * math.sin(angle) - box.centre
    y = height / 2 + dx * math.sin(angle) + dy * math.cos(angle) - box.middle
    return BBox(box.x0 + x, box.top + y, box.x1 + x, box.bottom + y)


def read_scan(scan: Scan, number: int, engine: Engine) -> PageScan:
    """The words of a scanned page, with boxes in points of the upright, straightened page."""
    grey = prepare.red(scan.pixels)
    if is_blank(grey):
        return PageScan(_page(number, grey, scan.dpi, Turn(), []), Turn(), blank=True)
    turn, words = _upright(grey, scan, engine)
    mean = _mean(words)
    page = _page(number, straighten.turn(grey, turn.rotation), scan.dpi, turn, words)
    return PageScan(page, turn, blank=not words, unreadable=bool(words) and mean < _UNREADABLE)


def _upright(grey: Grey, scan: Scan, engine: Engine) -> tuple[Turn, list[Word]]:
    rotation = _ask(engine, grey, scan.dpi) if straighten.sideways(grey) else 0
    turn, words = _read(grey, rotation, scan, engine)
    if _mean(words) >= _DOUBTFUL or rotation:
        return turn, words
    rotation = _ask(engine, grey, scan.dpi)
    if rotation:
        second = _read(grey, rotation, scan, engine)
        if _mean(second[1]) > _mean(words):
            return second
    return turn, words


def _ask(engine: Engine, grey: Grey, dpi: float) -> int:
    found = engine.orientation(grey, dpi)
    return found.turn if found is not None and found.confidence >= _SURE_TURN else 0


def _read(grey: Grey, rotation: int, scan: Scan, engine: Engine) -> tuple[Turn, list[Word]]:
    turned = straighten.turn(grey, rotation)
    turn = Turn(rotation, straighten.skew(turned))
    level = prepare.prepare(straighten.unskew(turned, turn.skew), scan.bilevel)
    return turn, engine.recognise(level, scan.dpi)


def _mean(words: list[Word]) -> float:
    """Mean confidence by letters, 0.0 without words."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _page(number: int, grey: Grey, dpi: float, turn: Turn, words: list[Word]) -> Page:
    height, width = grey.shape
    page = Page(number, width * 72 / dpi, height * 72 / dpi, "ocr" if words else "none", turn.rotation)
    return replace(page, mean_confidence=_mean(words) if words else None, words=tuple(words))
