"""From words on pages to text in reading order."""

from __future__ import annotations

import pytest

from extractor import ruleset
from extractor.document import BBox, Cell, Document, Page, Table, Word
from extractor.layout import arrange
from tests.layout.pages import centred, head, page, reading, words

RULES = ruleset.load()
TITLE = [centred("KẾ HOẠCH", 140, 13), centred("Triển khai Chương trình OCOP năm 2022", 158, 13)]
BODY = [
    words("Thực hiện Quyết định số 919/QĐ-TTg của Thủ tướng Chính phủ về Chương trình", 110, 200),
    words("mỗi xã một sản phẩm, Ủy ban nhân dân huyện ban hành Kế hoạch như sau và", 80, 217),
    words("giao các đơn vị thực hiện.", 80, 234),
]
FOOT = [
    words("Nơi nhận:", 80, 600),
    words("KT. CHỦ TỊCH", 380, 600),
    words("- UBND tỉnh (báo cáo", 80, 616),
    words("PHÓ CHỦ TỊCH", 380, 615),
    words("kết quả);", 80, 630),
    words("- Lưu: VT.", 80, 645),
    words("Trần Thị Mẫu", 380, 700),
]


def document(*pages: Page) -> Document:
    return arrange(reading(*pages), RULES)


def zones(made: Document) -> dict[str, str]:
    return {zone.kind: made.text[zone.start : zone.end].strip() for zone in made.zones}


def whole() -> Document:
    return document(page(*head(), *TITLE, *BODY, *FOOT))


def test_columns_are_read_one_after_the_other() -> None:
    header = " ".join(zones(whole())["header"].split())
    assert header.startswith("ỦY BAN NHÂN DÂN HUYỆN MẪU SƠN Số: 12/KH-UBND CỘNG HÒA")
    assert header.endswith("Mẫu Sơn, ngày 15 tháng 02 năm 2022")


def test_zones_of_a_form() -> None:
    found = zones(whole())
    assert found["title"].split() == "KẾ HOẠCH Triển khai Chương trình OCOP năm 2022".split()
    assert found["body"].startswith("Thực hiện Quyết định")
    assert found["recipients"].startswith("Nơi nhận:")
    assert "KT. CHỦ TỊCH" in found["signature"]
    assert "Trần Thị Mẫu" in found["signature"]


def test_a_paragraph_is_one_block_with_line_feeds() -> None:
    made = whole()
    block = made.block_at(made.text.index("mỗi xã một sản phẩm"))
    assert block is not None
    assert made.text[block.start : block.end].count("\n") == 2


def test_wrapped_recipient_stays_one_block() -> None:
    made = whole()
    block = made.block_at(made.text.index("- UBND tỉnh"))
    assert block is not None
    assert made.text[block.start : block.end] == "- UBND tỉnh (báo cáo\nkết quả);"


def test_every_word_stands_where_its_offset_says() -> None:
    made = whole()
    placed = [word for line in made.lines for word in line.words]
    assert len(placed) == len(made.pages[0].words)
    assert all(made.text[word.start : word.end] == word.word.text for word in placed)
    assert [line.start for line in made.lines] == sorted(line.start for line in made.lines)


def test_a_page_number_does_not_cut_a_sentence() -> None:
    first = page(*head(), *TITLE, words("Căn cứ Quy định số", 80, 780))
    second = page(
        centred("2", 40),
        words("205-QĐ/TW của Bộ Chính trị về việc kiểm soát", 80, 80),
        words("quyền lực.", 80, 97),
        number=2,
    )
    made = document(first, second)
    assert "Căn cứ Quy định số\f205-QĐ/TW" in made.text
    assert [made.text[z.start : z.end].strip() for z in made.zone("furniture")] == ["2"]
    assert made.page_at(made.text.index("205-QĐ")) == 2


def test_about_lines_beside_a_note() -> None:
    lines = head("Số: 45/UBND-NN")
    about = [
        words("V/v rà soát sản phẩm", 90, 116),
        words("OCOP năm 2024", 110, 132),
        words("1. Chị Mẫu gửi văn bản đến các", 265, 118, 10),
        words("phòng chuyên môn để thực hiện", 265, 134, 10),
    ]
    made = document(page(*lines, *about, centred("Kính gửi: Các xã", 190)))
    assert "V/v rà soát sản phẩm OCOP năm 2024" in " ".join(made.text.split())


def test_a_slanted_scan_keeps_its_lines() -> None:
    lines = [
        words("Ủy ban nhân dân huyện yêu cầu các xã thực hiện nghiêm Kế hoạch này.", 80, y, slant=0.02)
        for y in (200, 216, 232)
    ]
    assert [len(line.words) for line in document(page(*lines)).lines] == [15, 15, 15]


def test_specks_over_words_stay_out_of_the_line() -> None:
    line = words("Mẫu Sơn, ngày 07 tháng 9 năm 2023", 300, 100)
    dot = Word("`", BBox(line[2].bbox.x0 + 3, 101, line[2].bbox.x0 + 5, 103), 0.4)
    made = document(page(line, [dot]))
    assert "Mẫu Sơn, ngày 07 tháng 9 năm 2023" in made.text
    assert "`" in made.text


