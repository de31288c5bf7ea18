"""Both engines read the same words; what is missing is named with its package."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from extractor.document import BBox, Picture
from extractor.errors import ConfigurationError
from extractor.ingest import page_picture
from extractor.ocr import engine, prepare, reread, tessdata
from extractor.ocr.engine import Engine, clean_text
from extractor.resources import models_dir

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "ke-hoach-pdf" / "source.pdf"


@pytest.fixture(scope="module")
def picture() -> Picture:
    return page_picture(SAMPLE, 1)


def _head(picture: Picture) -> np.ndarray:
    return prepare.red(picture.crop(BBox(0, 0, picture.pixels.shape[1] * 72 / picture.dpi, 200)))


def _overlap(first: list[str], second: list[str]) -> float:
    return len(set(first) & set(second)) / max(1, len(set(first)))


def test_fallback_reads_the_same_words_at_the_same_places(picture: Picture) -> None:
    grey = _head(picture)
    fast, slow = engine("tesserocr").recognise(grey, 200), engine("pytesseract").recognise(grey, 200)
    assert _overlap([w.text for w in fast], [w.text for w in slow]) >= 0.9
    there = {word.text: word.bbox for word in slow}
    moved = [abs(word.bbox.x0 - there[word.text].x0) for word in fast if word.text in there and len(word.text) > 3]
    assert np.median(moved) < 2


@pytest.mark.parametrize("kind", ["tesserocr", "pytesseract"])
def test_words_have_marks_boxes_and_confidence(kind: str, picture: Picture) -> None:
    words = engine(kind).recognise(_head(picture), 200)
    assert {"CỘNG", "HÒA", "Độc", "lập"} <= {word.text for word in words}
    assert all(0 <= word.confidence <= 1 and 0 <= word.bbox.x0 < word.bbox.x1 < 600 for word in words)


@pytest.mark.parametrize("kind", ["tesserocr", "pytesseract"])
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_compass(kind: str, quarters: int, picture: Picture) -> None:
    turned = np.ascontiguousarray(np.rot90(prepare.red(picture.pixels), quarters))
    found = engine(kind).orientation(turned, 200)
    assert found is not None
    assert found.turn == 90 * quarters


def test_nothing_to_tell_the_orientation_by() -> None:
    blank = np.full((400, 400), 255, np.uint8)
    for kind in ("tesserocr", "pytesseract"):
        found: Engine = engine(kind)
        told = found.orientation(blank, 200)
        assert told is None or told.confidence < 4


def test_blank_picture_has_no_words() -> None:
    assert engine().recognise(np.full((300, 300), 255, np.uint8), 200) == []


def test_missing_model_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    monkeypatch.setattr(tessdata, "models_dir", lambda: tmp_path)
    with pytest.raises(ConfigurationError, match="Thiếu dữ liệu tiếng Việt") as caught:
        tessdata.vietnamese()
    assert "apt install tesseract-ocr-script-viet" in caught.value.hint
    with pytest.raises(ConfigurationError) as caught:
        tessdata.orientation()
    assert "tesseract-ocr-osd" in caught.value.hint


def test_models_in_order_of_preference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    monkeypatch.delenv("EXTRACTOR_OCR_MODEL", raising=False)
    monkeypatch.setattr(tessdata, "models_dir", lambda: tmp_path / "none")
    (tmp_path / "vie.traineddata").touch()
    assert tessdata.vietnamese() == (tmp_path, "vie")
    assert tessdata.other("vie") is None
    (tmp_path / "script").mkdir()
    (tmp_path / "script" / "Vietnamese.traineddata").touch()
    assert tessdata.vietnamese() == (tmp_path, "script/Vietnamese")
    monkeypatch.setattr(tessdata, "models_dir", lambda: tmp_path)
    (tmp_path / "vie-admin.traineddata").touch()
    assert tessdata.vietnamese() == (tmp_path, "vie-admin")
    assert tessdata.other("vie-admin") == (tmp_path, "script/Vietnamese")
    monkeypatch.setenv("EXTRACTOR_OCR_MODEL", "vie")
    assert tessdata.vietnamese() == (tmp_path, "vie")


def test_the_shipped_model_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXTRACTOR_OCR_MODEL", raising=False)
    folder, name = tessdata.vietnamese()
    assert (folder, name) == (models_dir(), "vie-admin")


def test_unknown_engine() -> None:
    with pytest.raises(ConfigurationError, match="Không có bộ nhận dạng"):
        engine("paddle")


def test_missing_program(monkeypatch: pytest.MonkeyPatch) -> None:
    import pytesseract

    from extractor.ocr.pytesseract_engine import PytesseractEngine

    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "/khong/co/tesseract")
    monkeypatch.setattr(pytesseract, "get_tesseract_version", pytesseract.pytesseract.get_tesseract_version.__wrapped__)
    with pytest.raises(ConfigurationError, match="Không tìm thấy chương trình"):
        PytesseractEngine()


def test_reread_gives_boxes_of_the_page(picture: Picture) -> None:
    whole = engine().recognise(prepare.red(picture.pixels), picture.dpi)
    word = next(word for word in whole if word.text == "HÒA")
    line = BBox(word.bbox.x0 - 60, word.bbox.top - 2, word.bbox.x1 + 200, word.bbox.bottom + 2)
    again = {found.text: found.bbox for found in reread(picture, line, "line", scale=1.5)}
    assert again["HÒA"].x0 == pytest.approx(word.bbox.x0, abs=2)
    assert again["HÒA"].top == pytest.approx(word.bbox.top, abs=2)


def test_reread_of_nothing(picture: Picture) -> None:
    assert reread(picture, BBox(-50, -50, -10, -10)) == ()


def test_signs_that_vietnamese_does_not_have() -> None:
    assert clean_text("P¡ 2⁄3") == "Pi2/3"
