"""What the audit reports, and what it must not."""

from __future__ import annotations

import pytest

from extractor import ruleset
from extractor.document import Document
from extractor.layout import from_text
from extractor.pipeline import understand
from extractor.recognise.base import Problem

CODES = {
    "sum-mismatch", "star-out-of-range", "star-authority", "duplicate", "target-below-achieved", "recognition-expired",
    "type-conflict", "number-conflict", "date-conflict", "reference-date-conflict",
}  # fmt: skip


def document(text: str) -> Document:
    return from_text(text, ruleset.load())


def problems(text: str) -> list[Problem]:
    found = understand(document(text), ruleset.load())
    return [problem for problem in found.problems if problem.code in CODES]


def table(*rows: str) -> str:
    return "\n".join(["| TT | Tên sản phẩm | Chủ thể | Điểm | Hạng sao |", *rows])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Có 10 sản phẩm OCOP, trong đó 4 sản phẩm 4 sao và 7 sản phẩm 3 sao.", "sum-mismatch"),
        ("Có 9 chủ thể OCOP được công nhận (gồm 3 hợp tác xã, 2 công ty và 5 hộ kinh doanh).", "sum-mismatch"),
        ("Sản phẩm OCOP chè Mẫu được công nhận đạt 6 sao.", "star-out-of-range"),
        (
            "Danh sách sản phẩm OCOP được công nhận\n" + table("| 1 | Cam Mẫu | HTX Cam Mẫu | 85 | 3 sao |"),
            "star-out-of-range",
        ),
        (
            "Danh sách sản phẩm OCOP\n"
            + table("| 1 | Cam Mẫu | HTX Cam Mẫu | 55 | 3 sao |", "| 2 | Cam Mẫu | HTX Cam Mẫu | 55 | 3 sao |"),
            "duplicate",
        ),
        (
            "Công nhận 3 sản phẩm OCOP theo danh sách sau:\n" + table("| 1 | Cam Mẫu | HTX Cam Mẫu | 55 | 3 sao |"),
            "sum-mismatch",
        ),
    ],
)
def test_a_planted_inconsistency_is_told_with_its_places(text: str, code: str) -> None:
    found = problems(text)
    assert [problem.code for problem in found] == [code]
    assert found[0].spans


@pytest.mark.parametrize(
    "text",
    [
        "Có 99 sản phẩm OCOP đạt từ 3 - 4 sao (34 sản phẩm đạt 4 sao, 65 sản phẩm đạt 3 sao).",
        "Có 26 sản phẩm OCOP, gồm 11 sản phẩm đạt 3 sao, 13 sản phẩm đạt 4 sao và 2 sản phẩm tiềm năng 5 sao.",
        "Có 21 sản phẩm OCOP, trong đó: 06 sản phẩm đạt 4 sao (có 01 sản phẩm mới), 15 sản phẩm đạt 3 sao.",
        "Có 50 sản phẩm OCOP, trong đó có 2 sản phẩm 5 sao.",
        "Danh sách sản phẩm OCOP\n" + table("| 1 | Cam Mẫu | HTX Cam Mẫu | 69,9 | 3 sao |"),
        "Công nhận 1 sản phẩm OCOP theo danh sách sau:\n" + table("| 1 | Cam Mẫu | HTX Cam Mẫu | 90 | 5 sao |"),
    ],
)
def test_a_consistent_text_is_left_alone(text: str) -> None:
    assert problems(text) == []


ROWS = [
    f"| {n} | Cam Mẫu {n} | HTX Cam Mẫu | {55 if s == 3 else 75} | {s} sao |" for n, s in enumerate((3, 3, 4, 4), 1)
]


