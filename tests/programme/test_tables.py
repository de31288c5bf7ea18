"""Product tables: columns by their headings, merged cells, sections, totals, flattened exports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extractor.programme import Understanding

Read = Callable[..., Understanding]
TITLE = "DANH SÁCH SẢN PHẨM OCOP ĐƯỢC CÔNG NHẬN NĂM 2023"


def rows(reading: Understanding) -> list[tuple[Any, ...]]:
    return [(p.name, p.producer, p.stars, p.status, p.points) for p in reading.products]


def test_merged_producers_addresses_points_and_totals(read: Read) -> None:
    reading = read(
        TITLE,
        [
            ["TT", "Tên sản phẩm", "Chủ thể", "Nhóm", "Điểm", "Hạng sao"],
            [
                "1",
                "Mật ong Mẫu",
                "HTX Nông nghiệp Mẫu\nXã Mẫu, huyện Mẫu\nĐT: 0900 000 000",
                "Thực phẩm",
                "85,5",
                "★★★★",
            ],
            ["2", "Trà gừng", None, "Đồ uống", "72", "4*"],
            ["3", "Rượu nếp", "Hộ kinh doanh Trần Văn Mẫu", "Đồ uống", "65,3", "Ba sao"],
            ["", "Tổng cộng: 3 sản phẩm", "", "", "", ""],
        ],
    )
    assert rows(reading) == [
        ("Mật ong Mẫu", "HTX Nông nghiệp Mẫu", 4, "recognized", 85.5),
        ("Trà gừng", "HTX Nông nghiệp Mẫu", 4, "recognized", 72.0),
        ("Rượu nếp", "Hộ kinh doanh Trần Văn Mẫu", 3, "recognized", 65.3),
    ]
    assert reading.products[0].place == "Xã Mẫu, huyện Mẫu"
    assert reading.products[1].group == "Đồ uống"
    assert [(number, counted) for number, _, counted in reading.rows.totals] == [(3, 3)]


def test_two_heading_rows_in_another_order(read: Read) -> None:
    reading = read(
        "Danh sách sản phẩm OCOP đề nghị đánh giá, phân hạng",
        [
            ["STT", "Chủ thể sản xuất", "Tên sản phẩm OCOP", "Kết quả đánh giá", ""],
            [None, None, None, "Điểm TB", "Hạng sao đề nghị"],
            ["I", "Xã An Mẫu", "", "", ""],
            ["1", "Công ty TNHH Mẫu", "Bún khô Mẫu", "91", "Hạng 5"],
        ],
    )
    assert rows(reading) == [("Bún khô Mẫu", "Công ty TNHH Mẫu", 5, "proposed", 91.0)]
    assert reading.products[0].place == "Xã An Mẫu"


def test_ticked_star_columns_and_a_plan(read: Read) -> None:
    reading = read(
        "Danh mục sản phẩm OCOP dự kiến phát triển",
        [["TT", "Sản phẩm", "Địa phương", "3 sao", "4 sao"], ["1", "Gạo nếp Mẫu", "Xã A", "x", ""]],
    )
    assert rows(reading) == [("Gạo nếp Mẫu", None, 3, "target", None)]


def test_a_heading_repeated_and_a_table_without_one(read: Read) -> None:
    head = ["TT", "Tên sản phẩm", "Chủ thể", "Hạng sao"]
    reading = read(
        TITLE,
        [head, ["1", "Cam Mẫu", "HTX Cam Mẫu", "3 sao"], head, ["2", "Chè Mẫu", "HTX Chè Mẫu", "3 sao"]],
        "tiếp theo",
        [["3", "Miến Mẫu", "HTX Miến Mẫu", "4 sao"]],
    )
    assert [(name, stars) for name, _, stars, _, _ in rows(reading)] == [
        ("Cam Mẫu", 3),
        ("Chè Mẫu", 3),
        ("Miến Mẫu", 4),
    ]


def test_a_table_and_the_prose_that_repeats_it(read: Read) -> None:
    reading = read(
        "Công nhận sản phẩm OCOP cam Mẫu của HTX Cam Mẫu đạt 3 sao.",
        TITLE,
        [["TT", "Tên sản phẩm", "Chủ thể", "Hạng sao"], ["1", "Cam Mẫu", "Hợp tác xã Cam Mẫu", "3 sao"]],
    )
    assert len(reading.products) == 1
    assert len(reading.makers) == 1


def test_another_table_is_left_alone(read: Read) -> None:
    reading = read("Kinh phí OCOP", [["TT", "Nội dung", "Kinh phí"], ["1", "Tập huấn", "20"]])
    assert reading.products == ()


@pytest.mark.parametrize(
    "text",
    [
        "STT\nTên sản phẩm\nChủ thể\nHạng sao\n1\nMật ong Mẫu\nHTX Mẫu Hạ\n4 sao\n2\nTrà gừng\n3 sao\nNơi nhận:",
        "| TT | Tên sản phẩm | Chủ thể | Hạng sao |\n|---|---|---|---|\n| 1 | Mật ong Mẫu | HTX Mẫu Hạ | 4 sao |\n"
        "| 2 | Trà gừng | HTX Mẫu Hạ | 3 sao |",
        "TT Tên sản phẩm Chủ thể Hạng sao\n1 Mật ong Mẫu HTX Mẫu Hạ 4 sao\n2 Trà gừng HTX Mẫu Hạ 3 sao",
    ],
    ids=["cell a line", "bars", "row a line"],
)
def test_a_flattened_table(read: Read, text: str) -> None:
    assert rows(read(TITLE, text)) == [
        ("Mật ong Mẫu", "HTX Mẫu Hạ", 4, "recognized", None),
        ("Trà gừng", "HTX Mẫu Hạ", 3, "recognized", None),
    ]


HEAD = ["TT", "Tên sản phẩm", "Chủ thể", "Hạng sao", "Ghi chú"]


def test_sections_inside_sections_give_place_and_producer(read: Read) -> None:
    reading = read(
        TITLE,
        [
            ["STT", "Tên chủ thể, sản phẩm", "Nhóm sản phẩm", "Hạng sao"],
            ["I", "Huyện Mẫu Đông", "", ""],
            ["1", "HTX Mẫu Hạ", "", ""],
            ["a", "Cam sấy Mẫu", "Thực phẩm", "3 sao"],
            ["2", "Cơ sở Mẫu Thượng", "", ""],
            ["a", "Trà gừng Mẫu", "Đồ uống", "4 sao"],
            ["II", "Huyện Mẫu Tây", "", ""],
            ["1", "Hộ kinh doanh Trần Văn Mẫu", "", ""],
            ["a", "Nón lá Mẫu", "Thủ công mỹ nghệ", "3 sao"],
        ],
    )
    found = [(p.name, p.producer, p.stars, p.place, p.group) for p in reading.products]
    assert found == [
        ("Cam sấy Mẫu", "HTX Mẫu Hạ", 3, "Huyện Mẫu Đông", "Thực phẩm"),
        ("Trà gừng Mẫu", "Cơ sở Mẫu Thượng", 4, "Huyện Mẫu Đông", "Đồ uống"),
        ("Nón lá Mẫu", "Hộ kinh doanh Trần Văn Mẫu", 3, "Huyện Mẫu Tây", "Thủ công mỹ nghệ"),
    ]


@pytest.mark.parametrize("mark", ["nt", "-nt-", "〃", '"', "Như trên", ""])
def test_a_ditto_mark_repeats_the_producer_above(read: Read, mark: str) -> None:
    reading = read(
        TITLE,
        [HEAD, ["1", "Cam Mẫu", "HTX Cam Mẫu", "3 sao", ""], ["2", "Chè Mẫu", mark, "4 sao", ""]],
    )
    assert [p.producer for p in reading.products] == ["HTX Cam Mẫu", "HTX Cam Mẫu"]


@pytest.mark.parametrize(
    ("remark", "status"),
    [
        ("Thu hồi do ngừng sản xuất", "revoked"),
        ("Đề nghị nâng hạng", "proposed"),
        ("Đánh giá lại", "recognized"),
        ("Hết hạn ngày 12/12/2026", "recognized"),
        ("Tham gia chương trình kết nối", "recognized"),
    ],
)
def test_a_remark_tells_how_far_its_product_has_come(read: Read, remark: str, status: str) -> None:
    reading = read(TITLE, [HEAD, ["1", "Cam Mẫu", "HTX Cam Mẫu", "3 sao", remark]])
    assert [p.status for p in reading.products] == [status]


def test_a_cell_that_lists_several_products(read: Read) -> None:
    reading = read(
        TITLE,
        [
            HEAD,
            ["1", "- Cam Mẫu\n- Chè Mẫu", "HTX Mẫu", "3 sao", ""],
            ["2", "Mật ong; Phấn hoa", "HTX Ong", "4 sao", ""],
        ],
    )
    assert [(p.name, p.producer, p.stars) for p in reading.products] == [
        ("Cam Mẫu", "HTX Mẫu", 3),
        ("Chè Mẫu", "HTX Mẫu", 3),
        ("Mật ong", "HTX Ong", 4),
        ("Phấn hoa", "HTX Ong", 4),
    ]


def test_years_and_ratings_by_their_ticks_and_sections(read: Read) -> None:
    reading = read(
        "Danh mục sản phẩm OCOP dự kiến phát triển",
        [
            ["TT", "Tên sản phẩm", "Chủ thể", "2024", "2025"],
            ["1", "Cam Mẫu", "HTX Cam Mẫu", "", "x"],
            ["2", "Chè Mẫu", "HTX Chè Mẫu", "x", ""],
        ],
    )
    assert [(p.year, p.status) for p in reading.products] == [("2025", "target"), ("2024", "target")]


def test_what_work_yields_is_no_product(read: Read) -> None:
    tasks = [
        ["TT", "Nội dung", "Sản phẩm", "Đơn vị chủ trì"],
        ["1", "Tập huấn chủ thể", "Hội nghị", "Phòng Nông nghiệp"],
    ]
    assert read("Kế hoạch OCOP", tasks).products == ()


def test_an_unknown_heading_is_known_by_its_cells(read: Read) -> None:
    reading = read(
        TITLE,
        [
            ["TT", "Tên gọi chung", "Bên làm ra", "H.s"],
            ["1", "Cam sấy Mẫu", "HTX Cam Mẫu", "3 sao"],
            ["2", "Chè xanh Mẫu", "Công ty TNHH Chè Mẫu", "4 sao"],
        ],
    )
    assert [(name, producer, stars) for name, producer, stars, _, _ in rows(reading)] == [
        ("Cam sấy Mẫu", "HTX Cam Mẫu", 3),
        ("Chè xanh Mẫu", "Công ty TNHH Chè Mẫu", 4),
    ]


def test_totals_of_sections_and_above_the_rows_fit(read: Read) -> None:
    reading = read(
        TITLE,
        [
            ["TT", "Tên sản phẩm", "Chủ thể", "Hạng sao"],
            ["", "TỔNG SỐ: 3 SẢN PHẨM", "", ""],
            ["I", "Xã Mẫu A", "", ""],
            ["1", "Cam Mẫu", "HTX Cam Mẫu", "3 sao"],
            ["2", "Chè Mẫu", "HTX Chè Mẫu", "3 sao"],
            ["", "Cộng xã Mẫu A: 2 sản phẩm", "", ""],
            ["II", "Xã Mẫu B", "", ""],
            ["1", "Nón Mẫu", "Tổng công ty Mẫu", "3 sao"],
            ["", "Cộng xã Mẫu B: 4 sản phẩm", "", ""],
        ],
    )
    assert [(number, counted) for number, _, counted in reading.rows.totals] == [(3, 3), (2, 2), (4, 3)]


def test_indicators_among_the_rows_are_no_products(read: Read) -> None:
    reading = read(
        "KẾ HOẠCH NÂNG HẠNG SẢN PHẨM OCOP NĂM 2025",
        [
            ["TT", "Sản phẩm, nội dung", "Chủ thể", "Chỉ tiêu"],
            ["1", "Mật ong Mẫu", "HTX Nông nghiệp Mẫu", "4 sao"],
            ["2", "Trà gừng Mẫu", "HTX Trà Mẫu", "4 sao"],
            ["3", "100% chủ thể có mã truy xuất", "", ""],
            ["4", "Doanh thu của chủ thể", "", "tăng 15%"],
        ],
    )
    assert [p.name for p in reading.products] == ["Mật ong Mẫu", "Trà gừng Mẫu"]
