"""The foot of the form, where recipients and signature stand in two columns; what two columns are.

Nghị định 30/2020/NĐ-CP, Phụ lục I: in the head the agency stands beside the national heading (or that of the Party),
at the end the recipients beside the signature. Elsewhere rows run over the whole width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import regex

from extractor.document import Word
from extractor.layout.offices import is_authority
from extractor.layout.rows import Row, typical_height
from extractor.text.normalise import fold

_RECIPIENTS = regex.compile(r"^\W*n[oa]i\s*nh[aeo]n\b")
_FILING = regex.compile(r"^\W{0,4}lu{1,2}\s*(?::|\.)?\s*(?:vt|vp|hs|van thu|ho so|v\s?t)\b")
_RIGHT = 0.4
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
    x = _gutter(words, width, _spaces(rows[first:]))
    left = tuple(word for word in words if word.bbox.centre < x)
    right = tuple(word for word in words if word.bbox.centre >= x)
    return Region("foot", rows[first].bbox.top, left, right) if left and right else None


def _uncued(rows: Sequence[Row], width: float) -> int | None:
    """Where the recipients start whose cue was not read: the bulleted rows that end in "Lưu: VT"."""
    ends = [i for i, row in enumerate(rows) if _FILING.search(fold(row.text)) and row.bbox.x0 < 0.35 * width]
    if not ends:
        return None
    first = at = ends[0]
    left = rows[first].bbox.x0
    while at:
        row = rows[at - 1]
        if rows[first].middle - row.middle > 2.2 * min(rows[first].bbox.height, 16.0) + 6:
            break
        if _BULLET.match(row.text) or _hurt_bullet(row, left, width):
            first = at - 1
        elif row.bbox.x0 < _RIGHT * width:
            break
        at -= 1
    return first if first < ends[0] else None


def _hurt_bullet(row: Row, left: float, width: float) -> bool:
    """Whether a row at the bullets' margin without a bullet stands beside the office of the signature."""
    beside = " ".join(word.text for word in row.words if word.bbox.x0 > 0.45 * width)
    return abs(row.bbox.x0 - left) < 15 and is_authority(beside)


def _beside(row: Row, below: Row, width: float, height: float) -> bool:
    """Whether a row above "Nơi nhận" already belongs to the signature: in the right half and close by."""
    return row.bbox.x0 > _RIGHT * width and below.middle - row.middle < 2.2 * height


def _spaces(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The gaps between neighbours of a row that are no wider than a space."""
    pairs = ((a.bbox, b.bbox) for row in rows for a, b in pairwise(row.words))
    return [(a.x1, b.x0) for a, b in pairs if 0 < b.x0 - a.x1 < 0.6 * min(a.height, b.height)]


def _gutter(words: Sequence[Word], width: float, spaces: Sequence[tuple[float, float]] = ()) -> float:
    """The x between 30 and 68 % of the width that fewest words and `spaces` hold, in the widest such channel."""
    best, best_score = 0.48 * width, float("inf")
    for step in range(30, 69):
        x = step / 100 * width
        crossing = sum(word.bbox.x0 < x < word.bbox.x1 for word in words) + sum(a <= x <= b for a, b in spaces)
        room = min((abs(edge - x) for word in words for edge in (word.bbox.x0, word.bbox.x1)), default=width)
        score = crossing * 100 - min(room, 60)
        if score < best_score:
            best, best_score = x, score
    return best
