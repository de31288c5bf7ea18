"""Page numbers and running heads: kept in the text, but out of the way of sentences that run over a page."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.layout.rows import Row

_NUMBER = regex.compile(r"\W*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?\W*", regex.IGNORECASE)


def is_page_number(row: Row, height: float) -> bool:
    """Whether a row at the top or bottom edge is nothing but a page number."""
    near = row.bbox.bottom < 0.11 * height or row.bbox.top > 0.89 * height
    return near and len(row.words) <= 4 and _NUMBER.fullmatch(row.text) is not None


def part(rows: Sequence[Row], height: float) -> tuple[list[Row], list[Row]]:
    """The rows of the text and the furniture rows: only a first or a last row can be a page number."""
    edges = [row for row in (*rows[:1], *rows[-1:]) if is_page_number(row, height)]
    return [row for row in rows if row not in edges], list(dict.fromkeys(edges))
