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
    edges = [
        (grid.bbox, [(index, cell.bbox) for index, cell in enumerate(grid.cells) if cell.bbox is not None])
        for grid in grids
    ]
    for word in words:
        place = _place(edges, word.bbox.centre, word.bbox.middle)
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


def _place(
    edges: Sequence[tuple[BBox, Sequence[tuple[int, BBox]]]], across: float, down: float
) -> tuple[int, int] | None:
    """Grid and cell that hold a point; `edges`: the grids' boxes with those of their cells."""
    for number, (around, cells) in enumerate(edges):
        if not around.x0 <= across <= around.x1 or not around.top <= down <= around.bottom:
            continue
        for index, box in cells:
            if box.x0 <= across <= box.x1 and box.top <= down <= box.bottom:
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
