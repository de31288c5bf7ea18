"""The head of the form: agency and number on the left, national heading (or the Party's), place and date on the right.

The heading's own words give the edge of the right column; "V/v" lines under the number may run beside stamps and
notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex
from rapidfuzz import fuzz

from extractor.layout.columns import Region
from extractor.layout.rows import Row, typical_height
from extractor.text.normalise import fold

_CAPITALS = ("cong hoa xa hoi chu nghia viet nam", "dang cong san viet nam")
_FREEDOM = "doc lap - tu do - hanh phuc"
_STARTS = ("cong hoa", "doc lap", "dang cong")
_DATE = regex.compile(r"ngay\b.*\bthang|\bthang\b.*\bnam\b|ngay.{0,12}thang")
_YEAR = regex.compile(r"\W*(?:nam\s*)?(?:19|20)\d\d\W*")
_ENDS = regex.compile(r"^\W*kinh\s*g[uo]i")
_ABOUT = regex.compile(r"^\W*(?:V\s*[/.,1lI]\s?v|Vv|V[íÍỉ]|Ww|V/V|Vw)(?!\p{L})")


def is_motto(text: str) -> bool:
    """Whether a line holds the national heading, its motto or the Party's heading (OCR slips allowed).

    In running text ("nước Cộng hòa xã hội chủ nghĩa Việt Nam") the words are no heading: a heading is in capitals or
    stands alone.
    """
    bare = fold(text)
    if len(bare) < 13:
        return False
    if fuzz.partial_ratio(_FREEDOM, bare) >= 82:
        return True
    capitals = sum(char.isupper() for char in text) > 0.6 * sum(char.isalpha() for char in text)
    score = fuzz.partial_ratio if capitals else fuzz.ratio
    return any(score(motto, bare) >= 82 for motto in _CAPITALS)


def find_heads(rows: Sequence[Row], width: float) -> list[Region]:
    """The two-column heads of a page (a file may hold several documents)."""
    found: list[Region] = []
    index = 0
    while index < len(rows):
        if not is_motto(rows[index].text):
            index += 1
            continue
        edge = min((x for x in map(_motto_x, rows[index : index + 3]) if x is not None), default=width / 2)
        last = _head_end(rows, index, edge, width)
        about = _about_rows(rows, index, last)
        region = _split(rows, index, last, about, edge)
        if region is not None:
            found.append(region)
        index = max(last, about[1]) + 1
    return found


def _motto_x(row: Row) -> float | None:
    """Where the motto starts in a row, None when the row has none."""
    if not is_motto(row.text):
        return None
    best, best_score = None, 74.0
    for word, after in pairwise(row.words):
        score = max(fuzz.ratio(start, fold(f"{word.text} {after.text}")) for start in _STARTS)
        if score > best_score:
            best, best_score = word.bbox.x0, score
    return best


def _head_end(rows: Sequence[Row], start: int, edge: float, width: float) -> int:
    """Index of the last row of a head that starts at `start`."""
    height = typical_height([word for row in rows for word in row.words])
    last, dated = start, False
    for index in range(start + 1, min(start + 16, len(rows))):
        row = rows[index]
        if row.middle - rows[last].middle > (2.6 if dated else 4.5) * height or _ENDS.search(fold(row.text)):
            break
        if not dated and _DATE.search(fold(row.text)):
            dated = True
        elif (
            _across(row, edge, height)
            or _centred(row, width, height)
            or (dated and not _only_left(row, edge, height) and not _year_below(row, edge))
        ):
            break
        last = index
    return last


def _across(row: Row, edge: float, height: float) -> bool:
    """Whether a row runs over the gutter: no gap of a letter's width near the edge and text on both sides."""
    if is_motto(row.text) or row.bbox.x1 < edge or row.bbox.x0 > edge - 3 * height:
        return False
    gaps = [b.bbox.x0 - a.bbox.x1 for a, b in pairwise(row.words) if b.bbox.x0 > edge - 60]
    return max(gaps, default=0.0) < 1.2 * height


