"""From printed capitals to the name that running text writes."""

from __future__ import annotations

import pytest

from extractor import ruleset
from extractor.layout import from_text
from extractor.recognise.agencies import initials
from extractor.recognise.naming import name_of

RULES = ruleset.load()


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("UBND TỈNH QUẢNG NGÃI", "Ủy ban nhân dân tỉnh Quảng Ngãi"),
        ("UỶ BAN NHÂN DÂN TĨNH CAO BẰNG", "Ủy ban nhân dân tỉnh Cao Bằng"),
        ("UBND THÀNH PHÓ ĐÀ NẴNG", "Ủy ban nhân dân thành phố Đà Nẵng"),
        ("SỞ NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("BỘ GIÁO DỤC VÀ ĐÀO TẠO", "Bộ Giáo dục và Đào tạo"),
        ("TỈNH ỦY THANH HÓA", "Tỉnh ủy Thanh Hóa"),
        ("BỘ NỘI VỤ - BỘ TÀI CHÍNH", "Bộ Nội vụ - Bộ Tài chính"),
        ("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Sở Lao động - Thương binh và Xã hội"),
        ("BAN QUẢN LÝ DỰ ÁN HUYỆN MẪU SƠN", "Ban Quản lý dự án huyện Mẫu Sơn"),
        ("BẢO HIỂM XÃ HỘI TỈNH SƠN LA", "Bảo hiểm xã hội tỉnh Sơn La"),
        ("CHI CỤC HẢI QUAN CỬA KHẨU", "Chi cục hải quan cửa khẩu"),
        ("BAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH MTQG", "Ban Chỉ đạo các chương trình mtqg"),
        ("VĂN PHÒNG ĐIỀU PHỐI NTM TỈNH THANH HÓA", "Văn phòng Điều phối nông thôn mới tỉnh Thanh Hóa"),
    ],
)
def test_names(printed: str, name: str) -> None:
    assert name_of(printed, from_text("", RULES), RULES).value == name


def test_the_running_text_gives_case_and_marks() -> None:
    document = from_text("Thực hiện kế hoạch của Ban Chỉ đạo Chuyển đổi số tỉnh, các ngành báo cáo.", RULES)
    named = name_of("BẠN CHÍ ĐẠO CHUYỂN ĐỔI SỐ", document, RULES)
    assert named.value == "Ban Chỉ đạo Chuyển đổi số"
    assert named.reasons


def test_a_spelled_out_abbreviation_says_so() -> None:
    named = name_of("UBND HUYỆN QUAN HÓA", from_text("", RULES), RULES, "2024-02")
    assert named.place == "gso:385"
    assert "viết đầy đủ" in named.reasons[0]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Sở Giáo dục và Đào tạo", ("SGDĐT",)),
        ("BAN CHỈ ĐẠO 138", ("BCĐ138",)),
        ("Văn phòng Điều phối nông thôn mới", ("VPĐPNTM",)),
        ("Ban Chỉ đạo cải cách hành chính của Chính phủ", ("BCĐCCHCCP", "BCĐCCHC")),
    ],
)
def test_initials(name: str, wanted: tuple[str, ...]) -> None:
    assert initials(name) == wanted
