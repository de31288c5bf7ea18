"""What the audit reports, and what it must not."""

from __future__ import annotations

import pytest

from extractor import ruleset
from extractor.document import Document
from extractor.layout import from_text
from extractor.pipeline import understand
from extractor.recognise.base import Problem

CODES = {"sum-mismatch", "star-out-of-range", "star-authority", "duplicate"}


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
