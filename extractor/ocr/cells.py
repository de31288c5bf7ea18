"""Words into the cells of a ruled grid. A word lives in a cell or on the page, never in both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.document import BBox, Cell, Table, Word


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table without its words: cells with boxes, row and column numbers."""

    bbox: BBox
    rows: int
    columns: int
    cells: tuple[Cell, ...]


def fill(grids: Sequence[Grid], words: Sequence[Word], page: int) -> tuple[tuple[Table, ...], tuple[Word, ...]]:
    """Tables with the words that stand in their cells, and the words that stand in none, in their order."""
    held: dict[tuple[int, int], list[Word]] = {}
    rest: list[Word] = []
    for word in words:
        place = _place(grids, word)
        if place is None:
            rest.append(word)
        else:
            held.setdefault(place, []).append(word)
    tables = []
    for number, grid in enumerate(grids):
        cells = tuple(
            replace(cell, words=tuple(reading_order(held.get((number, index), []))))
            for index, cell in enumerate(grid.cells)
        )
        tables.append(Table(page, grid.bbox, grid.rows, grid.columns, cells))
    return tuple(tables), tuple(rest)


def _place(grids: Sequence[Grid], word: Word) -> tuple[int, int] | None:
    box = word.bbox
    for number, grid in enumerate(grids):
        if not grid.bbox.x0 <= box.centre <= grid.bbox.x1 or not grid.bbox.top <= box.middle <= grid.bbox.bottom:
            continue
        for index, cell in enumerate(grid.cells):
            edge = cell.bbox
            if edge and edge.x0 <= box.centre <= edge.x1 and edge.top <= box.middle <= edge.bottom:
                return number, index
    return None


def reading_order(words: Sequence[Word]) -> list[Word]:
    """The words of one cell line by line, each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.bbox.middle):
        last = lines[-1] if lines else None
        if last is not None and _same_line(last[-1].bbox, word.bbox):
            last.append(word)
        else:
            lines.append([word])
    return [word for line in lines for word in sorted(line, key=lambda w: w.bbox.x0)]


def _same_line(first: BBox, second: BBox) -> bool:
    return first.overlap_y(second) > 0.5 * min(first.height, second.height)
