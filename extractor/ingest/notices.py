"""The reader's notices and their Vietnamese words, in one place."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.document import BBox, Notice, Page, Region


def _pages(pages: Sequence[Page]) -> tuple[str, tuple[Region, ...]]:
    numbers = ", ".join(str(page.number) for page in pages)
    return numbers, tuple(Region(page.number, BBox(0.0, 0.0, page.width, page.height)) for page in pages)


def garbled(pages: Sequence[Page]) -> Notice:
    """Embedded text thrown away and the pages read by OCR."""
    numbers, regions = _pages(pages)
    return Notice(
        "text-layer-garbled",
        "warning",
        f"Lớp chữ có sẵn của trang {numbers} bị hỏng nên đã bỏ và đọc lại từ ảnh; hãy đối chiếu với ảnh trang.",
        regions,
    )


def blank(pages: Sequence[Page]) -> Notice:
    """Pages without print."""
    numbers, regions = _pages(pages)
    return Notice("page-blank", "info", f"Trang {numbers} trắng, không có chữ in.", regions)


def unreadable(pages: Sequence[Page]) -> Notice:
    """Pages with ink that OCR could not make sense of."""
    numbers, regions = _pages(pages)
    return Notice(
        "page-unreadable",
        "error",
        f"Trang {numbers} có chữ nhưng máy không đọc được; hãy quét lại rõ hơn hoặc nhập tay.",
        regions,
    )


def failed(number: int) -> Notice:
    """A page of a damaged file that could not be opened."""
    return Notice(
        "page-unreadable", "error", f"Trang {number} bị lỗi trong tệp, không mở được; hãy kiểm tra lại bản gốc."
    )


def lost(first: int, last: int, why: str) -> Notice:
    """Pages whose reading broke down again and again."""
    named = str(first) if first == last else f"{first}–{last}"
    return Notice(
        "page-unreadable",
        "error",
        f"Trang {named} không đọc được ({why}); các trang khác vẫn được đọc, hãy xem bản gốc.",
    )


def signed(regions: tuple[Region, ...]) -> Notice:
    """A digital signature in the file."""
    return Notice(
        "signature-present",
        "info",
        "Tệp có chữ ký số; tệp gốc được giữ nguyên từng byte để chữ ký còn giá trị.",
        regions,
    )


def legacy(pages: Sequence[Page], encoding: str) -> Notice:
    """Text in an old Vietnamese encoding, decoded."""
    numbers, regions = _pages(pages)
    return Notice(
        "legacy-font", "info", f"Trang {numbers} dùng bảng mã cũ {encoding}; đã chuyển sang Unicode.", regions
    )
