"""Ruled tables in pictures: grid, merged cells, tilt, what is none; cells and rows of stars."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractor.document import BBox, Cell, Word
from extractor.ocr import grid, starshape, straighten
from extractor.ocr.cellread import read_cells
from extractor.ocr.cells import Grid
from extractor.ocr.engine import Grey, Mode, Orientation

XS, YS = (150, 300, 800, 1200, 1500), (400, 480, 560, 640, 720)


def _ruled(merge: bool = True) -> Grey:
    """A page with a grid of 4 × 4; the third column's second and third row are one cell."""
    page = np.full((2339, 1654), 255, np.uint8)
    for y in YS:
        if merge and y == YS[2]:
            cv2.line(page, (XS[0], y), (XS[2], y), 0, 2)
            cv2.line(page, (XS[3], y), (XS[4], y), 0, 2)
        else:
            cv2.line(page, (XS[0], y), (XS[4], y), 0, 2)
    for x in XS:
        cv2.line(page, (x, YS[0]), (x, YS[4]), 0, 2)
    return page


@pytest.mark.parametrize("tilt", [0.0, 0.25, -0.25])
def test_grid_with_a_merged_cell(tilt: float) -> None:
    (found,), lines = grid.find(straighten.unskew(_ruled(), tilt), 200)
    assert (found.rows, found.columns, len(found.cells)) == (4, 4, 15)
    merged = [cell for cell in found.cells if cell.rowspan == 2]
    assert [(cell.row, cell.column) for cell in merged] == [(1, 2)]
    box = merged[0].bbox
    assert box is not None
    expected = tuple(v * 72 / 200 for v in (XS[2], YS[1], XS[3], YS[3]))
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx(expected, abs=2.5)
    assert lines.any()


def test_single_row_between_section_rows_keeps_its_cells() -> None:
    page = np.full((2339, 1654), 255, np.uint8)
    for y in (400, 470, 540, 610, 680, 750, 820):
        cv2.line(page, (XS[0], y), (XS[4], y), 0, 2)
    for x in XS:  # rows 1 and 3 run over all columns
        for top, bottom in ((400, 470), (540, 610), (680, 820)) if x in XS[1:4] else ((400, 820),):
            cv2.line(page, (x, top), (x, bottom), 0, 2)
    (found,), lines = grid.find(page, 200)
    assert [sum(cell.row == row for cell in found.cells) for row in range(6)] == [4, 1, 4, 1, 4, 4]
    assert lines[575, XS[3]] == 255


def test_gap_in_a_line_does_not_merge_cells() -> None:
    page = _ruled(merge=False)
    page[YS[1] - 3 : YS[1] + 4, 500:540] = 255
    (found,), _ = grid.find(page, 200)
    assert len(found.cells) == 16


def test_frame_rules_and_underlines_are_no_tables() -> None:
    page = np.full((2339, 1654), 255, np.uint8)
    cv2.rectangle(page, (100, 100), (700, 300), 0, 3)
    cv2.line(page, (300, 500), (900, 500), 0, 2)
    cv2.line(page, (300, 540), (900, 540), 0, 2)
    found, lines = grid.find(page, 200)
    assert found == []
    assert not lines.any()


def test_text_is_never_taken_for_lines() -> None:
    page = _ruled()
    cv2.putText(page, "HHHHHHHHHHHHHHHHHHHHHHHHHHHH EEEEEEEEEEE", (150, 1000), cv2.FONT_HERSHEY_COMPLEX, 1.0, 0, 2)
    _, lines = grid.find(page, 200)
    assert not lines[900:1100].any()


class _Recorder:
    """An engine that reports one word for each dark line of what it is given."""

    name = "recorder"

    def __init__(self) -> None:
        self.seen: list[Grey] = []

    def recognise(self, grey: Grey, dpi: float, mode: Mode = "page") -> list[Word]:
        self.seen.append(grey)
        count, _, boxes, _ = cv2.connectedComponentsWithStats((grey < 128).astype(np.uint8))
        scale = 72 / dpi
        found = []
        for x, y, width, height, _area in boxes[1:count].tolist():
            box = BBox(x * scale, y * scale, (x + width) * scale, (y + height) * scale)
            found.append(Word(f"w{round(width / dpi * 20)}", box))
        return found

    def orientation(self, grey: Grey, dpi: float) -> Orientation | None:
        return None


