"""Two pages on one sheet are read one after the other, and stay where they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractor.document import BBox, Cell, Page, Table, Word
from extractor.layout.compose import page_pieces
from extractor.layout.spread import halves
from tests.layout.pages import page, words

LEFT = [words(f"Dòng trái thứ {n} của trang bên trái nói về việc thứ nhất", 80, 90 + 18 * n) for n in range(4)]
RIGHT = [words(f"Dòng phải thứ {n} của trang bên phải nói về việc thứ hai", 690, 90 + 18 * n) for n in range(4)]


def sheet(*lines: list[Word], tables: tuple[Table, ...] = ()) -> Page:
    return replace(page(*lines, tables=tables), width=1190.0)


def test_left_before_right_and_boxes_as_on_the_sheet() -> None:
    spread = sheet(*(line for both in zip(LEFT, RIGHT, strict=True) for line in both))
    rows = [row for piece in page_pieces(spread) for row in piece.rows]
    assert [row.text.split()[1] for row in rows] == ["trái"] * 4 + ["phải"] * 4
    there = {(word.text, round(word.bbox.x0, 3), word.bbox.top) for word in spread.words}
    assert {(word.text, round(word.bbox.x0, 3), word.bbox.top) for row in rows for word in row.words} == there


def test_tables_keep_their_number_on_the_sheet() -> None:
    def table(x: float) -> Table:
        cell = Cell(0, 0, bbox=BBox(x, 300, x + 200, 330), words=tuple(words("ô bảng", x + 5, 305)))
        return Table(1, BBox(x, 300, x + 200, 330), 1, 1, (cell,))

    spread = sheet(*LEFT, *RIGHT, tables=(table(700.0), table(100.0)))
    cells = [piece for piece in page_pieces(spread) if piece.cell is not None]
    assert [piece.table for piece in cells] == [1, 0]
    assert [piece.cell.bbox for piece in cells if piece.cell] == [BBox(100, 300, 300, 330), BBox(700, 300, 900, 330)]


@pytest.mark.parametrize(
    "single",
    [
        page(*LEFT),
        sheet(*LEFT),
        sheet(*LEFT, *RIGHT, words("Một dòng chạy ngang qua chỗ gấp của tờ giấy", 520, 60)),
        replace(sheet(*LEFT, *RIGHT), height=1684.0),
    ],
    ids=["small", "half-empty", "crossed", "upright"],
)
def test_what_is_no_spread(single: Page) -> None:
    assert halves(single) is None