@pytest.mark.parametrize(
    ("lead", "codes"),
    [
        ("Công nhận mới 2 sản phẩm OCOP và nâng hạng 2 sản phẩm OCOP theo danh sách sau:", []),
        ("Công nhận 4 sản phẩm OCOP, trong đó 2 sản phẩm 4 sao và 2 sản phẩm 3 sao, danh sách như sau:", []),
        ("Danh sách 2 sản phẩm OCOP đạt 4 sao và các sản phẩm khác như sau:", []),
        ("Công nhận 5 sản phẩm OCOP (2 sản phẩm 4 sao, 3 sản phẩm 3 sao), danh sách như sau:", ["sum-mismatch"]),
        ("Công nhận 7 sản phẩm OCOP theo danh sách sau:", ["sum-mismatch"]),
    ],
)
def test_a_table_against_the_sentence_before_it(lead: str, codes: list[str]) -> None:
    assert [problem.code for problem in problems(lead + "\n" + table(*ROWS))] == codes


def test_what_is_hoped_for_announces_no_table_of_what_is_done() -> None:
    lead = "Phấn đấu nâng hạng 2 sản phẩm OCOP theo danh sách.\n\nDanh sách sản phẩm OCOP đã được công nhận:\n"
    assert problems(lead + table(*ROWS)) == []


def decision(agency: str, date: str, stars: int) -> str:
    day, month, year = date.split("/")
    return (
        f"{agency}\n-------\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n\n"
        f"Số: 12/QĐ-UBND\n\nMẫu Sơn, ngày {day} tháng {month} năm {year}\n\n"
        "QUYẾT ĐỊNH\n\nVề việc công nhận sản phẩm OCOP\n\n"
        f"Điều 1. Công nhận sản phẩm OCOP cam Mẫu của HTX Cam Mẫu đạt {stars} sao."
    )


@pytest.mark.parametrize(
    ("agency", "date", "stars", "able"),
    [
        ("ỦY BAN NHÂN DÂN\nHUYỆN MẪU SƠN", "10/5/2023", 3, True),
        ("ỦY BAN NHÂN DÂN\nHUYỆN MẪU SƠN", "10/5/2023", 4, False),
        ("ỦY BAN NHÂN DÂN\nHUYỆN MẪU SƠN", "10/5/2021", 3, False),
        ("ỦY BAN NHÂN DÂN\nTỈNH MẪU SƠN", "10/5/2021", 4, True),
        ("ỦY BAN NHÂN DÂN\nTỈNH MẪU SƠN", "10/5/2024", 5, False),
    ],
)
def test_who_may_recognise_which_stars_when(agency: str, date: str, stars: int, able: bool) -> None:
    codes = [problem.code for problem in problems(decision(agency, date, stars))]
    assert codes == ([] if able else ["star-authority"])


NOW = "Đến nay, toàn huyện có 25 sản phẩm OCOP được công nhận. "


@pytest.mark.parametrize(
    "target",
    [
        "Mục tiêu đến năm 2025, toàn huyện có 20 sản phẩm OCOP.",
        "Phấn đấu đến hết năm 2025 toàn huyện có ít nhất 18 sản phẩm OCOP.",
        "Phấn đấu nâng tổng số sản phẩm OCOP của toàn huyện lên 22 sản phẩm.",
    ],
)
def test_a_target_below_what_is_achieved_shows_both_places(target: str) -> None:
    found = problems(NOW + target)
    assert [problem.code for problem in found] == ["target-below-achieved"]
    assert len(found[0].spans) == 2


