"""The readers on drawn header lines: the slot is found and its digits read."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractor.ocr import handwriting


def line(*pieces: tuple[str, int]) -> np.ndarray:
    """A drawn line, RGB: texts with the gap in pixels before each."""
    face = ImageFont.load_default(36)
    image = Image.new("RGB", (900, 61), "white")
    pen, x = ImageDraw.Draw(image), 6.0
    for text, gap in pieces:
        x += gap
        pen.text((x, 42), text, font=face, fill=(20, 20, 60), anchor="ls")
        x += face.getlength(text)
    return np.asarray(image)[:, : int(x) + 8]


def best(ballot) -> str:
    return max(ballot, key=ballot.__getitem__)


@pytest.fixture(scope="module")
def broad() -> handwriting.BroadReader:
    reader = handwriting.broad_reader()
    assert reader is not None
    return reader


def test_the_number_between_label_and_slash(broad: handwriting.BroadReader) -> None:
    picture = line(("So:", 0), ("275", 20), ("/QD-UBND", 24))
    reading = broad.read(broad.look(handwriting.line_variants(picture)[0]), "number")["number"]
    assert best(reading.ballot) == "275"
    left, right = reading.place
    assert 0.1 < left < right < 0.6


def test_day_month_and_year(broad: handwriting.BroadReader) -> None:
    picture = line(("ngay", 0), ("08", 16), ("thang", 16), ("3", 16), ("nam", 16), ("2025", 12))
    readings = broad.read(broad.look(handwriting.line_variants(picture)[0]), "date")
    assert [best(readings[name].ballot) for name in ("day", "month", "year")] == ["08", "3", "2025"]


def test_an_empty_slot_reads_as_nothing(broad: handwriting.BroadReader) -> None:
    picture = line(("So:", 0), ("/QD-UBND", 90))
    reading = broad.read(broad.look(handwriting.line_variants(picture)[0]), "number")["number"]
    assert best(reading.ballot) == ""


def test_a_line_without_anchors_has_no_slot(broad: handwriting.BroadReader) -> None:
    picture = line(("12345", 0))
    assert broad.read(broad.look(handwriting.line_variants(picture)[0]), "date") == {}


def test_variants_keep_ink_that_only_another_channel_shows() -> None:
    red_ink = np.full((61, 40, 3), 255, np.uint8)
    red_ink[20:40, 10:30] = (250, 20, 20)
    red, wide, tight, darkest = handwriting.line_variants(red_ink)
    assert red.min() > 240
    assert darkest.min() < 30
    assert tight.shape[0] < 61
    assert wide.shape[1] == 60


def test_the_network_gives_its_features_too(broad: handwriting.BroadReader) -> None:
    look = broad.look(handwriting.line_variants(line(("12", 0)))[0])
    assert look.scores.shape[0] == look.features.shape[0]
    assert look.features.shape[1] == 120
