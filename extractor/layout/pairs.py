"""Two signatures side by side: of joint documents ("KT. BỘ TRƯỞNG | KT. BỘ TRƯỞNG"), minutes and contracts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from extractor.document import Word
from extractor.layout.columns import Region
from extractor.layout.offices import is_authority
from extractor.layout.rows import Row, typical_height
from extractor.text.normalise import fold

_PARTY = regex.compile(r"^\W*(?:dai dien|ben [ab]\b|nguoi (?:lap|ghi)|cac thanh vien)")
_RECIPIENTS = regex.compile(r"^\W*n[oa]i\s*nhan")
_WIDE, _FAR = 2.5, 9.0


def find_pair(rows: Sequence[Row], width: float) -> Region | None:
    """The rows of two signatures, from the offices in capitals down to the names."""
    for index, row in enumerate(rows):
        gutter = _offices(row)
        if gutter is None:
            continue
        last = _last(rows, index, gutter)
        words = [word for item in rows[index : last + 1] for word in item.words]
        left = tuple(word for word in words if word.bbox.centre < gutter)
        right = tuple(word for word in words if word.bbox.centre >= gutter)
        return Region("pair", row.bbox.top, left, right)
    return None


def _offices(row: Row) -> float | None:
    """The x between two offices in one row, None where there are not two."""
    height = typical_height(row.words)
    gaps = [(after.bbox.x0 - before.bbox.x1, before, after) for before, after in pairwise(row.words)]
    gap, before, after = max(gaps, key=lambda item: item[0], default=(0.0, None, None))
    if before is None or after is None or gap < _WIDE * height:
        return None
    sides = (_text(row.words, before.bbox.x1, False), _text(row.words, after.bbox.x0, True))
    if not all(is_authority(side) or (side.isupper() and _PARTY.match(fold(side))) for side in sides):
        return None
    return (before.bbox.x1 + after.bbox.x0) / 2


def _text(words: Sequence[Word], edge: float, behind: bool) -> str:
    return " ".join(word.text for word in words if (word.bbox.x0 >= edge) == behind)


def _last(rows: Sequence[Row], first: int, gutter: float) -> int:
    """The last row that keeps to the two columns."""
    height = typical_height([word for row in rows for word in row.words])
    last = first
    for index in range(first + 1, len(rows)):
        row = rows[index]
        crossed = any(word.bbox.x0 < gutter < word.bbox.x1 for word in row.words)
        if crossed or _RECIPIENTS.match(fold(row.text)) or row.middle - rows[last].middle > _FAR * height:
            break
        last = index
    return last
