"""Kính gửi, độ khẩn, độ mật."""

from __future__ import annotations

import pytest

from extractor.document import Document
from extractor.layout import from_text
from extractor.recognise import addressees, stamps
from extractor.recognise.base import Found
from tests.recognise.signing import RULES

FORM = (
    "UBND TỈNH MẪU\nSỞ MẪU\n{stamp}\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
    "Số: 11/SM-KH\nV/v báo cáo kết quả\n\nMẫu, ngày 2 tháng 3 năm 2022\n\n{address}\n\n"
    "Thực hiện Công văn số 12/UBND-KT, Sở báo cáo việc thực hiện văn bản hỏa tốc, tài liệu mật.\n\n"
    "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nNguyễn Văn An"
)


def form(address: str = "Kính gửi: UBND tỉnh.", stamp: str = "") -> Document:
    return from_text(FORM.format(address=address, stamp=stamp), RULES)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("Kính gửi: UBND tỉnh Mẫu.", ["UBND tỉnh Mẫu"]),
        ("Kính gửi:\n\n- Bộ Tài chính;\n\n- UBND các huyện, thị xã.", ["Bộ Tài chính", "UBND các huyện, thị xã"]),
        ("Kính gửi: Bộ Tài chính; Bộ Nội vụ", ["Bộ Tài chính", "Bộ Nội vụ"]),
    ],
)
def test_addressees(address: str, expected: list[str]) -> None:
    assert [f.value for f in addressees.find(form(address), RULES, Found()).findings] == expected


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("", []),
        ("HỎA TỐC", [("urgency", "Hỏa tốc")]),
        ("KHẨN", [("urgency", "Khẩn")]),
        ("TUYỆT MẬT", [("secrecy", "Tuyệt mật")]),
        ("CÔNG TY MẬT ONG", []),
    ],
)
def test_stamps_only_as_stamped(stamp: str, expected: list[tuple[str, str]]) -> None:
    assert [(f.field, f.value) for f in stamps.find(form(stamp=stamp), RULES, Found()).findings] == expected
