"""Recipients beside the signature, on scans and as text."""

from __future__ import annotations

from extractor.layout import from_text
from extractor.recognise import recipients
from extractor.recognise.base import Found
from extractor.recognise.mending import mend, mend_places
from tests.recognise.signing import RULES, Row, page_document

RIGHT: tuple[Row, ...] = ((380, 300, "CHỦ TỊCH"), (370, 400, "Trần Văn Bình"))


def values(rows: tuple[Row, ...]) -> list[str]:
    return [str(f.value) for f in recipients.find(page_document((*rows, *RIGHT)), RULES, Found()).findings]


def test_wrapped_lines_and_specks() -> None:
    rows: tuple[Row, ...] = (
        (70, 300, "Nơi nhận:"), (70, 316, "- Như Điều 3;"),
        (70, 332, "- Các tổ chức chính trị - xã hội và đoàn"), (76, 346, "thể của tỉnh;"),
        (70, 362, "- Sở Mẫu;"), (260, 362, "Ạ", 0.1),
        (70, 378, "^ ~", 0.1),
        (70, 392, "Phòng Mẫu;"), (70, 408, "- Lưu: VT,KT."),
    )  # fmt: skip
    assert values(rows) == [
        "Như Điều 3", "Các tổ chức chính trị - xã hội và đoàn thể của tỉnh", "Sở Mẫu", "Phòng Mẫu", "Lưu: VT, KT.",
    ]  # fmt: skip


def test_signature_does_not_bleed_in() -> None:
    rows: tuple[Row, ...] = ((70, 300, "Nơi nhận:"), (70, 316, "- Như trên;"), (70, 332, "- Lưu: VT."))
    assert values(rows) == ["Như trên", "Lưu: VT."]


def test_lost_marks_come_back_with_a_reason() -> None:
    rows: tuple[Row, ...] = (
        (70, 300, "Nơi nhận:"), (70, 316, "- Công TTĐT tinh;", 0.8), (70, 332, "- Ban Mẫu TP. Đà Năng;", 0.8),
        (70, 348, "- Lưu: VT."),
    )  # fmt: skip
    found = recipients.find(page_document((*rows, *RIGHT)), RULES, Found()).findings
    assert [f.value for f in found] == ["Cổng TTĐT tỉnh", "Ban Mẫu TP. Đà Nẵng", "Lưu: VT."]
    assert [bool(f.leaves[""].reasons) for f in found] == [True, True, False]


def test_mending_touches_marks_only() -> None:
    assert mend("Uỷ ban nhân dân", ["Ủy ban nhân dân"]) == ("Uỷ ban nhân dân", ())
    assert mend("Cổng TTDT", ["Cổng TTĐT"])[0] == "Cổng TTĐT"
    assert mend_places("UBND huyện Chưa Từng Có") == ("UBND huyện Chưa Từng Có", ())


def test_text_is_verbatim() -> None:
    text = "Nơi nhận:\n- Công TTĐT tinh;\n- Lưu: VT,KT."
    found = recipients.find(from_text(text, RULES, "recipients"), RULES, Found()).findings
    assert [f.value for f in found] == ["Công TTĐT tinh", "Lưu: VT,KT."]


def test_the_block_ends_with_the_file_copy() -> None:
    text = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTin liên quan\nKế hoạch khác"
    found = recipients.find(from_text(text, RULES, "recipients"), RULES, Found()).findings
    assert [f.value for f in found] == ["Như trên", "Lưu: VT."]
