"""The header recognisers on invented documents: every field, and the issues that must and must not be told."""

from __future__ import annotations

from typing import Any

import pytest

from extractor import ruleset
from extractor.document import Document
from extractor.layout import from_text
from extractor.recognise import agency, doctype, issued, number, portal, subject
from extractor.recognise.base import Found
from tests.recognise.header_cases import CASES

RULES = ruleset.load()
HEADER = (number, issued, portal, doctype, agency, subject)


def read(document: Document) -> Found:
    found = Found()
    for module in HEADER:
        found.extend(module.find(document, RULES, found))
    return found


def value(found: Found, name: str) -> Any:
    if name == "issues":
        return sorted(problem.code for problem in found.problems)
    if name in ("agency", "parent"):
        whole = found.value("agency")
        return whole and whole["name" if name == "agency" else "parent"]
    return found.value(name)


@pytest.mark.parametrize(("text", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_header(text: str, wanted: dict[str, Any]) -> None:
    found = read(from_text(text, RULES))
    wanted = {"issues": [], **wanted}
    assert {name: value(found, name) for name in wanted} == {**wanted, "issues": sorted(wanted["issues"])}


@pytest.mark.parametrize("text", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_every_leaf_points_into_the_text(text: str) -> None:
    document = from_text(text, RULES)
    for finding in read(document).findings:
        for name, leaf in finding.leaves.items():
            if leaf.value is None:
                continue
            assert leaf.spans, (finding.field, name)
            for span in leaf.spans:
                assert 0 <= span.start < span.end <= len(document.text)
                assert document.raw(span).strip()


def test_a_repair_is_told_and_raw_is_kept() -> None:
    document = from_text(
        "Số: 41/QD-UBND\nQuảng Ngấi, ngày 0l tháng 02 năm 2021\n\nQUYẾT ĐỊNH\nVề việc A\nCăn cứ B;", RULES
    )
    found = read(document)
    symbol, place, day = (found.best(name) for name in ("symbol", "issued_at", "issued_on"))
    assert symbol is not None
    assert place is not None
    assert day is not None
    assert (symbol.value, place.value, day.value) == ("QĐ-UBND", "Quảng Ngãi", "2021-02-01")
    assert document.raw(symbol.leaves[""].spans[0]) == "QD-UBND"
    assert all(finding.leaves[""].reasons for finding in (symbol, place, day))


def test_a_date_of_signing_is_not_the_date_of_issue() -> None:
    text = "Ký bởi: Ủy ban nhân dân\nThời gian ký: 07/02/2025 10:09:57\nSố: 1/BC-UBND\nMẫu Sơn, ngày 6 tháng 02 năm 2025\nBÁO CÁO\nKết quả"  # noqa: E501
    assert read(from_text(text, RULES)).value("issued_on") == "2025-02-06"


def test_an_incoming_stamp_is_not_the_number() -> None:
    text = (
        "UBND HUYỆN MẪU SƠN\nCV ĐẾN\nSố: 2770/VP-VT\nNgày 04 tháng 4 năm 2018\n"
        "Số: 08/CT-UBND\nMẫu Sơn, ngày 03 tháng 4 năm 2018\nCHỈ THỊ\nVề việc phòng cháy\nCăn cứ Luật;"
    )
    found = read(from_text(text, RULES))
    assert (found.value("identifier"), found.value("issued_on")) == ("08/CT-UBND", "2018-04-03")


def test_party_office_of_a_district() -> None:
    text = (
        "ĐẢNG BỘ TỈNH THANH HÓA\nHUYỆN ỦY QUAN HÓA\n*\nSố 12-KH/HU\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Quan Hóa, ngày 3 tháng 02 năm 2023\nKẾ HOẠCH\nthực hiện Nghị quyết\nCăn cứ Nghị quyết;"
    )
    found = read(from_text(text, RULES))
    assert found.value("agency")["name"] == "Huyện ủy Quan Hóa"
    assert found.value("agency")["parent"] == "Đảng bộ tỉnh Thanh Hóa"
    assert found.value("identifier") == "12-KH/HU"
