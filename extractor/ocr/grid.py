"""Ruled tables on a scanned page: long lines → a grid of cells, merged ones included.

Only lines that belong to a table count: never every long run, or text is eaten. Letters with serifs join into runs, so
a line is at least 0.5 inch long and gaps of no more than two pixels are closed.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from extractor.document import BBox, Cell
from extractor.ocr import prepare
from extractor.ocr.cells import Grid
from extractor.ocr.engine import Grey

Mask = NDArray[np.uint8]

_LEAST_LINE = 0.5  # inches
_LEAST_STROKE = 0.22  # inches: the upright lines of one row between two rows that run over all columns
_LEAST_WIDTH, _LEAST_HEIGHT = 1.2, 0.3  # inches: smaller ruled things are boxes and stamps
_DRAWN = 0.55  # share of a cell's edge that must be ink for the edge to be there
_LEAST_CELLS = 4


def find(grey: Grey, dpi: float) -> tuple[list[Grid], Mask]:
    """The ruled tables of a level page, from top to bottom, and a mask (255 on ink) of the lines they are made of."""
    if not _likely(grey, dpi):
        return [], np.zeros_like(grey)
    level, upright, strokes = _lines(grey, dpi)
    return from_lines(level, upright, dpi, strokes)


def from_lines(level: Mask, upright: Mask, dpi: float, strokes: Mask | None = None) -> tuple[list[Grid], Mask]:
    """The tables that level and upright lines make, and a mask of those lines. Masks are 255 on lines, of one size.

    `strokes`: shorter upright pieces, which count only where an upright line runs elsewhere in the table.
    """
    grids: list[Grid] = []
    mask = np.zeros_like(level)
    for area, own in _groups(level, upright, dpi):
        y, x = area[0].start, area[1].start
        short = upright[area] * own if strokes is None else strokes[area]
        grid = _grid(level[area] * own, upright[area] * own, short, (x, y), dpi)
        if grid is not None:
            grids.append(grid)
            mask[area] |= own * 255 | _on_edges(short, grid, x, dpi)
    return sorted(grids, key=lambda grid: grid.bbox.top), mask


def _groups(level: Mask, upright: Mask, dpi: float) -> Iterator[tuple[tuple[slice, slice], Mask]]:
    """Lines that touch, give or take two pixels: where each large group lies and a mask of its own, 1 inside.

    Labels are counted on every other pixel each way, at a quarter of the cost: after widening no line is thinner.
    """
    joined = cv2.dilate(cv2.bitwise_or(level, upright), np.ones((5, 5), np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(joined[::2, ::2]), connectivity=8)
    tall, wide = level.shape
    for label, (x, y, width, height) in enumerate(boxes[1:count, :4].tolist(), start=1):
        if 2 * width < _LEAST_WIDTH * dpi or 2 * height < _LEAST_HEIGHT * dpi:
            continue
        area = np.s_[2 * y : min(tall, 2 * (y + height)), 2 * x : min(wide, 2 * (x + width))]
        own = (labels[y : y + height, x : x + width] == label).astype(np.uint8)
        yield area, own.repeat(2, axis=0).repeat(2, axis=1)[: area[0].stop - 2 * y, : area[1].stop - 2 * x]


def _on_edges(strokes: Mask, grid: Grid, left: int, dpi: float) -> Mask:
    """The strokes that run along the cells' edges; `left`: where the mask starts on the page, in pixels."""
    keep = np.zeros(strokes.shape[1], np.uint8)
    for cell in grid.cells:
        for edge in (cell.bbox.x0, cell.bbox.x1) if cell.bbox is not None else ():
            place = int(edge * dpi / 72) - left
            keep[max(0, place - 4) : place + 5] = 1
    return np.asarray(strokes * keep, dtype=np.uint8)


def _likely(grey: Grey, dpi: float) -> bool:
    """A look at half the size, at a quarter of the cost: whether lines cross anywhere."""
    level, upright, _ = _lines(prepare.halved(grey), dpi / 2)
    crossing = cv2.bitwise_and(cv2.dilate(level, np.ones((5, 5))), cv2.dilate(upright, np.ones((5, 5))))
    return int(cv2.connectedComponents(crossing)[0]) > _LEAST_CELLS


def _lines(grey: Grey, dpi: float) -> tuple[Mask, Mask, Mask]:
    """Masks of the level lines, the upright lines and upright strokes, 255 on ink."""
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 14)
    length, stroke = (max(20, int(inches * dpi)) for inches in (_LEAST_LINE, _LEAST_STROKE))
    found = []
    for size in ((length, 1), (1, length), (1, stroke)):
        gap = (3, 1) if size[1] == 1 else (1, 3)
        closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, gap))
        found.append(cv2.morphologyEx(closed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size)))
    level, upright, strokes = (np.asarray(mask, dtype=np.uint8) for mask in found)
    return level, upright, strokes


