"""Digits set in later, ruled tables, symbols that OCR broke: each with its mechanism and without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from extractor import pipeline, ruleset
from extractor.layout import arrange, assemble
from extractor.ocr import grid
from extractor.ocr import page as ocr_page
from extractor.recognise import handwritten
from extractor.recognise.citation_grammar import grammar_of
from extractor.text.identifiers import Grammar
from extractor.text.symbols import Parts
from tests.traps.make import letter, pdf, pictures, scanned
from tests.traps.trap import Seen, Trap, both, check

PLAN = {
    "columns": [{"title": "Việc phải làm"}, {"title": "Đơn vị chủ trì"}, {"title": "Thời hạn"}],
    "rows": [["Khảo sát nhu cầu", "Văn phòng Sở", "Tháng 7"], ["Tập huấn", None, "Tháng 8"],
             ["Tổng kết", "Thanh tra Sở", "Tháng 12"]],
}  # fmt: skip


def written(*fields: str) -> bytes:
    return scanned(pictures(letter(hand=list(fields)), ink=True))


def overprinted() -> bytes:
    """Number and day typed in afterwards, in another face and off the line."""
    return scanned(pictures(letter(number="1372", overprinted=["number", "issued_on"]), ink=True))


def ruled(quarters: int = 0) -> bytes:
    """A scanned page with a ruled table in which one cell spans two rows."""
    page = pictures(letter(body=[{"text": "Phân công thực hiện như sau:"}, {"table": PLAN}]), ink=True)[0]
    return scanned([np.ascontiguousarray(np.rot90(page, quarters))])


def cells_of(seen: Seen) -> dict[tuple[int, int, int], str]:
    """Row, column and rowspan of each cell → its text."""
    tables = [table for page in seen.reading.pages for table in page.tables]
    return {
        (cell.row, cell.column, cell.rowspan): " ".join(word.text for word in cell.words)
        for table in tables
        for cell in table.cells
    }


def merged(seen: Seen) -> bool:
    cells = cells_of(seen)
    return cells.get((1, 1, 2)) == "Văn phòng Sở" and cells.get((2, 2, 1)) == "Tháng 8"


def products_over_pages() -> bytes:
    """A product table whose second page does not repeat its heading."""
    rows = [[str(n), f"Chè dây Bản Sửng {n}", "HTX Chè dây Bản Sửng", "3 sao"] for n in range(1, 46)]
    columns = [
        {"title": "TT", "width": 0.3},
        {"title": "Tên sản phẩm"},
        {"title": "Chủ thể"},
        {"title": "Xếp hạng", "width": 0.5},
    ]
    table = {"columns": columns, "rows": rows, "repeat_head": False}
    return pdf(letter(type_word="QUYẾT ĐỊNH", symbol="QĐ-UBND", subject="Công nhận sản phẩm OCOP đạt hạng 3 sao",
                      body=[{"text": "Công nhận các sản phẩm OCOP đạt hạng 3 sao:"}, {"table": table}]))  # fmt: skip


def joined(seen: Seen) -> bool:
    """One table for the program, all of its rows as products."""
    document = arrange(seen.reading, ruleset.load())
    return len(seen.reading.pages) == 2 and len(document.tables) == 1 and len(seen.record["products"]) == 45


def unwritten(patch: pytest.MonkeyPatch) -> None:
    recognisers = tuple(one for one in pipeline.RECOGNISERS if one is not handwritten.find)
    patch.setattr(pipeline, "RECOGNISERS", recognisers)


def unruled(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(grid, "find", lambda grey, _dpi: ([], np.zeros_like(grey)))


def single_cells(patch: pytest.MonkeyPatch) -> None:
    """Every cell as if it spanned one row and one column."""
    whole = ocr_page.read_cells

    def read(*given: object) -> object:
        found = whole(*given)  # type: ignore[arg-type]
        return replace(found, cells=tuple(replace(cell, rowspan=1, colspan=1) for cell in found.cells))

    patch.setattr(ocr_page, "read_cells", read)


def unturned(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ocr_page, "_turns", lambda *_: iter((0,)))


def apart(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(assemble, "_continues", lambda *_: False)


def number_is(number: str) -> Callable[[Seen], bool]:
    def holds(seen: Seen) -> bool:
        return seen.record["number"] == number and seen.record["issued_on"] == "2023-06-17"

    return holds


TRAPS = [
    Trap("hand-number", lambda: written("number"), number_is("683"), unwritten),
    Trap("hand-day", lambda: written("issued_on"), number_is("683"), unwritten),
    Trap("merged-cells", ruled, merged, single_cells),
    Trap("ruled-table", ruled, merged, unruled),
    Trap("turned-table", lambda: ruled(1), merged, unturned),
    Trap("table-over-pages", products_over_pages, joined, apart),
]


@pytest.mark.parametrize(("trap", "off"), both(TRAPS))
def test_hand_and_tables(trap: Trap, off: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    check(trap, off, monkeypatch)


def test_overprinted_digits_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tesseract alone may read them too; that the picture decides is tests/recognise/test_handwritten.py's."""
    check(Trap("overprinted", overprinted, number_is("1372"), unwritten), False, monkeypatch)


@pytest.mark.parametrize(
    ("read", "text"), [("12/HDANN", "12/HĐ/NN"), ("205/QD-TTG", "205/QĐ-TTg"), ("04/CT-UƯBND", "04/CT-UBND")]
)
def test_broken_symbols(read: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    grammar = Grammar(grammar_of(ruleset.load()).parts.extended(["NN"]))
    (found,) = grammar.scan(read)
    assert found.identifier.text == text
    assert found.identifier.reasons, "a repair is told"
    monkeypatch.setattr(Parts, "repair", lambda _self, part, **_: part)
    assert all(other.identifier.text != text for other in grammar.scan(read))