@pytest.mark.parametrize(
    "prose", ["Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam", "của Đảng Cộng sản Việt Nam khóa XIII"]
)
def test_the_heading_in_prose_opens_no_columns(prose: str) -> None:
    lines = [
        words(f"Căn cứ vào {prose} và các văn bản khác", 80, 200),
        words("ủy ban nhân dân huyện ban hành.", 80, 217),
    ]
    assert f"Căn cứ vào {prose} và các văn bản khác" in document(page(*lines)).text


def table(number: int, rows: list[list[str]], top: float) -> tuple[Table, list[Word]]:
    cells, held = [], []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            box = BBox(80 + 200 * c, top + 30 * r, 280 + 200 * c, top + 30 * r + 30)
            inside = words(text, box.x0 + 5, box.top + 8)
            held += inside
            cells.append(Cell(r, c, bbox=box, words=tuple(inside)))
    return Table(number, BBox(80, top, 480, top + 30 * len(rows)), len(rows), 2, tuple(cells)), held


def test_cells_have_spans_and_tables_go_on_over_pages() -> None:
    first, one = table(1, [["Sản phẩm", "Hạng"], ["Chè xanh Mẫu Sơn", "3 sao"]], 700)
    second, two = table(2, [["Mật ong", "4 sao"]], 60)
    made = document(page(BODY[0], one, tables=(first,)), page(two, FOOT[0], number=2, tables=(second,)))
    assert len(made.tables) == 1
    joined = made.tables[0]
    assert joined.rows == 3
    texts = [
        [made.text[cell.span.start : cell.span.end] for cell in joined.cells if cell.row == row] for row in range(3)
    ]
    assert texts == [["Sản phẩm", "Hạng"], ["Chè xanh Mẫu Sơn", "3 sao"], ["Mật ong", "4 sao"]]


def test_text_between_keeps_tables_apart() -> None:
    first, one = table(1, [["Sản phẩm", "Hạng"]], 500)
    second, two = table(2, [["Chủ thể", "Địa chỉ"]], 300)
    made = document(page(one, tables=(first,)), page(*BODY, two, number=2, tables=(second,)))
    assert [t.rows for t in made.tables] == [1, 1]


def test_text_between_two_tables_of_a_page_stays_between_them() -> None:
    first, one = table(1, [["Sản phẩm", "Hạng"], ["Chè Mẫu", "3 sao"]], 200)
    second, two = table(1, [["Sản phẩm", "Hạng"], ["Mật ong", "4 sao"]], 400)
    above = words("1. Các sản phẩm đã được công nhận:", 80, 170)
    between = words("2. Các sản phẩm đề nghị công nhận:", 80, 300)
    text = document(page(above, one, between, two, tables=(first, second))).text
    assert text.index("1. Các") < text.index("Chè Mẫu") < text.index("2. Các") < text.index("Mật ong")


def test_several_documents() -> None:
    other = page(*head("Số: 13/UB-TP"), centred("PHIẾU TRÌNH", 140, 13), *BODY, number=2)
    made = document(page(*head(), *TITLE, *BODY, *FOOT), other)
    assert made.zone("other")
    assert made.page_at(made.zone("other")[0].start) == 2


def test_an_attached_plan_with_its_own_head_is_an_appendix() -> None:
    attached = page(
        *head("HUYỆN", "(Kèm theo Quyết định số 12/KH-UBND)"), centred("KẾ HOẠCH", 140, 13), *BODY, number=2
    )
    made = document(page(*head(), *TITLE, *BODY, *FOOT), attached)
    assert not made.zone("other")
    assert made.zone("appendix")


def test_two_signatures_side_by_side() -> None:
    foot = [
        words("KT. BỘ TRƯỞNG BỘ NỘI VỤ", 80, 400),
        words("KT. BỘ TRƯỞNG BỘ TÀI CHÍNH", 340, 400),
        words("THỨ TRƯỞNG", 110, 416),
        words("THỨ TRƯỞNG", 380, 416),
        words("Nguyễn Văn Mẫu", 110, 480),
        words("Trần Thị Mẫu", 380, 480),
    ]
    made = document(page(*head(), *TITLE, *BODY, *foot))
    signature = " ".join(zones(made)["signature"].split())
    assert signature == (
        "KT. BỘ TRƯỞNG BỘ NỘI VỤ THỨ TRƯỞNG Nguyễn Văn Mẫu KT. BỘ TRƯỞNG BỘ TÀI CHÍNH THỨ TRƯỞNG Trần Thị Mẫu"
    )


def test_a_ruled_line_read_as_letters_is_no_agency() -> None:
    scratch = words("ZT Ta EES ST", 130, 88, size=10, confidence=0.1)
    made = document(page(*head(), scratch, *TITLE, *BODY))
    assert "EES" not in zones(made)["header"]
    assert "EES" in zones(made)["furniture"]
