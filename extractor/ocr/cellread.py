"""Reading the cells of a ruled grid from the picture, a column at a time.

The cells of a column are set under one another on white, without their lines, and read as one block: a lone digit is
read right in the company of its column, and the engine is started once a column, not once a cell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractor.document import BBox, Cell, Word
from extractor.ocr import prepare
from extractor.ocr.cells import Grid, reading_order
from extractor.ocr.engine import Engine, Grey, Mode
from extractor.ocr.starshape import drawn, restore

_GAP = 22  # white pixels between cells
_EDGE = 14  # white pixels around a strip
_INSET = 2  # pixels left out along a cell's edges: the ruled line
_PAPER = 0.8  # of the paper's grey: above is paper, noise on it misleads the engine on small pieces
_INK = 150
_LEAST_INK = 10  # pixels
_TALLEST = 6_000  # pixels of one strip
_NARROW = 1.6  # inches: columns of numbers and short words are read enlarged (lone digits and decimal commas need it)
_ENLARGED, _SOFTENED = 1.5, 0.8
_LONE = 0.6  # inches: a column of numbers of rows
_SURE = 0.95  # confidence of counted stars


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cell's ink: where it stands on the page and, once placed, on the strip (pixels)."""

    cell: int
    pixels: Grey
    x: int
    y: int
    at: int = 0


def read_cells(grey: Grey, lines: NDArray[np.uint8], grid: Grid, dpi: float, engine: Engine) -> Grid:
    """The grid with the words of each cell; boxes in points of the page."""
    clean = grey.copy()
    paper = prepare.paper(grey)
    clean[cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0] = 255
    clean[clean > _PAPER * paper] = 255
    words: dict[int, list[Word]] = {}
    pieces = [piece for i, cell in enumerate(grid.cells) if (piece := _piece(clean, i, cell, dpi)) is not None]
    stars = {piece.cell: word for piece in pieces if (word := _stars(piece, grey, dpi)) is not None}
    for cell, star in stars.items():
        words[cell] = [star]
    for strip in _strips([piece for piece in pieces if piece.cell not in stars], grid):
        for cell, word in _strip_words(strip, dpi, engine):
            words.setdefault(cell, []).append(word)
    cells = tuple(
        replace(c, words=tuple(restore(reading_order(words.get(i, [])), clean, dpi))) for i, c in enumerate(grid.cells)
    )
    return replace(grid, cells=cells)


def _stars(piece: _Piece, grey: Grey, dpi: float) -> Word | None:
    """A cell that holds nothing but stars, which the engine has no letter for."""
    height, width = piece.pixels.shape
    text = drawn(grey[piece.y : piece.y + height, piece.x : piece.x + width], dpi)  # thin hollow ones are pale
    scale = 72 / dpi
    box = BBox(piece.x * scale, piece.y * scale, (piece.x + width) * scale, (piece.y + height) * scale)
    return Word(text, box, _SURE) if text else None


def _strip_words(strip: list[_Piece], dpi: float, engine: Engine) -> list[tuple[int, Word]]:
    """The words of a strip; where lone figures were lost or ran into others, each cell is read by itself."""
    found = _read(strip, dpi, engine, "block")
    lone = max(piece.pixels.shape[1] for piece in strip) < _LONE * dpi
    if not lone or len({cell for cell, _ in found}) == len(strip):
        return found
    return [pair for piece in strip for pair in _read([replace(piece, at=_EDGE)], dpi, engine, "line")]


def _strips(pieces: list[_Piece], grid: Grid) -> list[list[_Piece]]:
    """The cells by column, wide ones apart, in strips of bounded height."""
    columns: dict[tuple[int, int], list[_Piece]] = {}
    for piece in pieces:
        cell = grid.cells[piece.cell]
        columns.setdefault((cell.column, cell.colspan), []).append(piece)
    strips: list[list[_Piece]] = []
    for column in columns.values():
        height = _EDGE
        strip: list[_Piece] = []
        for piece in column:
            if strip and height + piece.pixels.shape[0] > _TALLEST:
                strips.append(strip)
                height, strip = _EDGE, []
            strip.append(replace(piece, at=height))
            height += piece.pixels.shape[0] + _GAP
        strips.append(strip)
    return strips


def _piece(clean: Grey, index: int, cell: Cell, dpi: float) -> _Piece | None:
    if cell.bbox is None:
        return None
    scale = dpi / 72
    x0, y0 = int(cell.bbox.x0 * scale) + _INSET, int(cell.bbox.top * scale) + _INSET
    x1, y1 = int(cell.bbox.x1 * scale) - _INSET + 1, int(cell.bbox.bottom * scale) - _INSET + 1
    crop = clean[max(0, y0) : y1, max(0, x0) : x1]
    rows, columns = np.nonzero(crop < _INK)
    if rows.size < _LEAST_INK:
        return None
    top, left = max(0, int(rows.min()) - 3), max(0, int(columns.min()) - 3)
    inked = crop[top : int(rows.max()) + 4, left : int(columns.max()) + 4]
    return _Piece(index, inked, max(0, x0) + left, max(0, y0) + top)


def _read(strip: list[_Piece], dpi: float, engine: Engine, mode: Mode) -> list[tuple[int, Word]]:
    width = max(piece.pixels.shape[1] for piece in strip) + 2 * _EDGE
    canvas = np.full((strip[-1].at + strip[-1].pixels.shape[0] + _EDGE, width), 255, dtype=np.uint8)
    for piece in strip:
        height, wide = piece.pixels.shape
        canvas[piece.at : piece.at + height, _EDGE : _EDGE + wide] = piece.pixels
    scale = _ENLARGED if width < _NARROW * dpi else 1.0
    if scale != 1.0:
        canvas = np.asarray(cv2.resize(canvas, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
        canvas = np.asarray(cv2.GaussianBlur(canvas, (0, 0), _SOFTENED), dtype=np.uint8)
    found = []
    for word in engine.recognise(canvas, dpi * scale, mode):
        piece = _owner(strip, word.bbox.middle * dpi / 72)
        dx, dy = (piece.x - _EDGE) * 72 / dpi, (piece.y - piece.at) * 72 / dpi
        box = word.bbox
        found.append((piece.cell, replace(word, bbox=BBox(box.x0 + dx, box.top + dy, box.x1 + dx, box.bottom + dy))))
    return found


def _owner(strip: list[_Piece], y: float) -> _Piece:
    return min(strip, key=lambda piece: max(piece.at - y, y - piece.at - piece.pixels.shape[0], 0.0))
