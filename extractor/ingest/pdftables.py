"""Ruled tables of a born-digital PDF page, by pdfplumber: the second opinion where our own finder sees none (75 ms)."""

from __future__ import annotations

import io
import logging
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.psparser import PSException
from pdfplumber.utils.exceptions import PdfminerException

from extractor.document import BBox, Cell
from extractor.ingest.pdfwords import Frame
from extractor.ocr.cells import Grid

_SNAP = 2.0  # points: edges nearer than this are one line
_LEAST_CELLS = 3
_THIN = 3.0  # points: a filled box thinner than this is a line
_SETTINGS = {"vertical_strategy": "lines", "horizontal_strategy": "lines", "snap_tolerance": _SNAP}
_FAULTS = (
    PDFException, PSException, PdfminerException, ValueError, TypeError, KeyError, IndexError, AttributeError,
    RecursionError, OverflowError, AssertionError,
)  # fmt: skip
logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it comments on every oddity of a damaged file


class TableFinder:
    """Finds the grids of one file's pages; opens the file when first asked."""

    def __init__(self, data: bytes, password: str | None) -> None:
        self._data, self._password = data, password
        self._pdf: Any = None

    def close(self) -> None:
        """Frees the second parser's memory."""
        if self._pdf is not None:
            self._pdf.close()

    def grids(self, index: int) -> list[Grid]:
        """The ruled tables of a page, boxes in points of the page as shown; nothing where the parser gives up."""
        try:
            if self._pdf is None:
                self._pdf = pdfplumber.open(io.BytesIO(self._data), password=self._password or "")
            page = self._pdf.pages[index]
            try:
                left, top = _corner(page)
                found = [_grid(table, left, top) for table in page.filter(_drawn).find_tables(_SETTINGS)]
            finally:
                page.close()
        except _FAULTS:
            return []
        return [grid for grid in found if grid is not None]


def _corner(page: Any) -> tuple[float, float]:
    """Where the shown part of a page begins in pdfplumber's coordinates, which count from the whole sheet."""
    media, crop = page.page_obj.mediabox, page.page_obj.cropbox
    left, bottom, right, top = media
    shown = Frame(left, bottom, right, top, page.rotation % 360).shown(*crop)
    return page.bbox[0] + max(0.0, shown.x0), page.bbox[1] + max(0.0, shown.top)


def _drawn(item: Any) -> bool:
    """Whether an object may be a ruled line: areas filled without an outline and white lines are none."""
    if item["object_type"] not in ("rect", "curve", "line"):
        return True
    thin = min(item["width"], item["height"]) < _THIN
    if not item.get("stroke") and not thin:
        return False
    return not _white(item["stroking_color"] if item.get("stroke") else item["non_stroking_color"])


def _white(colour: Any) -> bool:
    values = colour if isinstance(colour, tuple) else (colour,)
    numbers = [value for value in values if isinstance(value, int | float)]
    return (len(numbers) in (1, 3) and min(numbers) > 0.95) or (len(numbers) == 4 and max(numbers) < 0.05)


def _grid(table: Any, left: float, top: float) -> Grid | None:
    boxes = [BBox(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in table.cells]
    return grid_of(boxes)


def grid_of(boxes: list[BBox]) -> Grid | None:
    """Cell boxes as a grid: row and column numbers from their edges; None for frames and single rows of one cell."""
    xs, ys = (
        _edges([b.x0 for b in boxes] + [b.x1 for b in boxes]),
        _edges([b.top for b in boxes] + [b.bottom for b in boxes]),
    )
    if len(boxes) < _LEAST_CELLS or len(xs) < 3 or len(ys) < 3:
        return None
    cells = []
    for box in sorted(boxes, key=lambda b: (b.top, b.x0)):
        row, column = _nearest(ys, box.top), _nearest(xs, box.x0)
        rowspan, colspan = _nearest(ys, box.bottom) - row, _nearest(xs, box.x1) - column
        if rowspan > 0 and colspan > 0:
            cells.append(Cell(row, column, rowspan, colspan, box))
    return Grid(BBox(xs[0], ys[0], xs[-1], ys[-1]), len(ys) - 1, len(xs) - 1, tuple(cells))


def _edges(values: list[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SNAP:
            found.append(value)
    return found


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))
