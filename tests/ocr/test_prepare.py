"""Preparing, straightening, blank pages: on pictures made for it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractor.document import BBox
from extractor.ocr import prepare, straighten
from extractor.ocr.blank import is_blank
from extractor.ocr.page import Turn


def _text(paper: int = 255, ink: int = 20) -> np.ndarray:
    """A page with forty lines of strokes that stand for letters."""
    page = np.full((1170, 827), paper, np.uint8)
    rng = np.random.default_rng(7)
    for row in range(40):
        x = 60
        while x < 740:
            width = int(rng.integers(20, 70))
            for letter in range(x, x + width - 8, 9):
                cv2.putText(page, "naeuo"[int(rng.integers(5))], (letter, 80 + 26 * row), 0, 0.4, ink, 1)
            x += width + 10
    return page


def test_red_seal_fades_and_blue_ink_stays() -> None:
    picture = np.full((10, 10, 3), 255, np.uint8)
    picture[2], picture[4], picture[6] = (220, 30, 30), (30, 40, 160), (0, 0, 0)
    grey = prepare.red(picture)
    assert grey[2, 0] > 200
    assert grey[4, 0] < 60
    assert grey[6, 0] == 0


def test_good_page_is_left_alone() -> None:
    page = _text()
    assert prepare.prepare(page) is page


def test_uneven_page_becomes_even() -> None:
    shade = np.linspace(90, 250, 827)[None, :].repeat(1170, 0)
    page = (_text() / 255.0 * shade).astype(np.uint8)
    better = prepare.prepare(page)
    assert better is not page
    assert np.percentile(better, 50) == 255
    left, right = better[:, 60:200], better[:, 600:740]
    assert abs(float((left < 128).mean()) - float((right < 128).mean())) < 0.02


def test_one_bit_page_is_left_alone_however_dark() -> None:
    page = _text(paper=120)
    assert prepare.prepare(page, bilevel=True) is page


@pytest.mark.parametrize("degrees", [-3.0, -1.2, 0.0, 0.1, 0.8, 2.5])
def test_skew_is_measured_and_taken_out(degrees: float) -> None:
    tilted = straighten.unskew(_text(), -degrees)
    found = straighten.skew(tilted)
    assert found == pytest.approx(degrees if abs(degrees) > 0.3 else 0.0, abs=0.15)
    assert abs(straighten.skew(straighten.unskew(tilted, found))) <= 0.3


def test_sideways() -> None:
    page = _text()
    assert not straighten.sideways(page)
    assert straighten.sideways(straighten.turn(page, 90))


@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_turn_moves_boxes_as_it_moves_pixels(quarter: int) -> None:
    picture = np.full((200, 100), 255, np.uint8)
    picture[20:30, 60:90] = 0
    turned = straighten.turn(picture, quarter)
    rows, columns = np.nonzero(turned == 0)
    box = Turn(quarter).box(BBox(60, 20, 90, 30), 100, 200)
    assert (box.x0, box.top, box.x1, box.bottom) == (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)


def test_unskew_moves_boxes_as_it_moves_pixels() -> None:
    picture = np.full((400, 300), 255, np.uint8)
    picture[50:60, 200:210] = 0
    straight = Turn(0, 3.0).apply(picture)
    rows, columns = np.nonzero(straight < 128)
    box = Turn(0, 3.0).box(BBox(200, 50, 210, 60), 300, 400)
    assert (box.centre, box.middle) == pytest.approx((columns.mean() + 0.5, rows.mean() + 0.5), abs=1)


def test_blank_backs() -> None:
    assert is_blank(np.full((1000, 700), 255, np.uint8))
    ghost = np.where(_text() < 128, 215, 250).astype(np.uint8)
    assert is_blank(ghost), "print that shows through"
    edge = np.full((1000, 700), 245, np.uint8)
    edge[:, :12] = edge[:15] = 10
    assert is_blank(edge), "the scanner's shadow"
    assert not is_blank(cv2.resize(_text(), None, fx=2, fy=2))


def test_a_few_words_are_no_blank_page() -> None:
    page = np.full((2339, 1654), 255, np.uint8)
    cv2.putText(page, "Noi nhan: luu VT", (300, 400), cv2.FONT_HERSHEY_COMPLEX, 1.0, 0, 2)
    assert not is_blank(page)
