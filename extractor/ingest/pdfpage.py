"""A born-digital page: its words decoded, upright and without stamps, its ruled tables filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extractor.document import BBox, Page, Word
from extractor.ingest import stamps
from extractor.ingest.pdfwords import TextWord
from extractor.ocr.cells import Grid, fill
from extractor.ocr.page import Turn
from extractor.text import legacy
from extractor.text.syllables import valid_share

_CLEAN = 0.85  # share of syllables from which a font's name no longer matters


@dataclass(frozen=True, slots=True)
class Embedded:
    """A page read from its text layer, and the stamps that were left out."""

    page: Page
    turn: Turn
    stamps: tuple[BBox, ...]


def compose(
    number: int, size: tuple[float, float], found: Sequence[TextWord], grids: Callable[[], list[Grid]]
) -> Embedded:
    """The page of believed words. `grids` is asked for ruled tables only when the page stands upright."""
    turn = Turn(_quarter(found))
    words, left_out = stamps.without_stamps([word.word() for word in found if not word.hidden and _inside(word, size)])
    if turn.rotation:
        words = [replace(word, bbox=turn.box(word.bbox, *size)) for word in words]
        size = size if turn.rotation == 180 else (size[1], size[0])
        tables, rest = fill([_turned(grid, turn, size) for grid in grids()], words, number)
    else:
        tables, rest = fill(grids(), words, number)
    page = Page(number, size[0], size[1], "embedded", turn.rotation, None, rest, tables)
    return Embedded(page, turn, tuple(left_out))


def decode(found: Sequence[TextWord]) -> tuple[list[TextWord], str | None]:
    """Words in old encodings as Unicode, by their font's name, or by what decoding gains on the whole page.

    The encoding's name when something was decoded.
    """
    fonts = {font: legacy.by_font(font) for font in dict.fromkeys(word.font for word in found)}
    named = {font for font, encoding in fonts.items() if encoding}
    if named and valid_share([word.text for word in found if word.font in named]) < _CLEAN:
        return [_decoded(word, fonts[word.font]) for word in found], next(filter(None, fonts.values()))
    encoding = legacy.detect(" ".join(word.text for word in found))
    return ([_decoded(word, encoding) for word in found], encoding) if encoding else (list(found), None)


def _decoded(word: TextWord, encoding: legacy.Encoding | None) -> TextWord:
    if encoding is None:
        return word
    return replace(word, text=legacy.to_unicode(word.text, encoding, legacy.is_capital(word.font)))


def _quarter(found: Sequence[TextWord]) -> int:
    """By how many degrees clockwise most words must be turned to read from left to right."""
    angles = Counter(word.angle for word in found if len(word.text) > 1)
    if not angles:
        return 0
    angle, count = angles.most_common(1)[0]
    return angle if count > 0.6 * sum(angles.values()) else 0


def _inside(word: TextWord, size: tuple[float, float]) -> bool:
    return 0 <= word.bbox.centre <= size[0] and 0 <= word.bbox.middle <= size[1]


def _turned(grid: Grid, turn: Turn, size: tuple[float, float]) -> Grid:
    """A grid on the turned page; `size` is the turned page's."""
    from extractor.ingest.pdftables import grid_of

    shown = size if turn.rotation == 180 else (size[1], size[0])
    boxes = [turn.box(cell.bbox, *shown) for cell in grid.cells if cell.bbox is not None]
    return grid_of(boxes) or grid


def overlay(page: Page, found: Sequence[TextWord], turn: Turn) -> tuple[Page, tuple[BBox, ...]]:
    """A scanned page with the words that were set on top of the picture in place of what OCR made of them.

    Stamp blocks among them are left out of both.
    """
    size = (page.width, page.height) if turn.rotation % 180 == 0 else (page.height, page.width)
    upright = [replace(word.word(), bbox=turn.box(word.bbox, *size)) for word in found if not word.hidden]
    kept, left_out = stamps.without_stamps(upright)
    covered = [word.bbox for word in upright]
    words = [word for word in page.words if not any(_covers(box, word) for box in covered)]
    return replace(page, words=(*words, *kept)), tuple(left_out)


def _covers(box: BBox, word: Word) -> bool:
    shared = max(0.0, box.overlap_x(word.bbox)) * max(0.0, box.overlap_y(word.bbox))
    return shared > 0.4 * max(1.0, word.bbox.width * word.bbox.height)
