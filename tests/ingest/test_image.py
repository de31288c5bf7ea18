"""Pictures as documents."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from extractor.document import BBox
from extractor.errors import CorruptError, TooLargeError
from extractor.ingest import Limits, read_bytes
from extractor.ingest.image import draw
from extractor.ingest.pdf import draw as draw_pdf
from extractor.ingest.source import Source
from tests.ingest.build import SAMPLES, codes, text_of


def _page() -> Image.Image:
    scan = draw_pdf(Source.load(SAMPLES / "to-trinh-pdf" / "source.pdf"), 1)
    return Image.fromarray(scan.pixels)


def _bytes(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize(("quarter", "rotation"), [(90, 90), (180, 180), (270, 270)])
def test_turned_page_is_read_upright(quarter: int, rotation: int) -> None:
    reading = read_bytes(_bytes(_page().rotate(quarter, expand=True), dpi=(200, 200)), "nghieng.png")
    page = reading.pages[0]
    assert page.rotation == rotation
    assert page.width < page.height
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA" in text_of(page)
    assert page.tables[0].rows == 5
    assert reading.picture is not None
    height, width = reading.picture(1).pixels.shape[:2]
    assert (width, height) == pytest.approx((page.width * 200 / 72, page.height * 200 / 72), abs=2)


def test_skewed_page_is_straightened_with_its_picture() -> None:
    tilted = _page().rotate(-2.0, fillcolor="white", resample=Image.Resampling.BICUBIC)
    reading = read_bytes(_bytes(tilted, dpi=(200, 200)), "lech.png")
    words = reading.pages[0].words
    first, last = (next(w for w in words if w.text == text) for text in ("CỘNG", "NAM"))
    assert abs(first.bbox.middle - last.bbox.middle) < 3
    assert reading.picture is not None
    crop = reading.picture(1).crop(BBox(first.bbox.x0, first.bbox.top, last.bbox.x1, last.bbox.bottom))
    assert (crop < 100).any(axis=(1, 2)).mean() > 0.8, "the line fills its box from top to bottom"


def test_tiff_of_many_pages_with_a_blank_back() -> None:
    front = _page().convert("1")
    back = Image.new("1", front.size, 1)
    data = _bytes(front, "TIFF", save_all=True, append_images=[back], compression="group4", dpi=(200, 200))
    reading = read_bytes(data, "nhieu.tif")
    assert [page.number for page in reading.pages] == [1, 2]
    assert [page.text_source for page in reading.pages] == ["ocr", "none"]
    assert codes(reading) == ["page-blank"]
    assert reading.notices[0].regions[0].page == 2
    assert reading.pages[0].width == pytest.approx(595, abs=2)


def test_resolution_is_guessed_when_none_is_stated() -> None:
    scan = draw(Source.of(_bytes(_page()), "a.png"), 1)
    assert scan.dpi == pytest.approx(200, rel=0.02)


def test_high_resolution_is_reduced_and_alpha_is_white_paper() -> None:
    picture = Image.new("RGBA", (2480, 3508), (0, 0, 0, 0))
    scan = draw(Source.of(_bytes(picture, dpi=(300, 300)), "a.png"), 1)
    assert scan.dpi == 200
    assert scan.pixels.shape == (2339, 1653, 3)
    assert int(scan.pixels.min()) == 255


def test_grey_of_sixteen_bits() -> None:
    grey = (np.full((200, 200), 40_000)).astype(np.uint16)
    scan = draw(Source.of(_bytes(Image.fromarray(grey)), "a.png"), 1)
    assert int(scan.pixels[50, 50, 0]) == 156


def test_too_many_pixels() -> None:
    data = _bytes(Image.new("1", (4_000, 4_000)))
    with pytest.raises(TooLargeError, match="4000×4000"):
        read_bytes(data, "to.png", limits=Limits(page_pixels=10_000_000))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_truncated(kind: str) -> None:
    data = _bytes(Image.effect_noise((300, 300), 60).convert("RGB"), kind)
    with pytest.raises(CorruptError, match="cut: tệp ảnh bị hỏng"):
        read_bytes(data[: len(data) // 2], "cut")
