"""Names that a sentence rates, that stand in brackets, or that another sentence speaks of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from extractor.programme import Understanding

Read = Callable[..., Understanding]


def named(reading: Understanding) -> list[tuple[Any, ...]]:
    return [(p.name, p.producer, p.stars, p.status) for p in reading.products]


def test_names_before_their_rating(read: Read) -> None:
    reading = read(
        "Trong đó, Cà phê bột Mẫu Mar, Hải Mẫu Coffee, Cà phê Vi Mẫu được xếp hạng 3 sao; hai sản phẩm OCOP đạt 4 sao "
        "là Cà phê rang xay MAUMARK và Cà phê đặc biệt Sáu Mẫu."
    )
    assert named(reading) == [
        ("Cà phê bột Mẫu Mar", None, 3, "recognized"),
        ("Hải Mẫu Coffee", None, 3, "recognized"),
        ("Cà phê Vi Mẫu", None, 3, "recognized"),
        ("Cà phê rang xay MAUMARK", None, 4, "recognized"),
        ("Cà phê đặc biệt Sáu Mẫu", None, 4, "recognized"),
    ]


def test_a_quoted_brand_with_its_rating(read: Read) -> None:
    reading = read("Bà con xây dựng thành công thương hiệu “Cà-phê Chư Mẫu” đạt chuẩn OCOP 3 sao.")
    assert named(reading) == [("Cà-phê Chư Mẫu", None, 3, "recognized")]


def test_brackets_behind_producers(read: Read) -> None:
    reading = read(
        "8 sản phẩm OCOP được vinh danh thuộc 2 doanh nghiệp: Công ty TNHH Ca cao Mẫu (bột ca cao Mẫu, bơ ca cao Mẫu) "
        "và Công ty TNHH Dược liệu Mẫu An (cao atiso Mẫu)."
    )
    assert [(name, maker) for name, maker, *_ in named(reading)] == [
        ("bột ca cao Mẫu", "Công ty TNHH Ca cao Mẫu"),
        ("bơ ca cao Mẫu", "Công ty TNHH Ca cao Mẫu"),
        ("cao atiso Mẫu", "Công ty TNHH Dược liệu Mẫu An"),
    ]


def test_a_bracket_that_rates_lists_nothing(read: Read) -> None:
    reading = read("Hội nghị OCOP có sản phẩm nhóm thực phẩm (đạt 3 sao), đồ uống (12 sản phẩm) và thảo dược (xã Mẫu).")
    assert named(reading) == []


def test_another_sentence_gives_the_rating(read: Read) -> None:
    reading = read(
        "Toàn tỉnh có 2 sản phẩm OCOP được công nhận, gồm: Homestay Mẫu Lan, Farmstay Mẫu Cúc.",
        "Mô hình Homestay Mẫu Lan (xã Mẫu) đạt chuẩn OCOP 4 sao.",
    )
    assert named(reading) == [
        ("Homestay Mẫu Lan", None, 4, "recognized"),
        ("Farmstay Mẫu Cúc", None, None, "recognized"),
    ]


def test_packing_and_brand_words_make_no_second_product(read: Read) -> None:
    reading = read(
        "Chè Cổng Mẫu là sản phẩm OCOP của HTX Nông nghiệp Cổng Mẫu (HTX Cổng Mẫu).",
        "Sản phẩm chè Cổng Mẫu loại 500g mới được công nhận OCOP 4 sao.",
    )
    assert [name for name, *_ in named(reading)] == ["chè Cổng Mẫu loại 500g"]
    assert [maker.name for maker in reading.makers] == ["HTX Nông nghiệp Cổng Mẫu"]


def test_kinds_are_no_products(read: Read) -> None:
    reading = read(
        "Các sản phẩm OCOP dự thi thuộc các nhóm: Cà phê, ca cao; rau, củ, quả, hạt tươi.",
        "Huyện có 6 sản phẩm OCOP đều là cà phê được công nhận 3 sao.",
    )
    assert named(reading) == []


def test_a_line_feed_behind_a_semicolon_or_an_abbreviation(read: Read) -> None:
    reading = read(
        "Có 3 sản phẩm OCOP đạt 4 sao gồm: bánh Mẫu của cơ sở Mẫu Phương (TX.\nHồng Mẫu);\n"
        "trà Mẫu của HTX Trà Mẫu;\nkẹo Mẫu của HTX Kẹo Mẫu."
    )
    assert [(name, stars) for name, _, stars, _ in named(reading)] == [("bánh Mẫu", 4), ("trà Mẫu", 4), ("kẹo Mẫu", 4)]


def test_a_branch_stays_with_its_company(read: Read) -> None:
    reading = read("Sản phẩm OCOP kem cốm Mẫu của Chi nhánh Hải Mẫu - CTCP công nghệ Tràng Mẫu đạt 4 sao.")
    assert [p.producer for p in reading.products] == ["Chi nhánh Hải Mẫu - CTCP công nghệ Tràng Mẫu"]
