"""A page → its pieces in reading order: paragraphs, columns of head and foot, table cells, page numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extractor.document import BBox, Cell, Page, Table, Word
from extractor.layout.columns import Region, find_foot
from extractor.layout.furniture import is_scratch, part, specks
from extractor.layout.headcolumns import find_heads
from extractor.layout.pairs import find_pair
from extractor.layout.paragraphs import MARKER, paragraphs
from extractor.layout.rows import Row, find_rows
from extractor.layout.spread import Half, halves

Role = Literal["text", "head-left", "head-right", "foot-left", "foot-right", "cell", "furniture"]
_HEADS = ("head-left", "head-right")


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph or table cell: rows, the column it stands in, and for a cell its table and place.

    `goes_on`: the paragraph reaches the end of its page unfinished.
    """

    page: int
    role: Role
    rows: tuple[Row, ...]
    table: int | None = None
    cell: Cell | None = None

    @property
    def kind(self) -> Literal["paragraph", "item", "heading", "cell"]:
        """What sort of block it is."""
        if self.cell is not None:
            return "cell"
        text = self.rows[0].text
        if len(self.rows) <= 3 and any(c.isalpha() for c in text) and " ".join(r.text for r in self.rows).isupper():
            return "heading"
        return "item" if MARKER.match(text) else "paragraph"


def page_pieces(page: Page) -> list[Piece]:
    """The pieces of a page; of a spread those of its left half, then those of its right one."""
    both = halves(page)
    if both is None:
        return _pieces(page)
    return [_on_sheet(piece, half) for half in both for piece in _pieces(half.page)]


def _on_sheet(piece: Piece, half: Half) -> Piece:
    return replace(
        piece,
        rows=tuple(half.row(row) for row in piece.rows),
        table=None if piece.table is None else half.tables[piece.table],
        cell=None if piece.cell is None else half.cell(piece.cell),
    )


def _pieces(page: Page) -> list[Piece]:
    """The pieces of one page; furniture stands behind the first piece, so that sentences run on over the page."""
    words, tables = _tables(page)
    words, noise = specks(words)
    body, furniture = part(find_rows(words), page.height)
    furniture += find_rows(noise)
    items = [
        *_columns(body, page, [table.bbox.top for _, table in tables if table.bbox]),
        *((table.bbox.top if table.bbox else 0.0, _cells(page, n, table)) for n, table in tables),
    ]
    pieces = [piece for _, group in sorted(items, key=lambda item: item[0]) for piece in group]
    pieces, scratches = _without_scratches(pieces)
    furniture += scratches
    if not furniture:
        return pieces
    notes = [Piece(page.number, "furniture", (row,)) for row in furniture]
    at = next((i + 1 for i, p in enumerate(pieces) if p.role == "text" and len(p.rows) > 1), len(pieces))
    return [*pieces[:at], *notes, *pieces[at:]]


def _without_scratches(pieces: list[Piece]) -> tuple[list[Piece], list[Row]]:
    """The pieces, and apart from them the rows of a head that are the ruled line under it, read as letters."""
    kept, apart = [], []
    for piece in pieces:
        noise = [row for row in piece.rows if piece.role in _HEADS and is_scratch(row)]
        rows = tuple(row for row in piece.rows if row not in noise)
        apart += noise
        if rows:
            kept.append(replace(piece, rows=rows) if noise else piece)
    return kept, apart


def _columns(rows: list[Row], page: Page, breaks: Sequence[float] = ()) -> Iterator[tuple[float, list[Piece]]]:
    """Heads, foot and the text between them and the tables, each with its top. `breaks`: where tables start."""
    heads = find_heads(rows, page.width)
    rest = _without(rows, heads)
    foot = find_foot(rest, page.width)
    rest = _without(rest, [foot]) if foot else rest
    pair = find_pair(rest, page.width)
    rest = _without(rest, [pair]) if pair else rest
    regions = [*heads, *(region for region in (foot, pair) if region)]
    for region in regions:
        yield region.top, _region(region, page)
    stretch: list[Row] = []
    tops = sorted([*(region.top for region in regions), *breaks])
    for row in rest:
        if stretch and any(stretch[0].bbox.top < top <= row.bbox.top for top in tops):
            yield stretch[0].bbox.top, _text(stretch, page)
            stretch = []
        stretch.append(row)
    if stretch:
        yield stretch[0].bbox.top, _text(stretch, page)


def _without(rows: Sequence[Row], regions: Sequence[Region]) -> list[Row]:
    taken = {id(word) for region in regions for word in (*region.left, *region.right)}
    return [row for row in rows if id(row.words[0]) not in taken]


def _text(rows: Sequence[Row], page: Page) -> list[Piece]:
    return [Piece(page.number, "text", tuple(group)) for group in paragraphs(rows, page.width / 2)]


def _region(region: Region, page: Page) -> list[Piece]:
    sides: tuple[tuple[Role, tuple[Word, ...]], ...]
    if region.kind == "head":
        sides = (("head-left", region.left), ("head-right", region.right))
    elif region.kind == "pair":
        sides = (("foot-right", region.left), ("foot-right", region.right))
    else:
        sides = (("foot-left", region.left), ("foot-right", region.right))
    return [Piece(page.number, role, tuple(group)) for role, words in sides for group in paragraphs(find_rows(words))]


def _tables(page: Page) -> tuple[list[Word], list[tuple[int, Table]]]:
    """The words outside of tables, and the tables with the words of their cells."""
    rest = list(page.words)
    filled = []
    for number, table in enumerate(page.tables):
        cells = []
        for cell in table.cells:
            inside = [word for word in rest if cell.bbox is not None and _inside(word.bbox, cell.bbox)]
            held = {id(word) for word in inside}
            rest = [word for word in rest if id(word) not in held]
            cells.append(replace(cell, words=cell.words or tuple(inside)))
        filled.append((number, replace(table, cells=tuple(cells))))
    return rest, filled


def _inside(word: BBox, box: BBox) -> bool:
    return box.x0 <= word.centre <= box.x1 and box.top <= word.middle <= box.bottom


def _cells(page: Page, number: int, table: Table) -> list[Piece]:
    ordered = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    return [Piece(page.number, "cell", tuple(find_rows(cell.words)), number, cell) for cell in ordered]
