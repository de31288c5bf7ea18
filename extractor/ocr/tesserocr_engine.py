"""Tesseract in this process: the fast path."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import tesserocr

from extractor.document import Word
from extractor.errors import ConfigurationError
from extractor.ocr import tessdata
from extractor.ocr.engine import PAGE_SEGMENTATION, Grey, Mode, Orientation, clean_text, to_points

_OSD_DPI = 120  # enough for orientation, and a third of the time of 200


class TesserocrEngine:
    """One Tesseract object for the process (start-up 0.3 s); not thread-safe."""

    def __init__(self, asked: tuple[Path, str] | None = None) -> None:
        """`asked`: folder and name of a model, the best Vietnamese one by default."""
        folder, model = asked or tessdata.vietnamese()
        try:
            self._api = tesserocr.PyTessBaseAPI(path=str(folder), lang=model, psm=tesserocr.PSM.AUTO)
        except RuntimeError as error:
            raise ConfigurationError(
                f"Tesseract không nạp được dữ liệu “{model}” trong {folder}.",
                hint="Cài lại bằng: apt install --reinstall tesseract-ocr-script-viet",
                code="ocr-missing",
            ) from error
        digest = hashlib.sha256((folder / f"{model}.traineddata").read_bytes()).hexdigest()[:8]
        self._name = f"tesserocr {_version()} {model} {digest}"

    @property
    def name(self) -> str:
        """Engine, version and model."""
        return self._name

    def recognise(self, grey: Grey, dpi: float, mode: Mode = "page") -> list[Word]:
        """Words with boxes in points of the picture."""
        self._api.SetPageSegMode(PAGE_SEGMENTATION[mode])
        _set_image(self._api, grey, dpi)
        if not self._api.Recognize():
            return []
        found = [_word(item, dpi) for item in _words(self._api.GetIterator())]
        self._api.Clear()
        return [word for word in found if word is not None]

    def orientation(self, grey: Grey, dpi: float) -> Orientation | None:
        """How to turn the page upright, by Tesseract's orientation model."""
        scale = _OSD_DPI / dpi
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
        api = _osd()
        _set_image(api, np.asarray(small, dtype=np.uint8), min(dpi, _OSD_DPI))
        found = api.DetectOrientationScript()
        api.Clear()
        if not found:
            return None
        return Orientation(-int(found["orient_deg"]) % 360, float(found["orient_conf"]))


@functools.cache
def _osd() -> tesserocr.PyTessBaseAPI:
    return tesserocr.PyTessBaseAPI(path=str(tessdata.orientation()), lang="osd", psm=tesserocr.PSM.OSD_ONLY)


def _version() -> str:
    return str(tesserocr.tesseract_version()).split("\n", 1)[0].split()[-1]


def _set_image(api: tesserocr.PyTessBaseAPI, grey: Grey, dpi: float) -> None:
    plain = np.ascontiguousarray(grey)
    height, width = plain.shape
    api.SetImageBytes(plain.tobytes(), width, height, 1, width)
    api.SetSourceResolution(round(dpi))


def _words(iterator: object) -> Iterator[object]:
    """One moving iterator, not a list: each step is only valid until the next."""
    return iter(tesserocr.iterate_level(iterator, tesserocr.RIL.WORD)) if iterator else iter(())


def _word(item: object, dpi: float) -> Word | None:
    level = tesserocr.RIL.WORD
    try:
        text = item.GetUTF8Text(level)  # type: ignore[attr-defined]
    except RuntimeError:  # the iterator stands on a picture, not on a word
        return None
    box = item.BoundingBox(level)  # type: ignore[attr-defined]
    text = clean_text(text or "")
    if not text or box is None:
        return None
    confidence = item.Confidence(level)  # type: ignore[attr-defined]
    return Word(text, to_points(box, dpi), max(0.0, min(1.0, confidence / 100)))
