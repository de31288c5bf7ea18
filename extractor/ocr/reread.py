"""A second look at a zone of a page, with a mode and a scale of its own."""

from __future__ import annotations

import cv2
import numpy as np

from extractor.document import BBox, Picture, Word
from extractor.ocr import prepare
from extractor.ocr.engine import Engine, Grey, Mode, engine

_PADDING = 10  # white pixels around a crop: the engine misses letters that touch the edge


def reread(
    picture: Picture,
    bbox: BBox,
    mode: Mode = "block",
    *,
    scale: float = 1.0,
    margin: float = 2.0,
    reader: Engine | None = None,
) -> tuple[Word, ...]:
    """The words inside a box (points, upright page), read again from the picture.

    `mode`: `line` for one line, `block` for a column or paragraph, `sparse` for scattered words, `page` for a layout
    of its own. `scale` enlarges the crop first; `margin` (points) widens it. Boxes are in points of the page.
    """
    crop = picture.crop(bbox, margin)
    if crop.size == 0:
        return ()
    grey = prepare.prepare(prepare.red(crop))
    origin = max(0.0, bbox.x0 - margin), max(0.0, bbox.top - margin)
    return read_crop(grey, picture.dpi, origin, mode, scale=scale, reader=reader)


def read_crop(
    grey: Grey,
    dpi: float,
    origin: tuple[float, float],
    mode: Mode,
    *,
    scale: float = 1.0,
    reader: Engine | None = None,
) -> tuple[Word, ...]:
    """The words of a grey crop whose upper left corner lies at `origin` (points of the page)."""
    if scale != 1.0:
        grey = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
    framed = np.pad(grey, _PADDING, constant_values=255)
    resolution = dpi * scale
    offset = _PADDING * 72 / resolution
    found = (reader or engine()).recognise(framed, resolution, mode)
    return tuple(_moved(word, origin[0] - offset, origin[1] - offset) for word in found)


def _moved(word: Word, dx: float, dy: float) -> Word:
    box = word.bbox
    return Word(word.text, BBox(box.x0 + dx, box.top + dy, box.x1 + dx, box.bottom + dy), word.confidence)
