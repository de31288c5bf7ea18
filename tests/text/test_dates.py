"""Dates in running text → EDTF."""

from __future__ import annotations

import pytest

from extractor.text.dates import agree, match_at, parse, scan


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ngày 14 tháng 4 năm 2021", "2021-04-14"),
        ("ngày 23/3/2021", "2021-03-23"),
        ("ngày 7-5-2018", "2018-05-07"),
        ("ngày 16. 12. 2021", "2021-12-16"),
        ("ngày 16/ 12/2021", "2021-12-16"),
        ("ngày .08./02/2025", "2025-02-08"),
        ("ngày22 tháng 10năm 2025", "2025-10-22"),
        ("ngày 05\ntháng 01 năm\n2024", "2024-01-05"),
        ("ngày 0l tháng 0] năm 202]", "2021-01-01"),
        ("ngày     tháng 02 năm 2024", "2024-02"),
        ("ngày … tháng … năm 2021", "2021"),
        ("tháng 5/2018", "2018-05"),
    ],
)
def test_forms(text: str, value: str) -> None:
    assert [found.value for found in scan(text)] == [value]


@pytest.mark.parametrize(
    "text", ["ngày 30/2/2024", "ngày 12/13/2021", "30/2020/NĐ-CP", "1.005143", "năm 2019", "tỷ lệ 3/4"]
)
def test_what_is_no_date(text: str) -> None:
    assert list(scan(text)) == []


def test_look_alikes_leave_a_reason() -> None:
    (found,) = scan("ngày l8 tháng 9 năm 1986")
    assert found.value == "1986-09-18"
    assert found.reasons


def test_a_year_alone_only_when_asked() -> None:
    assert parse("năm 2019") == "2019"
    assert match_at("năm 2019 của", 0) is None
    found = match_at("năm 2019 của", 0, year_only=True)
    assert found is not None
    assert found.value == "2019"


def test_agreement_goes_as_far_as_both() -> None:
    assert agree("2019", "2019-08-21")
    assert not agree("2019-08-20", "2019-08-21")
