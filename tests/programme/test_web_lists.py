"""Lists of products as news pages and portals write them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from extractor.programme import Understanding

Read = Callable[..., Understanding]


def named(reading: Understanding) -> list[tuple[Any, ...]]:
    return [(p.name, p.producer, p.stars, p.status) for p in reading.products]


def counted(reading: Understanding) -> list[tuple[Any, ...]]:
    return [(c.stars.values if c.stars else None, c.number, c.unit, c.status) for c in reading.counts]


def test_the_rating_stands_before_a_comma_and_gom(read: Read) -> None:
    reading = read(
        "1. Công nhận sản phẩm OCOP đạt hạng 4 sao, gồm 02 sản phẩm là: Tổ yến Mẫu và Yến chưng Mẫu của Công ty TNHH "
        "Yến Mẫu (huyện Mẫu Lộc)."
    )
    assert named(reading) == [
        ("Tổ yến Mẫu", "Công ty TNHH Yến Mẫu", 4, "recognized"),
        ("Yến chưng Mẫu", "Công ty TNHH Yến Mẫu", 4, "recognized"),
    ]
    assert counted(reading) == [((4,), 2, "product", "recognized")]


def test_made_by_one_producer_together(read: Read) -> None:
    reading = read(
        "Có 2 sản phẩm được công nhận OCOP 5 sao gồm: Trà phun sương Mẫu và Cao mềm Mẫu, cùng do Công ty TNHH MTV Mẫu "
        "(Lào Cai) sản xuất."
    )
    assert [name for name, *_ in named(reading)] == ["Trà phun sương Mẫu", "Cao mềm Mẫu"]
    assert {producer for _, producer, *_ in named(reading)} == {"Công ty TNHH MTV Mẫu"}


def test_a_product_with_its_own_address_waits_for_no_producer(read: Read) -> None:
    reading = read(
        "5 sản phẩm OCOP được công nhận 3 sao là bánh dẻo Mẫu; dầu mè Mẫu, thôn Hạ, xã Mẫu Hòa; chổi đót Mẫu của "
        "HTX Mẫu Hòa, thôn Thượng và tượng Mẫu của cơ sở Mẫu Gỗ."
    )
    assert ("dầu mè Mẫu", None, 3, "recognized") in named(reading)
    assert ("chổi đót Mẫu", "HTX Mẫu Hòa", 3, "recognized") in named(reading)


def test_a_short_name_ends_the_producer(read: Read) -> None:
    reading = read("Chả cá OCOP 3 sao của hộ kinh doanh Huỳnh Thị Mẫu. Ảnh: Thiện Mẫu")
    assert [p.producer for p in reading.products] == ["hộ kinh doanh Huỳnh Thị Mẫu"]


def test_kind_word_run_together(read: Read) -> None:
    reading = read("Có 2 sản phẩm OCOP đạt 3 sao: dầu phộng Mẫu, dầu mè Mẫu (HTXNN Mẫu Giang, xã Mẫu).")
    assert {p.producer for p in reading.products} == {"HTXNN Mẫu Giang"}


def test_chapters_and_articles_are_no_products(read: Read) -> None:
    assert read("Quy chế đánh giá sản phẩm OCOP gồm 5 Chương, 12 Điều.").products == ()


def test_from_so_many_stars_of_the_province_upward(read: Read) -> None:
    reading = read("Hội đồng đề xuất UBND tỉnh công nhận 19 sản phẩm OCOP đạt từ 3 sao cấp tỉnh trở lên.")
    assert counted(reading) == [((3, 4, 5), 19, "product", "proposed")]


def test_names_in_the_bracket_behind_a_count(read: Read) -> None:
    reading = read(
        "Có 2 sản phẩm OCOP đạt hạng 4 sao được thưởng 50 triệu đồng/1 sản phẩm (Nhung hươu Mẫu và Cam giòn Mẫu); "
        "61 sản phẩm đạt hạng 3 sao (tăng 5 sản phẩm)."
    )
    assert named(reading) == [
        ("Nhung hươu Mẫu", None, 4, "recognized"),
        ("Cam giòn Mẫu", None, 4, "recognized"),
    ]


def test_parts_of_what_was_withdrawn_are_withdrawn(read: Read) -> None:
    reading = read(
        "UBND tỉnh thu hồi giấy chứng nhận OCOP đối với 47 sản phẩm (trong đó có 44 sản phẩm đạt 3 sao và 3 sản phẩm "
        "đạt 4 sao) của 27 chủ thể."
    )
    assert {count.status for count in reading.counts} == {"revoked"}


def test_what_a_board_agrees_on_is_assessed(read: Read) -> None:
    reading = read("Các thành viên hội đồng thống nhất 5 sản phẩm trên đều đạt tiêu chuẩn OCOP 3 sao.")
    assert counted(reading) == [((3,), 5, "product", "assessed")]
    reading = read("Trà Mẫu là một trong 47 sản phẩm được Hội đồng OCOP cấp Trung ương đánh giá đạt hạng 5 sao.")
    assert counted(reading) == [((5,), 47, "product", "assessed")]


def test_bullets_that_count_and_list_for_themselves(read: Read) -> None:
    reading = read(
        "Theo đó, có 03 sản phẩm OCOP được đánh giá, xếp hạng đợt 1, cụ thể như sau:",
        "1. Công nhận sản phẩm đạt hạng 4 sao, gồm 01 sản phẩm là: Tổ yến Mẫu của Công ty TNHH Yến Mẫu.",
        "2. Công nhận sản phẩm đạt hạng 3 sao, gồm 02 sản phẩm: Miến gạo Mẫu của Hộ SXKD Đỗ Mẫu; Tương Mẫu của HTX Hạ.",
    )
    assert [(name, stars) for name, _, stars, _ in named(reading)] == [
        ("Tổ yến Mẫu", 4),
        ("Miến gạo Mẫu", 3),
        ("Tương Mẫu", 3),
    ]


def test_a_list_takes_the_rating_of_as_many_before_it(read: Read) -> None:
    reading = read(
        "UBND huyện đã công nhận thêm 3 sản phẩm đạt chuẩn OCOP 3 sao.",
        "Ảnh hội nghị của huyện.",
        "Các sản phẩm được công nhận lần này, gồm: Trà Mẫu (xã Mẫu); Rượu Mẫu, Dầu lạc Mẫu (thị trấn Mẫu).",
    )
    assert {(stars, status) for *_, stars, status in named(reading)} == {(3, "recognized")}


def test_a_producer_named_shorter_is_the_same(read: Read) -> None:
    reading = read(
        "Có 1 sản phẩm OCOP là mật ong ly tâm của cơ sở mật ong Quân Mẫu đăng ký tham gia.",
        "Hội đồng chấm sản phẩm mật ong ly tâm của cơ sở Quân Mẫu đạt OCOP 3 sao.",
    )
    assert [(p.name, p.producer, p.stars) for p in reading.products] == [
        ("mật ong ly tâm", "cơ sở mật ong Quân Mẫu", 3)
    ]
    assert [maker.name for maker in reading.makers] == ["cơ sở mật ong Quân Mẫu"]
