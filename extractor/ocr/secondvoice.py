"""A second recogniser with another model, for single lines on which the first one is in doubt.

Models trained apart err apart: where both read the same the reading is right far more often than where one reads it
twice. Loaded on first use (0.2 s).
"""

from __future__ import annotations

import functools

from extractor.ocr import tessdata
from extractor.ocr.engine import Engine


@functools.cache
def second_voice() -> Engine | None:
    """The engine with the best model but the one in use; None without another model or without tesserocr."""
    found = tessdata.other(tessdata.vietnamese()[1])
    if found is None:
        return None
    try:
        from extractor.ocr.tesserocr_engine import TesserocrEngine
    except ImportError:
        return None
    return TesserocrEngine(found)
