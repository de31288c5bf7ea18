"""Counts: stars, comparison, status and period by clause."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extractor.programme import Understanding

Read = Callable[..., Understanding]


def told(reading: Understanding) -> list[tuple[Any, ...]]:
    return [(c.stars.values if c.stars else None, c.number, c.comparison, c.unit, c.status) for c in reading.counts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Có 08 sản phẩm được công nhận đạt OCOP 3 sao.", [((3,), 8, "=", "product", "recognized")]),
        ("Có 21 sản phẩm OCOP đạt từ 3 - 4 sao2.", [((3, 4), 21, "=", "product", "recognized")]),
        (
            "Phấn đấu có thêm ít nhất 3 sản phẩm OCOP 5 sao, trên 90 sản phẩm đạt 3 đến 4 sao.",
            [((5,), 3, ">=", "product", "target"), ((3, 4), 90, ">", "product", "target")],
        ),
        ("Nâng cấp 04 sản phẩm OCOP từ 3 sao lên 4 sao.", [((4,), 4, "=", "product", "target")]),
        (
            "Dự kiến năm nay có 56 sản phẩm OCOP đăng ký tham gia đánh giá, phấn đấu có 18 sản phẩm đạt 3 sao.",
            [(None, 56, "=", "product", "registered"), ((3,), 18, "=", "product", "target")],
        ),
        (
            "Hội đồng OCOP đã chấm điểm; có 15 sản phẩm đạt 4 sao và 2 sản phẩm tiềm năng 5 sao.",
            [((4,), 15, "=", "product", "assessed"), ((5,), 2, "=", "product", "potential")],
        ),
        (
            "Kế hoạch OCOP: 2 sản phẩm tiềm năng 5 sao đang trình Trung ương công nhận.",
            [((5,), 2, "=", "product", "proposed")],
        ),
        ("Giấy chứng nhận 48 sản phẩm OCOP đã hết hiệu lực.", [(None, 48, "=", "product", "revoked")]),
        (
            "Có 5 sản phẩm/2 chủ thể OCOP đạt hạng 4 sao.",
            [((4,), 5, "=", "product", "recognized"), ((4,), 2, "=", "producer", "recognized")],
        ),
        ("Hai sản phẩm OCOP được công nhận đạt 4 sao.", [((4,), 2, "=", "product", "recognized")]),
    ],
)
def test_a_count_with_its_words(read: Read, text: str, expected: list[tuple[Any, ...]]) -> None:
    assert told(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Chương trình mỗi xã một sản phẩm (OCOP) được triển khai từ năm 2018.",
        "Hỗ trợ sản phẩm OCOP 100 triệu đồng/sản phẩm trong 3 năm.",
        "Bình quân mỗi xã có 2 sản phẩm OCOP/xã, trung bình 3 sản phẩm OCOP.",
        "OCOP có 10 sản phẩm công nghiệp nông thôn tiêu biểu.",
    ],
)
def test_what_counts_nothing(read: Read, text: str) -> None:
    assert told(read(text)) == []


def test_a_part_inherits_what_its_whole_says(read: Read) -> None:
    reading = read(
        "Giai đoạn 2021-2025 phấn đấu có 50 sản phẩm OCOP; trong đó có ít nhất 2 sản phẩm được công nhận 5 sao."
    )
    assert [(c.number, c.status, c.period) for c in reading.counts] == [
        (50, "target", "2021/2025"),
        (2, "target", "2021/2025"),
    ]


def test_what_is_said_twice_is_given_once(read: Read) -> None:
    reading = read(
        "Đến nay, tỉnh có 69 sản phẩm OCOP của 47 chủ thể được xếp hạng.",
        "UBND tỉnh đã trao 69 giấy chứng nhận sản phẩm OCOP cho 47 chủ thể giai đoạn 2018 - 2020.",
    )
    assert [(c.number, c.unit, c.period) for c in reading.counts] == [
        (69, "product", "2018/2020"),
        (47, "producer", "2018/2020"),
    ]


def test_a_board_result_is_recognised_once_its_producers_are(read: Read) -> None:
    reading = read(
        "Năm 2020, sau vòng đánh giá của Hội đồng OCOP có 9 sản phẩm (với 4 chủ thể) đạt 3 sao.",
        "Kết quả, có 4 chủ thể có sản phẩm được công nhận là sản phẩm OCOP.",
    )
    assert {c.status for c in reading.counts} == {"recognized"}


def test_another_subject_is_not_read(read: Read) -> None:
    assert read("Huyện có 12 sản phẩm mới và 3 sao.").counts == ()
