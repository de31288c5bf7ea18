"""Whether a page's embedded text can be believed.

Thresholds by measurement: share of valid syllables clean .99, marks lost .70, mojibake .46, old encodings .2;
accented letters clean 28 %.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import regex

from extractor.ingest.pdfwords import TextWord
from extractor.text.syllables import accented_share, tokens, valid_share

Verdict = Literal["embedded", "overlay", "garbled", "absent"]

_LEAST_VALID = 0.88
_LEAST_ACCENTED = 0.12
_MOST_UNMAPPED = 0.03
_ENOUGH_TOKENS = 12  # fewer say nothing about the quality of the layer
_FULL_PAGE = 0.5
_OVERLAY_WORDS = 40
_AGREES = 0.85
_PRIVATE = regex.compile(r"[\p{Co}\p{Cn}\ufffd]")


@dataclass(frozen=True, slots=True)
class Layer:
    """A page's embedded words and what lies behind or over them."""

    words: tuple[TextWord, ...]
    picture_share: float
    covered: bool
    empty: bool
    lines: int = 0


def layer(page: pdfium.PdfPage, words: Sequence[TextWord]) -> Layer:
    """The facts that decide about a page's text layer."""
    share, covered, count, lines = 0.0, False, 0, 0
    seen_text = False
    width, height = page.get_size()
    for item in page.get_objects(max_depth=3):
        count += 1
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            seen_text = True
        elif item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            area = max(0.0, right - left) * max(0.0, top - bottom) / max(1.0, width * height)
            if area >= _FULL_PAGE:
                covered = covered or seen_text  # drawn after text: the text cannot be seen
            share = max(share, area)
        elif item.type == raw.FPDF_PAGEOBJ_PATH:
            lines += _ruled(item)
    return Layer(tuple(words), share, covered, count == 0, lines)


def _ruled(item: pdfium.PdfObject) -> int:
    """How many ruled edges a path may draw: a thin one is one, a box or a whole grid several."""
    left, bottom, right, top = item.get_bounds()
    if min(right - left, top - bottom) < 3:
        return int(max(right - left, top - bottom) > 8)
    fill, stroke = ctypes.c_int(0), ctypes.c_int(0)
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    return max(4, raw.FPDFPath_CountSegments(item) // 2) if stroke.value else 0


def agrees(embedded: Sequence[str], read: Sequence[str]) -> bool:
    """Whether what OCR read is what the layer says: the share of the layer's words that OCR has too."""
    there = Counter(word.casefold() for word in read)
    said = Counter(word.casefold() for word in embedded)
    shared = sum((there & said).values())
    return shared >= _AGREES * max(1, sum(said.values()))


def judge(found: Layer) -> Verdict:
    """What to do about a page's text layer.

    `embedded`: believe it. `overlay`: a scan with a few words set on top. `garbled`: words that cannot be believed,
    read the picture. `absent`: no words, read the picture.
    """
    visible = [word for word in found.words if not word.hidden]
    if not found.words:
        return "absent"
    if found.picture_share >= _FULL_PAGE:
        if found.covered or len(visible) < 0.5 * len(found.words):
            return "garbled"
        if len(visible) < _OVERLAY_WORDS:
            return "overlay"
    return "embedded" if believable([word.text for word in visible], sum(w.unmapped for w in visible)) else "garbled"


def believable(words: Sequence[str], unmapped: int = 0) -> bool:
    """Whether words read as Vietnamese, numbers and signs apart."""
    letters = sum(len(word) for word in words)
    if not letters or unmapped > _MOST_UNMAPPED * letters:
        return False
    if len(_PRIVATE.findall("".join(words))) > _MOST_UNMAPPED * letters:
        return False
    if len(tokens(" ".join(words))) < _ENOUGH_TOKENS:
        return True
    return valid_share(words) >= _LEAST_VALID and accented_share(words) >= _LEAST_ACCENTED
