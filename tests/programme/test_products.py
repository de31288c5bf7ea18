"""Products and producers of running text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extractor.programme import Understanding

Read = Callable[..., Understanding]


def named(reading: Understanding) -> list[tuple[Any, ...]]:
    return [(p.name, p.producer, p.stars, p.status) for p in reading.products]


def test_a_list_with_shared_producers_and_places(read: Read) -> None:
    reading = read(
        "UBND tỉnh công nhận 4 sản phẩm OCOP đạt 3 sao gồm: Mắm cá Hạ Mẫu, mắm tôm Hạ Mẫu (Cơ sở mắm Hạ Mẫu, TX. Mẫu); "
        "chả cá của hộ kinh doanh Lê Thị Mẫu (ấp 3, xã Mẫu) và bưởi da xanh (xã Tân Mẫu)."
    )
    assert named(reading) == [
        ("Mắm cá Hạ Mẫu", "Cơ sở mắm Hạ Mẫu", 3, "recognized"),
        ("mắm tôm Hạ Mẫu", "Cơ sở mắm Hạ Mẫu", 3, "recognized"),
        ("chả cá", "hộ kinh doanh Lê Thị Mẫu", 3, "recognized"),
        ("bưởi da xanh", None, 3, "recognized"),
    ]


def test_items_on_lines_of_their_own(read: Read) -> None:
    reading = read(
        "2 sản phẩm được công nhận sản phẩm OCOP 5 sao",
        "1. Mật hoa dừa - Công ty TNHH Dừa Mẫu, xã Mẫu, huyện Mẫu.",
        "2. Nước mắm Mẫu 40 độ đạm - Công ty Cổ phần Mắm Mẫu, thị trấn Mẫu.",
    )
    assert named(reading) == [
        ("Mật hoa dừa", "Công ty TNHH Dừa Mẫu", 5, "recognized"),
        ("Nước mắm Mẫu 40 độ đạm", "Công ty Cổ phần Mắm Mẫu", 5, "recognized"),
    ]


def test_the_announced_number_decides_whether_va_joins(read: Read) -> None:
    two = read("Có 2 sản phẩm OCOP 4 sao là bánh dừa sáp và khoai lang, bánh dừa sáp và bí đỏ.")
    three = read("Có 3 sản phẩm OCOP 4 sao là bánh dừa sáp, khoai lang sấy và bí đỏ sấy.")
    assert [name for name, *_ in named(two)] == ["bánh dừa sáp và khoai lang", "bánh dừa sáp và bí đỏ"]
    assert len(three.products) == 3


def test_a_list_goes_on_with_the_count_before_it(read: Read) -> None:
    reading = read(
        "UBND huyện quyết định công nhận 2 sản phẩm OCOP xếp hạng 3 sao.", "2 sản phẩm gồm: mì mòi, lược Mẫu."
    )
    assert {(stars, status) for _, _, stars, status in named(reading)} == {(3, "recognized")}


def test_a_list_takes_the_status_behind_it(read: Read) -> None:
    reading = read(
        "Có 03 sản phẩm OCOP đạt hơn 92 điểm (gồm sản phẩm Ổi sấy Mẫu, Na sấy của Công ty TNHH Vườn Mẫu), "
        "hoàn chỉnh hồ sơ trình Trung ương đánh giá, công nhận sản phẩm OCOP đạt hạng 5 sao năm 2021."
    )
    assert named(reading) == [
        ("Ổi sấy Mẫu", "Công ty TNHH Vườn Mẫu", 5, "proposed"),
        ("Na sấy", "Công ty TNHH Vườn Mẫu", 5, "proposed"),
    ]


def test_producers_that_bring_their_products(read: Read) -> None:
    reading = read(
        "3 chủ thể có sản phẩm OCOP đạt chuẩn 4 sao là Công ty TNHH Trà Mẫu, xã Mẫu với sản phẩm trà hoa vàng và "
        "HTX Rượu Mẫu với sản phẩm rượu mơ."
    )
    assert named(reading) == [
        ("trà hoa vàng", "Công ty TNHH Trà Mẫu", 4, "recognized"),
        ("rượu mơ", "HTX Rượu Mẫu", 4, "recognized"),
    ]


def test_one_product_named_in_two_places(read: Read) -> None:
    reading = read(
        "Sản phẩm OCOP mắm tép được ưa chuộng.",
        "Có 2 sản phẩm OCOP 4 sao là mắm tép của HTX Mẫu và chả ram của HTX Ram.",
    )
    assert named(reading) == [("mắm tép", "HTX Mẫu", 4, "recognized"), ("chả ram", "HTX Ram", 4, "recognized")]


@pytest.mark.parametrize(
    "text",
    [
        "Tiếp tục phát triển các sản phẩm OCOP, sản phẩm nông nghiệp, sản phẩm chủ lực của huyện.",
        "Sản phẩm OCOP Thanh Hóa vươn ra thị trường quốc tế.",
        "1. Việc xây dựng hệ thống quản lý, điều hành Chương trình OCOP:",
        "Sản phẩm OCOP đạt tiêu chuẩn, tiêu chí được điều chỉnh, đào tạo theo quy định.",
        "Hạng 5 sao: Tổng điểm đạt từ 90 đến 100 điểm, là sản phẩm OCOP cấp quốc gia.",
        "Sản phẩm OCOP được chia thành 6 ngành:\n\n- Thực phẩm\n\n- Đồ uống\n\n- Thảo dược",
    ],
)
def test_general_words_are_no_products(read: Read, text: str) -> None:
    assert named(read(text)) == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "OCOP của HTX DV chế biến, thu mua, tiêu thụ An Mẫu, xã Mẫu.",
            "HTX DV chế biến, thu mua, tiêu thụ An Mẫu",
            "cooperative",
        ),
        ("Chè OCOP (Tổ hợp tác Chè Mẫu).", "Tổ hợp tác Chè Mẫu", "cooperative_group"),
        (
            "OCOP của Công ty CP Sản xuất - Chế biến cói Mẫu xuất khẩu sang Mỹ.",
            "Công ty CP Sản xuất - Chế biến cói Mẫu",
            "joint_stock_company",
        ),
        ("OCOP của Hợp tác xã 15/8 xã Mẫu Hạ.", "Hợp tác xã 15/8", "cooperative"),
        ("OCOP của DNTN Mẫu Phát được công nhận.", "DNTN Mẫu Phát", "private_enterprise"),
    ],
)
def test_a_producer_whole_and_exact(read: Read, text: str, name: str, kind: str) -> None:
    assert [(m.name, m.kind) for m in read(text).makers] == [(name, kind)]
