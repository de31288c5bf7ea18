"""What was read from a file: pages, words, lines, tables, and one text that everything points into.

Coordinates are points (1/72 inch), origin top left, on the page as it is shown upright.
Offsets are code points into `Document.text`.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import regex
from numpy.typing import NDArray

TextSource = Literal["embedded", "ocr", "none"]
_CLUSTER = regex.compile(r"\X", regex.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class BBox:
    """A rectangle in points, origin top left, `x0 <= x1` and `top <= bottom`."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Vertical centre in points."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Horizontal centre in points."""
        return (self.x0 + self.x1) / 2

    def union(self, other: BBox) -> BBox:
        """The smallest box around both."""
        return BBox(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )

    def overlap_x(self, other: BBox) -> float:
        """Shared width in points; negative is the gap."""
        return min(self.x1, other.x1) - max(self.x0, other.x0)

    def overlap_y(self, other: BBox) -> float:
        """Shared height in points; negative is the gap."""
        return min(self.bottom, other.bottom) - max(self.top, other.top)

    def contains(self, other: BBox, slack: float = 1.0) -> bool:
        """Whether `other` lies inside, give or take `slack` points."""
        return (
            self.x0 - slack <= other.x0
            and self.top - slack <= other.top
            and other.x1 <= self.x1 + slack
            and other.bottom <= self.bottom + slack
        )

    @staticmethod
    def around(boxes: Iterable[BBox]) -> BBox | None:
        """The smallest box around all, None for none."""
        found: BBox | None = None
        for box in boxes:
            found = box if found is None else found.union(box)
        return found


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `[start, end)`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def shifted(self, by: int) -> Span:
        """The same range in a text that has `by` code points before this one."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Region:
    """A place on a page: what evidence points at."""

    page: int
    bbox: BBox


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the reader gave it, NFC, without white space; `confidence` is 0–1 (1.0 for embedded text)."""

    text: str
    bbox: BBox
    confidence: float = 1.0
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a ruled table; merged cells span rows or columns. `span` points into `Document.text`.

    A cell of a `RawTable` has its words (or, without geometry, its `text`) and no span yet.
    """

    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    bbox: BBox | None = None
    words: tuple[Word, ...] = ()
    text: str = ""
    span: Span = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells. `page` is where it starts; a table that goes on over pages is joined by layout."""

    page: int
    bbox: BBox | None
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    id: int = 0

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a grid position, merged cells included."""
        for cell in self.cells:
            if cell.row <= row < cell.row + cell.rowspan and cell.column <= column < cell.column + cell.colspan:
                return cell
        return None


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels: upright and deskewed, RGB uint8 of shape (height, width, 3), in step with the boxes."""

    pixels: NDArray[np.uint8]
    dpi: float

    def crop(self, box: BBox, margin: float = 0.0) -> NDArray[np.uint8]:
        """The pixels inside a box in points, with a margin in points."""
        x0, y0, x1, y1 = self.window(self.pixels.shape, box, margin)
        return self.pixels[y0:y1, x0:x1]

    def window(self, shape: tuple[int, ...], box: BBox, margin: float = 0.0) -> tuple[int, int, int, int]:
        """A box with its margin in pixels `(x0, top, x1, bottom)`, kept inside a picture of that shape."""
        scale, (height, width) = self.dpi / 72, shape[:2]
        x0, x1 = int(max(0, (box.x0 - margin) * scale)), int(max(0, min(width, (box.x1 + margin) * scale + 1)))
        y0, y1 = int(max(0, (box.top - margin) * scale)), int(max(0, min(height, (box.bottom + margin) * scale + 1)))
        return x0, y0, x1, y1


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader noticed about the file; the pipeline turns it into an issue of the same code."""

    code: str
    severity: Literal["info", "warning", "error"]
    message: str
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read: upright size in points, words in any order, ruled tables with their words."""

    number: int
    width: float
    height: float
    text_source: TextSource
    rotation: int = 0
    mean_confidence: float | None = None
    words: tuple[Word, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What ingest hands to layout: pages with words (paged formats) or `text` with tables (text formats).

    `text` is the file's text verbatim for plain text; the extracted text for HTML and DOCX. Cells of the
    tables of a text format carry spans into `text`.
    """

    filename: str
    sha256: str
    media_type: str
    pages: tuple[Page, ...]
    text: str | None = None
    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = ()
    picture: Callable[[int], Picture] | None = field(default=None, compare=False, repr=False)
    engines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word with its place in `Document.text`."""

    start: int
    word: Word

    @property
    def end(self) -> int:
        """Offset behind the word's last code point."""
        return self.start + len(self.word.text)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of one column (or one table cell's line): `Document.text[start:end]`."""

    page: int
    start: int
    end: int
    bbox: BBox
    words: tuple[PlacedWord, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, heading or table cell: a span of whole lines."""

    start: int
    end: int
    kind: Literal["paragraph", "item", "heading", "cell"] = "paragraph"

    @property
    def span(self) -> Span:
        """The block's span."""
        return Span(self.start, self.end)


ZoneKind = Literal[
    "portal",
    "header",
    "title",
    "addressees",
    "preamble",
    "body",
    "recipients",
    "signature",
    "appendix",
    "stamp",
    "furniture",
    "other",
]


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the document with one job. `other`: another document bound into the same file."""

    kind: ZoneKind
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The zone's span."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Document:
    """A document in reading order.

    `text` is normalised (NFC, plain spaces, Đ for Ð, no soft hyphens). Printed lines end in a line feed, paragraphs
    in two, pages in a form feed. `lines` are in text order and cover every word that has a box. `original` is the
    verbatim text of a text format and `offsets[i]` the place in it of `text[i]` (one longer than `text`). `printed` is
    set where OCR text was mended: the text as it was read, of the same length as `text`.
    """

    filename: str
    sha256: str
    media_type: str
    pages: tuple[Page, ...]
    text: str
    lines: tuple[Line, ...] = ()
    blocks: tuple[Block, ...] = ()
    zones: tuple[Zone, ...] = ()
    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = ()
    original: str | None = None
    printed: str | None = None
    offsets: NDArray[np.int32] | None = field(default=None, compare=False, repr=False)
    picture: Callable[[int], Picture] | None = field(default=None, compare=False, repr=False)
    engines: tuple[tuple[str, str], ...] = ()

    def zone(self, *kinds: ZoneKind) -> tuple[Zone, ...]:
        """The zones of these kinds in text order."""
        return tuple(zone for zone in self.zones if zone.kind in kinds)

    def zone_at(self, offset: int) -> ZoneKind:
        """The kind of the zone at an offset, `body` where none was set."""
        for zone in self.zones:
            if zone.start <= offset < zone.end:
                return zone.kind
        return "body"

    def block_at(self, offset: int) -> Block | None:
        """The block that covers an offset."""
        index = bisect.bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        if index >= 0 and self.blocks[index].start <= offset < self.blocks[index].end:
            return self.blocks[index]
        return None

    def lines_in(self, span: Span) -> Iterator[Line]:
        """The lines that share a code point with the span."""
        index = max(0, bisect.bisect_right(self.lines, span.start, key=lambda line: line.start) - 1)
        for line in self.lines[index:]:
            if line.start >= span.end:
                return
            if line.end > span.start:
                yield line

    def words_in(self, span: Span) -> Iterator[PlacedWord]:
        """The words that share a code point with the span."""
        for line in self.lines_in(span):
            for word in line.words:
                if word.start < span.end and word.end > span.start:
                    yield word

    def regions(self, span: Span) -> tuple[Region, ...]:
        """One region for each printed line that the span touches; empty for text formats."""
        found = []
        for line in self.lines_in(span):
            box = BBox.around(w.word.bbox for w in line.words if w.start < span.end and w.end > span.start)
            if box is not None:
                found.append(Region(line.page, box))
        return tuple(found)

    def page_at(self, offset: int) -> int:
        """The page number at an offset (1 for text formats)."""
        if not self.lines:
            return 1
        index = max(0, bisect.bisect_right(self.lines, offset, key=lambda line: line.start) - 1)
        return self.lines[index].page

    def confidence(self, span: Span) -> float:
        """The lowest word confidence in the span, 1.0 without words."""
        return min((word.word.confidence for word in self.words_in(span)), default=1.0)

    def source_span(self, span: Span) -> Span:
        """The span in the verbatim text of a text format; the span itself otherwise."""
        if self.offsets is None or len(span) == 0:
            return span
        return Span(int(self.offsets[span.start]), int(self.offsets[span.end - 1]) + self._width(span.end - 1))

    def _width(self, index: int) -> int:
        """How many code points of the original the last letter of a span takes, its marks included."""
        assert self.offsets is not None
        place = int(self.offsets[index])
        if self.original is None:
            return 1
        cluster = _CLUSTER.match(self.original, place)
        return cluster.end() - place if cluster else 1

    def raw(self, span: Span) -> str:
        """What stood on the page at the span, verbatim."""
        if self.original is None:
            return (self.text if self.printed is None else self.printed)[span.start : span.end]
        source = self.source_span(span)
        return self.original[source.start : source.end]
