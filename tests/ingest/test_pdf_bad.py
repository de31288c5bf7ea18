"""Damaged, locked and oversized PDFs."""

from __future__ import annotations

import io

import pikepdf
import pytest

from extractor.errors import CorruptError, EncryptedError, InputError, TooLargeError
from extractor.ingest import Limits, read_bytes
from extractor.ingest.pdf import draw
from extractor.ingest.source import Source
from tests.ingest.build import SAMPLES, codes, lines, pdf_of, read_pdf, sample, saved, text_of


def test_truncated_file_is_repaired() -> None:
    data = (SAMPLES / "ke-hoach-pdf" / "source.pdf").read_bytes()
    reading = read_bytes(data[: len(data) - 900], "cut.pdf")
    assert any("CỘNG HÒA" in text_of(page) for page in reading.pages)


def test_rubbish_behind_the_magic() -> None:
    with pytest.raises(CorruptError, match=r"hong\.pdf: tệp PDF bị hỏng"):
        read_bytes(b"%PDF-1.7\n" + b"rubbish " * 500, "hong.pdf")


@pytest.mark.parametrize("bits", [4, 6])
def test_locked_file_asks_for_its_password(bits: int) -> None:
    data = saved(sample("ke-hoach-pdf"), encryption=pikepdf.Encryption(owner="chu", user="khoa", R=bits))
    with pytest.raises(EncryptedError, match="bảo vệ bằng mật khẩu") as caught:
        read_bytes(data, "khoa.pdf")
    assert "--password" in caught.value.hint
    with pytest.raises(EncryptedError, match="mật khẩu không đúng"):
        read_bytes(data, "khoa.pdf", password="sai")
    assert read_bytes(data, "khoa.pdf", password="khoa").pages[0].words


def test_tables_of_a_locked_file() -> None:
    data = saved(sample("to-trinh-pdf"), encryption=pikepdf.Encryption(owner="chu", user="khoa", R=6))
    assert len(read_bytes(data, "khoa.pdf", password="khoa").pages[0].tables) == 1


def test_file_without_an_open_password_needs_none() -> None:
    data = saved(sample("ke-hoach-pdf"), encryption=pikepdf.Encryption(owner="chu", user="", R=4))
    assert read_bytes(data, "chi-doc.pdf").pages[0].words


def test_giant_page_is_refused_before_it_is_drawn() -> None:
    pdf = pdf_of(lines(b"x"))
    pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 200_000, 200_000])
    with pytest.raises(TooLargeError, match="trang 1 dài 200000 điểm"):
        read_pdf(pdf)


def test_too_many_pages() -> None:
    pdf = pikepdf.new()
    for _ in range(4):
        pdf.add_blank_page()
    with pytest.raises(TooLargeError, match="có 4 trang, quá giới hạn 3 trang"):
        read_bytes(saved(pdf), "day.pdf", limits=Limits(pages=3))


def test_empty_page_is_blank_not_an_error() -> None:
    pdf = sample("ke-hoach-pdf")
    pdf.add_blank_page()
    reading = read_pdf(pdf)
    assert [page.text_source for page in reading.pages] == ["embedded", "embedded", "none"]
    assert codes(reading) == ["page-blank"]
    assert reading.notices[0].regions[0].page == 3


def test_broken_page_among_good_ones() -> None:
    pdf = sample("ke-hoach-pdf")
    pdf.pages[1].obj.MediaBox = pikepdf.Array([0, 0, 0, 0])
    pdf.pages[1].obj.Contents = pikepdf.String("no stream")
    reading = read_pdf(pdf)
    assert reading.pages[0].words
    assert len(reading.pages) == 2


def test_drawing_a_page_that_is_not_there() -> None:
    source = Source.load(SAMPLES / "ke-hoach-pdf" / "source.pdf")
    with pytest.raises(InputError, match="không có trang 9"):
        draw(source, 9)


def test_pixels_are_capped_by_a_lower_resolution() -> None:
    source = Source.load(SAMPLES / "ke-hoach-pdf" / "source.pdf", limits=Limits(page_pixels=500_000))
    scan = draw(source, 1)
    assert scan.pixels.shape[0] * scan.pixels.shape[1] <= 510_000
    assert scan.dpi < 100


def test_a_file_that_is_not_a_pdf_at_all_but_named_so() -> None:
    out = io.BytesIO("Số: 12/KH-UBND\n".encode())
    assert read_bytes(out.getvalue(), "ke-hoach.pdf").media_type == "text/plain"


def test_file_cut_before_its_text_is_no_blank_page() -> None:
    data = (SAMPLES / "ke-hoach-pdf" / "source.pdf").read_bytes()
    with pytest.raises(CorruptError, match=r"cut\.pdf: .*tải chưa hết"):
        read_bytes(data[:700], "cut.pdf")
