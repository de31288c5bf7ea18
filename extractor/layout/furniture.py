"""Page numbers and running heads: kept in the text, but out of the way of sentences that run over a page."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

import regex

from extractor.document import BBox, Word
from extractor.layout.rows import Row, typical_height

_NUMBER = regex.compile(r"\W*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?\W*", regex.IGNORECASE)


_UNREAD = 0.35
_SAME = 0.85
_LYING = 0.3
_SPECK = frozenset(".,;:`'’‘\"^~°·|-–—_*")


def specks(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """The words, and apart from them the marks that lie over a word: dots of a rule, dirt read as points.

    A point that ends a word stands beside it; one inside the width of another word of its line is none.
    """
    tall = [word for word in words if any(char.isalnum() for char in word.text)]
    noise = [word for word in words if set(word.text) <= _SPECK and any(_lies_over(word, other) for other in tall)]
    held = {id(word) for word in noise}
    noise += ghosts([word for word in words if id(word) not in held])
    held = {id(word) for word in noise}
    return [word for word in words if id(word) not in held], noise


def ghosts(words: Sequence[Word]) -> list[Word]:
    """Words that were read a second time out of another word: inside its box, and no longer than it.

    Letters read from the marks of a line alone (flatter than a quarter of a letter) are none either.
    """
    if all(word.confidence >= 1.0 for word in words):
        return []  # a text layer: no one read it
    height = typical_height(words)
    shelves: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for index, word in enumerate(words):
        shelves[int(word.bbox.middle // height)].append((word.bbox.x0, index))
    for shelf in shelves.values():
        shelf.sort()
    return [word for index, word in enumerate(words) if _ghost(words, index, height, shelves)]


def _ghost(
    words: Sequence[Word], index: int, height: float, shelves: Mapping[int, Sequence[tuple[float, int]]]
) -> bool:
    """Whether a neighbour on its line holds a word whole, or is what the word's flat stroke belongs to."""
    word = words[index]
    flat = word.bbox.height < 0.25 * height and word.text.isalpha()
    at = int(word.bbox.middle // height)
    for shelf in (shelves.get(line, ()) for line in (at - 1, at, at + 1)):
        place = bisect_left(shelf, (word.bbox.x0, index))
        for _, number in shelf[max(0, place - 3) : place + 3]:
            other = words[number]
            longer = len(other.text) > len(word.text) or (other.text == word.text and number < index)
            if number != index and longer and _share(word.bbox, other.bbox) > _SAME:
                return True
            if flat and other.bbox.height > 3 * word.bbox.height and _share(word.bbox, other.bbox) > _LYING:
                return True
    return False


def _share(inner: BBox, outer: BBox) -> float:
    """The share of a box that lies inside another."""
    wide = min(inner.x1, outer.x1) - max(inner.x0, outer.x0)
    tall = min(inner.bottom, outer.bottom) - max(inner.top, outer.top)
    return max(0.0, wide) * max(0.0, tall) / max(inner.width * inner.height, 0.1)


def _lies_over(mark: Word, word: Word) -> bool:
    box = word.bbox
    level = box.top - 0.25 * box.height <= mark.bbox.middle <= box.bottom + 0.1 * box.height
    return level and mark.bbox.overlap_x(box) > 0.6 * mark.bbox.width and mark.bbox.height < 0.5 * box.height


def is_page_number(row: Row, height: float) -> bool:
    """Whether a row at the top or bottom edge is nothing but a page number."""
    near = row.bbox.bottom < 0.11 * height or row.bbox.top > 0.89 * height
    return near and len(row.words) <= 4 and _NUMBER.fullmatch(row.text) is not None


def is_scratch(row: Row) -> bool:
    """Whether a row of a head's column is a ruled line or dirt read as letters: no word of it was read at all well."""
    return all(word.confidence < _UNREAD for word in row.words)


def part(rows: Sequence[Row], height: float) -> tuple[list[Row], list[Row]]:
    """The rows of the text and the furniture rows: only a first or a last row can be a page number."""
    edges = [row for row in (*rows[:1], *rows[-1:]) if is_page_number(row, height)]
    return [row for row in rows if row not in edges], list(dict.fromkeys(edges))
