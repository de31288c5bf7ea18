"""The two places where these documents stand in two columns: the head of the form and its foot.

Nghị định 30/2020/NĐ-CP, Phụ lục I: the agency beside the national heading (or that of the Party), the number beside the
place and date; at the end the recipients beside the signature. Elsewhere rows run over the whole width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import regex
from rapidfuzz import fuzz

from extractor.document import BBox, Word
from extractor.layout.rows import Row, find_rows, typical_height
from extractor.text.normalise import fold

_MOTTOES = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc", "dang cong san viet nam")
_MOTTO_STARTS = ("cong hoa", "doc lap", "dang cong")
_DATE = regex.compile(r"ngay\b.*\bthang|\bthang\b.*\bnam\b|ngay.{0,12}thang")
_ENDS = regex.compile(r"^\W*kinh\s*g[uo]i")
_RECIPIENTS = regex.compile(r"^\W*n[oa]i\s*nh[aeo]n\b")
_FILING = regex.compile(r"^\W{0,4}lu{1,2}\s*(?::|\.)?\s*(?:vt|vp|hs|van thu|ho so|v\s?t)\b")
_BULLET = regex.compile(r"^\W*[-–—−•~_+*]")

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Region:
    """Two columns side by side: the words of each."""

    kind: Literal["head", "foot"]
    top: float
    left: tuple[Word, ...]
    right: tuple[Word, ...]


def is_motto(row_text: str) -> bool:
    """Whether a row holds the national heading, its motto or the Party's heading (OCR slips allowed)."""
    text = fold(row_text)
    return len(text) > 12 and any(fuzz.partial_ratio(motto, text) >= 82 for motto in _MOTTOES)


def find_heads(rows: Sequence[Row], width: float) -> list[Region]:
    """The two-column heads of a page (a file may hold several documents)."""
    found: list[Region] = []
    index = 0
    while index < len(rows):
        if not is_motto(rows[index].text):
            index += 1
            continue
        last = _head_end(rows, index, width)
        region = _split_head(rows[index : last + 1], rows, index, width)
        if region is not None:
            found.append(region)
        index = last + 1
    return found


def _motto_x(row: Row) -> float | None:
    """Where the motto starts in a row, None when the row has none."""
    if not is_motto(row.text):
        return None
    best, best_score = None, 74.0
    for word, after in zip(row.words, row.words[1:], strict=False):
        score = max(fuzz.ratio(start, fold(f"{word.text} {after.text}")) for start in _MOTTO_STARTS)
        if score > best_score:
            best, best_score = word.bbox.x0, score
    return best


def _head_end(rows: Sequence[Row], start: int, width: float) -> int:
    """Index of the last row of a head that starts at `start`."""
    height = typical_height([word for row in rows for word in row.words])
    edge = min((x for x in map(_motto_x, rows[start : start + 3]) if x is not None), default=width / 2)
    last = start
    dated = False
    for index in range(start + 1, min(start + 16, len(rows))):
        row = rows[index]
        if row.middle - rows[last].middle > (4.5 if not dated else 2.6) * height or _ENDS.search(fold(row.text)):
            break
        if not dated and _DATE.search(fold(row.text)):
            dated = True
        elif _across(row, edge, height) or (dated and not _only_left(row, edge, height)):
            break
        last = index
    return last


def _across(row: Row, edge: float, height: float) -> bool:
    """Whether a row runs over the gutter: no gap of a letter's width near the edge and text on both sides."""
    if is_motto(row.text) or row.bbox.x1 < edge or row.bbox.x0 > edge - 3 * height:
        return False
    gaps = [b.bbox.x0 - a.bbox.x1 for a, b in zip(row.words, row.words[1:], strict=False) if b.bbox.x0 > edge - 60]
    return max(gaps, default=0.0) < 1.2 * height


def _only_left(row: Row, edge: float, height: float) -> bool:
    return row.bbox.x1 < edge + 2 * height and row.bbox.centre < edge - height


def _split_head(rows: Sequence[Row], page: Sequence[Row], start: int, width: float) -> Region | None:
    starts = [x for x in map(_motto_x, rows) if x is not None]
    edge = min(starts, default=width / 2)
    above = []
    if start and rows[0].bbox.top - page[start - 1].bbox.bottom < 0.6 * rows[0].bbox.height:
        above = [row for row in page[start - 1 : start] if row.bbox.x1 < edge]
    left: list[Word] = []
    right: list[Word] = []
    for row in [*above, *rows]:
        x = _cut(row, edge)
        left += [word for word in row.words if word.bbox.centre < x]
        right += [word for word in row.words if word.bbox.centre >= x]
    if not left or not right:
        return None
    return Region("head", min(row.bbox.top for row in rows), tuple(left), tuple(right))


def _cut(row: Row, edge: float) -> float:
    """The x that parts a row's two columns: before the motto, else the best gap near the edge."""
    motto = _motto_x(row)
    if motto is not None:
        return motto - 0.5
    best, best_score = edge - 1, 4.0
    for before, after in zip(row.words, row.words[1:], strict=False):
        gap = after.bbox.x0 - before.bbox.x1
        score = gap - 0.35 * abs((after.bbox.x0 + before.bbox.x1) / 2 - edge)
        if score > best_score:
            best, best_score = (after.bbox.x0 + before.bbox.x1) / 2, score
    return best


def find_foot(rows: Sequence[Row], width: float) -> Region | None:
    """The recipients beside the signature: from "Nơi nhận" to the end of the rows given."""
    cued = (i for i, row in enumerate(rows) if _RECIPIENTS.search(fold(row.text)) and row.words[0].bbox.x0 <= 0.45 * width)
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
    while first and _BULLET.match(rows[first - 1].text) and rows[first].middle - rows[first - 1].middle < 2.2 * rows[first].bbox.height + 6:
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


def column_rows(words: Sequence[Word]) -> list[Row]:
    """The rows of one column."""
    return find_rows(words)


def bounds(rows: Sequence[Row]) -> BBox | None:
    """The box around rows."""
    return BBox.around(row.bbox for row in rows)
