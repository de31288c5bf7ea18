"""Vietnamese words for codes in reports."""

from __future__ import annotations

TAKEN = {
    "accepted": "nhận mới",
    "duplicate": "trùng nội dung",
    "known": "đã có từ lần trước",
    "unreadable": "không lấy được",
    "skipped": "bỏ qua (tệp hệ thống)",
    "new": "tệp chưa có trong kho",
}
STATUS = {"done": "xong", "failed": "lỗi", "queued": "đang chờ", "running": "đang đọc"}
FAILURES = {
    "corrupt": "tệp hỏng",
    "configuration": "thiếu chương trình hoặc cấu hình sai",
    "empty": "tệp rỗng",
    "encrypted": "có mật khẩu",
    "input": "tệp không dùng được",
    "limit": "vượt giới hạn bộ nhớ hoặc thời gian",
    "processing": "làm sập hoặc treo tiến trình đọc",
    "too-large": "quá lớn",
    "unreadable": "không lấy được từ thư mục",
    "unsupported-format": "định dạng không đọc được",
    "worker-lost": "máy dừng nhiều lần khi đọc",
}
ISSUES = {
    "date-incomplete": "ngày không đủ",
    "date-conflict": "ngày không khớp",
    "type-conflict": "loại và ký hiệu không khớp",
    "sum-mismatch": "tổng không khớp",
    "reference-date-conflict": "viện dẫn có hai ngày",
    "star-out-of-range": "hạng sao ngoài khoảng",
    "star-authority": "cấp công nhận không đúng thẩm quyền",
    "target-below-achieved": "chỉ tiêu thấp hơn số đã đạt",
    "recognition-expired": "công nhận đã quá 36 tháng",
    "place-unknown": "địa danh không có trong danh mục",
    "low-confidence": "độ tin cậy thấp",
    "page-unreadable": "trang không đọc được",
    "page-blank": "trang trắng",
    "text-layer-garbled": "lớp chữ hỏng",
    "signature-present": "có chữ ký số",
    "duplicate": "trùng văn bản",
    "several-documents": "nhiều văn bản trong một tệp",
    "handwritten": "viết tay",
}
_ENDINGS = {
    "-not-found": "không tìm thấy",
    "-blank": "để trống",
    "-unreadable": "không đọc được",
    "-conflict": "không khớp",
}
_FIELDS = {
    "number": "số",
    "symbol": "ký hiệu",
    "identifier": "số, ký hiệu",
    "doc-type": "loại văn bản",
    "issued-on": "ngày ban hành",
    "issued-at": "địa danh",
    "agency": "cơ quan",
    "subject": "trích yếu",
}


def issue(code: str) -> str:
    """An issue in words, its code behind it.

    >>> issue("number-blank"), issue("duplicate"), issue("x")
    ('số để trống (number-blank)', 'trùng văn bản (duplicate)', 'x')
    """
    if code in ISSUES:
        return f"{ISSUES[code]} ({code})"
    for ending, words in _ENDINGS.items():
        field = code.removesuffix(ending)
        if field != code and field in _FIELDS:
            return f"{_FIELDS[field]} {words} ({code})"
    return code


def failure(code: str) -> str:
    """Why a file gave no result, in words.

    >>> failure("corrupt"), failure("x")
    ('tệp hỏng', 'x')
    """
    return FAILURES.get(code, code)


def counted(counts: dict[str, int], names: dict[str, str]) -> str:
    """Counts in words, in the order of the names.

    >>> counted({"duplicate": 2, "accepted": 1200}, TAKEN)
    '1.200 nhận mới, 2 trùng nội dung'
    """
    order = [*names, *sorted(counts.keys() - names.keys())]
    return ", ".join(f"{number(counts[key])} {names.get(key, key)}" for key in order if counts.get(key))


def number(value: int) -> str:
    """A count with Vietnamese thousands dots."""
    return f"{value:,}".replace(",", ".")


def size(value: int) -> str:
    """Bytes in words.

    >>> size(2_500_000), size(3_200_000_000)
    ('2,5 MB', '3,2 GB')
    """
    unit, amount = ("GB", value / 1e9) if value >= 1e9 else ("MB", value / 1e6)
    return f"{amount:.1f} {unit}".replace(".", ",")


def span(seconds: float) -> str:
    """A time in words.

    >>> span(20), span(600), span(9000), span(300000)
    ('20 giây', '10 phút', '2,5 giờ', '3,5 ngày')
    """
    if seconds < 90:
        return f"{seconds:.0f} giây"
    if seconds < 5400:
        return f"{seconds / 60:.0f} phút"
    if seconds < 172_800:
        return f"{seconds / 3600:.1f} giờ".replace(".", ",")
    return f"{seconds / 86_400:.1f} ngày".replace(".", ",")
