"""Page pictures after the reading: what is kept, and crops that are levelled alone."""

from __future__ import annotations

import numpy as np
import pytest

from extractor.document import BBox, Picture
from extractor.errors import InputError
from extractor.ingest.pictures import Pictures, Shelf, Tilted
from extractor.ocr import straighten
from extractor.ocr.page import Scan, Turn


def _page() -> np.ndarray:
    rng = np.random.default_rng(5)
    page = np.full((400, 300, 3), 255, np.uint8)
    page[40:360:16, 30:270] = rng.integers(0, 120, (20, 240, 3))
    return page


@pytest.mark.parametrize("box", [BBox(20, 30, 90, 50), BBox(-5, -5, 500, 500), BBox(70, 100, 80, 110)])
def test_crop_of_a_tilted_page_is_the_crop_of_the_levelled_one(box: BBox) -> None:
    tilted = Tilted(_page(), 144.0, 1.3)
    whole = Picture(straighten.unskew(_page(), 1.3), 144.0)
    one, other = tilted.crop(box, 2.0), whole.crop(box, 2.0)
    assert one.shape == other.shape
    assert np.abs(one.astype(int) - other).max() <= 2
    assert np.array_equal(tilted.pixels, whole.pixels)


def test_crop_beside_a_tilted_page_is_empty() -> None:
    assert Tilted(_page(), 144.0, 1.3).crop(BBox(400, 10, 420, 20)).size == 0


def test_first_and_last_pages_are_kept() -> None:
    shelf = Shelf()
    for number in range(1, 9):
        shelf.put(number, Scan(_page(), 144.0))
    assert [number for number in range(1, 9) if shelf.get(number) is not None] == [1, 2, 7, 8]


def test_kept_page_is_not_drawn_again_and_stands_upright() -> None:
    shelf = Shelf()
    shelf.put(1, Scan(_page(), 144.0))
    pictures = Pictures(None, "application/pdf", ((1, Turn(90, 0.0)),), shelf)  # without its file nothing can be drawn
    assert np.array_equal(pictures(1).pixels, straighten.turn(_page(), 90))
    with pytest.raises(InputError):
        pictures(2)
