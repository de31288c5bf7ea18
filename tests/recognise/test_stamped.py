"""Stamps in red ink on a scanned page."""

from __future__ import annotations

import cv2
import numpy as np

from extractor.document import BBox, Picture
from extractor.recognise import stamped


def page(draw_red: bool) -> Picture:
    """A white page of 120 dpi with black lines, a red frame and a round red seal."""
    pixels = np.full((1400, 990, 3), 255, np.uint8)
    for row in range(60, 300, 30):
        cv2.line(pixels, (80, row), (420, row), (0, 0, 0), 3)
    if draw_red:
        cv2.rectangle(pixels, (150, 330), (290, 370), (205, 30, 40), 2)
        cv2.putText(pixels, "KHAN", (165, 362), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (205, 30, 40), 2)
    cv2.circle(pixels, (420, 480), 90, (205, 30, 40), 4)
    return Picture(pixels, 120.0)


def test_framed_word_is_a_box_and_a_round_seal_is_none() -> None:
    boxes = list(stamped._boxes(page(draw_red=True)))
    assert any(box.contains(BBox(101.0, 207.0, 147.0, 217.0)) for box in boxes)
    assert all(box.bottom < 230.0 for box in boxes)
    assert not list(stamped._boxes(page(draw_red=False)))


def test_ink_of_a_box_keeps_the_word_and_loses_the_frame() -> None:
    picture = page(draw_red=True)
    box = next(stamped._boxes(picture))
    ink = stamped._ink(picture, box) < 128
    assert ink.any()
    assert ink.mean(axis=1).max() < 0.5
    assert ink.mean(axis=0).max() < 0.75
