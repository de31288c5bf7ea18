"""Text formats: normalised text with the way back, blocks, zones."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import ruleset
from extractor.document import Span
from extractor.layout import from_text
from extractor.layout.textlines import text_lines

RULES = ruleset.load()
TEXT = """Trang chủ
Quyết định 12/QĐ-UBND năm 2023

ỦY BAN NHÂN DÂN
HUYỆN MẪU SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/QĐ-UBND
Mẫu Sơn, ngày 12 tháng 5 năm 2023

QUYẾT ĐỊNH
Về việc công nhận sản phẩm OCOP

CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN MẪU SƠN

Căn cứ Luật Tổ chức chính quyền địa phương;
Theo đề nghị của Trưởng phòng Kinh tế.

QUYẾT ĐỊNH:

Điều 1. Công nhận 02 sản phẩm./.

Nơi nhận:
- Như Điều 1;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Thị Mẫu

PHỤ LỤC
DANH SÁCH SẢN PHẨM
1. Chè xanh
"""


def zone(kind: str) -> str:
    made = from_text(TEXT, RULES)
    return "\n".join(made.text[z.start : z.end].strip() for z in made.zones if z.kind == kind)


def test_zones_in_order() -> None:
    made = from_text(TEXT, RULES)
    kinds = [z.kind for z in made.zones]
    assert kinds == ["portal", "header", "title", "preamble", "body", "recipients", "signature", "appendix"]
    assert made.zones[0].start == 0
    assert made.zones[-1].end == len(made.text)
    assert all(a.end == b.start for a, b in zip(made.zones, made.zones[1:], strict=False))


def test_each_zone_holds_its_part() -> None:
    assert zone("header").startswith("ỦY BAN NHÂN DÂN")
    assert zone("title") == "QUYẾT ĐỊNH\nVề việc công nhận sản phẩm OCOP"
    assert zone("preamble").endswith("Trưởng phòng Kinh tế.")
    assert zone("body").startswith("QUYẾT ĐỊNH:")
    assert zone("recipients") == "Nơi nhận:\n- Như Điều 1;\n- Lưu: VT."
    assert zone("signature").endswith("Trần Thị Mẫu")
    assert zone("appendix").startswith("PHỤ LỤC")


def test_a_forced_zone_covers_the_text() -> None:
    made = from_text("Số: 1/KH-UBND", RULES, "header")
    assert [(z.kind, z.start, z.end) for z in made.zones] == [("header", 0, len(made.text))]


def test_the_way_back_to_the_verbatim_text() -> None:
    made = from_text("Ho\u0301a\u00a0\u00ad Ðông\r\nđó", RULES)
    at = made.text.index("Đông")
    assert made.raw(Span(at, at + 4)) == "Ðông"
    assert made.raw(Span(0, 3)) == "Ho\u0301a"


def test_hard_wrapped_paragraphs_are_joined_and_items_kept_apart() -> None:
    made = from_text(
        "Thực hiện chương trình mỗi xã một sản phẩm của tỉnh trong năm 2022, huyện\nđã ban hành kế hoạch.\n- Mục một;\n- Mục hai.",  # noqa: E501
        RULES,
    )
    assert [made.text[b.start : b.end].count("\n") for b in made.blocks] == [1, 0, 0]
    assert [b.kind for b in made.blocks] == ["paragraph", "item", "item"]


def test_broken_header_lines_are_put_together() -> None:
    text = "CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\nSố:\n06/2024/QĐ-UBND\nCà Mau, ngày 25\ntháng 01 năm 2024\nBáo cáo số:\nabc"  # noqa: E501
    lines = [text[s.start : s.end].replace("\n", " ") for s in text_lines(text)]
    assert lines == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 06/2024/QĐ-UBND", "Cà Mau, ngày 25 tháng 01 năm 2024", "Báo cáo số:", "abc",  # noqa: E501
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="Số: /KH-UBND12ngày thágănQUYẾTĐỊNHCăcứ\n\u0301\u00a0|*.;", max_size=120))
def test_any_text_is_arranged_and_zones_cover_it(text: str) -> None:
    made = from_text(text, RULES)
    if made.zones:
        assert made.zones[0].start == 0
        assert made.zones[-1].end == len(made.text)
    assert all(block.end > block.start for block in made.blocks)
