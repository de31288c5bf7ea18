"""Words of the page. The source is Vietnamese; `ENGLISH` translates it, and a test finds what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Translate = Callable[[str], str]

ENGLISH: Mapping[str, str] = {
    "Tài liệu": "Documents",
    "Sản phẩm": "Products",
    "Tổng quan": "Overview",
    "Đọc văn bản": "Document reader",
    "Chuyển đến nội dung": "Skip to content",
    "Thanh điều hướng": "Main navigation",
    "Đăng xuất": "Sign out",
    "Đăng nhập": "Sign in",
    "Khóa truy cập": "Access key",
    "Nhập khóa do quản trị viên cấp.": "Enter the key that your administrator gave you.",
    "Khóa không đúng, đã bị thu hồi hoặc hết hạn.": "The key is wrong, revoked or expired.",
    "Thả tệp hoặc thư mục vào đây": "Drop files or a folder here",
    "PDF, ảnh quét, DOCX, DOC, HTML, TXT. Mỗi tệp tối đa": "PDF, scans, DOCX, DOC, HTML, TXT. Each file at most",
    "Chọn tệp": "Choose files",
    "Chọn thư mục": "Choose a folder",
    "Tìm trong toàn văn": "Full-text search",
    "Tìm": "Search",
    "Lọc": "Filter",
    "Thêm bộ lọc": "More filters",
    "Bỏ lọc": "Clear filters",
    "Loại": "Type",
    "Mọi loại": "Any type",
    "Cơ quan": "Agency",
    "Từ ngày": "From",
    "Đến ngày": "To",
    "Năm": "Year",
    "Chủ thể": "Producer",
    "Hạng sao": "Stars",
    "sao": "stars",
    "Tình trạng": "Status",
    "Xử lý": "Processing",
    "Vấn đề": "Issue",
    "Duyệt": "Review",
    "Mọi tình trạng": "Any status",
    "Mọi hạng": "Any",
    "Tất cả": "All",
    "Địa bàn": "Locality",
    "Khác với lần đọc mới": "Differs from newer reading",
    "Xem thêm": "Show more",
    "Chưa có tài liệu nào.": "No documents yet.",
    "Không có kết quả cho bộ lọc này.": "Nothing matches these filters.",
    "Xuất": "Export",
    "tài liệu": "documents",
    "sản phẩm": "products",
    "chờ đọc": "queued",
    "đang đọc": "reading",
    "đã đọc": "read",
    "không đọc được": "failed",
    "chưa duyệt": "not reviewed",
    "đã sửa": "corrected",
    "đã duyệt": "confirmed",
    "có khác biệt": "differs",
    "chỗ cần xem": "to check",
    "đăng ký": "registered",
    "đánh giá": "assessed",
    "đề nghị": "proposed",
    "được công nhận": "recognized",
    "mục tiêu": "target",
    "tiềm năng": "potential",
    "thu hồi": "revoked",
    "chưa rõ": "unknown",
    "Cần xem": "To check",
    "Không còn chỗ nào cần xem.": "Nothing left to check.",
    "Ảnh trang": "Page pictures",
    "Văn bản": "Text",
    "Trang": "Page",
    "Phóng to": "Zoom in",
    "Thu nhỏ": "Zoom out",
    "Vừa khung": "Fit",
    "Xác nhận": "Confirm",
    "Xóa": "Delete",
    "Thêm": "Add",
    "Duyệt xong": "Confirm document",
    "Mở lại": "Reopen",
    "Tài liệu tiếp theo": "Next document",
    "Đọc lại": "Read again",
    "Tệp gốc": "Original file",
    "Lịch sử": "History",
    "Phím tắt": "Keyboard",
    "Đóng": "Close",
    "Giá trị": "Value",
    "Độ tin cậy": "Confidence",
    "Trên trang": "On the page",
    "Lần đọc mới": "Newer reading",
    "Dùng lần đọc mới": "Use newer reading",
    "Giữ bản sửa": "Keep correction",
    "Đã có người khác sửa giá trị này.": "Someone else changed this value.",
    "Giá trị hiện tại": "Current value",
    "Giữ của tôi": "Keep mine",
    "Lấy giá trị hiện tại": "Take current value",
    "Đã lưu.": "Saved.",
    "Không lưu được.": "Could not save.",
    "Đang lưu…": "Saving…",
    "Tài liệu không đọc được": "The document could not be read",
    "Tài liệu đang chờ đọc": "The document is waiting to be read",
    "Trang sẽ tự mở khi đọc xong.": "This page opens by itself once it is read.",
    "Vùng chữ viết tay phóng to": "Handwriting, enlarged",
    "Xác nhận và sang ô tiếp theo; nếu đã sửa thì lưu": "Confirm, or save a change, and go on",
    "Ô trước, ô sau": "Previous, next value",
    "Trở về giá trị cũ": "Back to the old value",
    "Duyệt xong và sang tài liệu tiếp theo": "Confirm the document and open the next",
    "Phóng to, thu nhỏ, vừa khung": "Zoom in, out, fit",
    "Số sản phẩm theo năm và hạng sao": "Products by year and stars",
    "Số sản phẩm theo địa bàn": "Products by locality",
    "Số sản phẩm theo tình trạng": "Products by status",
    "Tài liệu theo loại": "Documents by type",
    "Vấn đề thường gặp": "Frequent issues",
    "Chỉ tính sản phẩm": "Counting products",
    "Một sản phẩm có trong nhiều văn bản được tính một lần.": "A product that several documents name counts once.",
    "Mật khẩu của tệp": "The file's password",
    "Mật khẩu chỉ dùng cho lần đọc này và không được lưu lại.": "Used for this reading only, never kept.",
    "Bảng số liệu": "Table of figures",
    "Tổng": "Total",
    "Chưa có số liệu.": "No figures yet.",
    "không rõ năm": "year unknown",
    "không rõ địa bàn": "locality unknown",
    "chưa xếp sao": "no stars",
    "Đang tải lên": "Uploading",
    "Đã có trong kho": "Already here",
    "Bị từ chối": "Refused",
    "Mất kết nối": "Connection lost",
    "Danh sách sản phẩm": "List of products",
    "Về danh sách": "Back to the list",
}
STATUS_WORDS = {"queued": "chờ đọc", "running": "đang đọc", "done": "đã đọc", "failed": "không đọc được"}
REVIEW_WORDS = {"open": "chưa duyệt", "corrected": "đã sửa", "confirmed": "đã duyệt"}
PRODUCT_WORDS = {
    "registered": "đăng ký", "assessed": "đánh giá", "proposed": "đề nghị", "recognized": "được công nhận",
    "target": "mục tiêu", "potential": "tiềm năng", "revoked": "thu hồi",
}  # fmt: skip
ACTION_WORDS = {
    "received": ("nhận tệp", "received"),
    "received-again": ("nhận lại đúng tệp này", "received again"),
    "read": ("đọc xong", "read"),
    "failed": ("không đọc được", "failed"),
    "reprocess": ("cho đọc lại", "asked to read again"),
    "corrected": ("sửa, xác nhận", "corrected, confirmed"),
    "review-confirmed": ("duyệt xong", "document confirmed"),
    "review-open": ("mở lại", "reopened"),
}
ISSUE_WORDS = {
    "date-incomplete": ("ngày không đủ", "date incomplete"),
    "date-conflict": ("ngày không khớp", "dates disagree"),
    "type-conflict": ("loại và ký hiệu không khớp", "type and symbol disagree"),
    "sum-mismatch": ("tổng không khớp", "sum does not add up"),
    "reference-date-conflict": ("viện dẫn có hai ngày", "cited document has two dates"),
    "star-out-of-range": ("hạng sao ngoài khoảng", "stars out of range"),
    "star-authority": ("cấp công nhận không đúng thẩm quyền", "wrong level of recognition"),
    "target-below-achieved": ("chỉ tiêu thấp hơn số đã đạt", "target below what is achieved"),
    "recognition-expired": ("công nhận đã quá 36 tháng", "recognition has expired"),
    "place-unknown": ("địa danh không có trong danh mục", "place unknown"),
    "low-confidence": ("độ tin cậy thấp", "low confidence"),
    "page-unreadable": ("trang không đọc được", "page unreadable"),
    "page-blank": ("trang trắng", "blank page"),
    "text-layer-garbled": ("lớp chữ hỏng", "garbled text layer"),
    "signature-present": ("có chữ ký số", "digital signature"),
    "duplicate": ("trùng văn bản", "duplicate"),
    "several-documents": ("nhiều văn bản trong một tệp", "several documents in one file"),
    "handwritten": ("viết tay", "handwritten"),
}
_SUFFIXES = {
    "-not-found": ("không tìm thấy", "not found"),
    "-blank": ("để trống", "blank"),
    "-unreadable": ("không đọc được", "unreadable"),
    "-conflict": ("không khớp", "conflict"),
}
_FIELDS = {
    "number": ("số", "number"),
    "symbol": ("ký hiệu", "symbol"),
    "identifier": ("số, ký hiệu", "identifier"),
    "doc-type": ("loại văn bản", "document type"),
    "issued-on": ("ngày ban hành", "date of issue"),
    "issued-at": ("địa danh", "place of issue"),
    "agency": ("cơ quan", "agency"),
    "subject": ("trích yếu", "subject"),
}


def issue_words(code: str, language: str) -> str:
    """An issue code in words; one that is not known stays as it is.

    >>> issue_words("doc-type-not-found", "vi"), issue_words("duplicate", "en"), issue_words("x", "vi")
    ('loại văn bản không tìm thấy', 'duplicate', 'x')
    """
    side = int(language == "en")
    if code in ISSUE_WORDS:
        return ISSUE_WORDS[code][side]
    for suffix, words in _SUFFIXES.items():
        field = code.removesuffix(suffix)
        if field != code and field in _FIELDS:
            return f"{_FIELDS[field][side]} {words[side]}"
    return code


def action_words(action: str, language: str) -> str:
    """A line of the audit trail in words.

    >>> action_words("read", "vi"), action_words("read", "en"), action_words("x", "en")
    ('đọc xong', 'read', 'x')
    """
    return ACTION_WORDS.get(action, (action, action))[int(language == "en")]


def date_words(value: str, language: str) -> str:
    """An EDTF date as people write it.

    >>> date_words("2021-04-14", "vi"), date_words("2024-02", "vi"), date_words("2021-04-14", "en")
    ('14/04/2021', '02/2024', '2021-04-14')
    """
    return value if language == "en" else "/".join(reversed(value.split("-")))


def translator(language: str) -> Translate:
    """Vietnamese as it is, or its English."""
    if language != "en":
        return lambda words: words
    return lambda words: ENGLISH.get(words, words)
