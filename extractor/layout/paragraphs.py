"""Rows of one column → paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import regex

from extractor.layout.rows import Row

MARKER = regex.compile(
    r"(?:[-–—+•*▪●◦·]\s*(?=\p{L}|\d)|[-–+•]\s|\(?\d{1,2}[.)]\s|\d{1,2}(?:\.\d{1,2})+\.?\s|\(?[a-zđ]\)\s|[IVXLC]{1,5}[.)]\s"
    r"|Điều\s+\d+|Chương\s+[IVX]+|Mục\s+\d+|Căn\s+cứ\b|Theo\s+đề\s+nghị\b|Xét\s+đề\s+nghị\b|Nơi\s+nhận|Kính\s+gửi)"
)


def paragraphs(rows: Sequence[Row], centre: float | None = None) -> list[list[Row]]:
    """Group rows; `centre` is the x about which headings stand, None in a narrow column."""
    if not rows:
        return []
    shape = _Shape(rows, centre)
    groups = [[rows[0]]]
    for before, row in pairwise(rows):
        if shape.breaks(before, row):
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups


class _Shape:
    """Margins and line pitch of a column."""

    def __init__(self, rows: Sequence[Row], centre: float | None) -> None:
        starts = sorted(row.bbox.x0 for row in rows)
        ends = sorted(row.bbox.x1 for row in rows)
        self.left = starts[len(starts) // 10]
        self.right = ends[-1 - len(ends) // 10]
        self.centre = centre
        steps = [b.middle - a.middle for a, b in pairwise(rows)]
        heights = [row.bbox.height for row in rows]
        close = [step for step in steps if 0 < step < 2.5 * median(heights)]
        self.pitch = median(close) if close else 1.5 * median(heights)

    def breaks(self, before: Row, row: Row) -> bool:
        """Whether a paragraph ends between two rows."""
        if row.middle - before.middle > 1.42 * self.pitch or MARKER.match(row.text):
            return True
        if self.centred(before) or self.centred(row):
            return not (self.centred(before) and (self.centred(row) and _same_case(before, row)))
        width = max(1.0, self.right - self.left)
        if before.bbox.x1 < self.right - 0.13 * width:
            return True
        return row.bbox.x0 > self.left + 12 and row.bbox.x0 > before.bbox.x0 + 8

    def centred(self, row: Row) -> bool:
        """Whether a row is set about the centre, clear of both margins."""
        if self.centre is None:
            return False
        clear = row.bbox.x0 > self.left + 25 and row.bbox.x1 < self.right - 15
        return clear and abs(row.bbox.centre - self.centre) < 22


def _same_case(a: Row, b: Row) -> bool:
    return a.text.isupper() == b.text.isupper()
