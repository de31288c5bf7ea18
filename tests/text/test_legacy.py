"""Old encodings: found, decoded, and Unicode left alone."""

from __future__ import annotations

import pytest
from viparse.normalize.tcvn3 import TCVN3

from extractor.text import legacy

TEXT = "Ủy ban nhân dân tỉnh tổ chức hội nghị tổng kết chương trình mỗi xã một sản phẩm, phương hướng nhiệm vụ năm tới"


def _tcvn3(text: str) -> str:
    letters = {new: old for old, new in TCVN3.pairs}
    return "".join(letters.get(char, char) for char in text.replace("Ủ", "ủ"))


@pytest.mark.parametrize("lost", ["\u00ad", "-", "\u2212"])
def test_tcvn3_with_and_without_its_lost_letter(lost: str) -> None:
    old = _tcvn3(TEXT).replace("\u00ad", lost)
    assert legacy.detect(old) == "TCVN3"
    assert legacy.to_unicode(old, "TCVN3") == TEXT.replace("Ủ", "ủ")


@pytest.mark.parametrize(
    "text", [TEXT, "Nghị định số 30/2020/NĐ-CP", "Annual report of the German Außenhandel für 2024 Übersicht", ""]
)
def test_other_text_is_no_old_encoding(text: str) -> None:
    assert legacy.detect(text) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [("aú AÚ", "ẳ Ẳ"), ("kî KÎ", "kỵ KỴ"), ("Ñaûng Uûy", "Đảng Ủy"), ("TÆNH QUAÛNG NGAÕI", "TỈNH QUẢNG NGÃI")],
)
def test_vni_letters(old: str, new: str) -> None:
    assert legacy.to_unicode(old, "VNI") == new


def test_hyphens_that_are_hyphens_stay() -> None:
    assert legacy.to_unicode("12/Q§-UBND KT-XH 2021-2025", "TCVN3") == "12/QĐ-UBND KT-XH 2021-2025"


@pytest.mark.parametrize(
    ("font", "encoding", "capital"),
    [
        (".VnTime", "TCVN3", False), (".VnTimeH", "TCVN3", True), ("ABCDEF+.VnArialH,Bold", "TCVN3", True),
        ("VNI-Times", "VNI", False), ("Times New Roman", None, False), ("Helvetica", None, False),
    ],
)  # fmt: skip
def test_fonts(font: str, encoding: str | None, capital: bool) -> None:
    assert legacy.by_font(font) == encoding
    assert legacy.is_capital(font) is capital