def test_cells_are_read_without_lines_and_words_come_back_to_their_place() -> None:
    page = _ruled()
    marks = {(0, 0): (200, 430, 40), (1, 2): (900, 540, 120), (3, 0): (190, 680, 30)}
    for x, y, width in marks.values():
        page[y : y + 12, x : x + width] = 0
    (found,), lines = grid.find(page, 200)
    engine = _Recorder()
    read = read_cells(page, lines, found, 200, engine)
    words = {(cell.row, cell.column): cell.words for cell in read.cells if cell.words}
    assert set(words) == set(marks)
    for place, (x, y, width) in marks.items():
        (word,) = words[place]
        assert word.text == f"w{width // 10}"
        assert (word.bbox.x0, word.bbox.top) == pytest.approx((x * 0.36, y * 0.36), abs=1)
    assert len(engine.seen) == 2, "one strip for each column that holds ink"


def _star(page: Grey, x: int, y: int, size: int = 12) -> None:
    tips = [
        (x + size * r * np.sin(k * np.pi / 5), y - size * r * np.cos(k * np.pi / 5))
        for k, r in ((k, 1.0 if k % 2 == 0 else 0.4) for k in range(10))
    ]
    cv2.fillPoly(page, [np.array(tips, np.int32)], 0)


@pytest.mark.parametrize(("count", "read"), [(3, "xx**"), (4, "xx**®*"), (5, "*****"), (4, "★★")])
def test_stars_are_counted_by_shape(count: int, read: str) -> None:
    page = np.full((100, 300), 255, np.uint8)
    for index in range(count):
        _star(page, 40 + 30 * index, 50)
    box = BBox(27 * 0.36, 37 * 0.36, (30 * count + 24) * 0.36, 62 * 0.36)
    half = BBox(box.x0, box.top, box.centre, box.bottom)
    rest = BBox(box.centre, box.top, box.x1, box.bottom)
    assert [w.text for w in starshape.restore([Word(read, box)], page, 200)] == ["★" * count]
    split = starshape.restore([Word(read[:2], half), Word(read[2:] or "*", rest)], page, 200)
    assert [w.text for w in split] == ["★" * count]


def test_letters_x_are_no_stars() -> None:
    page = np.full((100, 300), 255, np.uint8)
    cv2.putText(page, "xxx", (30, 60), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    word = Word("xxx", BBox(8, 10, 50, 24))
    assert starshape.restore([word], page, 200) == [word]


def test_other_words_are_not_looked_at() -> None:
    word = Word("3*", BBox(0, 0, 10, 10))
    grid_of_one = Grid(BBox(0, 0, 50, 50), 1, 1, (Cell(0, 0, bbox=BBox(0, 0, 50, 50)),))
    assert starshape.restore([word], np.full((100, 100), 255, np.uint8), 200) == [word]
    assert (
        read_cells(np.full((100, 100), 255, np.uint8), np.zeros((100, 100), np.uint8), grid_of_one, 200, _Recorder())
        .cells[0]
        .words
        == ()
    )


def test_tables_with_little_room_between_them_stay_apart() -> None:
    page = np.full((2339, 1654), 255, np.uint8)
    for left in (150, 820):
        for y in (400, 480, 560):
            cv2.line(page, (left, y), (left + 650, y), 0, 2)
        for x in (left, left + 300, left + 650):
            cv2.line(page, (x, 400), (x, 560), 0, 2)
    found, lines = grid.find(page, 200)
    assert [(table.rows, table.columns) for table in found] == [(2, 2), (2, 2)]
    inked = (page == 0) & (lines == 0)
    assert int(inked.sum()) < 0.02 * int((page == 0).sum())  # the mask covers the lines to their ends