@pytest.mark.parametrize(
    "text",
    [
        NOW + "Mục tiêu đến năm 2025, toàn huyện có 40 sản phẩm OCOP.",
        NOW + "Phấn đấu đến năm 2025 có thêm 10 sản phẩm OCOP.",
        NOW + "Năm 2024 phấn đấu có 6 sản phẩm OCOP được công nhận.",
        NOW + "Đến năm 2025, phấn đấu mỗi năm có 3 sản phẩm OCOP.",
        NOW + "Phấn đấu đến năm 2025 có 5 sản phẩm OCOP đạt 4 sao.",
        NOW + "Đến hết năm 2025 phấn đấu có 12 chủ thể OCOP là hợp tác xã.",
        "Đến nay, cả nước có 9.000 sản phẩm OCOP được công nhận. Phấn đấu đến năm 2025 toàn huyện có 30 sản phẩm OCOP.",
        "Đến nay, toàn tỉnh có 300 sản phẩm OCOP được công nhận. Phấn đấu đến năm 2025 toàn huyện có 30 sản phẩm OCOP.",
    ],
)
def test_a_target_that_adds_or_speaks_of_other_things_is_left_alone(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Phấn đấu nâng tổng số sản phẩm OCOP lên 40 sản phẩm, trong đó: nâng hạng 3 sản phẩm 3 sao lên 4 sao; công "
        "nhận mới 6 sản phẩm 3 sao.",
        "Mục tiêu có 40 sản phẩm OCOP, trong đó có thêm 2 sản phẩm 4 sao và 6 sản phẩm 3 sao.",
    ],
)
def test_what_is_added_is_no_division_of_the_total(text: str) -> None:
    assert problems(text) == []


def report(rows: str, date: str = "5 tháng 6 năm 2024", words: str = "còn hiệu lực") -> str:
    return (
        "ỦY BAN NHÂN DÂN\nHUYỆN MẪU SƠN\n-------\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"---------------\n\nSố: 12/BC-UBND\n\nMẫu Sơn, ngày {date}\n\nBÁO CÁO\n\nRà soát sản phẩm OCOP\n\n"
        f"Các sản phẩm OCOP đã được công nhận {words}:\n"
        f"| TT | Tên sản phẩm | Chủ thể | Năm công nhận | Hạng sao |\n{rows}"
    )


@pytest.mark.parametrize(
    ("year", "words", "codes"),
    [
        ("2019", "còn hiệu lực", ["recognition-expired"]),
        ("2021", "còn hiệu lực", []),
        ("2019", "từ trước đến nay", []),
        ("2019", "nhưng không còn hiệu lực", []),
    ],
)
def test_thirty_six_months(year: str, words: str, codes: list[str]) -> None:
    found = problems(report(f"| 1 | Cam Mẫu | HTX Cam Mẫu | {year} | 3 sao |", words=words))
    assert [problem.code for problem in found] == codes


@pytest.mark.parametrize(
    ("cited", "codes"),
    [
        ("Kế hoạch số 12/QĐ-UBND", ["type-conflict"]),
        ("Kế hoạch số 12/KH-UBND", []),
        ("Quyết định số 12/QĐ-UBND", []),
        ("Công văn số 12/UBND-NN", []),
    ],
)
def test_a_cited_type_and_its_symbol(cited: str, codes: list[str]) -> None:
    found = problems(f"Thực hiện {cited} ngày 04/3/2023 của UBND huyện Mẫu Sơn về Chương trình OCOP.")
    assert [problem.code for problem in found] == codes


@pytest.mark.parametrize(
    ("number", "date", "codes"),
    [
        ("12", "10/5/2023", []),
        ("21", "10/5/2023", ["number-conflict"]),
        ("12", "11/5/2023", ["date-conflict"]),
        ("99", "01/02/2023", []),
    ],
)
def test_an_appendix_names_its_document(number: str, date: str, codes: list[str]) -> None:
    appendix = f"\n\nPHỤ LỤC\n(Kèm theo Quyết định số {number}/QĐ-UBND ngày {date} của UBND tỉnh Mẫu Sơn)\n"
    found = problems(decision("ỦY BAN NHÂN DÂN\nTỈNH MẪU SƠN", "10/5/2023", 3) + appendix)
    assert [problem.code for problem in found] == codes


def test_a_cited_document_with_two_dates() -> None:
    cited = "Quyết định số 148/QĐ-TTg ngày {} của Thủ tướng Chính phủ"
    text = f"Căn cứ {cited.format('24/02/2023')} về Chương trình OCOP;\nThực hiện {cited.format('25/02/2023')}."
    assert [problem.code for problem in problems(text)] == ["reference-date-conflict"]
    assert problems(text.replace("25/02", "24/02")) == []
