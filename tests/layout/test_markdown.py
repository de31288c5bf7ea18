"""Markdown that a converter left: read without its marks, with offsets that lead back."""

import pytest

from extractor import ruleset
from extractor.document import Span
from extractor.layout import from_text
from extractor.layout.markdown import strip
from extractor.text.normalise import normalise


def _stripped(text: str) -> str:
    return strip(*normalise(text))[0]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("**QUYẾT ĐỊNH**", "QUYẾT ĐỊNH"),
        ("_**Nơi nhận:**_\n\\- Như trên;", "Nơi nhận:\n- Như trên;"),
        ("_Hòa An, ngày 3 tháng 5 năm 2021_\n**x**", "Hòa An, ngày 3 tháng 5 năm 2021\nx"),
        ("## BÁO CÁO\n**Điều 1.** Công nhận", "BÁO CÁO\nĐiều 1. Công nhận"),
        ("**Số: 12/QĐ-UBND** | *Hòa An, ngày 3 tháng 5*\n---|---", "Số: 12/QĐ-UBND \n Hòa An, ngày 3 tháng 5\n       "),
    ],
)
def test_marks_are_dropped(text: str, read: str) -> None:
    assert _stripped(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "1 | Mật ong | HTX Hoa | 3 sao\n---|---|---|---",
        "sản phẩm đạt 4* và 3**, ***",
        "tệp bao_cao_nam.docx của xã",
        "KT. CHỦ TỊCH",
    ],
)
def test_other_signs_stay(text: str) -> None:
    assert _stripped(text + "\n**x**") == text + "\nx"
    assert _stripped(text) == text


def test_offsets_lead_back() -> None:
    document = from_text("**BÁO CÁO**\n_Hòa An_, ngày\n", ruleset.load())
    start = document.text.index("Hòa An")
    assert document.raw(Span(start, start + 6)) == "Hòa An"