def _centred(row: Row, width: float, height: float) -> bool:
    """Whether a row is a heading set about the middle of the page, without a gap."""
    gap = max((b.bbox.x0 - a.bbox.x1 for a, b in pairwise(row.words)), default=0.0)
    on_axis = abs(row.bbox.centre - width / 2) < 0.05 * width
    return on_axis and gap < 1.5 * height and row.text.isupper() and not is_motto(row.text)


def _only_left(row: Row, edge: float, height: float) -> bool:
    return row.bbox.x1 < edge + 2 * height and row.bbox.centre < edge - height


def _year_below(row: Row, edge: float) -> bool:
    """Whether the right column holds only the year that no longer fitted on the line of the date."""
    right = " ".join(word.text for word in row.words if word.bbox.centre > edge)
    return bool(_YEAR.fullmatch(fold(right)))


def _about_rows(rows: Sequence[Row], start: int, last: int) -> tuple[int, int]:
    """First and last row of the "V/v" lines that something else stands beside; `(last + 1, last)` for none."""
    height = typical_height([word for row in rows[start : last + 1] for word in row.words])
    opened = next((i for i in range(start, min(last + 3, len(rows))) if _ABOUT.match(rows[i].text)), None)
    if opened is None:
        return last + 1, last
    end = max(last, opened)
    while end + 1 < len(rows) and not _ENDS.search(fold(rows[end + 1].text)):
        if rows[end + 1].middle - rows[end].middle > 2.2 * height or end - opened > 9:
            break
        end += 1
    return max(last + 1, opened), end


def _split(rows: Sequence[Row], start: int, last: int, about: tuple[int, int], edge: float) -> Region | None:
    above = []
    if start and rows[start].bbox.top - rows[start - 1].bbox.bottom < 0.6 * rows[start].bbox.height:
        above = [row for row in rows[start - 1 : start] if row.bbox.x1 < edge]
    cuts = [(row, _cut(row, edge)) for row in [*above, *rows[start : last + 1]]]
    beside = rows[about[0] : about[1] + 1]
    if beside:
        gutter = _narrow_gutter(beside, edge)
        cuts += [(row, gutter) for row in beside] if gutter is not None else []
    left = [word for row, x in cuts for word in row.words if word.bbox.centre < x]
    right = [word for row, x in cuts for word in row.words if word.bbox.centre >= x]
    if not left or not right:
        return None
    return Region("head", min(row.bbox.top for row, _ in cuts), tuple(left), tuple(right))


def _narrow_gutter(rows: Sequence[Row], edge: float) -> float | None:
    """The x near the edge that no word of these rows crosses; None when the rows run on over it."""
    words = [word for row in rows for word in row.words]
    if all(word.bbox.x1 < edge for word in words):
        return edge
    best, best_score = None, 1e9
    for step in range(-75, 21):
        x = edge + step
        crossing = sum(word.bbox.x0 + 0.5 < x < word.bbox.x1 - 0.5 for word in words)
        room = min(abs(side - x) for word in words for side in (word.bbox.x0, word.bbox.x1))
        if crossing - room / 10 < best_score:
            best, best_score = x, crossing - room / 10
    allowed = 0 if len(rows) < 4 else len(rows) / 5
    return best if best_score <= allowed else None


def _cut(row: Row, edge: float) -> float:
    """The x that parts a row's two columns: before the motto, else the best gap near the edge."""
    motto = _motto_x(row)
    if motto is not None:
        return motto - 0.5
    if row.bbox.x0 > edge - 0.06 * edge and row.bbox.centre > edge:
        return row.bbox.x0 - 0.5  # the right column's own line, set wider than the heading
    best, best_score = edge - 1, 4.0
    for before, after in pairwise(row.words):
        gap = after.bbox.x0 - before.bbox.x1
        score = gap - 0.35 * abs((after.bbox.x0 + before.bbox.x1) / 2 - edge)
        if score > best_score:
            best, best_score = (after.bbox.x0 + before.bbox.x1) / 2, score
    return best
