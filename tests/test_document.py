"""Boxes, spans and the way from text back to the page."""

import numpy as np

from extractor.document import BBox, Cell, Document, Line, Page, Picture, PlacedWord, Region, Span, Table, Word
from extractor.text.normalise import normalise


def _document() -> Document:
    first = Word("Số:", BBox(10, 10, 30, 20), 0.9)
    second = Word("122/KH-UBND", BBox(32, 10, 90, 20), 0.6)
    third = Word("Đồng", BBox(10, 30, 40, 40), 1.0)
    lines = (
        Line(1, 0, 15, BBox(10, 10, 90, 20), (PlacedWord(0, first), PlacedWord(4, second))),
        Line(2, 16, 20, BBox(10, 30, 40, 40), (PlacedWord(16, third),)),
    )
    page = Page(1, 100, 100, "ocr")
    return Document("a.pdf", "0" * 64, "application/pdf", (page,), "Số: 122/KH-UBND\nĐồng\n", lines)


def test_regions_hold_only_the_words_of_the_span() -> None:
    document = _document()
    assert document.regions(Span(4, 15)) == (Region(1, BBox(32, 10, 90, 20)),)
    assert document.regions(Span(4, 20)) == (Region(1, BBox(32, 10, 90, 20)), Region(2, BBox(10, 30, 40, 40)))


def test_confidence_is_that_of_the_worst_word() -> None:
    assert _document().confidence(Span(0, 15)) == 0.6
    assert _document().confidence(Span(0, 3)) == 0.9


def test_page_of_an_offset() -> None:
    assert [_document().page_at(offset) for offset in (0, 14, 16)] == [1, 1, 2]


def test_raw_of_a_decomposed_text_is_verbatim() -> None:
    original = "x\u00a0Ho\u0301a, Ða\u0300 Nẵng"
    text, offsets = normalise(original)
    document = Document("a.txt", "", "text/plain", (), text, original=original, offsets=offsets)
    start = text.index("Hóa")
    assert document.raw(Span(start, start + 3)) == "Ho\u0301a"
    start = text.index("Đà")
    assert document.raw(Span(start, start + 2)) == "Ða\u0300"


def test_merged_cells_cover_their_grid() -> None:
    table = Table(1, None, 2, 2, (Cell(0, 0, rowspan=2), Cell(0, 1), Cell(1, 1)))
    assert table.at(1, 0) is table.cells[0]
    assert table.at(5, 0) is None


def test_crop_stays_on_the_page() -> None:
    picture = Picture(np.zeros((200, 100, 3), np.uint8), 144)
    assert picture.crop(BBox(-5, 0, 10, 10), margin=3).shape == (27, 27, 3)
