"""Whether what OCR read in a slot may be believed: print of the size of its neighbours, read with confidence.

Tesseract turns handwritten and overprinted digits into plausible other digits (findings: 12 of 16 wrong without
doubt), so digits that are taller than the printed ones beside them, or read with little confidence, are not taken
from it alone.
"""

from __future__ import annotations

from statistics import median

from extractor.document import Document, Page
from extractor.recognise.slots import Slot
from extractor.text import numerals

_CONFIDENT = 0.66
_GLUED_CONFIDENT = 0.5
_TALLER = 1.22


def looks_printed(document: Document, slot: Slot) -> bool:
    """Whether the digits in a slot are print that was read surely; always so for embedded text."""
    page = next(page for page in document.pages if page.number == slot.page)
    if page.text_source == "embedded":
        return True
    if numerals.digits(slot.text.strip(" .,:;")) is None:
        return False
    digits = [word for word in slot.words if any(char.isdigit() for char in word.text)]
    if not digits:
        return False
    glued = any(char.isalpha() for word in digits for char in word.text)
    if min(word.confidence for word in digits) < (_GLUED_CONFIDENT if glued else _CONFIDENT):
        return False
    printed = _digit_height(page)
    return glued or printed is None or max(word.bbox.height for word in digits) <= _TALLER * printed


def _digit_height(page: Page) -> float | None:
    """The usual height of printed digits on a page: of years and dates that were read surely."""
    heights = [w.bbox.height for w in page.words if len(w.text) == 4 and w.text.isdigit() and w.confidence > 0.9]
    return median(heights) if heights else None
