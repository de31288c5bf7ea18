"""Text that a converter broke is read as it was printed; other text is left as it is."""

import pytest

from extractor import ruleset
from extractor.document import Span
from extractor.layout import from_text
from extractor.layout.unwrap import printed_breaks, unwrap

BROKEN = """ỦY BAN NHÂN
DÂN
TỈNH HÒA BÌNH
--------
|
CỘNG HÒA XÃ
HỘI CHỦ NGHĨA VIỆT NAM
|
Số: 15/KH-UBND
|
Hòa
Bình, ngày 08 tháng
5 năm 2020
|
KẾ
HOẠCH
TỔ
CHỨC HỘI CHỢ NĂM
2020
Thực
hiện chương trình đã được hội đồng thông qua trong kỳ họp cuối năm, ủy ban ban hành
kế hoạch tổ chức hội chợ các sản phẩm của địa phương, do Văn phòng và Trung tâm
Khuyến nông cùng làm, như sau:
1.
Mục
đích
-
Giới
thiệu sản phẩm;
"""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in unwrap(text).split("\n") if line.strip()]


def test_broken_lines_are_joined() -> None:
    lines = _lines(BROKEN)
    assert lines[:2] == ["ỦY BAN NHÂN DÂN", "TỈNH HÒA BÌNH"]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in lines
    assert "Hòa Bình, ngày 08 tháng 5 năm 2020" in lines
    assert lines[lines.index("KẾ HOẠCH") + 1] == "TỔ CHỨC HỘI CHỢ NĂM 2020"
    assert lines[-2:] == ["1. Mục đích", "- Giới thiệu sản phẩm;"]
    assert any(line.endswith("Trung tâm Khuyến nông cùng làm, như sau:") for line in lines)


def test_places_stay_true() -> None:
    document = from_text(BROKEN, ruleset.load())
    assert len(document.text) == len(BROKEN)
    start = document.text.index("TỔ CHỨC")
    assert document.raw(Span(start, start + 7)) == "TỔ\nCHỨC"


@pytest.mark.parametrize(
    "text",
    [
        "Kết quả năm nay.\n- một\n- hai\n- ba\n- bốn\n",
        "Ổi sấy\nna sấy\nme rim\nkẹo dồi\nnem chua\n" + "Một dòng văn dài hơn bốn mươi ký tự, có chấm câu.\n" * 30,
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Văn A\n",
    ],
)
def test_other_text_is_left_alone(text: str) -> None:
    assert unwrap(text) == text


def test_tabs_set_columns_apart() -> None:
    document = from_text("UBND XÃ A\tCỘNG HÒA XÃ HỘI\n\tThụt đầu dòng\nNơi nhận:\tCHỦ TỊCH\n", ruleset.load())
    assert document.text == "UBND XÃ A\nCỘNG HÒA XÃ HỘI\n Thụt đầu dòng\nNơi nhận: CHỦ TỊCH\n"


def test_breaks_that_were_printed_as_letters() -> None:
    text = "\\r\\n Số: 56/KH-UBND \\r\\n | Hòa Lạc, ngày\\r\\n 17 tháng 9 năm 2022 | \\r\\n\nKẾ HOẠCH"
    mended = printed_breaks(text)
    assert len(mended) == len(text)
    assert mended.split() == "Số: 56/KH-UBND | Hòa Lạc, ngày 17 tháng 9 năm 2022 | KẾ HOẠCH".split()
    assert printed_breaks("gõ \\n để xuống dòng") == "gõ \\n để xuống dòng"


def test_a_rating_goes_on_with_its_line() -> None:
    text = (
        "Chiều\n12-3-2024, UBND huyện tổ chức hội nghị đánh giá, phân hạng sản phẩm\nhàng hóa của các chủ thể trên\n"
        "địa bàn huyện Mẫu, với sự tham gia của các\nthành viên Hội đồng và các\nđơn vị có liên quan.\n"
        "Đến nay, huyện Mẫu đã có 21 sản phẩm được đánh giá đạt chuẩn OCOP\n3 sao.\n"
    )
    assert "OCOP 3 sao." in unwrap(text)
