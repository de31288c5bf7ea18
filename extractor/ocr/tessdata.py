"""Finding Tesseract's model files."""

from __future__ import annotations

import glob
import os
from pathlib import Path

from extractor.errors import ConfigurationError
from extractor.resources import models_dir

OWN = "vie-admin"
MODELS = (OWN, "Vietnamese", "script/Vietnamese", "vie")
"""In order of preference. The project's own model reads the most strings of real pages exactly and is a fifth faster
(models/vie-admin.json); rules, second looks and calibration are made on its readings. Debian's script model is the
second voice on single lines (secondvoice.py)."""

_FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


def folders() -> list[Path]:
    """Where the system's models may lie: TESSDATA_PREFIX alone when it is set."""
    prefix = os.environ.get("TESSDATA_PREFIX")
    if prefix:
        return [Path(prefix), Path(prefix) / "tessdata"]
    return [Path(found) for pattern in _FOLDERS for found in sorted(glob.glob(pattern), reverse=True)]  # noqa: PTH207


def vietnamese() -> tuple[Path, str]:
    """Folder and name of the best Vietnamese model; ConfigurationError names the package when there is none.

    `EXTRACTOR_OCR_MODEL` names one of them, the project's own (`vie-admin`) included.
    """
    asked = os.environ.get("EXTRACTOR_OCR_MODEL")
    for name in (asked,) if asked else MODELS:
        for folder in (models_dir(),) if name == OWN else folders():
            if (folder / f"{name}.traineddata").is_file():
                return folder, name
    raise ConfigurationError(
        "Thiếu dữ liệu tiếng Việt của Tesseract.",
        hint="Cài bằng: apt install tesseract-ocr-script-viet (hoặc đặt TESSDATA_PREFIX tới thư mục tessdata).",
        code="ocr-missing",
    )


def other(name: str) -> tuple[Path, str] | None:
    """Folder and name of the best model but `name`: a second voice, which errs elsewhere. None when there is none."""
    for model in MODELS:
        for folder in (models_dir(),) if model == OWN else folders():
            if model != name and (folder / f"{model}.traineddata").is_file():
                return folder, model
    return None


def orientation() -> Path:
    """The folder that holds the model for page orientation."""
    for folder in folders():
        if (folder / "osd.traineddata").is_file():
            return folder
    raise ConfigurationError(
        "Thiếu dữ liệu nhận biết hướng trang của Tesseract.",
        hint="Cài bằng: apt install tesseract-ocr-osd",
        code="ocr-missing",
    )
