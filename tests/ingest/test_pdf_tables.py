"""Ruled tables of born-digital pages."""

from __future__ import annotations

import pikepdf
import pytest

from extractor.document import BBox, Cell, Word
from extractor.ingest import read
from extractor.ocr.cells import Grid, fill
from tests.ingest.build import SAMPLES, lines, pdf_of, read_pdf, sample, text_of


def _cell_text(cell: Cell | None) -> str:
    return " ".join(word.text for word in cell.words) if cell else ""


def test_cells_with_merged_producers() -> None:
    page = read(SAMPLES / "quyet-dinh-bang-pdf" / "source.pdf").pages[0]
    (table,) = page.tables
    assert (table.rows, table.columns) == (8, 5)
    assert _cell_text(table.at(0, 1)) == "Tên sản phẩm"
    producer = table.at(1, 2)
    assert producer is not None
    assert producer.rowspan == 2
    assert table.at(2, 2) is producer


def test_a_word_is_in_a_cell_or_on_the_page_never_in_both() -> None:
    page = read(SAMPLES / "quyet-dinh-bang-pdf" / "source.pdf").pages[0]
    inside = [word for table in page.tables for cell in table.cells for word in cell.words]
    assert inside
    assert not set(inside) & set(page.words)
    assert "Tên chủ thể" not in text_of(page)
    for table in page.tables:
        for cell in table.cells:
            assert cell.bbox is not None
            assert all(cell.bbox.contains(word.bbox, 4.0) for word in cell.words)


def test_boxes_filled_without_an_outline_are_no_table() -> None:
    shades = b" ".join(b"1 1 1 rg %d %d 140 20 re f" % (72 + 150 * x, 700 - 30 * y) for x in range(3) for y in range(4))
    page = read_pdf(pdf_of(shades + b" 0 g " + lines(b"Thuc hien theo quy dinh"))).pages[0]
    assert page.tables == ()


def test_a_frame_around_text_is_no_table() -> None:
    page = read_pdf(pdf_of(b"72 700 300 80 re S " + lines(b"MAT"))).pages[0]
    assert page.tables == ()
    assert text_of(page) == "MAT"


def test_drawn_grid_is_a_table() -> None:
    grid = b" ".join(b"%d %d 140 20 re S" % (72 + 140 * x, 700 + 20 * y) for x in range(2) for y in range(2))
    page = read_pdf(pdf_of(grid + b" " + lines(b"trai", x=80, top=705) + b" " + lines(b"phai", x=220, top=725))).pages[
        0
    ]
    (table,) = page.tables
    assert _cell_text(table.at(1, 0)) == "trai"
    assert _cell_text(table.at(0, 1)) == "phai"
    assert page.words == ()


def test_fill_orders_the_words_of_a_cell_by_line() -> None:
    grid = Grid(BBox(0, 0, 100, 50), 1, 1, (Cell(0, 0, bbox=BBox(0, 0, 100, 50)),))
    words = [
        Word("hai", BBox(5, 21, 20, 30)), Word("dòng", BBox(30, 6, 50, 15)), Word("một", BBox(5, 5, 20, 15)),
        Word("ngoài", BBox(120, 5, 140, 15)),
    ]  # fmt: skip
    (table,), rest = fill([grid], words, 3)
    assert [word.text for word in table.cells[0].words] == ["một", "dòng", "hai"]
    assert [word.text for word in rest] == ["ngoài"]
    assert table.page == 3


@pytest.mark.parametrize("quarter", [0, 90, 180, 270])
@pytest.mark.parametrize("box", ["CropBox", "MediaBox"])
def test_cells_and_words_meet_on_pages_that_are_cut_and_turned(quarter: int, box: str) -> None:
    pdf = sample("to-trinh-pdf")
    pdf.pages[0].obj[f"/{box}"] = pikepdf.Array([40, 60, 580, 800])
    pdf.pages[0].Rotate = quarter
    (table,) = read_pdf(pdf).pages[0].tables
    assert [_cell_text(table.at(0, column)) for column in range(4)] == [
        "STT",
        "Sản phẩm",
        "Đơn vị sản xuất",
        "Đề nghị xếp hạng",
    ]


@pytest.mark.parametrize("name", ["quyet-dinh-bang-pdf", "to-trinh-pdf"])
def test_our_grid_and_the_second_opinion_agree(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def texts() -> list[list[tuple[int, int, int, int, str]]]:
        pages = read(SAMPLES / name / "source.pdf").pages
        return [
            [(c.row, c.column, c.rowspan, c.colspan, _cell_text(c)) for c in table.cells]
            for p in pages
            for table in p.tables
        ]

    ours = texts()
    monkeypatch.setattr("extractor.ingest.pdf.pdfrules.grids", lambda page: [])
    assert ours
    assert texts() == ours


def test_table_drawn_inside_a_form_is_found_by_the_second_opinion() -> None:
    pdf = pdf_of(lines(b"trai", x=80, top=705) + b" /T Do")
    grid = b" ".join(b"%d %d 140 20 re S" % (72 + 140 * x, 700 + 20 * y) for x in range(2) for y in range(2))
    form = pikepdf.Stream(pdf, grid)
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 595, 842])
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(T=pdf.make_indirect(form))
    (table,) = read_pdf(pdf).pages[0].tables
    assert _cell_text(table.at(1, 0)) == "trai"
