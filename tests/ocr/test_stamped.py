"""Stamps on scans: red words, small frames, specks, e-signature blocks that were scanned with the page."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from extractor.document import BBox, Page, Picture, Word
from extractor.ingest import page_picture, stamps
from extractor.ocr import engine, redink
from extractor.ocr.engine import Grey, Mode, Orientation
from extractor.ocr.frames import without_frames
from extractor.ocr.page import Scan, read_scan

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "ke-hoach-pdf" / "source.pdf"


@pytest.fixture(scope="module")
def picture() -> Picture:
    return page_picture(SAMPLE, 1)


def _stamped(picture: Picture, at: tuple[int, int] = (60, 420)) -> tuple[np.ndarray, BBox]:
    """The page with its own heading set again as a red stamp in a frame (row, column)."""
    words = engine().recognise(np.ascontiguousarray(picture.pixels[:, :, 0]), picture.dpi)
    place = next(i for i, word in enumerate(words) if word.text == "KẾ")
    box = words[place].bbox.union(words[place + 1].bbox)
    letters = picture.crop(box, 3)[:, :, 0]
    page = np.full_like(picture.pixels, 255)
    page[1200:] = picture.pixels[1200:]
    y, x = at[0] + 40, at[1]
    height, width = letters.shape
    for channel, shade in enumerate((215, 40, 50)):
        page[y : y + height, x : x + width, channel] = 255 - (255 - letters.astype(int)) * (255 - shade) // 255
    cv2.rectangle(page, (x - 30, y - 15), (x + width + 30, y + height + 15), (215, 40, 50), 4)
    return page, BBox(x * 0.36, y * 0.36, (x + width) * 0.36, (y + height) * 0.36)


def test_red_words_are_read_where_they_stand(picture: Picture) -> None:
    page, box = _stamped(picture)
    read = read_scan(Scan(page, picture.dpi), 1, engine()).page
    found = [word for word in read.words if word.text in ("KẾ", "HOẠCH") and word.bbox.top < 100]
    assert [word.text for word in found] == ["KẾ", "HOẠCH"]
    assert all(box.contains(word.bbox, 3) for word in found)


def test_round_seals_and_red_dust_are_not_looked_at() -> None:
    page = np.full((2339, 1654, 3), 255, np.uint8)
    cv2.circle(page, (500, 400), 150, (215, 40, 50), 6)
    page[600:604, 300:304] = (215, 40, 50)
    assert redink.words(page, 200, engine()) == []


def test_red_words_take_the_place_of_their_grey_reading() -> None:
    grey = [Word("H0A", BBox(0, 0, 20, 10)), Word("Số", BBox(50, 0, 60, 10))]
    red = [Word("HỎA", BBox(0, 0, 21, 10))]
    assert [word.text for word in redink.merged(grey, red)] == ["Số", "HỎA"]


def test_small_frame_is_painted_out_and_its_word_stays() -> None:
    page = np.full((2000, 1600), 240, np.uint8)
    cv2.rectangle(page, (200, 300), (480, 370), 20, 3)
    cv2.putText(page, "KHAN", (260, 350), cv2.FONT_HERSHEY_COMPLEX, 1.0, 10, 2)
    clean = without_frames(page, 200)
    assert clean[296:304, 200:480].min() > 200
    assert clean[300:370, 196:206].min() > 200
    assert clean[310:360, 250:400].min() < 60


def test_rules_and_tables_are_no_frames() -> None:
    page = np.full((2000, 1600), 240, np.uint8)
    cv2.line(page, (200, 300), (480, 300), 20, 3)
    cv2.line(page, (200, 370), (480, 370), 20, 3)
    cv2.rectangle(page, (100, 500), (1500, 900), 20, 3)
    assert without_frames(page, 200) is page


class _Fixed:
    """An engine that always reads the same."""

    name = "fixed"

    def __init__(self, *words: Word) -> None:
        self._words = words

    def recognise(self, grey: Grey, dpi: float, mode: Mode = "page") -> list[Word]:
        return list(self._words)

    def orientation(self, grey: Grey, dpi: float) -> Orientation | None:
        return None


def test_specks_between_words_are_left_out_and_dashes_are_not(picture: Picture) -> None:
    texts = ["Số:", "|", "`", "-", "_", "12", "^", "./.", "©", "…", "(b/c)"]
    words = [Word(text, BBox(10 * i, 0, 10 * i + 8, 10), 0.9) for i, text in enumerate(texts)]
    read = read_scan(Scan(picture.pixels, picture.dpi), 1, _Fixed(*words)).page
    assert [word.text for word in read.words] == ["Số:", "-", "12", "./.", "…", "(b/c)"]


def _block(text: str, x: float, top: float, height: float = 8) -> list[Word]:
    found = []
    for line, words in enumerate(text.split("\n")):
        left = x
        for word in words.split():
            found.append(Word(word, BBox(left, top + 10 * line, left + 5 * len(word), top + 10 * line + height), 0.9))
            left += 5 * len(word) + 3
    return found


def test_scanned_signature_block_is_left_out() -> None:
    header = _block("ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM", 60, 60)
    stamp = _block("Ký bởi: Sở Nội vụ\nCơ quan: Tỉnh Hà Nam\nThời gian ký: 18/03/2024 08:41:42", 400, 20)
    page, boxes = stamps.clean(Page(1, 595, 842, "ocr", words=(*header, *stamp)))
    assert list(page.words) == header
    assert len(boxes) == 1
    assert boxes[0].x0 == 400


def test_body_that_speaks_of_signing_stays() -> None:
    body = _block("\n".join(["kể từ thời gian ký: ngày ký hợp đồng được tính theo lịch của các bên"] * 14), 60, 300)
    page, boxes = stamps.clean(Page(1, 595, 842, "ocr", words=tuple(body)))
    assert list(page.words) == body
    assert boxes == []
