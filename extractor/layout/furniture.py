"""Page numbers and running heads: kept in the text, but out of the way of sentences that run over a page."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.document import Word
from extractor.layout.rows import Row

_NUMBER = regex.compile(r"\W*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?\W*", regex.IGNORECASE)


_UNREAD = 0.35
_SPECK = frozenset(".,;:`'’‘\"^~°·|-–—_*")


def specks(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """The words, and apart from them the marks that lie over a word: dots of a rule, dirt read as points.

    A point that ends a word stands beside it; one inside the width of another word of its line is none.
    """
    tall = [word for word in words if any(char.isalnum() for char in word.text)]
    noise = [word for word in words if set(word.text) <= _SPECK and any(_lies_over(word, other) for other in tall)]
    held = {id(word) for word in noise}
    return [word for word in words if id(word) not in held], noise


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
