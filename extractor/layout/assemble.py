"""Pieces in reading order → one text with exact offsets of words, lines, blocks and cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractor.document import BBox, Block, Cell, Line, Page, PlacedWord, Span, Table
from extractor.layout.compose import Piece, Role
from extractor.layout.paragraphs import MARKER
from extractor.layout.rows import Row


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and where it stands in the text."""

    piece: Piece
    span: Span

    @property
    def role(self) -> Role:
        """The column the piece stands in."""
        return self.piece.role


@dataclass(slots=True)
class Writer:
    """The text as it grows."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)

    def put(self, text: str) -> None:
        """Append."""
        self.parts.append(text)
        self.size += len(text)

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.parts)

    def page(self, pieces: Sequence[Piece], width: float) -> None:
        """One page; a paragraph cut by the page's end goes on in the same block."""
        goes_on = bool(pieces) and self._goes_on(pieces[0], width)
        for index, piece in enumerate(pieces):
            if index:
                self.put("\n\n")
            start = self.size
            for number, row in enumerate(piece.rows):
                if number:
                    self.put("\n")
                self._row(row, piece.page)
            self.placed.append(Placed(piece, Span(start, self.size)))
            if index == 0 and goes_on:
                self.blocks[-1] = replace(self.blocks[-1], end=self.size)
            elif self.size > start:
                self.blocks.append(Block(start, self.size, piece.kind))

    def _row(self, row: Row, page: int) -> None:
        start = self.size
        words = []
        for index, word in enumerate(row.words):
            if index:
                self.put(" ")
            words.append(PlacedWord(self.size, word))
            self.put(word.text)
        self.lines.append(Line(page, start, self.size, row.bbox, tuple(words)))

    def _goes_on(self, piece: Piece, width: float) -> bool:
        """Whether a page's first piece continues the last block of the page before."""
        if not self.placed or not self.blocks or piece.role != "text":
            return False
        last = self.placed[-1]
        if last.role != "text" or last.span.end != self.blocks[-1].end or MARKER.match(piece.rows[0].text):
            return False
        row = last.piece.rows[-1]
        ended = row.text.rstrip().endswith((".", ";", ":", "./.")) or row.bbox.x1 < 0.75 * width
        return not ended and not piece.rows[0].text.isupper()


def write(pages: Sequence[tuple[Page, Sequence[Piece]]]) -> Writer:
    """The whole file's text; a form feed between pages."""
    writer = Writer()
    for index, (page, pieces) in enumerate(pages):
        if index:
            writer.put("\f")
        writer.page(pieces, page.width)
    return writer


def joined_tables(pages: Sequence[Page], placed: Sequence[Placed]) -> tuple[Table, ...]:
    """The tables with spans into the text; one that goes on over pages is one table."""
    spans = {(p.piece.page, p.piece.table, id(p.piece.cell)): p.span for p in placed if p.piece.cell is not None}
    parts: dict[tuple[int, int], list[Cell]] = {}
    for item in placed:
        cell, number = item.piece.cell, item.piece.table
        if cell is None or number is None:
            continue
        key = (item.piece.page, number)
        text = " ".join(row.text for row in item.piece.rows)
        span = spans[(item.piece.page, number, id(cell))]
        parts.setdefault(key, []).append(replace(cell, span=span, text=text or cell.text))
    tables: list[Table] = []
    ends: dict[int, int] = {}
    for page in pages:
        for number, raw in enumerate(page.tables):
            cells = tuple(parts.get((page.number, number), ()))
            table = replace(raw, page=page.number, cells=cells)
            if tables and _continues(tables[-1], table, ends[len(tables) - 1], placed):
                tables[-1] = _append(tables[-1], table)
            else:
                tables.append(replace(table, id=len(tables)))
            ends[len(tables) - 1] = page.number
    return tuple(tables)


def _continues(before: Table, after: Table, end: int, placed: Sequence[Placed]) -> bool:
    """Whether a table goes on: next page, the same columns at the same places, no text between."""
    if after.page != end + 1 or before.columns != after.columns or not before.cells or not after.cells:
        return False
    if not _same_place(before.bbox, after.bbox):
        return False
    last, first = max(c.span.end for c in before.cells), min(c.span.start for c in after.cells)
    between = [
        p for p in placed if last <= p.span.start and p.span.end <= first and p.role not in ("furniture", "cell")
    ]
    return not any(len(p.span) for p in between)


def _same_place(one: BBox | None, other: BBox | None) -> bool:
    """Whether two boxes span the same width; what has no box cannot tell."""
    return one is None or other is None or (abs(one.x0 - other.x0) <= 15 and abs(one.x1 - other.x1) <= 15)


def _append(before: Table, after: Table) -> Table:
    moved = tuple(replace(cell, row=cell.row + before.rows) for cell in after.cells)
    return replace(before, rows=before.rows + after.rows, cells=before.cells + moved)
