"""A spread: two pages on one sheet, side by side (A3 that was folded, a booklet laid open on the glass).

Each half is read for itself, left before right; boxes stay those of the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractor.document import BBox, Cell, Page, Table, Word
from extractor.layout.rows import Row, make_row

_LEAST_WIDTH = 1000.0  # points: A3 lying; on a smaller sheet two blocks side by side are columns
_MIDDLE = (0.44, 0.56)  # shares of the width between which the fold is looked for
_LEAST_ROOM = 24.0  # points without any word: the margins on both sides of a fold are wider
_LEAST_WORDS = 15  # on each half


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two pages as a page of its own: `page` begins at x 0, `tables` says which of the sheet's it holds."""

    page: Page
    offset: float
    tables: tuple[int, ...]

    def row(self, row: Row) -> Row:
        """A row of the half where it stands on the sheet."""
        return make_row([_shifted(word, self.offset) for word in row.words]) if self.offset else row

    def cell(self, cell: Cell) -> Cell:
        """A cell of the half where it stands on the sheet."""
        return _shifted_cell(cell, self.offset)


def halves(page: Page) -> tuple[Half, Half] | None:
    """The two pages of a spread, None for a single page."""
    fold = _fold(page) if page.width >= _LEAST_WIDTH and page.width > 1.2 * page.height else None
    if fold is None:
        return None
    left, right = _half(page, 0.0, fold), _half(page, fold, page.width)
    return (left, right) if min(_count(left.page), _count(right.page)) >= _LEAST_WORDS else None


def _count(page: Page) -> int:
    return len(page.words) + sum(len(cell.words) for table in page.tables for cell in table.cells)


def _fold(page: Page) -> float | None:
    """The middle of the widest channel near the sheet's middle that nothing crosses."""
    boxes = [word.bbox for word in page.words] + [table.bbox for table in page.tables if table.bbox is not None]
    low, high = (share * page.width for share in _MIDDLE)
    taken = sorted((box.x0, box.x1) for box in boxes if box.x1 > low and box.x0 < high)
    start, best = low, (0.0, 0.0)
    for x0, x1 in [*taken, (high, high)]:
        best = max(best, (x0 - start, (x0 + start) / 2))
        start = max(start, x1)
    return best[1] if best[0] >= _LEAST_ROOM else None


def _half(page: Page, start: float, end: float) -> Half:
    words = tuple(_shifted(word, -start) for word in page.words if start <= word.bbox.centre < end)
    held = [(n, t) for n, t in enumerate(page.tables) if t.bbox is not None and start <= t.bbox.centre < end]
    tables = tuple(_shifted_table(table, -start) for _, table in held)
    half = replace(page, width=end - start, words=words, tables=tables)
    return Half(half, start, tuple(number for number, _ in held))


def _shifted(word: Word, by: float) -> Word:
    return replace(word, bbox=_box(word.bbox, by)) if by else word


def _shifted_table(table: Table, by: float) -> Table:
    box = None if table.bbox is None else _box(table.bbox, by)
    return replace(table, bbox=box, cells=tuple(_shifted_cell(cell, by) for cell in table.cells))


def _shifted_cell(cell: Cell, by: float) -> Cell:
    box = None if cell.bbox is None else _box(cell.bbox, by)
    return replace(cell, bbox=box, words=tuple(_shifted(word, by) for word in cell.words))


def _box(box: BBox, by: float) -> BBox:
    return BBox(box.x0 + by, box.top, box.x1 + by, box.bottom)
