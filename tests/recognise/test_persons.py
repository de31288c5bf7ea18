"""Names of persons and offices, one line at a time."""

from __future__ import annotations

import itertools

import pytest

from extractor.recognise.offices import authority, cased, cuts, read_office
from extractor.recognise.persons import read_name, vocabulary
from tests.recognise.signing import RULES

NAMES = vocabulary(RULES)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nguyễn Văn An", "Nguyễn Văn An"),
        ("ThS. LƯƠNG THỊ QUYÊN", "Lương Thị Quyên"),
        ("PGS.TS. Lê Văn Bảy", "Lê Văn Bảy"),
        ("Đại tá Mai Văn Sơn", "Mai Văn Sơn"),
        ("— Đặng Quý - Lâm .", "Đặng Quý Lâm"),
        ("iguyễn Bảo Khôi", "Nguyễn Bảo Khôi"),
        ("Trân Quốc Tuần", "Trần Quốc Tuấn"),
        ("Giàng A Sùng", "Giàng A Sùng"),
        ("Y Thanh Hà Niê Kđăm", "Y Thanh Hà Niê Kđăm"),
        ("Thường trực Tỉnh ủy", None),
        ("LÊN ä B N r", None),
        ("Đã ký", None),
        ("Văn phòng", None),
    ],
)
def test_names(text: str, name: str | None) -> None:
    found = read_name(text, NAMES)
    assert (found.value if found else None) == name


def test_verbatim_text_is_not_put_right() -> None:
    found = read_name("Trân Hoàng Tuần", NAMES, verbatim=True)
    assert found is not None
    assert (found.value, found.reasons) == ("Trân Hoàng Tuần", ())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("PHÓ CHÁNH VĂN PHÒNG", "Phó Chánh Văn phòng"),
        ("PHÓ CHỦ TICH ì", "Phó Chủ tịch"),
        ("CHỦ TỊCH UBND TINH", "Chủ tịch UBND tỉnh"),
        ("GIÁM ĐÓC", "Giám đốc"),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN QUAN HÓA", "Chủ tịch Ủy ban nhân dân huyện Quan Hóa"),
        ("Chủ tịch nước đến thăm và làm việc với các hộ dân ở đây", None),
        ("Trương Hòa Bắc", None),
        ("ỦY BAN NHÂN DÂN", None),
    ],
)
def test_offices(text: str, value: str | None) -> None:
    found = read_office(text, RULES)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("text", "mark"),
    [("KT. CHỦ TỊCH", "KT."), ("K/T CHỦ TỊCH", "KT."), ("T/M UBND", "TM."), ("TUQ. CHỦ TỊCH", "TUQ."),
     ("TL.BỘ TRƯỞNG", "TL."), ("Q. GIÁM ĐỐC", "Q."), ("KTNN", None), ("QUY CHẾ", None)],
)  # fmt: skip
def test_authorities(text: str, mark: str | None) -> None:
    found = authority(text, RULES)
    assert (found[0] if found else None) == mark


def test_one_line_falls_apart_where_the_next_office_starts() -> None:
    text = "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH"
    borders = [0, *cuts(text, RULES), len(text)]
    assert [text[a:b].strip() for a, b in itertools.pairwise(borders)] == [
        "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
    ]  # fmt: skip


def test_bodies_in_running_spelling() -> None:
    assert cased("ỦY BAN NHÂN DÂN TỈNH", RULES) == "Ủy ban nhân dân tỉnh"
    assert cased("HĐND HUYỆN QUAN HÓA", RULES) == "HĐND huyện Quan Hóa"
