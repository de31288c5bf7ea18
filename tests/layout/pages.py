"""Pages made of words for tests: text at a place, each letter half as wide as the type is high."""

from __future__ import annotations

from extractor.document import BBox, Page, Reading, Table, Word

WIDTH, HEIGHT = 595.0, 842.0


def words(
    text: str, x: float, y: float, size: float = 12.0, confidence: float = 0.95, slant: float = 0.0
) -> list[Word]:
    """The words of a line that starts at `x` with its top at `y`; `slant` in points per point."""
    found = []
    for token in text.split(" "):
        width = len(token) * size * 0.5
        top = y + slant * (x - 80)
        if token:
            found.append(Word(token, BBox(x, top, x + width, top + size), confidence))
        x += width + size * 0.35
    return found


def centred(text: str, y: float, size: float = 12.0, middle: float = WIDTH / 2) -> list[Word]:
    """A line set about an axis."""
    line = words(text, 0, y, size)
    shift = middle - line[-1].bbox.x1 / 2
    return [Word(w.text, BBox(w.bbox.x0 + shift, w.bbox.top, w.bbox.x1 + shift, w.bbox.bottom), 0.95) for w in line]


def page(*lines: list[Word], number: int = 1, tables: tuple[Table, ...] = ()) -> Page:
    """A scanned page of these lines."""
    return Page(number, WIDTH, HEIGHT, "ocr", words=tuple(w for line in lines for w in line), tables=tables)


def reading(*pages: Page) -> Reading:
    """A scanned file."""
    return Reading("scan.pdf", "0" * 64, "application/pdf", pages)


def head(number: str = "Số: 12/KH-UBND", date: str = "Mẫu Sơn, ngày 15 tháng 02 năm 2022") -> list[list[Word]]:
    """The two-column head of a form: agency and number left, motto, place and date right."""
    return [
        centred("ỦY BAN NHÂN DÂN", 60, 11, 160),
        centred("HUYỆN MẪU SƠN", 75, 11, 160),
        centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 60, 11, 410),
        centred("Độc lập - Tự do - Hạnh phúc", 75, 12, 410),
        centred(number, 100, 12, 160),
        centred(date, 100, 12, 410),
    ]
