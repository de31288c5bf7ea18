"""Stars drawn in a picture are counted; letters and figures are no stars."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extractor.ocr.starshape import drawn

DPI = 200.0


def star(middle: tuple[float, float], radius: float, inner: float = 0.4) -> NDArray[np.int32]:
    turns = np.arange(10) * np.pi / 5 - np.pi / 2
    lengths = np.where(np.arange(10) % 2 == 0, radius, radius * inner)
    return (
        np.stack([middle[0] + lengths * np.cos(turns), middle[1] + lengths * np.sin(turns)], 1).round().astype(np.int32)
    )


def cell(filled: int, outlined: int = 0, noise: float = 6.0) -> NDArray[np.uint8]:
    """A scanned cell of 60 × 300 grey pixels with filled and outlined stars."""
    page = np.full((60, 300), 255, np.uint8)
    for index in range(filled + outlined):
        points = [star((30 + 42 * index, 30), 15)]
        if index < filled:
            cv2.fillPoly(page, points, 20)
        else:
            cv2.polylines(page, points, True, 20, 2)
    rough = cv2.GaussianBlur(page, (0, 0), 0.7) + np.random.default_rng(3).normal(0, noise, page.shape)
    return np.clip(rough, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("filled", "outlined"), [(3, 0), (4, 0), (5, 0), (3, 2), (4, 1), (0, 5)])
def test_stars_are_counted_filled_ones_apart(filled: int, outlined: int) -> None:
    assert drawn(cell(filled, outlined), DPI) == "★" * filled + "☆" * outlined


@pytest.mark.parametrize("text", ["3 sao", "4", "85,5", "OCOP", "x", "***x"])
def test_letters_are_no_stars(text: str) -> None:
    page = np.full((60, 300), 255, np.uint8)
    cv2.putText(page, text, (20, 42), cv2.FONT_HERSHEY_COMPLEX, 1.0, 0, 2)
    assert drawn(page, DPI) == ""


def test_an_empty_or_noisy_cell_has_none() -> None:
    assert drawn(cell(0), DPI) == ""
    assert drawn(np.full((4, 4), 255, np.uint8), DPI) == ""
