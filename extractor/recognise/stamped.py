"""Stamps in red ink at the head of a scanned page: the page is read without red, so they are looked for apart.

A stamp of urgency or secrecy is a short word in capitals, mostly in a frame (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần
III). Round seals and the logos of electronic signatures are no such boxes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractor.document import BBox, Document, Picture
from extractor.ocr.reread import read_crop

_HEAD, _LEFT = 0.42, 0.62  # the part of the page in which such stamps stand
_RED, _BRIGHT = 45, 90  # how far red stands above the other channels, and its least value
_LEAST = 60  # red pixels of a stamp at least, at half the resolution
_SIZE = (24.0, 7.0, 200.0, 46.0)  # least and greatest width and height in points


@dataclass(frozen=True, slots=True)
class RedText:
    """What a red box says, and where it stands on page 1."""

    text: str
    bbox: BBox
    confidence: float


def red_texts(document: Document) -> Iterator[RedText]:
    """The red boxes of the first page's head, read; nothing for pages without colour."""
    first = document.pages[0] if document.pages else None
    if document.picture is None or first is None or first.text_source != "ocr":
        return
    picture = document.picture(1)
    if picture.pixels.ndim != 3:
        return
    for box in _boxes(picture):
        words = read_crop(_ink(picture, box), picture.dpi, (box.x0, box.top), "block", scale=1.5)
        text = " ".join(word.text for word in words if any(char.isalpha() for char in word.text))
        if text:
            yield RedText(text, box, min(word.confidence for word in words))


def _boxes(picture: Picture) -> Iterator[BBox]:
    """Boxes of red ink that are as wide and as high as a stamp of a word or two."""
    height, width = picture.pixels.shape[:2]
    head = picture.pixels[: int(height * _HEAD) : 2, : int(width * _LEFT) : 2].astype(np.int16)
    mask = (head[:, :, 0] - head[:, :, 1:].max(axis=2) > _RED) & (head[:, :, 0] > _BRIGHT)
    if int(mask.sum()) < _LEAST:
        return
    unit = 72 / picture.dpi * 2
    reach = max(3, int(5 / unit))
    joined = cv2.dilate(mask.astype(np.uint8), np.ones((max(1, reach // 2), reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    for x, y, wide, tall, _ in stats[1:].tolist():
        box = BBox(x * unit, y * unit, (x + wide) * unit, (y + tall) * unit)
        sized = _SIZE[0] <= box.width <= _SIZE[2] and _SIZE[1] <= box.height <= _SIZE[3]
        if sized and box.width > 1.3 * box.height and int(mask[y : y + tall, x : x + wide].sum()) >= _LEAST:
            yield box


def _ink(picture: Picture, box: BBox) -> NDArray[np.uint8]:
    """The red ink of a box as black on white, without the long strokes of a frame."""
    crop = picture.crop(box, 1.0).astype(np.int16)
    red = np.clip(crop[:, :, 0] - crop[:, :, 1:].max(axis=2), 0, 255)
    grey = (255 - np.clip(red * (255 / max(1, int(red.max()))), 0, 255)).astype(np.uint8)
    dark = (grey < 160).astype(np.uint8)
    height, width = dark.shape
    across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, max(3, int(0.55 * width))), np.uint8))
    down = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((max(3, int(0.75 * height)), 1), np.uint8))
    frame = cv2.dilate(np.maximum(across, down), np.ones((3, 3), np.uint8))
    return np.where(frame > 0, 255, grey).astype(np.uint8)
