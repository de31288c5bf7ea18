"""Invented signature pages for the tests of signers and recipients."""

from __future__ import annotations

from collections.abc import Iterable

from extractor import ruleset
from extractor.document import BBox, Document, Page, Reading, Word
from extractor.layout import arrange

RULES = ruleset.load()
Row = tuple[float, float, str] | tuple[float, float, str, float]


def words_of(rows: Iterable[Row], size: float = 12.0) -> tuple[Word, ...]:
    """Words of rows `(x, y, text[, confidence])`, every letter half a size wide."""
    made = []
    for row in rows:
        x, y, text = row[:3]
        confidence = row[3] if len(row) > 3 else 0.96
        for word in text.split():
            width = 0.5 * size * len(word)
            made.append(Word(word, BBox(x, y, x + width, y + size), confidence))
            x += width + 0.3 * size
    return tuple(made)


BODY: tuple[Row, ...] = (
    (70, 60, "ỦY BAN NHÂN DÂN"),
    (70, 76, "TỈNH MẪU"),
    (290, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (330, 76, "Độc lập - Tự do - Hạnh phúc"),
    (80, 110, "Số: 12/QĐ-UBND"),
    (330, 110, "Mẫu, ngày 05 tháng 3 năm 2024"),
    (240, 150, "QUYẾT ĐỊNH"),
    (170, 168, "Về việc công nhận sản phẩm mẫu"),
    (70, 220, "Điều 1. Công nhận các sản phẩm mẫu của tỉnh Mẫu theo danh sách kèm theo Quyết định"),
    (70, 236, "này và giao các đơn vị có liên quan chịu trách nhiệm thi hành Quyết định này./."),
)


def page_document(foot: Iterable[Row]) -> Document:
    """A one-page scan with a foot of the given rows."""
    page = Page(1, 595, 842, "ocr", words=words_of((*BODY, *foot)), mean_confidence=0.95)
    return arrange(Reading("mau.pdf", "0" * 64, "application/pdf", (page,)), RULES)
