"""Ruled lines of a born-digital page, straight from its drawing commands, and the tables they make."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractor.document import BBox
from extractor.ingest.pdfwords import Frame
from extractor.ocr.cells import Grid
from extractor.ocr.grid import from_lines

_DPI = 96.0  # of the masks that lines are drawn into: enough to tell edges apart, and quick to search
_THIN = 3.0  # points: a filled box thinner than this is a line
_LEVEL = 0.7  # points by which a line may slope
_WHITE = 240
_MOST = 20_000  # segments: a drawing or a map, not a table

Point = tuple[float, float]


def grids(page: pdfium.PdfPage) -> list[Grid]:
    """The ruled tables drawn on a page, boxes in points of the page as shown."""
    frame = Frame.of(page)
    width, height = page.get_size()
    scale = _DPI / 72
    level = np.zeros((int(height * scale) + 2, int(width * scale) + 2), np.uint8)
    upright = np.zeros_like(level)
    for count, line in enumerate(_lines(page, frame)):
        if count > _MOST:
            return []
        x0, y0 = max(0, int(line.x0 * scale)), max(0, int(line.top * scale))
        x1, y1 = max(0, int(line.x1 * scale) + 1), max(0, int(line.bottom * scale) + 1)
        (level if line.width >= line.height else upright)[y0 : y1 + 1, x0 : x1 + 1] = 255
    return from_lines(level, upright, _DPI)[0] if level.any() and upright.any() else []


def _lines(page: pdfium.PdfPage, frame: Frame) -> Iterator[BBox]:
    """Level and upright lines as thin boxes on the page as shown."""
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        fill, stroke = ctypes.c_int(0), ctypes.c_int(0)
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if stroke.value and not _is_white(item, raw.FPDFPageObj_GetStrokeColor):
            for (ax, ay), (bx, by) in _segments(item):
                if abs(ax - bx) <= _LEVEL or abs(ay - by) <= _LEVEL:
                    yield frame.shown(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        elif fill.value and not _is_white(item, raw.FPDFPageObj_GetFillColor):
            left, bottom, right, top = item.get_bounds()
            if min(right - left, top - bottom) < _THIN:
                yield frame.shown(left, bottom, right, top)


def _segments(item: pdfium.PdfObject) -> Iterator[tuple[Point, Point]]:
    """The straight pieces of a path in the page's own space."""
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start = here = (0.0, 0.0)
    for index in range(min(_MOST, raw.FPDFPath_CountSegments(item))):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield here, point
        here = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield here, start


def _is_white(item: pdfium.PdfObject, colour_of: object) -> bool:
    red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
    colour_of(item, red, green, blue, alpha)  # type: ignore[operator]
    return min(red.value, green.value, blue.value) > _WHITE or alpha.value == 0
