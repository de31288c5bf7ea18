"""Tesseract as a program of its own: slower, for machines where the tesserocr wheel does not load."""

from __future__ import annotations

import hashlib

import numpy as np
import pytesseract
from PIL import Image

from extractor.document import Word
from extractor.errors import ConfigurationError
from extractor.ocr import tessdata
from extractor.ocr.engine import PAGE_SEGMENTATION, Grey, Mode, Orientation, clean_text, to_points


class PytesseractEngine:
    """Runs `tesseract` once a picture; words as the in-process engine gives them."""

    def __init__(self) -> None:
        self._folder, self._model = tessdata.vietnamese()
        try:
            version = str(pytesseract.get_tesseract_version()).split()[0]
        except pytesseract.TesseractNotFoundError as error:
            raise ConfigurationError(
                "Không tìm thấy chương trình tesseract.", hint="Cài bằng: apt install tesseract-ocr", code="ocr-missing"
            ) from error
        model = (self._folder / f"{self._model}.traineddata").read_bytes()
        self._name = f"pytesseract {version} {self._model} {hashlib.sha256(model).hexdigest()[:8]}"

    @property
    def name(self) -> str:
        """Engine, version and model."""
        return self._name

    def recognise(self, grey: Grey, dpi: float, mode: Mode = "page") -> list[Word]:
        """Words with boxes in points of the picture."""
        table = pytesseract.image_to_data(
            Image.fromarray(np.ascontiguousarray(grey)),
            lang=self._model,
            config=f'--tessdata-dir "{self._folder}" --psm {PAGE_SEGMENTATION[mode]} --dpi {round(dpi)}',
            output_type=pytesseract.Output.DICT,
        )
        return [word for index in range(len(table["text"])) if (word := _word(table, index, dpi)) is not None]

    def orientation(self, grey: Grey, dpi: float) -> Orientation | None:
        """How to turn the page upright."""
        config = f'--tessdata-dir "{tessdata.orientation()}" --dpi {round(dpi)}'
        try:
            found = pytesseract.image_to_osd(
                Image.fromarray(np.ascontiguousarray(grey)), config=config, output_type=pytesseract.Output.DICT
            )
        except pytesseract.TesseractError:  # too few letters
            return None
        return Orientation(int(found["rotate"]) % 360, float(found["orientation_conf"]))


def _word(table: dict[str, list[object]], index: int, dpi: float) -> Word | None:
    text = clean_text(str(table["text"][index]))
    confidence = float(str(table["conf"][index]))
    if not text or confidence < 0:
        return None
    left, top, width, height = (int(str(table[key][index])) for key in ("left", "top", "width", "height"))
    return Word(text, to_points((left, top, left + width, top + height), dpi), min(1.0, confidence / 100))
