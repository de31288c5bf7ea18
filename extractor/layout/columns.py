"""The foot of the form, where recipients and signature stand in two columns; what two columns are.

Nghị định 30/2020/NĐ-CP, Phụ lục I: in the head the agency stands beside the national heading (or that of the Party),
at the end the recipients beside the signature. Elsewhere rows run over the whole width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from extractor.document import Word
from extractor.layout.rows import Row, typical_height
from extractor.text.normalise import fold

_RECIPIENTS = regex.compile(r"^\W*n[oa]i\s*nh[aeo]n\b")
_FILING = regex.compile(r"^\W{0,4}lu{1,2}\s*(?::|\.)?\s*(?:vt|vp|hs|van thu|ho so|v\s?t)\b")
_BULLET = regex.compile(r"^\W*[-–—−•~_+*]")


@dataclass(frozen=True, slots=True)
class Region:
    """Two columns side by side: the words of each."""

    kind: Literal["head", "foot", "pair"]
    top: float
    left: tuple[Word, ...]
    right: tuple[Word, ...]


def find_foot(rows: Sequence[Row], width: float) -> Region | None:
    """The recipients beside the signature: from "Nơi nhận" to the end of the rows given."""
    cued = (
        i for i, row in enumerate(rows) if _RECIPIENTS.search(fold(row.text)) and row.words[0].bbox.x0 <= 0.45 * width
    )
    index = next(cued, None)
    if index is None:
        index = _uncued(rows, width)
    if index is None:
        return None
    first = index
    height = typical_height(rows[index].words)
    while first and _beside(rows[first - 1], rows[first], width, height):
        first -= 1
    words = [word for item in rows[first:] for word in item.words]
    x = _gutter(words, width)
    left = tuple(word for word in words if word.bbox.centre < x)
    right = tuple(word for word in words if word.bbox.centre >= x)
    return Region("foot", rows[first].bbox.top, left, right) if left and right else None


def _uncued(rows: Sequence[Row], width: float) -> int | None:
    """Where the recipients start whose cue was not read: the bulleted rows that end in "Lưu: VT"."""
    ends = [i for i, row in enumerate(rows) if _FILING.search(fold(row.text)) and row.bbox.x0 < 0.35 * width]
    if not ends:
        return None
    first = ends[0]
    while (
        first
        and _BULLET.match(rows[first - 1].text)
        and rows[first].middle - rows[first - 1].middle < 2.2 * rows[first].bbox.height + 6
    ):
        first -= 1
    return first if first < ends[0] else None


def _beside(row: Row, below: Row, width: float, height: float) -> bool:
    """Whether a row above "Nơi nhận" already belongs to the signature: in the right half and close by."""
    return row.bbox.x0 > 0.4 * width and below.middle - row.middle < 2.2 * height


def _gutter(words: Sequence[Word], width: float) -> float:
    """The x between 30 and 68 % of the width that fewest words cross, in the widest such channel."""
    best, best_score = 0.48 * width, float("inf")
    for step in range(30, 69):
        x = step / 100 * width
        crossing = sum(word.bbox.x0 < x < word.bbox.x1 for word in words)
        room = min((abs(edge - x) for word in words for edge in (word.bbox.x0, word.bbox.x1)), default=width)
        score = crossing * 100 - min(room, 60)
        if score < best_score:
            best, best_score = x, score
    return best