def _grid(level: Mask, upright: Mask, strokes: Mask, origin: tuple[int, int], dpi: float) -> Grid | None:
    """The cells of one table; the small tilt that is left is taken out by shearing the masks."""
    down, right = _slope(level), _slope(upright.T)
    flat_level, flat_upright, flat_strokes = (_sheared(mask, down, right) for mask in (level, upright, strokes))
    ys, xs = _places(flat_level, 1, dpi), _places(flat_upright, 0, dpi)
    if len(xs) < 3 or len(ys) < 2:
        return None
    boxes = _cells(flat_level, flat_strokes, xs, ys)
    if len(boxes) < _LEAST_CELLS or (len(ys) == 2 and len(boxes) < 2):
        return None
    scale = 72 / dpi

    def back(value: float, other: float, slope: float, start: int) -> float:
        return (value + slope * other + start) * scale

    cells = []
    for row, column, rows, columns in boxes:
        x0, x1, y0, y1 = xs[column], xs[column + columns], ys[row], ys[row + rows]
        middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
        cells.append(Cell(row, column, rows, columns, BBox(
            back(x0, middle_y, right, origin[0]), back(y0, middle_x, down, origin[1]),
            back(x1, middle_y, right, origin[0]), back(y1, middle_x, down, origin[1]),
        )))  # fmt: skip
    around = BBox.around(cell.bbox for cell in cells if cell.bbox is not None)
    return Grid(around, len(ys) - 1, len(xs) - 1, tuple(cells)) if around is not None else None


def _sheared(mask: Mask, down: float, right: float) -> Mask:
    """The mask without that slope of its level and upright lines; the same array where no pixel would move."""
    height, width = mask.shape
    if abs(down) * width < 0.5 and abs(right) * height < 0.5:
        return mask
    shear = np.array([[1.0, -right, 0.0], [-down, 1.0, 0.0]])
    return np.asarray(cv2.warpAffine(mask, shear, (width, height), flags=cv2.INTER_NEAREST), dtype=np.uint8)


def _slope(level: Mask) -> float:
    """Mean fall of level lines: pixels down for a pixel to the right."""
    inked = level.any(axis=1)  # most rows hold no line: one empty row between two lines is enough
    level = np.ascontiguousarray(level[inked | np.roll(inked, 1)])
    if not level.size:
        return 0.0
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(level, connectivity=8)
    total = weight = 0.0
    for label in range(1, count):
        x, y, width, height = (int(value) for value in boxes[label][:4])
        if width < 0.3 * level.shape[1] or height > 0.05 * width + 6:
            continue
        rows, columns = np.nonzero(labels[y : y + height, x : x + width] == label)
        across = columns - columns.mean()
        slope = float(across @ rows / max(1.0, across @ across))  # least squares
        total, weight = total + slope * width, weight + width
    return total / weight if weight else 0.0


def _places(mask: Mask, axis: int, dpi: float) -> list[float]:
    """Where lines run: rows of a level mask (axis 1) or columns of an upright one (axis 0), in pixels."""
    drawn = (mask > 0).sum(axis=axis)
    least = 0.4 * _LEAST_LINE * dpi
    spots = np.nonzero(drawn >= least)[0]
    found: list[list[int]] = []
    for spot in spots.tolist():
        if found and spot - found[-1][-1] <= max(4, dpi // 40):
            found[-1].append(spot)
        else:
            found.append([spot])
    return [float(np.average(group, weights=drawn[group])) for group in found]


def _cells(level: Mask, upright: Mask, xs: list[float], ys: list[float]) -> list[tuple[int, int, int, int]]:
    """Cells as (row, column, rowspan, colspan): elementary cells joined where no line divides them."""
    rows, columns = len(ys) - 1, len(xs) - 1
    right = [[_drawn(upright, xs[c + 1], ys[r], ys[r + 1], True) for c in range(columns - 1)] for r in range(rows)]
    below = [[_drawn(level, ys[r + 1], xs[c], xs[c + 1], False) for c in range(columns)] for r in range(rows - 1)]
    taken: set[tuple[int, int]] = set()
    found = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = 1
            while column + wide < columns and not right[row][column + wide - 1] and (row, column + wide) not in taken:
                wide += 1
            tall = 1
            while row + tall < rows and not any(below[row + tall - 1][column : column + wide]):
                if any(right[row + tall][c] for c in range(column, column + wide - 1)):
                    break
                tall += 1
            taken.update((row + y, column + x) for y in range(tall) for x in range(wide))
            found.append((row, column, tall, wide))
    return found


def _drawn(mask: Mask, place: float, start: float, end: float, upright: bool) -> bool:
    """Whether ink runs along most of an edge, give or take three pixels."""
    near = slice(max(0, int(place) - 3), int(place) + 5)
    along = slice(int(start) + 3, max(int(start) + 4, int(end) - 2))
    strip = mask[along, near] if upright else mask[near, along]
    if strip.size == 0:
        return True
    return float((strip > 0).any(axis=1 if upright else 0).mean()) >= _DRAWN
