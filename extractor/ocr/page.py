"""A scanned page from pixels to words: orient, straighten, prepare, recognise."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extractor.document import BBox, Page, Table, TextSource, Word
from extractor.ocr import grid as grid_finder
from extractor.ocr import prepare, redink, straighten
from extractor.ocr.blank import is_blank
from extractor.ocr.cellread import read_cells
from extractor.ocr.cells import Grid
from extractor.ocr.engine import Engine, Grey
from extractor.ocr.frames import without_frames
from extractor.ocr.secondlook import improve

_DOUBTFUL = 0.65  # mean confidence: upright pages never fell below 0.80
_SURE_TURN = 4.0  # orientation confidence below this is noise
_UNREADABLE = 0.6
_SPECKS = "`^~|_¬ˆ˜´¨°¦·€£¢¥©®«»<>=\\\\‘’"  # between words; inside one they stay


@dataclass(frozen=True, slots=True)
class Scan:
    """A page as pixels, not yet straightened: RGB uint8; `bilevel` for one-bit originals."""

    pixels: NDArray[np.uint8]
    dpi: float
    bilevel: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """How the page was straightened: first clockwise by `rotation`, then against a slope of `skew` degrees."""

    rotation: int = 0
    skew: float = 0.0

    def apply(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The picture upright and level."""
        return straighten.unskew(straighten.turn(pixels, self.rotation), self.skew)

    def box(self, box: BBox, width: float, height: float) -> BBox:
        """A box of the page as its viewer shows it (`width` by `height` points) on the straightened page."""
        if self.rotation == 90:
            box, width, height = BBox(height - box.bottom, box.x0, height - box.top, box.x1), height, width
        elif self.rotation == 180:
            box = BBox(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
        elif self.rotation == 270:
            box, width, height = BBox(box.top, width - box.x1, box.bottom, width - box.x0), height, width
        return _swung(box, -self.skew, width, height) if self.skew else box


STRAIGHT = Turn()


@dataclass(frozen=True, slots=True)
class PageScan:
    """A page as recognised, how its picture is made straight, and whether it is blank or beyond reading."""

    page: Page
    turn: Turn
    blank: bool = False
    unreadable: bool = False


def _swung(box: BBox, degrees: float, width: float, height: float) -> BBox:
    """A box moved as its centre moves when the page turns clockwise around the middle; its size stays."""
    angle = math.radians(degrees)
    dx, dy = box.centre - width / 2, box.middle - height / 2
    x = width / 2 + dx * math.cos(angle) - dy * math.sin(angle) - box.centre
    y = height / 2 + dx * math.sin(angle) + dy * math.cos(angle) - box.middle
    return BBox(box.x0 + x, box.top + y, box.x1 + x, box.bottom + y)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the engine gave for one way of turning a page."""

    turn: Turn
    size: tuple[int, int]
    words: list[Word]
    grids: list[Grid]

    @property
    def mean(self) -> float:
        """Mean confidence by letters, 0.0 without words."""
        said = [*self.words, *(word for grid in self.grids for cell in grid.cells for word in cell.words)]
        letters = sum(len(word.text) for word in said)
        return sum(word.confidence * len(word.text) for word in said) / letters if letters else 0.0


def read_scan(scan: Scan, number: int, engine: Engine) -> PageScan:
    """The words of a scanned page, with boxes in points of the upright, straightened page."""
    grey = prepare.red(scan.pixels)
    if is_blank(grey):
        return PageScan(_page(number, scan.dpi, _Read(STRAIGHT, grey.shape, [], [])), STRAIGHT, blank=True)
    found = _with_red(_upright(grey, scan, engine), scan, engine)
    page = _page(number, scan.dpi, found)
    empty = page.text_source == "none"
    return PageScan(page, found.turn, blank=empty, unreadable=not empty and found.mean < _UNREADABLE)


def _with_red(found: _Read, scan: Scan, engine: Engine) -> _Read:
    """The page's words with those stamped in red, which the red channel loses."""
    turned = straighten.turn(scan.pixels, found.turn.rotation)
    height, width = (side * 72 / scan.dpi for side in found.size)
    level = Turn(0, found.turn.skew)
    red = [replace(word, bbox=level.box(word.bbox, width, height)) for word in redink.words(turned, scan.dpi, engine)]
    return replace(found, words=redink.merged(found.words, red)) if red else found


def _upright(grey: Grey, scan: Scan, engine: Engine) -> _Read:
    """The first way to turn the page that reads well, or the best of those tried."""
    best: _Read | None = None
    ink = straighten.ink_of(grey)
    for rotation in _turns(grey, ink, scan.dpi, engine):
        turned = straighten.turn(grey, rotation)
        turn = Turn(rotation, straighten.skew(turned, None if rotation else ink))
        found = _read(straighten.unskew(turned, turn.skew), turn, scan, engine)
        if best is None or found.mean > best.mean:
            best = found
        if best.mean >= _DOUBTFUL:
            break
    assert best is not None
    return best


def _turns(grey: Grey, ink: straighten.Ink, dpi: float, engine: Engine) -> Iterator[int]:
    """Ways to turn a page, likeliest first: the compass is asked only when lines run up and down or nothing reads."""
    if straighten.sideways(grey, ink):
        asked = _ask(engine, grey, dpi)
        yield from (0, 90, 270) if asked is None else (asked, (asked + 180) % 360)
        return
    yield 0
    asked = _ask(engine, grey, dpi)
    if asked:
        yield asked


def _ask(engine: Engine, grey: Grey, dpi: float) -> int | None:
    found = engine.orientation(grey, dpi)
    return found.turn if found is not None and found.confidence >= _SURE_TURN else None


def _read(grey: Grey, turn: Turn, scan: Scan, engine: Engine) -> _Read:
    """What the engine gives for a page made straight by `turn`."""
    level = prepare.prepare(grey, scan.bilevel)
    grids, lines = grid_finder.find(level, scan.dpi)
    outside = without_frames(_without(level, grids, scan.dpi) if grids else level, scan.dpi)
    words = improve(engine.recognise(outside, scan.dpi), outside, scan.dpi, engine)
    words = [word for word in words if not _is_noise(word)]
    cells = [read_cells(level, lines, grid, scan.dpi, engine) for grid in grids]
    return _Read(turn, (level.shape[0], level.shape[1]), words, cells)


def _is_noise(word: Word) -> bool:
    """Specks and strokes that the engine writes as signs which stand alone in no document."""
    return not word.text.strip(_SPECKS)


def _without(grey: Grey, grids: list[Grid], dpi: float) -> Grey:
    """The page with its tables painted out: they are read cell by cell."""
    rest = grey.copy()
    scale, paper = dpi / 72, int(prepare.paper(grey))  # white on grey paper would be an edge of its own
    for grid in grids:
        box = grid.bbox
        rest[
            int(box.top * scale) - 3 : int(box.bottom * scale) + 4, int(box.x0 * scale) - 3 : int(box.x1 * scale) + 4
        ] = paper
    return rest


def _page(number: int, dpi: float, found: _Read) -> Page:
    height, width = found.size
    tables = tuple(Table(number, grid.bbox, grid.rows, grid.columns, grid.cells) for grid in found.grids)
    source: TextSource = "ocr" if found.mean else "none"
    return Page(
        number=number,
        width=width * 72 / dpi,
        height=height * 72 / dpi,
        text_source=source,
        rotation=found.turn.rotation,
        mean_confidence=found.mean or None,
        words=tuple(found.words),
        tables=tables,
    )
