"""Tables of a Word document: ruled ones become cells, unruled ones are only a way to set columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from extractor.ingest import wordstyles
from extractor.ingest.textbuilder import TextBuilder
from extractor.ingest.wordtext import Numbering, paragraph_text, text_boxes
from extractor.text.normalise import fold

_MOST_COLUMNS = 63  # as many as Word draws: a damaged file may claim millions
_NO_LINE = (None, "none", "nil")
_HEAD_OR_FOOT = ("cong hoa xa hoi", "dang cong san viet nam", "noi nhan:", "doc lap - tu do")


def write(table: WordTable, builder: TextBuilder, numbering: Numbering) -> None:
    """Puts a table: as cells when it is ruled, cell after cell when it only sets header or signature columns."""
    cells, rows, columns = _grid(table, numbering)
    text = fold(" ".join(cell[4] for cell in cells))
    layout = rows <= 6 and any(cue in text for cue in _HEAD_OR_FOOT)
    if layout or not _ruled(table) or rows * columns < 2:
        for cell in sorted(cells, key=lambda item: (item[1], item[0]) if layout else (item[0], item[1])):
            for paragraph in cell[4].split("\n\n"):
                builder.paragraph(paragraph)
        return
    builder.table(cells, rows, columns)


def _grid(table: WordTable, numbering: Numbering) -> tuple[list[tuple[int, int, int, int, str]], int, int]:
    """Cells as (row, column, rowspan, colspan, text), and the size of the grid."""
    found: list[tuple[int, int, int, int, str]] = []
    open_at: dict[int, int] = {}
    rows = columns = 0
    for row, element in enumerate(table._tbl.tr_lst):
        column = _before(element)
        for cell in _cells(element):
            width = min(_MOST_COLUMNS, max(1, cell.grid_span))
            if cell.vMerge == "continue" and column in open_at:
                index = open_at[column]
                top, left, _height, span, text = found[index]
                found[index] = (top, left, row - top + 1, span, text)
            else:
                open_at[column] = len(found)
                found.append((row, column, 1, width, _cell_text(cell, table, numbering)))
            column += width
        rows, columns = row + 1, max(columns, column)
    return found, rows, columns


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag == qn("w:sdt"):
            yield from child.iter(qn("w:tc"))


def _before(row: Any) -> int:
    properties = row.find(qn("w:trPr"))
    found = properties.find(qn("w:gridBefore")) if properties is not None else None
    return min(_MOST_COLUMNS, int(found.get(qn("w:val"), "0"))) if found is not None else 0


def _cell_text(cell: Any, table: WordTable, numbering: Numbering) -> str:
    """Paragraphs of a cell with an empty line between, tables inside it included."""
    parts = []
    for element in cell.iter(qn("w:p")):
        if any(parent.tag == qn("w:txbxContent") for parent in element.iterancestors()):
            continue
        paragraph = Paragraph(element, table)
        parts += [*text_boxes(paragraph), numbering.label(paragraph) + paragraph_text(paragraph)]
    return "\n\n".join(part for part in parts if part.strip())


def _ruled(table: WordTable) -> bool:
    """Whether lines are drawn: by the table, its style, or most of its cells."""
    properties = table._tbl.find(qn("w:tblPr"))  # every table has them, but for those of some converters
    own = None if properties is None else properties.find(qn("w:tblBorders"))
    if own is not None:
        return _inner_lines(own)
    cells = list(table._tbl.iter(qn("w:tcBorders")))
    if cells:
        return sum(_any_line(borders) for borders in cells) > len(cells) / 2
    for style in wordstyles.of_table(table):
        borders = next(iter(style.iter(qn("w:tblBorders"))), None)
        if borders is not None:
            return _inner_lines(borders)
    return False


def _inner_lines(borders: Any) -> bool:
    return any(_line(borders, f"w:{side}") for side in ("insideH", "insideV"))


def _any_line(borders: Any) -> bool:
    return any(_line(borders, f"w:{side}") for side in ("top", "bottom", "left", "right", "start", "end"))


def _line(borders: Any, name: str) -> bool:
    found = borders.find(qn(name))
    return found is not None and found.get(qn("w:val")) not in _NO_LINE
