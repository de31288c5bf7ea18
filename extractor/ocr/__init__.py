"""From pixels to words: preparation, engines, tables on scans, a second look at a zone."""

from extractor.ocr.engine import Engine, Mode, engine
from extractor.ocr.reread import reread

__all__ = ["Engine", "Mode", "engine", "reread"]
