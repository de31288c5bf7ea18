"""Saved pages: blocks, tables, what is not shown."""

from __future__ import annotations

import pytest

from extractor.document import Reading
from extractor.errors import CorruptError
from extractor.ingest import read_bytes


def _read(body: str, head: str = "") -> Reading:
    return read_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")


def test_blocks_and_inline_elements() -> None:
    reading = _read("<h1>KẾ  HOẠCH</h1>\n<p>Phát triển <b>sản</b> <i>phẩm</i><br>năm 2024</p><div>Hết</div>")
    assert reading.text == "KẾ HOẠCH\n\nPhát triển sản phẩm\nnăm 2024\n\nHết\n\n"
    assert reading.media_type == "text/html"


def test_words_broken_by_markup_stay_whole() -> None:
    assert _read("<p>Quy<b>ết</b> định 12<sup>2</sup></p>").text == "Quyết định 122\n\n"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>x</script>",
        "<style>x</style>",
        "<!-- x -->",
        '<p style="display: none">x</p>',
        "<nav>x</nav>",
        "<p hidden>x</p>",
    ],
)
def test_what_is_not_shown_is_not_read(hidden: str) -> None:
    assert _read(f"<p>một</p>{hidden}<p>hai</p>", "<title>x</title>").text == "một\n\nhai\n\n"


def test_lists_show_their_numbers() -> None:
    assert _read("<ol><li>một<li>hai</ol><ul><li>ba<li>- bốn</ul>").text == "1. một\n\n2. hai\n\n- ba\n\n- bốn\n\n"


def test_table_with_merged_cells() -> None:
    reading = _read(
        "<p>Danh sách</p><table><tr><th>TT</th><th>Tên</th><th>Chủ thể</th></tr>"
        "<tr><td>1</td><td>Mật ong</td><td rowspan=2>HTX<br>Hoa Ban</td></tr><tr><td>2</td><td>Trà</td></tr>"
        "<tr><td colspan=2>Cộng</td><td>2</td></tr></table>"
    )
    (table,) = reading.tables
    assert (table.rows, table.columns) == (4, 3)
    producer = table.at(2, 2)
    assert producer is not None
    assert producer.text == "HTX\nHoa Ban"
    total = table.at(3, 1)
    assert total is not None
    assert total.text == "Cộng"
    assert reading.text is not None
    for cell in table.cells:
        assert reading.text[cell.span.start : cell.span.end] == cell.text


def test_header_set_as_a_table_is_text() -> None:
    reading = _read(
        "<table><tr><td>UBND TỈNH X<br>SỞ Y</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr>"
        "<tr><td>Số: 1/KH-SY</td><td>X, ngày 1 tháng 2 năm 2024</td></tr></table>"
    )
    assert reading.tables == ()
    assert reading.text is not None
    assert reading.text.startswith("UBND TỈNH X\nSỞ Y\n\nCỘNG HÒA")


def test_charset_is_honoured_and_utf8_wins_over_a_wrong_claim() -> None:
    page = "<html><head><meta charset={}></head><body><p>Quyết định</p></body></html>"
    assert read_bytes(page.format("windows-1252").encode(), "a.html").text == "Quyết định\n\n"
    assert read_bytes(page.format("utf-16").encode("utf-16"), "a.html").text == "Quyết định\n\n"


def test_one_file_archive_of_a_browser() -> None:
    data = (
        b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<html><body><p>Quy=E1=BA=BFt =C4=91=E1=BB=8Bnh</p></body></html>\r\n--b--\r\n"
    )
    assert read_bytes(data, "a.mht").text == "Quyết định\n\n"


def test_deep_nesting_is_no_crash() -> None:
    reading = _read("<div>" * 1_500 + "sâu" + "</div>" * 1_500 + "<p>hết</p>")
    assert reading.text is not None
    assert "hết" in reading.text


def test_page_without_text() -> None:
    with pytest.raises(CorruptError, match="không có chữ"):
        _read("<script>x</script>")
